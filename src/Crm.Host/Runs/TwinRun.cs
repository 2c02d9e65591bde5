using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Crm.Control;
using Crm.Host.CommandLine;
using Crm.Host.Reports;
using Crm.Plant.Allocation;
using Crm.Plant.Balances;
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

    /// <summary>The values of STOPPED and ABORTED reach the pins, and the last events the journal, in the scans after the end.</summary>
    private static readonly TimeSpan AfterEnd = TimeSpan.FromSeconds(3);

    /// <summary>No batch of a pilot lasts longer.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromDays(14);

    public static Campaign Execute(RunInputs inputs, RunOptions options, string folder, Progress progress, Interrupt interrupt)
    {
        Directory.CreateDirectory(folder);
        string journalPath = Path.Combine(folder, "journal.db");
        foreach (string old in Directory.EnumerateFiles(folder, "journal.db*")) File.Delete(old);
        var events = ImmutableArray.CreateBuilder<BatchEvent>();
        var memory = new MemoryHistory(inputs.Rig);
        var totals = new UtilityTotals(inputs.Rig);
        RunEnd ended;
        PlantTruth truth;
        ImmutableArray<BatchView> batches;
        BatchEvent utilities;
        using (var journal = SqliteJournal.Open(journalPath))
        using (var csv = new CsvHistory(File.Create(Path.Combine(folder, "history.csv")), inputs.Rig))
        {
            var recorder = new HistoryRecorder(inputs.Rig, csv, memory);
            var rig = new TwinRig(inputs, options.Seed, journal) { Unattended = true };
            foreach (var fault in options.Faults) rig.Inject(fault);
            var plant = rig.Control;
            plant.OnEvent = events.Add;
            plant.OnFrame = frame =>
            {
                recorder.Record(frame.Image);
                totals.Observe(frame);
            };
            if (options.Day is { } day) plant.Command(new SetDay(long.MaxValue - 1, "host", day));
            ImmutableArray<Explanations> explanations = [.. plant.Batches.Select(b => new Explanations(options, options.Json ? Console.Error : Console.Out, b.Id))];
            foreach (var explanation in explanations) plant.OnEvent += explanation.Heard;
            ended = Loop(rig, options, progress, explanations, interrupt);
            truth = rig.Truth;
            batches = plant.Batches;
            foreach (var explanation in explanations) explanation.End(plant);
            recorder.Finish();
            utilities = totals.Note(ended.At, ended.Scan);
            foreach (var note in ClosingNotes(plant, utilities, ended))
            {
                events.Add(note);
                journal.Append(note);
            }

            journal.Commit();
        }

        File.WriteAllText(Path.Combine(folder, "history-dictionary.csv"), HistoryFormat.Dictionary(inputs.Rig), new UTF8Encoding(false));
        ImmutableArray<CampaignBatch> records = batches.Length == 1
            ? [new CampaignBatch(batches[0].Id, TimeSpan.Zero, ended.At, Record(inputs.Recipe, "", inputs, options, events.ToImmutable(), memory, truth, ended))]
            : [.. batches.Select((b, i) => Record(i == 0 ? inputs.Recipe : inputs.Further[i - 1], b, inputs, options, [.. events], memory, truth, ended))];
        foreach (var batch in records) ReportWriter.Write(batches.Length == 1 ? folder : Path.Combine(folder, batch.Name), batch.Record);
        var campaign = new Campaign(records, WaitLedger.Book(events), utilities, ended.At);
        if (batches.Length > 1) File.WriteAllBytes(Path.Combine(folder, "campaign.json"), CampaignJson.Write(campaign));
        return campaign;
    }

    /// <summary>The meters' totals; and, only when there were any, what the actors lost or failed at, which a healthy run never has.</summary>
    private static IEnumerable<BatchEvent> ClosingNotes(PlantController plant, BatchEvent utilities, RunEnd ended)
    {
        yield return utilities;
        var counters = plant.Counters;
        if (counters.DeadLetters + counters.Failures == 0) yield break;
        yield return new BatchEvent(
            ended.At, ended.Scan, BatchEventKind.Fault, "actors", $"the control actors lost {counters.DeadLetters} messages and failed {counters.Failures} times", "controller", BatchEvent.NoData);
    }

    private static RunEnd Loop(TwinRig rig, RunOptions options, Progress progress, ImmutableArray<Explanations> explanations, Interrupt interrupt)
    {
        var plant = rig.Control;
        var wall = Stopwatch.StartNew();
        TimeSpan? heldSince = null, abortedAt = null, endedAt = null;
        for (long scan = 1; ; scan++)
        {
            rig.Scan();
            var now = rig.Now;
            progress.Show(plant, now);
            foreach (var explanation in explanations) explanation.Look(plant, now);
            if (plant.AllOver)
            {
                endedAt ??= now;
                if (now - endedAt >= AfterEnd) return new(Ended(plant.BatchState, abortedAt is not null), plant.BatchReason, now, scan);
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
            if (options.Pace is { } pace) Wait(wall, now, pace, interrupt);
        }
    }

    private static void Abort(PlantController plant)
    {
        long id = long.MaxValue - 100;
        foreach (var batch in plant.Batches.Where(b => !b.IsOver && b.State != PhaseState.Idle))
            plant.Command(new CommandBatch(id--, "operator", PhaseCommand.Abort, "interrupted at the keyboard") { Batch = batch.Id });
    }

    private static BatchOutcome Ended(PhaseState state, bool interrupted) => state switch
    {
        PhaseState.Complete => BatchOutcome.Complete,
        PhaseState.Stopped => BatchOutcome.Stopped,
        PhaseState.Aborted => interrupted ? BatchOutcome.Interrupted : BatchOutcome.Aborted,
        _ => BatchOutcome.Held,
    };

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

    /// <summary>One of several: its own events, and what happened to the plant while it ran. The meters count for all of them together.</summary>
    private static CampaignBatch Record(
        ControlRecipe recipe, BatchView batch, RunInputs inputs, RunOptions options, ImmutableArray<BatchEvent> events, MemoryHistory memory, PlantTruth truth, RunEnd ended)
    {
        var states = events.Where(e => e.Batch == batch.Id && e.Kind == BatchEventKind.BatchState).ToList();
        TimeSpan from = states.Count == 0 ? ended.At : states[0].At, to = batch.IsOver ? states[^1].At : ended.At;
        ImmutableArray<BatchEvent> own = [.. events.Where(e => e.Batch == batch.Id || (e.Batch.Length == 0 && e.At >= from && e.At <= to && e.Subject != "utilities"))];
        var end = new RunEnd(ended.Outcome == BatchOutcome.Interrupted && !batch.IsOver ? BatchOutcome.Interrupted : Ended(batch.State, ended.Outcome == BatchOutcome.Interrupted), batch.Reason, to, 0);
        return new CampaignBatch(batch.Id, from, to, Record(recipe, "-" + batch.Id, inputs, options, own, memory, truth, end));
    }

    private static BatchRecord Record(
        ControlRecipe recipe, string name, RunInputs inputs, RunOptions options, ImmutableArray<BatchEvent> events, MemoryHistory memory, PlantTruth truth, RunEnd ended)
    {
        var result = BatchBalance.Compute(events, recipe.Product, inputs.Rig.Reagents, ended.At);
        string[] products = [.. truth.Places.Keys.Where(place => result.Lots.Any(l => l.Kind == Plant.Lots.LotKind.Product && place == "lot:" + l.Id))];
        return new BatchRecord(
            $"{Path.GetFileName(recipe.Id)}-{options.Seed}{name}",
            typeof(TwinRun).Assembly.GetName().Version?.ToString(3) ?? "0",
            new RecipeIdentity(recipe.Id, recipe.Version, recipe.Title, recipe.ContentHash),
            new RigIdentity(inputs.Rig.Name, inputs.Rig.Version, inputs.Rig.ContentHash, inputs.Twin.ContentHash) { ProtectionChecksum = MatrixTable.Of(inputs.Rig).Checksum },
            (ulong)(uint)options.Seed,
            ended.Outcome,
            ended.Reason,
            ended.At,
            recipe.Product,
            recipe.Formula,
            events,
            result,
            memory.All(),
            TwinTruth.From(truth, products));
    }

    private readonly record struct RunEnd(BatchOutcome Outcome, string Reason, TimeSpan At, long Scan);
}
