using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Quantities;
using Crm.Plant.Rigs;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Expressions;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Rigs;

/// <summary>Trips, permissives and the duties of services.</summary>
internal sealed partial class RigReader
{
    private static readonly ImmutableArray<(string, PhaseCommand)> tripCommands =
        [("hold", PhaseCommand.Hold), ("stop", PhaseCommand.Stop), ("abort", PhaseCommand.Abort)];

    private static readonly Expression always = new Constant(1);

    private ImmutableArray<TripDefinition> Trips()
    {
        SortedSet<string> seen = new(StringComparer.Ordinal);
        ImmutableArray<TripDefinition>.Builder trips = ImmutableArray.CreateBuilder<TripDefinition>();
        foreach (YamlNode node in file.Items("protection"))
        {
            if (Fields.Open(node, findings, "a trip under 'protection'") is not { } fields) continue;
            string id = fields.Text("id");
            Once(seen, id, fields.Find("id") ?? node, "trips");
            ImmutableArray<CauseDefinition> causes = fields.Need("when") is { } when ? Causes(when, id) : [];
            (ImmutableArray<string> commanded, PhaseCommand command) = Command(fields);
            ImmutableArray<EffectDefinition> effects = [.. fields.Named("then").Select(Effect).OfType<EffectDefinition>()];
            if (effects.IsEmpty && commanded.IsEmpty)
                findings.Add(
                    node, DiagnosticCodes.RigCause, $"trip {id} does nothing",
                    "add 'then: {unit.output: value}' or 'command'");
            TripDefinition trip = new(trips.Count, id, fields.Text("why"), causes, effects, commanded, command, Latch(fields));
            trips.Add(Row(fields, trip));
            fields.Close();
        }

        trips.AddRange(Confirmations(trips.Count, seen));
        return trips.ToImmutable();
    }

    private static bool Latch(Fields trip)
    {
        trip.Need("latch");
        return trip.Flag("latch", true);
    }

    private ImmutableArray<CauseDefinition> Causes(YamlNode when, string trip)
    {
        ImmutableArray<YamlNode> written = [when];
        if (when is YamlMapping map && map.Entries.Any(e => e.Key.Text == "any"))
        {
            Fields fields = new(map, findings, $"'when' of {trip}");
            written = fields.Items("any");
            fields.Close();
        }
        else if (when is YamlSequence list)
        {
            written = list.Items;
        }

        if (written.IsEmpty) findings.Add(when, DiagnosticCodes.RigCause, $"trip {trip} has no cause", "add a condition");
        return [.. written.Select(node => Cause(node, trip)).OfType<CauseDefinition>()];
    }

    private CauseDefinition? Cause(YamlNode node, string trip)
    {
        if (node is not YamlMapping)
        {
            return Conditions.Read(node, "when", names, findings) is { } plain
                ? new CauseDefinition(plain.Text, plain.Expression, TimeSpan.Zero, BadInput.Trip, TimeSpan.Zero)
                : null;
        }

        Fields fields = new((YamlMapping)node, findings, $"a cause of {trip}");
        if (Special(fields, node) is { } special) return Closed(fields, special);
        Condition? condition = fields.Need("condition") is { } text ? Conditions.Read(text, "condition", names, findings) : null;
        TimeSpan delay = fields.Duration("delay", TimeSpan.Zero);
        (BadInput bad, TimeSpan last) = WhenBad(fields);
        TimeSpan clear = fields.Duration("clear_delay", TimeSpan.Zero);
        ImmutableArray<OutputGate> gates = Gates(fields, out string while_);
        fields.Close();
        return condition is null ? null : new CauseDefinition(condition.Text + while_, condition.Expression, delay, bad, last) { ClearDelay = clear, Gates = gates };
    }

    private (BadInput Rule, TimeSpan LastGood) WhenBad(Fields cause)
    {
        const string lastGood = "last good ";
        string text = cause.Text("bad", "trip");
        if (text == "trip") return (BadInput.Trip, TimeSpan.Zero);
        if (text == "ignore") return (BadInput.Ignore, TimeSpan.Zero);
        if (text == "use value") return (BadInput.UseValue, TimeSpan.Zero);
        bool read = text.StartsWith(lastGood, StringComparison.Ordinal)
            && QuantityText.Parse(text[lastGood.Length..], out Quantity time, out _) == QuantityProblem.None
            && time.In(Units.Of("s")) is > 0 and <= 3600;
        if (read && QuantityText.Parse(text[lastGood.Length..], out Quantity span, out _) == QuantityProblem.None)
            return (BadInput.UseLastGoodFor, TimeSpan.FromSeconds(span.In(Units.Of("s"))!.Value));
        findings.Add(
            cause.Find("bad")!, DiagnosticCodes.ChoiceUnknown, $"'bad' cannot be '{text}'",
            "expected trip, ignore, use value or 'last good 5 s'");
        return (BadInput.Trip, TimeSpan.Zero);
    }

