using Xunit;
using Crm.Plant.Materials;
using Crm.Plant.Permissions;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Rigs;

namespace Crm.Control.Tests;

/// <summary>Vessels and lots are asked before a valve opens, and remembered across batches and lost controllers.</summary>
public sealed class MaterialOnPlantTests
{
    private static SharedRig Aborted()
    {
        SharedRig rig = new SharedRig(("A", [SharedRig.Unit("fill", 'a', water: true)]), ("B", [SharedRig.Unit("fill", 'a', water: true)])).Started();
        Assert.Equal(50, rig.Pump('a'));
        rig.Level('a', 15).Scan(10);
        rig.Command("A", PhaseCommand.Abort);
        return rig.Scan(30);
    }

    [Fact]
    public void What_an_aborted_batch_left_is_not_filled_onto_by_the_next()
    {
        SharedRig rig = Aborted();
        Assert.Equal(["a"], rig["B"].Units);
        PromptView asked = Assert.Single(rig.Controller.Snapshot("B").Prompts);
        Assert.Equal(("fill/feed/material", PromptKind.Choose, RefusalKind.OtherBatch), (asked.Prompt.Id, asked.Prompt.Kind, asked.Refused!.Refusal.Kind));
        Assert.Equal("a holds 15.0 L water of batch A: empty it before batch B", asked.Prompt.Text);
        Assert.DoesNotContain(rig.Events, e => e is { Batch: "B", Kind: BatchEventKind.StepStarted, Subject: "fill/feed" });
        Assert.Equal(0, rig.Pump('a'));
        rig.Level('a', 0).Scan(5);
        Assert.Equal(ReplyKind.Accepted, rig.Choose("B", asked.Prompt.Id, ChargeChoice.TryAgain).Kind);
        rig.Scan(10);
        Assert.Equal(50, rig.Pump('a'));
    }

    [Fact]
    public void When_nobody_chooses_the_batch_is_held_and_RESTART_asks_again()
    {
        SharedRig rig = Aborted();
        rig.Scan(6000);
        Assert.Equal(PhaseState.Held, rig["B"].State);
        Assert.Equal("fill/feed: a holds 15.0 L water of batch A: empty it before batch B; nobody chose within 10 min", rig["B"].Reason);
        Assert.Single(rig.Controller.Snapshot("B").Prompts);
        rig.Level('a', 0).Scan(5);
        Assert.Equal(ReplyKind.Accepted, rig.Command("B", PhaseCommand.Restart).Kind);
        rig.Scan(10);
        Assert.Equal(50, rig.Pump('a'));
        Assert.Empty(rig.Controller.Snapshot("B").Prompts);
    }

    [Fact]
    public void After_a_lost_controller_it_still_knows_whose_heel_it_is()
    {
        SharedRig back = Aborted().ComeBack(TimeSpan.FromMinutes(5)).Scan(5);
        back.Reset();
        back.Scan(20);
        Assert.Equal(PhaseState.Held, back["B"].State);
        Assert.Equal(ReplyKind.Accepted, back.Command("B", PhaseCommand.Restart).Kind);
        back.Scan(10);
        Assert.Contains("of batch A: empty it before batch B", Assert.Single(back.Controller.Snapshot("B").Prompts).Prompt.Text, StringComparison.Ordinal);
        Assert.Equal(0, back.Pump('a'));
    }

    [Fact]
    public void A_charge_names_its_lot_and_the_lot_is_less_by_it()
    {
        SharedRig rig = new SharedRig(("A", [SharedRig.Salt("one", 'a', 3), SharedRig.Salt("two", 'a', 3)])).Started();
        Assert.Equal(ReplyKind.Accepted, rig.Weigh("A", "one", 3).Kind);
        rig.Scan(5);
        Assert.Equal("X-1", Assert.Single(rig.Events, e => e.Kind == BatchEventKind.LotConsumed).Data["lot"]);
        PromptView asked = Assert.Single(rig.Controller.Snapshot("A").Prompts);
        Assert.Equal(("two/material", "lot X-1 of salt has 2 kg left, 3 kg are asked"), (asked.Prompt.Id, asked.Prompt.Text));
    }

    [Fact]
    public void An_expired_lot_is_refused_before_it_is_asked_for()
    {
        SharedRig rig = new SharedRig(("A", [SharedRig.Salt("one", 'a', 3)]));
        rig.Day(new DateOnly(2026, 2, 1));
        rig.Started();
        PromptView asked = Assert.Single(rig.Controller.Snapshot("A").Prompts);
        Assert.Equal((PromptKind.Choose, "lot X-1 of salt expired on 2026-01-31"), (asked.Prompt.Kind, asked.Prompt.Text));
    }

