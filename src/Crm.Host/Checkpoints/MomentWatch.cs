using Crm.Control;
using Crm.Plant.Records;

namespace Crm.Host.Checkpoints;

/// <summary>Waits for a moment of a run. The record tells it, so that no step is too short to be seen.</summary>
public sealed class MomentWatch(Moment moment)
{
    private TimeSpan? begun = moment.Step.Length == 0 ? TimeSpan.Zero : null;

    public Moment Moment { get; } = moment;

    /// <summary>Listens from now on; a step that runs already counts from when it was entered.</summary>
    public void Follow(PlantController plant)
    {
        foreach (BatchView batch in plant.Batches)
            begun ??= plant.Snapshot(batch.Id).Steps.FirstOrDefault(s => s.Id == Moment.Step)?.Since;
        plant.OnEvent += Hear;
    }

    public void Leave(PlantController plant) => plant.OnEvent -= Hear;

    public bool HasCome(TimeSpan now) => begun is { } from && now >= from + Moment.After;

    private void Hear(BatchEvent happened)
    {
        // What takes no time, like a sample, only ends.
        if (happened.Kind is BatchEventKind.StepStarted or BatchEventKind.StepEnded && happened.Subject == Moment.Step) begun ??= happened.At;
    }
}
