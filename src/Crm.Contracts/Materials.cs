namespace Crm.Contracts;

/// <summary>The material book: what is in every place, and what is left of every lot.</summary>
/// <param name="Day">What day it is, yyyy-MM-dd; empty: nobody has said, and nothing expires.</param>
public sealed record MaterialsSeen(string Day, IReadOnlyList<PlaceSeen> Places, IReadOnlyList<StockSeen> Stock, IReadOnlyList<MadeSeen> Made);

/// <summary>A vessel, a pool of tanks, a filter, dryer or column with what it holds.</summary>
/// <param name="Place">Unit, or pool.</param>
/// <param name="Kind">liquor, cake, bed (neither level nor load cells) or service.</param>
/// <param name="Units">Units it is; several for a pool.</param>
/// <param name="State">clean, dirty or unknown.</param>
/// <param name="Contents">What it holds, or held last; empty: nothing since it was cleaned.</param>
/// <param name="Litres">As its levels say, else as booked; null for what lies on load cells or behind no level.</param>
/// <param name="WetKilograms">Cake with its liquor; null where there are no load cells, or they do not say.</param>
/// <param name="WashedLitres">Wash that has gone through the cake.</param>
/// <param name="Working">Working volume, L.</param>
/// <param name="Shares">Whose it is.</param>
/// <param name="Lots">Lots that went in.</param>
/// <param name="Heel">Batches that have left something here and hold the unit no more: another must empty it first.</param>
public sealed record PlaceSeen(
    string Place, string Label, string Kind, IReadOnlyList<string> Units, bool Empty, string State, string Contents, double? Litres, double? WetKilograms, double WashedLitres, double? Working,
    IReadOnlyList<ShareSeen> Shares, IReadOnlyList<string> Lots, IReadOnlyList<string> Heel);

/// <param name="Part">0 to 1.</param>
public sealed record ShareSeen(string Batch, double Part);

/// <summary>A lot on the shelf.</summary>
/// <param name="Strength">kg of the active species per kg.</param>
/// <param name="Expires">Last day of use, yyyy-MM-dd; empty: never.</param>
/// <param name="Next">It is the one that is drawn next.</param>
/// <param name="Against">Why it must not be charged; empty when it may.</param>
public sealed record StockSeen(string Lot, string Material, string Label, double Strength, string Expires, double Kilograms, bool Next, string Against);

/// <summary>A lot that was made here.</summary>
/// <param name="Shares">Batches it is of.</param>
/// <param name="From">Lots that went into it.</param>
public sealed record MadeSeen(string Lot, IReadOnlyList<ShareSeen> Shares, IReadOnlyList<string> From);
