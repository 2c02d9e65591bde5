using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Phases;
using Crm.Plant.Quantities;
using Crm.Plant.Records;
using Crm.Plant.Tags;

namespace Crm.Plant.Procedure;

/// <summary>
/// A running batch owns its recipe. What the recipe declares adjustable, and steps that have not begun, may be changed: one person proposes,
/// another reviews, both are on record with the difference and the reason.
/// </summary>
public sealed partial class ProcedureInterpreter
{
    /// <summary>Proposes other values, other steps, or both; a proposal that nobody has reviewed yet is replaced.</summary>
    /// <param name="values">Value with unit, by parameter.</param>
    /// <param name="steps">Null: the steps stay as they are.</param>
    public CommandVerdict ProposeRevision(
        BatchState state, IReadOnlyDictionary<string, string> values, string by, string reason, Image image, BatchEffects effects, StepRevision? steps = null)
    {
        var read = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        string? problem = state.Status == PhaseState.Idle ? "the batch has not begun: set its formula and choose its recipe before START"
            : state.IsOver ? $"the batch is {Words(state.Status)}"
            : reason.AsSpan().Trim().IsEmpty ? "a reason is needed"
            : values.Count == 0 && steps is null ? "it changes nothing" : null;
        HashSet<string> stillRead = problem is null ? StillRead(state) : [];
        foreach ((string name, string text) in values.OrderBy(v => v.Key, StringComparer.Ordinal))
            problem ??= ValueProblem(state, name, text, stillRead, read);
        if (steps is not null) problem ??= WhyNotRevise(state, steps);
        if (problem is not null) return Refuse(effects, image, "revision", steps is null ? "change of the formula" : "change of steps", problem, by);
        state.Proposed = new BatchRevision(by, image.Now, reason.Trim(), read.ToImmutable()) { Steps = steps };
        NoteRevision(state, state.Proposed, "proposed", $"{by} proposes {Difference(state, state.Proposed)}: {state.Proposed.Reason}", by, image, effects);
        return CommandVerdict.Ok;
    }

    /// <summary>Another person takes the proposal or turns it down; it is taken as a whole.</summary>
    public CommandVerdict ReviewRevision(BatchState state, bool accept, string by, string reason, Image image, BatchEffects effects)
    {
        string? problem = state.Proposed is null ? "no change of the batch waits for a review"
            : state.IsOver ? $"the batch is {Words(state.Status)}"
            : by == state.Proposed.By ? $"{by} proposed it: another person reviews it"
            : !accept && reason.AsSpan().Trim().IsEmpty ? "a reason is needed" : null;
        HashSet<string> stillRead = problem is null && accept ? StillRead(state) : [];
        if (problem is null && accept && state.Proposed!.Values.Keys.FirstOrDefault(name => !stillRead.Contains(name)) is { } late) problem = Late(late);
        if (problem is null && accept && state.Proposed!.Steps is { } steps) problem = WhyNotRevise(state, steps);
        if (problem is not null) return Refuse(effects, image, "revision", "review", problem, by);
        BatchRevision revision = state.Proposed!;
        string difference = Difference(state, revision);
        string why = reason.AsSpan().Trim().IsEmpty ? "" : $" ({reason.Trim()})";
        NoteRevision(state, revision, accept ? "accepted" : "rejected", $"{by} {(accept ? "accepts" : "turns down")} what {revision.By} proposed{why}: {difference}; reason: {revision.Reason}", by, image, effects);
        state.Proposed = null;
        if (!accept) return CommandVerdict.Ok;
        state.Adjusted = state.Adjusted.SetItems(revision.Values);
        values.Publish(state, image);
        return CommandVerdict.Ok;
    }

    /// <summary>Value of a formula parameter as the batch has it now.</summary>
    public static double FormulaValue(BatchState state, FormulaParameter parameter) =>
        state.Adjusted.TryGetValue(parameter.Name, out double adjusted) ? adjusted : parameter.Value;

    private string? ValueProblem(BatchState state, string name, string text, HashSet<string> stillRead, ImmutableSortedDictionary<string, double>.Builder read)
    {
        if (recipe.Formula.FirstOrDefault(p => p.Name == name) is not { } parameter) return $"the formula has no '{name}'";
        if (!parameter.Adjustable) return $"the recipe does not declare {name} adjustable: it stays as it was at START";
        if (parameter.Parse(text, out string refusal) is not { } value) return refusal;
        if (!stillRead.Contains(name)) return Late(name);
        if (value.Equals(FormulaValue(state, parameter))) return $"{name} is {text} already";
        read[name] = value;
        return null;
    }

