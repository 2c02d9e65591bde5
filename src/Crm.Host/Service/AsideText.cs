using Crm.Contracts;
using Crm.Control;
using Crm.Plant.Alarms;
using Crm.Plant.Loops;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;

namespace Crm.Host.Service;

/// <summary>
/// The one list of everything that people have set aside (SAF-15): bypasses, start-up overrides, forced outputs, values given by hand, outputs in
/// manual, loops out of their usual mode, alarms shelved and out of service. What a rule suppresses by design is not on it: nobody set it aside.
/// </summary>
public static class AsideText
{
    public static IReadOnlyList<AsideSeen> List(RigDefinition rig, PlantFrame? frame, IReadOnlyList<AbsentAlarm> absent, Story story)
    {
        if (frame is null) return [];
        var list = new List<AsideSeen>();
        foreach (var entry in frame.Overrides) list.Add(Of(rig, entry));
        foreach (var output in rig.Outputs)
        {
            bool forced = frame.Overrides.Any(o => o.Kind == OverrideKind.ForcedOutput && o.Target == output.Ordinal);
            if (frame.Outputs[output.Ordinal].InManual && !forced) list.Add(InHand("manual_output", output.Name, $"{output.Label} in manual", story));
        }

        foreach (var loop in rig.Loops)
        {
            var mode = frame.Loops[loop.Ordinal].TargetMode;
            if (mode != LoopModes.Usual(rig.Loops, loop)) list.Add(InHand("loop", loop.Name, $"{loop.Label} in {LoopModes.Word(mode)}", story));
        }

        foreach (var alarm in absent.Where(a => a.Status.Absence is not null)) list.Add(Of(alarm));
        return list;
    }

    private static AsideSeen Of(RigDefinition rig, in OverrideStatus entry)
    {
        string kind = entry.Kind == OverrideKind.StartUp ? "start_up" : Words.Of(entry.Kind);
        return new AsideSeen(kind, OverrideWords.Name(rig, entry), OverrideWords.Of(rig, entry), entry.By, entry.Reason, "", Seconds(entry.Since), Seconds(entry.Until), entry.Votes);
    }

    private static AsideSeen InHand(string kind, string target, string text, Story story) =>
        story.LastHandOn(target) is { } taken ? new AsideSeen(kind, target, text, taken.Cause, "", "", taken.At, null, false) : new AsideSeen(kind, target, text, "", "", "", null, null, false);

    private static AsideSeen Of(AbsentAlarm alarm)
    {
        var absence = alarm.Status.Absence!;
        string kind = alarm.Status.State == AlarmState.Shelved ? "shelved" : "out_of_service";
        double? until = absence.Until is { } end ? Seconds(end) : null;
        return new AsideSeen(kind, alarm.Definition.Id, alarm.Definition.Text, absence.By, absence.Reason, absence.Reference, Seconds(absence.Since), until, alarm.Status.Stands);
    }

    private static double Seconds(TimeSpan at) => Math.Round(at.TotalSeconds, 1);
}
