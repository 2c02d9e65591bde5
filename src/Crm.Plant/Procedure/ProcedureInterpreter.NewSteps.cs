using System.Collections.Immutable;
using Crm.Plant.Tags;

namespace Crm.Plant.Procedure;

/// <summary>Other steps for what has not begun: whether they can be, and the batch on them.</summary>
public sealed partial class ProcedureInterpreter
{
    /// <summary>
    /// The batch goes on with other steps to come; what has begun stays where it is. Only for what <see cref="ReviewRevision"/> has accepted.
    /// </summary>
    /// <returns>What walks the batch from now on.</returns>
    public ProcedureInterpreter Revised(BatchState state, StepRevision steps, Image image)
    {
        ProcedureInterpreter next = With(steps.Recipe);
        int[] to = [.. Enumerable.Range(0, tree.Count).Select(n => next.tree.Find(tree[n].Id))];
        ImmutableArray<int> waiting = [.. state.Ready.Select(r => tree.Parent(r.Node))];
        state.Renumber(to, next.tree.Count, [.. state.Windows, .. next.values.NewWindows().Where(w => w.Slot >= recipe.Slots.Length)]);
        for (int i = 0; i < waiting.Length; i++)
        {
            // A step that is put in front of the one that waited, or takes its place, comes next.
            if (waiting[i] < 0 || !IsInOrder(tree[waiting[i]])) continue;
            int group = to[waiting[i]], first = next.tree.Children(group)[state.Ended[group]];
            if (state.Ready[i].Node != first) state.Ready[i] = new ReadyStep(first, image.Now, "");
        }

        state.MayGiveBack = true;
        next.values.Publish(state, image);
        return next;
    }

    private ProcedureInterpreter With(ControlRecipe other) => new(other, rig, operations, molarMass);

    /// <summary>Why a running batch cannot take these steps; null when it can.</summary>
    private string? WhyNotRevise(BatchState state, StepRevision steps)
    {
        if (steps.Against != recipe.ProcedureHash) return "the steps of the batch have been changed since this was compared with them: compare it again";
        if (steps.Changes.IsEmpty) return "the steps are those that the batch runs on";
        HashSet<int> free = ToCome(state);
        foreach (int asked in state.Asked.Keys.Concat(state.Drawing).Concat(state.Charging).Concat(state.Refused.Keys))
            free.RemoveWhere(n => IsWithin(n, asked));
        if (steps.Changes.FirstOrDefault(c => c.Was.Length > 0 && !free.Contains(Nearest(c.Was))) is { } late) return HasBegun(late.Was);
        ProcedureInterpreter next = With(steps.Recipe);
        for (int node = 0; node < tree.Count; node++)
            if (!free.Contains(node) && Differs(node, next) is { } difference) return difference;
        HashSet<int> open = Around(state);
        if (steps.Changes.FirstOrDefault(c => c.Is.Length > 0 && Into(next, c.Is) is var group && !free.Contains(group) && !open.Contains(group)) is { } never)
            return $"{never.Is} would never run: {Named(Into(next, never.Is))} is over";
        return state.Ready.Select(r => tree.Parent(r.Node)).FirstOrDefault(p => p >= 0 && IsInOrder(tree[p]) && state.Ended[p] >= next.tree.Children(next.tree.Find(tree[p].Id)).Length, -1) is >= 0 and var empty
            ? $"nothing would be left to do in {Named(empty)}: leave a step there"
            : null;
    }

    /// <summary>Groups that steps in progress, and those that come next, are in.</summary>
    private HashSet<int> Around(BatchState state)
    {
        HashSet<int> groups = [];
        foreach (int node in state.Steps.Select(s => s.Node).Concat(state.Ready.Select(r => r.Node)))
            for (int around = tree.Parent(node); around >= 0; around = tree.Parent(around)) groups.Add(around);
        return groups;
    }

    /// <summary>The group of this procedure that a step of the next one stands in.</summary>
    private int Into(ProcedureInterpreter next, string step)
    {
        int around = next.tree.Parent(next.Nearest(step));
        while (around > 0 && tree.Find(next.tree[around].Id) < 0) around = next.tree.Parent(around);
        return around < 0 ? 0 : tree.Find(next.tree[around].Id);
    }

    /// <summary>What of a step that has begun, or can never begin any more, is another in the other procedure.</summary>
    private string? Differs(int node, ProcedureInterpreter next)
    {
        int same = next.tree.Find(tree[node].Id), parent = tree.Parent(node);
        if (same < 0 || next.tree[same].GetType() != tree[node].GetType()) return HasBegun(tree[node].Id);
        if (parent >= 0)
        {
            int around = next.tree.Parent(same);
            if (around < 0 || next.tree[around].Id != tree[parent].Id || next.tree.Children(around).IndexOf(same) != tree.Children(parent).IndexOf(node))
                return $"it would change what comes before {Named(node)}, which has begun: only steps to come may change";
        }

        if (!IsInOrder(tree[node]) && next.tree.Children(same).Length != tree.Children(node).Length) return HasBegun(tree[node].Id);
        ImmutableSortedSet<string> more = next.claims.NeededFor(same).Except(claims.NeededFor(node));
        return more.IsEmpty ? null : $"{Named(node)} has begun and took its units at once; {string.Join(", ", more)} cannot be added to it: put the step behind it";
    }

    private string Named(int node) => tree[node].Id.Length > 0 ? tree[node].Id : "the procedure";

    private static string HasBegun(string step) => $"{step} has begun, was passed over, or waits for what it has asked for: only steps to come may change";

    /// <summary>Children come one after the other.</summary>
    private static bool IsInOrder(ProcedureNode node) => node is SequenceNode or UnitProcedureNode or OperationNode;

    private bool IsWithin(int node, int group)
    {
        for (int at = node; at >= 0; at = tree.Parent(at))
            if (at == group) return true;
        return false;
    }

    /// <summary>The step of that id, or the nearest around it: a branch has an id in the text and none in the tree.</summary>
    private int Nearest(string id)
    {
        for (string at = id; ; at = at[..at.LastIndexOf('/')])
        {
            if (tree.Find(at) is >= 0 and var node) return node;
            if (!at.Contains('/', StringComparison.Ordinal)) return 0;
        }
    }
}
