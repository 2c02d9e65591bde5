using Xunit;
using Crm.Plant.Phases;
using Crm.Plant.Records;

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
        Assert.Equal(PhaseState.Held, rig["B"].State);
        Assert.Contains("a holds 15.0 L water of batch A: empty it before batch B", rig["B"].Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(rig.Events, e => e is { Batch: "B", Kind: BatchEventKind.StepStarted, Subject: "fill/feed" });
        Assert.Equal(0, rig.Pump('a'));
        rig.Level('a', 0).Scan(5);
        Assert.Equal(ReplyKind.Accepted, rig.Command("B", PhaseCommand.Restart).Kind);
        rig.Scan(10);
        Assert.Equal(50, rig.Pump('a'));
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
        Assert.Contains("of batch A: empty it before batch B", back["B"].Reason, StringComparison.Ordinal);
        Assert.Equal(0, back.Pump('a'));
    }

    [Fact]
    public void A_charge_names_its_lot_and_the_lot_is_less_by_it()
    {
        SharedRig rig = new SharedRig(("A", [SharedRig.Salt("one", 'a', 3), SharedRig.Salt("two", 'a', 3)])).Started();
        Assert.Equal(ReplyKind.Accepted, rig.Weigh("A", "one", 3).Kind);
        rig.Scan(5);
        Assert.Equal("X-1", Assert.Single(rig.Events, e => e.Kind == BatchEventKind.LotConsumed).Data["lot"]);
        Assert.Equal(PhaseState.Held, rig["A"].State);
        Assert.Equal("two: lot X-1 of salt has 2 kg left, 3 kg are asked", rig["A"].Reason);
    }

    [Fact]
    public void An_expired_lot_is_refused_before_it_is_asked_for()
    {
        SharedRig rig = new SharedRig(("A", [SharedRig.Salt("one", 'a', 3)]));
        rig.Day(new DateOnly(2026, 2, 1));
        rig.Started();
        Assert.Equal("one: lot X-1 of salt expired on 2026-01-31", rig["A"].Reason);
        Assert.Empty(rig.Controller.Snapshot("A").Prompts);
    }

    [Fact]
    public void What_must_never_meet_is_refused_before_a_pump_runs()
    {
        SharedRig rig = new SharedRig(("A", [SharedRig.Unit("water", 'a', water: true), SharedRig.Salt("salt", 'a', 2), SharedRig.Unit("more", 'a', water: true)])).Started();
        rig.Level('a', 20).Scan(10);
        rig.Weigh("A", "salt", 2);
        rig.Scan(5);
        Assert.Equal("more/feed: a holds 20.0 L brine and water must never meet it (it sets)", rig["A"].Reason);
        Assert.Equal(0, rig.Pump('a'));
    }
}
