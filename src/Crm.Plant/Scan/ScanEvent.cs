using System.Collections.Immutable;
using Crm.Plant.Alarms;

namespace Crm.Plant.Scan;

/// <summary>What can happen in a scan; the comment names what <see cref="ScanEvent.Target"/> is the ordinal of.</summary>
public enum ScanEventKind : byte
{
    /// <summary>The whole rig tripped; target -1.</summary>
    RigTripped,
    RigReset,

    /// <summary>Trip.</summary>
    Tripped,

    /// <summary>Trip; an unlatched row cleared itself.</summary>
    TripCleared,
    TripReset,

    /// <summary>Alarm.</summary>
    AlarmRaised,
    AlarmCleared,
    AlarmAcknowledged,

    /// <summary>Alarm; any other transition, and the reset of a first-out.</summary>
    AlarmChanged,

    /// <summary>Target -1; alarms that went into or out of suppression by design without having been annunciated, told together.</summary>
    AlarmsSuppressed,

    /// <summary>Output; its lease ran out.</summary>
    DemandLapsed,

    /// <summary>Output or loop; another owner holds it, or the demand is not finite.</summary>
    DemandRefused,

    /// <summary>Loop; its process value is bad, its outputs do what its rule says.</summary>
    LoopLost,
    LoopBack,

    /// <summary>Loop; a person changed its mode, setpoint, output or proposal.</summary>
    LoopCommanded,

    /// <summary>Loop; other parameters are in use, by a person's act.</summary>
    LoopTuned,

    /// <summary>Loop; it deviates, stands at its limit or oscillates.</summary>
    LoopNotice,

    /// <summary>Loop.</summary>
    AutotuneStarted,

    /// <summary>Loop; the text has the proposal, or why there is none.</summary>
    AutotuneEnded,

    /// <summary>Output.</summary>
    ManualTaken,
    ManualReturned,

    /// <summary>Tag.</summary>
    TagBad,
    TagBack,

    /// <summary>Every tag of a bus is bad; target is the first of them. Stands for all its tags (ALM-17).</summary>
    BusLost,

    /// <summary>A tag of a lost bus is good again; target is the bus's first tag. Stands for all its tags; names those that are still bad.</summary>
    BusBack,

    /// <summary>Tag; it disagrees with its twin on the same quantity (NE-11, SAF-12).</summary>
    TagDoubtful,

    /// <summary>Trip, output or tag; a bypass, force or substitution began, is about to end, or ended (SAF-13, SAF-17, NE-08).</summary>
    OverrideSet,
    OverrideEnding,
    OverrideEnded,

    /// <summary>Trip, output or tag; it is set aside at the change of shift (SAF-15).</summary>
    OverrideStands,

    /// <summary>Trip; a bypassed cause would have tripped now.</summary>
    OverrideVoted,

    /// <summary>Trip; a channel of a voter is bad, or is good again (SAF-12).</summary>
    VoterDegraded,

    /// <summary>Trip; a person cleared the first-out (SAF-06).</summary>
    FirstOutCleared,

    /// <summary>Trip; its proof test is overdue, or was done (SAF-30).</summary>
    ProofTestOverdue,
    ProofTestDone,

    /// <summary>Target -1; a person took over a change of the protection (SAF-32).</summary>
    ProtectionAccepted,

    /// <summary>Hard-wired protection; it was ticked by commissioning, or the tick was taken back (SAF-33).</summary>
    HardWiredTicked,

    /// <summary>Target -1; a person reset the alarm metrics (ALM-20).</summary>
    AlarmMeterReset,
}

/// <summary>One thing that happened in a scan.</summary>
/// <param name="Subject">Name or id of the target.</param>
/// <param name="Text">The sentence a person reads.</param>
/// <param name="By">Who did it; empty when nobody did.</param>
public readonly record struct ScanEvent(ScanEventKind Kind, int Target, string Subject, string Text, string By = "")
{
    /// <summary>The transition of an alarm; else null.</summary>
    public AlarmTransition? Alarm { get; init; }

    /// <summary>What the record needs to bring it back after the controller was lost; null when it needs nothing.</summary>
    public ImmutableSortedDictionary<string, string>? Facts { get; init; }
}

/// <summary>What became of a command, named by its id.</summary>
public readonly record struct CommandOutcome(long Id, bool Accepted, string Text);
