using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Rigs;

namespace Crm.Plant.Protection;

/// <summary>Timer and last good answer of one cause.</summary>
internal struct CauseMemory
{
    public bool True;
    public TimeSpan TrueSince;
    public bool LastGood;
    public bool HasLastGood;
    public TimeSpan LastGoodAt;
}

/// <summary>What the cause-and-effect matrix remembers. Starts with the rig and every row tripped (SAF-04).</summary>
internal sealed class TripMemory
{
    public TripMemory(RigDefinition rig)
    {
        Causes = rig.Trips.Select(t => new CauseMemory[t.Causes.Length]).ToArray();
        Status = rig.Trips.Select(_ => new TripStatus(TripPhase.Tripped, 0, 0, TimeSpan.Zero)).ToArray();
        ForcedBy = new int[rig.Outputs.Length];
        Forced = new SafeValue[rig.Outputs.Length];
        UnitCommands = new PhaseCommand[rig.Units.Length];
        Rig = new RigTripStatus(true, false, "start-up", TimeSpan.Zero);
    }

    private TripMemory(TripMemory other)
    {
        Causes = other.Causes.Select(c => (CauseMemory[])c.Clone()).ToArray();
        Status = other.Status;
        ForcedBy = (int[])other.ForcedBy.Clone();
        Forced = (SafeValue[])other.Forced.Clone();
        UnitCommands = other.UnitCommands;
        Rig = other.Rig;
        Announce = other.Announce;
        Stale = other.Stale;
    }

    public CauseMemory[][] Causes { get; }

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

    public TripMemory Fork() => new(this);

    public void TripRig(string why, TimeSpan now)
    {
        if (Rig.IsTripped && Rig.Fault) return;
        Rig = new RigTripStatus(true, true, why, now);
        Announce = true;
        Stale = true;
    }
}
