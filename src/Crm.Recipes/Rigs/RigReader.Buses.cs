using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Quantities;
using Crm.Plant.Rigs;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Rigs;

/// <summary>Buses with the instruments on them, checked against what this version can talk to.</summary>
internal sealed partial class RigReader
{
    /// <summary>Devices that outputs are bound to, and those that tags are bound to, as <c>bus.device</c>.</summary>
    private readonly SortedSet<string> driven = new(StringComparer.Ordinal), seen = new(StringComparer.Ordinal);

    private readonly SortedDictionary<string, YamlNode> devicesAt = new(StringComparer.Ordinal);

    private BusDefinition Known(BusDefinition bus, Fields fields, BusCatalogue known)
    {
        BusKind? kind = known.Buses.FirstOrDefault(k => k.Name == bus.Driver);
        if (kind is null)
        {
            if (fields.Find("driver") is { } node)
                findings.Add(node, DiagnosticCodes.RigDriver, $"there is no bus driver '{bus.Driver}'", Nearest.Suggest(bus.Driver, known.Buses.Select(k => k.Name)));
            return bus;
        }

        OptionsRead options = OptionReader.Read(fields, kind.Options, $"bus {bus.Name} ({kind.Name})", DiagnosticCodes.RigBusOption);
        ImmutableArray<DeviceDefinition> devices = kind.HasDevices ? Devices(bus.Name, kind, fields, known) : [];
        fields.Close(DiagnosticCodes.RigBusOption);
        return bus with { Settings = new OptionValues(options.Numbers, options.Words), Devices = devices };
    }

    private ImmutableArray<DeviceDefinition> Devices(string bus, BusKind kind, Fields fields, BusCatalogue known)
    {
        fields.Need("devices");
        var devices = ImmutableArray.CreateBuilder<DeviceDefinition>();
        SortedDictionary<double, string> taken = [];
        foreach (YamlEntry entry in fields.Named("devices"))
        {
            Name(entry.Key);
            devicesAt[bus + "." + entry.Key.Text] = entry.Key;
            if (Fields.Open(entry.Value, findings, $"device {entry.Key.Text}") is not { } device) continue;
            string instrument = device.Text("instrument");
            if (known.Instruments.FirstOrDefault(i => i.Name == instrument) is not { } made)
            {
                if (device.Find("instrument") is { } node)
                    findings.Add(node, DiagnosticCodes.RigInstrument, $"there is no instrument '{instrument}'", Nearest.Suggest(instrument, known.Instruments.Select(i => i.Name)));
                continue;
            }

            OptionsRead options = OptionReader.Read(
                device, [.. kind.DeviceOptions, .. made.Options], $"{instrument} {entry.Key.Text}", DiagnosticCodes.RigBusOption);
            device.Close(DiagnosticCodes.RigBusOption);
            devices.Add(new DeviceDefinition(entry.Key.Text, instrument, new OptionValues(options.Numbers, options.Words)));
            if (!options.Numbers.TryGetValue("address", out double address) || taken.TryAdd(address, entry.Key.Text)) continue;
            findings.Add(
                device.Find("address")!, DiagnosticCodes.RigDevice,
                $"{entry.Key.Text} has the address {address.ToString(CultureInfo.InvariantCulture)} of {taken[address]}", "each device on a line has an address of its own");
        }

        return devices.ToImmutable();
    }

    /// <summary>Checks that <c>device.signal</c> exists, goes the right way, and speaks in the unit of the tag or output.</summary>
    private void Bound(YamlNode? at, string busName, string address, Unit measure, double low, double high, bool isOutput)
    {
        if (catalogue is null || at is null || address.Length == 0 || buses.FirstOrDefault(b => b.Name == busName) is not { } bus) return;
        if (catalogue.Buses.FirstOrDefault(k => k.Name == bus.Driver) is not { HasDevices: true }) return;
        string[] parts = address.Split('.', 2);
        if (bus.Devices.FirstOrDefault(d => d.Name == parts[0]) is not { } device)
        {
            bool isUnread = devicesAt.ContainsKey(busName + "." + parts[0]);
            if (!isUnread) findings.Add(at, DiagnosticCodes.RigSignal, $"bus {busName} has no device '{parts[0]}'", Nearest.Suggest(parts[0], bus.Devices.Select(d => d.Name)));
            return;
        }

        (isOutput ? driven : seen).Add(busName + "." + device.Name);
        InstrumentKind kind = catalogue.Instruments.First(i => i.Name == device.Instrument);
        string[] offered = [.. kind.Signals.Where(s => s.IsOutput == isOutput).Select(s => s.Name)];
        string word = parts.Length > 1 ? parts[1] : "";
        if (kind.Signals.FirstOrDefault(s => s.Name == word && s.IsOutput == isOutput) is not { } signal)
        {
            findings.Add(
                at, DiagnosticCodes.RigSignal, $"{kind.Name} {device.Name} has no {(isOutput ? "output" : "measured signal")} '{word}'",
                offered.Length > 0 ? Nearest.Suggest(word, offered) : $"{kind.Name} only {(isOutput ? "measures" : "obeys")}");
            return;
        }

        Speaks(at, device, signal, measure, low, high);
    }

    private void Speaks(YamlNode at, DeviceDefinition device, SignalDefinition signal, Unit measure, double low, double high)
    {
        if (signal.Unit is null) return;
        Unit spoken = Units.Of(signal.Unit);
        if (!spoken.Matches(measure))
        {
            findings.Add(at, DiagnosticCodes.UnitMismatch, $"{device.Name}.{signal.Name} is in {spoken}, not in {measure}", $"expected a unit like {spoken}");
            return;
        }

        bool beyond = signal.IsOutput && (measure.To(spoken, low) < signal.Low || measure.To(spoken, high) > signal.High);
        if (beyond)
            findings.Add(at, DiagnosticCodes.RigSpan, $"the span goes beyond what {device.Name} can do", "expected " + Values.Bounds(signal.Low, signal.High, spoken));
    }

    /// <summary>A device that is driven and not looked at could be lost without anyone noticing.</summary>
    private void NoneIsBlind()
    {
        foreach (string device in driven.Except(seen, StringComparer.Ordinal))
            findings.Add(
                devicesAt[device], DiagnosticCodes.RigDevice, $"{device} is driven and no tag reads it: its loss would not be seen",
                "bind a tag to one of its measured signals, and a trip to that tag");
    }
}
