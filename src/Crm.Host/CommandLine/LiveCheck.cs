using System.Diagnostics;
using System.Globalization;
using Crm.Instruments.Buses;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Host.CommandLine;

/// <summary><c>crm rig check --live</c>: asks every instrument of a rig who it is and what it reads. Writes nothing, so nothing moves and no watchdog is fed.</summary>
public static class LiveCheck
{
    /// <param name="at">Other places for buses than the rig file's, by bus.</param>
    /// <returns>True when every device was reached and no tag is bad.</returns>
    /// <exception cref="UsageException">A bus or place in <paramref name="at"/> is none, or libmodbus is missing.</exception>
    public static bool Run(RigDefinition rig, IReadOnlyDictionary<string, string> at, TextWriter output)
    {
        if (at.Keys.FirstOrDefault(name => rig.Buses.All(b => b.Name != name)) is { } unknown)
            throw new UsageException($"--at {unknown}: the rig has no such bus; it has {string.Join(", ", rig.Buses.Select(b => b.Name))}");
        bool good = rig.Buses.Any(BusBuilder.IsReal);
        foreach (BusDefinition bus in rig.Buses)
        {
            if (BusBuilder.IsReal(bus)) good &= Look(rig, bus, at.GetValueOrDefault(bus.Name), output);
            else output.WriteLine($"bus {bus.Name} ({bus.Driver}): simulated only, nothing to ask");
        }

        output.WriteLine("Nothing was written to any device.");
        return good;
    }

    private static bool Look(RigDefinition rig, BusDefinition definition, string? at, TextWriter output)
    {
        using ModbusBus bus = Open(rig, definition, at);
        output.WriteLine($"bus {definition.Name} ({definition.Driver} at {bus.Place})");
        var readings = new Reading[rig.Tags.Length];
        Array.Fill(readings, Reading.Never);
        try
        {
            // A device that fails is asked again in a later look, one device a look, so that many bad ones need many looks.
            int looks = bus.Devices.Length * (DeviceLink.Retries + 1);
            for (int i = 0; i <= looks && (i == 0 || bus.Devices.Any(d => d.IsFailing && !d.IsLost)); i++) bus.Look(readings);
        }
        catch (BusFaultException lost)
        {
            output.WriteLine("  " + lost.Message);
            return false;
        }

        foreach (DeviceLink device in bus.Devices) Tell(rig, device, readings, output);
        return bus.Devices.All(d => !d.IsFailing && d.Tags.All(t => !readings[t.Tag].IsBad));
    }

    private static ModbusBus Open(RigDefinition rig, BusDefinition bus, string? at)
    {
        long begin = Stopwatch.GetTimestamp();
        try
        {
            return BusBuilder.Open(rig, bus, TimeProvider.System, () => Stopwatch.GetElapsedTime(begin), at);
        }
        catch (DllNotFoundException)
        {
            throw new UsageException("libmodbus is not installed: apt-get install libmodbus5");
        }
        catch (ArgumentException wrong)
        {
            throw new UsageException($"bus {bus.Name}: {wrong.Message}");
        }
    }

    private static void Tell(RigDefinition rig, DeviceLink device, Reading[] readings, TextWriter output)
    {
        string state = device.IsFailing ? device.LastFault.ToString() : "reachable, " + device.Identity;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {device.Name,-14} address {device.Unit,-3} {device.InstrumentName,-15} {state} ({device.Counters})"));
        foreach (TagBinding bound in device.Tags)
        {
            TagDefinition tag = rig.Tags[bound.Tag];
            Reading reading = readings[bound.Tag];
            string value = reading.IsBad ? "-" : Value(tag, reading.Value);
            string quality = reading.Quality == Quality.Good ? "good" : $"{reading.Quality.ToString().ToLowerInvariant()}: {reading.Reason.Words()}";
            output.WriteLine($"    {tag.Name,-34} {value,16}   {quality}");
        }
    }

    private static string Value(TagDefinition tag, double value) => tag.IsSwitch
        ? (value >= 0.5 ? "on" : "off")
        : value.ToString("F" + tag.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + " " + tag.Unit;
}
