using System.Collections.Immutable;

namespace Crm.Recipes.Differences;

/// <summary>Which step of one procedure is which of the other, and what became of it. A step that moved is not one gone and one new.</summary>
internal sealed class StepComparison
{
    private const string Section = "procedure";

    private readonly ImmutableArray<OutlineStep> old, now;

    /// <summary>By number in one procedure, the number in the other; -1 for none.</summary>
    private readonly int[] oldOf, nowOf;

    public StepComparison(ImmutableArray<OutlineStep> old, ImmutableArray<OutlineStep> now)
    {
        (this.old, this.now) = (old, now);
        (oldOf, nowOf) = (Enumerable.Repeat(-1, now.Length).ToArray(), Enumerable.Repeat(-1, old.Length).ToArray());
        Match(s => s.Id);
        Match(s => s.Facts.IsEmpty ? null : $"{s.Word}\n{RecipeComparison.Summary(s.Facts)}");
        Match(s => $"{s.Word}\n{Tail(s.Id)}");
        MatchGroups();
    }

    public IEnumerable<RecipeChange> Changes()
    {
        for (int n = 0; n < old.Length; n++)
            if (nowOf[n] < 0) yield return Change(ChangeKind.Removed, old[n], "", RecipeComparison.Summary(old[n].Facts), null, old[n]);
        bool[] moved = Moved();
        for (int n = 0; n < now.Length; n++)
        {
            if (oldOf[n] < 0)
            {
                string around = string.Join(", ", now.Where((s, i) => s.Parent == n && oldOf[i] >= 0).Select(s => s.Id));
                yield return Change(ChangeKind.Added, now[n], Where(now, n), null, RecipeComparison.Summary([.. now[n].Facts, .. around.Length > 0 ? [new RecipeFact("around", around)] : ImmutableArray<RecipeFact>.Empty]));
                continue;
            }

            OutlineStep was = old[oldOf[n]];
            if (moved[n]) yield return Change(ChangeKind.Moved, now[n], "", Where(old, oldOf[n]), Where(now, n), was);
            if (was.Id != now[n].Id && (!moved[n] || Tail(was.Id) != Tail(now[n].Id))) yield return Change(ChangeKind.Renamed, now[n], "id", was.Id, now[n].Id, was);
            if (was.Word != now[n].Word) yield return Change(ChangeKind.Changed, now[n], "step", was.Word, now[n].Word, was);
            foreach ((string aspect, string? from, string? to) in RecipeComparison.Facts(was.Facts, now[n].Facts)) yield return Change(ChangeKind.Changed, now[n], aspect, from, to, was);
        }
    }

    private static RecipeChange Change(ChangeKind kind, OutlineStep step, string aspect, string? was, string? so, OutlineStep? before = null) =>
        new(Section, kind, step.Id, step.Word, aspect, was, so, step.Block, step.Line) { Before = before?.Id ?? "" };

    /// <summary>Pairs steps that have one key in common, where only one on each side has it.</summary>
    private void Match(Func<OutlineStep, string?> key)
    {
        var free = Enumerable.Range(0, old.Length).Where(i => nowOf[i] < 0).ToLookup(i => key(old[i]), StringComparer.Ordinal);
        foreach (var same in Enumerable.Range(0, now.Length).Where(i => oldOf[i] < 0).GroupBy(i => key(now[i]), StringComparer.Ordinal).ToArray())
            if (same.Key is { } known && same.Count() == 1 && free[known].Count() == 1) Pair(free[known].Single(), same.Single());
    }

    /// <summary>A group with another name that has mostly the same steps in it is the same group.</summary>
    private void MatchGroups()
    {
        for (int n = 0; n < now.Length; n++)
        {
            if (oldOf[n] >= 0) continue;
            int[] children = [.. Enumerable.Range(0, now.Length).Where(i => now[i].Parent == n)];
            int[] parents = [.. children.Where(i => oldOf[i] >= 0).Select(i => old[oldOf[i]].Parent).Where(p => p >= 0 && nowOf[p] < 0 && old[p].Word == now[n].Word)];
            if (parents.Length == 0) continue;
            var most = parents.GroupBy(p => p).OrderByDescending(g => g.Count()).First();
            if (2 * most.Count() > children.Length) Pair(most.Key, n);
        }
    }

    private void Pair(int was, int so) => (nowOf[was], oldOf[so]) = (so, was);

    /// <summary>
    /// A step has moved when the nearest group around it that both procedures have is another one, or when it changed its order with its
    /// neighbours there: the fewest steps that, taken out, leave the others in their old order.
    /// </summary>
    private bool[] Moved()
    {
        bool[] moved = new bool[now.Length];
        var neighbours = new SortedDictionary<int, List<int>>();
        for (int n = 0; n < now.Length; n++)
        {
            if (oldOf[n] < 0) continue;
            int around = Around(now, oldOf, n);
            moved[n] = (around < 0 ? -1 : oldOf[around]) != Around(old, nowOf, oldOf[n]);
            if (moved[n] || (around >= 0 && now[around].Word == "parallel")) continue;
            if (!neighbours.TryGetValue(around, out List<int>? inOrder)) neighbours[around] = inOrder = [];
            inOrder.Add(n);
        }

        foreach (List<int> inOrder in neighbours.Values)
            foreach (int n in inOrder.Except(LongestRising(inOrder))) moved[n] = true;
        return moved;
    }

    /// <summary>Number of the nearest group around a step that the other procedure has too; -1: the procedure.</summary>
    private static int Around(ImmutableArray<OutlineStep> steps, int[] other, int step)
    {
        int around = steps[step].Parent;
        while (around >= 0 && other[around] < 0) around = steps[around].Parent;
        return around;
    }

    /// <summary>The longest part of a list of steps whose old numbers rise.</summary>
    private HashSet<int> LongestRising(List<int> steps)
    {
        int[] length = new int[steps.Count], before = new int[steps.Count];
        int last = -1;
        for (int i = 0; i < steps.Count; i++)
        {
            (length[i], before[i]) = (1, -1);
            for (int j = 0; j < i; j++)
                if (oldOf[steps[j]] < oldOf[steps[i]] && length[j] + 1 > length[i]) (length[i], before[i]) = (length[j] + 1, j);
            if (last < 0 || length[i] > length[last]) last = i;
        }

        HashSet<int> kept = [];
        for (int i = last; i >= 0; i = before[i]) kept.Add(steps[i]);
        return kept;
    }

    /// <summary><c>after leach/acid</c>, <c>first in leach</c>.</summary>
    private static string Where(ImmutableArray<OutlineStep> steps, int step)
    {
        int parent = steps[step].Parent, previous = -1;
        for (int i = 0; i < step; i++)
            if (steps[i].Parent == parent) previous = i;
        string inside = parent < 0 ? "the procedure" : $"{steps[parent].Word} {steps[parent].Id}";
        return previous < 0 ? $"first in {inside}" : $"in {inside}, after {steps[previous].Id}";
    }

    private static string Tail(string id) => id[(id.LastIndexOf('/') + 1)..];
}
