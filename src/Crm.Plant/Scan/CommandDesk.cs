using Crm.Plant.Alarms;
using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;

namespace Crm.Plant.Scan;

/// <summary>Judges the commands of people at one scan; each gets an outcome with a reason to act on.</summary>
internal sealed class CommandDesk(RigDefinition rig, TripMatrix matrix, AlarmJudge alarms, OverrideDesk overrides, Annunciator? panel, string checksum)
{
    private readonly LoopCommands loops = new(rig);

    /// <returns>True when a reset changed what protection forces.</returns>
    public bool Judge(ScanState state)
    {
        if (state.Commands.Count == 0) return false;
        bool reset = false;
        foreach (ScanCommand command in state.Commands)
        {
            string? refused = Forbidden(state, command) ?? Obey(state, command, ref reset);
            state.Outcomes.Add(new CommandOutcome(command.Id, refused is null, refused ?? "done"));
        }

        state.Commands.Clear();
        return reset;
    }

    /// <summary>By the rig's permission table; a suppression asked for without permission is counted (ALM-19).</summary>
    private string? Forbidden(ScanState state, in ScanCommand command)
    {
        string? why = rig.Permissions.WhyNot(command);
        if (why is not null && command.Kind is ScanCommandKind.ShelveAlarm or ScanCommandKind.TakeAlarmOutOfService) state.Alarms.Metrics.SuppressionRefused();
        return why;
    }

    private string? Obey(ScanState state, in ScanCommand command, ref bool reset)
    {
        switch (command.Kind)
        {
            case ScanCommandKind.ResetTrip:
                reset = true;
                return matrix.Reset(state, command.Target, command.By);
            case ScanCommandKind.ResetRig:
                reset = true;
                return ResetRig(state, command.By);
            case ScanCommandKind.ResetAll:
                reset = true;
                return ResetAll(state, command.By);
            case ScanCommandKind.AcknowledgeAlarm:
            case ScanCommandKind.ResetAlarm:
            case ScanCommandKind.ShelveAlarm:
            case ScanCommandKind.UnshelveAlarm:
            case ScanCommandKind.TakeAlarmOutOfService:
            case ScanCommandKind.ReturnAlarmToService:
            case ScanCommandKind.ResetFirstOut:
                return alarms.Obey(state, command);
            case ScanCommandKind.TickHardWired:
                return Commissioning.Tick(rig, state, command.Target, command.Value, command.By, command.Reason);
            case ScanCommandKind.ResetAlarmMeter:
                return AlarmJudge.ResetMeter(state, command.By);
            case ScanCommandKind.SilenceHorn:
                return panel is null ? "the rig has no panel" : panel.Silence(state, command.By);
            case ScanCommandKind.TakeManual:
                return TakeManual(state, command);
            case ScanCommandKind.ReturnManual:
                return ReturnManual(state, command);
            case ScanCommandKind.ClearFirstOut:
                return matrix.ClearFirstOut(state, command.Target, command.By);
            case ScanCommandKind.ProofTested:
                return ProofTests.Done(rig, state, command.Target, command.By, command.Reason);
            case ScanCommandKind.AcceptProtection:
                return ProtectionChange.Accept(state, checksum, command.By, command.Reason);
            case ScanCommandKind.SetDay:
                return ProofTests.SetDay(state, command.Value);
            case >= ScanCommandKind.Bypass and <= ScanCommandKind.EndSubstitute:
            case ScanCommandKind.SetHardWiredAside or ScanCommandKind.EndHardWiredAside:
                return overrides.Obey(state, command);
            default:
                return loops.Obey(state, command);
        }
    }

    private static string? ResetRig(ScanState state, string by)
    {
        RigTripStatus was = state.Trips.Rig;
        if (!was.IsTripped) return "the rig is not tripped";
        if (ProtectionChange.Waits(state) is { } waits) return waits;
        state.Trips.Rig = new RigTripStatus(false, false, "", was.Since);
        state.Tell(ScanEventKind.RigReset, -1, "rig", $"rig trip reset: {was.Why}", by);
        return null;
    }

    private string? ResetAll(ScanState state, string by)
    {
        var standing = new List<string>();
        if (state.Trips.Rig.IsTripped && ResetRig(state, by) is { } rigStands) standing.Add(rigStands);
        for (int i = 0; i < rig.Trips.Length; i++)
            if (state.Trips.Status[i].IsTripped && matrix.Reset(state, i, by) is { } why) standing.Add(why);
        return standing.Count == 0 ? null : string.Join("; ", standing);
    }

    // Manual keeps the output's limits: a value outside is refused, not bent.
    private string? TakeManual(ScanState state, in ScanCommand command)
    {
        if (command.Target < 0 || command.Target >= rig.Outputs.Length) return $"there is no output {command.Target}";
        OutputDefinition output = rig.Outputs[command.Target];
        if (!(command.Value >= output.Low && command.Value <= output.High))
            return FormattableString.Invariant($"{output.Name}: {command.Value} is outside {output.Low}..{output.High} {output.Unit}");
        if (matrix.Forcing(state.Trips, command.Target) is { } forcing) return $"{output.Name} is held by protection ({forcing}): reset it first";
        if (state.Overrides.Find(OverrideKind.ForcedOutput, command.Target) >= 0) return $"{output.Name} is forced: end that first";
        state.Manual[command.Target] = command.Value;
        string text = FormattableString.Invariant($"{output.Name} in manual at {command.Value} {output.Unit}");
        state.Tell(ScanEventKind.ManualTaken, command.Target, output.Name, text, command.By, facts: StateRecall.Manual(command.Value));
        return null;
    }

    private string? ReturnManual(ScanState state, in ScanCommand command)
    {
        if (command.Target < 0 || command.Target >= rig.Outputs.Length) return $"there is no output {command.Target}";
        OutputDefinition output = rig.Outputs[command.Target];
        if (double.IsNaN(state.Manual[command.Target])) return $"{output.Name} is not in manual";
        state.Manual[command.Target] = double.NaN;
        state.Tell(ScanEventKind.ManualReturned, command.Target, output.Name, $"{output.Name} given back", command.By, facts: StateRecall.Manual(double.NaN));
        return null;
    }
}
