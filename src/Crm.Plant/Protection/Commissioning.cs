using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Phases;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;

namespace Crm.Plant.Protection;

/// <summary>A protection outside this software that the rig is taken to have (SAF-33): nothing here can do its work, and nothing here knows whether it is there.</summary>
/// <param name="Name">As in the rig file: <c>emergency_stop</c>.</param>
/// <param name="What">What it does.</param>
/// <param name="Proof">How commissioning sees that it does.</param>
public sealed record HardWiredProtection(int Ordinal, string Name, string What, string Proof);

/// <summary>Who has seen that a hard-wired protection is there and works.</summary>
/// <param name="By">Empty: nobody yet.</param>
/// <param name="Day">Number of the day since 0001-01-01.</param>
/// <param name="Note">What was found.</param>
public readonly record struct HardWiredTick(string By, int Day, string Note)
{
    public static readonly HardWiredTick None = new("", 0, "");

    public bool IsTicked => By.Length > 0;
}

/// <summary>The list that commissioning ticks, with who, when and what was found, on record (SAF-33). A protection whose words have changed must be ticked again.</summary>
public static class Commissioning
{
    private const string DayKey = "hard_wired.day", WhatKey = "hard_wired.what", NoteKey = "hard_wired.note", Withdrawn = "withdrawn";

    /// <summary>
    /// What stands against START and RESTART of a real rig, which both give back power to heat and dose: each protection that nobody has seen to work, unless it is set aside for the time being. In the
    /// order of the rig file, with what to do about it.
    /// </summary>
    public static ImmutableArray<Obstacle> Unseen(RigDefinition rig, PlantFrame frame)
    {
        var found = ImmutableArray.CreateBuilder<Obstacle>();
        foreach (HardWiredProtection protection in rig.HardWired)
        {
            if (frame.HardWired[protection.Ordinal].IsTicked || IsAside(frame, protection.Ordinal)) continue;
            found.Add(new Obstacle(ObstacleKind.HardWired, protection.Name, $"hard-wired {protection.Name} is not ticked as seen to work: {protection.Proof}"));
        }

        return found.ToImmutable();
    }

    private static bool IsAside(PlantFrame frame, int protection)
    {
        foreach (OverrideStatus entry in frame.Overrides)
            if (entry.Kind == OverrideKind.HardWired && entry.Target == protection) return true;
        return false;
    }

    /// <param name="day">Day number; 0 takes the tick back.</param>
    internal static string? Tick(RigDefinition rig, ScanState state, int target, double day, string by, string note)
    {
        if (target < 0 || target >= rig.HardWired.Length) return $"there is no hard-wired protection {target}";
        HardWiredProtection protection = rig.HardWired[target];
        if (OverrideDesk.WhyNotNamed(by, note) is { } unnamed) return unnamed;
        if (day != 0 && !(day >= 1 && day <= DateOnly.MaxValue.DayNumber)) return "that is no day";
        if (day == 0 && !state.Trips.HardWired[target].IsTicked) return $"{protection.Name} is not ticked";
        HardWiredTick tick = day == 0 ? HardWiredTick.None : new HardWiredTick(by, (int)day, note);
        state.Trips.HardWired = state.Trips.HardWired.SetItem(target, tick);
        string text = tick.IsTicked ? $"{protection.Name} seen to work: {note}" : $"{protection.Name} not taken for granted any more: {note}";
        state.Tell(ScanEventKind.HardWiredTicked, target, protection.Name, text, by, facts: Facts(protection, tick));
        return null;
    }

    internal static ImmutableSortedDictionary<string, string> Facts(HardWiredProtection protection, in HardWiredTick tick) => BatchEvent.NoData
        .Add(DayKey, tick.IsTicked ? DateOnly.FromDayNumber(tick.Day).ToString("O", CultureInfo.InvariantCulture) : Withdrawn)
        .Add(WhatKey, protection.What).Add(NoteKey, tick.Note);

    /// <summary>The tick that an event of the record tells; null for any other event, and for a protection that the rig does not have in these words any more.</summary>
    internal static (int Target, HardWiredTick Tick)? TickedBy(RigDefinition rig, BatchEvent happened)
    {
        if (!happened.Data.TryGetValue(DayKey, out string? text)) return null;
        if (rig.HardWired.FirstOrDefault(h => h.Name == happened.Subject && h.What == happened.Data.GetValueOrDefault(WhatKey)) is not { } protection) return null;
        bool ticked = DateOnly.TryParse(text, CultureInfo.InvariantCulture, out DateOnly day);
        return (protection.Ordinal, ticked ? new HardWiredTick(happened.Cause, day.DayNumber, happened.Data.GetValueOrDefault(NoteKey, "")) : HardWiredTick.None);
    }
}
