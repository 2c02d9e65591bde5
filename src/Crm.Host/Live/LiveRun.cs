using System.Globalization;
using Crm.Control;
using Crm.Host.Approvals;
using Crm.Host.CommandLine;
using Crm.Host.Runs;
using Crm.Host.Service;
using Crm.Plant.Phases;
using Crm.Plant.Records;
using Crm.Store.Journal;

namespace Crm.Host.Live;

/// <summary>
/// One batch on the real buses, from first scan to report, with a person at the terminal: <c>crm run RECIPE --live</c>. The scan has this
/// thread and the machine's clock; buses, journal and keyboard have threads of their own.
/// </summary>
public static class LiveRun
{
    /// <summary>Longer than any scan takes: the terminal is looked at in between.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>The values of the end reach the devices, and the last events the journal.</summary>
    private static readonly TimeSpan AfterEnd = TimeSpan.FromSeconds(3);

    /// <summary>An interrupted run has two seconds in all (SAF-27), of which ABORTING takes one.</summary>
    private static readonly TimeSpan AfterInterrupt = TimeSpan.FromSeconds(0.5);

    /// <summary>An interrupted batch is given so long to be ABORTED; its abort values are at the devices after one scan.</summary>
    private static readonly TimeSpan AbortWatch = TimeSpan.FromSeconds(30);

    public static BatchRecord Execute(RunInputs inputs, RunOptions options, string folder, Interrupt interrupt)
    {
        var console = new LineConsole(Console.Out, Environment.UserName);
        var meter = new ScanMeter();
        var began = TimeProvider.System.GetLocalNow();
        var files = new BatchFolder(inputs, folder, TimeProvider.System);
        RunEnd ended;
        using var release = new RecipeRelease(new ApprovalStore(options.Data), inputs.Rig, TimeProvider.System);
        using (files)
        using (var journal = new JournalThread(files.Journal))
        {
            using (var rig = new LiveRig(inputs.Rig, inputs.Recipe, options.At, journal, release) { Control = { NominalDemand = inputs.NominalDemand } })
            {
                files.Watch(rig.Control);
                rig.Control.OnOutcome = console.Outcome;
                ended = Loop(rig, console, meter, interrupt);
                foreach (string wire in rig.Wires) console.Say(wire);
            }

            // Its writer is at rest now: what remains is written here.
            journal.Close();
            files.Close(ended);
        }

        console.Say(string.Create(CultureInfo.InvariantCulture,
            $"{meter.Took.Count} scans, {1000 * meter.Took.Mean:0.00} ms each, late by {1000 * meter.Late.Mean:0.00} ms on average and {1000 * meter.Late.Most:0.0} ms at most, {meter.Overruns} overruns"));
        return files.Report($"{Path.GetFileName(inputs.Recipe.Id)}-live-{began.ToString("yyyyMMdd-HHmm", CultureInfo.InvariantCulture)}", null, null, ended);
    }

    private static RunEnd Loop(LiveRig rig, LineConsole console, ScanMeter meter, Interrupt interrupt)
    {
        var plant = rig.Control;
        using var lines = new Mailbox();
        Listen(line => lines.Ask(() =>
        {
            console.Obey(plant, line);
            return true;
        }));
        var clock = TimeProvider.System;
        long start = clock.GetTimestamp();
        var pacer = new Pacer(rig.Rig.ScanPeriod, TimeSpan.Zero);
        TimeSpan lookAt = TimeSpan.Zero, abortedAt = TimeSpan.MaxValue, endedAt = TimeSpan.MaxValue;
        while (true)
        {
            lines.Drain();
            lines.Wait(pacer.Wait(clock.GetElapsedTime(start)));
            if (!pacer.Take(clock.GetElapsedTime(start))) continue;
            long began = clock.GetTimestamp();
            rig.Scan();
            meter.Scanned(clock.GetElapsedTime(began), rig.Rig.ScanPeriod, pacer.Late);
            var now = rig.Now;
            if (now >= lookAt)
            {
                lookAt = now + LookEvery;
                console.Look(plant);
            }

            if (abortedAt == TimeSpan.MaxValue && interrupt.Asked)
            {
                abortedAt = now;
                plant.Command(new CommandBatch(long.MaxValue, "operator", PhaseCommand.Abort, "interrupted at the keyboard"));
            }

            if (BatchFolder.Ended(plant.BatchState, abortedAt < now) is { } outcome)
            {
                if (endedAt == TimeSpan.MaxValue) endedAt = now;
                if (now - endedAt >= (abortedAt < now ? AfterInterrupt : AfterEnd)) return new RunEnd(outcome, plant.BatchReason, now, plant.Frame!.Scan);
            }

            bool never = plant.BatchState == PhaseState.Idle;
            if (abortedAt < now && (never || now - abortedAt > AbortWatch))
                return new RunEnd(BatchOutcome.Interrupted, "interrupted at the keyboard", now, plant.Frame!.Scan);
        }
    }

    /// <summary>Lines of the keyboard until it ends; a full mailbox or an ended run drops them.</summary>
    private static void Listen(Action<string> take)
    {
        var reader = new Thread(() =>
        {
            while (Console.In.ReadLine() is { } line)
            {
                try
                {
                    take(line);
                }
                catch (Exception over) when (over is ControllerBusyException or ObjectDisposedException)
                {
                    return;
                }
            }
        })
        { Name = "keyboard", IsBackground = true };
        reader.Start();
    }
}
