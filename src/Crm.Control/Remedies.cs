using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Quantities;
using Crm.Plant.Records;
using Crm.Plant.Rigs;

namespace Crm.Control;

/// <summary>What a technician does about a held or stopped batch, in the order to do it.</summary>
internal static class Remedies
{
    public static ImmutableArray<string> Of(
        RigDefinition rig, ProcedureInterpreter interpreter, PlantSnapshot seen, BatchState state, IReadOnlyList<BatchEvent> story, ImmutableArray<Obstacle> against)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        foreach (AlarmView alarm in seen.Alarms.Where(a => a.Status.IsActive).OrderBy(a => a.Definition.Priority))
            lines.Add($"{alarm.Definition.Response} (alarm {alarm.Definition.Text}; within {PlantClock.Length(alarm.Definition.TimeToRespond)}, else: {alarm.Definition.Consequence})");
        foreach (string output in Disagreements.Outputs(rig, seen))
            lines.Add($"why does {output} not obey? Fuse, drive, cable, coupling; lock it out before you touch it");
        lines.AddRange(story.Where(e => e.Kind is BatchEventKind.Fault or BatchEventKind.LimitReached).Take(2).SelectMany(e => Cause(rig, interpreter, seen, state, e)));
        foreach (TripView trip in seen.Trips) lines.Add(Trip(trip));
        foreach (Obstacle obstacle in against)
            if (Remedy(obstacle) is { } remedy) lines.Add(remedy);
        if (seen.Batch is not (PhaseState.Holding or PhaseState.Held) && seen.Steps.All(s => s.State != PhaseState.Held)) return lines.ToImmutable();
        lines.Add((against.IsEmpty ? "when the cause is mended: RESTART" : "when nothing of the above stands any more: RESTART") + "; what was dosed stays counted");
        lines.Add("if it cannot be mended before the hold runs out: STOP the batch");
        return lines.ToImmutable();
    }

    private static string Trip(TripView trip)
    {
        string danger = trip.Definition.Why.Length == 0 ? "" : $" (why it trips: {trip.Definition.Why})";
        return trip.Status.Phase == TripPhase.ReadyToReset
            ? $"trip {trip.Definition.Id} is clear: make sure what caused it is mended, then reset it{danger}"
            : $"trip {trip.Definition.Id} stands: clear {trip.Status.ActiveText(trip.Definition)}, then reset it{danger}";
    }

    private static string? Remedy(Obstacle obstacle) => obstacle.Kind switch
    {
        ObstacleKind.StaleInput => $"look at the instrument {obstacle.Subject}, its cable and its bus",
        ObstacleKind.Permissive => $"{obstacle.Text} before it can go on",
        ObstacleKind.Manual => $"give {obstacle.Subject} back from manual",
        ObstacleKind.Approval => "have the recipe signed (crm recipe status, crm recipe approve), or run it on the twin",
        ObstacleKind.Record => "make room on the disk of the record, or mend it",
        ObstacleKind.Recovery or ObstacleKind.Presence or ObstacleKind.HardWired => obstacle.Text,
        _ => null,
    };

    /// <summary>Where to look for what a fault or limit of a step names.</summary>
    private static IEnumerable<string> Cause(RigDefinition rig, ProcedureInterpreter interpreter, PlantSnapshot seen, BatchState state, BatchEvent fault)
    {
        PhaseNode? phase = state.Steps.Select(s => interpreter.Tree[s.Node]).OfType<PhaseNode>().FirstOrDefault(p => p.Id == fault.Subject);
        if (phase is null || fault.Kind == BatchEventKind.LimitReached)
        {
            yield return $"find and mend the cause of: {fault.Text}";
            yield break;
        }

        if (Line(rig, phase) is { } line && fault.Text.Contains(line.Reagent, StringComparison.Ordinal))
        {
            yield return $"{line.Reagent}: is the drum empty ({rig.Tags[line.Scale].Name} {Reads(rig, seen, line.Scale)}), the valve shut, the hose off or unprimed, the pump without power ({rig.Outputs[line.Pump].Name}, {rig.Outputs[line.Pump].Bus} {rig.Outputs[line.Pump].Address})?";
            yield break;
        }

        foreach (Expectation expected in phase.Expectations.Where(e => fault.Text.Contains(e.Text, StringComparison.Ordinal)))
        {
            TagDefinition(rig, expected.Tag, out string tag, out string wire);
            yield return $"did the effect really not come, or does {tag} not show it ({Reads(rig, seen, expected.Tag)}, {wire})? Compare with a hand instrument or a sample before going on";
            yield break;
        }

        yield return $"find and mend the cause of: {fault.Text}";
    }

    private static void TagDefinition(RigDefinition rig, int tag, out string name, out string wire) =>
        (name, wire) = (rig.Tags[tag].Name, $"{rig.Tags[tag].Bus} {rig.Tags[tag].Address}");

    private static DosingLine? Line(RigDefinition rig, PhaseNode phase)
    {
        string? reagent = phase.Arguments.GetValueOrDefault("reagent")?.Name;
        return rig.Units[rig.Unit(phase.Unit)].DosingLines.FirstOrDefault(l => l.Reagent == reagent);
    }

    private static string Reads(RigDefinition rig, PlantSnapshot seen, int tag) =>
        seen.Frame is { } frame ? "reads " + ConditionText.Value(rig.Tags[tag], frame.Image[tag]) : "not read yet";
}
