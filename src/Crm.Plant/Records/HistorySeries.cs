using System.Collections.Immutable;
using Crm.Plant.Tags;

namespace Crm.Plant.Records;

/// <summary>One kept sample. The value holds until the next one (history is by exception); a bad one is a gap.</summary>
/// <param name="Time">s since the start of the run.</param>
public readonly record struct HistoryPoint(double Time, double Value, Quality Quality);

/// <summary>The kept samples of one tag, in order of time.</summary>
public sealed record HistorySeries(string Tag, string Label, string Unit, ImmutableArray<HistoryPoint> Points);
