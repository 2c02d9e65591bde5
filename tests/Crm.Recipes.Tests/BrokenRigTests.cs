using Crm.Recipes.Rigs;

namespace Crm.Recipes.Tests;

/// <summary>Configuration fails loudly and completely; every output declares every cell (SAF-02, SAF-18, SAF-20).</summary>
public sealed class BrokenRigTests
{
    /// <summary>Text to replace, its replacement, code, text on the line of the mistake.</summary>
    public static TheoryData<string, string, string, string> Edits => new()
    {
        { "format: 1\n", "format: 2\n", "FILE-FORMAT", "format: 2" },
        { "format: 1\n", "", "KEY-MISSING", "rig: bench" },
        { "rig: bench", "recipe: bench", "FILE-KIND", "format: 1" },
        { "title: Bench rig", "titel: Bench rig", "KEY-UNKNOWN", "titel" },
        { "title: Bench rig", "title: Bench rig\nscan: 50 ms", "KEY-DUPLICATE", "scan: 100 ms" },
        { "scan: 100 ms", "scan: 1 min", "VALUE-RANGE", "scan:" },
        { "scan: 100 ms", "scan: 100", "UNIT-MISSING", "scan:" },
        { "scan: 100 ms", "scan: 100 kg", "UNIT-MISMATCH", "scan:" },
        { "scan: 100 ms", "scan: [100 ms]", "KIND-WRONG", "scan:" },
        { "  leach:\n", "  Leach:\n", "NAME-WRONG", "Leach:" },
        { "strength: 98 wt%", "strength: 980 wt%", "VALUE-RANGE", "sulfuric_acid:" },
        { "density: 1.836 kg/L", "density: 1.836 kg/X", "UNIT-UNKNOWN", "sulfuric_acid:" },
        { "stock: 10 kg", "stock: plenty", "NUMBER-WRONG", "sulfuric_acid:" },
        { "working: 35 L", "working: 55 L", "RIG-VOLUME", "working: 55 L" },
        { "unit: degC, span", "unit: degF, span", "UNIT-UNKNOWN", "degF" },
        { "span: 0..120", "span: 120..0", "RANGE-ORDER", "120..0" },
        { "span: 0..120", "span: 0-120", "RANGE-WRONG", "0-120" },
        { "from: transmitters.ai1,", "from: transmiters.ai1,", "RIG-BUS", "transmiters" },
        { "from: transmitters.ai2", "from: transmitters.ai1", "RIG-ADDRESS", "label: pH" },
        { "to: drives.ao2", "to: drives.ao1", "RIG-ADDRESS", "heater: {label" },
        { "stale_after: 2 s, keep: {deadband: 0.02", "keep: {deadband: 0.02", "KEY-MISSING", "label: pH" },
        { ", by: drive}, lapse: {after: 1 s, value: 0}, trip: 0}", ", by: process}, lapse: {after: 1 s, value: 0}, trip: 0}", "RIG-FAIL-PROCESS", "by: process" },
        { "fail: {value: 0, by: relay}, ", "", "KEY-MISSING", "heater: {label" },
        { "lapse: {after: 10 s, value: 0}, ", "", "KEY-MISSING", "heater: {label" },
        { "{after: 10 s, value: 0}, trip: 0}", "{after: 10 s, value: 0}}", "KEY-MISSING", "heater: {label" },
        { "by: relay", "by: magic", "CHOICE-UNKNOWN", "by: magic" },
        { "class: leach-reactor\n", "class: leach-reactor\n    made_of: wood\n", "CHOICE-UNKNOWN", "made_of: wood" },
        { "{after: 1 s, value: 0}", "{after: 5 s, value: 0}", "RIG-LAPSE-FEED", "acid_pump: {label" },
        { "{after: 10 s, value: 0}", "{after: 5 min, value: 0}", "RIG-LAPSE-HEAT", "heater: {label" },
        { "fail: {value: 0, by: relay}", "fail: {value: keep, by: relay}", "RIG-SAFE-VALUE", "heater: {label" },
        { "{after: 1 s, value: 0}, trip: 0}", "{after: 1 s, value: 0}, trip: 0, confirm: {tag: acid_runs, at_least: 1, above: 2, within: 5 s}}", "RIG-TAG", "acid_runs" },
        { "{after: 1 s, value: 0}, trip: 0}", "{after: 1 s, value: 0}, trip: 0, confirm: {tag: acid_scale, above: 2, within: 5 s}}", "KEY-MISSING", "confirm:" },
        { "{after: 1 s, value: 0}, trip: 0}", "{after: 1 s, value: 0}, trip: 0, confirm: {tag: acid_scale, at_least: 1, above: 2, within: 5 ms}}", "VALUE-RANGE", "within: 5 ms" },
        { "trip: 100}", "trip: keep, confirm: {tag: temperature, at_least: 1, above: 2, within: 5 s}}", "RIG-CONFIRM", "trip: keep, confirm" },
        // A filter whose divert valve leads nobody knows where.
        { "feed_pump: {label: Slurry pump,", "divert: {label: Divert, unit: position, span: 0..1, role: valve, to: drives.ao9, fail: {value: keep, by: drive}, lapse: {after: 60 s, value: keep}, trip: keep}\n      feed_pump: {label: Slurry pump,", "RIG-FILTRATE", "  filter1:" },
        { "trip: 100}", "trip: 120}", "RIG-SPAN", "trip: 120" },
        { "rate: 50 per s", "rate: fast", "NUMBER-WRONG", "rate: fast" },
        { "pump: acid_pump", "pump: acid_pomp", "RIG-OUTPUT", "acid_pomp" },
        { "scale: acid_scale", "scale: acid_weight", "RIG-TAG", "acid_weight" },
        { "scale: acid_scale", "scale: level", "UNIT-MISMATCH", "scale: level" },
        { "sulfuric_acid: {pump", "nitric_acid: {pump", "RIG-REAGENT", "nitric_acid" },
        { "water: {from: recycled_water", "water: {from: recycled_watre", "RIG-UNIT", "recycled_watre" },
        { "{output: heater, from: 0, to: 100", "{output: heater, from: 0, to: 150", "RIG-LEGS", "to: 150" },
        { "to: 100, gives: 0..100", "to: 100, gives: 0..200", "RIG-SPAN", "gives: 0..200" },
        { "at: 40 degC", "at: 140 degC", "VALUE-RANGE", "at: 140" },
        { "held: {loop: temperature_loop}", "held: {loop: level_loop}", "RIG-LOOP", "level_loop" },
        { "held: off, restarting: off, stopping: off, stopped: off, aborting: off, aborted: off}\n      cooling", "restarting: off, stopping: off, stopped: off, aborting: off, aborted: off}\n      cooling", "RIG-STATES-CELL", "heater: {holding" },
        { "      heater: {holding: off, held: off, restarting: off, stopping: off, stopped: off, aborting: off, aborted: off}\n", "", "RIG-STATES-ROW", "agitator: {holding" },
        { "acid_pump: {holding: off, held: off", "acid_pump: {holding: off, held: keep", "RIG-STATES-FEED", "held: keep, restarting: off" },
        { "heater: {holding: off", "heater: {holding: keep", "RIG-STATES-HEAT", "heater: {holding" },
        { "acid_pump: {holding: off", "acid_pump: {holding: {to: off, rate: 5 per s}", "RIG-STATES-RAMP", "acid_pump: {holding" },
        { "    hold: {longest: 4 h, then: stop, transient: 30 min}\n", "", "RIG-HOLD", "  leach:" },
        { "longest: 4 h", "longest: 0 h", "RIG-HOLD", "longest: 0 h" },
        { "leach.temperature > 85 degC", "leach.temprature > 85 degC", "EXPR-NAME", "leach.temprature" },
        { "leach.temperature > 85 degC", "leach.heater > 85 degC", "EXPR-NAME", "leach.heater > 85" },
        { "leach.temperature > 85 degC", "leach.temperature > 85", "UNIT-MISSING", "85," },
        { "leach.temperature > 85 degC", "leach.temperature > 85 bar", "EXPR-UNIT", "85 bar" },
        { "leach.temperature > 85 degC", "leach.temperature >", "EXPR-SYNTAX", "leach.temperature >," },
        { "leach.temperature > 85 degC", "leach.temperature", "EXPR-TYPE", "{any: [leach.temperature," },
        { "leach.level > 38 L", "slope(leach.level, 5 min) > 1 L/min", "EXPR-SCOPE", "slope" },
        { "bad: last good 5 s", "bad: use it", "CHOICE-UNKNOWN", "bad: use it" },
        { "{any: [leach.temperature > 85 degC, {condition: \"leach.level > 38 L\", delay: 2 s, bad: last good 5 s}]}", "{any: []}", "RIG-CAUSE", "{any: []}" },
        { "leach.cooling: 100, leach.heater: 0}", "leach.cooling: 200, leach.heater: 0}", "RIG-SPAN", "leach.cooling: 200" },
        { "then: {leach.acid_pump: 0", "then: {leach.base_pump: 0", "RIG-OUTPUT", "leach.base_pump" },
        { "command: {leach: hold}", "command: {leach: hold, filter1: stop}", "RIG-COMMAND", "filter1: stop}" },
        { "    latch: true\n", "", "KEY-MISSING", "- id: leach-overheat" },
        { "alarms:\n", "alarms:\n  - {id: leach-hot, text: x, when: leach.foam on, on_delay: 1 s, off_delay: 1 s, priority: low, cause: foam, consequence: loss, response: stop, time_to_respond: 1 min}\n", "RIG-DUPLICATE", "- {id: leach-hot, text: Leach hot" },
        { "consequence: Trip, ", "", "KEY-MISSING", "- {id: leach-hot" },
        { "cause: Heater stuck, ", "", "KEY-MISSING", "- {id: leach-hot" },
        { "cause: Heater stuck", "cause: tbd", "ALARM-BLANK", "- {id: leach-hot" },
        { "response: Cool", "response: \"-\"", "ALARM-BLANK", "- {id: leach-hot" },
        { "time_to_respond: 10 min}", "time_to_respond: 10}", "UNIT-MISSING", "- {id: leach-hot" },
        { "when: leach.temperature > 80 degC, on_delay", "on_delay", "ALARM-FORM", "- {id: leach-hot" },
        { "when: leach.temperature > 80 degC, on_delay", "when: leach.temperature > 80 degC, held: leach, on_delay", "ALARM-FORM", "- {id: leach-hot" },
        { "when: leach.temperature > 80 degC, on_delay: 10 s, off_delay: 10 s", "when: leach.foam on, on_delay: 10 s", "ALARM-DELAY", "- {id: leach-hot" },
        { "when: leach.temperature > 80 degC, on_delay", "when: leach.temperature > leach.level * 1 degC / 1 L, deadband: 1 K, on_delay", "EXPR-UNIT", "- {id: leach-hot" },
        { "on_delay: 10 s", "deadband: 3 bar, on_delay: 10 s", "UNIT-MISMATCH", "- {id: leach-hot" },
        { "when: leach.temperature > 80 degC, on_delay", "deviation: {loop: leach.level_loop, beyond: 5 K}, on_delay", "RIG-LOOP", "- {id: leach-hot" },
        { "when: leach.temperature > 80 degC, on_delay", "deviation: {loop: leach.temperature_loop, beyond: 5 bar}, on_delay", "UNIT-MISMATCH", "- {id: leach-hot" },
        { "when: leach.temperature > 80 degC, on_delay", "unmoved: {tag: leach.acid_weight, by: 10 g, within: 1 min}, on_delay", "RIG-TAG", "- {id: leach-hot" },
        { "when: leach.temperature > 80 degC, on_delay", "unmoved: {tag: leach.acid_scale, by: 10 g, within: 1 min, output: leach.acid_pomp, above: 5 %}, on_delay", "RIG-OUTPUT", "- {id: leach-hot" },
        { "when: leach.temperature > 80 degC, on_delay", "held: leech, on_delay", "RIG-UNIT", "- {id: leach-hot" },
        { "priority: high", "suppress: [{}], priority: high", "ALARM-SUPPRESSION", "- {id: leach-hot" },
        { "priority: high", "suppress: [{idle: leach, trip: leach-overheat}], priority: high", "ALARM-SUPPRESSION", "- {id: leach-hot" },
        { "priority: high", "suppress: [{trip: leach-overheet}], priority: high", "RIG-TRIP", "- {id: leach-hot" },
        { "priority: high", "suppress: [{not_running: leach, operations: [dse]}], priority: high", "STEP-UNKNOWN", "- {id: leach-hot" },
        { "priority: high", "suppress: [{when: leach.levl < 5 L}], priority: high", "EXPR-NAME", "- {id: leach-hot" },
        { "duties:\n  - {unit: scrubber, output: fan, value: on", "duties:\n  - {unit: leach, output: heater, value: on", "UNIT-SERVICE", "{unit: leach, output: heater" },
        { "duties:\n", "panel: {horn: scrubber.fan, lamps: {scrubber.fan: {sequence: A, alarms: [leach-hto]}}}\nduties:\n", "RIG-PANEL", "panel: {horn" },
        { "duties:\n", "panel: {horn: leach.heater, lamps: {scrubber.fan: {sequence: A, alarms: [leach-hot]}}}\nduties:\n", "RIG-PANEL", "panel: {horn" },
        { "duties:\n", "panel: {horn: scrubber.fan, lamps: {scrubber.fan: {sequence: M, alarms: [leach-hot]}}}\nduties:\n", "RIG-PANEL", "panel: {horn" },
        { "duties:\n", "panel: {horn: scrubber.fan, lamps: {scrubber.fan: {sequence: F, group: gas}}}\nduties:\n", "RIG-PANEL", "panel: {horn" },
        { "duties:\n", "panel: {horn: scrubber.fan, flash: 1 min, lamps: {scrubber.fan: {sequence: A, alarms: [leach-hot]}}}\nduties:\n", "RIG-PANEL", "panel: {horn" },
        { "duties:\n", "panel: {horn: scrubber.fan, lamps: {scrubber.fan: {sequence: B, alarms: [leach-hot]}}}\nduties:\n", "CHOICE-UNKNOWN", "panel: {horn" },
        { "duties:\n", "panel: {horn: scrubber.fan, lamps: {scrubber.fan: {sequence: A}}}\nduties:\n", "RIG-PANEL", "panel: {horn" },
        { "buses:\n", "buses: &all\n", "YAML-FEATURE", "buses:" },
        { "    class: leach-reactor\n", "    class: [leach\n", "YAML-SYNTAX", "class: [leach" },
    };

    [Fact]
    public void The_small_rig_is_valid() => SmallPlant.ReadRig();

    [Theory]
    [MemberData(nameof(Edits))]
    public void A_broken_rig_is_refused_with_code_and_line(string old, string replacement, string code, string marker)
    {
        string text = BrokenFile.Edit(SmallPlant.Rig, old, replacement);
        BrokenFile.Refused(RigFile.Read("rig.yaml", SmallPlant.Bytes(text)), code, BrokenFile.LineOf(text, marker));
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        string text = BrokenFile.Edit(SmallPlant.Rig, "title: Bench rig", "titel: Bench rig");
        text = BrokenFile.Edit(text, "trip: 100}", "trip: 120}");
        text = BrokenFile.Edit(text, "by: relay", "by: process");
        string[] codes = [.. RigFile.Read("rig.yaml", SmallPlant.Bytes(text)).Diagnostics.Select(d => d.Code)];
        Assert.Equal(["KEY-UNKNOWN", "RIG-FAIL-PROCESS", "RIG-SPAN"], codes);
    }
}
