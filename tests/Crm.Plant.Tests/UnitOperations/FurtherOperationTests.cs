using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Records;
using Crm.Plant.UnitOperations;
using Xunit;

namespace Crm.Plant.Tests.UnitOperations;

/// <summary>Operations for germanium and vanadium on the toy plant: ends, named faults and their consequence, limits of actuators (SAF-28).</summary>
public class FurtherOperationTests
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private const string Extract = "extractor extract aqueous=tank organic=organic strip=store strip_rate=5 rate=20 ratio=1.5 mixer=300 continuity=organic hold_up=2 settle=120";
    private const string Cool = "vessel crystallise_cool to=5 over=7200";
    private const string React = "vessel crystallise_react reagent=base amount=1.5 rate=6 temperature=60 age=300";
    private const string Boil = "vessel crystallise_evaporate to=15 temperature=104";
    private const string Calcine = "calciner calcine temperature=550 ramp=10 for=1800 sweep=10";
    private const string Clean = "vessel clean from=tank to=store fill=10 circulate=300 limit=0.1 rinses=3";
    private const string Osmosis = "ro reverse_osmosis from=tank pressure=40 ramp=5 recovery=50";
    private const string Split = "stack electrodialyse brine=tank acid=store base=organic rate=30 current=20 voltage=25 conductivity=20";
    private const string Ratio = "vessel dose_ratio reagent=acid from=tank ratio=0.05 feed=60 volume=15";
    private const string Leach = "vessel leach temperature=60 agitator=200 for=3600 reagent=acid ph=1.5 at_most_amount=3";

    public static TheoryData<string, string, string> Ends => new()
    {
        { "vessel charge amount=3", "vessel.mass", "2.95..3.05" },
        { "vessel charge amount=2 portions=4 pause=60 agitator=100", "vessel.mass", "1.95..2.05" },
        { Ratio, "vessel.acid_scale", "14.2..14.3" },
        { Ratio + " outstanding=0.2 half_life=300", "vessel.acid_scale", "14.2..14.3" },
        { "vessel heat to=60 soak=600 rate=1", "vessel.temperature", "59..60.2" },
        { Leach, "vessel.temperature", "59..60.2" },
        { "vessel precipitate reagent=base target=5 rate=6 at_most_amount=6 age=1200", "vessel.level", "20..26" },
        { Extract, "extractor.mixer_speed", "0..0" },
        { "column ix_load from=vessel rate=10 bed=1.5 bed_volumes=6", "vessel.level", "10.5..11.3" },
        { "column ix_wash from=vessel rate=10 bed=1.5", "vessel.level", "15..15.8" },
        { "column ix_elute from=vessel rate=5 bed=1.5", "vessel.level", "13.5..14.3" },
        { "column ix_regenerate from=vessel rate=10 bed=2 bed_volumes=50", "vessel.level", "0..0.4" },
        { Cool, "vessel.temperature", "4..6.2" },
        { Boil, "vessel.level", "14..15.2" },
        { React, "vessel.base_scale", "16.48..16.52" },
        { Calcine, "calciner.temperature", "20..81" },
        { Clean, "vessel.conductivity", "0.0..0.05" },
        { Split, "stack.brine_conductivity", "15..20" },
        { Osmosis, "tank.level", "0..0.4" },
        { Osmosis + " volume=20", "tank.level", "28..40" },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void An_operation_ends_where_it_was_asked_to_within_every_actuators_limits(string step, string tag, string range)
    {
        Bench bench = OperationTests.Make(step, Hot(step)).Start();
        for (TimeSpan t = default; t < Day && bench.Run.State is not (PhaseState.Complete or PhaseState.Held); t += Bench.Scan)
        {
            bench.Step();
            foreach (Demand demand in bench.Demands.Where(d => !d.IsLoop && !d.Keep))
                Assert.InRange(demand.Value, ToyRig.Rig.Outputs[demand.Target].Low, ToyRig.Rig.Outputs[demand.Target].High);
        }

        Assert.True(bench.Run.State == PhaseState.Complete, $"{bench.Run.State}: {bench.Run.Reason}; {bench.Run.Doing}");
        double[] bounds = [.. range.Split("..").Select(b => double.Parse(b, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.InRange(bench.Plant[tag], bounds[0], bounds[1]);
        bench.Step();
        foreach (OutputDefinition feed in ToyRig.Rig.Outputs.Where(o => o.Role is OutputRole.Feed or OutputRole.Transfer or OutputRole.Gas))
            Assert.Equal(0, bench.Demanded(feed.Name) ?? 0);
        if (bench.Events.Any(e => e.Kind == BatchEventKind.Dose)) Assert.InRange(bench.AccountedKg - bench.Plant.Dosed("acid") - bench.Plant.Dosed("base"), -0.01, 0.01);
    }

    /// <summary>Step, what breaks (dead, worn or stuck device, or a tag at a value), words of the fault.</summary>
    public static TheoryData<string, string, string> Faults => new()
    {
        { "vessel charge amount=3", "dead vessel.feeder", "feeder bridges, is empty or does not run" },
        { "vessel charge amount=3 portions=3 pause=300", "stuck vessel.feeder", "feeder relay stuck" },
        { Ratio, "dead vessel.water_pump", "line blocked or pump does not run" },
        { Ratio, "worn vessel.water_pump", "pump worn" },
        { Ratio, "dead vessel.acid_pump", "acid pump or line" },
        { Ratio, "worn vessel.acid_pump", "acid pump or line" },
        { "vessel dose reagent=acid amount=1.5 rate=4", "dead vessel.acid_pump", "line blocked or pump does not run" },
        { "vessel dose reagent=acid amount=1.5 rate=4", "worn vessel.acid_pump", "pump worn" },
        { "vessel dose reagent=acid amount=1.5 rate=1", "stuck vessel.acid_pump", "delivers too much" },
        { "vessel dose_to_ph reagent=base target=9 rate=1 at_most_amount=6", "stuck vessel.base_pump", "delivers too much" },
        { "vessel heat to=60", "dead vessel.heater", "heater open or its relay does not close" },
        { "vessel heat to=60 soak=36000", "stuck vessel.heater", "heater relay stuck on" },
        { Leach, "dead vessel.heater", "heater gives no heat" },
        { Leach, "dead vessel.agitator", "agitator does not turn" },
        { Leach + " vent=10", "dead vessel.acid_pump", "acid pump or line" },
        { "vessel precipitate reagent=base target=5 rate=6 at_most_amount=6", "dead vessel.base_pump", "base pump or line" },
        { "vessel precipitate reagent=base target=5 rate=6 at_most_amount=6", "frozen vessel.ph 2", "pH does not move" },
        { Extract, "dead extractor.mixer", "mixers do not turn" },
        { Extract, "dead extractor.aqueous_pump", "tank pump: 0.0 L/h, 20.0 L/h asked: line blocked or pump does not run" },
        { Extract, "worn extractor.organic_pump", "organic pump: 12.0 L/h, 30.0 L/h asked: pump worn" },
        { Extract, "dead extractor.strip_pump", "store pump: 0.0 L/h" },
        { Extract, "stuck extractor.organic_pump", "relay stuck, it runs on" },
        { Extract, "at extractor.mixer_conductivity 30", "is not organic-continuous" },
        { Extract, "at extractor.interface 85", "interface at 85 %, 30 to 70 % allowed" },
        { Extract, "at extractor.crud 40", "crud layer 40 mm" },
        { Extract, "at extractor.organic_level 26", "L of organic: entrainment or leak" },
        { "column ix_load from=vessel rate=10 bed=1.5", "dead column.feed_pump", "line blocked or pump does not run" },
        { "column ix_load from=vessel rate=10 bed=1.5", "worn column.feed_pump", "pump worn" },
        { "column ix_wash from=vessel rate=10 bed=1.5", "at column.bed_level 80", "resin falls dry" },
        { "column ix_elute from=vessel rate=10 bed=1.5", "at column.pressure 7", "bed or cartridge blocked" },
        { "column ix_regenerate from=vessel rate=1 bed=4 contact=600", "at column.pressure 1", "acid has been on the resin" },
        { "column ix_load from=vessel rate=10 bed=1.5", "at column.pressure 7", "bed or cartridge blocked" },
        { "column ix_load from=vessel rate=10 bed=1.5", "at column.bed_level 80", "resin falls dry" },
        { "column ix_wash from=vessel rate=10 bed=1.5", "dead column.feed_pump", "line blocked or pump does not run" },
        { "column ix_wash from=vessel rate=10 bed=1.5", "at column.pressure 7", "bed or cartridge blocked" },
        { "column ix_elute from=vessel rate=5 bed=1.5", "dead column.feed_pump", "line blocked or pump does not run" },
        { "column ix_elute from=vessel rate=5 bed=1.5", "at column.bed_level 80", "resin falls dry" },
        { "column ix_regenerate from=vessel rate=10 bed=2", "dead column.feed_pump", "line blocked or pump does not run" },
        { "column ix_regenerate from=vessel rate=10 bed=2", "at column.pressure 7", "bed or cartridge blocked" },
        { "column ix_regenerate from=vessel rate=10 bed=2", "at column.bed_level 80", "resin falls dry" },
        { "vessel dose_to_ph reagent=base target=7 rate=6 at_most_amount=3", "frozen vessel.ph 2", "pH does not move" },
        { "vessel dose_to_ph reagent=base target=7 rate=6 at_most_amount=3", "late vessel.ph 0.2", "pH goes the wrong way" },
        { Boil + " seed=0.2", "frozen vessel.turbidity 20", "seeds do not show" },
        { React + " seed=0.2", "frozen vessel.turbidity 20", "seeds do not show" },
        { Cool, "dead vessel.cooling", "cooling takes no heat out" },
        { Cool, "at vessel.supersaturation 1.5", "does not come down" },
        { Cool + " seed=0.2", "frozen vessel.turbidity 20", "seeds do not show" },
        { Boil, "dead vessel.heater", "heater gives no heat" },
        { Boil, "at vessel.supersaturation 1.5", "does not come down" },
        { React, "dead vessel.base_pump", "base pump or line" },
        { React, "at vessel.supersaturation 1.5", "does not come down" },
        { Calcine, "dead calciner.sweep", "has no sweep" },
        { Calcine, "dead calciner.heater", "heater gives no heat" },
        { Calcine, "stuck calciner.heater", "heater relay stuck on" },
        { Clean, "dead vessel.water_pump", "L moved in" },
        { Clean, "dead vessel.out_pump", "L moved in" },
        { Clean + " agitator=100", "dead vessel.agitator", "agitator does not turn" },
        { Clean, "at vessel.conductivity 5", "is not clean after 3 rinses" },
        { Split, "dead stack.brine_pump", "line blocked or pump does not run" },
        { Split, "dead stack.rectifier", "rectifier gives no current" },
        { Split, "dead stack.membranes", "membranes fouled or brine spent" },
        { Split, "dead stack.torn", "brine does not get thinner" },
        { Osmosis, "dead ro.feed_pump", "pressure does not come" },
        { Osmosis, "dead ro.concentrate_valve", "is dead-headed" },
        { Osmosis, "dead ro.membrane", "gives no permeate" },
        { Osmosis + " conductivity=1", "at ro.permeate_conductivity 3", "membrane leaks" },
        { "filter wash from=tank volume=3 channelling=3", "late filter.pressure 1.1", "wash channels" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_named_and_holds_with_the_table_at_the_pins(string step, string broken, string words)
    {
        Bench bench = OperationTests.Make(step, Hot(step));
        string[] how = broken.Split(' ');
        if (how[0] == "dead") bench.Plant.Dead.Add(how[1]);
        if (how[0] == "worn") bench.Plant.Worn.Add(how[1]);
        if (how[0] == "late") bench.Plant.Force[how[1]] = 2;
        if (how[0] == "stuck") bench.Plant.Stuck.Add(how[1]);
        bench.Start();
        for (TimeSpan t = default; t < Day && bench.Run.State is not (PhaseState.Complete or PhaseState.Held); t += Bench.Scan)
        {
            if (how.Length > 2 && (how[0] != "late" || t > TimeSpan.FromSeconds(60))) bench.Plant.Force[how[1]] = double.Parse(how[2], System.Globalization.CultureInfo.InvariantCulture);
            if (how[0] == "at" && t < TimeSpan.FromSeconds(5)) bench.Plant.Force.Remove(how[1]);
            bench.Step();
        }

        Assert.True(bench.Run.State == PhaseState.Held, $"{bench.Run.State}: {bench.Run.Doing}");
        Assert.Contains(words, bench.Run.Reason, StringComparison.Ordinal);
        Assert.Single(bench.Events, e => e.Kind == BatchEventKind.Fault);
        foreach (StateRow row in bench.Run.Unit.States.Rows)
        {
            StateCell cell = row.Cells[PhaseStateTable.Column(PhaseState.Held)];
            if (!cell.IsLoop && !cell.Value.Keep) Assert.Equal(cell.Value.Value, bench.Demanded(ToyRig.Rig.Outputs[row.Output].Name));
        }
    }

    /// <summary>Faults that this plant of toys cannot make, or that are tried in a test of their own (cracks, no boiling).</summary>
    private static readonly string[] elsewhere =
    [
        "dose_ratio: falls behind its ratio", "precipitate: is past", "wash: may have cracked", "evaporate: gives no condensate", "evaporate: no feed from", "ix_elute: acid has been on the resin",
        "extract: continuous, ", "extract: profile does not become steady",
    ];

    [Fact]
    public void Every_declared_effect_has_its_fault_tried()
    {
        var tried = Faults.Select(f => (Operation: f.Data.Item1.Split(' ')[1], Words: f.Data.Item3))
            .Concat(OperationTests.Faults.Select(f => (Operation: f.Data.Item1.Split(' ')[1], Words: f.Data.Item3))).ToArray();
        var untried = new List<string>();
        foreach (UnitOperationDescription operation in UnitOperationCatalogue.Descriptions)
        {
            Assert.NotEmpty(operation.Effects);
            foreach (ExpectedEffect effect in operation.Effects)
            {
                Assert.True(effect.Within > TimeSpan.Zero);
                Assert.NotEmpty(effect.Action + effect.Effect);
                bool known = tried.Any(t => t.Operation == operation.Name && (t.Words.Contains(effect.Fault, StringComparison.Ordinal) || effect.Fault.Contains(t.Words, StringComparison.Ordinal)));
                if (!known) untried.Add($"{operation.Name}: {effect.Fault}");
            }
        }

        Assert.Equal(elsewhere.Order(StringComparer.Ordinal), untried.Order(StringComparer.Ordinal));
    }

    internal static ToyPlant Hot(string step)
    {
        var plant = new ToyPlant();
        if (step.Contains("crystallise", StringComparison.Ordinal)) plant["vessel.temperature"] = 60;
        if (step.Contains("seed=", StringComparison.Ordinal)) plant.Crystals = false;
        if (step.Contains("crystallise_evaporate", StringComparison.Ordinal)) plant["vessel.temperature"] = 95;
        if (step.Contains(" leach ", StringComparison.Ordinal)) plant.StrongAcid = 0.001;
        if (step.Contains(" clean ", StringComparison.Ordinal)) plant["vessel.level"] = 0;
        if (step.Contains("electrodialyse", StringComparison.Ordinal)) plant["stack.brine_conductivity"] = 80;
        if (step.Contains("reverse_osmosis", StringComparison.Ordinal)) plant["tank.level"] = 60;
        if (step.Contains("extract", StringComparison.Ordinal)) plant["store.level"] = 30;
        return plant;
    }
}
