using Crm.Control;
using Crm.Host.Service;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Scan;

namespace Crm.Host.Api;

/// <summary>The chain behind <em>why not?</em>, nearest reason first.</summary>
public static class Reasons
{
    /// <summary>What stands between a person and an output.</summary>
    public static IReadOnlyList<string> OfOutput(RigCore core, string name)
    {
        int output = core.Rig.Output(name);
        if (output < 0) return [$"there is no output {name}"];
        if (core.Plant.Frame is not { } frame) return ["the rig has not been scanned yet"];
        var reasons = new List<string>();
        if (frame.RigTrip.IsTripped) reasons.Add($"the whole rig is tripped: {frame.RigTrip.Why}; reset it when the cause is gone");
        foreach (var trip in core.Rig.Trips)
        {
            if (!frame.Trips[trip.Ordinal].IsTripped || !trip.Effects.Any(e => e.Output == output)) continue;
            var effect = trip.Effects.First(e => e.Output == output);
            string now = frame.Trips[trip.Ordinal].Phase == Plant.Protection.TripPhase.ReadyToReset ? "its causes are clear: reset it" : $"still true: {frame.Trips[trip.Ordinal].ActiveText(trip)}";
            reasons.Add($"trip {trip.Id} holds it at {effect.Value} ({trip.Why}); {now}");
        }

        var status = frame.Outputs[output];
        if (status.InManual) reasons.Add("a person has it in manual");
        else if (status.Source == OutputSource.Loop) reasons.Add($"a loop drives it, asked by {status.Owner.Name}");
        else if (status.Source == OutputSource.Demand) reasons.Add($"{status.Owner.Name} drives it");
        else if (status.Source == OutputSource.Lapse) reasons.Add("nobody asks for it: it stands at its lapse value");
        return reasons;
    }

    /// <summary>What stands against an operation, or against START and RESTART, on a unit.</summary>
    public static IReadOnlyList<string> OfUnit(RigCore core, string unit, string operation)
    {
        if (unit.Length == 0) return OfBatch(core);
        if (core.Rig.Unit(unit) < 0) return [$"there is no unit {unit}"];
        var reasons = new List<string>();
        if (core.Plant.WhyNot(unit, operation) is { } why) reasons.Add(why);
        if (core.Look().Steps.FirstOrDefault(s => s.Unit == unit) is { } step) reasons.Add($"it is busy with {step.Label}, {PhaseTable.Word(step.State)}");
        return reasons;
    }

    /// <summary>What stands against a command of any kind, as the plant would judge it now; empty when nothing does.</summary>
    public static IReadOnlyList<string> OfCommand(RigCore core, OperatorCommand command) =>
        [.. core.Plant.Against(command).Select(o => o.Reads.Length == 0 ? o.Text : $"{o.Text} ({o.Reads})"), .. core.Plant.WhyNotUnrecorded(command) is { } unrecorded ? [unrecorded] : (string[])[]];

    private static IReadOnlyList<string> OfBatch(RigCore core) =>
        OfCommand(core, new CommandBatch(0, "", core.Plant.BatchState is PhaseState.Idle ? PhaseCommand.Start : PhaseCommand.Restart));
}
