using Crm.Plant.UnitOperations;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Rigs;

namespace Crm.Recipes.Tests;

/// <summary>A phase-state table that breaks what its class of unit never does is refused, each with its own code (HELD review table, SAF-18).</summary>
public sealed class ClassRuleTests
{
    private const string Off = "holding: off, held: off, restarting: off, stopping: off, stopped: off, aborting: off, aborted: off";
    private const string Keep = "holding: keep, held: keep, restarting: keep, stopping: keep, stopped: keep, aborting: keep, aborted: keep";

    private static string Flush(string state) => Off.Replace($"{state}: off", $"{state}: {{to: on, for: 2 min, then: off}}", StringComparison.Ordinal);

    /// <summary>Class, output and role, row that is well, row that is not, code.</summary>
    public static TheoryData<string, string, string, string, string, string> Rows => new()
    {
        { "leach-reactor", "agitator", "agitate", Keep, Keep.Replace("held: keep", "held: off", StringComparison.Ordinal), "RIG-STATES-AGITATOR" },
        { "reactor", "agitator", "agitate", Keep.Replace("held: keep", "held: 60", StringComparison.Ordinal), Keep.Replace("aborted: keep", "aborted: 0", StringComparison.Ordinal), "RIG-STATES-AGITATOR" },
        { "filter", "discharge_valve", "valve", Keep, Off.Replace("stopped: off", "stopped: on", StringComparison.Ordinal), "RIG-STATES-FILTER-OPEN" },
        { "filter", "feed_pump", "transfer", Off, Off.Replace("held: off", "held: 20", StringComparison.Ordinal), "RIG-STATES-FILTER-FEED" },
        { "extraction", "organic_pump", "transfer", Off, Off.Replace("holding: off", "holding: keep", StringComparison.Ordinal), "RIG-STATES-EXTRACTION-FEED" },
        { "extraction", "mixer", "agitate", Off.Replace("restarting: off", "restarting: 40", StringComparison.Ordinal), Off, "RIG-STATES-EXTRACTION-MIXER" },
        { "extraction", "divert", "valve", Off, Off.Replace("held: off", "held: keep", StringComparison.Ordinal), "RIG-STATES-DIVERT" },
        { "extraction", "ventilation", "valve", Keep, Keep.Replace("aborted: keep", "aborted: off", StringComparison.Ordinal), "RIG-STATES-VENTILATION" },
        { "ion-exchange", "drain_valve", "valve", Off, Off.Replace("stopped: off", "stopped: on", StringComparison.Ordinal), "RIG-STATES-RESIN-DRAIN" },
        { "ion-exchange", "feed_pump", "transfer", Off, Off.Replace("held: off", "held: 5", StringComparison.Ordinal), "RIG-STATES-COLUMN-FEED" },
        { "crystalliser", "circulation_pump", "transfer", Keep, Keep.Replace("held: keep", "held: off", StringComparison.Ordinal), "RIG-STATES-CIRCULATION" },
        { "evaporator", "agitator", "agitate", Keep, Keep.Replace("stopped: keep", "stopped: off", StringComparison.Ordinal), "RIG-STATES-CIRCULATION" },
        { "crystalliser", "vacuum_break", "valve", Off.Replace("held: off", "held: 10", StringComparison.Ordinal), Off.Replace("held: off", "held: on", StringComparison.Ordinal), "RIG-STATES-VACUUM" },
        { "dryer", "vacuum_pump", "service", Keep.Replace("stopping: keep", "stopping: {to: off, rate: 1 per s}", StringComparison.Ordinal), Keep, "RIG-STATES-VACUUM" },
        { "reverse-osmosis", "concentrate_valve", "valve", Keep, Keep.Replace("held: keep", "held: off", StringComparison.Ordinal), "RIG-STATES-DEAD-HEAD" },
        { "reverse-osmosis", "hp_pump", "transfer", Off.Replace("held: off", "held: 30", StringComparison.Ordinal), Off.Replace("held: off", "held: keep", StringComparison.Ordinal), "RIG-STATES-RO-PRESSURE" },
        { "reverse-osmosis", "feed_pump", "transfer", Off.Replace("holding: off", "holding: {to: off, rate: 1 per s}", StringComparison.Ordinal).Replace("stopping: off", "stopping: {to: off, rate: 1 per s}", StringComparison.Ordinal), Off, "RIG-STATES-RO-RAMP" },
        { "reverse-osmosis", "flush_valve", "valve", Flush("held").Replace("stopped: off", "stopped: {to: on, for: 2 min, then: off}", StringComparison.Ordinal), Off.Replace("held: off", "held: on", StringComparison.Ordinal), "RIG-STATES-RO-FLUSH" },
        { "electrodialysis", "rectifier", "heat", Off, Off.Replace("held: off", "held: keep", StringComparison.Ordinal), "RIG-STATES-CURRENT" },
        { "electrodialysis", "ventilation", "service", Keep, Keep.Replace("stopped: keep", "stopped: off", StringComparison.Ordinal), "RIG-STATES-ELECTRODE-GAS" },
        { "calciner", "sweep", "gas", Keep, Keep.Replace("aborted: keep", "aborted: off", StringComparison.Ordinal), "RIG-STATES-SWEEP" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_table_that_breaks_its_class_is_refused_at_its_row(string unitClass, string output, string role, string good, string bad, string code)
    {
        string fine = Rig(unitClass, output, role, good);
        Assert.DoesNotContain(RigFile.Read("rig.yaml", SmallPlant.Bytes(fine)).Diagnostics, d => d.Code == code);
        string broken = Rig(unitClass, output, role, bad);
        Diagnostic found = Assert.Single(RigFile.Read("rig.yaml", SmallPlant.Bytes(broken)).Diagnostics, d => d.Code == code);
        Assert.Equal(BrokenFile.LineOf(broken, $"{output}: {{ {bad}"), found.Line);
        Assert.NotEmpty(found.Remedy);
    }

    [Fact]
    public void A_calciner_without_any_sweep_is_refused()
    {
        string rig = Rig("calciner", "heater", "heat", Off);
        Assert.Contains(RigFile.Read("rig.yaml", SmallPlant.Bytes(rig)).Diagnostics, d => d.Code == "RIG-STATES-SWEEP" && d.Message.Contains("has none of sweep", StringComparison.Ordinal));
    }

    [Fact]
    public void A_service_is_its_duties_business()
    {
        string rig = Rig("reverse-osmosis", "feed_pump", "service", Keep).Replace("    class: reverse-osmosis\n", "    class: reverse-osmosis\n    service: true\n", StringComparison.Ordinal);
        Assert.DoesNotContain(RigFile.Read("rig.yaml", SmallPlant.Bytes(rig)).Diagnostics, d => d.Code is "RIG-STATES-RO-PRESSURE");
    }

    /// <summary>No state reaches the membranes of a service: its pump needs a rate, and a flush that ends by itself when it has come to rest.</summary>
    [Fact]
    public void Membranes_that_are_a_service_need_a_ramp_and_a_flush_of_their_own()
    {
        string bare = Rig("reverse-osmosis", "feed_pump", "service", Keep).Replace("    class: reverse-osmosis\n", "    class: reverse-osmosis\n    service: true\n", StringComparison.Ordinal);
        Assert.Equal(["RIG-STATES-RO-FLUSH", "RIG-STATES-RO-RAMP"], Codes(bare));
        string valve = bare.Replace("feed_pump", "flush_valve", StringComparison.Ordinal);
        Assert.Equal(["RIG-STATES-RO-FLUSH"], Codes(valve));
        Assert.Empty(Codes(WithDuty(valve, "for: 60 s, start: leach.level < 3 L")));
        Assert.Equal(["RIG-STATES-RO-FLUSH"], Codes(WithDuty(valve, "start: leach.level < 3 L")));
        Assert.Equal(["RIG-STATES-TIMED"], Codes(WithDuty(valve, "for: 60 s, start: always")));

        static string WithDuty(string rig, string rest) => rig.Replace("duties:\n", $"duties:\n  - {{unit: probe, output: flush_valve, value: 1, rest: 0, {rest}}}\n", StringComparison.Ordinal);
        static string[] Codes(string rig) => [.. RigFile.Read("rig.yaml", SmallPlant.Bytes(rig)).Diagnostics.Select(d => d.Code).Where(c => c is "RIG-STATES-RO-FLUSH" or "RIG-STATES-RO-RAMP" or "RIG-STATES-TIMED").Order()];
    }

    /// <summary>A timed cell comes to something else, after a time that its state can last, and never where one value counts at once.</summary>
    [Theory]
    [InlineData("held: {to: on, for: 2 min, then: off}", "")]
    [InlineData("holding: {to: on, for: 50 s, then: off}", "")]
    [InlineData("holding: {to: on, for: 1 min, then: off}", "RIG-STATES-TIMED")]
    [InlineData("held: {to: on, for: 0 s, then: off}", "RIG-STATES-TIMED")]
    [InlineData("held: {to: on, for: 2 min, then: on}", "RIG-STATES-TIMED")]
    [InlineData("held: {to: on, for: 2 min, then: keep}", "RIG-STATES-TIMED")]
    [InlineData("aborting: {to: on, for: 2 min, then: off}", "RIG-STATES-TIMED")]
    [InlineData("aborted: {to: on, for: 2 min, then: off}", "RIG-STATES-TIMED")]
    public void A_cell_that_ends_by_itself_says_after_what_time_and_what_then(string cell, string code)
    {
        string rig = Rig("vessel", "valve", "valve", Off.Replace(cell.Split(':')[0] + ": off", cell, StringComparison.Ordinal));
        string[] found = [.. RigFile.Read("rig.yaml", SmallPlant.Bytes(rig)).Diagnostics.Select(d => d.Code).Where(c => c.StartsWith("RIG-STATES", StringComparison.Ordinal))];
        Assert.Equal(code.Length == 0 ? [] : [code], found);
    }

    /// <summary>A feed never, timed or not.</summary>
    [Fact]
    public void A_feed_is_not_on_for_a_while_either() =>
        Assert.Contains(RigFile.Read("rig.yaml", SmallPlant.Bytes(Rig("vessel", "pump", "feed", Flush("held")))).Diagnostics, d => d.Code == "RIG-STATES-FEED");

    [Theory]
    [InlineData("extraction", "15 min", "16 min")]
    [InlineData("filter", "2 h", "3 h")]
    public void A_hold_longer_than_its_class_stands_is_refused(string unitClass, string longest, string tooLong)
    {
        string rig = Rig(unitClass, "valve", "valve", Keep).Replace("longest: 10 min", "longest: " + longest, StringComparison.Ordinal);
        Assert.DoesNotContain(RigFile.Read("rig.yaml", SmallPlant.Bytes(rig)).Diagnostics, d => d.Code == "RIG-HOLD-LONG");
        string broken = rig.Replace("longest: " + longest, "longest: " + tooLong, StringComparison.Ordinal);
        Assert.Contains(RigFile.Read("rig.yaml", SmallPlant.Bytes(broken)).Diagnostics, d => d.Code == "RIG-HOLD-LONG");
    }

    [Fact]
    public void Every_code_of_a_rule_is_explained_and_tried()
    {
        Assert.All(UnitClassRules.Codes, c => Assert.Contains(c, DiagnosticCodes.All.Keys));
        Assert.Equal(UnitClassRules.Codes.Order(), Rows.Select(r => r.Data.Item6).Distinct().Order());
    }

    private static string Rig(string unitClass, string output, string role, string row) => BrokenFile.Edit(
        SmallPlant.Rig, "  recycled_water:\n    label", $$"""
          probe:
            label: Probe
            class: {{unitClass}}
            outputs:
              {{output}}: {label: Output, unit: "%", span: 0..100, role: {{role}}, to: drives.ao99, fail: {value: 0, by: drive}, lapse: {after: 1 s, value: 0}, trip: 0}
            states:
              {{output}}: { {{row}} }
            hold: {longest: 10 min, then: stop, transient: 1 min}
          recycled_water:
            label
        """);
}
