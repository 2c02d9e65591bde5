using System.Collections.Immutable;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Quantities;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Rigs;

/// <summary>The phase-state table: every output of the unit, all seven cells.</summary>
internal sealed partial class RigReader
{
    private static readonly ImmutableArray<string> columns = [.. PhaseStateTable.States.Select(s => s.ToString().ToLowerInvariant())];

    private static readonly ImmutableArray<(string, PhaseCommand)> afterHold = [("stop", PhaseCommand.Stop), ("abort", PhaseCommand.Abort)];

    private PhaseStateTable States(UnitDraft unit)
    {
        ImmutableArray<YamlEntry> written = unit.Fields.Named("states");
        OutputDraft[] own = [.. outputs.Where(o => o.Owner == unit.Name)];
        foreach (YamlEntry entry in written.Where(e => own.All(o => o.Definition.Name != Full(unit, e.Key.Text))))
            findings.Add(
                entry.Key, DiagnosticCodes.RigOutput, $"unit {unit.Name} has no output '{entry.Key.Text}'",
                Nearest.Suggest(entry.Key.Text, own.Select(o => o.Definition.Name[(unit.Name.Length + 1)..])));

        ImmutableArray<StateRow>.Builder rows = ImmutableArray.CreateBuilder<StateRow>();
        foreach (OutputDraft output in own)
        {
            YamlEntry? row = written.FirstOrDefault(e => Full(unit, e.Key.Text) == output.Definition.Name);
            if (row is not null) rows.Add(new StateRow(output.Definition.Ordinal, Cells(unit, output, row)));
            else if (!unit.IsService) MissingRow(unit, output);
        }

        (TimeSpan longest, PhaseCommand then, TimeSpan transient) = Hold(unit, own.Length > 0);
        // No phase runs on a plant service: its duties drive it, and the table only says keep.
        if (!unit.IsService) ClassRules(unit, rows, longest);
        return new PhaseStateTable(rows.ToImmutable(), longest, then, transient);
    }

    private void MissingRow(UnitDraft unit, OutputDraft output)
    {
        YamlNode at = unit.Fields.Find("states") ?? unit.Key;
        findings.Add(
            at, DiagnosticCodes.RigStatesRow, $"{output.Definition.Name} has no row in the states of {unit.Name}",
            "there are no defaults: say what it does in " + string.Join(", ", columns));
    }

    private ImmutableArray<StateCell> Cells(UnitDraft unit, OutputDraft output, YamlEntry row)
    {
        if (Fields.Open(row.Value, findings, $"states of {output.Definition.Name}") is not { } fields) return [];
        ImmutableArray<StateCell>.Builder cells = ImmutableArray.CreateBuilder<StateCell>();
        foreach (string column in columns)
        {
            YamlNode? cell = fields.Find(column);
            if (cell is null)
                findings.Add(
                    row.Key, DiagnosticCodes.RigStatesCell, $"{output.Definition.Name} has no cell '{column}'",
                    "write off, on, keep, a value, {loop: name, at: setpoint}, {to: value, rate: 1 per s} or {to: on, for: 2 min, then: off}");
            else cells.Add(Cell(unit, output, column, cell));
        }

        fields.Close();
        return cells.ToImmutable();
    }

    private StateCell Cell(UnitDraft unit, OutputDraft output, string column, YamlNode node)
    {
        if (node is YamlMapping map)
            return map.Entries.Any(e => e.Key.Text == "for") ? TimedCell(unit, output, column, map)
                : map.Entries.Any(e => e.Key.Text == "to") ? RampCell(output, column, map)
                : LoopCell(unit, output, column, node);
        return new StateCell(Value(output, column, node), -1, double.NaN);
    }

    private SafeValue Value(OutputDraft output, string column, YamlNode node)
    {
        SafeValue value = OutputValue(node, column, output);
        bool leavesOn = value.Keep || value.Value != 0;
        if (output.Definition.Role == OutputRole.Feed && leavesOn) FeedOn(output, column, node);
        if (output.Definition.Role == OutputRole.Heat && (value.Keep || (leavesOn && column is "aborting" or "aborted"))) HeatOn(output, column, node);
        return value;
    }

    /// <summary><c>{to: on, for: 2 min, then: off}</c>: what must end by itself, a flush.</summary>
    private StateCell TimedCell(UnitDraft unit, OutputDraft output, string column, YamlMapping node)
    {
        Fields fields = new(node, findings, $"cell {column} of {output.Definition.Name}");
        SafeValue value = fields.Need("to") is { } to ? Value(output, column, to) : SafeValue.KeepLast;
        SafeValue then = fields.Need("then") is { } next ? Value(output, column, next) : SafeValue.KeepLast;
        TimeSpan time = fields.Duration("for");
        TimeSpan longest = PhaseTable.IsTransient(PhaseStateTable.States[columns.IndexOf(column)]) ? Transient(unit) : TimeSpan.MaxValue;
        fields.Close();
        string? wrong = value.Keep || then.Keep || value == then ? "comes to nothing else"
            : time <= TimeSpan.Zero ? "would end at once"
            : time >= longest ? $"lasts longer than the {column} of {unit.Name} may"
            : column is "aborting" or "aborted" ? $"is timed while {column}"
            : null;
        if (wrong is not null)
            findings.Add(
                node, DiagnosticCodes.RigStatesTimed, $"{output.Definition.Name} {wrong}",
                "write two values and a time below 'transient', such as {to: on, for: 2 min, then: off}; what aborts takes one value at once");
        return new StateCell(value, -1, double.NaN) { For = time, Then = then };
    }

