using Crm.Plant.Phases;
using Crm.Plant.Records;
using Xunit;

namespace Crm.Plant.Tests.UnitOperations;

/// <summary>Doses: what left the drum is what the record says, however the phase ends; pH is reached without overshoot.</summary>
public class DosingTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(12);

    [Theory]
    [InlineData("stop", 20)]
    [InlineData("stop", 300)]
    [InlineData("abort", 300)]
    [InlineData("abort", 700)]
    [InlineData("hold, stop", 300)]
    [InlineData("hold, abort", 300)]
    [InlineData("hold, restart", 300)]
    [InlineData("pause, resume", 300)]
    [InlineData("pause, stop", 300)]
    [InlineData("none", 0)]
    public void Every_kilogram_is_accounted_for(string commands, int after)
    {
        Bench bench = OperationTests.Make("vessel dose reagent=acid amount=1.5 rate=4").Start().For(TimeSpan.FromSeconds(after));
        foreach (string word in commands.Split(", "))
            if (word != "none") bench.Step(Enum.Parse<PhaseCommand>(word, ignoreCase: true)).For(TimeSpan.FromSeconds(30));
        bench.UntilOver(Day).For(TimeSpan.FromSeconds(5));
        Assert.Single(bench.Events, e => e.Kind == BatchEventKind.Dose);
        Assert.InRange(bench.AccountedKg - bench.Plant.Dosed("acid"), -0.008, 0.008);
    }

    [Fact]
    public void A_drum_that_is_topped_up_does_not_count_as_negative_dose()
    {
        Bench bench = OperationTests.Make("vessel dose reagent=acid amount=1.5 rate=4").Start().For(TimeSpan.FromSeconds(300));
        bench.Plant["vessel.acid_scale"] += 5;
        bench.UntilOver(Day);
        Assert.InRange(bench.AccountedKg, 1.48, 1.53);
        Assert.InRange(bench.Plant["vessel.acid_scale"], 18.47, 18.52);
    }

    [Fact]
    public void The_outstanding_limit_pauses_the_pump()
    {
        Bench bench = OperationTests.Make("vessel dose reagent=acid amount=1 rate=8 outstanding=0.1 half_life=600").Start();
        double fastest = 0;
        for (int i = 0; i < 3600; i++)
        {
            double before = bench.Plant.Dosed("acid");
            bench.For(TimeSpan.FromMinutes(1));
            fastest = Math.Max(fastest, bench.Plant.Dosed("acid") - before);
            if (bench.Run.State != PhaseState.Running) break;
        }

        Assert.Equal(PhaseState.Complete, bench.Run.State);
        Assert.InRange(bench.Run.Status.Active.TotalMinutes, 60, 180);
    }

    [Theory]
    [InlineData(7.0, 0.3, 0.1, 0.0, 0.15)]
    [InlineData(3.5, 0.3, 0.0, 0.0, 0.15)]
    [InlineData(9.0, 0.3, 0.05, 0.0, 0.6)] // nothing buffers here: 0.1 g of base, one scan of the pump, is 0.5 pH
    [InlineData(11.0, 0.1, 0.1, 0.0, 0.15)]
    [InlineData(5.2, 0.02, 0.3, 0.0, 0.15)]
    [InlineData(9.0, 0.0, 0.01, 0.3, 0.6)] // nor here, when the metal is out
    [InlineData(11.0, 0.0, 0.01, 0.3, 0.15)]
    public void A_ph_is_reached_without_overshoot(double target, double strong, double buffer, double metal, double allowed)
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            var plant = new ToyPlant(seed) { StrongAcid = strong, Buffer = buffer, Metal = metal, ["vessel.level"] = 40 };
            Bench bench = OperationTests.Make(FormattableString.Invariant($"vessel dose_to_ph reagent=base target={target} rate=12 at_most_amount=10"), plant).Start();
            double highest = 0;
            for (int i = 0; i < 40000 && bench.Run.State is PhaseState.Running or PhaseState.Completing; i++)
            {
                bench.Step();
                highest = Math.Max(highest, plant.TruePh());
            }

            Assert.True(bench.Run.State == PhaseState.Complete, $"seed {seed}: {bench.Run.State} {bench.Run.Reason} {bench.Run.Doing}");
            Assert.True(Math.Abs(plant.TruePh() - target) < allowed && highest < target + allowed, $"seed {seed}: pH {plant.TruePh()}, highest {highest}");
            Assert.InRange(bench.AccountedKg - plant.Dosed("base"), -0.008, 0.008);
            TestContext.Current.SendDiagnosticMessage("pH {0}: {1:0.00} h, {2:0.000} kg", target, bench.Run.Status.Active.TotalHours, bench.AccountedKg);
            Assert.InRange(bench.Run.Status.Active.TotalHours, 0, 3);
        }
    }

    /// <summary>As on the lithium rig: what a slurry spends minutes later must not carry the pH over the steep part below the target.</summary>
    [Theory]
    [InlineData(5.2, 0.05, 0.002, 0.15, 0.5)] // hardly buffered: the tail of the last pulses is much of what it takes
    [InlineData(5.2, 0.05, 0.05, 0.3, 0.2)]
    [InlineData(7.0, 0.1, 0.05, 0.2, 0.2)]
    public void A_slurry_that_spends_base_slowly_is_not_overshot(double target, double strong, double buffer, double slow, double allowed)
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            var plant = new ToyPlant(seed) { StrongAcid = strong, Buffer = buffer, SlowShare = slow, ["vessel.level"] = 40 };
            Bench bench = OperationTests.Make(FormattableString.Invariant($"vessel dose_to_ph reagent=base target={target} rate=2 at_most_amount=10 settle=480"), plant).Start();
            double highest = 0;
            for (int i = 0; i < 40000 && bench.Run.State is PhaseState.Running or PhaseState.Completing; i++)
            {
                bench.Step();
                highest = Math.Max(highest, plant.TruePh());
            }

            Assert.True(bench.Run.State == PhaseState.Complete, $"seed {seed}: {bench.Run.State} {bench.Run.Reason} {bench.Run.Doing}");
            TestContext.Current.SendDiagnosticMessage("slow {0}: pH {1:0.00}, highest {2:0.00}, {3:0.00} h", slow, plant.TruePh(), highest, bench.Run.Status.Active.TotalHours);
            Assert.True(highest < target + allowed, $"seed {seed}: pH {plant.TruePh()}, highest {highest}, {bench.Run.Status.Active.TotalHours:0.0} h");
        }
    }

    [Fact]
    public void Acid_brings_the_ph_down()
    {
        var plant = new ToyPlant { StrongAcid = -0.05, Buffer = 0.02 };
        Bench bench = OperationTests.Make("vessel dose_to_ph reagent=acid target=5 rate=2 at_most_amount=3", plant).Start().UntilOver(Day);
        Assert.Equal(PhaseState.Complete, bench.Run.State);
        Assert.InRange(plant.TruePh(), 4.8, 5.15);
    }

    [Fact]
    public void A_dead_electrode_is_a_fault()
    {
        var plant = new ToyPlant { StrongAcid = 5, Buffer = 0 };
        Bench bench = OperationTests.Make("vessel dose_to_ph reagent=base target=7 rate=12 at_most_amount=2", plant).Start().UntilOver(Day);
        Assert.Equal(PhaseState.Held, bench.Run.State);
        Assert.Matches("pH does not move|reached pH .* only", bench.Run.Reason);
        Assert.True(plant.Dosed("base") < 2.1);
    }
}
