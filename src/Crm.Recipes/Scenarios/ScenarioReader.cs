using System.Collections.Immutable;
using Crm.Plant.Phases;
using Crm.Plant.Ports;
using Crm.Plant.Quantities;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Scenarios;

/// <summary>Faults, commands and expectations of a scenario, each checked against the rig.</summary>
internal sealed class ScenarioReader(Fields file, RigDefinition rig, ImmutableArray<string> faults, Func<string, string?> faultProblem, Func<string, string?> momentProblem)
{
    /// <summary>Null is finish, which a unit is told.</summary>
    private static readonly ImmutableArray<(string, PhaseCommand?)> commands =
        [("hold", PhaseCommand.Hold), ("restart", PhaseCommand.Restart), ("stop", PhaseCommand.Stop), ("abort", PhaseCommand.Abort), ("finish", null)];

    private static readonly ImmutableArray<(string, PhaseState)> states =
        [("running", PhaseState.Running), ("held", PhaseState.Held), ("stopped", PhaseState.Stopped), ("aborted", PhaseState.Aborted), ("complete", PhaseState.Complete)];

    private readonly Findings findings = file.Findings;

    public Scenario Read()
    {
        string name = file.Text("scenario"), title = file.Text("title"), recipe = file.Text("recipe");
        int seed = (int)file.Number("seed", 1.0);
        string from = file.Text("from", "");
        if (from.Length > 0 && momentProblem(from) is { } problem) findings.Add(file.Find("from")!, DiagnosticCodes.ScenarioFrom, problem, "a step of the recipe (leach/peroxide), a time into one (leach/peroxide+20min), or a time since the start (3 h)");
        TimeSpan until = file.Duration("until");
        var settings = Texts("set");
        var twin = Texts("twin");
        ImmutableArray<PlantFault> faults = [.. file.Items("faults").Select(Fault).OfType<PlantFault>()];
        ImmutableArray<ScenarioCommand> given = [.. file.Items("commands").Select(Command).OfType<ScenarioCommand>()];
        YamlNode? at = file.Need("expect");
        ImmutableArray<ScenarioExpectation> expectations = [.. file.Items("expect").Select(Expect).OfType<ScenarioExpectation>()];
        if (at is not null && expectations.IsEmpty && findings.Count == 0) findings.Add(at, DiagnosticCodes.ScenarioExpect, "nothing is expected: the scenario can only pass", "say what is to come of it");
        foreach (ScenarioExpectation late in expectations.Where(e => findings.Count == 0 && (e.When.By > until || e.When.From > until)))
            findings.Add(late.Line, 1, DiagnosticCodes.ScenarioExpect, $"'{late.Words}' is judged after the scenario has ended", "let 'until' be later");
        file.Close();
        return new Scenario(name, title, recipe, seed, until, settings, twin, faults, given, expectations) { From = from };
    }

    private ImmutableSortedDictionary<string, string> Texts(string key) =>
        file.Named(key).ToImmutableSortedDictionary(e => e.Key.Text, e => Values.Text(e.Value, findings, e.Key.Text) ?? "", StringComparer.Ordinal);

    private PlantFault? Fault(YamlNode node)
    {
        if (Fields.Open(node, findings, "a fault") is not { } fields) return null;
        string fault = fields.Text("fault");
        TimeSpan at = fields.Duration("at");
        fields.Close();
        if (fault.Length > 0 && !faults.Contains(fault) && faultProblem(fault) is { } problem)
            findings.Add(node, DiagnosticCodes.ScenarioFault, fault.Contains('=', StringComparison.Ordinal) ? $"fault '{fault}': {problem}" : $"the twin has no fault '{fault}'", Nearest.Suggest(fault, faults));
        return new PlantFault(fault, at);
    }

    private ScenarioCommand? Command(YamlNode node)
    {
        if (Fields.Open(node, findings, "a command") is not { } fields) return null;
        PhaseCommand? command = fields.Choice("command", commands);
        TimeSpan at = fields.Duration("at");
        string unit = command is null ? rig.Units.ElementAtOrDefault(Known(fields, "unit", [.. rig.Units.Select(u => u.Name)], DiagnosticCodes.RigUnit))?.Name ?? "" : "";
        fields.Close();
        return new ScenarioCommand(at, command, unit);
    }

