using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Plant.Rigs;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Expressions;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Procedures;

/// <summary>Phases: a unit operation with conditions, clocks and limits.</summary>
internal sealed partial class RecipeReader
{
    public static readonly ImmutableArray<(string Word, Consequence Value)> Consequences =
    [
        ("hold", Consequence.Hold), ("continue", Consequence.Continue), ("pause", Consequence.Pause), ("stop", Consequence.Stop),
        ("abort", Consequence.Abort), ("ignore", Consequence.Ignore),
    ];

    public static readonly ImmutableArray<(string Word, RecipeClock Value)> Clocks =
        [("contact", RecipeClock.Contact), ("active", RecipeClock.Active), ("wall", RecipeClock.Wall)];

    public static readonly ImmutableArray<(string Word, ExceptionScope Value)> Scopes =
        [("batch", ExceptionScope.Batch), ("coupled", ExceptionScope.Coupled), ("unit", ExceptionScope.Unit)];

    private static readonly Unit second = Units.Of("s");

    private PhaseNode? Phase(YamlEntry entry, UnitOperationDescription operation, Place place)
    {
        if (OpenStep(entry, operation.Name) is not { } fields) return null;
        UnitDefinition? unit = PhaseUnit(entry, operation, place);
        string id = Id(fields, operation.Name.Replace('_', '-'), place);
        string label = fields.Text("label", operation.Label);
        ImmutableSortedDictionary<string, ArgumentSource> arguments = Arguments(fields, operation, unit);
        Expression? atLeast = Time(fields, "at_least");
        Expression? atMost = Time(fields, "at_most");
        PhaseNode phase = new(
            id,
            label,
            entry.Key.Line,
            place.Unit ?? "",
            operation.Name,
            arguments,
            [.. fields.Items("while").Select(node => Conditions.Read(node, "while", names, findings)).OfType<Condition>()],
            OptionalCondition(fields, "pause_when"),
            OptionalCondition(fields, "until"),
            atLeast,
            atMost,
            fields.Choice("then", Consequences, Consequence.Hold),
            fields.Choice("clock", Clocks, RecipeClock.Contact),
            [.. fields.Items("limits").Select(Limit).OfType<Limit>()],
            [.. fields.Items("expect").SelectMany(Expectations)],
            fields.Choice("on_fault", Consequences, Consequence.Hold))
        {
            Scope = fields.Choice("scope", Scopes, ExceptionScope.Batch),
            Attended = Attended(fields),
            DivertWhen = DivertWhen(fields, operation),
        };
        fields.Close(DiagnosticCodes.ParameterUnknown);
        CheckClocks(fields, atLeast, atMost);
        return phase;
    }

    private Condition? DivertWhen(Fields fields, UnitOperationDescription operation)
    {
        if (OptionalCondition(fields, "divert_when") is not { } condition) return null;
        if (!operation.Continuous)
            findings.Add(
                fields.Find("divert_when")!, DiagnosticCodes.ParameterUnknown, $"'{operation.Name}' makes nothing that could be diverted meanwhile",
                "only what runs on until its feed is gone: " + string.Join(", ", operations.Values.Where(o => o.Continuous).Select(o => o.Name)));
        return condition;
    }

    /// <summary>The parameters of a step; none at all is an empty group.</summary>
    private Fields? OpenStep(YamlEntry entry, string word)
    {
        YamlNode node = entry.Value is YamlScalar { Text: "" } ? new YamlMapping(entry.Key.Line, entry.Key.Column, []) { Origin = entry.Key.Origin } : entry.Value;
        return Fields.Open(node, findings, $"'{word}'");
    }

    private UnitDefinition? PhaseUnit(YamlEntry entry, UnitOperationDescription operation, Place place)
    {
        if (place.Unit is null)
        {
            findings.Add(
                entry.Key, DiagnosticCodes.StepPlace, $"'{operation.Name}' stands outside a unit",
                "put it under '- unit: …' and 'steps:'");
            return null;
        }

        int ordinal = rig.Unit(place.Unit);
        if (ordinal < 0) return null;
        UnitDefinition unit = rig.Units[ordinal];
        if (!operation.Classes.IsEmpty && !operation.Classes.Contains(unit.Class))
            findings.Add(
                entry.Key, DiagnosticCodes.OperationClass, $"'{operation.Name}' does not run on {unit.Name}, a {unit.Class}",
                "it runs on: " + string.Join(", ", operation.Classes));
        foreach (RoleDefinition role in operation.Roles.Where(r => r.Required)) CheckRole(entry, operation, unit, role);
        return unit;
    }

