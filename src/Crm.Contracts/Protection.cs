namespace Crm.Contracts;

/// <summary>The proof test of a row of protection (SAF-30).</summary>
/// <param name="How">What to do.</param>
/// <param name="Last">Day of the last one that passed, yyyy-MM-dd.</param>
/// <param name="Due">Day on which the next is due, yyyy-MM-dd.</param>
/// <param name="Overdue">Null while nobody has said what day it is.</param>
public sealed record ProofTestSeen(string Trip, string Why, string How, string Last, string Due, bool? Overdue);

/// <summary>Several instruments that decide together: the value a loop controls by, or a vote that trips.</summary>
/// <param name="Of">Loop, or row of protection.</param>
/// <param name="Kind">loop or trip.</param>
/// <param name="Rule">As declared: median, highest, lowest, 2oo3 …</param>
/// <param name="Left">What is left of it now that channels are bad or bypassed: median of 2, 1oo2 …</param>
/// <param name="Value">Voted value of a loop; null when it is bad, and for a trip.</param>
/// <param name="True">The vote trips now.</param>
public sealed record VoteSeen(string Of, string Kind, string Rule, string Left, double? Value, bool True, IReadOnlyList<ChannelSeen> Channels);

/// <param name="Tag">Instrument it reads.</param>
/// <param name="Text">Its condition; empty for a loop.</param>
/// <param name="Says">counts, votes to trip, bad: drops out, bad: votes to trip, bypassed: no vote.</param>
public sealed record ChannelSeen(string Tag, string Text, double? Value, string Says);
