using System.Runtime.InteropServices;

namespace Crm.Plant.Tags;

/// <summary>How far a reading may be trusted (NE-09). Arithmetic takes the worst of its inputs.</summary>
public enum Quality : byte
{
    Good = 0,
    Uncertain = 1,
    Bad = 2,
}

/// <summary>Why a reading is not good. <see cref="None"/> only with <see cref="Quality.Good"/>.</summary>
public enum Reason : byte
{
    None = 0,

    /// <summary>Never read since the process started.</summary>
    NeverRead,

    /// <summary>Older than the tag's own limit; judged in the image and nowhere else.</summary>
    Stale,

    /// <summary>The bus or device did not answer.</summary>
    NoAnswer,

    /// <summary>Another device answered, or the device is not the one the rig file names.</summary>
    WrongDevice,

    /// <summary>The device answered that it will not (Modbus exception).</summary>
    Refused,

    /// <summary>The answer failed its check sum or was none at all.</summary>
    Corrupted,

    /// <summary>The answer broke off.</summary>
    ShortFrame,

    /// <summary>The answer belonged to an earlier request.</summary>
    LateAnswer,

    /// <summary>Outside the instrument's span, value held to the range end.</summary>
    OutOfRange,

    /// <summary>The instrument reports its own failure.</summary>
    DeviceFailure,

    /// <summary>Value has not moved for longer than physics allows.</summary>
    Frozen,

    /// <summary>Calibration, forcing or manual substitution is active (function check).</summary>
    Substituted,

    /// <summary>Less than 0.5 mA: wire broken or nothing connected (NE-03).</summary>
    OpenLoop,

    /// <summary>More than 22 mA: short circuit (NE-03).</summary>
    Overcurrent,

    /// <summary>The value moved faster than the process can.</summary>
    RateOfChange,

    /// <summary>Two instruments on one quantity disagree.</summary>
    Deviation,
}

/// <summary>Where a value comes from; travels with it to every screen and file.</summary>
[Flags]
public enum Origin : byte
{
    Measured = 0,
    Simulated = 1,
    Forced = 2,
}

/// <summary>One reading: value in the unit of its tag, how far to trust it, and when it was taken.</summary>
/// <param name="Value">In the unit of the tag's definition. Meaningless when <paramref name="Quality"/> is bad.</param>
/// <param name="At">Monotonic plant time at which the instrument was read.</param>
[StructLayout(LayoutKind.Auto)]    // 24 bytes instead of 32: an image of every tag is made in every scan
public readonly record struct Reading(double Value, Quality Quality, Reason Reason, TimeSpan At, Origin Origin = Origin.Measured)
{
    /// <summary>The state of every tag before the first exchange.</summary>
    public static readonly Reading Never = new(double.NaN, Quality.Bad, Reason.NeverRead, TimeSpan.MinValue);

    public bool IsGood => Quality == Quality.Good;

    public bool IsBad => Quality == Quality.Bad;

    public static Reading Good(double value, TimeSpan at, Origin origin = Origin.Measured) => new(value, Quality.Good, Reason.None, at, origin);

    public static Reading Bad(Reason reason, TimeSpan at, Origin origin = Origin.Measured) => new(double.NaN, Quality.Bad, reason, at, origin);
}
