using Crm.Plant.Balances;
using Crm.Plant.Ports;
using Crm.Plant.Records;

namespace Crm.Scenarios.Tests;

/// <summary>The whole batch, run once for all its tests.</summary>
public sealed class WholeBatch
{
    public WholeBatch()
    {
        var plant = new LithiumPlant(FirstHours.Seed);
        TruthAtStart = plant.Truth;
        plant.RunUntil(p => p.IsOver, TimeSpan.FromDays(5));
        End = plant.Now;
        plant.Scan(30);
        Plant = plant;
        Truth = plant.Truth;
        Result = BatchBalance.Compute([.. plant.Events], LithiumPlant.Inputs.Recipe.Product, LithiumPlant.Rig.Reagents, plant.Now);
    }

    internal LithiumPlant Plant { get; }

    internal TimeSpan End { get; }

    internal PlantTruth TruthAtStart { get; }

    internal PlantTruth Truth { get; }

    internal BatchResult Result { get; }
}
