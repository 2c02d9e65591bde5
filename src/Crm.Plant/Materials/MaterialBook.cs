using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.Materials;

/// <summary>Material that a step is about to move.</summary>
/// <param name="To">Vessel that takes it.</param>
/// <param name="From">Vessel or service it comes from; empty for reagents and weighed material.</param>
/// <param name="Material">Reagent or weighed material; empty when it is what <paramref name="From"/> holds.</param>
/// <param name="Litres">Volume it takes, as far as the recipe tells; 0 when it does not.</param>
/// <param name="Kilograms">Mass drawn from a stock lot; 0 when it is not told beforehand.</param>
public sealed record Movement(string To, string From, string Material, double Litres, double Kilograms)
{
    /// <summary>Lots that a person named, in the order they are drawn; empty: the next good one.</summary>
    public ImmutableArray<string> Lots { get; init; } = [];

    /// <summary>Refusals that a person has answered for.</summary>
    public ImmutableArray<Acceptance> Accepted { get; init; } = [];

    /// <summary>Filter, column or extraction train that the liquor goes through; empty for none.</summary>
    public string Through { get; init; } = "";

    /// <summary>Extraction: all that is fed to the train; what leaves it may hold of each.</summary>
    public ImmutableArray<string> Feeds { get; init; } = [];
}

/// <summary>
/// What is in which vessel and what is left of which lot, across batches: judged before anything moves, kept from what was really done. Immutable: copying it
/// is forking it. Tanks of one pool (<see cref="UnitDefinition.Pool"/>) are one place.
/// </summary>
/// <param name="Today">For expiry; null: nobody says what day it is, and nothing expires.</param>
public sealed partial record MaterialBook(VesselDesk Vessels, ImmutableArray<StockLot> Stock, DateOnly? Today)
{
    /// <summary>
    /// At the start of a controller: vessels empty and rinsed, as the line-up confirms; services hold what they are named after; lots as the rig file lists them.
    /// </summary>
    public static MaterialBook Of(RigDefinition rig)
    {
        var vessels = rig.Units.Select(u => u.IsService
            ? new VesselStatus(PlaceOf(rig, u.Name), u.Name, "", 0, Cleanliness.Dirty)
            : new VesselStatus(u.Name, "", "", u.Opening?.Litres ?? 0, Cleanliness.Clean) { Kilograms = HoldsSolids(u) ? 0 : null }).DistinctBy(v => v.Vessel, StringComparer.Ordinal);
        return new MaterialBook(new VesselDesk([.. vessels], rig.Compatibility), rig.Stock, null);
    }

    /// <summary>The pool a tank belongs to, else the vessel itself.</summary>
    public static string PlaceOf(RigDefinition rig, string unit) => rig.Unit(unit) is >= 0 and var ordinal && rig.Units[ordinal].Pool.Length > 0 ? rig.Units[ordinal].Pool : unit;

    /// <summary>What every place holds as its levels and load cells show it now; in the order of the rig file.</summary>
    public ImmutableArray<VesselStatus> Shown(RigDefinition rig, Image image) =>
        [.. Vessels.Vessels.Select(v => rig.Unit(v.Vessel) >= 0 ? Status(rig, v.Vessel, image) : v)];

    /// <summary>Why a movement must not begin; null when it may.</summary>
    public string? WhyNot(RigDefinition rig, string batch, Movement movement, Image image) => Judge(rig, batch, movement, image)?.Text;

