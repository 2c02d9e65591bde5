using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Records;

namespace Crm.Plant.Alarms;

/// <summary>The figures about alarms out of a batch record (ALM-19), and which alarm each number in them means.</summary>
public sealed record AlarmReplay(AlarmMetrics Metrics, ImmutableArray<string> Alarms)
{
    /// <param name="shift">Length of a shift; null: the usual.</param>
    public static AlarmReplay Of(ImmutableArray<BatchEvent> events, TimeSpan end, TimeSpan? shift = null)
    {
        var raised = events.Where(e => e.Kind == BatchEventKind.AlarmRaised).DistinctBy(e => e.Subject).ToImmutableArray();
        ImmutableArray<string> ids = [.. raised.Select(e => e.Subject)];
        var metrics = new AlarmMetrics([.. raised.Select(Priority)], shift);
        var raisedAt = new TimeSpan[ids.Length];
        foreach (BatchEvent happened in events)
        {
            int alarm = ids.IndexOf(happened.Subject);
            if (alarm >= 0) Take(metrics, happened, alarm, raisedAt);
        }

        metrics.Advance(end);
        return new AlarmReplay(metrics, ids);
    }

    private static void Take(AlarmMetrics metrics, BatchEvent happened, int alarm, TimeSpan[] raisedAt)
    {
        if (happened.Kind == BatchEventKind.AlarmRaised)
        {
            raisedAt[alarm] = happened.At;
            metrics.Raised(alarm, happened.At);
        }
        else if (happened.Kind == BatchEventKind.AlarmCleared)
        {
            metrics.Returned(alarm, happened.At);
        }

        string what = happened.Data.GetValueOrDefault("alarm.event", "");
        if (what == nameof(AlarmEvent.Acknowledge)) metrics.Acknowledged(happened.At - raisedAt[alarm]);
        else if (what == nameof(AlarmEvent.Shelve)) metrics.Shelved();
        else if (what == nameof(AlarmEvent.TakeOutOfService)) metrics.TakenOutOfService();
    }

    private static AlarmPriority Priority(BatchEvent raised) =>
        int.TryParse(raised.Data.GetValueOrDefault("priority"), NumberStyles.None, CultureInfo.InvariantCulture, out int priority) && priority is >= 1 and <= 4
            ? (AlarmPriority)priority
            : AlarmPriority.Low;
}