    private void CheckRole(YamlEntry entry, UnitOperationDescription operation, UnitDefinition unit, RoleDefinition role)
    {
        string full = unit.Name + "." + role.Name;
        int found = role.Kind switch { RoleKind.Tag => rig.Tag(full), RoleKind.Output => rig.Output(full), _ => rig.Loop(full) };
        string kind = role.Kind.ToString().ToLowerInvariant();
        if (found < 0)
        {
            findings.Add(
                entry.Key, DiagnosticCodes.OperationRole,
                $"'{operation.Name}' needs the {kind} {full}, which the rig does not have", role.Meaning);
            return;
        }

        string? measure = role.Kind switch { RoleKind.Tag => rig.Tags[found].Unit, RoleKind.Output => rig.Outputs[found].Unit, _ => null };
        if (measure is null || role.Unit.Length == 0 || Units.Find(role.Unit) is not { } wanted || Units.Find(measure) is not { } has || has.Matches(wanted)) return;
        findings.Add(
            entry.Key, DiagnosticCodes.OperationRole,
            $"'{operation.Name}' needs {full} in {role.Unit}, the rig has it in {measure}", role.Meaning);
    }

    private Condition? OptionalCondition(Fields fields, string key) =>
        fields.Find(key) is { } node ? Conditions.Read(node, key, names, findings) : null;

    private Expression? Time(Fields fields, string key)
    {
        if (fields.Find(key) is not { } node || Conditions.Number(node, key, names, findings) is not { } operand) return null;
        Operand time = Conditions.Bring(operand, second, (YamlScalar)node, findings);
        return time.IsBroken ? null : time.Node;
    }

    private void CheckClocks(Fields fields, Expression? atLeast, Expression? atMost)
    {
        if (atLeast is null || atMost is null || names.Static(atLeast) is not { } least || names.Static(atMost) is not { } most || least <= most) return;
        findings.Add(
            fields.Find("at_least")!, DiagnosticCodes.ClockOrder,
            $"at_least {Values.Plain(least / 60)} min is more than at_most {Values.Plain(most / 60)} min",
            "the phase could never end well");
    }

    private Limit? Limit(YamlNode node)
    {
        if (Fields.Open(node, findings, "a limit") is not { } fields) return null;
        Condition? when = fields.Need("when") is { } condition ? Conditions.Read(condition, "when", names, findings) : null;
        TimeSpan time = fields.Duration("for", TimeSpan.Zero);
        Consequence then = fields.Choice("then", Consequences);
        string message = fields.Text("message");
        fields.Close();
        return when is null ? null : new Limit(when, time, then, message);
    }

    /// <summary><c>{leach.temperature: rises 2 K within 10 min}</c>.</summary>
    private IEnumerable<Expectation> Expectations(YamlNode node)
    {
        if (Fields.Open(node, findings, "an expectation") is not { } fields) yield break;
        foreach (YamlEntry entry in fields.Map.Entries)
        {
            if (Expectation(entry) is { } expectation) yield return expectation;
        }
    }

    private Expectation? Expectation(YamlEntry entry)
    {
        if (names.Tag(entry.Key.Text) is not { } tag)
        {
            findings.Add(
                entry.Key, DiagnosticCodes.ExpressionName, $"'{entry.Key.Text}' is no tag",
                Nearest.Suggest(entry.Key.Text, rig.Tags.Select(t => t.Name)));
            return null;
        }

        if (Values.Text(entry.Value, findings, entry.Key.Text) is not { } text) return null;
        string[] parts = text.Split(" within ", 2, StringSplitOptions.TrimEntries);
        string[] move = parts[0].Split(' ', 2, StringSplitOptions.TrimEntries);
        bool formed = parts.Length == 2 && move is ["rises" or "falls", _];
        if (!formed || !Read(move[1], tag.Unit.Difference, out double by) || !Read(parts[1], second, out double within))
        {
            findings.Add(
                entry.Value, DiagnosticCodes.ExpectForm, $"'{text}' is not an expectation",
                $"write 'rises 2 {tag.Unit.Difference.Symbol} within 10 min' or 'falls …'");
            return null;
        }

        return new Expectation(tag.Ordinal, move[0] == "rises" ? by : -by, TimeSpan.FromSeconds(within), $"{entry.Key.Text} {text}");
    }

    private TimeSpan? Attended(Fields fields)
    {
        if (fields.Find("attended") is not { } node) return null;
        TimeSpan within = fields.Duration("attended");
        if (within <= TimeSpan.Zero) findings.Add(node, DiagnosticCodes.ValueRange, "presence can never be confirmed in time", "write how old the last confirmation may be, for example 30 min");
        return within;
    }

    private static bool Read(string text, Unit unit, out double value)
    {
        bool read = QuantityText.Parse(text, out Quantity quantity, out _) == QuantityProblem.None;
        bool bare = quantity.Unit == Unit.One;
        double? converted = read && !bare ? quantity.In(unit) : read && unit.TakesBareNumbers ? quantity.Value : null;
        value = converted ?? 0;
        return converted is > 0;
    }
}
