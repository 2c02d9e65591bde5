using System.Collections.Immutable;
using Crm.Plant.Alarms;
using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Permissions;
using Crm.Plant.Phases;
using Crm.Plant.Protection;
using Crm.Plant.Tags;

namespace Crm.Plant.Rigs;

/// <summary>A piece of equipment that one batch can own, with the names of its own tags, outputs and loops.</summary>
/// <param name="Name">As in recipes and in front of every tag: <c>leach</c>.</param>
/// <param name="Class">Equipment class: <c>leach-reactor</c>, <c>filter</c>, …; unit operations say which classes they run on.</param>
/// <param name="IsService">A plant service (scrubber, nitrogen, water loop): outside every batch; no batch command stops it.</param>
/// <param name="WorkingVolume">Litres; null where the unit holds no liquor.</param>
/// <param name="States">What each output does in the phase states other than running.</param>
public sealed record UnitDefinition(
    int Ordinal,
    string Name,
    string Label,
    string Class,
    bool IsService,
    double? GrossVolume,
    double? WorkingVolume,
    PhaseStateTable States,
    ImmutableArray<DosingLine> DosingLines)
{
    /// <summary>Units that are held with this one when an exception's scope says so: a slurry filter and what feeds it.</summary>
    public ImmutableArray<string> Coupled { get; init; } = [];

    /// <summary>Filters and columns: where the filtrate goes, by position of the divert valve; empty for other units.</summary>
    public ImmutableArray<string> Filtrate { get; init; } = [];

    /// <summary>Extraction trains: where raffinate and loaded strip liquor run to as product, the raffinate first; an electrodialysis: its acid and its base; empty for other units.</summary>
    public ImmutableArray<string> Outlets { get; init; } = [];

    /// <summary>Water that stands in the unit where no level looks, until it is taken out for the first time; null for none.</summary>
    public OpeningWater? Opening { get; init; }

    /// <summary>Services: tanks of one pool are one place when it is asked whose contents they hold; empty for none.</summary>
    public string Pool { get; init; } = "";

    /// <summary>Material that its contents touch, a word of <c>chemistry/construction-materials.csv</c>; empty: not told, and not judged.</summary>
    public string MadeOf { get; init; } = "";

    /// <summary>Shares of services that any phase on the unit takes while it runs, beside the flow of its line: vent gas, power.</summary>
    public ImmutableArray<Crm.Plant.Allocation.ResourceNeed> Draws { get; init; } = [];

    /// <summary>Services that only some operations draw on: heating power for those that heat. By service; one that is not in it is drawn on by all.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> DrawnBy { get; init; } = ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);

    /// <summary>What a phase on the unit takes of services while it runs.</summary>
    public IEnumerable<Crm.Plant.Allocation.ResourceNeed> DrawsOf(string operation) =>
        Draws.Where(d => !DrawnBy.TryGetValue(d.Resource, out ImmutableArray<string> only) || only.Contains(operation));

    /// <summary>How a stirred unit restarts after lost agitation or a long hold; null: like after any hold.</summary>
    public RestartRule? Restart { get; init; }
}

/// <summary>
/// RESTART after lost agitation, or after a hold longer than <paramref name="After"/>: the agitator is jogged, then mixes with the feeds locked;
/// a temperature that rises meanwhile is accumulated reagent reacting, and the unit is held again.
/// </summary>
/// <param name="Speed">rpm of the jog.</param>
/// <param name="Rise">K that the contents may warm while mixing.</param>
public sealed record RestartRule(TimeSpan After, TimeSpan Jog, double Speed, TimeSpan Mix, double Rise);

/// <summary>A reagent line into a unit: pump and the scale its drum stands on.</summary>
/// <param name="Pump">Output ordinal, percent of <paramref name="FullRate"/>.</param>
/// <param name="Scale">Tag ordinal of the drum scale, kg.</param>
/// <param name="FullRate">kg/h at 100 %.</param>
public sealed record DosingLine(string Reagent, int Pump, int Scale, double FullRate);

/// <summary>A pipe that liquor or slurry can take from one place to another.</summary>
/// <param name="Unit">Unit that owns the pump.</param>
/// <param name="Pump">Output ordinal, percent of <paramref name="FullRate"/>.</param>
/// <param name="FullRate">L/h at 100 %.</param>
public sealed record TransferLine(string Name, string From, string To, string Unit, int Pump, double FullRate);

/// <summary>A reagent that the rig can dose, with the strength it is bought at.</summary>
/// <param name="Species">Chemical species, <c>H2SO4</c>.</param>
/// <param name="MassFraction">kg of species per kg of reagent, 0 to 1.</param>
/// <param name="Density">kg/L at 20 degC.</param>
/// <param name="Stock">kg on the rig at the start of a batch.</param>
public sealed record ReagentDefinition(string Name, string Label, string Species, double MassFraction, double Density, double Stock, string Hazard);

