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
        var files = new BatchFolder(inputs, folder, clock: null);
        RunEnd ended;
        PlantTruth truth;
        using (files)
        {
            var rig = new TwinRig(inputs, options.Seed, files.Journal) { Unattended = true };
            foreach (var fault in options.Faults) rig.Inject(fault);
            var plant = rig.Control;
            files.Watch(plant);
            if (options.Day is { } day) plant.Command(new SetDay(long.MaxValue - 1, "host", day));
            var explanations = new Explanations(options, options.Json ? Console.Error : Console.Out);
            plant.OnEvent += explanations.Heard;
            ended = Loop(rig, options, progress, explanations, interrupt);
            truth = rig.Truth;
            explanations.End(plant);
            files.Close(ended);
        }

        return files.Report($"{Path.GetFileName(inputs.Recipe.Id)}-{options.Seed}", options.Seed, result => Truth(truth, result), ended);
    }

    private static TwinTruth? Truth(PlantTruth truth, BatchResult result) => TwinTruth.From(
        truth, [.. truth.Places.Keys.Where(place => result.Lots.Any(l => l.Kind == Plant.Lots.LotKind.Product && place == "lot:" + l.Id))]);

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
            if (BatchFolder.Ended(plant.BatchState, abortedAt is not null) is { } outcome)
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
}
