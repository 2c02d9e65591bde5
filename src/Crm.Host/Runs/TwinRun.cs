using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Crm.Control;
using Crm.Host.Checkpoints;
using Crm.Host.CommandLine;
using Crm.Host.Reports;
using Crm.Plant.Allocation;
using Crm.Plant.Balances;
using Crm.Plant.Materials;
using Crm.Plant.Phases;
using Crm.Plant.Ports;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Records;
using Crm.Plant.Scan;
using Crm.Store.History;
using Crm.Store.Journal;

namespace Crm.Host.Runs;

/// <summary>
/// A batch on the twin, or several side by side, from first scan to reports: history takes what changed in every scan, the record what happened.
/// </summary>
public static class TwinRun
{
    /// <summary>Plant time a held batch is watched before the run ends: nobody restarts it, and its record shows that it stands as it must.</summary>
    private static readonly TimeSpan HeldWatch = TimeSpan.FromMinutes(10);

    /// <summary>Plant time an interrupted batch is given to reach ABORTED; its abort values are at the pins after one scan.</summary>
    private static readonly TimeSpan AbortWatch = TimeSpan.FromMinutes(10);

    /// <summary>No batch of a pilot lasts longer.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromDays(14);

    public static Campaign Execute(RunInputs inputs, RunOptions options, string folder, Progress progress, Interrupt interrupt)
    {
        var files = new BatchFolder(inputs, folder, clock: null);
        RunEnd ended;
        PlantTruth truth;
        ImmutableArray<BatchView> batches;
        ImmutableArray<StockLine> stock;
        using (files)
        {
            var rig = new TwinRig(inputs, options.Seed, files.Journal) { Unattended = true };
            var plant = rig.Control;
            files.Watch(plant);
            if (options.From is { } from) CheckpointFile.Restore(from, inputs, rig, files);
            foreach (var fault in options.Faults) rig.Inject(fault);
            var due = new CheckpointsDue(options, inputs, rig, files, folder);
            if (options.Day is { } day) plant.Command(new SetDay(long.MaxValue - 1, "host", day));
            ImmutableArray<Explanations> explanations = [.. plant.Batches.Select(b => new Explanations(options, options.Json ? Console.Error : Console.Out, b.Id))];
            foreach (var explanation in explanations) plant.OnEvent += explanation.Heard;
            ended = ToItsEnd(rig, options.Pace, Look, interrupt);
            truth = rig.Truth;
            batches = [.. plant.Batches.Select(b => b.State == PhaseState.Idle && (plant.WhyNotDue(b.Id) ?? plant.WhyNotBegin(b.Id)) is { } why ? b with { Reason = $"not started: {why}" } : b)];
            stock = StockLine.Between(MaterialBook.Of(inputs.Rig).Stock, plant.Materials.Stock);
            foreach (var explanation in explanations) explanation.End(plant);
            files.Close(ended);

            void Look(TimeSpan now)
            {
                progress.Show(plant, now);
                foreach (var explanation in explanations) explanation.Look(plant, now);
                due.Look(now);
            }
        }

        var campaign = new Campaign([.. batches.Select((b, i) => Report(files, i == 0 ? inputs.Recipe : inputs.Further[i - 1], b, batches.Length, options, truth, ended))],
            WaitLedger.Book(files.Events), files.Utilities, ended.At)
        { Plan = inputs.Plan, Stock = stock };
        if (batches.Length > 1) ReportWriter.Write(folder, campaign);
        return campaign;
    }

