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

    private static Image Levels(double leach = 0, double clear = 0, double mix = 0, double cake = 0, double dry = 0) => new(
        1, TimeSpan.FromHours(1), [.. new[] { leach, clear, mix, cake, dry }.Select(l => Reading.Good(l, TimeSpan.FromHours(1)))]);

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

    /// <summary>Slurry of acid lot SA-1 in water, filtered to 3 kg of wet cake.</summary>
    private static MaterialBook Filtered() => Start(new StockLot("SA-1", "acid", 0.98, null, 10))
        .Moved(Rig, "B1", Line("water", "leach"), 20, Levels(leach: 20)).Charged(Rig, "B1", "leach", "acid", "SA-1", 2)
        .Filtered(Rig, "B1", Line("leach", "clear") with { Through = "press" }, 20, Levels(cake: 3));

    [Fact]
    public void What_was_just_tipped_in_counts_although_the_level_lags()
    {
        // The level at the start of the fill still reads the empty vessel: all 20 L of the rise are told as water.
        MaterialBook book = Start(new StockLot("SA-1", "acid", 0.98, null, 10)).Charged(Rig, "B1", "leach", "liquor", "L-9", 2).Moved(Rig, "B1", Line("water", "leach"), 20, Levels(leach: 20));
        Assert.Equal("liquor", book.Vessels.Find("leach")!.Contents);
        Assert.Equal(["L-9"], book.Vessels.Find("leach")!.From.Lots);
    }

    [Fact]
    public void A_cake_has_its_batch_its_lots_its_wet_mass_and_its_wash()
    {
        VesselStatus cake = Filtered().Vessels.Find("press")!;
        Assert.Equal(("liquor", 3, 0, Cleanliness.Dirty), (cake.Contents, cake.Kilograms!.Value, cake.WashedWith, cake.State));
        Assert.Equal([("B1", 3)], cake.From.Litres.Select(s => (s.Key, Math.Round(s.Value, 9))));
        Assert.Equal(["SA-1"], cake.From.Lots);
        Assert.Equal("press holds 3.0 kg of liquor cake, not washed", cake.ToString());
        MaterialBook washed = Filtered().Filtered(Rig, "B1", Line("water", "clear", 4) with { Through = "press" }, double.NaN, Levels(cake: 3.2));
        Assert.Equal("press holds 3.2 kg of liquor cake, washed with 4.0 L", washed.Vessels.Find("press")!.ToString());
    }

    [Fact]
    public void A_filter_that_is_not_emptied_refuses_the_next_batch_with_the_reason_and_its_own_not()
    {
        Movement feed = Line("leach", "clear") with { Through = "press" };
        MaterialBook next = Filtered().Moved(Rig, "B2", Line("water", "leach"), 20, Levels(leach: 20));
        Assert.Equal(new ChargeRefusal(RefusalKind.OtherBatch, "batch B1 in press", "press holds 3.0 kg of liquor cake, not washed, of batch B1: empty it before batch B2"), next.Judge(Rig, "B2", feed, Levels(leach: 20, cake: 3)));
        Assert.Null(next.Judge(Rig, "B2", feed with { Accepted = [new(RefusalKind.OtherBatch, "batch B1 in press")] }, Levels(leach: 20, cake: 3)));
        Assert.Null(Filtered().Judge(Rig, "B1", feed, Levels(leach: 20, cake: 3)));
        // Emptied by hand: good load cells say so. What was filtered still clings to the cloth.
        Assert.Null(next.Judge(Rig, "B2", feed, Levels(leach: 20, cake: 0.05)));
        MaterialBook soda = next.Moved(Rig, "B2", new Movement("mix", "tank_a", "", 0, 0), 5, Levels(mix: 5)) with { Vessels = next.Vessels.With(new VesselStatus("mix", "soda", "", 5, Cleanliness.Dirty)) };
        Assert.Equal("press is not clean of liquor: soda must never meet it (foams over); clean it first", soda.WhyNot(Rig, "B2", Line("mix", "clear") with { Through = "press" }, Levels(mix: 5)));
    }

    [Fact]
    public void A_bag_of_product_is_traced_to_the_drums_through_filter_and_dryer()
    {
        MaterialBook book = Filtered().Produced(Rig, "press", "wet-cake");
        Assert.True(book.Vessels.Find("press")!.IsEmpty);
        Assert.Equal("", Assert.Single(book.Vessels.Vessels, v => v.Vessel == "press").From.ToString());
        book = book.Charged(Rig, "B1", "oven", "wet-cake", "wet-cake", 2.9);
        VesselStatus oven = book.Vessels.Find("oven")!;
        Assert.Equal(("wet-cake", 2.9), (oven.Contents, oven.Kilograms!.Value));
        Assert.Equal("oven holds 2.8 kg of wet-cake cake of batch B1: empty it before batch B2", book.WhyNot(Rig, "B2", new Movement("oven", "", "wet-cake", 0, 0), Levels(dry: 2.8)));
        book = book.Produced(Rig, "oven", "product-7");
        Assert.Equal(["SA-1", "wet-cake"], book.Made["product-7"].Lots);
        Assert.Equal("SA-1 wet-cake", book.LotFacts("product-7")["made_from"]);
        Assert.Equal("B1=2.9", book.LotFacts("product-7")["made_of"]);
    }

    [Fact]
    public void Load_cells_that_do_not_answer_leave_a_cake_of_unknown_mass_that_nobody_takes_for_empty()
    {
        Image blind = new(1, TimeSpan.FromHours(1), [.. Levels().Readings.ToArray().Take(3), Reading.Never, Reading.Never]);
        MaterialBook book = Start().Moved(Rig, "B1", Line("water", "leach"), 20, Levels(leach: 20)).Filtered(Rig, "B1", Line("leach", "clear") with { Through = "press" }, 20, blind);
        Assert.Contains("press holds an unknown mass of water cake", book.WhyNot(Rig, "B2", Line("leach", "clear") with { Through = "press" }, blind), StringComparison.Ordinal);
        Assert.True(book.Produced(Rig, "press", "cake").Vessels.Find("press")!.IsEmpty);
    }

    [Fact]
    public void The_record_alone_tells_of_cakes_and_of_what_lots_were_made_of()
    {
        MaterialBook book = Filtered(), made = book.Produced(Rig, "press", "wet-cake");
        MaterialBook back = Start().Recalled(Told("press", book.Facts("press")));
        Assert.Equal(book.Facts("press"), back.Facts("press"));
        back = back.Recalled(Told("press", made.Facts("press").AddRange(made.LotFacts("wet-cake"))));
        Assert.Equal(made.Facts("press"), back.Facts("press"));
        Assert.Equal(made.LotFacts("wet-cake"), back.LotFacts("wet-cake"));
    }

    /// <summary>What comes through a membrane or a condenser to a service is what the service is named after, not what it was made of.</summary>
    [Fact]
    public void A_service_stays_what_it_is_named_after()
    {
        MaterialBook book = Start().Moved(Rig, "B1", Line("water", "leach"), 20, Levels(leach: 20)).Charged(Rig, "B1", "leach", "acid", "SA-1", 2);
        book = book.Moved(Rig, "B1", Line("leach", "water") with { Through = "oven" }, 5, Levels(leach: 15));
        Assert.Equal("water", book.Vessels.Find("water")!.Contents);
        Assert.Equal("liquor", book.Vessels.Find("leach")!.Contents);
        Assert.Null(book.WhyNot(Rig, "B2", Line("water", "mix", 5), Levels(leach: 15)));
    }

    [Fact]
    public void A_lot_that_another_batch_takes_stands_on_the_shelf_before_what_was_bought_and_the_record_tells_it_again()
    {
        MaterialBook book = Start(new StockLot("OX-1", "oxalate", 1, null, 3)).Produced(Rig, "press", "cake@b1").Shelved("cake@b1", "oxalate", 0.7);
        Assert.Equal("cake@b1", book.LotOf("oxalate")!.Id);
        Movement weighed = new("mix", "", "oxalate", 0, 0.6);
        Assert.Null(book.RefusesLots(Rig, weighed));
        Assert.Null(book.RefusesLots(Rig, weighed with { Lots = ["cake@b1"] }));
        Assert.Equal("lot cake@b1 of oxalate has 0.7 kg left, 0.8 kg are asked", book.RefusesLots(Rig, weighed with { Kilograms = 0.8 })!.Text);
        Assert.Equal(1.0, book.Shelved("cake@b1", "oxalate", 0.3).LotOf("oxalate")!.Remaining, 9);
        Assert.Equal("OX-1", book.Charged(Rig, "b2", "mix", "oxalate", "cake@b1", 0.7).LotOf("oxalate")!.Id);

        var facts = book.Facts("press").AddRange(book.LotFacts("cake@b1")).Add(MaterialBook.ShelvedAs, "oxalate").Add("shelved_kg", "0.7");
        MaterialBook back = Start(new StockLot("OX-1", "oxalate", 1, null, 3)).Recalled(Told("press", facts));
        Assert.Equal(book.Stock, back.Stock);
    }

    private static BatchEvent Told(string place, ImmutableSortedDictionary<string, string> facts) => new(TimeSpan.Zero, 1, BatchEventKind.Material, place, "", "material", facts);

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
            [Unit(0, "leach"), Unit(1, "clear"), Unit(2, "mix"), Unit(3, "water", true), Unit(4, "tank_a", true, "loop"), Unit(5, "tank_b", true, "loop"), Unit(6, "press") with { Class = "filter" }, Unit(7, "oven") with { Class = "dryer" }],
            [Level(0, "leach"), Level(1, "clear"), Level(2, "mix"), Level(3, "press") with { Name = "press.cake_mass" }, Level(4, "oven") with { Name = "oven.mass" }], [], [], [], [], [], [new ReagentDefinition("acid", "Acid", "H2SO4", 0.98, 1, 10, "")], [], [], [])
        {
            Compatibility = new CompatibilityTable(
            [
                new("water", "acid", Meeting.May, "acid into water", "liquor"), new("liquor", "acid", Meeting.May, "", "liquor"), new("liquor", "water", Meeting.May, "", "liquor"),
                new("liquor", "soda", Meeting.Never, "foams over"), new("acid", "water", Meeting.Never, "water into acid boils and spits"),
            ]),
        };
    }
}
