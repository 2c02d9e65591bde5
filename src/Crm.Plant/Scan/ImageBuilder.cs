using System.Collections.Immutable;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.Scan;

/// <summary>Makes the image of a scan out of the buses' readings. The one place where staleness is judged.</summary>
internal sealed class ImageBuilder
{
    /// <summary>Tags one event names.</summary>
    private const int MostNamed = 8;

    private readonly ImmutableArray<TagDefinition> tags;
    private readonly long[] staleAfter;
    private readonly int[][] tagsOfBus;
    private readonly PlausibilityJudge plausibility;

    public ImageBuilder(RigDefinition rig)
    {
        tags = rig.Tags;
        plausibility = new PlausibilityJudge(rig);
        staleAfter = tags.Select(t => t.StaleAfter.Ticks).ToArray();
        string[] buses = tags.Select(t => t.Bus).Distinct(StringComparer.Ordinal).ToArray();
        tagsOfBus = buses.Select(b => tags.Where(t => t.Bus == b).Select(t => t.Ordinal).ToArray()).ToArray();
    }

    /// <param name="readings">One per tag, by ordinal; a missing tail counts as never read.</param>
    public Image Build(ScanState state, ReadOnlySpan<Reading> readings)
    {
        var judged = new Reading[tags.Length];
        bool changed = false;
        for (int i = 0; i < judged.Length; i++) judged[i] = i < readings.Length ? Judge(readings[i], staleAfter[i], state.Now) : Reading.Never;
        state.Overrides.Substitute(judged, state.Now);
        plausibility.Judge(state, judged);
        for (int i = 0; i < judged.Length; i++) changed |= judged[i].IsBad != state.TagBad[i];
        if (changed) TellChanges(state, judged);
        return new Image(state.Scan, state.Now, judged);
    }

    private static Reading Judge(in Reading reading, long staleAfter, TimeSpan now)
    {
        if (reading.IsBad) return reading;
        if (reading.At.Ticks < now.Ticks - staleAfter) return Reading.Bad(Reason.Stale, reading.At, reading.Origin);
        return double.IsFinite(reading.Value) ? reading : Reading.Bad(Reason.DeviceFailure, reading.At, reading.Origin);
    }

    private void TellChanges(ScanState state, Reading[] judged)
    {
        foreach (int[] bus in tagsOfBus) TellChanges(state, judged, bus);
    }

    // A lost bus is one event, not one for each of its tags (ALM-17); so is a bus that comes back.
    private void TellChanges(ScanState state, Reading[] judged, int[] bus)
    {
        bool wasLost = bus.Length > 1 && Array.TrueForAll(bus, i => state.TagBad[i]);
        bool isLost = bus.Length > 1 && Array.TrueForAll(bus, i => judged[i].IsBad);
        if (isLost && !wasLost) state.Tell(ScanEventKind.BusLost, bus[0], tags[bus[0]].Bus, $"every tag of bus {tags[bus[0]].Bus} is bad: {judged[bus[0]].Reason.Words()}");
        if (wasLost && !isLost) state.Tell(ScanEventKind.BusBack, bus[0], tags[bus[0]].Bus, $"bus {tags[bus[0]].Bus} reads again{StillBad(judged, bus)}");
        foreach (int i in bus)
        {
            if (judged[i].IsBad == state.TagBad[i]) continue;
            state.TagBad[i] = judged[i].IsBad;
            if (wasLost || isLost) continue;
            if (judged[i].IsBad) state.Tell(ScanEventKind.TagBad, i, tags[i].Name, $"{tags[i].Name} is bad: {judged[i].Reason.Words()}");
            else state.Tell(ScanEventKind.TagBack, i, tags[i].Name, $"{tags[i].Name} reads again");
        }
    }

    private string StillBad(Reading[] judged, int[] bus)
    {
        string[] bad = [.. bus.Where(i => judged[i].IsBad).Select(i => tags[i].Name)];
        if (bad.Length == 0) return "";
        string more = bad.Length > MostNamed ? $" and {bad.Length - MostNamed} more" : "";
        return $", still bad: {string.Join(", ", bad.Take(MostNamed))}{more}";
    }
}