/// <summary>
/// What a plant service does by itself, outside every batch: from the scan <paramref name="StartWhen"/> is true until
/// <paramref name="StopWhen"/> is true, the output is demanded at <paramref name="Value"/>, otherwise at <paramref name="Rest"/>.
/// </summary>
/// <param name="Unit">Service unit that makes the demand.</param>
/// <param name="Loop">Loop ordinal when the value is a setpoint, else -1.</param>
/// <param name="StopWhen">Null: the duty ends when <paramref name="StartWhen"/> ends.</param>
public sealed record DutyDefinition(
    string Unit,
    int Output,
    int Loop,
    double Value,
    double Rest,
    string Text,
    Crm.Plant.Expressions.Expression StartWhen,
    Crm.Plant.Expressions.Expression? StopWhen)
{
    /// <summary>
    /// Ends by itself after its output has been at <see cref="Value"/> for so long, and begins again only when <see cref="StartWhen"/> has been false
    /// since: a flush. Zero: lasts as long as its conditions.
    /// </summary>
    public TimeSpan For { get; init; }
}

/// <summary>A bus of the rig and its driver's options as written.</summary>
public sealed record BusDefinition(string Name, string Driver, ImmutableSortedDictionary<string, string> Options)
{
    /// <summary>Driver of a bus that is simulated only.</summary>
    public const string Simulated = "twin";

    /// <summary>The options checked against the catalogue of bus drivers; none where the reader was given no catalogue.</summary>
    public OptionValues Settings { get; init; } = OptionValues.None;

    public ImmutableArray<DeviceDefinition> Devices { get; init; } = [];
}

/// <summary>The whole rig, compiled once: names at the edges, ordinals inside (rule 3.9). Immutable.</summary>
/// <param name="ContentHash">SHA-256 of the rig file's bytes, lower-case hex.</param>
public sealed record RigDefinition(
    string Name,
    string Version,
    string ContentHash,
    TimeSpan ScanPeriod,
    ImmutableArray<UnitDefinition> Units,
    ImmutableArray<TagDefinition> Tags,
    ImmutableArray<OutputDefinition> Outputs,
    ImmutableArray<LoopDefinition> Loops,
    ImmutableArray<TripDefinition> Trips,
    ImmutableArray<PermissiveDefinition> Permissives,
    ImmutableArray<AlarmDefinition> Alarms,
    ImmutableArray<ReagentDefinition> Reagents,
    ImmutableArray<TransferLine> Lines,
    ImmutableArray<DutyDefinition> Duties,
    ImmutableArray<BusDefinition> Buses)
{
    private readonly Lazy<NameIndex> tagNames = new(() => new NameIndex(Tags.Select(x => x.Name)));
    private readonly Lazy<NameIndex> outputNames = new(() => new NameIndex(Outputs.Select(x => x.Name)));
    private readonly Lazy<NameIndex> loopNames = new(() => new NameIndex(Loops.Select(x => x.Name)));
    private readonly Lazy<NameIndex> unitNames = new(() => new NameIndex(Units.Select(x => x.Name)));

    /// <summary>Ordinal of a tag, or -1.</summary>
    public int Tag(string name) => tagNames.Value[name];

    /// <summary>The same by place and role: <c>leach, level</c>.</summary>
    public int Tag(string place, string role) => tagNames.Value[place, role];

    /// <summary>Ordinal of an output, or -1.</summary>
    public int Output(string name) => outputNames.Value[name];

    /// <summary>The same by place and role: <c>leach, agitator</c>.</summary>
    public int Output(string place, string role) => outputNames.Value[place, role];

    /// <summary>Ordinal of a loop, or -1.</summary>
    public int Loop(string name) => loopNames.Value[name];

    /// <summary>The same by place and role: <c>leach, temperature_loop</c>.</summary>
    public int Loop(string place, string role) => loopNames.Value[place, role];

    /// <summary>Ordinal of a unit, or -1.</summary>
    public int Unit(string name) => unitNames.Value[name];

    /// <summary>Lamps and horn; null: the rig has no panel.</summary>
    public Crm.Plant.Alarms.PanelDefinition? Panel { get; init; }

    /// <summary>Services that batches share; every unit that is no service is a resource of its own, for one owner.</summary>
    public ImmutableArray<Crm.Plant.Allocation.ResourceDefinition> Shared { get; init; } = [];

    /// <summary>Which material may come onto which; without rules contents are not judged.</summary>
    public Crm.Plant.Materials.CompatibilityTable Compatibility { get; init; } = Crm.Plant.Materials.CompatibilityTable.Empty;

    /// <summary>Lots on the shelf and in the drums, in the order they are used up.</summary>
    public ImmutableArray<Crm.Plant.Materials.StockLot> Stock { get; init; } = [];

    /// <summary>Who may set protection and alarms aside, and tune.</summary>
    public PermissionTable Permissions { get; init; } = PermissionTable.Usual;

    /// <summary>Protections outside this software that the rig is taken to have; commissioning ticks them (SAF-33).</summary>
    public ImmutableArray<HardWiredProtection> HardWired { get; init; } = [];

    /// <summary>Length of a shift: what is set aside is alarmed at its change (SAF-15), alarm figures are kept by it.</summary>
    public TimeSpan Shift { get; init; } = AlarmMetrics.UsualShift;

    public ReagentDefinition? Reagent(string name) => Reagents.FirstOrDefault(r => r.Name == name);
}
