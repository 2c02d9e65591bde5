namespace Crm.Contracts;

/// <summary>When the steps of a batch are expected, by a run of its recipe that went to its end.</summary>
/// <param name="Source"><c>prediction</c>: the twin ran it with the batch's own values; <c>batch</c>: an earlier batch of the recipe; empty: nothing is known.</param>
/// <param name="Of">When the prediction was made, yyyy-MM-dd HH:mm UTC; or which batch it was.</param>
/// <param name="Seconds">From START to its end, plant time.</param>
public sealed record ExpectedCourse(string Source, string Of, double Seconds, IReadOnlyList<ExpectedStep> Steps);

/// <summary>A step that was run again stands there again.</summary>
/// <param name="From">Plant time since START, s.</param>
public sealed record ExpectedStep(string Step, double From, double To);
