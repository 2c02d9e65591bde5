namespace Crm.Contracts;

/// <summary>What does not change while the controller runs: the rig file and the recipe, in words for a screen. Ordinals index the arrays of <see cref="FrameMessage"/>.</summary>
/// <param name="Lamps">Of the annunciator panel; empty: the rig has none.</param>
/// <param name="Twin">True when the process is simulated: every page says so.</param>
/// <param name="ScanSeconds">Plant time between two scans.</param>
public sealed record RigDescription(
    string Name,
    string Version,
    bool Twin,
    double ScanSeconds,
    RecipeInfo Recipe,
    IReadOnlyList<UnitInfo> Units,
    IReadOnlyList<TagInfo> Tags,
    IReadOnlyList<OutputInfo> Outputs,
    IReadOnlyList<LoopInfo> Loops,
    IReadOnlyList<LineInfo> Lines,
    IReadOnlyList<DosingInfo> Dosing,
    IReadOnlyList<AlarmInfo> Alarms,
    IReadOnlyList<StepInfo> Steps,
    IReadOnlyList<TripInfo> Trips,
    IReadOnlyList<LampInfo> Lamps);

/// <summary>A row of the cause-and-effect matrix.</summary>
/// <param name="Class">safety, protective or process; only rows of class process may be bypassed.</param>
/// <param name="Causes">In words, in the order of their numbers.</param>
/// <param name="LongestBypass">Minutes; null: it declares no bypass.</param>
/// <param name="LongestStartUp">Minutes; null: it declares no start-up override.</param>
public sealed record TripInfo(int Ordinal, string Id, string Why, string Class, IReadOnlyList<string> Causes, IReadOnlyList<string> Effects, double? LongestBypass, double? LongestStartUp);

public sealed record RecipeInfo(string Id, string Version, string Title, string Product, IReadOnlyList<string> Hazards, IReadOnlyList<FormulaInfo> Formula, IReadOnlyList<LimitInfo> Specification);

public sealed record FormulaInfo(string Name, string Label, double Value, string Unit, double Low, double High);

/// <summary>One line of the product's specification.</summary>
/// <param name="Unit">ppm (mg/kg) or % (mass).</param>
public sealed record LimitInfo(string Analyte, string Unit, double? Least, double? Most);

/// <param name="Class">Equipment class: leach-reactor, filter, tank, …; decides the symbol.</param>
/// <param name="GrossVolume">L; null where the unit holds no liquor.</param>
public sealed record UnitInfo(int Ordinal, string Name, string Label, string Class, bool Service, double? GrossVolume, double? WorkingVolume);

/// <param name="Switch">0 or 1 instead of a number.</param>
public sealed record TagInfo(int Ordinal, string Name, string Label, string Unit, string OfUnit, double Low, double High, int Decimals, bool Switch);

/// <param name="Role">feed, heat, cool, agitate, transfer, valve, gas or service.</param>
public sealed record OutputInfo(int Ordinal, string Name, string Label, string Unit, string OfUnit, double Low, double High, string Role, bool Switch);

/// <param name="ProcessValue">Tag ordinal.</param>
/// <param name="Outputs">Output ordinals.</param>
/// <param name="Voted">Tag ordinals of the instruments it is voted of; empty: it has one.</param>
public sealed record LoopInfo(int Ordinal, string Name, string Label, string OfUnit, int ProcessValue, double SetpointLow, double SetpointHigh, IReadOnlyList<int> Outputs, IReadOnlyList<int> Voted);

/// <summary>A pipe between two places; flows while its pump runs.</summary>
/// <param name="Pump">Output ordinal.</param>
/// <param name="FullRate">L/h at 100 %.</param>
public sealed record LineInfo(string Name, string From, string To, string OfUnit, int Pump, double FullRate);

/// <param name="Pump">Output ordinal.</param>
/// <param name="Scale">Tag ordinal of the drum scale, kg.</param>
/// <param name="FullRate">kg/h at 100 %.</param>
public sealed record DosingInfo(string Reagent, string Label, string Hazard, string OfUnit, int Pump, int Scale, double FullRate);

/// <param name="Priority">1 critical to 4 low.</param>
public sealed record AlarmInfo(int Ordinal, string Id, string Text, int Priority, string Consequence, string Response, double TimeToRespondSeconds);

/// <summary>A node of the procedure, in the order it is written.</summary>
/// <param name="Kind">sequence, parallel, unit, operation, phase, prompt, sample, gate or wait.</param>
/// <param name="Parent">Number of the node around it, -1 for the outermost.</param>
public sealed record StepInfo(int Number, string Id, string Label, string Kind, string Unit, string Operation, int Parent, int Depth);
