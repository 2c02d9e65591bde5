using System.Collections.Immutable;

namespace Crm.Plant.UnitOperations;

/// <summary>Every unit operation that recipes may name, in the order of a process.</summary>
public static class UnitOperationCatalogue
{
    public static readonly ImmutableArray<IUnitOperation> All =
    [
        new FillOperation(),
        new DoseOperation(),
        new DoseToPhOperation(),
        new HeatOperation(),
        new CoolOperation(),
        new ReactOperation(),
        new AgitateOperation(),
        new TransferOperation(),
        new FilterOperation(),
        new WashOperation(),
        new EvaporateOperation(),
        new SpargeOperation(),
        new PolishOperation(),
        new DryOperation(),
    ];

    public static readonly ImmutableArray<UnitOperationDescription> Descriptions = [.. All.Select(o => o.Description)];

    /// <summary>The operation of a name, or null.</summary>
    public static IUnitOperation? Find(string name) => All.FirstOrDefault(o => o.Description.Name == name);
}
