using System.Globalization;
using Crm.Contracts;
using Crm.Plant.Materials;
using Crm.Plant.Rigs;

namespace Crm.Host.Service;

/// <summary>The material book as the API tells it: amounts as levels and load cells show them now.</summary>
public static class MaterialText
{
    /// <summary>Null before the first scan.</summary>
    public static MaterialsSeen? Of(RigCore core)
    {
        if (core.Plant.Frame is not { } frame) return null;
        MaterialBook book = core.Plant.Materials;
        return new MaterialsSeen(
            Day(book.Today),
            [.. book.Shown(core.Rig, frame.Image).Select(v => Place(core, v))],
            [.. book.Stock.Select(l => Lot(core.Rig, book, l))],
            [.. book.Made.Select(m => new MadeSeen(m.Key, Shares(m.Value), [.. m.Value.Lots]))]);
    }

    private static PlaceSeen Place(RigCore core, VesselStatus held)
    {
        UnitDefinition[] units = [.. core.Rig.Units.Where(u => MaterialBook.PlaceOf(core.Rig, u.Name) == held.Vessel)];
        string kind = held.Kilograms is not null ? "cake" : units.All(u => u.IsService) ? "service" : core.Rig.Tag(held.Vessel, "level") < 0 ? "bed" : "liquor";
        return new PlaceSeen(
            held.Vessel, units is [var one] ? one.Label : held.Vessel, kind, [.. units.Select(u => u.Name)], held.IsEmpty, Words.Of(held.State), held.Contents,
            kind is "liquor" or "service" ? Litres(core, units, held) : null, held.Kilograms is { } mass && double.IsFinite(mass) ? Math.Round(mass, 3) : null, Math.Round(held.WashedWith, 2),
            units is [{ WorkingVolume: var working }] ? working : null, Shares(held.From), [.. held.From.Lots], kind == "service" ? [] : Heel(core, held));
    }

    /// <summary>A pool holds what its tanks hold together; a tank without a level has what was booked.</summary>
    private static double? Litres(RigCore core, UnitDefinition[] units, VesselStatus held)
    {
        int[] levels = [.. units.Select(u => core.Rig.Tag(u.Name, "level")).Where(t => t >= 0)];
        if (levels.Length == 0) return held.Litres > 0 ? Math.Round(held.Litres, 2) : null;
        return levels.Any(t => core.Plant.Frame!.Image[t].IsBad) ? null : Math.Round(levels.Sum(t => Math.Max(0, core.Plant.Frame!.Image[t].Value)), 2);
    }

    /// <summary>Batches whose material lies here while the unit is no longer theirs.</summary>
    private static string[] Heel(RigCore core, VesselStatus held) => held.IsEmpty ? []
        : [.. held.From.Litres.Where(s => s.Value > VesselStatus.Film).Select(s => s.Key).Where(b => !core.Plant.Allocations.Any(a => a.Resource == held.Vessel && a.Owner == b))];

    private static ShareSeen[] Shares(Genealogy from) => [.. from.Shares().Select(s => new ShareSeen(s.Key, Math.Round(s.Value, 4)))];

    private static StockSeen Lot(RigDefinition rig, MaterialBook book, StockLot lot) => new(
        lot.Id, lot.Material, rig.Reagent(lot.Material)?.Label ?? lot.Material, lot.Strength, Day(lot.Expires), Math.Round(lot.Remaining, 4), book.LotOf(lot.Material) == lot, book.Against(rig, lot)?.Text ?? "");

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
