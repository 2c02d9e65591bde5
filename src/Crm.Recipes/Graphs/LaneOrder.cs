using System.Collections.Immutable;

namespace Crm.Recipes.Graphs;

/// <summary>Which column each unit is drawn in. A unit has one column; units that are never in use at the same time may share one.</summary>
internal static class LaneOrder
{
    /// <returns>Columns from 0, by unit.</returns>
    public static ImmutableSortedDictionary<string, int> Of(ProcedureChart chart)
    {
        var spans = new SortedDictionary<string, (int First, int Last)>(StringComparer.Ordinal);
        var order = new List<string>();
        int at = 0;
        foreach (ChartNode node in chart.Nodes) Walk(node, ref at, spans, order);
        var taken = new List<int>();
        var columns = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        foreach (string unit in order)
        {
            // A column is free again behind the last use of the unit that had it; one row in between keeps a transfer in sight.
            int free = taken.FindIndex(last => last < spans[unit].First - 1);
            if (free < 0) taken.Add(-1);
            columns[unit] = free < 0 ? taken.Count - 1 : free;
            taken[columns[unit]] = spans[unit].Last;
        }

        return columns.ToImmutable();
    }

    /// <summary>Rows: what is side by side counts as one.</summary>
    private static void Walk(ChartNode node, ref int at, SortedDictionary<string, (int First, int Last)> spans, List<string> order)
    {
        if (node is not ChartGroup group || !group.Units.Any()) return;
        if (group.Kind is ChartGroupKind.Unit or ChartGroupKind.Parallel)
        {
            at++;
            foreach (string unit in group.Units)
            {
                if (!spans.TryGetValue(unit, out var span)) order.Add(unit);
                spans[unit] = (span.First == 0 ? at : span.First, at);
            }

            return;
        }

        foreach (ChartNode child in group.Children) Walk(child, ref at, spans, order);
    }
}
