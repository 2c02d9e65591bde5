using System.Collections.Immutable;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.Scan;

/// <summary>Makes the image of a scan out of the buses' readings. The one place where staleness is judged.</summary>
internal sealed class ImageBuilder
{
    private readonly ImmutableArray<TagDefinition> tags;
    private readonly long[] staleAfter;
    private readonly int[][] tagsOfBus;
    private readonly int[] busOfTag;

    public ImageBuilder(RigDefinition rig)
    {
        tags = rig.Tags;
        staleAfter = tags.Select(t => t.StaleAfter.Ticks).ToArray();
        string[] buses = tags.Select(t => t.Bus).Distinct(StringComparer.Ordinal).ToArray();
        busOfTag = tags.Select(t => Array.IndexOf(buses, t.Bus)).ToArray();
        tagsOfBus = buses.Select(b => tags.Where(t => t.Bus == b).Select(t => t.Ordinal).ToArray()).ToArray();
    }

    /// <param name="readings">One per tag, by ordinal; a missing tail counts as never read.</param>
    public Image Build(ScanState state, ReadOnlySpan<Reading> readings)
    {
        var judged = new Reading[tags.Length];
        bool changed = false;
        for (int i = 0; i < judged.Length; i++)
        {
            judged[i] = i < readings.Length ? Judge(readings[i], staleAfter[i], state.Now) : Reading.Never;
            changed |= judged[i].IsBad != state.TagBad[i];
        }

        if (changed) TellChanges(state, judged);
        return new Image(state.Scan, state.Now, judged);
    }

    private static Reading Judge(in Reading reading, long staleAfter, TimeSpan now)
    {
        if (reading.IsBad) return reading;
        if (reading.At.Ticks < now.Ticks - staleAfter) return Reading.Bad(Reason.Stale, reading.At, reading.Origin);
        return double.IsFinite(reading.Value) ? reading : Reading.Bad(Reason.DeviceFailure, reading.At, reading.Origin);
    }

    // A lost bus is one event, not one for each of its tags (ALM-17).
    private void TellChanges(ScanState state, Reading[] judged)
    {
        Span<bool> told = tagsOfBus.Length <= 64 ? stackalloc bool[tagsOfBus.Length] : new bool[tagsOfBus.Length];
        for (int i = 0; i < judged.Length; i++)
        {
            if (judged[i].IsBad == state.TagBad[i]) continue;
            state.TagBad[i] = judged[i].IsBad;
            int bus = busOfTag[i];
            if (!judged[i].IsBad) state.Tell(ScanEventKind.TagBack, i, tags[i].Name, $"{tags[i].Name} reads again");
            else if (tagsOfBus[bus].Length == 1 || !AllBad(tagsOfBus[bus], judged))
                state.Tell(ScanEventKind.TagBad, i, tags[i].Name, $"{tags[i].Name} is bad: {judged[i].Reason}");
            else if (!told[bus])
            {
                told[bus] = true;
                state.Tell(ScanEventKind.BusLost, i, tags[i].Bus, $"every tag of bus {tags[i].Bus} is bad: {judged[i].Reason}");
            }
        }
    }

    private static bool AllBad(int[] ordinals, Reading[] judged)
    {
        foreach (int i in ordinals)
            if (!judged[i].IsBad) return false;
        return true;
    }
}
