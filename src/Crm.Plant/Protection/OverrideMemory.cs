using System.Collections.Immutable;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.Protection;

public enum OverrideKind : byte
{
    /// <summary>Maintenance bypass of a cause, a channel or a row (SAF-13).</summary>
    Bypass,

    /// <summary>Start-up override of a row: another thing, bounded more tightly and ended by the process itself (SAF-14).</summary>
    StartUp,

    /// <summary>An output held at a value for a test (SAF-17). Trips win over it.</summary>
    ForcedOutput,

    /// <summary>A tag that reads a value given by hand (NE-08); marked forced wherever it goes.</summary>
    SubstitutedTag,

    /// <summary>A hard-wired protection that nobody has seen to work: for a time START does not wait for it (SAF-33).</summary>
    HardWired,
}

/// <summary>One thing that is not as built, who wanted it, why and until when (SAF-15).</summary>
/// <param name="Target">Ordinal of trip, output, tag or hard-wired protection.</param>
/// <param name="Cause">Cause of the trip, -1 for all.</param>
/// <param name="Channel">Channel of the cause's voter, -1 for the whole cause.</param>
/// <param name="Value">Forced or substituted value.</param>
/// <param name="Until">Plant time at which it ends by itself.</param>
/// <param name="Reminded">Its near end has been told.</param>
/// <param name="Votes">What it sets aside would trip now.</param>
public readonly record struct OverrideStatus(
    OverrideKind Kind, int Target, int Cause, int Channel, double Value, TimeSpan Since, TimeSpan Until, string By, string Reason, bool Reminded, bool Votes)
{
    public bool IsOfTrip => Kind is OverrideKind.Bypass or OverrideKind.StartUp;
}

/// <summary>Everything set aside just now.</summary>
internal sealed class OverrideMemory
{
    /// <summary>Entries at one time, all kinds together.</summary>
    public const int Most = 32;

    public OverrideMemory(RigDefinition rig)
    {
        Causes = new ulong[rig.Trips.Length];
        Channels = new ulong[rig.Trips.Length];
        Voted = new bool[rig.Trips.Length];
    }

    private OverrideMemory(OverrideMemory other)
    {
        Active = other.Active;
        Shift = other.Shift;
        OverShift = other.OverShift;
        Lost.AddRange(other.Lost);
        Causes = (ulong[])other.Causes.Clone();
        Channels = (ulong[])other.Channels.Clone();
        Voted = (bool[])other.Voted.Clone();
    }

    /// <summary>In the order they were set.</summary>
    public ImmutableArray<OverrideStatus> Active { get; private set; } = [];

    /// <summary>Number of the shift that runs, from 0; -1 before the first scan.</summary>
    public long Shift { get; set; } = -1;

    /// <summary>Something stood when the shift changed, and something still does.</summary>
    public bool OverShift { get; set; }

    /// <summary>Per row: bypassed causes, a bit each. A cause with a bypassed channel is not among them.</summary>
    public ulong[] Causes { get; }

    /// <summary>Per row: bypassed channels of the one cause whose voter has one; that cause is in <see cref="OverrideStatus.Cause"/>.</summary>
    public ulong[] Channels { get; }

    /// <summary>Per row: what is bypassed would have tripped in this scan. Written by the matrix.</summary>
    public bool[] Voted { get; }

    /// <summary>Those that did not outlive a lost controller; told in the next scan.</summary>
    public List<OverrideStatus> Lost { get; } = [];

    public OverrideMemory Fork() => new(this);

    public int Find(OverrideKind kind, int target)
    {
        for (int i = 0; i < Active.Length; i++)
            if (Active[i].Kind == kind && Active[i].Target == target) return i;
        return -1;
    }

    /// <summary>The bypass or start-up override of a row, -1 for none: there is at most one.</summary>
    public int OfTrip(int trip)
    {
        for (int i = 0; i < Active.Length; i++)
            if (Active[i].IsOfTrip && Active[i].Target == trip) return i;
        return -1;
    }

    /// <summary>Bypassed channels of a cause.</summary>
    public ulong ChannelsOf(int trip, int cause)
    {
        if (Channels[trip] == 0) return 0;
        int at = OfTrip(trip);
        return at >= 0 && Active[at].Cause == cause ? Channels[trip] : 0;
    }

    public void Set(ImmutableArray<OverrideStatus> active)
    {
        Active = active;
        Array.Clear(Causes);
        Array.Clear(Channels);
        foreach (OverrideStatus entry in active)
        {
            if (!entry.IsOfTrip) continue;
            if (entry.Channel >= 0) Channels[entry.Target] |= 1UL << entry.Channel;
            else Causes[entry.Target] |= entry.Cause < 0 ? ulong.MaxValue : 1UL << entry.Cause;
        }
    }

    /// <summary>Puts substituted values in place of readings, marked so that everything computed from them shows it (NE-08).</summary>
    public void Substitute(Reading[] readings, TimeSpan now)
    {
        foreach (OverrideStatus entry in Active)
            if (entry.Kind == OverrideKind.SubstitutedTag)
                readings[entry.Target] = new Reading(entry.Value, Quality.Uncertain, Reason.Substituted, now, readings[entry.Target].Origin | Origin.Forced);
    }
}
