using System.Collections.Immutable;
using Crm.Plant.Outputs;
using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Plant.Protection;

/// <summary>
/// Sets protection aside for a time, and takes it up again by itself (SAF-13 to SAF-17). Everything needs a person, a reason and a time;
/// rows of class safety and protective are never bypassed, and nothing forced stands against a trip.
/// </summary>
internal sealed class OverrideDesk(RigDefinition rig, TripMatrix matrix)
{
    /// <summary>Letters a reason has at least: enough for a word.</summary>
    private const int ShortestReason = 4;

    private static readonly TimeSpan EarliestReminder = TimeSpan.FromMinutes(10);

    public string? Obey(ScanState state, in ScanCommand command) => command.Kind switch
    {
        ScanCommandKind.Bypass => Bypass(state, command),
        ScanCommandKind.StartUpOverride => StartUp(state, command),
        ScanCommandKind.EndBypass => Remove(state, state.Overrides.OfTrip(command.Target), command.By, "no bypass of this row is in force"),
        ScanCommandKind.ForceOutput => Force(state, command),
        ScanCommandKind.EndForce => Remove(state, state.Overrides.Find(OverrideKind.ForcedOutput, command.Target), command.By, "the output is not forced"),
        ScanCommandKind.SubstituteTag => Substitute(state, command),
        ScanCommandKind.SetHardWiredAside => SetAside(state, command),
        ScanCommandKind.EndHardWiredAside => Remove(state, state.Overrides.Find(OverrideKind.HardWired, command.Target), command.By, "the hard-wired protection is not set aside"),
        _ => Remove(state, state.Overrides.Find(OverrideKind.SubstitutedTag, command.Target), command.By, "the tag is not substituted"),
    };

    /// <summary>Ends what has run out, before the image is made, so that the cause votes again in the very scan. Reminds before.</summary>
    public void End(ScanState state)
    {
        if (state.Overrides.Lost.Count > 0) TellLost(state);
        ImmutableArray<OverrideStatus> active = state.Overrides.Active;
        for (int i = active.Length - 1; i >= 0; i--)
        {
            OverrideStatus entry = active[i];
            if (WhyOver(state, entry) is { } why) Remove(state, i, "", why);
            else if (!entry.Reminded && state.Now >= entry.Until - Reminder(entry)) Remind(state, i);
        }
    }

    /// <summary>
    /// At each change of shift, and when a controller begins, everything that stands is told one by one, and its alarm speaks until nothing stands any
    /// more (SAF-15). Shifts count from the beginning of plant time.
    /// </summary>
    public void TellShift(ScanState state)
    {
        OverrideMemory memory = state.Overrides;
        long shift = state.Now.Ticks / rig.Shift.Ticks;
        bool changes = shift != memory.Shift;
        memory.Shift = shift;
        memory.OverShift = (memory.OverShift || changes) && !memory.Active.IsEmpty;
        if (!changes) return;
        foreach (OverrideStatus entry in memory.Active)
            state.Tell(ScanEventKind.OverrideStands, entry.Target, Name(entry), $"{Words(entry)} stands at the change of shift, for {PlantClock.Length(entry.Until - state.Now)} more, set by {entry.By}: {entry.Reason}");
    }

    /// <summary>Tells when what is bypassed would trip, once for each time it comes true.</summary>
    public void TellVotes(ScanState state)
    {
        ImmutableArray<OverrideStatus> active = state.Overrides.Active;
        for (int i = 0; i < active.Length; i++)
        {
            OverrideStatus entry = active[i];
            if (!entry.IsOfTrip || entry.Votes == state.Overrides.Voted[entry.Target]) continue;
            state.Overrides.Set(state.Overrides.Active.SetItem(i, entry with { Votes = !entry.Votes }));
            if (!entry.Votes) state.Tell(ScanEventKind.OverrideVoted, entry.Target, Name(entry), $"{Name(entry)} would trip now: {Words(entry)} is bypassed by {entry.By}");
        }
    }

    private string? Bypass(ScanState state, in ScanCommand command)
    {
        if (command.Target < 0 || command.Target >= rig.Trips.Length) return $"there is no trip {command.Target}";
        TripDefinition row = rig.Trips[command.Target];
        if (Never(row) is { } never) return never;
        if (row.Bypass is not { } rule) return $"{row.Id} declares no bypass";
        if (command.Cause >= row.Causes.Length || (command.Channel >= 0 && !HasChannel(row, command))) return $"{row.Id} has no such cause or channel";
        return Refused(state, rule, row, command, command.For, OverrideRule.LongestMaintenance)
            ?? Begin(state, new OverrideStatus(OverrideKind.Bypass, row.Ordinal, command.Cause, command.Channel, 0, state.Now, state.Now + command.For, command.By, command.Reason, false, false));
    }