    /// <summary>Scans until every batch is over, or held with nobody to restart it, or interrupted.</summary>
    /// <param name="pace">Plant seconds per wall second; null is as fast as the machine allows.</param>
    /// <param name="look">After every scan, with the plant time.</param>
    /// <param name="enough">After every scan, with the plant time; true ends the run there.</param>
    internal static RunEnd ToItsEnd(TwinRig rig, double? pace, Action<TimeSpan> look, Interrupt interrupt, Func<TimeSpan, bool>? enough = null)
    {
        var plant = rig.Control;
        var wall = Stopwatch.StartNew();
        TimeSpan? heldSince = null, abortedAt = null, endedAt = null;
        for (long scan = 1 + (plant.Frame?.Scan ?? 0); ; scan++)
        {
            rig.Scan();
            var now = rig.Now;
            look(now);
            if (enough?.Invoke(now) == true) return new(BatchOutcome.Interrupted, "as far as was asked", now, scan);
            if (plant.AllOver)
            {
                endedAt ??= now;
                if (now - endedAt >= UtilityTotals.AfterEnd) return new(Outcome(plant.BatchState, abortedAt is not null), plant.BatchReason, now, scan);
            }

            if (abortedAt is null && interrupt.Asked)
            {
                abortedAt = now;
                Abort(plant);
            }

            if (abortedAt is { } aborted && (now - aborted > AbortWatch || plant.BatchState == PhaseState.Idle))
                return new(BatchOutcome.Interrupted, "interrupted at the keyboard", now, scan);
            heldSince = plant.NoneGoesOn ? heldSince ?? now : null;
            if (heldSince is { } held && now - held > HeldWatch) return new(BatchOutcome.Held, plant.BatchReason, now, scan);
            if (now > LongestRun) return new(BatchOutcome.Held, "the batch did not end within 14 days of plant time", now, scan);
            if (pace is { } rate) Wait(wall, now, rate, interrupt);
        }
    }

    private static void Abort(PlantController plant)
    {
        long id = long.MaxValue - 100;
        foreach (var batch in plant.Batches.Where(b => !b.IsOver && b.State != PhaseState.Idle))
            plant.Command(new CommandBatch(id--, "operator", PhaseCommand.Abort, "interrupted at the keyboard") { Batch = batch.Id });
    }

    private static BatchOutcome Outcome(PhaseState state, bool interrupted) => BatchFolder.Ended(state, interrupted) ?? BatchOutcome.Held;

    /// <summary>Keeps plant time from running ahead of the pace; when the machine is late, plant time slips and nothing lapses.</summary>
    private static void Wait(Stopwatch wall, TimeSpan now, double pace, Interrupt interrupt)
    {
        while (!interrupt.Asked)
        {
            double ahead = now.TotalSeconds / pace - wall.Elapsed.TotalSeconds;
            if (ahead < 0.001) return;
            Thread.Sleep(TimeSpan.FromSeconds(Math.Min(ahead, 0.1)));
        }
    }

    /// <summary>Alone, everything in the record is its own. One of several: its own events, and what happened to the plant while it ran.</summary>
    private static CampaignBatch Report(
        BatchFolder files, ControlRecipe recipe, BatchView batch, int batches, RunOptions options, PlantTruth truth, RunEnd ended)
    {
        string id = $"{Path.GetFileName(recipe.Id)}-{options.Seed}";
        TwinTruth? Truth(BatchResult result) => TwinTruth.From(
            truth, [.. truth.Places.Keys.Where(place => result.Lots.Any(l => l.Kind == Plant.Lots.LotKind.Product && place == "lot:" + l.Id))]);
        if (batches == 1) return new CampaignBatch(batch.Id, TimeSpan.Zero, ended.At, files.Report(id, options.Seed, Truth, ended));
        var states = files.Events.Where(e => e.Batch == batch.Id && e.Kind == BatchEventKind.BatchState).ToList();
        TimeSpan from = states.Count == 0 ? ended.At : states[0].At, to = batch.IsOver ? states[^1].At : ended.At;
        bool interrupted = ended.Outcome == BatchOutcome.Interrupted;
        var end = new RunEnd(interrupted && !batch.IsOver ? BatchOutcome.Interrupted : Outcome(batch.State, interrupted), batch.Reason, to, 0);
        return new CampaignBatch(batch.Id, from, to, files.ReportOneOf(recipe, batch.Id, $"{id}-{batch.Id}", from, options.Seed, Truth, end));
    }
}