    /// <summary>Lots of salt on the shelf, what is chosen, and what comes of it: the lots drawn from, or the refusal of the choice.</summary>
    public static TheoryData<string, StockLot[], ChargeChoice, string, string, PersonRole, string> Choices => new()
    {
        { "the other lot", [Lot("X-1", 1), Lot("X-2", 9)], ChargeChoice.AnotherLot, "X-2", "", PersonRole.Technician, "X-2" },
        { "no lot named", [Lot("X-1", 1), Lot("X-2", 9)], ChargeChoice.AnotherLot, "", "", PersonRole.Technician, "refused: name the lot that is on the label" },
        { "another that is no better", [Lot("X-1", 1), Lot("X-2", 2)], ChargeChoice.AnotherLot, "X-2", "", PersonRole.Technician, "asked again: lot X-2 of salt has 2 kg left, 3 kg are asked" },
        { "one that nobody knows", [Lot("X-1", 1)], ChargeChoice.AnotherLot, "Z-9", "", PersonRole.Technician, "asked again: lot Z-9 is not among the lots of salt on this rig" },
        { "another material", [Lot("X-1", 1), new("S-1", "sugar", 1, null, 9)], ChargeChoice.AnotherLot, "S-1", "", PersonRole.Technician, "asked again: lot S-1 is sugar, not salt" },
        { "one in quarantine", [Lot("X-1", 1), Lot("X-2", 9) with { Blocked = "in quarantine" }], ChargeChoice.AnotherLot, "X-2", "", PersonRole.Technician, "asked again: lot X-2 of salt is blocked: in quarantine" },
        { "topped up from the next", [Lot("X-1", 1), Lot("X-2", 2)], ChargeChoice.TopUp, "", "", PersonRole.Technician, "X-1 X-2" },
        { "topped up by name", [Lot("X-1", 1), Lot("X-2", 2), Lot("X-3", 2.5)], ChargeChoice.TopUp, "X-3", "", PersonRole.Technician, "X-1 X-3" },
        { "nothing to top up with", [Lot("X-1", 1)], ChargeChoice.TopUp, "", "", PersonRole.Technician, "refused: top up is not to be had here: lot X-1 of salt has 1 kg left, 3 kg are asked" },
        { "too little is not accepted", [Lot("X-1", 1)], ChargeChoice.Accept, "", "it is enough", PersonRole.Engineer, "refused: accept is not to be had here: lot X-1 of salt has 1 kg left, 3 kg are asked" },
        { "expired, accepted", [Old("X-1")], ChargeChoice.Accept, "", "titrated today, full strength", PersonRole.Engineer, "X-1" },
        { "expired, without a reason", [Old("X-1")], ChargeChoice.Accept, "", " ", PersonRole.Engineer, "refused: say why it may go in: the reason goes on record with your name" },
        { "expired, by one who may not", [Old("X-1")], ChargeChoice.Accept, "", "looks fine", PersonRole.Technician, "refused: accepting refused material is for researcher, engineer; ann is technician" },
        { "quarantine is not accepted", [Lot("X-1", 9) with { Blocked = "in quarantine" }], ChargeChoice.Accept, "", "looks fine", PersonRole.Engineer, "refused: accept is not to be had here: lot X-1 of salt is blocked: in quarantine" },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public void A_person_chooses_what_becomes_of_a_refused_charge(string name, StockLot[] stock, ChargeChoice choice, string lot, string reason, PersonRole role, string outcome)
    {
        Assert.NotEmpty(name);
        var rig = new SharedRig(SharedRig.With(stock), [], ("A", [SharedRig.Salt("one", 'a', 3)]));
        rig.Day(new DateOnly(2026, 2, 1));
        rig.Started();
        CommandReply reply = rig.Choose("A", "one/material", choice, lot, reason, role);
        rig.Scan(5);
        Assert.Equal(0, rig.Pump('a'));
        if (outcome.StartsWith("refused: ", StringComparison.Ordinal))
        {
            Assert.Equal((ReplyKind.Refused, outcome["refused: ".Length..]), (reply.Kind, reply.Reason));
            Assert.Equal(1, Assert.Single(rig.Controller.Snapshot("A").Prompts).Attempts);
            Assert.Contains(rig.Events, e => e is { Kind: BatchEventKind.CommandRefused, Subject: "one/material", Cause: "ann" });
            return;
        }

        Assert.Equal(ReplyKind.Accepted, reply.Kind);
        BatchEvent said = Assert.Single(rig.Events, e => e is { Kind: BatchEventKind.Answer, Subject: "one/material" });
        Assert.Equal(("ann", choice.ToString(), reason, PersonRoles.Words(role)), (said.Cause, said.Data["choice"], said.Data["reason"], said.Data["roles"]));
        if (outcome.StartsWith("asked again: ", StringComparison.Ordinal))
        {
            PromptView again = Assert.Single(rig.Controller.Snapshot("A").Prompts);
            Assert.Equal((outcome["asked again: ".Length..], 2), (again.Prompt.Text, again.Attempts));
            Assert.Equal(2, rig.Events.Count(e => e is { Kind: BatchEventKind.Prompt, Subject: "one/material" }));
            return;
        }

        Assert.Equal(ReplyKind.Accepted, rig.Weigh("A", "one", 3).Kind);
        rig.Scan(5);
        Assert.Equal(outcome, Assert.Single(rig.Events, e => e.Kind == BatchEventKind.LotConsumed).Data["lot"]);
        Assert.Equal(3, stock.Sum(l => l.Remaining) - rig.Controller.Materials.Stock.Sum(l => l.Remaining), 6);
        Assert.Equal(outcome.Split(' '), rig.Controller.Materials.Vessels.Find("a")!.From.Lots);
    }

    /// <summary>What a person answered for was that lot: an equally old one that is named later is asked about again.</summary>
    [Fact]
    public void Who_accepts_one_lot_has_not_accepted_the_next()
    {
        var rig = new SharedRig(SharedRig.With(Old("X-1") with { Remaining = 1 }, Old("X-2")), [], ("A", [SharedRig.Salt("one", 'a', 3)]));
        rig.Day(new DateOnly(2026, 2, 1));
        rig.Started();
        Assert.Equal(ReplyKind.Accepted, rig.Choose("A", "one/material", ChargeChoice.Accept, reason: "titrated today", role: PersonRole.Engineer).Kind);
        rig.Scan(5);
        Assert.Equal("lot X-1 of salt has 1 kg left, 3 kg are asked", Assert.Single(rig.Controller.Snapshot("A").Prompts).Prompt.Text);

        Assert.Equal(ReplyKind.Accepted, rig.Choose("A", "one/material", ChargeChoice.AnotherLot, "X-2").Kind);
        rig.Scan(5);

        PromptView again = Assert.Single(rig.Controller.Snapshot("A").Prompts);
        Assert.Equal(("lot X-2 of salt expired on 2026-01-31", 3), (again.Prompt.Text, again.Attempts));
        Assert.Equal(0, rig.Pump('a'));
    }

    [Fact]
    public void Abort_at_a_refused_charge_aborts_the_batch_with_the_reason()
    {
        var rig = new SharedRig(SharedRig.With(Lot("X-1", 1)), [], ("A", [SharedRig.Salt("one", 'a', 3)])).Started();
        Assert.Equal(ReplyKind.Accepted, rig.Choose("A", "one/material", ChargeChoice.Abort, reason: "no more salt").Kind);
        rig.Scan(5);
        Assert.Equal((PhaseState.Aborted, "one: lot X-1 of salt has 1 kg left, 3 kg are asked"), (rig["A"].State, rig["A"].Reason));
        Assert.Empty(rig.Controller.Snapshot("A").Prompts);
    }

    [Fact]
    public void A_weighing_that_names_a_wrong_lot_stays_open_with_every_attempt_on_record()
    {
        var rig = new SharedRig(SharedRig.With(Lot("X-1", 9), Lot("X-2", 9) with { Blocked = "in quarantine" }), [], ("A", [SharedRig.Salt("one", 'a', 3)])).Started();
        Assert.Equal((ReplyKind.Refused, "lot X-2 of salt is blocked: in quarantine"), Answer(rig.Weigh("A", "one", 3, "X-2")));
        Assert.Equal((ReplyKind.Refused, "lot Z-9 is not among the lots of salt on this rig"), Answer(rig.Weigh("A", "one", 3, "Z-9")));
        PromptView open = Assert.Single(rig.Controller.Snapshot("A").Prompts);
        Assert.Equal(2, open.Attempts);
        Assert.Equal([ChargeChoice.Accept], open.Choices);
        Assert.Equal(["1", "2"], rig.Events.Where(e => e is { Kind: BatchEventKind.CommandRefused, Subject: "one" }).Select(e => e.Data["attempt"]));
        Assert.Equal(ReplyKind.Refused, rig.Weigh("A", "one", 3, "Z-9", "label torn, analysed", PersonRole.Operator).Kind);
        Assert.Equal(ReplyKind.Accepted, rig.Weigh("A", "one", 3, "Z-9", "label torn, analysed", PersonRole.Engineer).Kind);
        rig.Scan(5);
        Assert.Equal("Z-9", Assert.Single(rig.Events, e => e.Kind == BatchEventKind.LotConsumed).Data["lot"]);
        Assert.Contains(rig.Events, e => e.Kind == BatchEventKind.Answer && e.Text == "accepted although lot Z-9 is not among the lots of salt on this rig: label torn, analysed");
    }

    [Fact]
    public void A_fork_asks_for_the_same_and_goes_its_own_way()
    {
        SharedRig rig = new SharedRig(SharedRig.With(Lot("X-1", 1), Lot("X-2", 9)), [], ("A", [SharedRig.Salt("one", 'a', 3)])).Started(), fork = rig.Fork();
        fork.Choose("A", "one/material", ChargeChoice.AnotherLot, "X-2");
        fork.Scan(5);
        rig.Scan(5);
        Assert.Equal("one", Assert.Single(fork.Controller.Snapshot("A").Prompts).Prompt.Id);
        Assert.Equal("one/material", Assert.Single(rig.Controller.Snapshot("A").Prompts).Prompt.Id);
    }

    [Fact]
    public void What_must_never_meet_is_refused_before_a_pump_runs()
    {
        SharedRig rig = new SharedRig(("A", [SharedRig.Unit("water", 'a', water: true), SharedRig.Salt("salt", 'a', 2), SharedRig.Unit("more", 'a', water: true)])).Started();
        rig.Level('a', 20).Scan(10);
        rig.Weigh("A", "salt", 2);
        rig.Scan(5);
        PromptView asked = Assert.Single(rig.Controller.Snapshot("A").Prompts);
        Assert.Equal("a holds 20.0 L brine and water must never meet it (it sets)", asked.Prompt.Text);
        Assert.Equal([ChargeChoice.TryAgain, ChargeChoice.Abort], asked.Choices);
        Assert.Equal(ReplyKind.Refused, rig.Choose("A", asked.Prompt.Id, ChargeChoice.Accept, reason: "a little only", role: PersonRole.Engineer).Kind);
        Assert.Equal(0, rig.Pump('a'));
    }

    /// <summary>What leaves with the batch's lots came in with it, once: after it was taken out the book knows that it is gone.</summary>
    [Fact]
    public void At_START_a_batch_notes_what_stands_where_no_level_looks()
    {
        RigDefinition settler = SharedRig.With() with { Units = SharedRig.With().Units.SetItem(3, SharedRig.With().Units[3] with { Opening = new OpeningWater(2.9, 0.1) }) };
        PromptNode take = SharedRig.Salt("out", 'd', 0) with { Kind = PromptKind.Book, Material = "liquor", Mass = null };
        var rig = new SharedRig(settler, [], ("A", [SharedRig.Salt("no", 'a', 1)]), ("B", [take]), ("C", [take])).Started();
        Assert.Equal(["B", "C"], rig.Events.Where(e => e.Subject == "opening").Select(e => e.Batch));
        BatchEvent noted = rig.Events.First(e => e.Subject == "opening");
        Assert.Equal(("2.9", "0.1", "2.9"), (noted.Data["water.opening_l"], noted.Data["water.opening_u_l"], noted.Data["opening.d_l"]));
        var later = new SharedRig(settler, [], ("B", [take]), ("C", [take]));
        later.Scan(3);
        later.Reset();
        later.Scan(3);
        later.Command("B", PhaseCommand.Start);
        later.Scan(5);
        Assert.Equal(ReplyKind.Accepted, later.Weigh("B", "out", 2.8).Kind);
        later.Scan(5);
        later.Command("C", PhaseCommand.Start);
        later.Scan(5);
        Assert.Equal(["B"], later.Events.Where(e => e.Subject == "opening").Select(e => e.Batch));
    }

    private static StockLot Lot(string id, double kilograms) => new(id, "salt", 1, null, kilograms);

    private static StockLot Old(string id) => Lot(id, 9) with { Expires = new DateOnly(2026, 1, 31) };

    private static (ReplyKind, string) Answer(CommandReply reply) => (reply.Kind, reply.Reason);
}