    private static string? Never(TripDefinition row) =>
        row.Class == TripClass.Process ? null : $"{row.Id} is of class {row.Class.ToString().ToLowerInvariant()}: it is never bypassed";

    private static bool HasChannel(TripDefinition row, in ScanCommand command) =>
        command.Cause >= 0 && row.Causes[command.Cause].Voter is { } voter && command.Channel < voter.Channels.Length;

    private string? StartUp(ScanState state, in ScanCommand command)
    {
        if (command.Target < 0 || command.Target >= rig.Trips.Length) return $"there is no trip {command.Target}";
        TripDefinition row = rig.Trips[command.Target];
        if (Never(row) is { } never) return never;
        if (row.StartUp is not { } rule) return $"{row.Id} declares no start-up override";
        return Refused(state, rule, row, command, rule.Longest, OverrideRule.LongestStartUp)
            ?? Begin(state, new OverrideStatus(OverrideKind.StartUp, row.Ordinal, -1, -1, 0, state.Now, state.Now + rule.Longest, command.By, command.Reason, false, false));
    }

    private static string? Refused(ScanState state, OverrideRule rule, TripDefinition row, in ScanCommand command, TimeSpan time, TimeSpan most)
    {
        TimeSpan longest = rule.Longest < most ? rule.Longest : most;
        if (state.Overrides.OfTrip(row.Ordinal) >= 0) return $"{row.Id} has one bypass already: one at a time";
        if (rule.Permit is { } permit && !IsTrue(permit, state)) return $"a bypass of {row.Id} needs {permit.Text}";
        return Formal(state, command, time, longest);
    }

    /// <summary>Null when there is a person and a reason in words.</summary>
    public static string? WhyNotNamed(string by, string reason)
    {
        if (string.IsNullOrWhiteSpace(by)) return "it needs the name of the person who answers for it";
        return reason.Count(char.IsLetter) < ShortestReason ? "it needs a reason in words" : null;
    }

    private void TellLost(ScanState state)
    {
        foreach (OverrideStatus entry in state.Overrides.Lost)
            state.Tell(ScanEventKind.OverrideEnded, entry.Target, Name(entry), $"{Words(entry)}: ended, the controller was lost", facts: OverrideFacts.End(entry));
        state.Overrides.Lost.Clear();
    }

    private static string? Formal(ScanState state, in ScanCommand command, TimeSpan time, TimeSpan longest)
    {
        if (WhyNotNamed(command.By, command.Reason) is { } unnamed) return unnamed;
        if (time <= TimeSpan.Zero || time > longest) return FormattableString.Invariant($"it needs a time, at most {longest.TotalMinutes:0.#} min");
        return state.Overrides.Active.Length >= OverrideMemory.Most ? $"{OverrideMemory.Most} are in force already" : null;
    }

    // Forcing is manual mode with an end and a reason: the same gateway, the same limits, and a trip wins (SAF-17, SAF-19).
    private string? Force(ScanState state, in ScanCommand command)
    {
        if (command.Target < 0 || command.Target >= rig.Outputs.Length) return $"there is no output {command.Target}";
        OutputDefinition output = rig.Outputs[command.Target];
        if (state.Overrides.Find(OverrideKind.ForcedOutput, output.Ordinal) >= 0) return $"{output.Name} is forced already";
        if (!(command.Value >= output.Low && command.Value <= output.High))
            return FormattableString.Invariant($"{output.Name}: {command.Value} is outside {output.Low}..{output.High} {output.Unit}");
        if (matrix.Forcing(state.Trips, output.Ordinal) is { } forcing) return $"{output.Name} is held by protection ({forcing}): reset it first";
        if (Formal(state, command, command.For, OverrideRule.LongestMaintenance) is { } refused) return refused;
        state.Manual[output.Ordinal] = command.Value;
        return Begin(state, new OverrideStatus(OverrideKind.ForcedOutput, output.Ordinal, -1, -1, command.Value, state.Now, state.Now + command.For, command.By, command.Reason, false, false));
    }