    private TimeSpan Transient(UnitDraft unit) =>
        unit.Fields.Find("hold") is YamlMapping hold && hold.Entries.FirstOrDefault(e => e.Key.Text == "transient")?.Value is { } node
        && Values.Duration(node, findings, "transient") is { } limit ? limit : TimeSpan.FromMinutes(10);

    /// <summary><c>{to: off, rate: 1 per s}</c>: what must not fall at once, a pressure on a membrane. What is dangerous is never ramped.</summary>
    private StateCell RampCell(OutputDraft output, string column, YamlMapping node)
    {
        Fields fields = new(node, findings, $"cell {column} of {output.Definition.Name}");
        SafeValue value = fields.Need("to") is { } to ? OutputValue(to, column, output) : SafeValue.KeepLast;
        double perSecond = fields.Need("rate") is { } rate ? Rate(rate, output.Unit) ?? 0 : 0;
        fields.Close();
        bool atOnce = output.Definition.Role is OutputRole.Feed or OutputRole.Heat || output.Definition.IsSwitch || column is "aborting" or "aborted" || value.Keep;
        if (atOnce) findings.Add(node, DiagnosticCodes.RigStatesRamp, $"{output.Definition.Name} is ramped while {column}", "write the value alone; ramps are for pumps, valves and gas while holding, held, restarting, stopping and stopped");
        return new StateCell(value, -1, double.NaN) { PerSecond = perSecond };
    }

    private StateCell LoopCell(UnitDraft unit, OutputDraft output, string column, YamlNode node)
    {
        Fields fields = new((YamlMapping)node, findings, $"cell {column} of {output.Definition.Name}");
        int loop = Loop(fields.Need("loop"), unit);
        YamlNode? at = fields.Find("at"), most = fields.Find("at_most");
        double setpoint = at is not null && loop >= 0 ? Setpoint(at, loop) : double.NaN;
        double atMost = most is not null && loop >= 0 ? Setpoint(most, loop) : double.NaN;
        fields.Close();
        if (at is not null && most is not null)
            findings.Add(most, DiagnosticCodes.RigLoop, $"{output.Definition.Name} has a setpoint and a highest one that it keeps", "write 'at' for a fixed setpoint or 'at_most' for the one it had come to, no higher than this");
        if (output.Definition.Role == OutputRole.Feed) FeedOn(output, column, node);
        if (output.Definition.Role == OutputRole.Heat && column is "aborting" or "aborted") HeatOn(output, column, node);
        if (loop >= 0 && !Drives(loop, output.Definition.Ordinal))
            findings.Add(
                node, DiagnosticCodes.RigLoop, $"loop {loops[loop].Name} does not drive {output.Definition.Name}",
                "name a loop with a leg on this output");
        return new StateCell(SafeValue.KeepLast, loop, setpoint) { AtMost = atMost };
    }

    private int Loop(YamlNode? node, UnitDraft unit)
    {
        if (node is null || Values.Text(node, findings, "loop") is not { } text) return -1;
        if (loopNames.TryGetValue(Full(unit, text), out int loop)) return loop;
        findings.Add(
            node, DiagnosticCodes.RigLoop, $"there is no loop '{Full(unit, text)}'",
            Nearest.Suggest(Full(unit, text), loopNames.Keys));
        return -1;
    }

    private double Setpoint(YamlNode node, int loop)
    {
        int tag = loops[loop].ProcessValue;
        Unit measure = tag >= 0 ? tagNames[tags[tag].Name].Unit : Plant.Quantities.Unit.One;
        return Values.Quantity(node, findings, "at", measure, loops[loop].SetpointLow, loops[loop].SetpointHigh, bare: false);
    }

    private void FeedOn(OutputDraft output, string column, YamlNode node) =>
        findings.Add(
            node, DiagnosticCodes.RigStatesFeed, $"{output.Definition.Name} feeds while {column}",
            "a feed is off in every state but running");

    private void HeatOn(OutputDraft output, string column, YamlNode node) =>
        findings.Add(
            node, DiagnosticCodes.RigStatesHeat, $"{output.Definition.Name} may stay on while {column}",
            "write off, or while holding and stopping a loop with a setpoint");

    private (TimeSpan Longest, PhaseCommand Then, TimeSpan Transient) Hold(UnitDraft unit, bool hasOutputs)
    {
        YamlNode? node = unit.Fields.Find("hold");
        if (node is null && hasOutputs && !unit.IsService)
            findings.Add(
                unit.Key, DiagnosticCodes.RigHold, $"unit {unit.Name} does not say how long it may be held",
                "add 'hold: {longest: 4 h, then: stop, transient: 30 min}'");
        if (Fields.Open(node, findings, $"hold of {unit.Name}") is not { } fields) return (TimeSpan.FromHours(1), PhaseCommand.Stop, TimeSpan.FromMinutes(10));
        TimeSpan longest = fields.Duration("longest");
        PhaseCommand then = fields.Choice("then", afterHold);
        TimeSpan transient = fields.Duration("transient");
        fields.Close();
        if (longest <= TimeSpan.Zero || transient <= TimeSpan.Zero)
            findings.Add(
                node!, DiagnosticCodes.RigHold, $"a hold of {unit.Name} would end at once",
                "longest and transient are more than nothing");
        return (longest, then, transient);
    }
}
