using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Crm.Control;
using Crm.Host.CommandLine;
using Crm.Host.Reports;
using Crm.Plant.Balances;
using Crm.Plant.Phases;
using Crm.Plant.Ports;
using Crm.Plant.Protection;
using Crm.Plant.Records;
using Crm.Plant.Scan;
using Crm.Store.History;
using Crm.Store.Journal;

namespace Crm.Host.Runs;

/// <summary>
/// One batch on the twin, from first scan to report: history takes what changed in every scan, the record what happened.
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

    public static BatchRecord Execute(RunInputs inputs, RunOptions options, string folder, Progress progress, Interrupt interrupt)
    {
        Directory.CreateDirectory(folder);
        string journalPath = Path.Combine(folder, "journal.db");
        foreach (string old in Directory.EnumerateFiles(folder, "journal.db*")) File.Delete(old);
        var events = ImmutableArray.CreateBuilder<BatchEvent>();
        var memory = new MemoryHistory(inputs.Rig);
        var totals = new UtilityTotals(inputs.Rig);
        RunEnd ended;
        PlantTruth truth;
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
            var explanations = new Explanations(options, options.Json ? Console.Error : Console.Out);
            plant.OnEvent += explanations.Heard;
            ended = Loop(rig, options, progress, explanations, interrupt);
            truth = rig.Truth;
            explanations.End(plant);
            recorder.Finish();
            foreach (var note in ClosingNotes(plant, totals, ended))
            {
                events.Add(note);
                journal.Append(note);
            }

            journal.Commit();
        }

        File.WriteAllText(Path.Combine(folder, "history-dictionary.csv"), HistoryFormat.Dictionary(inputs.Rig), new UTF8Encoding(false));
        var record = Record(inputs, options, events.ToImmutable(), memory, truth, ended);
        ReportWriter.Write(folder, record);
        return record;
    }

    /// <summary>The meters' totals; and, only when there were any, what the actors lost or failed at, which a healthy run never has.</summary>
    private static IEnumerable<BatchEvent> ClosingNotes(PlantController plant, UtilityTotals totals, RunEnd ended)
    {
        yield return totals.Note(ended.At, ended.Scan);
        var counters = plant.Counters;
        if (counters.DeadLetters + counters.Failures == 0) yield break;
        yield return new BatchEvent(
            ended.At, ended.Scan, BatchEventKind.Fault, "actors", $"the control actors lost {counters.DeadLetters} messages and failed {counters.Failures} times", "controller", BatchEvent.NoData);
    }

    private static RunEnd Loop(TwinRig rig, RunOptions options, Progress progress, Explanations explanations, Interrupt interrupt)
    {
        var plant = rig.Control;
        var wall = Stopwatch.StartNew();
        TimeSpan? heldSince = null, abortedAt = null, endedAt = null;
        for (long scan = 1; ; scan++)
        {
            rig.Scan();
            var now = rig.Now;
            progress.Show(plant, now);
            explanations.Look(plant, now);
            if (Ended(plant.BatchState, abortedAt is not null) is { } outcome)
            {
                endedAt ??= now;
                if (now - endedAt >= AfterEnd) return new(outcome, plant.BatchReason, now, scan);
            }

            if (abortedAt is null && interrupt.Asked)
            {
                abortedAt = now;
                plant.Command(new CommandBatch(long.MaxValue, "operator", PhaseCommand.Abort, "interrupted at the keyboard"));
            }

            if (abortedAt is { } aborted && (now - aborted > AbortWatch || plant.BatchState == PhaseState.Idle))
                return new(BatchOutcome.Interrupted, "interrupted at the keyboard", now, scan);
            heldSince = plant.BatchState is PhaseState.Held or PhaseState.Holding ? heldSince ?? now : null;
            if (heldSince is { } held && now - held > HeldWatch) return new(BatchOutcome.Held, plant.BatchReason, now, scan);
            if (now > LongestRun) return new(BatchOutcome.Held, "the batch did not end within 14 days of plant time", now, scan);
            if (options.Pace is { } pace) Wait(wall, now, pace, interrupt);
        }
    }

    private static BatchOutcome? Ended(PhaseState state, bool interrupted) => state switch
    {
        PhaseState.Complete => BatchOutcome.Complete,
        PhaseState.Stopped => BatchOutcome.Stopped,
        PhaseState.Aborted => interrupted ? BatchOutcome.Interrupted : BatchOutcome.Aborted,
        _ => null,
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

    private static BatchRecord Record(
        RunInputs inputs, RunOptions options, ImmutableArray<BatchEvent> events, MemoryHistory memory, PlantTruth truth, RunEnd ended)
    {
        var recipe = inputs.Recipe;
        var result = BatchBalance.Compute(events, recipe.Product, inputs.Rig.Reagents, ended.At);
        string[] products = [.. truth.Places.Keys.Where(place => result.Lots.Any(l => l.Kind == Plant.Lots.LotKind.Product && place == "lot:" + l.Id))];
        return new BatchRecord(
            $"{Path.GetFileName(recipe.Id)}-{options.Seed}",
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
