using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Rigs;

namespace Crm.Plant.Protection;

/// <summary>Timer and last good answer of one cause.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct CauseMemory
{
    public bool True;
    public TimeSpan TrueSince;
    public bool LastGood;
    public bool HasLastGood;
    public TimeSpan LastGoodAt;

    /// <summary>The delay is over: the cause stands until it has been false for its clear delay.</summary>
    public bool Active;
    public TimeSpan FalseSince;

    /// <summary>Bad channels of the cause's voter, as last told.</summary>
    public ulong BadChannels;
}

/// <summary>What the cause-and-effect matrix remembers. Starts with the rig and every row tripped (SAF-04).</summary>
internal sealed class TripMemory
{
    public TripMemory(RigDefinition rig)
    {
        Causes = rig.Trips.Select(t => new CauseMemory[t.Causes.Length]).ToArray();
        Watches = rig.Trips.Select(t => t.Causes.Select(WatchJudge.MemoryOf).ToArray()).ToArray();
        ProofDue = new int[rig.Trips.Length];
        ProofDone = new int[rig.Trips.Length];
        HardWired = [.. rig.HardWired.Select(_ => HardWiredTick.None)];
        Status = rig.Trips.Select(_ => new TripStatus(TripPhase.Tripped, 0, 0, TimeSpan.Zero)).ToArray();
        ForcedBy = new int[rig.Outputs.Length];
        Forced = new SafeValue[rig.Outputs.Length];
        UnitCommands = new PhaseCommand[rig.Units.Length];
        Rig = new RigTripStatus(true, false, "start-up", TimeSpan.Zero);
    }

    private TripMemory(TripMemory other)
    {
        Causes = other.Causes.Select(c => (CauseMemory[])c.Clone()).ToArray();
        Watches = other.Watches.Select(w => w.Select(m => m?.Fork()).ToArray()).ToArray();
        ProofDue = (int[])other.ProofDue.Clone();
        ProofDone = (int[])other.ProofDone.Clone();
        Day = other.Day;
        DayAt = other.DayAt;
        Status = other.Status;
        ForcedBy = (int[])other.ForcedBy.Clone();
        Forced = (SafeValue[])other.Forced.Clone();
        UnitCommands = other.UnitCommands;
        Rig = other.Rig;
        Announce = other.Announce;
        Stale = other.Stale;
        Unaccepted = other.Unaccepted;
        HardWired = other.HardWired;
    }

    public CauseMemory[][] Causes { get; }

    /// <summary>By row and cause; null where the cause does not look back.</summary>
    public WatchMemory?[][] Watches { get; }

    /// <summary>Per row: day number for which an overdue proof test was told last, 0 for never; and of the test done since the file was written.</summary>
    public int[] ProofDue { get; }

    public int[] ProofDone { get; }

    /// <summary>Day number at plant time <see cref="DayAt"/>; 0 while nobody has said what day it is.</summary>
    public int Day { get; set; }

    public TimeSpan DayAt { get; set; }

    /// <summary>Replaced, never written to: frames share it.</summary>
    public TripStatus[] Status { get; set; }

    /// <summary>Per output: <see cref="TripMatrix.NotForced"/>, <see cref="TripMatrix.ForcedByRig"/> or the row that forces it.</summary>
    public int[] ForcedBy { get; }

    public SafeValue[] Forced { get; }

    /// <summary>Replaced, never written to: frames share it.</summary>
    public PhaseCommand[] UnitCommands { get; set; }

    public RigTripStatus Rig { get; set; }

    /// <summary>The rig tripped between two scans: the next frame says so.</summary>
    public bool Announce { get; set; }

    /// <summary>What is forced must be worked out again.</summary>
    public bool Stale { get; set; } = true;

    /// <summary>Checksum of the protection that the last batch ran with, while nobody has accepted that the present one differs (SAF-32); null: nothing waits.</summary>
    public string? Unaccepted { get; set; }

    /// <summary>By ordinal of the hard-wired protections (SAF-33).</summary>
    public ImmutableArray<HardWiredTick> HardWired { get; set; }

    public void AwaitAcceptance(string commissioned)
    {
        Unaccepted = commissioned;
        Rig = Rig with { Why = $"{Rig.Why}, and the protection has changed" };
    }

    public TripMemory Fork() => new(this);

    public void TripRig(string why, TimeSpan now)
    {
        if (Rig.IsTripped && Rig.Fault) return;
        Rig = new RigTripStatus(true, true, why, now);
        Announce = true;
        Stale = true;
    }
}
