using Crm.Instruments.Buses;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Instruments.Instruments;

/// <summary>A measured signal in the signal's own unit, and how far to trust it.</summary>
public readonly record struct SignalReading(double Value, Quality Quality, Reason Reason)
{
    public static SignalReading Good(double value) => new(value, Quality.Good, Reason.None);

    public static SignalReading Bad(Reason reason) => new(double.NaN, Quality.Bad, reason);

    /// <summary>The value, or a failure when the instrument's own number is none.</summary>
    public static SignalReading Of(double value) => double.IsFinite(value) ? Good(value) : Bad(Reason.DeviceFailure);

    public SignalReading Limited(SignalReading by) => by.Quality > Quality ? by with { Value = by.Quality == Quality.Bad ? double.NaN : Value } : this;
}

/// <summary>What an output does when the device's watchdog runs out; as said by the rig file's <c>fail</c>.</summary>
/// <param name="Signal">Index of the output signal in the instrument's kind.</param>
/// <param name="Value">In the signal's unit; ignored when <paramref name="Keep"/>.</param>
public readonly record struct FailState(int Signal, double Value, bool Keep);

/// <summary>
/// A driver: translates between registers and signals, and does nothing else. No input or output, no clock; memory only of what it was
/// shown (filters, alive counters). One object per device, on the bus thread.
/// </summary>
public abstract class Instrument
{
    public abstract InstrumentKind Kind { get; }

    /// <summary>First register of the identity block of such a device.</summary>
    public abstract ushort TypeCode { get; }

    /// <summary>Read in every exchange.</summary>
    public abstract RegisterBlock Measured { get; }

    /// <summary>Written in every exchange with a fresh plan, which feeds the device's watchdog; null for what only measures.</summary>
    public virtual RegisterBlock? Commanded => null;

    /// <summary>Watchdog time and fail values, programmed before the first command; null for what only measures.</summary>
    public virtual RegisterBlock? Guarded => null;

    /// <summary>Longest time the device holds a command that is not renewed (SAF-20).</summary>
    public TimeSpan Watchdog { get; protected init; }

    public int Signal(string name) => Kind.Signals.ToList().FindIndex(s => s.Name == name);

    /// <summary>Takes in the measured registers; <see cref="Read"/> then answers from them.</summary>
    /// <param name="now">Plant time at which they were read.</param>
    public virtual void Observe(ReadOnlySpan<ushort> measured, TimeSpan now)
    {
    }

    /// <summary>One measured signal of the registers last observed.</summary>
    public abstract SignalReading Read(int signal, ReadOnlySpan<ushort> measured);

    /// <summary>True when the device does not hold the guard it was given: it was without power, or another one.</summary>
    public virtual bool HasForgotten(ReadOnlySpan<ushort> measured) => false;

    /// <summary>Fills the guard block.</summary>
    public virtual void Guard(ReadOnlySpan<FailState> fail, Span<ushort> guard)
    {
    }

    /// <summary>Puts one output into the command block, which holds what the device was last known to have.</summary>
    public virtual void Command(int signal, double value, Span<ushort> command)
    {
    }

    /// <summary>Changes the command block so that the device's watchdog starts anew.</summary>
    public virtual void Feed(Span<ushort> command)
    {
    }

    protected static ushort Milliseconds(TimeSpan time) => (ushort)Math.Clamp(time.TotalMilliseconds, 0, ushort.MaxValue);

    /// <summary>A set value as a whole number of <paramref name="step"/>s; what is not a number is the lowest.</summary>
    protected static ushort Steps(double value, double step, ushort most) =>
        double.IsFinite(value) ? (ushort)Math.Clamp(Math.Round(value / step, MidpointRounding.AwayFromZero), 0, most) : (ushort)0;
}
