using System.Collections.Immutable;

namespace Crm.Plant.Procedure;

/// <summary>The procedure with its nodes numbered in the order they are written, so that a batch's position is an array.</summary>
public sealed class ProcedureTree
{
    private readonly List<ProcedureNode> nodes = [];
    private readonly List<int> parents = [];
    private readonly List<ImmutableArray<int>> children = [];
    private readonly Dictionary<string, int> byId = new(StringComparer.Ordinal);

    public ProcedureTree(ProcedureNode root) => Add(root, -1);

    public int Count => nodes.Count;

    public ProcedureNode this[int node] => nodes[node];

    /// <summary>-1 for the root.</summary>
    public int Parent(int node) => parents[node];

    public ImmutableArray<int> Children(int node) => children[node];

    /// <summary>Number of the step with this path, or -1.</summary>
    public int Find(string id) => byId.GetValueOrDefault(id, -1);

    /// <summary>The unit procedure around a node that owns the unit, or -1.</summary>
    public int UnitProcedureAround(int node, string unit)
    {
        for (int at = node; at >= 0; at = parents[at])
            if (nodes[at] is UnitProcedureNode u && u.Unit == unit) return at;
        return -1;
    }

    private int Add(ProcedureNode node, int parent)
    {
        int number = nodes.Count;
        nodes.Add(node);
        parents.Add(parent);
        children.Add([]);
        byId.TryAdd(node.Id, number);
        children[number] = [.. Below(node).Select(child => Add(child, number))];
        return number;
    }

    private static ImmutableArray<ProcedureNode> Below(ProcedureNode node) => node switch
    {
        SequenceNode s => s.Children,
        ParallelNode p => p.Branches,
        UnitProcedureNode u => u.Children,
        OperationNode o => o.Children,
        AlternativeNode a => [.. a.Branches.Select(b => b.Steps)],
        RepeatNode r => [.. r.Passes],
        _ => [],
    };
}
