using System.Collections.Immutable;

namespace Crm.Plant.Procedure;

/// <summary>A change of adjustable formula values of a running batch, waiting for another person's review.</summary>
/// <param name="By">Author.</param>
/// <param name="Values">In the unit of each parameter.</param>
public sealed record FormulaRevision(string By, TimeSpan At, string Reason, ImmutableSortedDictionary<string, double> Values);
