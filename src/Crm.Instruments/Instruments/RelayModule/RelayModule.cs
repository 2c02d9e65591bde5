using System.Collections.Immutable;
using Crm.Instruments.Buses;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Instruments.Instruments;

/// <summary>Eight relays, eight contact inputs and a watchdog; register map in the README beside this file.</summary>
public sealed class RelayModule : Instrument
{
    public const ushort Type = 0x524D;
    private const int Channels = 8;

    private enum Slot { Status, Relays, Watchdog, Contacts, Health }

    private const ushort WatchdogTripped = 4;

    public static readonly InstrumentKind Description = new(
        "relay-module",
        "Relay output module with contact inputs and watchdog.",
        [CommonOptions.Watchdog],
        [
            .. Numbered("do", true, "relay coil"),
            .. Numbered("relay", false, "relay as it stands, read back"),
            .. Numbered("di", false, "contact input"),
            new("watchdog", "on/off", 0, 1, false, "watchdog has run out, fail values in force"),
        ]);

    public RelayModule(OptionValues options) => Watchdog = CommonOptions.WatchdogOf(options);

    public override InstrumentKind Kind => Description;

    public override ushort TypeCode => Type;

    public override RegisterBlock Measured => new(ModbusFunction.ReadHolding, 0x30, 5);

    public override RegisterBlock? Commanded => new RegisterBlock(ModbusFunction.ReadHolding, 0x20, 2);

    public override RegisterBlock? Guarded => new RegisterBlock(ModbusFunction.ReadHolding, 0x10, 3);

    public override SignalReading Read(int signal, ReadOnlySpan<ushort> measured)
    {
        int bit = signal % Channels;
        SignalReading value = (signal / Channels) switch
        {
            1 => Bit(measured[(int)Slot.Relays], 1 << bit),
            2 => Bit(measured[(int)Slot.Contacts], 1 << bit),
            3 => Bit(measured[(int)Slot.Status], WatchdogTripped),
            _ => SignalReading.Bad(Reason.DeviceFailure),
        };
        return value.Limited(HealthRegister.Limit(measured[(int)Slot.Health]));
    }

    public override bool HasForgotten(ReadOnlySpan<ushort> measured) => measured[(int)Slot.Watchdog] != Milliseconds(Watchdog);

    /// <summary>A relay that nothing is bound to falls off with the others.</summary>
    public override void Guard(ReadOnlySpan<FailState> fail, Span<ushort> guard)
    {
        (ushort moved, ushort values) = (0xFF, 0);
        foreach (FailState state in fail)
        {
            var bit = (ushort)(1 << (state.Signal % Channels));
            if (state.Keep) moved &= (ushort)~bit;
            else if (state.Value >= 0.5) values |= bit;
        }

        guard[0] = Milliseconds(Watchdog);
        guard[1] = moved;
        guard[2] = values;
    }

    public override void Command(int signal, double value, Span<ushort> command)
    {
        var bit = (ushort)(1 << (signal % Channels));
        command[0] = value >= 0.5 ? (ushort)(command[0] | bit) : (ushort)(command[0] & ~bit);
    }

    public override void Feed(Span<ushort> command) => command[1]++;

    private static SignalReading Bit(ushort word, int bit) => SignalReading.Good((word & bit) != 0 ? 1 : 0);

    private static IEnumerable<SignalDefinition> Numbered(string prefix, bool isOutput, string meaning) =>
        Enumerable.Range(1, Channels).Select(n => new SignalDefinition(FormattableString.Invariant($"{prefix}{n}"), "on/off", 0, 1, isOutput, meaning));
}
