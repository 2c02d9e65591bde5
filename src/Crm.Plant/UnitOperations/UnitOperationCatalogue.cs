using System.Collections.Immutable;

namespace Crm.Plant.UnitOperations;

/// <summary>Every unit operation that recipes may name, in the order of a process.</summary>
public static class UnitOperationCatalogue
{
    public static readonly ImmutableArray<IUnitOperation> All =
    [
        new FillOperation(),
        new ChargeOperation(),
        new DoseOperation(),
        new DoseToPhOperation(),
        new DoseRatioOperation(),
        new PrecipitateOperation(),
        new HeatOperation(),
        new CoolOperation(),
        new ReactOperation(),
        new LeachOperation(),
        new AgitateOperation(),
        new TransferOperation(),
        new FilterOperation(),
        new WashOperation(),
        new EvaporateOperation(),
        new SpargeOperation(),
        new PolishOperation(),
        new ColumnOperation(ColumnPass.Load),
        new ColumnOperation(ColumnPass.Wash),
        new ColumnOperation(ColumnPass.Elute),
        new ColumnOperation(ColumnPass.Regenerate),
        new ExtractOperation(),
        new CoolCrystalliseOperation(),
        new EvaporateCrystalliseOperation(),
        new ReactCrystalliseOperation(),
        new ReverseOsmosisOperation(),
        new ElectrodialyseOperation(),
        new DryOperation(),
        new CalcineOperation(),
        new CleanOperation(),
    ];

    public static readonly ImmutableArray<UnitOperationDescription> Descriptions = [.. All.Select(o => o.Description)];

    /// <summary>The operation of a name, or null.</summary>
    public static IUnitOperation? Find(string name) => All.FirstOrDefault(o => o.Description.Name == name);
}
