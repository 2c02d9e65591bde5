using System.Collections.Immutable;
using System.Globalization;
using Crm.Instruments.Instruments;
using Crm.Plant.Outputs;
using Crm.Plant.Tags;

namespace Crm.Instruments.Buses;

/// <summary>Tag and the signal it reads: value in tag units = signal * <paramref name="Scale"/> + <paramref name="Offset"/>, held to the tag's span.</summary>
public readonly record struct TagBinding(int Tag, int Signal, double Scale, double Offset, double Low, double High);

/// <summary>Output and the signal it drives: signal = value * <paramref name="Scale"/>.</summary>
public readonly record struct OutputBinding(int Output, int Signal, double Scale);

/// <summary>
/// One device on a line: what is known of it, its retries, its back-off (REL-14). An exchange costs a device that does not answer one
/// deadline at most. After any fault the device first names itself: that request has a shape of its own, so an answer to the request
/// before, come late, cannot pass for fresh; and a write of unknown outcome is read back before anything is written again.
/// </summary>
public sealed class DeviceLink
{
    /// <summary>Identity block of every device here, as input registers: type, map version, firmware, serial number.</summary>
    public static readonly RegisterBlock IdentityBlock = new(ModbusFunction.ReadInput, 0, 5);

    public const ushort MapVersion = 1;

    /// <summary>Attempts after the first before the device counts as lost.</summary>
    public const int Retries = 2;

    private static readonly TimeSpan firstBackOff = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan longestBackOff = TimeSpan.FromSeconds(10);

    private readonly byte unit;
    private readonly TimeSpan deadline;
    private readonly Instrument instrument;
    private readonly ImmutableArray<TagBinding> tags;
    private readonly ImmutableArray<OutputBinding> outputs;
    private readonly ImmutableArray<FailState> fail;
    private readonly ushort[] measured, identity = new ushort[IdentityBlock.Count];
    private readonly ushort[] command, asked, guard;
    private bool isSynchronous, isGuarded, isCommandKnown, isWriteOpen;
    private long fed = -1;
    private int failures;
    private TimeSpan retryAt = TimeSpan.MinValue;

    public DeviceLink(
        string name, byte unit, TimeSpan deadline, Instrument instrument,
        ImmutableArray<TagBinding> tags, ImmutableArray<OutputBinding> outputs, ImmutableArray<FailState> fail)
    {
        (Name, this.unit, this.deadline, this.instrument, this.tags, this.outputs, this.fail) = (name, unit, deadline, instrument, tags, outputs, fail);
        measured = new ushort[instrument.Measured.Count];
        command = new ushort[instrument.Commanded?.Count ?? 0];
        asked = new ushort[command.Length];
        guard = new ushort[instrument.Guarded?.Count ?? 0];
    }

    public string Name { get; }

    public string InstrumentName => instrument.Kind.Name;

    public byte Unit => unit;

    public ImmutableArray<TagBinding> Tags => tags;

    public DeviceCounters Counters { get; } = new();

    /// <summary>The fault of the last attempt.</summary>
    public ModbusFault LastFault { get; private set; }

    public bool IsFailing => failures > 0;

    /// <summary>True when the retries are used up and its tags are bad.</summary>
    public bool IsLost => failures > Retries;

    /// <summary>True when the device named itself at least once.</summary>
    public bool IsIdentified { get; private set; }

    /// <summary>What the device calls itself.</summary>
    public string Identity => IsIdentified
        ? string.Create(CultureInfo.InvariantCulture, $"firmware {identity[2] >> 8}.{identity[2] & 0xFF}, serial {((uint)identity[3] << 16) | identity[4]}")
        : "";

    public bool IsDue(TimeSpan now) => now >= retryAt;

    /// <summary>The line was opened anew: whoever is there now names itself and is guarded anew.</summary>
    public void StartOver() => (isSynchronous, isGuarded, isCommandKnown) = (false, false, false);

    /// <summary>One attempt. With a plan: guard, drive, measure; without: measure only, nothing is written.</summary>
    /// <param name="readings">By tag ordinal. A failed attempt leaves them alone while retries are left: they keep their own, older time.</param>
    public void Turn(IModbusLine line, OutputPlan? plan, Func<TimeSpan> clock, Span<Reading> readings)
    {
        ModbusFault fault = isSynchronous ? ModbusFault.None : NameItself(line);
        if (fault.IsNone && plan is not null && !outputs.IsEmpty) fault = Drive(line, plan, clock);
        if (fault.IsNone) fault = Measure(line, clock, readings);
        if (fault.IsNone && plan is not null && !outputs.IsEmpty && instrument.HasForgotten(measured))
        {
            isGuarded = isCommandKnown = false;
            fault = WriteGuard(line);
        }

        Judge(fault, clock(), readings);
    }

