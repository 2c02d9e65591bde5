using System.Collections.Immutable;
using Crm.Plant.Lots;
using Crm.Plant.Purity;

namespace Crm.Plant.Balances;

/// <summary>What measurements say of one batch; computed from its events by <see cref="BatchBalance"/>, never from the twin's truth.</summary>
/// <param name="Doubts">What is uncertain or missing, as sentences; empty when nothing is.</param>
public sealed record BatchResult(
    string MainElement,
    BalanceAllowance Allowance,
    ImmutableArray<LotLine> Lots,
    ImmutableArray<ElementBalance> Elements,
    ImmutableArray<ElementRecovery> Recovery,
    PurityResult Purity,
    WaterBalance Water,
    ImmutableArray<ReagentUse> Reagents,
    ImmutableArray<EnergyUse> Energy,
    ImmutableArray<StepSpan> Timeline,
    ImmutableArray<RecoveryTarget> Targets,
    ImmutableArray<string> Doubts)
{
    /// <summary>Lots of the stock and of feed that went in, with the kg drawn of each.</summary>
    public ImmutableArray<DrawnLot> Drawn { get; init; } = [];

    /// <summary>No element is open and the main one is closed.</summary>
    public bool BalancesClosed =>
        Elements.All(e => e.Verdict != ClosureVerdict.Open) && Elements.Any(e => e.Element == MainElement && e.Verdict == ClosureVerdict.Closed);

    /// <summary>Fraction of the main element in the product; NaN value when there is no input.</summary>
    public Measured MainRecovery => Recovery.FirstOrDefault(r => r.Element == MainElement)?.InProduct ?? new(double.NaN, double.NaN);

    /// <summary>kg of product as weighed.</summary>
    public Measured ProductMass => Measured.Sum(Lots.Where(l => l.Side == LotSide.Out && l.Kind == LotKind.Product).Select(l => l.Mass));
}

public enum LotSide
{
    In,
    Out,

    /// <summary>A sample the laboratory used up.</summary>
    Sample,

    /// <summary>Made and used again within the batch; enters neither side.</summary>
    Within,
}

/// <summary>One lot with the kg of each analyte in it.</summary>
public sealed record LotLine(
    string Id,
    string Material,
    LotKind Kind,
    LotSide Side,
    Measured Mass,
    ImmutableSortedDictionary<string, Measured> MassFractions,
    ImmutableSortedDictionary<string, Measured> Contents)
{
    /// <summary>Made lots: the lots that went into what they were taken from, intermediates among them; empty when none is known.</summary>
    public ImmutableArray<string> MadeFrom { get; init; } = [];
}

/// <summary>What was drawn from a lot, as its label names it.</summary>
/// <param name="Into">Units, in the order they were charged.</param>
public sealed record DrawnLot(string Lot, string Material, Measured Mass, ImmutableArray<string> Into);

public enum ClosureVerdict
{
    Closed,

    /// <summary>
    /// The analyses cannot tell even half of what came in (k = 2), and nothing else was found either: what a kilogram holds lies at their floor, so that a percentage would be scatter over scatter.
    /// </summary>
    Trace,

    /// <summary>Not closed, and lots that may hold the rest were not analysed for the element.</summary>
    Incomplete,
    Open,
}

/// <summary>One element (or SO4) over the whole batch; kg.</summary>
/// <param name="FromLots">In with feed lots.</param>
/// <param name="FromReagents">In with reagents.</param>
/// <param name="Out">In lots made and samples taken.</param>
/// <param name="Closure">Out over in, 1 when everything was found.</param>
/// <param name="NotAnalysed">Lots out whose assay does not name the element.</param>
public sealed record ElementBalance(
    string Element,
    Measured FromLots,
    Measured FromReagents,
    Measured In,
    Measured Out,
    Measured Closure,
    ClosureVerdict Verdict,
    ImmutableArray<string> NotAnalysed)
{
    public Measured Gap => In - Out;
}

