using System.Diagnostics;
using Crm.Control;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Records;
using Crm.Plant.Rigs;

namespace Crm.Host.Service;

/// <summary>The orderly end of the service (SAF-27): effects to safe, confirmed, on record; whoever disposes of it then closes the handles.</summary>
public sealed partial class RigCore
{
    /// <summary>HOLDING lasts a second; what is not at rest by then is told as not confirmed and left to the devices' own watchdogs.</summary>
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1.6);

    /// <summary>For the last entries; a disk that does not take them keeps nobody longer.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(1);

    /// <summary>Every batch is held, what people held in manual is given back where it feeds, moves or heats, and the record says whether it was confirmed.</summary>
    /// <returns>What the record says of it.</returns>
    public string BringToRest(string why)
    {
        // Each order has an id of its own: a repeated one would only get the first answer again.
        long id = long.MaxValue;
        foreach (BatchView batch in Plant.Batches)
            if (batch.State is PhaseState.Running or PhaseState.Restarting or PhaseState.Paused or PhaseState.Pausing)
                Plant.Command(new CommandBatch(id--, "service", PhaseCommand.Hold, why) { Batch = batch.Id });
        foreach (OutputDefinition output in Rig.Outputs)
            if (MovesOrHeats(output) && Plant.Frame is { } frame && frame.Outputs[output.Ordinal].InManual)
                Plant.Command(new ReturnManual(id--, "service", output.Name));
        Unattended = false;
        bool atRest = false;
        for (var rested = TimeSpan.Zero; rested < LongestRest && !atRest; rested += Rig.ScanPeriod)
        {
            // The plan that is judged has been exchanged and answered by the scan after it.
            atRest = NotAtRest() is null;
            Scan();
            if (!IsTwin) Thread.Sleep(Rig.ScanPeriod);
        }

        var told = new BatchEvent(
            Now, Plant.Frame?.Scan ?? 0, BatchEventKind.Note, "stop",
            NotAtRest() is { } open ? $"{why}: not confirmed, {open}; the devices fall to their fail values by their own watchdogs" : $"{why}: confirmed, feeds and heaters are off and every bus answers",
            "service", BatchEvent.NoData);
        Plant.Note(told);
        Tell(told);
        meters.NoteAll(Now, Plant.Frame?.Scan ?? 0, Noted);
        recorder.Finish();
        for (long begin = Stopwatch.GetTimestamp(); !Plant.IsOnRecord && Plant.WriteRecord().Fault is null && Stopwatch.GetElapsedTime(begin) < LongestWrite;) Thread.Sleep(10);
        return told.Text;
    }

    private static bool MovesOrHeats(OutputDefinition output) => output.Role is OutputRole.Feed or OutputRole.Heat or OutputRole.Transfer or OutputRole.Gas;

    /// <summary>What keeps the rig from being at rest; null when it is.</summary>
    private string? NotAtRest()
    {
        if (Plant.Frame is not { } frame) return "nothing was scanned yet";
        if (Plant.Batches.FirstOrDefault(b => PhaseTable.IsActive(b.State) && b.State != PhaseState.Held) is { } going) return $"batch {going.Id} is {PhaseTable.Word(going.State)}";
        // What a plant service moves is none of a batch's: it ends with its duty.
        if (Rig.Outputs.FirstOrDefault(o => o.Role is OutputRole.Feed or OutputRole.Heat && !OfService(o) && frame.Plan.Values[o.Ordinal] != 0) is { } on) return $"{on.Name} is on";
        return Rig.Buses.FirstOrDefault(b => Rig.Tags.Any(t => t.Bus == b.Name) && Rig.Tags.Where(t => t.Bus == b.Name).All(t => frame.Image[t.Ordinal].IsBad)) is { } silent ? $"bus {silent.Name} does not answer" : null;
    }

    private bool OfService(OutputDefinition output) => Rig.Units[Rig.Unit(output.Name.Split('.')[0])].IsService;
}
