using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Records;
using Crm.Plant.Rigs;

namespace Crm.Plant.Alarms;

/// <summary>An alarm's transition as facts of the record (ALM-10), and back: the record alone brings the states back (ALM-22).</summary>
public static class AlarmFacts
{
    private const string FirstOutReset = "alarm.first_out_reset";

    /// <summary>What ALM-10 asks of every transition; time, scan, person and sentence are in the event.</summary>
    public static ImmutableSortedDictionary<string, string> Of(RigDefinition rig, AlarmDefinition alarm, AlarmTransition transition)
    {
        ImmutableSortedDictionary<string, string>.Builder data = BatchEvent.NoData.ToBuilder();
        data["priority"] = ((int)alarm.Priority).ToString(CultureInfo.InvariantCulture);
        data["alarm.type"] = alarm.Kind.ToString();
        data["alarm.from"] = transition.From.ToString();
        data["alarm.state"] = transition.To.ToString();
        data["alarm.event"] = transition.Cause.ToString();
        data["alarm.occurrence"] = transition.Occurrence.ToString(CultureInfo.InvariantCulture);
        if (transition.Comment.Length > 0) data["alarm.comment"] = transition.Comment;
        AddStanding(data, transition.Status);
        if (alarm.Subject.Tag < 0) return data.ToImmutable();
        data["alarm.tag"] = rig.Tags[alarm.Subject.Tag].Name;
        data["alarm.unit"] = alarm.Subject.Unit;
        if (double.IsFinite(transition.Value)) data["alarm.value"] = transition.Value.ToString("G6", CultureInfo.InvariantCulture);
        if (double.IsFinite(alarm.Subject.Limit)) data["alarm.limit"] = alarm.Subject.Limit.ToString("G6", CultureInfo.InvariantCulture);
        return data.ToImmutable();
    }

    internal static ImmutableSortedDictionary<string, string> OfFirstOutReset(string group) => BatchEvent.NoData.Add(FirstOutReset, group);

    /// <summary>Group whose first-out an event freed; null for any other event.</summary>
    internal static string? ResetGroup(BatchEvent happened) => happened.Data.GetValueOrDefault(FirstOutReset);

    /// <summary>What the alarm was after an event of the record; null when the event is no transition of an alarm.</summary>
    /// <param name="before">What it was after the events before.</param>
    internal static AlarmStatus? After(BatchEvent happened, in AlarmStatus before)
    {
        ImmutableSortedDictionary<string, string> data = happened.Data;
        if (!Enum.TryParse(data.GetValueOrDefault("alarm.state"), out AlarmState state)) return null;
        bool active = state is AlarmState.UnacknowledgedActive or AlarmState.AcknowledgedActive;
        return before with
        {
            State = state,
            Since = happened.At,
            Stands = active,
            RaisedAt = happened.Kind == BatchEventKind.AlarmRaised ? happened.At : before.RaisedAt,
            Occurrence = long.TryParse(data.GetValueOrDefault("alarm.occurrence"), NumberStyles.None, CultureInfo.InvariantCulture, out long occurrence) ? occurrence : before.Occurrence,
            IsFirstOut = data.ContainsKey("alarm.first_out"),
            Latched = data.ContainsKey("alarm.latched"),
            Shelvings = int.TryParse(data.GetValueOrDefault("alarm.shelvings"), NumberStyles.None, CultureInfo.InvariantCulture, out int times) ? times : before.Shelvings,
            Absence = Absence(happened, state, before.Absence),
        };
    }

    private static void AddStanding(ImmutableSortedDictionary<string, string>.Builder data, in AlarmStatus status)
    {
        if (status.Latched) data["alarm.latched"] = "yes";
        if (status.IsFirstOut) data["alarm.first_out"] = "yes";
        if (status.Shelvings > 0) data["alarm.shelvings"] = status.Shelvings.ToString(CultureInfo.InvariantCulture);
        if (status.Absence is not { } absence) return;
        data["alarm.reason"] = absence.Reason;
        if (absence.Reference.Length > 0) data["alarm.reference"] = absence.Reference;
        if (absence.OneShot) data["alarm.one_shot"] = "yes";
        if (absence.Until is { } until) data["alarm.until_s"] = until.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
    }

    private static AlarmAbsence? Absence(BatchEvent happened, AlarmState state, AlarmAbsence? before)
    {
        if (state is not (AlarmState.Shelved or AlarmState.OutOfService)) return null;
        if (!happened.Data.TryGetValue("alarm.reason", out string? reason)) return before;
        TimeSpan? until = double.TryParse(happened.Data.GetValueOrDefault("alarm.until_s"), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) ? TimeSpan.FromSeconds(seconds) : null;
        // The event may be a later one of the same absence, and nobody's.
        string by = happened.Data.GetValueOrDefault("alarm.event") is nameof(AlarmEvent.Shelve) or nameof(AlarmEvent.TakeOutOfService) ? happened.Cause : before?.By ?? happened.Cause;
        return new AlarmAbsence(by, reason, happened.Data.GetValueOrDefault("alarm.reference", ""), happened.At, until, happened.Data.ContainsKey("alarm.one_shot"));
    }
}
