using System.Collections.Immutable;

namespace Crm.Recipes.Graphs;

public enum ChartStepKind
{
    /// <summary>The controller does it.</summary>
    Phase,

    /// <summary>A person does it.</summary>
    Person,
    Sample,
    Gate,
    Wait,
}

public enum ChartGroupKind
{
    Sequence,

    /// <summary>A unit procedure: a lane.</summary>
    Unit,
    Operation,
    Parallel,
    Alternative,

    /// <summary>One way of an alternative.</summary>
    Branch,
    Repeat,
}

/// <summary>A part of a procedure chart.</summary>
/// <param name="Id">Path of the step, as on screens and in records.</param>
public abstract record ChartNode(string Id, string Title);

/// <param name="Details">What the step does, in the recipe's words; each entry a paragraph.</param>
/// <param name="From">Unit that material comes from; empty for none.</param>
/// <param name="Sample">Samples: its name.</param>
/// <param name="Reads">Gates and others: samples whose results it reads.</param>
public sealed record ChartStep(string Id, string Title, ChartStepKind Kind, ImmutableArray<string> Details, string From, string Sample, ImmutableArray<string> Reads) : ChartNode(Id, Title);

/// <param name="Unit">Unit procedures: name of the unit; else empty.</param>
/// <param name="Begins">What is said where the group begins: the condition of a branch, the bound of a repeat.</param>
/// <param name="Ends">What is said where it ends: until when a repeat goes on.</param>
public sealed record ChartGroup(string Id, string Title, ChartGroupKind Kind, string Unit, ImmutableArray<string> Begins, ImmutableArray<string> Ends, ImmutableArray<ChartNode> Children) : ChartNode(Id, Title)
{
    /// <summary>Units whose procedures are in it, each once.</summary>
    public IEnumerable<string> Units => (Unit.Length > 0 ? [Unit] : Children.OfType<ChartGroup>().SelectMany(g => g.Units)).Distinct(StringComparer.Ordinal);
}

/// <summary>A recipe's procedure as it is drawn: unit procedures, branches, repeats, steps with what they do, wait for and read.</summary>
/// <param name="Heading">What is drawn, below the title: recipe, version, rig, product, content.</param>
public sealed record ProcedureChart(string Title, ImmutableArray<string> Heading, ImmutableArray<ChartNode> Nodes);
