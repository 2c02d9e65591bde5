using Crm.Control;
using Crm.Host.CommandLine;
using Crm.Plant.Phases;
using Crm.Plant.Quantities;
using Crm.Plant.Records;

namespace Crm.Host.Runs;

/// <summary>
/// <c>--explain</c>: prints the chain of reasons when the batch comes to rest, when a command is refused, and at the end of the run if
/// something has changed since. Reads the plant, never changes it.
/// </summary>
/// <param name="batch">Name of the batch it is about.</param>
public sealed class Explanations(RunOptions options, TextWriter output, string batch)
{
    /// <summary>Trips and alarms follow a fault within their delays; the moment is told when they have.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    private readonly HashSet<string> toldRefusals = new(StringComparer.Ordinal);
    private readonly List<BatchEvent> refused = [];
    private PhaseState told = PhaseState.Idle;
    private TimeSpan restingSince;
    private string last = "";
    private bool due;
    private TimeSpan? phaseHeldAt;

    public void Heard(BatchEvent happened)
    {
        if (happened.Batch.Length > 0 && happened.Batch != batch) return;
        if (options.Explain && happened.Kind == BatchEventKind.CommandRefused) refused.Add(happened);
        if (happened.Kind == BatchEventKind.PhaseState && happened.Data.GetValueOrDefault("to", "") == "HELD") phaseHeldAt = happened.At;
    }

    public void Look(PlantController plant, TimeSpan now)
    {
        if (!options.Explain) return;
        foreach (BatchEvent happened in refused) Refusal(happened);
        refused.Clear();
        PhaseState state = plant.StateOf(batch);
        bool rests = state is PhaseState.Held or PhaseState.Stopped or PhaseState.Aborted;
        if (rests && state != told)
        {
            (told, restingSince, due) = (state, now, true);
        }
        else if (!rests)
        {
            (told, due) = (PhaseState.Idle, false);
        }

        // A unit that is held while the batch goes on.
        if (state == PhaseState.Running && phaseHeldAt is { } since && now - since >= Settling)
        {
            phaseHeldAt = null;
            if (plant.Snapshot(batch).Steps.Any(s => s.State == PhaseState.Held)) Tell(plant);
        }

        if (due && now - restingSince >= Settling) Tell(plant);
    }

    /// <summary>The last word: what stands at the end of the run, where it is not what was told before.</summary>
    public void End(PlantController plant)
    {
        if (options.Explain && plant.StateOf(batch) is PhaseState.Held or PhaseState.Holding or PhaseState.Stopped or PhaseState.Aborted) Tell(plant);
    }

    private void Tell(PlantController plant)
    {
        due = false;
        Explanation explanation = plant.Explain(batch);
        if (explanation.Essence == last) return;
        last = explanation.Essence;
        output.WriteLine(explanation);
        output.WriteLine();
    }

    private void Refusal(BatchEvent happened)
    {
        if (!toldRefusals.Add($"{happened.Subject} {happened.Text}")) return;
        output.WriteLine($"REFUSED at {PlantClock.Text(happened.At)} to {happened.Cause}: {happened.Subject}: {happened.Text}");
        output.WriteLine();
    }
}
