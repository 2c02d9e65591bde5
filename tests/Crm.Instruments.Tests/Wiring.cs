using System.Collections.Immutable;
using Crm.Instruments.Buses;
using Crm.Instruments.Instruments;
using Crm.Plant.Outputs;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Instruments.Tests;

/// <summary>Pump at address 1, pH transmitter at 2, relays at 3, and their tags and outputs; time is what the test says.</summary>
internal sealed class Wiring
{
    public const int Speed = 0, Running = 1, WatchdogOut = 2, Ph = 3, Temperature = 4, Relay1 = 5, Relay2 = 6;
    public const int Pump = 0, Heater = 1, Valve = 2;

    private long scan;

    /// <param name="hasty">Address of the device with the deadline <paramref name="soon"/>; the others have <paramref name="deadline"/>.</param>
    public Wiring(Func<Wiring, IModbusLine> line, TimeSpan deadline, int hasty = 0, TimeSpan soon = default)
    {
        TimeSpan Of(int address) => address == hasty ? soon : deadline;
        Line = line(this);
        Bus = new ModbusBus("field", "bench", Line, [PumpLink(Of(1)), PhLink(Of(2)), RelayLink(Of(3))], () => Now);
        Array.Fill(Readings, Reading.Never);
    }

    public IModbusLine Line { get; }

    public ModbusBus Bus { get; }

    public TimeSpan Now { get; set; } = TimeSpan.FromSeconds(1);

    public Reading[] Readings { get; } = new Reading[7];

    /// <summary>pump %, heater, valve.</summary>
    public double[] Values { get; } = [0, 0, 0];

    /// <summary>A scan later: a fresh plan, exchanged.</summary>
    public void Scan(int times = 1)
    {
        for (int i = 0; i < times; i++)
        {
            Now += TimeSpan.FromMilliseconds(100);
            scan++;
            Exchange(Now + TimeSpan.FromMilliseconds(500));
        }
    }

    /// <summary>Scans, and goes on until it is so: for what takes a device back, whose back-off is the bus's affair and whose speed is the machine's.</summary>
    public void ScanUntil(Func<bool> isSo)
    {
        for (int i = 0; i < 100 && (i == 0 || !isSo()); i++)
        {
            Now += TimeSpan.FromSeconds(11);
            Scan();
        }

        Assert.True(isSo(), string.Join("; ", Bus.Devices.Select(d => $"{d.Name}: {d.LastFault}, {d.Counters}")));
    }

    public void Exchange(TimeSpan validUntil) => Bus.Exchange(new OutputPlan(scan, Now, validUntil, [.. Values]), Readings);

    public DeviceLink Device(int index) => Bus.Devices[index];

    private static DeviceLink PumpLink(TimeSpan deadline)
    {
        var pump = new DosingPump(OptionValues.None);
        return new DeviceLink(
            "pump", 1, deadline, pump,
            [Tag(Speed, pump, "speed", 0, 100), Tag(Running, pump, "running", 0, 1), Tag(WatchdogOut, pump, "watchdog", 0, 1)],
            [new OutputBinding(Pump, pump.Signal("setpoint"), 1)],
            [new FailState(pump.Signal("setpoint"), 0, false)]);
    }

    private static DeviceLink PhLink(TimeSpan deadline)
    {
        var ph = new PhTransmitter(OptionValues.None);
        return new DeviceLink("ph1", 2, deadline, ph, [Tag(Ph, ph, "ph", 0, 14), Tag(Temperature, ph, "temperature", 0, 100)], [], []);
    }

    private static DeviceLink RelayLink(TimeSpan deadline)
    {
        var relays = new RelayModule(OptionValues.None);
        return new DeviceLink(
            "relays", 3, deadline, relays,
            [Tag(Relay1, relays, "relay1", 0, 1), Tag(Relay2, relays, "relay2", 0, 1)],
            [new OutputBinding(Heater, relays.Signal("do1"), 1), new OutputBinding(Valve, relays.Signal("do2"), 1)],
            [new FailState(relays.Signal("do1"), 0, false), new FailState(relays.Signal("do2"), 0, true)]);
    }

    private static TagBinding Tag(int tag, Instrument instrument, string signal, double low, double high) => new(tag, instrument.Signal(signal), 1, 0, low, high);
}
