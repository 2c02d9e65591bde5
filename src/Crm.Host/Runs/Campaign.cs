using System.Collections.Immutable;
using Crm.Plant.Allocation;
using Crm.Plant.Balances;
using Crm.Plant.Campaigns;
using Crm.Plant.Lots;
using Crm.Plant.Materials;
using Crm.Plant.Records;

namespace Crm.Host.Runs;

/// <summary>The batches of one run, side by side on one rig.</summary>
/// <param name="End">Plant time of the last scan.</param>
public sealed record Campaign(ImmutableArray<CampaignBatch> Batches, ImmutableArray<Wait> Waits, BatchEvent Utilities, TimeSpan End)
{
    /// <summary>The file that says how they build on each other; null when they were named on the command line.</summary>
    public CampaignPlan? Plan { get; init; }

    /// <summary>Lots on the shelf at the start and at the end.</summary>
    public ImmutableArray<StockLine> Stock { get; init; } = [];

    /// <summary>Batches that take a lot as their own name it, in the order of the campaign.</summary>
    public IEnumerable<CampaignBatch> TakersOf(string lot) => Batches.Where(b => b.Record.Result.Lots.Any(l => l.Side == LotSide.In && l.Id == lot) || b.Record.Result.Drawn.Any(d => d.Lot == lot));

    /// <summary>Batch that made a lot; null for what was bought.</summary>
    public CampaignBatch? MakerOf(string lot) => Batches.FirstOrDefault(b => b.Record.Result.Lots.Any(l => l.Side == LotSide.Out && l.Id == lot));

    /// <summary>What was used of each reagent by all batches together, most first.</summary>
    public IEnumerable<ReagentUse> Reagents => Batches.SelectMany(b => b.Record.Result.Reagents).GroupBy(r => r.Reagent, StringComparer.Ordinal)
        .Select(g => g.First() with { Mass = Measured.Sum(g.Select(r => r.Mass)), PureMass = g.Sum(r => r.PureMass), Doses = g.Sum(r => r.Doses) })
        .OrderByDescending(r => r.Mass.Value).ThenBy(r => r.Reagent, StringComparer.Ordinal);

    /// <summary>kg by product, as weighed, of all batches that make it.</summary>
    public IEnumerable<(string Product, Measured Mass)> Products => Batches.GroupBy(b => b.Record.Product.Name, StringComparer.Ordinal).Select(g => (g.Key, Measured.Sum(g.Select(b => b.Record.Result.ProductMass))));

    /// <summary>A total of the rig's meters; null where the rig has no such meter.</summary>
    public double? Meter(string key) => double.TryParse(Utilities.Data.GetValueOrDefault(key), System.Globalization.CultureInfo.InvariantCulture, out double value) ? value : null;
}

/// <summary>A lot on the shelf.</summary>
/// <param name="Before">kg at the start; 0 for what was made in the campaign.</param>
/// <param name="After">kg at the end.</param>
public sealed record StockLine(string Lot, string Material, double Before, double After)
{
    public static ImmutableArray<StockLine> Between(ImmutableArray<StockLot> before, ImmutableArray<StockLot> after) =>
    [
        .. before.Select(l => new StockLine(l.Id, l.Material, l.Remaining, after.FirstOrDefault(a => a.Id == l.Id)?.Remaining ?? 0)),
        .. after.Where(a => before.All(l => l.Id != a.Id)).Select(a => new StockLine(a.Id, a.Material, 0, a.Remaining)),
    ];
}

/// <param name="Name">In events: <c>B2</c>.</param>
/// <param name="From">Plant time of its START.</param>
/// <param name="To">Plant time of its end, or of the end of the run.</param>
public sealed record CampaignBatch(string Name, TimeSpan From, TimeSpan To, BatchRecord Record);
