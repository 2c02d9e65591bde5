using System.Collections.Immutable;

namespace Crm.Plant.Procedure;

/// <summary>One way of an alternative.</summary>
/// <param name="When">Null: what is done when no condition before it holds.</param>
public sealed record Branch(Condition? When, SequenceNode Steps);

/// <summary>
/// One of several ways. Conditions are judged once, in the order written, with the values on record; the first that holds is taken. A value
/// that is bad holds the batch.
/// </summary>
/// <param name="Branches">The last is the one without condition.</param>
/// <param name="WaitFor">Lab slots that must have come before it is judged.</param>
/// <param name="AtMost">How long it waits for them; then the batch is held.</param>
public sealed record AlternativeNode(string Id, string Label, int Line, ImmutableArray<Branch> Branches, ImmutableArray<int> WaitFor, TimeSpan AtMost)
    : ProcedureNode(Id, Label, Line);

/// <summary>Steps that are done again until a condition holds, at most as often as there are passes; each pass has steps of its own, with its number in their ids.</summary>
/// <param name="Until">Judged when a pass has ended.</param>
/// <param name="WaitFor">Lab slots that must have come before it is judged.</param>
/// <param name="Within">How long it waits for them; then the batch is held.</param>
/// <param name="Then">What follows when it does not hold after the last pass.</param>
public sealed record RepeatNode(
    string Id,
    string Label,
    int Line,
    ImmutableArray<SequenceNode> Passes,
    Condition Until,
    ImmutableArray<int> WaitFor,
    TimeSpan Within,
    Consequence Then,
    string Message) : ProcedureNode(Id, Label, Line);