    private static string Late(string name) => $"no step that is still to come reads {name}";

    private string Difference(BatchState state, BatchRevision revision) => string.Join(", ", revision.Values.Select(v =>
    {
        FormulaParameter parameter = recipe.Formula.First(p => p.Name == v.Key);
        return $"{v.Key} {Written(parameter with { Value = FormulaValue(state, parameter) })} to {Written(parameter with { Value = v.Value })}";
    }).Concat(revision.Steps?.Changes.Select(c => c.Words) ?? []));

    private void NoteRevision(BatchState state, BatchRevision revision, string what, string text, string by, Image image, BatchEffects effects)
    {
        var data = Data(("revision", what), ("author", revision.By), ("reason", revision.Reason)).ToBuilder();
        foreach ((string name, double value) in revision.Values)
        {
            data["from." + name] = Written(recipe.Formula.First(p => p.Name == name) with { Value = FormulaValue(state, recipe.Formula.First(p => p.Name == name)) });
            data["to." + name] = value.ToString("R", Invariant);
        }

        if (revision.Steps is { } steps)
        {
            data[BatchRevision.HashKey] = steps.Recipe.ProcedureHash;
            if (what == "accepted") data[BatchRevision.TextKey] = steps.Recipe.Text;
        }

        Note(effects, image, BatchEventKind.Revision, "revision", text, by, data.ToImmutable());
    }

    /// <summary>Formula parameters that steps to come, or conditions of steps in progress, read.</summary>
    private HashSet<string> StillRead(BatchState state)
    {
        HashSet<int> nodes = [.. StillJudged(state), .. ToCome(state)];
        var running = state.Steps.Where(s => tree[s.Node] is PhaseNode).Select(s => s.Node).ToHashSet();
        return [.. nodes.SelectMany(n => Expressions(tree[n], running.Contains(n))).SelectMany(NamedIn.Slots).Where(s => recipe.Slots[s].Kind == SlotKind.Formula).Select(s => recipe.Slots[s].Name)];
    }

    /// <summary>Steps in progress and what is in them, with the repeats around them.</summary>
    private HashSet<int> StillJudged(BatchState state)
    {
        var nodes = new HashSet<int>();
        foreach (int node in state.Steps.Select(s => s.Node).Concat(state.Ready.Select(r => r.Node)))
        {
            AddWhole(nodes, node);
            for (int around = tree.Parent(node); around >= 0; around = tree.Parent(around))
                if (tree[around] is RepeatNode) nodes.Add(around);
        }

        return nodes;
    }

    /// <summary>Steps that have not begun and may still come.</summary>
    private HashSet<int> ToCome(BatchState state)
    {
        var nodes = new HashSet<int>();
        foreach (ReadyStep ready in state.Ready) AddWhole(nodes, ready.Node);
        foreach (int node in state.Steps.Select(s => s.Node).Concat(state.Ready.Select(r => r.Node)))
        {
            for (int child = node, parent = tree.Parent(node); parent >= 0; child = parent, parent = tree.Parent(parent))
            {
                if (tree[parent] is ParallelNode or AlternativeNode) continue;
                foreach (int sibling in tree.Children(parent))
                    if (sibling > child) AddWhole(nodes, sibling);
            }
        }

        return nodes;
    }

    private void AddWhole(HashSet<int> nodes, int node)
    {
        nodes.Add(node);
        foreach (int child in tree.Children(node)) AddWhole(nodes, child);
    }

    /// <param name="runs">Its arguments were frozen at START.</param>
    private static IEnumerable<Expression> Expressions(ProcedureNode node, bool runs) => node switch
    {
        PhaseNode phase => phase.While.Concat(phase.Limits.Select(l => l.When)).Append(phase.PauseWhen).Append(phase.DivertWhen).Append(phase.Until).OfType<Condition>().Select(c => c.Expression)
            .Concat(((Expression?[])[phase.AtLeast, phase.AtMost]).OfType<Expression>())
            .Concat(runs ? [] : phase.Arguments.Values.Select(a => a.Number).OfType<Expression>()),
        PromptNode { Mass: { } mass } => [mass],
        GateNode gate => [gate.Require.Expression],
        WaitNode wait => [wait.For.Expression],
        RepeatNode repeat => [repeat.Until.Expression],
        AlternativeNode alternative => alternative.Branches.Select(b => b.When?.Expression).OfType<Expression>(),
        _ => [],
    };
}