    private ModbusFault NameItself(IModbusLine line)
    {
        ModbusFault fault = Ask(line, ModbusRequest.Read(unit, IdentityBlock), identity);
        if (!fault.IsNone) return fault;
        if (identity[0] != instrument.TypeCode || identity[1] != MapVersion)
        {
            Counters.CountRefused(FaultKind.WrongDevice);
            return new ModbusFault(FaultKind.WrongDevice, identity[0]);
        }

        isSynchronous = IsIdentified = true;
        return fault;
    }

    private ModbusFault Drive(IModbusLine line, OutputPlan plan, Func<TimeSpan> clock)
    {
        ModbusFault fault = isGuarded ? ModbusFault.None : WriteGuard(line);
        if (fault.IsNone && !isCommandKnown) fault = ReadBack(line);
        if (!fault.IsNone || plan.Scan <= fed) return fault;
        if (clock() <= plan.ValidUntil) return Write(line, plan);
        Counters.PlansExpired++;
        return fault;
    }

    private ModbusFault WriteGuard(IModbusLine line)
    {
        instrument.Guard(fail.AsSpan(), guard);
        ModbusFault fault = Ask(line, ModbusRequest.Write(unit, instrument.Guarded!.Value, guard), default);
        isGuarded = fault.IsNone;
        if (isGuarded) Counters.Guarded++;
        return fault;
    }

    /// <summary>What the device really has, before anything new is written.</summary>
    private ModbusFault ReadBack(IModbusLine line)
    {
        ModbusFault fault = Ask(line, ModbusRequest.Read(unit, instrument.Commanded!.Value), command);
        if (!fault.IsNone) return fault;
        isCommandKnown = true;
        if (!isWriteOpen) return fault;
        isWriteOpen = false;
        if (command.AsSpan().SequenceEqual(asked)) Counters.WritesFoundDone++;
        else Counters.WritesFoundLost++;
        return fault;
    }

    /// <summary>A plan is written once; it feeds the device's watchdog by being new (SAF-20).</summary>
    private ModbusFault Write(IModbusLine line, OutputPlan plan)
    {
        command.CopyTo(asked.AsSpan());
        foreach (OutputBinding output in outputs)
        {
            double value = plan.Values[output.Output];
            if (!double.IsNaN(value)) instrument.Command(output.Signal, value * output.Scale, asked);
        }

        instrument.Feed(asked);
        fed = plan.Scan;
        ModbusFault fault = Ask(line, ModbusRequest.Write(unit, instrument.Commanded!.Value, asked), default);
        if (fault.IsNone)
        {
            asked.CopyTo(command.AsSpan());
            Counters.Feeds++;
        }
        else if (fault.LeavesOutcomeUnknown)
        {
            isCommandKnown = false;
            isWriteOpen = true;
            Counters.WritesUnknown++;
        }

        return fault;
    }

    private ModbusFault Measure(IModbusLine line, Func<TimeSpan> clock, Span<Reading> readings)
    {
        TimeSpan at = clock();
        ModbusFault fault = Ask(line, ModbusRequest.Read(unit, instrument.Measured), measured);
        if (!fault.IsNone) return fault;
        instrument.Observe(measured, at);
        foreach (TagBinding tag in tags) readings[tag.Tag] = Scaled(instrument.Read(tag.Signal, measured), tag, at);
        return fault;
    }

    private static Reading Scaled(SignalReading signal, TagBinding tag, TimeSpan at)
    {
        if (signal.Quality == Quality.Bad) return Reading.Bad(signal.Reason, at);
        double value = (signal.Value * tag.Scale) + tag.Offset;
        if (value < tag.Low || value > tag.High) return new Reading(Math.Clamp(value, tag.Low, tag.High), Quality.Uncertain, Reason.OutOfRange, at);
        return new Reading(value, signal.Quality, signal.Reason, at);
    }

    private ModbusFault Ask(IModbusLine line, ModbusRequest request, Span<ushort> registers)
    {
        ModbusFault fault = line.Transact(request, deadline, registers);
        Counters.Count(fault);
        return fault;
    }

    private void Judge(ModbusFault fault, TimeSpan now, Span<Reading> readings)
    {
        LastFault = fault;
        if (fault.IsNone)
        {
            (failures, retryAt) = (0, TimeSpan.MinValue);
            return;
        }

        isSynchronous = false;
        failures++;
        if (failures <= Retries) return;
        retryAt = now + BackOff(failures - Retries - 1);
        foreach (TagBinding tag in tags) readings[tag.Tag] = Reading.Bad(fault.Reason, now);
    }

    private static TimeSpan BackOff(int doublings)
    {
        TimeSpan wait = firstBackOff * Math.Pow(2, Math.Min(doublings, 10));
        return wait < longestBackOff ? wait : longestBackOff;
    }
}
