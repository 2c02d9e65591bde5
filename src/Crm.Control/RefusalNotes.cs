using Crm.Plant.Records;

namespace Crm.Control;

/// <summary>
/// Refusals on record without a flood of them: at most <see cref="MostEach"/> a minute on their own (S88-04); what comes beyond is counted, and
/// one event says so at the end of the minute.
/// </summary>
public sealed class RefusalNotes
{
    public const int MostEach = 100;

    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private TimeSpan began;
    private int told;
    private int left;

    public RefusalNotes Fork() => (RefusalNotes)MemberwiseClone();

    /// <summary>Whether a refusal is told on its own; one that is not is counted.</summary>
    public bool IsTold(TimeSpan at)
    {
        if (told == 0) began = at;
        if (told == MostEach) left++;
        else told++;
        return left == 0;
    }

    /// <summary>At the end of a minute: what was left out in it; null when nothing was.</summary>
    public BatchEvent? Due(TimeSpan now, long scan)
    {
        if (told == 0 || now - began < Minute) return null;
        int unsaid = left;
        (told, left) = (0, 0);
        return unsaid == 0
            ? null
            : new BatchEvent(now, scan, BatchEventKind.CommandRefused, "commands", $"{unsaid} more refusals, beyond {MostEach} in a minute", "scan", BatchEvent.NoData);
    }
}