    private string? Substitute(ScanState state, in ScanCommand command)
    {
        if (command.Target < 0 || command.Target >= rig.Tags.Length) return $"there is no tag {command.Target}";
        int ordinal = command.Target;
        TagDefinition tag = rig.Tags[ordinal];
        if (state.Overrides.Find(OverrideKind.SubstitutedTag, ordinal) >= 0) return $"{tag.Name} is substituted already";
        if (!(command.Value >= tag.Low && command.Value <= tag.High)) return FormattableString.Invariant($"{tag.Name}: {command.Value} is outside {tag.Low}..{tag.High} {tag.Unit}");
        TripDefinition? guard = rig.Trips.FirstOrDefault(t => t.Class != TripClass.Process && t.Causes.Any(c => c.Tags.Contains(ordinal)));
        if (guard is not null) return $"{tag.Name} is an input of {guard.Id}, of class {guard.Class.ToString().ToLowerInvariant()}: substituting it would bypass that row";
        return Formal(state, command, command.For, OverrideRule.LongestMaintenance)
            ?? Begin(state, new OverrideStatus(OverrideKind.SubstitutedTag, ordinal, -1, -1, command.Value, state.Now, state.Now + command.For, command.By, command.Reason, false, false));
    }

    // Nothing of it is bridged: the switch and its wires stay as they are. What is set aside is the question whether somebody has seen them work.
    private string? SetAside(ScanState state, in ScanCommand command)
    {
        if (command.Target < 0 || command.Target >= rig.HardWired.Length) return $"there is no hard-wired protection {command.Target}";
        HardWiredProtection protection = rig.HardWired[command.Target];
        if (state.Trips.HardWired[protection.Ordinal].IsTicked) return $"{protection.Name} is ticked: nothing waits for it";
        if (state.Overrides.Find(OverrideKind.HardWired, protection.Ordinal) >= 0) return $"{protection.Name} is set aside already";
        return Formal(state, command, command.For, OverrideRule.LongestMaintenance)
            ?? Begin(state, new OverrideStatus(OverrideKind.HardWired, protection.Ordinal, -1, -1, 0, state.Now, state.Now + command.For, command.By, command.Reason, false, false));
    }

    private string? Begin(ScanState state, in OverrideStatus entry)
    {
        state.Overrides.Set(state.Overrides.Active.Add(entry));
        string time = FormattableString.Invariant($"for {(entry.Until - entry.Since).TotalMinutes:0.#} min");
        state.Tell(ScanEventKind.OverrideSet, entry.Target, Name(entry), $"{Words(entry)} {time}: {entry.Reason}", entry.By, facts: OverrideFacts.Set(entry));
        return null;
    }

    private string? Remove(ScanState state, int at, string by, string why)
    {
        if (at < 0) return why;
        OverrideStatus entry = state.Overrides.Active[at];
        state.Overrides.Set(state.Overrides.Active.RemoveAt(at));
        if (entry.Kind == OverrideKind.ForcedOutput) state.Manual[entry.Target] = double.NaN;
        state.Tell(ScanEventKind.OverrideEnded, entry.Target, Name(entry), $"{Words(entry)}: ended{(by.Length > 0 ? "" : ", " + why)}", by, facts: OverrideFacts.End(entry));
        return null;
    }

    private void Remind(ScanState state, int at)
    {
        OverrideStatus entry = state.Overrides.Active[at];
        state.Overrides.Set(state.Overrides.Active.SetItem(at, entry with { Reminded = true }));
        string left = FormattableString.Invariant($"{(entry.Until - state.Now).TotalMinutes:0.#} min");
        state.Tell(ScanEventKind.OverrideEnding, entry.Target, Name(entry), $"{Words(entry)}: ends in {left}, set by {entry.By}");
    }

    private string? WhyOver(ScanState state, in OverrideStatus entry)
    {
        if (state.Now >= entry.Until) return "its time is over";
        if (entry.Kind == OverrideKind.ForcedOutput && double.IsNaN(state.Manual[entry.Target])) return "the output was taken back";
        if (entry.Kind == OverrideKind.HardWired && state.Trips.HardWired[entry.Target].IsTicked) return "it was seen to work";
        bool settled = entry.Kind == OverrideKind.StartUp && rig.Trips[entry.Target].StartUp?.Until is { } until && IsTrue(until, state);
        return settled ? $"start-up is over: {rig.Trips[entry.Target].StartUp!.Until!.Text}" : null;
    }

    private static bool IsTrue(Condition condition, ScanState state)
    {
        Reading answer = condition.Expression.Evaluate(state.Scope);
        return !answer.IsBad && !double.IsNaN(answer.Value) && answer.Value != 0;
    }

    /// <summary>A quarter of the time before the end, ten minutes at most.</summary>
    private static TimeSpan Reminder(in OverrideStatus entry)
    {
        TimeSpan quarter = (entry.Until - entry.Since) / 4;
        return quarter < EarliestReminder ? quarter : EarliestReminder;
    }

    private string Name(in OverrideStatus entry) => OverrideWords.Name(rig, entry);

    private string Words(in OverrideStatus entry) => OverrideWords.Of(rig, entry);
}
