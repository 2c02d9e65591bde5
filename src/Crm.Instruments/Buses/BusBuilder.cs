using System.Collections.Immutable;
using Crm.Instruments.Instruments;
using Crm.Plant.Outputs;
using Crm.Plant.Quantities;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Instruments.Buses;

/// <summary>Makes the bus of a rig file that was checked against <see cref="InstrumentCatalogue"/>.</summary>
public static class BusBuilder
{
    private const double DefaultDeadline = 250;

    /// <summary>True when the bus is one that drivers here talk to; the twin's are not.</summary>
    public static bool IsReal(BusDefinition bus) => bus.Driver is InstrumentCatalogue.ModbusTcp or InstrumentCatalogue.ModbusRtu;

    /// <param name="clock">Monotonic plant time; the scan's own.</param>
    /// <param name="at">Another place than the rig file's: <c>host:port</c> or a serial device.</param>
    /// <exception cref="ArgumentException">The place is none, or the bus was not checked.</exception>
    /// <exception cref="DllNotFoundException">libmodbus is not installed.</exception>
    public static ModbusBus Open(RigDefinition rig, BusDefinition bus, TimeProvider time, Func<TimeSpan> clock, string? at = null)
    {
        string place = at ?? Place(bus);
        return new ModbusBus(bus.Name, place, Line(bus, place, time), Devices(rig, bus), clock);
    }

    /// <summary>The devices of a bus with what the rig binds to them; for a line of one's own.</summary>
    public static ImmutableArray<DeviceLink> Devices(RigDefinition rig, BusDefinition bus) => [.. bus.Devices.Select(d => Device(rig, bus, d))];

    private static string Place(BusDefinition bus) => bus.Driver == InstrumentCatalogue.ModbusTcp
        ? FormattableString.Invariant($"{bus.Settings.Word("host", "")}:{bus.Settings.Number("port", 502)}")
        : bus.Settings.Word("device", "");

    private static LibModbusLine Line(BusDefinition bus, string place, TimeProvider time)
    {
        if (bus.Driver != InstrumentCatalogue.ModbusTcp)
        {
            char parity = bus.Settings.Word("parity", "even") switch { "none" => 'N', "odd" => 'O', _ => 'E' };
            return LibModbusLine.Serial(place, (int)bus.Settings.Number("speed", 19200), parity, (int)bus.Settings.Number("stop_bits", 1), time);
        }

        int colon = place.LastIndexOf(':');
        bool hasPort = int.TryParse(place.AsSpan(colon + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int port);
        if (colon < 1 || !hasPort || port is < 1 or > 65535) throw new ArgumentException($"'{place}' is not host:port");
        return LibModbusLine.Tcp(place[..colon], port, time);
    }

    private static DeviceLink Device(RigDefinition rig, BusDefinition bus, DeviceDefinition device)
    {
        Instrument instrument = InstrumentCatalogue.Create(device);
        OutputDefinition[] outputs = [.. rig.Outputs.Where(o => o.Bus == bus.Name && IsOn(device, o.Address))];
        return new DeviceLink(
            device.Name,
            (byte)device.Settings.Number("address", 1),
            TimeSpan.FromMilliseconds(device.Settings.Number("deadline", DefaultDeadline)),
            instrument,
            [.. rig.Tags.Where(t => t.Bus == bus.Name && IsOn(device, t.Address)).Select(t => Bind(instrument, device, t))],
            [.. outputs.Select(o => new OutputBinding(o.Ordinal, Signal(instrument, device, o.Address), Factor(o.Unit, Of(instrument, device, o.Address).Unit)))],
            [.. outputs.Select(o => new FailState(
                Signal(instrument, device, o.Address), o.Fail.Value.Value * Factor(o.Unit, Of(instrument, device, o.Address).Unit), o.Fail.Value.Keep))]);
    }

    private static TagBinding Bind(Instrument instrument, DeviceDefinition device, TagDefinition tag)
    {
        int signal = Signal(instrument, device, tag.Address);
        return instrument.Kind.Signals[signal].Unit is { } unit
            ? new TagBinding(tag.Ordinal, signal, Factor(unit, tag.Unit), 0, tag.Low, tag.High)
            : new TagBinding(tag.Ordinal, signal, tag.High - tag.Low, tag.Low, double.NegativeInfinity, double.PositiveInfinity);
    }

    private static bool IsOn(DeviceDefinition device, string address) => address.StartsWith(device.Name + ".", StringComparison.Ordinal);

    private static SignalDefinition Of(Instrument instrument, DeviceDefinition device, string address) => instrument.Kind.Signals[Signal(instrument, device, address)];

    private static int Signal(Instrument instrument, DeviceDefinition device, string address)
    {
        int signal = instrument.Signal(address[(device.Name.Length + 1)..]);
        return signal >= 0 ? signal : throw new ArgumentException($"{instrument.Kind.Name} has no signal for '{address}'");
    }

    private static double Factor(string? from, string? to) => from is null || to is null ? 1 : Units.Of(from).To(Units.Of(to), 1);
}
