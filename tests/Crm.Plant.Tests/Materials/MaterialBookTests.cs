using System.Collections.Immutable;
using Crm.Plant.Materials;
using Crm.Plant.Phases;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Xunit;

namespace Crm.Plant.Tests.Materials;

/// <summary>What is in which vessel, whose it is and what is left of which lot, across batches.</summary>
public class MaterialBookTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    private static readonly RigDefinition Rig = Compile();

    private static Image Levels(double leach = 0, double clear = 0, double mix = 0) => new(
        1, TimeSpan.FromHours(1), [.. new[] { leach, clear, mix }.Select(l => Reading.Good(l, TimeSpan.FromHours(1)))]);

    private static MaterialBook Start(params StockLot[] stock) => MaterialBook.Of(Rig with { Stock = [.. stock] }) with { Today = Today };

    private static Movement Dose(string reagent, double kilograms) => new("leach", "", reagent, kilograms, kilograms);

    private static Movement Line(string from, string to, double litres = 0) => new(to, from, "", litres, 0);

    [Fact]
    public void Contents_move_with_their_batch_and_lots_and_survive_its_end()
    {
        MaterialBook book = Start(new StockLot("SA-1", "acid", 0.98, null, 10)).Moved(Rig, "B1", Line("water", "leach"), 20, Levels(leach: 20)).Charged(Rig, "B1", "leach", "acid", "SA-1", 2);
        Assert.Equal(8, book.Stock[0].Remaining);
        Assert.Equal("liquor", book.Vessels.Find("leach")!.Contents);
        book = book.Moved(Rig, "B1", Line("leach", "clear"), 21, Levels(leach: 0, clear: 21));
        VesselStatus clear = book.Vessels.Find("clear")!;
        Assert.Equal(("liquor", Cleanliness.Dirty), (clear.Contents, clear.State));
        Assert.Equal(["B1"], clear.From.Litres.Keys);
        Assert.Equal(["SA-1"], clear.From.Lots);
        Assert.Empty(book.Vessels.Find("leach")!.From.Litres);
        Assert.Equal("clear holds 21.0 L liquor of batch B1: empty it before batch B2", book.WhyNot(Rig, "B2", Line("leach", "clear"), Levels(clear: 21)));
        Assert.Null(book.WhyNot(Rig, "B1", Line("leach", "clear"), Levels(clear: 21)));
        // Emptied by hand: a good level says so.
        Assert.Null(book.WhyNot(Rig, "B2", Line("water", "clear"), Levels(clear: 0.1)));
    }

    public static TheoryData<string, StockLot, double, string?> Lots => new()
    {
        { "good", new("SA-1", "acid", 0.98, Today, 10), 3, null },
        { "expired", new("SA-1", "acid", 0.98, Today.AddDays(-1), 10), 3, "lot SA-1 of acid expired on 2026-11-20" },
        { "too small", new("SA-1", "acid", 0.98, null, 2), 3, "lot SA-1 of acid has 2 kg left, 3 kg are asked" },
        { "weak", new("SA-1", "acid", 0.90, null, 10), 3, "lot SA-1 of acid has 90 wt%, the recipe counts on 97 wt%" },
        { "blocked", new("SA-1", "acid", 0.98, null, 10, "in quarantine"), 3, "lot SA-1 of acid is blocked: in quarantine" },
    };

    [Theory]
    [MemberData(nameof(Lots))]
    public void A_dose_is_refused_before_it_begins_when_its_lot_is_not_good(string name, StockLot lot, double kilograms, string? refusal)
    {
        Assert.NotEmpty(name);
        Assert.Equal(refusal, Start(lot).WhyNot(Rig, "B1", Dose("acid", kilograms), Levels()));
    }

    [Fact]
    public void The_next_good_lot_is_taken_when_one_is_used_up_or_expired()
    {
        MaterialBook book = Start(new("old", "acid", 0.98, Today.AddDays(-1), 10), new("first", "acid", 0.98, null, 2), new("second", "acid", 0.98, null, 5));
        Assert.Equal("first", book.LotOf("acid")!.Id);
        Assert.Equal("second", book.Charged(Rig, "B1", "leach", "acid", "first", 2).LotOf("acid")!.Id);
    }

    [Fact]
    public void What_must_never_meet_is_refused_with_the_reason_and_too_much_as_well()
    {
        MaterialBook book = Start().Charged(Rig, "B1", "leach", "acid", "", 8);
        Assert.Equal("leach holds 8.0 L acid and water must never meet it (water into acid boils and spits)", book.WhyNot(Rig, "B1", Line("water", "leach"), Levels(leach: 8)));
        Assert.Equal("leach would hold 45 L, its working volume is 40 L", Start().WhyNot(Rig, "B1", Line("water", "leach", 25), Levels(leach: 20)));
    }

    /// <summary>Filtrates pool: what is booked out of a pool is everybody's by what each sent in, and booking begins anew.</summary>
    [Fact]
    public void A_pool_keeps_the_litres_of_every_batch()
    {
        MaterialBook book = Start().Moved(Rig, "B1", Line("leach", "tank_a"), 30, Levels()).Moved(Rig, "B2", Line("leach", "tank_b"), 10, Levels());
        Assert.Equal([("B1", 0.75), ("B2", 0.25)], book.SharesOf(Rig, "tank_a").Select(s => (s.Key, s.Value)));
        Assert.Equal(book.SharesOf(Rig, "tank_a"), book.SharesOf(Rig, "tank_b"));
        Assert.Null(book.WhyNot(Rig, "B2", Line("leach", "tank_a"), Levels()));
        Assert.Empty(book.Settled("loop").SharesOf(Rig, "tank_b"));
    }

    [Fact]
    public void The_record_alone_tells_it_again_after_a_lost_controller()
    {
        MaterialBook book = Start(new StockLot("SA-1", "acid", 0.98, null, 10)).Moved(Rig, "B1", Line("water", "leach"), 20, Levels(leach: 20)).Charged(Rig, "B1", "leach", "acid", "SA-1", 2);
        var told = new BatchEvent(TimeSpan.Zero, 1, BatchEventKind.Material, "leach", "", "material", book.Facts("leach").Add("lot", "SA-1").Add("drawn_kg", "2"));
        MaterialBook back = Start(new StockLot("SA-1", "acid", 0.98, null, 10)).Recalled(told);
        Assert.Equal(book.Facts("leach"), back.Facts("leach"));
        Assert.Equal(8, back.Stock[0].Remaining);
    }

    private static RigDefinition Compile()
    {
        var none = new PhaseStateTable([], TimeSpan.FromHours(4), PhaseCommand.None, TimeSpan.FromMinutes(5));
        UnitDefinition Unit(int ordinal, string name, bool service = false, string pool = "") => new(ordinal, name, name, "vessel", service, 50, 40, none, []) { Pool = pool };
        TagDefinition Level(int ordinal, string unit) => new(ordinal, unit + ".level", "", "L", 0, 60, TimeSpan.FromSeconds(1), new Keep(0, TimeSpan.FromSeconds(1)), "io", "", 1, 0.1);
        return new RigDefinition(
            "rig", "1", "", TimeSpan.FromMilliseconds(100),
            [Unit(0, "leach"), Unit(1, "clear"), Unit(2, "mix"), Unit(3, "water", true), Unit(4, "tank_a", true, "loop"), Unit(5, "tank_b", true, "loop")],
            [Level(0, "leach"), Level(1, "clear"), Level(2, "mix")], [], [], [], [], [], [new ReagentDefinition("acid", "Acid", "H2SO4", 0.98, 1, 10, "")], [], [], [])
        {
            Compatibility = new CompatibilityTable(
            [
                new("water", "acid", Meeting.May, "acid into water", "liquor"), new("liquor", "acid", Meeting.May, "", "liquor"), new("liquor", "water", Meeting.May, "", "liquor"),
                new("acid", "water", Meeting.Never, "water into acid boils and spits"),
            ]),
        };
    }
}
