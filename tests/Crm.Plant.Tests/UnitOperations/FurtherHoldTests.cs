using Crm.Plant.Materials;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.UnitOperations;
using Xunit;

namespace Crm.Plant.Tests.UnitOperations;

/// <summary>HOLD and RESTART of the further operations: the "never" column of the HELD review table, seen in the demands.</summary>
public class FurtherHoldTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void Extraction_stops_both_feeds_in_one_scan_and_restarts_through_mixers_continuity_and_recycle()
    {
        var plant = new ToyPlant { ["tank.level"] = 90 };
        Bench bench = OperationTests.Make("extractor extract aqueous=tank organic=organic rate=20 mixer=300 continuity=organic hold_up=2", plant).Start();
        bench.Until(b => b.Demanded("extractor.divert") == 1, Hour).Step(PhaseCommand.Hold);
        Assert.Equal((0.0, 0.0), (bench.Demanded("extractor.aqueous_pump"), bench.Demanded("extractor.organic_pump")));
        Assert.Equal(0, bench.Demanded("extractor.divert"));
        bench.For(TimeSpan.FromMinutes(10)).Step(PhaseCommand.Restart).Until(b => b.Run.State == PhaseState.Running, Hour);
        bool mixed = false, recycled = false;
        for (int i = 0; i < 3600 && bench.Demanded("extractor.divert") != 1; i++)
        {
            bool feeds = bench.Demanded("extractor.aqueous_pump") > 0;
            Assert.Equal(feeds, bench.Demanded("extractor.organic_pump") > 0);
            mixed |= !feeds && bench.Demanded("extractor.mixer") == 300;
            Assert.True(!feeds || mixed, "fed before the mixers ran");
            recycled |= feeds && bench.Demanded("extractor.divert") == 0;
            bench.Step();
        }

        Assert.True(recycled && bench.Demanded("extractor.divert") == 1);
    }

    [Fact]
    public void Extraction_goes_back_to_recycle_when_it_is_off_its_profile()
    {
        var plant = new ToyPlant { ["tank.level"] = 90 };
        Bench bench = OperationTests.Make("extractor extract aqueous=tank organic=organic rate=20 mixer=300 hold_up=2", plant).Start();
        bench.Until(b => b.Demanded("extractor.divert") == 1, Hour);
        plant.Force["extractor.interface"] = 80;
        bench.For(TimeSpan.FromSeconds(40));
        Assert.Equal((PhaseState.Running, 0.0), (bench.Run.State, bench.Demanded("extractor.divert")));
        plant.Force.Clear();
        bench.Until(b => b.Demanded("extractor.divert") == 1, Hour);
    }

    [Fact]
    public void Acid_that_stands_on_the_resin_while_held_counts()
    {
        Bench bench = OperationTests.Make("column ix_elute from=vessel rate=5 bed=1.5 contact=1200").Start().For(TimeSpan.FromMinutes(5));
        bench.Step(PhaseCommand.Hold).For(TimeSpan.FromMinutes(16)).Step(PhaseCommand.Restart).UntilOver(Hour);
        Assert.Equal(PhaseState.Held, bench.Run.State);
        Assert.Contains("acid has been on the resin", bench.Run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_goes_on_where_it_stood()
    {
        Bench bench = OperationTests.Make("column ix_load from=vessel rate=10 bed=1.5 bed_volumes=6").Start().For(TimeSpan.FromMinutes(20));
        bench.Step(PhaseCommand.Hold).For(TimeSpan.FromMinutes(5)).Step(PhaseCommand.Restart).Until(b => b.Run.State == PhaseState.Complete, Hour);
        Assert.InRange(bench.Plant["vessel.level"], 10.5, 11.5);
    }

    [Fact]
    public void Loading_ends_at_breakthrough_and_says_so()
    {
        Bench bench = OperationTests.Make("column ix_load from=vessel rate=10 bed=1.5 breakthrough=5").Start().For(TimeSpan.FromMinutes(20));
        bench.Plant.Force["column.outlet_conductivity"] = 8;
        bench.Until(b => b.Run.State == PhaseState.Complete, TimeSpan.FromMinutes(2));
        Assert.Contains(bench.Events, e => e.Kind == BatchEventKind.Note && e.Text.Contains("breakthrough", StringComparison.Ordinal));
    }

    [Fact]
    public void A_calciner_heats_again_only_under_proven_sweep_and_keeps_its_soak()
    {
        Bench bench = OperationTests.Make("calciner calcine temperature=300 ramp=20 for=1800 sweep=10").Start();
        bench.Until(b => b.Run.Doing.Contains("calcining 10", StringComparison.Ordinal), Hour).Step(PhaseCommand.Hold);
        Assert.Equal((0.0, 100.0), (bench.Demanded("calciner.heater"), bench.Demanded("calciner.sweep")));
        bench.For(TimeSpan.FromMinutes(2));
        bench.Plant.Dead.Add("calciner.sweep");
        bench.Step(PhaseCommand.Restart).Until(b => b.Run.State == PhaseState.Running, Hour);
        for (int i = 0; i < 120 && bench.Run.State == PhaseState.Running; i++) Assert.Equal(0, bench.Step().Demanded("calciner.heater"));
        Assert.Contains("no sweep", bench.Run.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Membranes_restart_from_the_flush_with_the_concentrate_open()
    {
        var plant = new ToyPlant { ["tank.level"] = 90 };
        Bench bench = OperationTests.Make("ro reverse_osmosis from=tank pressure=40 ramp=10 recovery=50", plant).Start();
        bench.Until(b => b.Plant["ro.pressure"] > 35, Hour).Step(PhaseCommand.Hold);
        Assert.Equal((0.0, 100.0), (bench.Demanded("ro.feed_pump"), bench.Demanded("ro.concentrate_valve")));
        bench.For(TimeSpan.FromMinutes(2)).Step(PhaseCommand.Restart).Until(b => b.Run.State == PhaseState.Running, Hour).Step();
        Assert.Contains("flushing", bench.Run.Doing, StringComparison.Ordinal);
        bench.Until(b => b.Plant["ro.pressure"] > 35, Hour);
    }

    [Fact]
    public void A_reagent_line_is_flushed_before_dosing_goes_on_after_a_hold()
    {
        Bench bench = OperationTests.Make("vessel crystallise_react reagent=base amount=1.5 rate=6 temperature=60").Start().For(TimeSpan.FromMinutes(3));
        Assert.True(bench.Demanded("vessel.base_pump") > 0);
        bench.Step(PhaseCommand.Hold).For(TimeSpan.FromMinutes(5)).Step(PhaseCommand.Restart).Until(b => b.Run.State == PhaseState.Running, Hour).Step().Step();
        Assert.Equal((1.0, 0.0), (bench.Demanded("vessel.flush_valve"), bench.Demanded("vessel.base_pump")));
        bench.Until(b => b.Run.State == PhaseState.Complete, Hour * 10);
        Assert.InRange(bench.Plant.Dosed("base"), 1.48, 1.52);
    }

    [Fact]
    public void Cooling_goes_on_from_the_temperature_the_hold_left()
    {
        var plant = new ToyPlant { ["vessel.temperature"] = 60 };
        Bench bench = OperationTests.Make("vessel crystallise_cool to=5 over=7200", plant).Start().Until(b => b.Plant["vessel.temperature"] < 50, Hour * 2);
        bench.Step(PhaseCommand.Hold).For(TimeSpan.FromMinutes(1));
        plant["vessel.temperature"] = 55; // it warmed up
        bench.Step(PhaseCommand.Restart).Until(b => b.Run.State == PhaseState.Running, Hour).Step();
        Assert.InRange(bench.Setpoint!.Value, 54, 55.2);
        bench.Until(b => b.Run.State == PhaseState.Complete, Hour * 5);
    }

    [Fact]
    public void Supersaturation_stays_in_its_corridor_while_cooling()
    {
        var plant = new ToyPlant { ["vessel.temperature"] = 60, Crystals = false };
        Bench bench = OperationTests.Make("vessel crystallise_cool to=5 over=1800 seed=0.1 corridor_low=1.05 corridor_high=1.2", plant).Start();
        double highest = 0, seeded = double.NaN;
        for (int i = 0; i < 40000 && bench.Run.State == PhaseState.Running; i++)
        {
            bench.Step();
            highest = Math.Max(highest, plant["vessel.supersaturation"]);
            if (bench.Demanded("vessel.seed_feeder") > 0 && double.IsNaN(seeded)) seeded = plant["vessel.supersaturation"];
        }

        bench.For(TimeSpan.FromSeconds(5));
        Assert.Equal(PhaseState.Complete, bench.Run.State);
        Assert.InRange(seeded, 1.04, 1.2);
        Assert.InRange(highest, 1.04, 1.22);
    }

    [Fact]
    public void A_cake_that_stood_too_long_is_looked_at_before_the_wash_goes_on()
    {
        Bench bench = OperationTests.Make("filter wash from=tank volume=3 rate=20 crack=600").Start().For(TimeSpan.FromMinutes(3));
        bench.Step(PhaseCommand.Hold).For(TimeSpan.FromMinutes(12)).Step(PhaseCommand.Restart).UntilOver(Hour);
        Assert.Equal(PhaseState.Held, bench.Run.State);
        Assert.Contains("may have cracked", bench.Run.Reason, StringComparison.Ordinal);
        bench.Step(PhaseCommand.Restart).For(TimeSpan.FromSeconds(10)).UntilOver(Hour);
        Assert.Equal(PhaseState.Complete, bench.Run.State);
    }

    [Fact]
    public void A_cleaned_unit_is_set_clean_by_its_record()
    {
        var plant = new ToyPlant { ["vessel.level"] = 0 };
        Bench bench = OperationTests.Make("vessel clean from=tank to=store fill=10 circulate=300 limit=0.1 rinses=3", plant).Start().Until(b => b.Run.State == PhaseState.Complete, Hour * 5);
        VesselDesk desk = VesselDesk.Of(["vessel"], CompatibilityTable.Empty);
        foreach (BatchEvent happened in bench.Events) desk = desk.Seen(happened);
        Assert.Equal(Cleanliness.Clean, desk.Find("vessel")!.State);
    }

    public static TheoryData<string> Stirred =>
    [
        "vessel charge amount=3 agitator=200", "vessel dose_ratio reagent=acid from=tank ratio=0.05 feed=60 volume=15 agitator=200",
        "vessel leach temperature=60 agitator=200 for=3600 reagent=acid",
        "vessel precipitate reagent=base target=5 rate=6 at_most_amount=6 agitator=200", "vessel crystallise_cool to=5 over=3600 agitator=200",
        "vessel crystallise_react reagent=base amount=1.5 rate=6 temperature=60 agitator=200", "vessel crystallise_evaporate to=15 temperature=104 agitator=200",
    ];

    [Theory]
    [MemberData(nameof(Stirred))]
    public void No_command_but_stop_takes_the_agitator_off_a_slurry(string step)
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            var random = new Random(seed);
            string[] breaks = ["vessel.acid_pump", "vessel.base_pump", "vessel.heater", "vessel.feeder"];
            PhaseCommand[] commands = [PhaseCommand.Hold, PhaseCommand.Restart, PhaseCommand.Pause, PhaseCommand.Resume];
            var plant = new ToyPlant(seed) { StrongAcid = 0.05 };
            Bench bench = OperationTests.Make(step, plant).Start();
            for (int i = 0; i < 1500 && PhaseTable.IsActive(bench.Run.State); i++)
            {
                if (random.Next(400) == 0) plant.Dead.Add(breaks[random.Next(breaks.Length)]);
                if (random.Next(60) == 0) bench.Step(commands[random.Next(4)]);
                else bench.Step();
                if (bench.Run.State is PhaseState.Stopped or PhaseState.Stopping or PhaseState.Aborting or PhaseState.Aborted) break;
                Assert.True(bench.Demanded("vessel.agitator") > 0, $"{step}, seed {seed}, scan {i}: {bench.Run.State}, {bench.Run.Reason}");
                bool feeds = bench.Run.State is PhaseState.Running or PhaseState.Pausing;
                foreach (Demand demand in bench.Demands.Where(d => !d.IsLoop && !d.Keep && d.Value != 0))
                    Assert.True(feeds || ToyRig.Rig.Outputs[demand.Target].Role is not (OutputRole.Feed or OutputRole.Transfer), $"{step}, seed {seed}: {bench.Run.State} feeds");
            }
        }
    }
}
