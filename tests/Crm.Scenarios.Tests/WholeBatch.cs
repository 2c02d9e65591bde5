using Crm.Plant.Balances;
using Crm.Plant.Ports;
using Crm.Plant.Records;

namespace Crm.Scenarios.Tests;

/// <summary>The whole batch, run once for all its tests.</summary>
public sealed class WholeBatch
{
    private double hottest;
    private bool leachLoopHasRun;

    public WholeBatch()
    {
        var plant = new LithiumPlant(FirstHours.Seed);
        TruthAtStart = plant.Truth;
        plant.RunUntil(Look, TimeSpan.FromDays(5));
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

    /// <summary>K by which the leach was above the highest setpoint its loop was given, at most.</summary>
    internal double LeachOvershoot { get; private set; }

    /// <summary>Most the leach's cooling valve was open after the resets of the start-up and before its temperature loop first ran, percent.</summary>
    internal double LeachCoolingBeforeUse { get; private set; }

    private bool Look(LithiumPlant plant)
    {
        if (plant.Frame is not { } frame) return plant.IsOver;
        var rig = LithiumPlant.Rig;
        var loop = frame.Loops[rig.Loop("leach.temperature_loop")];
        double temperature = frame.Image[rig.Tag("leach.temperature")].Value;
        leachLoopHasRun |= loop.Running;
        if (loop.Running) hottest = Math.Max(hottest, loop.Target);
        if (loop.Running && loop.Target >= hottest) LeachOvershoot = Math.Max(LeachOvershoot, temperature - loop.Target);
        if (!leachLoopHasRun && plant.Now > TimeSpan.FromMinutes(10)) LeachCoolingBeforeUse = Math.Max(LeachCoolingBeforeUse, plant.Pin(rig.Output("leach.cooling")));
        return plant.IsOver;
    }
}
