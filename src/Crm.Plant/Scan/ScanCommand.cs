using Crm.Plant.Alarms;
using Crm.Plant.Loops;
using Crm.Plant.Permissions;

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

    /// <summary>Bypass one cause, one channel of a voter or a whole row for a time (SAF-13); the row's start-up override (SAF-14).</summary>
    Bypass,
    StartUpOverride,
    EndBypass,

    /// <summary>Hold an output or a tag at a value for a time, for a test (SAF-17, NE-08).</summary>
    ForceOutput,
    EndForce,
    SubstituteTag,
    EndSubstitute,

    /// <summary>Forget what came first in a row that is not tripped (SAF-06).</summary>
    ClearFirstOut,

    /// <summary>A row's proof test was done and passed (SAF-30).</summary>
    ProofTested,

    /// <summary>Tells the scan what day it is; the value is the day number since 0001-01-01. Only proof tests look at it.</summary>
    SetDay,

    /// <summary>Take the protection of the rig file as it is now, which is not the one that the last batch ran with (SAF-32).</summary>
    AcceptProtection,

    /// <summary>Reset a latched alarm whose condition has gone (ALM-05).</summary>
    ResetAlarm,
    ShelveAlarm,
    UnshelveAlarm,
    TakeAlarmOutOfService,
    ReturnAlarmToService,

    /// <summary>Free the first-out group of an alarm (ALM-13).</summary>
    ResetFirstOut,

    /// <summary>A hard-wired protection was seen to work on the day of that number; 0 takes it back (SAF-33).</summary>
    TickHardWired,

    /// <summary>A real rig may be started for a time though that hard-wired protection is not ticked, with a reason, as a bypass (SAF-33, SAF-13).</summary>
    SetHardWiredAside,
    EndHardWiredAside,

    /// <summary>Alarm metrics begin anew (ALM-20).</summary>
    ResetAlarmMeter,

    /// <summary>Silence the panel's horn until the next alarm; acknowledges nothing (ALM-03).</summary>
    SilenceHorn,

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
/// <param name="Reason">Why; needed by what sets protection aside.</param>
/// <param name="For">How long; zero where it has no end of its own.</param>
/// <param name="Cause">Which cause of the trip, -1 for the whole row.</param>
/// <param name="Channel">Which channel of the cause's voter, -1 for the whole cause.</param>
public readonly record struct ScanCommand(
    long Id, ScanCommandKind Kind, int Target, double Value, long Occurrence, string By, string Reason = "", TimeSpan For = default, int Cause = -1, int Channel = -1)
{
    /// <summary>In what roles the person signed in; judged by the rig's permission table.</summary>
    public PersonRole Roles { get; init; }

    /// <summary>A shelving that ends with the return of the condition if that is earlier than its time.</summary>
    public bool OneShot { get; init; }

    /// <summary>Work order, for out of service.</summary>
    public string Reference { get; init; } = "";

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

    /// <param name="kind">One of the commands to an alarm.</param>
    public static ScanCommand ToAlarm(long id, ScanCommandKind kind, int alarm, string by) => new(id, kind, alarm, 0, 0, by);

    public static ScanCommand TakeManual(long id, int output, double value, string by) => new(id, ScanCommandKind.TakeManual, output, value, 0, by);

    public static ScanCommand ReturnManual(long id, int output, string by) => new(id, ScanCommandKind.ReturnManual, output, 0, 0, by);

    public static ScanCommand Bypass(long id, int trip, int cause, int channel, TimeSpan time, string by, string reason) =>
        new(id, ScanCommandKind.Bypass, trip, 0, 0, by, reason, time, cause, channel);

    public static ScanCommand StartUpOverride(long id, int trip, string by, string reason) => new(id, ScanCommandKind.StartUpOverride, trip, 0, 0, by, reason);

    public static ScanCommand EndBypass(long id, int trip, string by) => new(id, ScanCommandKind.EndBypass, trip, 0, 0, by);

    public static ScanCommand ForceOutput(long id, int output, double value, TimeSpan time, string by, string reason) =>
        new(id, ScanCommandKind.ForceOutput, output, value, 0, by, reason, time);

    public static ScanCommand EndForce(long id, int output, string by) => new(id, ScanCommandKind.EndForce, output, 0, 0, by);

    public static ScanCommand SubstituteTag(long id, int tag, double value, TimeSpan time, string by, string reason) =>
        new(id, ScanCommandKind.SubstituteTag, tag, value, 0, by, reason, time);

    public static ScanCommand EndSubstitute(long id, int tag, string by) => new(id, ScanCommandKind.EndSubstitute, tag, 0, 0, by);

    public static ScanCommand ClearFirstOut(long id, int trip, string by) => new(id, ScanCommandKind.ClearFirstOut, trip, 0, 0, by);

    public static ScanCommand ProofTested(long id, int trip, string by, string note) => new(id, ScanCommandKind.ProofTested, trip, 0, 0, by, note);

    public static ScanCommand AcceptProtection(long id, string by, string reason) => new(id, ScanCommandKind.AcceptProtection, -1, 0, 0, by, reason);

    /// <param name="day">Null takes the tick back.</param>
    public static ScanCommand TickHardWired(long id, int protection, DateOnly? day, string by, string note) => new(id, ScanCommandKind.TickHardWired, protection, day?.DayNumber ?? 0, 0, by, note);

    public static ScanCommand SetHardWiredAside(long id, int protection, TimeSpan time, string by, string reason) =>
        new(id, ScanCommandKind.SetHardWiredAside, protection, 0, 0, by, reason, time);

    public static ScanCommand EndHardWiredAside(long id, int protection, string by) => new(id, ScanCommandKind.EndHardWiredAside, protection, 0, 0, by);

    public static ScanCommand ResetAlarmMeter(long id, string by) => new(id, ScanCommandKind.ResetAlarmMeter, -1, 0, 0, by);

    public static ScanCommand SetDay(long id, DateOnly day, string by) => new(id, ScanCommandKind.SetDay, -1, day.DayNumber, 0, by);
}
