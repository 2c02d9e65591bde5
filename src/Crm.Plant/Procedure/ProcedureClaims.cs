using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Rigs;
using Crm.Plant.UnitOperations;

namespace Crm.Plant.Procedure;

/// <summary>
/// What a procedure takes of the rig (S88-17): for every node the units it touches, with those below it. A unit procedure and a parallel
/// group take all of theirs at once; a unit is given back when no step to come touches it. Plant services are outside every batch.
/// </summary>
public sealed class ProcedureClaims
{
    private readonly ProcedureTree tree;
    private readonly RigDefinition rig;
    private readonly IReadOnlyDictionary<string, UnitOperationDescription> operations;
    private readonly ImmutableSortedSet<string>[] below;

    /// <param name="operations">Descriptions of the unit operations, by name: they say which arguments are places.</param>
    public ProcedureClaims(ProcedureTree tree, RigDefinition rig, IReadOnlyDictionary<string, UnitOperationDescription> operations)
    {
        this.tree = tree;
        this.rig = rig;
        this.operations = operations;
        below = new ImmutableSortedSet<string>[tree.Count];
        for (int node = tree.Count - 1; node >= 0; node--)
        {
            var units = Touched(tree[node]).Where(IsUnit).ToImmutableSortedSet(StringComparer.Ordinal);
            foreach (int child in tree.Children(node)) units = units.Union(below[child]);
            below[node] = units;
        }
    }

    /// <summary>Everything the procedure touches.</summary>
    public ImmutableSortedSet<string> All => below[0];

    /// <summary>Units that the first step that needs any takes.</summary>
    public ImmutableSortedSet<string> First
    {
        get
        {
            for (int node = 0; node < tree.Count; node++)
                if (!NeededFor(node).IsEmpty) return NeededFor(node);
            return None;
        }
    }

    /// <summary>Units that must be the batch's before a node begins.</summary>
    public ImmutableSortedSet<string> NeededFor(int node) => tree[node] is SequenceNode or OperationNode or AlternativeNode or RepeatNode ? None : below[node];

    /// <summary>Units that steps in progress or to come touch.</summary>
    public ImmutableSortedSet<string> StillNeeded(BatchState state)
    {
        if (state.IsOver) return None;
        ImmutableSortedSet<string> needed = None;
        foreach (ActiveStep step in state.Steps) needed = WithWhatFollows(needed, step.Node);
        foreach (ReadyStep ready in state.Ready) needed = WithWhatFollows(needed, ready.Node);
        return needed;
    }

    private static ImmutableSortedSet<string> None => ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    private ImmutableSortedSet<string> WithWhatFollows(ImmutableSortedSet<string> needed, int node)
    {
        needed = needed.Union(below[node]);
        for (int child = node, parent = tree.Parent(node); parent >= 0; child = parent, parent = tree.Parent(parent))
        {
            if (tree[parent] is ParallelNode or AlternativeNode) continue;
            foreach (int sibling in tree.Children(parent))
                if (sibling > child) needed = needed.Union(below[sibling]);
        }

        return needed;
    }

    /// <summary>Where the filtrate of a phase goes; null for other phases, and when the position of its divert valve is computed.</summary>
    public string? FiltrateOf(PhaseNode phase) => Filtrates(phase).ToArray() is [var only] ? only : null;

    private IEnumerable<string> Touched(ProcedureNode node) => node switch
    {
        UnitProcedureNode unit => [unit.Unit],
        PhaseNode phase => Touched(phase),
        PromptNode prompt => [prompt.Place],
        SampleNode sample => [sample.Place],
        _ => [],
    };

    private IEnumerable<string> Touched(PhaseNode phase)
    {
        yield return phase.Unit;
        string? from = NameOf(phase, "from"), to = NameOf(phase, "to");
        foreach (string place in Places(phase)) yield return place;
        if (from is not null && rig.Lines.FirstOrDefault(l => l.Unit == phase.Unit && l.From == from && (to is null || l.To == to)) is { } line) yield return line.To;
        foreach (string filtrate in Filtrates(phase)) yield return filtrate;
        if (rig.Unit(phase.Unit) is >= 0 and var unit)
            foreach (string outlet in rig.Units[unit].Outlets) yield return outlet;
    }

    /// <summary>Places that the arguments of a phase name.</summary>
    public IEnumerable<string> Places(PhaseNode phase) => operations.TryGetValue(phase.Operation, out UnitOperationDescription? operation)
        ? operation.Parameters.Where(p => p.Kind == ParameterKind.Place).Select(p => NameOf(phase, p.Name)).OfType<string>()
        : [];

    /// <summary>Where the filtrate goes: by the position of the divert valve, or anywhere when that is computed.</summary>
    private IEnumerable<string> Filtrates(PhaseNode phase)
    {
        if (rig.Unit(phase.Unit) is not (>= 0 and var unit) || rig.Units[unit].Filtrate is not { IsEmpty: false } places) return [];
        if (!operations.TryGetValue(phase.Operation, out UnitOperationDescription? operation) || operation.Parameters.FirstOrDefault(p => p.Name == "divert") is not { } divert) return [];
        if (phase.Arguments.GetValueOrDefault("divert")?.Number is { } given and not Constant) return places;
        double position = (phase.Arguments.GetValueOrDefault("divert")?.Number as Constant)?.Value ?? divert.Default ?? 0;
        return position >= 0 && position < places.Length ? [places[(int)position]] : [];
    }

    private static string? NameOf(PhaseNode phase, string argument) => phase.Arguments.GetValueOrDefault(argument)?.Name;

    private bool IsUnit(string place) => rig.Unit(place) is >= 0 and var unit && !rig.Units[unit].IsService;
}
