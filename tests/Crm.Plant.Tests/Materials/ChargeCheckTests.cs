using Crm.Plant.Materials;
using Xunit;

namespace Crm.Plant.Tests.Materials;

/// <summary>Lots with strength and expiry; a vessel's heel, contents and cleanliness at fill and charge.</summary>
public class ChargeCheckTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    private static readonly CompatibilityTable Table = new(
    [
        new("water", "acid", Meeting.May, "acid into water", "leach_liquor"),
        new("acid", "water", Meeting.Never, "water into acid boils and spits"),
        new("leach_liquor", "caustic", Meeting.AfterCleaning, ""),
        new("leach_liquor", "acid", Meeting.May, "", "leach_liquor"),
        new("peroxide", "iron_powder", Meeting.Never, "peroxide decomposes on iron"),
    ]);

    private static readonly StockLot Acid = new("SA-7", "acid", 0.96, new DateOnly(2027, 1, 1), 12);

    public static TheoryData<string, VesselStatus, Charge, string?> Cases => new()
    {
        { "clean vessel", Clean(), Into("acid", Acid), null },
        { "into water", Holding("water", 20), Into("acid", Acid), null },
        { "again", Holding("acid", 3), Into("acid", Acid), null },
        { "heel meets", Holding("acid", 4), Into("water"), "leach holds 4.0 L acid and water must never meet it (water into acid boils and spits)" },
        { "film meets", Holding("acid", 0.1), Into("water"), "leach is not clean of acid: water must never meet it (water into acid boils and spits); clean it first" },
        { "dirty", Holding("leach_liquor", 0.1), Into("caustic"), "leach is dirty from leach_liquor: clean it before caustic" },
        { "heel", Holding("leach_liquor", 5), Into("caustic"), "leach holds 5.0 L leach_liquor: empty and clean it before caustic" },
        { "no rule", Holding("brine", 0), Into("acid", Acid), "leach is dirty from brine: clean it before acid" },
        { "unknown", VesselStatus.New("leach"), Into("water"), "nobody knows what leach held last: clean it before water" },
        { "too much", Holding("water", 30), Into("acid", Acid) with { Litres = 12 }, "leach would hold 42 L, its working volume is 40 L" },
        { "expired", Clean(), Into("acid", Acid with { Expires = new DateOnly(2026, 11, 20) }), "lot SA-7 of acid expired on 2026-11-20" },
        { "last day", Clean(), Into("acid", Acid with { Expires = Today }), null },
        { "weak", Clean(), Into("acid", Acid) with { LeastStrength = 0.98 }, "lot SA-7 of acid has 96 wt%, the recipe counts on 98 wt%" },
        { "blocked", Clean(), Into("acid", Acid with { Blocked = "in quarantine" }), "lot SA-7 of acid is blocked: in quarantine" },
        { "too little", Clean(), Into("acid", Acid) with { Kilograms = 15 }, "lot SA-7 of acid has 12 kg left, 15 kg are asked" },
        { "wrong drum", Clean(), Into("caustic", Acid), "lot SA-7 is acid, not caustic" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_charge_is_judged_before_anything_moves(string name, VesselStatus vessel, Charge charge, string? refusal)
    {
        Assert.NotEmpty(name);
        Assert.Equal(refusal, ChargeCheck.WhyNot(vessel, charge, Table, 40, Today));
    }

    [Fact]
    public void A_vessel_is_clean_only_when_empty_and_verified()
    {
        VesselStatus dirty = Clean().Filled("water", "", 20, Table).Filled("acid", "SA-7", 2, Table);
        Assert.Equal(("leach_liquor", 22, Cleanliness.Dirty), (dirty.Contents, dirty.Litres, dirty.State));
        Assert.Equal(Cleanliness.Dirty, dirty.Cleaned(verified: true).State);
        Assert.Equal(Cleanliness.Dirty, dirty.Drawn(0.1).Cleaned(verified: false).State);
        Assert.Equal(new VesselStatus("leach", "", "", 0, Cleanliness.Clean), dirty.Drawn(0.1).Cleaned(verified: true));
    }

    [Fact]
    public void Liquor_takes_its_identity_along_and_a_refusal_moves_nothing()
    {
        VesselDesk desk = VesselDesk.Of(["leach", "tank"], Table).With(Holding("leach_liquor", 10)).With(new VesselStatus("tank", "", "", 0, Cleanliness.Clean));
        VesselDesk moved = desk.Moved("leach", "tank", 8, 90, Today, out string? refused);
        Assert.Null(refused);
        Assert.Equal(("leach_liquor", 8.0, 2.0), (moved.Find("tank")!.Contents, moved.Find("tank")!.Litres, moved.Find("leach")!.Litres));
        Assert.Same(desk, desk.Moved("leach", "tank", 12, 90, Today, out refused));
        Assert.Equal("leach holds 10.0 L leach_liquor: 12.0 L cannot be drawn", refused);
        VesselDesk caustic = moved.With(new VesselStatus("tank", "caustic", "", 3, Cleanliness.Dirty));
        Assert.Same(caustic, caustic.Moved("leach", "tank", 1, 90, Today, out refused));
        Assert.Equal("tank holds 3.0 L caustic: empty and clean it before leach_liquor", refused);
    }

    private static VesselStatus Clean() => new("leach", "", "", 0, Cleanliness.Clean);

    private static VesselStatus Holding(string material, double litres) => new("leach", material, "B-1", litres, Cleanliness.Dirty);

    private static Charge Into(string material, StockLot? lot = null) => new(material, lot, 0, 2, lot is null ? 0 : 1);
}
