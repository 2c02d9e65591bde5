using Crm.Plant.Loops;

namespace Crm.Plant.Scan;

/// <summary>What a person can ask of the scan itself; phase commands go to the unit controllers.</summary>
public enum ScanCommandKind : byte
{
    /// <summary>Reset one latched trip; refused while a cause is true (SAF-05). Never starts anything.</summary>
    ResetTrip,

    /// <summary>Reset the rig's own trip (start-up or internal fault).</summary>
    ResetRig,

    /// <summary>Reset the rig's own trip and every latched row whose causes are clear.</summary>
    ResetAll,
    AcknowledgeAlarm,

    /// <summary>Take an output in manual at a value, or change the value.</summary>
    TakeManual,
    ReturnManual,

    /// <summary>Target mode of a loop; the value is a <see cref="LoopMode"/>.</summary>
    SetLoopMode,

    /// <summary>A person's setpoint, in AUTO.</summary>
    SetLoopSetpoint,

    /// <summary>A person's controller output, percent, in MAN.</summary>
    SetLoopOutput,

    /// <summary>1 on, 0 off.</summary>
    SwitchFeedForward,
    StartAutotune,
    AbortAutotune,

    /// <summary>A tuning a person brings; waits for <see cref="ApplyTuning"/> as one that an autotune found (PID-19).</summary>
    ProposeTuning,
    ApplyTuning,

    /// <summary>Back to the set in use before the last change.</summary>
    RestoreTuning,
}

/// <summary>A person's command to the scan: one deliberate act, judged once, at the next scan.</summary>
/// <param name="Id">Names the outcome; a repeated id is the sender's to drop.</param>
/// <param name="Target">Ordinal of trip, alarm or output.</param>
/// <param name="Value">Manual value in the output's unit; unused otherwise.</param>
/// <param name="Occurrence">Alarm occurrence that is acknowledged.</param>
/// <param name="By">Who.</param>
public readonly record struct ScanCommand(long Id, ScanCommandKind Kind, int Target, double Value, long Occurrence, string By)
{
    /// <summary>For <see cref="ScanCommandKind.ProposeTuning"/>.</summary>
    public LoopTuning Tuning { get; init; }

    /// <summary>A command to a loop that needs no more than a number.</summary>
    public static ScanCommand ToLoop(long id, ScanCommandKind kind, int loop, string by, double value = 0) => new(id, kind, loop, value, 0, by);

    public static ScanCommand SetLoopMode(long id, int loop, LoopMode mode, string by) => ToLoop(id, ScanCommandKind.SetLoopMode, loop, by, (double)mode);

    public static ScanCommand ProposeTuning(long id, int loop, LoopTuning tuning, string by) =>
        ToLoop(id, ScanCommandKind.ProposeTuning, loop, by) with { Tuning = tuning };

    public static ScanCommand ResetTrip(long id, int trip, string by) => new(id, ScanCommandKind.ResetTrip, trip, 0, 0, by);

    public static ScanCommand ResetRig(long id, string by) => new(id, ScanCommandKind.ResetRig, -1, 0, 0, by);

    public static ScanCommand ResetAll(long id, string by) => new(id, ScanCommandKind.ResetAll, -1, 0, 0, by);

    public static ScanCommand Acknowledge(long id, int alarm, long occurrence, string by) =>
        new(id, ScanCommandKind.AcknowledgeAlarm, alarm, 0, occurrence, by);

    public static ScanCommand TakeManual(long id, int output, double value, string by) => new(id, ScanCommandKind.TakeManual, output, value, 0, by);

    public static ScanCommand ReturnManual(long id, int output, string by) => new(id, ScanCommandKind.ReturnManual, output, 0, 0, by);
}