    public ChargeRefusal? Judge(RigDefinition rig, string batch, Movement movement, Image image)
    {
        VesselStatus to = Status(rig, movement.To, image);
        bool pool = IsService(rig, movement.To);
        string material = movement.Material.Length > 0 ? movement.Material : Status(rig, movement.From, image).Contents;
        if (!pool && !to.IsEmpty && to.From.Litres.FirstOrDefault(s => s.Key != batch && s.Value > VesselStatus.Film).Key is { } other
            && ChargeCheck.Unless(movement.Accepted, new(RefusalKind.OtherBatch, $"batch {other} in {movement.To}", $"{to} of batch {other}: empty it before batch {batch}")) is { } heel) return heel;
        if (RefusesLots(rig, movement) is { } lots) return lots;
        if (movement.Through.Length > 0 && OfCake(rig, batch, movement, material, image) is { } cake) return cake;
        var charge = new Charge(material.Length > 0 ? material : movement.From, null, 0, movement.Litres, movement.Kilograms);
        // Without rules of its own a rig is judged by lots, heels of others and volume only.
        VesselStatus judged = pool || rig.Compatibility.Rules.IsEmpty ? to with { Contents = "", State = Cleanliness.Dirty } : to;
        return ChargeCheck.Judge(
            judged, charge, Vessels.Table, pool || movement.Litres <= 0 ? null : rig.Units[rig.Unit(movement.To)].WorkingVolume, Today ?? DateOnly.MinValue, movement.Accepted);
    }

    /// <summary>Liquor has gone along a line.</summary>
    /// <param name="litres">As the levels tell.</param>
    public MaterialBook Moved(RigDefinition rig, string batch, Movement movement, double litres, Image image)
    {
        if (!(litres > 0)) return this;
        VesselStatus from = Status(rig, movement.From, image, litres), to = Status(rig, movement.To, image, -litres);
        Genealogy came = IsService(rig, movement.From) || from.From.Total <= 0 ? Genealogy.Of(batch, litres) with { Lots = from.From.Lots } : from.From.Scaled(litres);
        if (movement.Through.Length > 0 && Vessels.Find(movement.Through) is { Kilograms: null } bed) came = came with { Lots = came.Lots.Union(bed.From.Lots) };
        // A service stays what it is named after: what comes to it has gone through a membrane or a condenser.
        string contents = IsService(rig, movement.To) && to.Contents.Length > 0 ? to.Contents : from.Contents.Length > 0 ? from.Contents : movement.From;
        MaterialBook after = Filled(to, contents, litres, came);
        return IsService(rig, movement.From) ? after : after.Put(from.Drawn(from.Litres - litres) with { From = from.Litres - litres <= VesselStatus.Film ? Genealogy.None : from.From.Scaled(from.Litres - litres) });
    }

    /// <summary>A reagent or a weighed lot has gone into a vessel; what is left of a stock lot is less.</summary>
    /// <param name="lot">Several, with spaces between them, in the order they were drawn.</param>
    public MaterialBook Charged(RigDefinition rig, string batch, string vessel, string material, string lot, double kilograms)
    {
        if (Vessels.Find(PlaceOf(rig, vessel)) is not { } status) return this;
        double litres = rig.Reagent(material) is { Density: > 0 } reagent ? kilograms / reagent.Density : 0;
        double amount = status.Kilograms is null ? litres : kilograms;
        Genealogy came = lot.Split(' ').Aggregate(Genealogy.Of(batch, amount), (from, one) => from.With(one));
        if (Made.TryGetValue(lot, out Genealogy? made)) came = made.Total > 0 ? made.Scaled(amount).With(lot) : came.And(made);
        MaterialBook after = Drawn(lot, kilograms).Filled(status, material, litres, came);
        return status.Kilograms is { } before ? after.Put(after.Vessels.Find(status.Vessel)! with { Kilograms = before + kilograms, Lot = lot, WashedWith = 0 }) : after;
    }

    /// <summary>A vessel was emptied by hand: discharged, or its heel flushed out and booked.</summary>
    public MaterialBook Emptied(RigDefinition rig, string vessel) =>
        IsService(rig, vessel) || Vessels.Find(vessel) is not { } status ? this : Put(status.Drawn(0) with { From = Genealogy.None });

    /// <summary>A pool was booked at the end of a batch: everybody's share is accounted for, and counting begins anew.</summary>
    public MaterialBook Settled(string pool) => Vessels.Find(pool) is { } status ? Put(status with { From = Genealogy.None }) : this;

    /// <summary>A batch took stock of what stands there and takes it over: it is its own from now on, the lots in it stay named.</summary>
    public MaterialBook TakenOver(RigDefinition rig, string place, string batch) => Vessels.Find(PlaceOf(rig, place)) is { } status
        ? Put(status with { From = Genealogy.Of(batch, status.From.Total) with { Lots = status.From.Lots } })
        : this;