    private ScenarioExpectation? Expect(YamlNode node)
    {
        if (Fields.Open(node, findings, "an expectation") is not { } fields) return null;
        var when = new ExpectedWhen(fields.Has("by") ? fields.Duration("by") : null, fields.Has("from") ? fields.Duration("from") : null, fields.Flag("never", false));
        ScenarioExpectation? expectation = Kind(fields, when, node.Line);
        fields.Close();
        if (expectation is null) findings.Add(node, DiagnosticCodes.ScenarioExpect, "the expectation says nothing that can be seen", "one of trip, alarm, batch, pin, reading, record, product");
        else if (when.By is not null && (when.Never || when.From is not null))
            findings.Add(node, DiagnosticCodes.ScenarioExpect, "'by' stands beside 'from' or 'never'", "by: once up to then; from: always from then; never: at no time");
        else if (expectation is ProductExpected && when != default)
            findings.Add(node, DiagnosticCodes.ScenarioExpect, "the product is judged at the end only", "leave out 'by', 'from' and 'never'");
        else if (expectation is RecordExpected && when is { From: not null, Never: false })
            findings.Add(node, DiagnosticCodes.ScenarioExpect, "what the record says it says once, not at every scan", "'by' for said up to then, 'never' for not said, neither for said at all");
        return expectation;
    }

    private ScenarioExpectation? Kind(Fields fields, ExpectedWhen when, int line)
    {
        if (fields.Has("trip")) return new TripExpected(Known(fields, "trip", [.. rig.Trips.Select(t => t.Id)], DiagnosticCodes.ScenarioExpect), when, $"trip {fields.Text("trip")}", line);
        if (fields.Has("alarm")) return new AlarmExpected(Known(fields, "alarm", [.. rig.Alarms.Select(a => a.Id)], DiagnosticCodes.ScenarioExpect), when, $"alarm {fields.Text("alarm")}", line);
        if (fields.Has("batch")) return new BatchExpected(fields.Choice("batch", states), when, $"batch {fields.Text("batch")}", line);
        if (fields.Has("record")) return new RecordExpected(fields.Text("record"), when, $"record says '{fields.Text("record")}'", line);
        if (fields.Has("product")) return new ProductExpected(fields.Choice("product", [("good", true), ("not good", false)]), when, $"product {fields.Text("product")}", line);
        if (fields.Has("pin"))
        {
            int output = Known(fields, "pin", [.. rig.Outputs.Select(o => o.Name)], DiagnosticCodes.RigOutput);
            var (low, high, words) = Bounds(fields, output < 0 ? "" : rig.Outputs[output].Unit);
            return new PinExpected(output, low, high, when, $"pin {fields.Text("pin")} {words}", line);
        }

        if (!fields.Has("reading")) return null;
        int tag = Known(fields, "reading", [.. rig.Tags.Select(t => t.Name)], DiagnosticCodes.RigTag);
        var bounds = Bounds(fields, tag < 0 ? "" : rig.Tags[tag].Unit);
        return new ReadingExpected(tag, bounds.Low, bounds.High, when, $"reading {fields.Text("reading")} {bounds.Words}", line);
    }

    private int Known(Fields fields, string key, ImmutableArray<string> names, string code)
    {
        string name = fields.Text(key);
        int at = names.IndexOf(name);
        // One that is not there has been said already.
        if (at < 0 && fields.Find(key) is { } node) findings.Add(node, code, $"the rig has no {key} '{name}'", Nearest.Suggest(name, names));
        return at;
    }

    private (double Low, double High, string Words) Bounds(Fields fields, string unitName)
    {
        Unit unit = Units.Find(unitName) ?? Unit.One;
        if (fields.Has("is"))
        {
            double value = fields.Number("is", unit);
            return (value - 1e-6, value + 1e-6, $"is {fields.Text("is")}");
        }

        double low = fields.Has("at_least") ? fields.Number("at_least", unit) : double.NegativeInfinity;
        double high = fields.Has("at_most") ? fields.Number("at_most", unit) : double.PositiveInfinity;
        if (double.IsInfinity(low) && double.IsInfinity(high)) findings.Add(fields.Map, DiagnosticCodes.ScenarioExpect, "no bound", "write is, at_least or at_most");
        return (low, high, string.Join(" and ", new[] { fields.Has("at_least") ? $"at least {fields.Text("at_least")}" : "", fields.Has("at_most") ? $"at most {fields.Text("at_most")}" : "" }.Where(w => w.Length > 0)));
    }
}