    private EffectDefinition? Effect(YamlEntry entry)
    {
        if (Output(entry.Key, "then", null) is not { } output) return null;
        return new EffectDefinition(output.Definition.Ordinal, OutputValue(entry.Value, entry.Key.Text, output));
    }

    private (ImmutableArray<string> Units, PhaseCommand Command) Command(Fields trip)
    {
        ImmutableArray<YamlEntry> written = trip.Named("command");
        PhaseCommand first = PhaseCommand.None;
        foreach (YamlEntry entry in written)
        {
            Unit(entry.Key, "command");
            PhaseCommand command = Values.Choice(entry.Value, findings, entry.Key.Text, tripCommands, PhaseCommand.Hold);
            if (first == PhaseCommand.None) first = command;
            else if (command != first)
                findings.Add(
                    entry.Value, DiagnosticCodes.RigCommand, "one trip gives different commands",
                    "use one command, or two trips with the same cause");
        }

        return ([.. written.Select(e => e.Key.Text)], first);
    }

    private ImmutableArray<PermissiveDefinition> Permissives()
    {
        ImmutableArray<PermissiveDefinition>.Builder permissives = ImmutableArray.CreateBuilder<PermissiveDefinition>();
        foreach (YamlNode node in file.Items("permissives"))
        {
            if (Fields.Open(node, findings, "a permissive") is not { } fields) continue;
            string unit = Unit(fields.Need("unit"), "unit");
            Condition? need = fields.Need("need") is { } text ? Conditions.Read(text, "need", names, findings) : null;
            permissives.Add(new PermissiveDefinition(unit, fields.Texts("operations"), fields.Text("text", need?.Text ?? ""), need?.Expression ?? always));
            fields.Close();
        }

        return permissives.ToImmutable();
    }

    private ImmutableArray<DutyDefinition> Duties()
    {
        ImmutableArray<DutyDefinition> duties = [.. file.Items("duties").Select(Duty).OfType<DutyDefinition>()];
        foreach (UnitDraft unit in units) MembraneService(unit, duties);
        return duties;
    }

    private DutyDefinition? Duty(YamlNode node)
    {
        if (Fields.Open(node, findings, "a duty") is not { } fields) return null;
        string unitName = Unit(fields.Need("unit"), "unit");
        UnitDraft? unit = units.Find(u => u.Name == unitName);
        if (unit is { IsService: false })
            findings.Add(
                fields.Find("unit")!, DiagnosticCodes.UnitService, $"unit {unitName} belongs to batches",
                "only units with 'service: true' have duties");
        int loop = unit is not null && fields.Find("loop") is { } loopNode ? Loop(loopNode, unit) : -1;
        OutputDraft? output = loop >= 0 && !fields.Has("output") ? Driven(loop) : Output(fields.Need("output"), "output", unit);
        double value = DutyValue(fields, loop, output);
        double rest = output is not null && fields.Need("rest") is { } restNode ? OutputValue(restNode, "rest", output).Value : 0;
        string start = fields.Text("start");
        Expression? startWhen = start == "always" ? always : fields.Find("start") is { } startNode ? Conditions.Read(startNode, "start", names, findings)?.Expression : null;
        Expression? stopWhen = fields.Find("stop") is { } stopNode ? Conditions.Read(stopNode, "stop", names, findings)?.Expression : null;
        string text = fields.Text("text", $"{output?.Definition.Label} while {start}");
        TimeSpan time = fields.Has("for") ? fields.Duration("for") : TimeSpan.Zero;
        if (fields.Find("for") is { } lasts && (time <= TimeSpan.Zero || start == "always" || loop >= 0))
            findings.Add(
                lasts, DiagnosticCodes.RigStatesTimed, $"the duty of {output?.Definition.Name} would end at once or never begin again",
                "a duty with 'for' drives an output for more than nothing, each time its start condition comes true");
        fields.Close();
        return new DutyDefinition(unitName, output?.Definition.Ordinal ?? -1, loop, value, rest, text, startWhen ?? always, stopWhen) { For = time };
    }

    private OutputDraft? Driven(int loop) => loops[loop].Legs is [{ Output: >= 0 } leg, ..] ? outputs[leg.Output] : null;

    private double DutyValue(Fields duty, int loop, OutputDraft? output)
    {
        if (duty.Need("value") is not { } node || (loop < 0 && output is null)) return 0;
        return loop >= 0 ? Setpoint(node, loop) : OutputValue(node, "value", output!).Value;
    }
}
