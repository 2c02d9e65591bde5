using System.Collections.Immutable;
using Crm.Contracts;
using Crm.Control;
using Crm.Plant.Alarms;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;

namespace Crm.Host.Service;

/// <summary>A snapshot of plant and batch as the API tells it.</summary>
public static class SituationText
{
    private static readonly PhaseCommand[] BatchCommands = [PhaseCommand.Start, PhaseCommand.Hold, PhaseCommand.Restart, PhaseCommand.Stop, PhaseCommand.Abort];

    public static Situation Describe(RigCore core, PlantSnapshot seen, ImmutableArray<AbsentAlarm> absent, long version, bool skipping) => new(
        "situation",
        version,
        seen.Id,
        Words.Of(seen.Mode),
        seen.Batch.ToString(),
        seen.Reason,
        [.. BatchCommands.Where(seen.Takes).Select(c => c.ToString())],
        core.Unattended,
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
        core.Story.Bands(seen.Id),
        [.. core.Rig.Units.Where(u => !u.IsService).Select(u => Describe(u, seen))],
        new PresenceSeen(seen.PresentBy, Seconds(seen.PresentAt), Seconds(seen.PresenceDue), seen.Attended),
        core.Story.Refusals,
        AsideText.List(core.Rig, seen.Frame, absent, core.Story),
        Describe(core),
        [.. core.Plant.Batches.Select(b => Describe(core, b))],
        Panel(core.Rig, seen.Frame),
        [.. ProofTestText.All(core).Where(p => p.Overdue == true)])
    {
        RecordFault = core.Plant.RecordFault ?? "",
        Procedure = core.Plant.RecipeOf(seen.Id).ProcedureHash,
        Adjustable = [.. seen.Adjustable.Select(f => new FormulaInfo(f.Name, f.Label, f.Value, f.Unit, f.Low, f.High))],
        Campaigns = [.. core.Plant.Campaigns.Select(c => Describe(core, c))],
        Revisions = seen.Proposed is { } proposed ? [Describe(proposed, seen)] : [],
        Recoveries = RecoveryText.Of(core.Plant, seen) is { } found ? [found] : [],
        FirstOuts = seen.Frame is { } frame ? [.. core.Rig.Trips.Where(t => frame.Trips[t.Ordinal] is { IsTripped: false, FirstOut: not 0 }).Select(t => Kept(t, frame.Trips[t.Ordinal]))] : [],
    };

    private static RevisionSeen Describe(BatchRevision revision, PlantSnapshot seen) => new(
        revision.By, revision.At.TotalSeconds, revision.Reason,
        [.. seen.Adjustable.Where(p => revision.Values.ContainsKey(p.Name)).Select(p => FormattableString.Invariant($"{p.Name} {p.Value:0.######} to {revision.Values[p.Name]:0.######} {p.Unit}").TrimEnd()), .. revision.Steps?.Changes.Select(c => c.Words) ?? []],
        [.. revision.Steps?.Advice ?? []]);

    public static BatchSeen Describe(RigCore core, BatchView batch) => new(
        batch.Id, batch.Recipe, batch.Version, core.Plant.RecipeOf(batch.Id).Title, batch.State.ToString(), batch.Reason, batch.Units, batch.Waits);

    public static CampaignSeen Describe(RigCore core, CampaignOnRig campaign) => new(
        campaign.Name, campaign.Id, campaign.Version, campaign.Title,
        campaign.Batches.All(b => core.Plant.StateOf(b) == PhaseState.Complete) ? "Complete" : campaign.Standing.ToString(), campaign.By, campaign.Reason,
        [.. campaign.Batches.Select(b => new CampaignBatchSeen(
            b, core.Plant.RecipeOf(b).Title, core.Plant.StateOf(b).ToString(), core.Plant.PlanOf(b).ToString(), core.Plant.WhyNotDue(b) ?? core.Plant.WhyNotBegin(b) ?? ""))]);

    private static UnitSeen Describe(UnitDefinition unit, PlantSnapshot seen)
    {
        string mode = Words.Of(seen.UnitModes[unit.Ordinal]);
        if (seen.Units.FirstOrDefault(u => u.Unit == unit.Name) is not { } view) return new UnitSeen(unit.Name, "Idle", mode, "", "", "", []);
        var state = view.State == PhaseState.Idle && view.Between is { } column ? column : view.State;
        return new UnitSeen(unit.Name, state.ToString(), mode, view.Step, view.Doing, view.Reason, [.. Enum.GetValues<PhaseCommand>().Where(c => c != PhaseCommand.None && view.Takes(c)).Select(c => c.ToString()), .. view.MayFinish ? ["Finish"] : Array.Empty<string>()])
        {
            RunsOn = view.RunsOn,
        };
    }

    private static PanelSeen Panel(RigDefinition rig, PlantFrame? frame) => rig.Panel is not { } panel || frame is null
        ? new PanelSeen(false, [])
        : new PanelSeen(frame.Plan.Values[panel.Horn] > 0.5, [.. panel.Lamps.Select(l => Words.Of(l.Shows(frame.Alarms.AsSpan())))]);

    private static ProtectionSeen Describe(RigCore core) => new(
        core.Plant.ProtectionChecksum,
        core.Plant.AwaitsAcceptance ?? "",
        core.Story.Acceptance?.Cause ?? "",
        core.Story.Acceptance?.At,
        core.Story.Acceptance?.Text ?? "");

    private static double? Seconds(TimeSpan? at) => at is { } time ? Math.Round(time.TotalSeconds, 1) : null;

    private static StepSeen Describe(StepView step) => new(
        step.Id, step.Label, step.Unit, step.Operation, step.State.ToString(), step.Doing, Number(step.Progress), step.Reason, Math.Round(step.Since.TotalSeconds, 1));

    private static PromptSeen Describe(PromptView view) => new(
        view.Prompt.Id, view.Prompt.Label, Words.Of(view.Prompt.Kind), view.Prompt.Text, view.Prompt.Items, view.Prompt.Place, view.Prompt.Material,
        Number(view.Asked), view.Prompt.Analytes, view.Prompt.Protective, Math.Round(view.Since.TotalSeconds, 1))
    {
        Refused = view.Refused?.Refusal.Text ?? "",
        Attempts = view.Attempts,
        Choices = [.. view.Choices.Select(c => Words.Of(c))],
        Others = view.Refused?.Others ?? [],
        TopUp = view.Refused?.TopUp ?? [],
    };

    private static AlarmSeen Describe(AlarmView alarm) => new(
        alarm.Definition.Id, alarm.Definition.Text, (int)alarm.Definition.Priority, alarm.Status.State.ToString(), alarm.Status.Occurrence,
        Math.Round(alarm.Status.Since.TotalSeconds, 1), alarm.Status.IsFirstOut, alarm.Definition.Cause, alarm.Definition.Consequence, alarm.Definition.Response,
        alarm.Definition.TimeToRespond.TotalSeconds, ShelvingRules.Longest(alarm.Definition.Priority)?.TotalMinutes);

    private static TripSeen Describe(TripView trip) => new(
        trip.Definition.Id, trip.Definition.Why, trip.FirstOut, trip.Status.Phase == TripPhase.ReadyToReset, trip.Definition.Units,
        Math.Round(trip.Status.Since.TotalSeconds, 1));

    private static FirstOutSeen Kept(TripDefinition row, in TripStatus status) => new(row.Id, status.FirstOutText(row), Math.Round(status.Since.TotalSeconds, 1));

    private static double? Number(double value) => double.IsFinite(value) ? Math.Round(value, 4) : null;
}
