using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Expressions;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Control;

/// <summary>One heading of an explanation and what stands under it.</summary>
public sealed record ExplanationPart(string Heading, ImmutableArray<string> Lines);

/// <summary>
/// Why the plant stands where it stands, for a technician in front of it: what happened and what came first, what it does now, what the
/// instruments behind it read, what stands against a restart, what follows by itself and what to do.
/// </summary>
public sealed record Explanation(string Title, ImmutableArray<ExplanationPart> Parts)
{
    private const int MostInstruments = 14;

    public override string ToString() => string.Join(
        "\n", new[] { Title }.Concat(Parts.SelectMany(p => p.Lines.Select((line, i) => $"  {(i == 0 ? p.Heading : ""),-13} {line}"))));

    /// <summary>What an explanation is about, without what the instruments read: the same again need not be told twice.</summary>
    public string Essence { get; private init; } = "";

    internal static Explanation Of(
        RigDefinition rig, ProcedureInterpreter interpreter, PlantSnapshot seen, BatchState state,
        IReadOnlyList<BatchEvent> story, ImmutableArray<Obstacle> against)
    {
        bool held = seen.Batch is PhaseState.Holding or PhaseState.Held || seen.Steps.Any(s => s.State == PhaseState.Held);
        string reason = seen.Reason.Length == 0 ? "" : ": " + seen.Reason;
        ImmutableArray<string> happened = Happened([.. story.Where(e => Concerns(rig, state, e))], seen.Reason);
        var parts = new List<ExplanationPart>
        {
            new("what happened", happened),
            new("now", [.. seen.Steps.Select(Step)]),
            new("waits", [.. seen.Waiting.Where(w => w.Doing.Length > 0).Select(w => $"{w.Id} {w.Doing}")]),
            new("instruments", Instruments(rig, interpreter, seen, state)),
            new("outputs", Outputs(rig, seen)),
            new("disagree", Disagreements.Of(rig, seen)),
        };
        if (held) parts.Add(new("restart", against.IsEmpty ? ["nothing stands against RESTART"] : [.. against.Select(Words)]));
        if (held) parts.Add(new("by itself", ByItself(rig, interpreter, seen, state)));
        parts.Add(new("to do", Remedies.Of(rig, interpreter, seen, state, story, against)));
        return new Explanation($"{PhaseTable.Word(seen.Batch)} at {PlantClock.Text(seen.Now)}{reason}", [.. parts.Where(p => !p.Lines.IsEmpty)])
        {
            Essence = string.Join("\n", happened.Concat(against.Select(a => a.Text)).Prepend(PhaseTable.Word(seen.Batch))),
        };
    }

    /// <summary>An output that somebody took in manual on a unit the batch does not have led nowhere.</summary>
    private static bool Concerns(RigDefinition rig, BatchState state, BatchEvent happened) =>
        happened.Kind != BatchEventKind.Command || rig.Output(happened.Subject) < 0
        || rig.Unit(happened.Subject.Split('.')[0]) is not (>= 0 and int unit) || rig.Units[unit].IsService || state.Owns(unit);

    /// <summary>Oldest first; a line that only repeats the reason of the hold says what it did and not why again.</summary>
    private static ImmutableArray<string> Happened(IReadOnlyList<BatchEvent> story, string reason) =>
        [.. story.Where(e => e.Kind != BatchEventKind.BatchState).Select((e, i) => $"{PlantClock.Text(e.At)}  {(i == 0 ? "FIRST " : "then  ")}{What(e, i > 0 && reason.Contains(e.Cause, StringComparison.Ordinal))}")];

    private static string What(BatchEvent happened, bool known) => happened.Kind switch
    {
        BatchEventKind.Fault => $"fault: {happened.Text}",
        BatchEventKind.LimitReached => $"limit: {happened.Text}",
        BatchEventKind.Trip => $"trip: {happened.Text}",
        BatchEventKind.TripReset => $"{happened.Text} (by {happened.Cause})",
        BatchEventKind.AlarmRaised => $"alarm: {happened.Text}",
        BatchEventKind.PhaseState when known => $"{happened.Subject}: {happened.Data.GetValueOrDefault("from", "")} to {happened.Data.GetValueOrDefault("to", "")}",
        BatchEventKind.PhaseState => $"{happened.Subject}: {happened.Text}",
        _ => $"{happened.Text} (by {happened.Cause})",
    };

    private static string Step(StepView step)
    {
        string doing = step.State is PhaseState.Running or PhaseState.Idle && step.Doing.Length > 0 ? $", {step.Doing}" : "";
        return step.Unit.Length == 0
            ? $"{step.Id} waits{doing}"
            : $"{step.Id} ({step.Label}) on {step.Unit} is {PhaseTable.Word(step.State)}, begun {PlantClock.Text(step.Since)}{doing}";
    }