/// <summary>Where an element that came in went, as fractions of what came in.</summary>
/// <param name="InProduct">NaN when a product lot was not analysed for it; 0 when there is no product.</param>
/// <param name="ByLot">Every lot out and the samples together (<c>samples</c>), largest first.</param>
public sealed record ElementRecovery(string Element, Measured InProduct, ImmutableArray<LotShare> ByLot);

public sealed record LotShare(string Lot, LotKind Kind, Measured Fraction);

/// <summary>Water of the batch in L (kg); missing figures are null and counted as zero in the closure.</summary>
/// <param name="InFeed">Water that came with reagents and feed solids.</param>
/// <param name="InWetSolids">Moisture of cakes and salts.</param>
/// <param name="InLiquorLots">Water in liquors booked out of the batch; counts as leaving.</param>
/// <param name="RecycleRateOfUse">returned / (returned + fresh).</param>
/// <param name="RecycledOverWithdrawal">returned / fresh; may exceed 1.</param>
/// <param name="SpecificFreshWater">L of fresh water per kg of product.</param>
/// <param name="Drawn">Fresh water and what the plant's tanks held at the start, less what they hold at the end: what one batch really used.</param>
/// <param name="Unaccounted">in - out - change of holdup; negative when more was found than came in. Water formed by reaction is in it.</param>
/// <param name="UnaccountedUncertainty">k = 2, as that of the closure.</param>
/// <param name="SpecificDrawn">L drawn per kg of product.</param>
/// <param name="ClosureError">(in - out - change of holdup) / in; water formed by reaction is not in it.</param>
/// <param name="ClosureUncertainty">Of the closure error, k = 2: level instruments, meters, weighings and moisture analyses.</param>
public sealed record WaterBalance(
    double? Fresh,
    double InFeed,
    double? Returned,
    double InWetSolids,
    double? Crystal,
    double? Evaporation,
    double? Discharge,
    double InLiquorLots,
    double? HoldupChange,
    double? RecycleRateOfUse,
    double? RecycledOverWithdrawal,
    double? SpecificFreshWater,
    double? Drawn,
    double? SpecificDrawn,
    double? Unaccounted,
    double? UnaccountedUncertainty,
    double? ClosureError,
    double? ClosureUncertainty)
{
    /// <summary>L that stood in the plant at the start where no meter looks, and left with the batch's lots; null for none.</summary>
    public double? Opening { get; init; }
}

/// <param name="Mass">kg as bought.</param>
/// <param name="Species">Species it is bought for; empty when the rig does not name the reagent.</param>
/// <param name="PureMass">kg of the species.</param>
public sealed record ReagentUse(string Reagent, string Label, string Species, Measured Mass, double PureMass, int Doses);

/// <param name="Energy">kWh.</param>
public sealed record EnergyUse(string Name, double Energy);

/// <summary>A step as it ran, with the states it went through.</summary>
/// <param name="IsLeaf">False for unit procedures and operations, which only contain others.</param>
/// <param name="To">End of the record when it had not ended.</param>
public sealed record StepSpan(
    string Step,
    string Label,
    string Unit,
    string Operation,
    bool IsLeaf,
    TimeSpan From,
    TimeSpan To,
    bool Ended,
    ImmutableArray<StateSpan> States);

/// <param name="State">Phase state as written in the events: <c>Running</c>, <c>Held</c>, …</param>
public readonly record struct StateSpan(string State, TimeSpan From, TimeSpan To);

/// <summary>Regulation (EU) 2023/1542, Annex XII part C. The legal rate is yearly and per recycler: a batch is only indicative.</summary>
/// <param name="Recovered">Fraction of the metal in product and intermediate lots.</param>
public sealed record RecoveryTarget(string Element, Measured Recovered, double Least2027, bool Meets2027, double Least2031, bool Meets2031);
