using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Records;

namespace Crm.Scenarios.Tests;

/// <summary>What a fault that meets a run must come to: named in the record, alarmed, and the HELD column of the unit at the pins.</summary>
internal static class FaultMeets
{
    /// <summary>Breaks something and waits until it is named, alarmed and the run is as wanted; then the ramps run out and the column of HELD is looked at.</summary>
    /// <param name="words">Of a fault, trip or limit of the record.</param>
    /// <param name="alarm">Empty: none is asked.</param>
    /// <param name="settled">The batch or unit is where the fault must bring it.</param>
    public static void IsNamedAlarmedAndHeld(PilotRun plant, string fault, string words, string alarm, string unit, TimeSpan within, Func<PilotRun, bool> settled)
    {
        plant.Break(fault);
        double[] before = Pins(plant);
        bool told = plant.RunUntil(p => Says(p, words) && Heard(p, alarm) && settled(p), within, every: 10);
        Assert.True(told, $"{fault}: {(Says(plant, words) ? "" : "no word of " + words)} {(Heard(plant, alarm) ? "" : "no alarm " + alarm)}: {plant.Story}: {Told(plant)}");
        plant.RunUntil(_ => false, TimeSpan.FromSeconds(40));
        Assert.Empty(Departures(plant, unit, fault, before));
        Assert.Empty(Forbidden(plant, unit, fault, before));
    }

    /// <summary>A wash that a person pauses for longer than its cake stands: it is named when it would go on, and no water goes onto the cracks (the longest stop of the review table).</summary>
    public static void StandsTooLong(PilotRun plant, string unit, string words)
    {
        double[] before = Pins(plant);
        Control.CommandReply pause = plant.Command(unit, PhaseCommand.Pause);
        Assert.True(pause.Kind == Control.ReplyKind.Accepted, pause.Reason);
        plant.RunUntil(_ => false, TimeSpan.FromMinutes(61));
        Assert.Equal(0, plant.Pin(unit + ".wash_pump"));
        Control.CommandReply resume = plant.Command(unit, PhaseCommand.Resume);
        Assert.True(resume.Kind == Control.ReplyKind.Accepted, resume.Reason + plant.Story);
        Assert.True(plant.RunUntil(p => Says(p, words) && p.IsHeld(unit), TimeSpan.FromMinutes(2), every: 10), $"{plant.Story}: {Told(plant)}");
        plant.RunUntil(_ => false, TimeSpan.FromSeconds(20));
        Assert.Equal(0, plant.Pin(unit + ".wash_pump"));
        Assert.Empty(Departures(plant, unit, "", before));
    }

    /// <summary>Pins beyond their span, and the unit's agitator when it turned before and stands now without being broken or tripped.</summary>
    private static IEnumerable<string> Forbidden(PilotRun plant, string unit, string fault, double[] before) => plant.Rig.Outputs
        .Where(o => plant.Pin(o.Name) < o.Low || plant.Pin(o.Name) > o.High || (o.Role == OutputRole.Agitate && o.Name.StartsWith(unit + ".", StringComparison.Ordinal)
            && before[o.Ordinal] > 0 && plant.Pin(o.Name) <= 0 && !fault.StartsWith(o.Name + ":", StringComparison.Ordinal) && !Tripped(plant, o.Ordinal)))
        .Select(o => $"{o.Name} at {plant.Pin(o.Name)}");

    public static double[] Pins(PilotRun plant) => [.. plant.Rig.Outputs.Select(o => plant.Pin(o.Name))];

    public static bool Says(PilotRun plant, string words) => plant.Events.Any(e =>
        e.Kind is BatchEventKind.Fault or BatchEventKind.Trip or BatchEventKind.LimitReached && (e.Subject + " " + e.Text + " " + e.Cause).Contains(words, StringComparison.Ordinal));

    public static bool Heard(PilotRun plant, string alarm) => alarm.Length == 0 || plant.Events.Any(e => e.Kind == BatchEventKind.AlarmRaised && e.Subject == alarm);

    /// <summary>What the record says went wrong.</summary>
    public static string Told(PilotRun plant) => string.Join(" | ", plant.Events
        .Where(e => e.Kind is BatchEventKind.AlarmRaised or BatchEventKind.Fault or BatchEventKind.Trip or BatchEventKind.LimitReached).Select(e => e.Subject + ": " + e.Text));

    /// <summary>Cells of HELD that are not so, but for the device that is broken and what a trip has taken further towards safe. None when a row's own command has ended the hold.</summary>
    public static IEnumerable<string> Departures(PilotRun plant, string unit, string fault, double[] before) =>
        plant.IsHeld(unit) ? HeldTable.Departures(plant, unit, before, o => fault.StartsWith(plant.Rig.Outputs[o].Name + ":", StringComparison.Ordinal) || Tripped(plant, o)) : [];

    private static bool Tripped(PilotRun plant, int output) => plant.Rig.Trips.Any(t => plant.Frame.Trips[t.Ordinal].IsTripped && t.Effects.Any(e => e.Output == output));
}
