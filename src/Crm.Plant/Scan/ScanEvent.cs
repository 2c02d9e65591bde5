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
}

/// <summary>One thing that happened in a scan.</summary>
/// <param name="Subject">Name or id of the target.</param>
/// <param name="Text">The sentence a person reads.</param>
/// <param name="By">Who did it; empty when nobody did.</param>
public readonly record struct ScanEvent(ScanEventKind Kind, int Target, string Subject, string Text, string By = "");

/// <summary>What became of a command, named by its id.</summary>
public readonly record struct CommandOutcome(long Id, bool Accepted, string Text);
