using System.Collections.Immutable;
using Crm.Plant.Outputs;
using Crm.Plant.Ports;
using Crm.Plant.Tags;

namespace Crm.Instruments.Buses;

/// <summary>
/// A Modbus line with its devices as a bus of the rig. Waits for answers, so it belongs on a thread of its own. A device that fails costs
/// the others one deadline per exchange, whatever the number of failing ones.
/// </summary>
public sealed class ModbusBus : IBus, IDisposable
{
    /// <summary>Requests in a row without any answer after which the connection itself is doubted and opened anew.</summary>
    private const int SilentRequests = 6;

    private static readonly TimeSpan firstBackOff = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan longestBackOff = TimeSpan.FromSeconds(10);

    private readonly IModbusLine line;
    private readonly Func<TimeSpan> clock;
    private TimeSpan openAt = TimeSpan.MinValue;
    private TimeSpan backOff = TimeSpan.Zero;
    private ModbusFault lost;
    private int nextFailing, silent;

    /// <param name="place">Port or host, as people know it.</param>
    /// <param name="clock">Monotonic plant time; the scan's own.</param>
    public ModbusBus(string name, string place, IModbusLine line, ImmutableArray<DeviceLink> devices, Func<TimeSpan> clock)
    {
        (Name, Place, this.line, Devices, this.clock) = (name, place, line, devices, clock);
    }

    public string Name { get; }

    public string Place { get; }

    public ImmutableArray<DeviceLink> Devices { get; }

    /// <summary>Times the port was opened or the connection made.</summary>
    public long Openings { get; private set; }

    public void Exchange(OutputPlan plan, Span<Reading> readings) => Round(plan, readings);

    /// <summary>Reads the tags and writes nothing, so that no device is fed or moved.</summary>
    /// <exception cref="BusFaultException">The port cannot be opened or was lost.</exception>
    public void Look(Span<Reading> readings) => Round(null, readings);

    public void Dispose() => line.Dispose();

    private void Round(OutputPlan? plan, Span<Reading> readings)
    {
        if (!line.IsOpen) Open();
        DeviceLink? failing = NextFailing();
        foreach (DeviceLink device in Devices)
        {
            if (!device.IsFailing) Turn(device, plan, readings);
        }

        if (failing is not null) Turn(failing, plan, readings);
        if (!line.IsOpen) throw Lost();
        if (silent >= SilentRequests) CloseSilent();
    }

    private void Turn(DeviceLink device, OutputPlan? plan, Span<Reading> readings)
    {
        if (!line.IsOpen) return;
        device.Turn(line, plan, clock, readings);
        silent = device.LastFault.Kind == FaultKind.NoAnswer ? silent + 1 : 0;
        if (device.LastFault.Kind == FaultKind.PortLost) lost = device.LastFault;
    }

    /// <summary>The failing device whose turn it is; one per exchange.</summary>
    private DeviceLink? NextFailing()
    {
        TimeSpan now = clock();
        for (int i = 0; i < Devices.Length; i++)
        {
            DeviceLink device = Devices[(nextFailing + i) % Devices.Length];
            if (!device.IsFailing || !device.IsDue(now)) continue;
            nextFailing = (nextFailing + i + 1) % Devices.Length;
            return device;
        }

        return null;
    }

    private void Open()
    {
        if (clock() < openAt) throw Lost();
        lost = line.Open();
        if (!lost.IsNone)
        {
            backOff = backOff == TimeSpan.Zero ? firstBackOff : backOff * 2;
            if (backOff > longestBackOff) backOff = longestBackOff;
            openAt = clock() + backOff;
            throw Lost();
        }

        (backOff, openAt, silent) = (TimeSpan.Zero, TimeSpan.MinValue, 0);
        Openings++;
        foreach (DeviceLink device in Devices) device.StartOver();
    }

    /// <summary>Nobody answers: an adapter pulled out or a connection that is half open looks just so.</summary>
    private void CloseSilent()
    {
        line.Close();
        silent = 0;
    }

    private BusFaultException Lost() => new($"bus {Name} at {Place}: {lost}");
}