    private static string Words(Obstacle obstacle)
    {
        string reads = obstacle.Reads.Length == 0 ? "" : $" ({obstacle.Reads})";
        string kind = obstacle.Kind switch
        {
            ObstacleKind.StaleInput => "instrument",
            ObstacleKind.Recovery => "decision",
            _ => obstacle.Kind.ToString().ToLowerInvariant(),
        };
        return $"{kind}: {obstacle.Text}{reads}";
    }

    /// <summary>Every instrument that a condition of a step, or a trip that stands, looks at.</summary>
    private static ImmutableArray<string> Instruments(RigDefinition rig, ProcedureInterpreter interpreter, PlantSnapshot seen, BatchState state)
    {
        if (seen.Frame is not { } frame) return [];
        var tags = new List<int>();
        foreach (TripView trip in seen.Trips)
            foreach (int tag in trip.Definition.Causes.SelectMany(c => c.Tags)) Note(tags, tag);
        foreach (ActiveStep step in state.Steps)
            if (interpreter.Tree[step.Node] is PhaseNode phase)
                foreach (int tag in TagsOf(phase)) Note(tags, tag);
        return [.. tags.Take(MostInstruments).Select(t => $"{rig.Tags[t].Name} {ConditionText.Value(rig.Tags[t], frame.Image[t])}{Place(rig.Tags[t], frame.Image[t])}")];
    }

    private static string Place(TagDefinition tag, in Reading reading) => reading.IsBad ? $", wired to {tag.Bus} {tag.Address}" : "";

    private static IEnumerable<int> TagsOf(PhaseNode phase)
    {
        foreach (Condition condition in phase.While.Concat(phase.Limits.Select(l => l.When)).Append(phase.PauseWhen).Append(phase.DivertWhen).Append(phase.Until).OfType<Condition>())
            foreach (int tag in condition.Expression.Tags) yield return tag;
        foreach (Expectation expected in phase.Expectations) yield return expected.Tag;
    }

    private static void Note(List<int> tags, int tag)
    {
        if (tag >= 0 && !tags.Contains(tag)) tags.Add(tag);
    }

    /// <summary>What the outputs of the units concerned do, and who says so where it is not the unit itself.</summary>
    private static ImmutableArray<string> Outputs(RigDefinition rig, PlantSnapshot seen)
    {
        if (seen.Frame is not { } frame) return [];
        var lines = ImmutableArray.CreateBuilder<string>();
        foreach (string unit in seen.Steps.Select(s => s.Unit).Where(u => u.Length > 0).Distinct())
        {
            OutputDefinition[] all = [.. rig.Outputs.Where(o => o.Name.StartsWith(unit + ".", StringComparison.Ordinal))];
            OutputDefinition[] on = [.. all.Where(o => frame.Plan.Values[o.Ordinal] != 0 || frame.Outputs[o.Ordinal].InManual)];
            string off = on.Length == all.Length ? "" : on.Length == 0 ? "everything at 0" : ", the others at 0";
            lines.Add($"{unit}: {string.Join(", ", on.Select(o => Output(o, frame.Plan.Values[o.Ordinal], frame.Outputs[o.Ordinal], unit)))}{off}");
        }

        return lines.ToImmutable();
    }

    private static string Output(OutputDefinition output, double value, in OutputStatus status, string unit)
    {
        string who = status.Source == OutputSource.Protection ? " (by protection)" : status.InManual ? " (in manual)" : "";
        return $"{output.Name[(unit.Length + 1)..]} {Disagreements.Words(output, value)}{who}";
    }

    private static ImmutableArray<string> ByItself(RigDefinition rig, ProcedureInterpreter interpreter, PlantSnapshot seen, BatchState state)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        for (int unit = 0; unit < rig.Units.Length; unit++)
        {
            if (!state.Owns(unit)) continue;
            PhaseStateTable table = rig.Units[unit].States;
            HoldRule? rule = interpreter.HoldRuleOf(state, unit);
            TimeSpan most = rule is { } own && own.AtMost < table.LongestHold ? own.AtMost : table.LongestHold;
            PhaseCommand then = PhaseTable.Stronger(table.AfterLongestHold, rule is { Then: Consequence.Abort } ? PhaseCommand.Abort : rule is { Then: Consequence.Stop } ? PhaseCommand.Stop : PhaseCommand.None);
            if (then == PhaseCommand.None || most >= TimeSpan.MaxValue) continue;
            TimeSpan since = seen.Batch == PhaseState.Held ? state.HeldSince : seen.Now;
            lines.Add($"{rig.Units[unit].Name} may be held {PlantClock.Length(most)}: {PhaseTable.Word(then)} follows at {PlantClock.Text(since + most)}");
        }

        return lines.ToImmutable();
    }
}
