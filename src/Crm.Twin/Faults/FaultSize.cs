using System.Collections.Immutable;
using System.Globalization;

namespace Crm.Twin.Faults;

/// <summary>A fault that has a size: <c>leach.ph:drift=0.05</c>.</summary>
/// <param name="Low">Smallest size, inclusive.</param>
/// <param name="Sound">Size at which nothing is wrong; not a number where there is none between sound and broken.</param>
/// <param name="Meaning">What the number is, for messages and for docs/command-line.md.</param>
internal sealed record FaultSize(string Word, FaultKind Kind, double Low, double High, double Example, string Meaning, double Sound = 0)
{
    public static readonly ImmutableArray<FaultSize> OfTags =
    [
        new("offset", FaultKind.TagOffset, -1e6, 1e6, 0.5, "added to the reading, in the tag's unit"),
        new("drift", FaultKind.TagDrift, -1e6, 1e6, 0.05, "the tag's unit per hour"),
        new("gain", FaultKind.TagGain, 0, 100, 0.9, "factor on the reading", 1),
        new("slope", FaultKind.TagSlope, 0, 2, 0.85, "factor on the distance from pH 7, an aged electrode", 1),
        new("alkaline", FaultKind.TagAlkaline, 8, 15, 12.5, "pH above which alkali ions hold the glass", 15),
        new("acid", FaultKind.TagAcid, 0, 1, 0.2, "reads high by this much per pH below 1"),
        new("noise", FaultKind.TagNoise, 0, 1e6, 0.1, "standard deviation added, in the tag's unit"),
        new("slow", FaultKind.TagSlow, 0, 1e5, 120, "lag added by a coating, in seconds"),
        new("spike", FaultKind.TagSpike, 0, 1e6, 2, "one reading in a hundred is off by this much"),
        new("dropout", FaultKind.TagDropout, 0, 1, 0.1, "share of readings that do not come"),
    ];

    public static readonly ImmutableArray<FaultSize> OfOutputs =
    [
        new("wear", FaultKind.OutputWear, 0, 1, 0.8, "factor on what the device delivers", 1),
        new("stiction", FaultKind.OutputStiction, 0, 1, 0.05, "share of the range below which it does not move"),
        new("leak", FaultKind.OutputLeak, 0, 1, 0.02, "share of full that always passes"),
        new("backlash", FaultKind.OutputBacklash, 0, 1, 0.04, "share of the range that it must be driven back before it follows"),
        new("spill", FaultKind.OutputSpill, 0, 1, 0.5, "share of what a pump gives that goes beside, into the bund: its hose is off or burst"),
        new("air", FaultKind.OutputAir, 0, 1, 0.4, "share of the time in which air is in the line and nothing comes"),
    ];

    private static readonly ImmutableArray<FaultSize> OfExtraction =
    [
        new("crud", FaultKind.UnitCrud, 0, 500, 30, "crud layer that has formed, in mm"),
        new("third-phase", FaultKind.UnitThirdPhase, 0, 1, 0.3, "share of the loaded organic that falls out of its diluent"),
        new("organic-leak", FaultKind.UnitOrganicLeak, 0, 100, 2, "litres of organic an hour into the bund"),
        new("jackleg", FaultKind.UnitJackleg, 0, 1, 1, "share of the heavy overflow that is blocked"),
        new("inversion", FaultKind.UnitInversion, 1, 1, 1, "1: the mixers flip to the other continuous phase", double.NaN),
    ];

    private static readonly FaultSize Blocked = new("blocked", FaultKind.UnitBlocked, 1, 1e4, 20, "factor on the flow resistance of bed, cake or channel", 1);

    private static readonly FaultSize Cracked = new("cracked", FaultKind.UnitCracked, 0, 1, 0.2, "share of the cake's area that cracks leave open to the wash");

    private static readonly FaultSize Scaled = new("scaled", FaultKind.UnitScaled, 1, 1e3, 3, "factor on the heat resistance between jacket and contents", 1);

    public static readonly FaultSize OfPower = new("cut", FaultKind.PowerCut, 0.1, 1e6, 60, "seconds without mains: devices and instruments are dead, the controller is not", double.NaN);

    private static readonly ImmutableArray<FaultSize> OfMembranes =
    [
        Blocked,
        new("fouled", FaultKind.UnitFouled, 0, 1, 0.9, "share of the membrane's permeability lost"),
        new("torn", FaultKind.UnitTorn, 0, 1, 0.1, "share of the feed that a torn membrane lets through"),
    ];

    private static readonly ImmutableArray<FaultSize> OfStacks =
    [
        new("fouled", FaultKind.UnitFouled, 0, 1, 0.6, "share of the membranes' conductance lost"),
        new("torn", FaultKind.UnitTorn, 0, 1, 0.1, "share of a bipolar membrane that lets acid and base through to each other"),
    ];

    /// <summary>Troubles of the equipment of one class of unit.</summary>
    public static ImmutableArray<FaultSize> OfUnits(string unitClass) => unitClass switch
    {
        "extraction" => OfExtraction,
        "reverse-osmosis" => OfMembranes,
        "electrodialysis" => OfStacks,
        "ion-exchange" => [Blocked],
        "filter" => [Blocked, Cracked],
        "reactor" or "leach-reactor" or "evaporator" or "crystalliser" or "vessel" => [Scaled],
        _ => [],
    };

    private static readonly ImmutableArray<string> OfElectrodes = ["slope", "alkaline", "acid"];

    public bool Grows => !double.IsNaN(Sound);

    /// <summary>pH electrodes have troubles of their own.</summary>
    public bool Suits(string tag) => !OfElectrodes.Contains(Word) || tag.EndsWith(".ph", StringComparison.Ordinal);

    /// <summary>The size, or null when it is not a number within the bounds.</summary>
    public double? Read(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= Low && number <= High ? number : null;

    public string Sample(string place) => string.Create(CultureInfo.InvariantCulture, $"{place}:{Word}={Example}");

    public string Bounds => string.Create(CultureInfo.InvariantCulture, $"a number from {Low:G6} to {High:G6}, {Meaning}");
}
