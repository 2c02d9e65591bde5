using System.Collections.Immutable;

namespace Crm.Plant.Twins;

public enum OptionKind
{
    /// <summary>A quantity, converted to <see cref="OptionDefinition.Unit"/>.</summary>
    Number,

    /// <summary>A word: the name of a unit, a material, a choice.</summary>
    Name,

    /// <summary>A map from names to plain numbers.</summary>
    Map,

    /// <summary>A list of names in order.</summary>
    Names,
}

/// <summary>One option of an equipment model, bus or instrument, as its catalogue declares it and the reader checks it.</summary>
public sealed record OptionDefinition(string Name, OptionKind Kind, string Unit, double Low, double High, bool Required, string Meaning)
{
    /// <summary>Words a <see cref="OptionKind.Name"/> may be; empty: any.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];
}

/// <summary>An equipment model that a twin file may name.</summary>
/// <param name="Senses">Roles whose tags the model can measure: <c>temperature</c>, <c>ph</c>, …</param>
/// <param name="Obeys">Roles of outputs the model acts on: <c>agitator</c>, <c>heater</c>, …; a trailing <c>*</c> stands for any prefix-less name.</param>
public sealed record EquipmentKind(string Name, string Summary, ImmutableArray<OptionDefinition> Options, ImmutableArray<string> Senses, ImmutableArray<string> Obeys);

/// <summary>The equipment behind one unit: model and options in canonical units.</summary>
public sealed record EquipmentDefinition(
    string Unit,
    string Model,
    ImmutableSortedDictionary<string, double> Numbers,
    ImmutableSortedDictionary<string, string> Names,
    ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, double>> Maps,
    ImmutableSortedDictionary<string, ImmutableArray<string>> Lists,
    int Line);

/// <summary>A feed material of the twin: kg of each mineral per kg (the truth an assay only estimates).</summary>
public sealed record MaterialDefinition(string Name, ImmutableSortedDictionary<string, double> Minerals, string Source)
{
    /// <summary>Mass mean size of the crystals in it, um; null: usual.</summary>
    public double? Size { get; init; }
}

/// <summary>A sensor of the twin, by tag: departures from the defaults of its role.</summary>
/// <param name="Lag">First-order time constant, s.</param>
/// <param name="Noise">Standard deviation, tag units.</param>
/// <param name="Resolution">Quantisation step, tag units; 0 for none.</param>
public sealed record SensorDefinition(int Tag, double? Lag, double? Noise, double? Resolution);

/// <summary>A line that is long: what is pumped through it comes out behind what stood in it.</summary>
/// <param name="Pump">Output that drives it.</param>
/// <param name="Holdup">L.</param>
public sealed record PipeDefinition(int Pump, double Holdup);

/// <summary>A number that a run has otherwise than the twin file writes it.</summary>
/// <param name="Name">Address or uncertain parameter.</param>
/// <param name="Value">As asked: <c>200 W/K</c>, <c>× 0.78</c>.</param>
/// <param name="By">Who says so: <c>--twin</c>, or the source of a fitted file.</param>
public sealed record TwinChange(string Name, string Value, string By);

/// <summary>A twin file, read and checked.</summary>
/// <param name="ContentHash">SHA-256 of the twin file's bytes, lower-case hex.</param>
public sealed record TwinDefinition(
    string Rig,
    string ContentHash,
    ImmutableArray<EquipmentDefinition> Equipment,
    ImmutableArray<MaterialDefinition> Materials,
    ImmutableArray<SensorDefinition> Sensors,
    ImmutableSortedDictionary<string, double> Ambient)
{
    /// <summary>What of it is not well known, in the order of the file.</summary>
    public ImmutableArray<UncertainParameter> Uncertain { get; init; } = [];

    /// <summary>Lines that are long, by their pumps; every other line holds nothing.</summary>
    public ImmutableArray<PipeDefinition> Pipes { get; init; } = [];

    /// <summary>Where it departs from the file whose hash it carries, in the order of the changes.</summary>
    public ImmutableArray<TwinChange> Changes { get; init; } = [];
}
