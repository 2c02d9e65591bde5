using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Phases;
using Crm.Plant.Quantities;
using Crm.Plant.Records;
using Crm.Plant.Tags;

namespace Crm.Plant.Procedure;

/// <summary>
/// A running batch owns its recipe. What the recipe declares adjustable may be changed for what has not begun: one person proposes, another
/// reviews, both are on record with the difference and the reason.
/// </summary>
public sealed partial class ProcedureInterpreter
{
    /// <summary>Proposes other values; a proposal that nobody has reviewed yet is replaced.</summary>
    /// <param name="values">Value with unit, by parameter.</param>
    public CommandVerdict ProposeFormula(BatchState state, IReadOnlyDictionary<string, string> values, string by, string reason, Image image, BatchEffects effects)
    {
        var read = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        string? problem = state.Status == PhaseState.Idle ? "the batch has not begun: set its formula before START"
            : state.IsOver ? $"the batch is {Words(state.Status)}"
            : reason.AsSpan().Trim().IsEmpty ? "a reason is needed"
            : values.Count == 0 ? "it changes nothing" : null;
        HashSet<string> stillRead = problem is null ? StillRead(state) : [];
        foreach ((string name, string text) in values.OrderBy(v => v.Key, StringComparer.Ordinal))
            problem ??= ValueProblem(state, name, text, stillRead, read);
        if (problem is not null) return Refuse(effects, image, "formula", "change of the formula", problem, by);
        state.Proposed = new FormulaRevision(by, image.Now, reason.Trim(), read.ToImmutable());
        NoteFormula(state, state.Proposed, "proposed", $"{by} proposes {Difference(state, state.Proposed)}: {state.Proposed.Reason}", by, image, effects);
        return CommandVerdict.Ok;
    }

    /// <summary>Another person takes the proposal or turns it down; it is taken as a whole.</summary>
    public CommandVerdict ReviewFormula(BatchState state, bool accept, string by, string reason, Image image, BatchEffects effects)
    {
        string? problem = state.Proposed is null ? "no change of the formula waits for a review"
            : state.IsOver ? $"the batch is {Words(state.Status)}"
            : by == state.Proposed.By ? $"{by} proposed it: another person reviews it"
            : !accept && reason.AsSpan().Trim().IsEmpty ? "a reason is needed" : null;
        HashSet<string> stillRead = problem is null && accept ? StillRead(state) : [];
        if (problem is null && accept && state.Proposed!.Values.Keys.FirstOrDefault(name => !stillRead.Contains(name)) is { } late) problem = Late(late);
        if (problem is not null) return Refuse(effects, image, "formula", "review", problem, by);
        FormulaRevision revision = state.Proposed!;
        string difference = Difference(state, revision);
        string why = reason.AsSpan().Trim().IsEmpty ? "" : $" ({reason.Trim()})";
        NoteFormula(state, revision, accept ? "accepted" : "rejected", $"{by} {(accept ? "accepts" : "turns down")} what {revision.By} proposed{why}: {difference}; reason: {revision.Reason}", by, image, effects);
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

    private string Difference(BatchState state, FormulaRevision revision) => string.Join(", ", revision.Values.Select(v =>
    {
        FormulaParameter parameter = recipe.Formula.First(p => p.Name == v.Key);
        return $"{v.Key} {Written(parameter with { Value = FormulaValue(state, parameter) })} to {Written(parameter with { Value = v.Value })}";
    }));

    private void NoteFormula(BatchState state, FormulaRevision revision, string what, string text, string by, Image image, BatchEffects effects)
    {
        var data = Data(("formula", what), ("author", revision.By), ("reason", revision.Reason)).ToBuilder();
        foreach ((string name, double value) in revision.Values)
        {
            data["from." + name] = Written(recipe.Formula.First(p => p.Name == name) with { Value = FormulaValue(state, recipe.Formula.First(p => p.Name == name)) });
            data["to." + name] = value.ToString("R", Invariant);
        }

        Note(effects, image, BatchEventKind.Formula, "formula", text, by, data.ToImmutable());
    }

    /// <summary>Formula parameters that steps to come, or conditions of steps in progress, read.</summary>
    private HashSet<string> StillRead(BatchState state)
    {
        var nodes = new HashSet<int>();
        foreach (int node in state.Steps.Select(s => s.Node).Concat(state.Ready.Select(r => r.Node)))
        {
            Take(node);
            for (int child = node, parent = tree.Parent(node); parent >= 0; child = parent, parent = tree.Parent(parent))
            {
                if (tree[parent] is RepeatNode) nodes.Add(parent);
                if (tree[parent] is ParallelNode or AlternativeNode) continue;
                foreach (int sibling in tree.Children(parent))
                    if (sibling > child) Take(sibling);
            }
        }

        var running = state.Steps.Where(s => tree[s.Node] is PhaseNode).Select(s => s.Node).ToHashSet();
        return [.. nodes.SelectMany(n => Expressions(tree[n], running.Contains(n))).SelectMany(NamedIn.Slots).Where(s => recipe.Slots[s].Kind == SlotKind.Formula).Select(s => recipe.Slots[s].Name)];

        void Take(int node)
        {
            nodes.Add(node);
            foreach (int child in tree.Children(node)) Take(child);
        }
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