    /// <summary>What a clean phase recorded.</summary>
    public MaterialBook Cleaned(BatchEvent happened)
    {
        VesselDesk seen = Vessels.Seen(happened);
        return ReferenceEquals(seen, Vessels) ? this : this with { Vessels = seen };
    }

    /// <summary>The shares of batches in what a pool holds, by the tanks of the pool.</summary>
    public ImmutableSortedDictionary<string, double> SharesOf(RigDefinition rig, string place) => Vessels.Find(PlaceOf(rig, place)) is { } status ? status.From.Shares() : Genealogy.None.Litres;

    /// <summary>Facts of a vessel for the record; <see cref="Recalled"/> reads them back.</summary>
    public ImmutableSortedDictionary<string, string> Facts(string place)
    {
        VesselStatus status = Vessels.Find(place) ?? VesselStatus.New(place);
        return BatchEvent.NoData.Add("vessel", place).Add("contents", status.Contents).Add("litres", status.Litres.ToString("0.##", CultureInfo.InvariantCulture))
            .Add("state", status.State.ToString()).Add("of", status.From.ToString()).Add("lots", string.Join(' ', status.From.Lots)).AddRange(CakeFacts(status));
    }

    /// <summary>A vessel as an event of the record says, and what that event drew from a lot.</summary>
    public MaterialBook Recalled(BatchEvent happened)
    {
        if (happened.Kind != BatchEventKind.Material || !happened.Data.TryGetValue("vessel", out string? place) || !Enum.TryParse(happened.Data["state"], out Cleanliness state)) return this;
        double litres = double.Parse(happened.Data["litres"], CultureInfo.InvariantCulture);
        var from = Genealogy.Parse(happened.Data["of"], happened.Data["lots"]);
        MaterialBook read = Put(WithCake(new VesselStatus(place, happened.Data["contents"], "", litres, state) { From = from }, happened.Data)).RecalledLot(happened.Data);
        if (!happened.Data.TryGetValue("lot", out string? lot) || !double.TryParse(happened.Data.GetValueOrDefault("drawn_kg"), CultureInfo.InvariantCulture, out double drawn)) return read;
        return read.Drawn(lot, drawn);
    }

    private MaterialBook Put(VesselStatus status) => this with { Vessels = Vessels.With(status) };

    private MaterialBook Filled(VesselStatus to, string material, double litres, Genealogy came)
    {
        // A level lags behind a bag that was just tipped in: what the book charged since the vessel was emptied is in it all the same.
        Genealogy before = to.IsEmpty ? Vessels.Find(to.Vessel) is { Contents.Length: > 0, From: { Lots.IsEmpty: false } charged } ? charged : Genealogy.None : to.From;
        VesselStatus filled = to.Filled(material, "", litres, Vessels.Table);
        return Put(filled with { From = before.And(came), Contents = before.Lots.IsEmpty || to.Contents.Length == 0 ? filled.Contents : Vessels.Table.Mixed(to.Contents, material) });
    }

    /// <summary>A vessel as its level shows it; what a good level says is empty is empty, whoever emptied it.</summary>
    /// <param name="gone">L that have just left it; negative for what has just come.</param>
    private VesselStatus Status(RigDefinition rig, string unit, Image image, double gone = 0)
    {
        string place = PlaceOf(rig, unit);
        VesselStatus status = Vessels.Find(place) ?? VesselStatus.New(place);
        if (status.Kilograms is not null) return Weighed(rig, status, image);
        int level = place == unit ? rig.Tag(unit, "level") : -1;
        if (level < 0 || image[level].IsBad || IsService(rig, unit)) return status with { Litres = Math.Max(status.Litres, gone) };
        double litres = Math.Max(0, image[level].Value + gone);
        return status with { Litres = litres, From = litres <= VesselStatus.Film ? Genealogy.None : status.From };
    }

    private static bool IsService(RigDefinition rig, string unit) => rig.Unit(unit) is >= 0 and var ordinal && rig.Units[ordinal].IsService;
}
