using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Expressions;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Control;

/// <summary>A phase that ran when the controller was lost, and what may become of it.</summary>
public sealed record InterruptedStep(string Step, string Unit, PhaseState Was, ImmutableArray<StepDecision> Choices, string Text);

/// <summary>
/// The one assessment a person gets who comes back to an interrupted batch: what ran, what was energised and where it went, how long
/// nobody was in charge, what moved meanwhile, which steps may be repeated (S88-22).
/// </summary>
/// <param name="Energised">Outputs of the last picture, and what their devices did when the plan ran out.</param>
/// <param name="Moved">Readings that are not what they were.</param>
public sealed record RecoveryAssessment(
    TimeSpan LastRecord, TimeSpan Away, PhaseState Was, ImmutableArray<InterruptedStep> Steps, ImmutableArray<string> Energised, ImmutableArray<string> Moved)
{
    /// <summary>Readings have moved when they differ by more than this many standard uncertainties of both.</summary>
    private const double Moves = 3;

    public override string ToString() => string.Join("\n", new[] { $"{PhaseTable.Word(Was)} until {PlantClock.Text(LastRecord)}, away for {PlantClock.Text(Away)}" }
        .Concat(Steps.Select(s => "  ran        " + s.Text)).Concat(Energised.Select(e => "  energised  " + e)).Concat(Moved.Select(m => "  moved      " + m)));

    internal static RecoveryAssessment Of(RigDefinition rig, RecoveredBatch recovered, ImmutableArray<InterruptedStep> steps, IReadOnlyList<BatchEvent> record, Image image) => new(
        recovered.LastRecord,
        recovered.Away,
        recovered.Was,
        steps,
        [.. PlantPicture.Outputs(rig, record).Select(o => Energy(rig.Outputs[o.Key], o.Value))],
        [.. PlantPicture.Readings(rig, record).Where(r => HasMoved(rig.Tags[r.Key], r.Value, image[r.Key])).Select(r => Movement(rig.Tags[r.Key], r.Value, image[r.Key]))]);

    internal static InterruptedStep Step(RecoveredPhase phase, bool mayResume, bool mayRepeat)
    {
        var choices = ImmutableArray.CreateBuilder<StepDecision>();
        if (mayResume) choices.Add(StepDecision.Resume);
        if (mayRepeat) choices.Add(StepDecision.Repeat);
        choices.Add(StepDecision.Skip);
        string how = string.Create(CultureInfo.InvariantCulture, $"{phase.Phase.Id} ({phase.Phase.Label}) on {phase.Phase.Unit} was {PhaseTable.Word(phase.Status.State)}, {PlantClock.Length(phase.Status.Active)} running: ");
        string may = mayResume ? "may be resumed" : "cannot be resumed, for what was done is not on record";
        string repeat = mayRepeat ? ", may be repeated" : ", is never repeated blindly";
        return new InterruptedStep(phase.Phase.Id, phase.Phase.Unit, phase.Status.State, choices.ToImmutable(), $"{how}{may}{repeat}, may be skipped");
    }

    private static string Energy(OutputDefinition output, double value)
    {
        string was = Disagreements.Words(output, value);
        string by = output.Fail.By switch { FailEnforcer.IoModule => "I/O module", FailEnforcer.Process => "nothing but this process", var other => other.ToString().ToLowerInvariant() };
        string then = output.Fail.Value.Keep ? "kept as it was" : $"to {Disagreements.Words(output, output.Fail.Value.Value)}";
        return $"{output.Name} at {was}; {then} by its {by} when the plan ran out";
    }

    private static bool HasMoved(TagDefinition tag, double was, in Reading now) => now.IsBad || Math.Abs(now.Value - was) > Moves * Math.Sqrt(2) * tag.StandardUncertainty;

    private static string Movement(TagDefinition tag, double was, in Reading now) =>
        $"{tag.Name} from {ConditionText.Value(tag, Reading.Good(was, now.At))} to {ConditionText.Value(tag, now)}";
}
