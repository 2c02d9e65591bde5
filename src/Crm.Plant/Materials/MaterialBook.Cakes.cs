using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.Materials;

/// <summary>Cakes in filters, dryers and calciners, and the lots that were made of what lay there.</summary>
public sealed partial record MaterialBook
{
    /// <summary>What the lots made on this rig were made of: batches by amount, and the lots that went in. By name of the lot.</summary>
    public ImmutableSortedDictionary<string, Genealogy> Made { get; init; } = ImmutableSortedDictionary.Create<string, Genealogy>(StringComparer.Ordinal);

    /// <summary>What lies in it is a wet mass on load cells, not a level.</summary>
    public static bool HoldsSolids(UnitDefinition unit) => unit.Class is "filter" or "dryer" or "calciner";

    /// <summary>Liquor is led through it, and something of it stays: a cake, or what a resin holds.</summary>
    public static bool KeepsSome(UnitDefinition unit) => HoldsSolids(unit) || unit.Class == "ion-exchange";

    /// <summary>A step through a filter has ended: slurry has left its cake there, or wash has gone through it. Judged before the liquor is moved on.</summary>
    /// <param name="litres">As moved; not a number when nothing tells.</param>
    public MaterialBook Filtered(RigDefinition rig, string batch, Movement movement, double litres, Image image)
    {
        VesselStatus was = Vessels.Find(movement.Through)!;
        if (was.Kilograms is null) return Loaded(rig, was, batch, movement, litres);
        VesselStatus now = Weighed(rig, was, image);
        if (IsService(rig, movement.From)) return Put(now with { WashedWith = was.WashedWith + (double.IsNaN(litres) ? movement.Litres : litres) });
        VesselStatus slurry = Vessels.Find(PlaceOf(rig, movement.From)) ?? VesselStatus.New(movement.From);
        double gained = now.Kilograms is { } mass && double.IsFinite(mass) ? Math.Max(0, mass - (was.IsEmpty ? 0 : was.Kilograms ?? 0)) : 0;
        Genealogy came = slurry.From.Total > 0 ? slurry.From.Scaled(gained) : Genealogy.Of(batch, gained) with { Lots = slurry.From.Lots };
        string contents = slurry.Contents.Length > 0 ? slurry.Contents : movement.From;
        return Put(now with
        {
            Contents = was.IsEmpty || was.Contents.Length == 0 ? contents : Vessels.Table.Mixed(was.Contents, contents),
            Lot = "",
            State = Cleanliness.Dirty,
            WashedWith = 0,
            From = (was.IsEmpty ? Genealogy.None : was.From).And(came),
        });
    }

    /// <summary>A column is known by what went through it last; what it gives off later may be of all that was led through since it was emptied.</summary>
    private MaterialBook Loaded(RigDefinition rig, VesselStatus bed, string batch, Movement movement, double litres)
    {
        VesselStatus from = Vessels.Find(PlaceOf(rig, movement.From)) ?? VesselStatus.New(movement.From);
        Genealogy came = IsService(rig, movement.From) ? Genealogy.None : Genealogy.Of(batch, double.IsNaN(litres) ? 0 : litres) with { Lots = from.From.Lots };
        return Put(bed with { Contents = from.Contents.Length > 0 ? from.Contents : movement.From, State = Cleanliness.Dirty, From = bed.From.And(came) });
    }

    /// <summary>An extraction has ended: what ran out of the train beside the raffinate may hold of every feed.</summary>
    /// <param name="litres">As the level of the outlet tells.</param>
    public MaterialBook Extracted(RigDefinition rig, string batch, Movement movement, string outlet, double litres, Image image)
    {
        if (!(litres > 0)) return this;
        IEnumerable<string> lots = movement.Feeds.SelectMany(f => Vessels.Find(PlaceOf(rig, f)) is { } feed ? feed.From.Lots : []);
        return Filled(Status(rig, outlet, image, -litres), movement.Through, litres, Genealogy.Of(batch, litres) with { Lots = [.. lots] });
    }

