using System.Collections.Immutable;
using Crm.Contracts;
using Crm.Control;
using Crm.Plant.Phases;

namespace Crm.Host.Service;

/// <summary>The assessment after a lost controller as the API tells it.</summary>
public static class RecoveryText
{
    /// <summary>Steps, timers, doses by the scale, lots, samples, results, modes, alarm states and what people had set come back from the record; these do not.</summary>
    private static readonly ImmutableArray<string> NotKept =
    [
        "Trips: every row starts tripped and waits for a reset; what came first is in the record only",
        "Loops: their integrals start from where the actuators stand",
        "Outputs in manual are back in the hands of the batch",
        "Trends of before are in history files, not on the screen",
    ];

    /// <summary>Null when there is nothing to decide any more.</summary>
    public static Recovery? Of(PlantController plant, PlantSnapshot seen) =>
        plant.Assessments.TryGetValue(seen.Id, out var found) && seen.Batch is PhaseState.Held or PhaseState.Holding ? Of(found, seen) : null;

    private static Recovery Of(RecoveryAssessment found, PlantSnapshot seen) => new(
        Math.Round(found.LastRecord.TotalSeconds, 1),
        Math.Round(found.Away.TotalSeconds, 1),
        found.Was.ToString(),
        [.. found.Steps.Select(s => new RecoveryStep(
            s.Step, s.Unit, s.Was.ToString(), [.. s.Choices.Select(c => Words.Of(c))], s.Text,
            seen.Decisions.FirstOrDefault(d => d.Step == s.Step)?.Decision is { } decided ? Words.Of(decided) : ""))],
        found.Energised,
        found.Moved,
        NotKept);
}
