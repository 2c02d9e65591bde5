using System.Collections.Immutable;
using Crm.Plant.Twins;

namespace Crm.Plant.Rigs;

/// <summary>What buses and instruments this version can talk to; the host hands it to the reader of rig files.</summary>
public sealed record BusCatalogue(ImmutableArray<BusKind> Buses, ImmutableArray<InstrumentKind> Instruments);

/// <summary>A bus driver that a rig file may name.</summary>
/// <param name="HasDevices">True when its addresses are <c>device.signal</c>; false when they are the driver's own business (the twin's).</param>
/// <param name="DeviceOptions">What every device on such a bus states: its address, its deadline.</param>
public sealed record BusKind(
    string Name,
    string Summary,
    bool HasDevices,
    ImmutableArray<OptionDefinition> Options,
    ImmutableArray<OptionDefinition> DeviceOptions);

/// <summary>An instrument with its signals and options.</summary>
public sealed record InstrumentKind(
    string Name, string Summary, ImmutableArray<OptionDefinition> Options, ImmutableArray<SignalDefinition> Signals);

/// <summary>A value that an instrument measures or obeys.</summary>
/// <param name="Unit">
/// Unit the instrument speaks in; null for a current loop, whose 4 and 20 mA are the two ends of the tag's own span in its own unit.
/// </param>
/// <param name="Low">Lowest value it can take, in <paramref name="Unit"/>.</param>
/// <param name="High">Highest value it can take.</param>
/// <param name="IsOutput">True for a set value, which an output binds to; false for a measured one, which a tag binds to.</param>
public sealed record SignalDefinition(string Name, string? Unit, double Low, double High, bool IsOutput, string Meaning);

/// <summary>Option values as checked against the catalogue: numbers in the option's unit, words as written. What was not written is absent.</summary>
public sealed record OptionValues(ImmutableSortedDictionary<string, double> Numbers, ImmutableSortedDictionary<string, string> Words)
{
    public static readonly OptionValues None = new(
        ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal), ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    public double Number(string name, double otherwise) => Numbers.GetValueOrDefault(name, otherwise);

    public string Word(string name, string otherwise) => Words.GetValueOrDefault(name, otherwise);
}

/// <summary>One instrument on a bus.</summary>
/// <param name="Name">As in tag addresses: <c>field.acid_drive.speed</c> is signal <c>speed</c> of device <c>acid_drive</c>.</param>
/// <param name="Instrument">Name of its kind in the catalogue.</param>
public sealed record DeviceDefinition(string Name, string Instrument, OptionValues Settings);