    /// <summary>A lot was taken out of a place: what it was made of is kept under its name, and the place is empty.</summary>
    public MaterialBook Produced(RigDefinition rig, string place, string lot)
    {
        Genealogy from = Vessels.Find(PlaceOf(rig, place))?.From ?? Genealogy.None;
        return (this with { Made = Made.SetItem(lot, Made.TryGetValue(lot, out Genealogy? before) ? before.And(from) : from) }).Emptied(rig, place);
    }

    /// <summary>What a lot that was made is made of, for the record.</summary>
    public ImmutableSortedDictionary<string, string> LotFacts(string lot) => !Made.TryGetValue(lot, out Genealogy? from) ? Records.BatchEvent.NoData
        : Records.BatchEvent.NoData.Add("produced", lot).Add("made_of", from.ToString()).Add("made_from", string.Join(' ', from.Lots));

    private MaterialBook RecalledLot(ImmutableSortedDictionary<string, string> facts) =>
        !facts.TryGetValue("produced", out string? lot) ? this
        : (this with { Made = Made.SetItem(lot, Genealogy.Parse(facts["made_of"], facts["made_from"])) }).RecalledShelf(lot, facts);

    private MaterialBook RecalledShelf(string lot, ImmutableSortedDictionary<string, string> facts) =>
        facts.TryGetValue(ShelvedAs, out string? material) ? Shelved(lot, material, double.Parse(facts["shelved_kg"], CultureInfo.InvariantCulture)) : this;

    /// <summary>Of what a cake was filtered from: below it the batch's own.</summary>
    private const double TraceOfAnother = 0.01;

    /// <summary>May this go onto what lies in the filter?</summary>
    private ChargeRefusal? OfCake(RigDefinition rig, string batch, Movement movement, string material, Image image)
    {
        VesselStatus cake = Status(rig, movement.Through, image);
        // A batch that took over an earlier one's liquor has a trace of it in its cake; a cake of unknown origin is another's.
        double all = cake.From.Litres.Values.Sum();
        if (!cake.IsEmpty && cake.From.Litres.FirstOrDefault(s => s.Key != batch && !(s.Value < TraceOfAnother * all)).Key is { } other
            && ChargeCheck.Unless(movement.Accepted, new(RefusalKind.OtherBatch, $"batch {other} in {movement.Through}", $"{cake}, of batch {other}: empty it before batch {batch}")) is { } left) return left;
        if (rig.Compatibility.Rules.IsEmpty) return null;
        var charge = new Charge(material.Length > 0 ? material : movement.From, null, 0, 0, 0);
        return ChargeCheck.Judge(cake, charge, Vessels.Table, null, DateOnly.MinValue, movement.Accepted);
    }

    /// <summary>As its load cells show it; what they say is empty is empty, whoever emptied it.</summary>
    private static VesselStatus Weighed(RigDefinition rig, VesselStatus status, Image image)
    {
        int scale = rig.Tag(status.Vessel, "cake_mass") is >= 0 and var cake ? cake : rig.Tag(status.Vessel, "mass");
        if (scale < 0 || image[scale].IsBad) return status.IsEmpty ? status with { Kilograms = double.NaN } : status;
        VesselStatus shown = status with { Kilograms = Math.Max(0, image[scale].Value) };
        return shown.IsEmpty ? shown with { From = Genealogy.None, WashedWith = 0 } : shown;
    }

    private static IEnumerable<KeyValuePair<string, string>> CakeFacts(VesselStatus status) => status.Kilograms is not { } mass ? []
        : [new("wet_kg", mass.ToString("0.###", CultureInfo.InvariantCulture)), new("washed_L", status.WashedWith.ToString("0.##", CultureInfo.InvariantCulture)), new("lot_in", status.Lot)];

    private static VesselStatus WithCake(VesselStatus status, ImmutableSortedDictionary<string, string> facts) => !facts.TryGetValue("wet_kg", out string? mass) ? status
        : status with { Kilograms = double.Parse(mass, CultureInfo.InvariantCulture), WashedWith = double.Parse(facts["washed_L"], CultureInfo.InvariantCulture), Lot = facts["lot_in"] };
}
