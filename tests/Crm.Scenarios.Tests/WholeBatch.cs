using Crm.Plant.Balances;
using Crm.Plant.Ports;
using Crm.Plant.Records;

namespace Crm.Scenarios.Tests;

/// <summary>The whole batch, run once for all its tests.</summary>
public sealed class WholeBatch
{
    /// <summary>A step of every operation that the recipe uses after the leach, and how many minutes it has been on when the run is forked.</summary>
    private static readonly SortedDictionary<string, double> moments = new(StringComparer.Ordinal)
    {
        ["leach-residue"] = 2,
        ["residue-wash-1"] = 2,
        ["iron"] = 2,
        ["nickel-cobalt"] = 2,
        ["hydroxide-wash-1"] = 1,
        ["boil-down"] = 60,
        ["concentrate-in"] = 0.5,
        ["crystallise"] = 20,
        ["hot"] = 3,
        ["soda-ash"] = 2,
        ["ripen"] = 5,
        ["condensate"] = 0.5,
        ["carbon-dioxide"] = 5,
        ["resin"] = 10,
        ["boil-off"] = 40,
        ["dry"] = 10,
    };

    private readonly RunMoments kept = new(moments);
    private double hottest;
    private bool leachLoopHasRun;

    public WholeBatch()
    {
        var plant = new LithiumPlant(FirstHours.Seed);
        TruthAtStart = plant.Truth;
        plant.RunUntil(Look, TimeSpan.FromDays(5));
        End = plant.Now;
        kept.Story = plant.Story;
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

    /// <summary>A copy of the run in the middle of a step.</summary>
    internal PilotRun In(string step) => kept.At(step).Fork();

    /// <summary>K by which the leach was above the highest setpoint its loop was given, at most.</summary>
    internal double LeachOvershoot { get; private set; }

    /// <summary>Most the leach's cooling valve was open after the resets of the start-up and before its temperature loop first ran, percent.</summary>
    internal double LeachCoolingBeforeUse { get; private set; }

    private bool Look(LithiumPlant plant)
    {
        if (plant.Frame is not { } frame) return plant.IsOver;
        kept.Look(plant.Now, plant.IsDoing, plant.ForkAsPilot);
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

[CollectionDefinition(Name)]
public sealed class WholeBatchShared : ICollectionFixture<WholeBatch>
{
    public const string Name = "whole batch";
}
