using Crm.Control;
using Crm.Host.Runs;
using Crm.Plant.Materials;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;

namespace Crm.Scenarios.Tests;

/// <summary>Refused lots on the bench kit's twin: what the unattended technician does about them, and what it leaves to a person.</summary>
public sealed class LotsOnTwinTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    private static (TwinRig Rig, List<BatchEvent> Events) Run(double minutes, params StockLot[] stock)
    {
        RunInputs inputs = PilotFiles.Load("bench-kit", "recipes/bench/neutralise-soda-liquor.yaml");
        var rig = new TwinRig(inputs with { Rig = inputs.Rig with { Stock = [.. stock] } }, 3, new MemoryJournal()) { Unattended = true };
        var events = new List<BatchEvent>();
        rig.Control.OnEvent = events.Add;
        rig.Control.Command(new SetDay(1_000_000, "anna", Today));
        while (!rig.Control.NoneGoesOn && !rig.Control.AllOver && rig.Now < TimeSpan.FromMinutes(minutes)) rig.Scan();
        return (rig, events);
    }

    [Fact]
    public void It_tops_up_and_takes_another_lot_by_the_labels_and_the_batch_ends()
    {
        (TwinRig rig, List<BatchEvent> events) = Run(240,
            new StockLot("SL-1", "soda_liquor", 0.02, null, 0.4), new StockLot("SL-2", "soda_liquor", 0.02, Today.AddDays(-1), 5), new StockLot("SL-3", "soda_liquor", 0.02, null, 0.7),
            new StockLot("SA-1", "sulfuric_acid", 0.05, null, 2), new StockLot("SA-2", "sulfuric_acid", 0.10, null, 2));
        Assert.True(rig.Control.BatchState == PhaseState.Complete, $"{rig.Control.BatchState}: {rig.Control.BatchReason}");
        Assert.Equal("SL-1 SL-3", Assert.Single(events, e => e.Kind == BatchEventKind.LotConsumed).Data["lot"]);
        Assert.Equal("SA-2", Assert.Single(events, e => e.Kind == BatchEventKind.Dose).Data["lot"]);
        Assert.Equal(["lot SL-1 of soda_liquor has 0.4 kg left, 1 kg are asked", "lot SA-1 of sulfuric_acid has 5 wt%, the recipe counts on 9 wt%"],
            events.Where(e => e.Kind == BatchEventKind.Prompt && e.Data["kind"] == nameof(PromptKind.Choose)).Select(e => e.Text));
        Assert.Equal(["TopUp", "AnotherLot"], events.Where(e => e.Kind == BatchEventKind.Answer && e.Data.ContainsKey("choice")).Select(e => e.Data["choice"]));
        Assert.Equal([0, 5, 0.1, 2], rig.Control.Materials.Stock.Take(4).Select(l => Math.Round(l.Remaining, 2)));
    }

    [Fact]
    public void What_takes_judgement_it_leaves_open_and_the_batch_is_held()
    {
        (TwinRig rig, List<BatchEvent> events) = Run(60, new StockLot("SL-1", "soda_liquor", 0.02, Today.AddDays(-1), 5));
        Assert.Equal(PhaseState.Held, rig.Control.BatchState);
        Assert.Contains("lot SL-1 of soda_liquor expired on 2026-11-20; nobody chose within 10 min", rig.Control.BatchReason, StringComparison.Ordinal);
        Assert.Single(rig.Control.Snapshot().Prompts, p => p.Prompt.Kind == PromptKind.Choose);
        Assert.DoesNotContain(events, e => e.Kind == BatchEventKind.LotConsumed);
    }
}
