using System.Collections.Immutable;
using Crm.Contracts;
using Crm.Control;
using Crm.Plant.Alarms;
using Crm.Plant.Phases;
using Crm.Plant.Protection;

namespace Crm.Host.Service;

/// <summary>A snapshot of plant and batch as the API tells it.</summary>
public static class SituationText
{
    private static readonly PhaseCommand[] BatchCommands = [PhaseCommand.Start, PhaseCommand.Hold, PhaseCommand.Restart, PhaseCommand.Stop, PhaseCommand.Abort];

    public static Situation Describe(PlantSnapshot seen, ImmutableArray<AbsentAlarm> absent, long version, bool unattended, bool skipping, IReadOnlyList<Band> bands) => new(
        "situation",
        version,
        seen.Batch.ToString(),
        seen.Reason,
        [.. BatchCommands.Where(seen.Takes).Select(c => c.ToString())],
        unattended,
        skipping,
        [.. seen.Steps.Select(Describe)],
        [.. seen.Waiting.Select(Describe)],
        [.. seen.Prompts.Select(Describe)],
        [.. seen.Samples.Select(s => new SampleSeen(s.Sample.Name, s.Sample.Label, s.Sample.Place, s.Sample.Analytes, s.TakenAt.TotalSeconds, s.DueAt.TotalSeconds))],
        [.. seen.Lots.Select(l => new LotSeen(l.Id, l.Material, Words.Of(l.Kind), l.Mass.Value, l.Mass.U))],
        [.. seen.Alarms.Select(Describe).OrderBy(a => a.Priority).ThenByDescending(a => a.Since)],
        [.. absent.Select(a => new AbsentSeen(
            a.Definition.Id, a.Definition.Text, (int)a.Definition.Priority, a.Status.State.ToString(), a.Why, a.Status.Absence?.Until?.TotalSeconds, a.Status.Stands))],
        [.. seen.Trips.Select(Describe)],
        seen.RigTrip.IsTripped ? seen.RigTrip.Why : "",
        bands);

    private static StepSeen Describe(StepView step) => new(
        step.Id, step.Label, step.Unit, step.Operation, step.State.ToString(), step.Doing, Number(step.Progress), step.Reason, Math.Round(step.Since.TotalSeconds, 1));

    private static PromptSeen Describe(PromptView view) => new(
        view.Prompt.Id, view.Prompt.Label, Words.Of(view.Prompt.Kind), view.Prompt.Text, view.Prompt.Items, view.Prompt.Place, view.Prompt.Material,
        Number(view.Asked), view.Prompt.Analytes, view.Prompt.Protective, Math.Round(view.Since.TotalSeconds, 1));

    private static AlarmSeen Describe(AlarmView alarm) => new(
        alarm.Definition.Id, alarm.Definition.Text, (int)alarm.Definition.Priority, alarm.Status.State.ToString(), alarm.Status.Occurrence,
        Math.Round(alarm.Status.Since.TotalSeconds, 1), alarm.Status.IsFirstOut, alarm.Definition.Cause, alarm.Definition.Consequence, alarm.Definition.Response,
        alarm.Definition.TimeToRespond.TotalSeconds, ShelvingRules.Longest(alarm.Definition.Priority)?.TotalMinutes);

    private static TripSeen Describe(TripView trip) => new(
        trip.Definition.Id, trip.Definition.Why, trip.FirstOut, trip.Status.Phase == TripPhase.ReadyToReset, trip.Definition.Units,
        Math.Round(trip.Status.Since.TotalSeconds, 1));

    private static double? Number(double value) => double.IsFinite(value) ? Math.Round(value, 4) : null;
}
