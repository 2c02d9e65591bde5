using Crm.Plant.Phases;
using Crm.Plant.Records;

namespace Crm.Control;

/// <summary>
/// What led to where the batch stands: faults, limits, trips, alarms and holds, oldest first. While the batch runs, what is older than ten
/// minutes is dropped; from then on the first <see cref="Most"/> are kept, for the first is the cause.
/// </summary>
public sealed class HoldStory
{
    public const int Most = 40;

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <summary>Commands of persons that bring a batch to rest.</summary>
    private static readonly string[] Holds = ["HOLD", "PAUSE", "STOP", "ABORT"];

    private readonly List<BatchEvent> events;
    private bool atRest;

    public HoldStory()
        : this([], false)
    {
    }

    private HoldStory(List<BatchEvent> events, bool atRest) => (this.events, this.atRest) = (events, atRest);

    public IReadOnlyList<BatchEvent> Events => events;

    public HoldStory Fork() => new([.. events], atRest);

    internal void Add(BatchEvent happened, PhaseState batch)
    {
        bool runs = batch is PhaseState.Running or PhaseState.Idle;
        if (!Tells(happened) || (runs && happened.Kind == BatchEventKind.TripReset)) return;
        // Also on the first event at rest: what brings the batch to rest is told when it does not run any more.
        if (runs || !atRest) events.RemoveAll(e => e.At < happened.At - Fresh);
        atRest = !runs;
        if (batch == PhaseState.Restarting && happened.Kind == BatchEventKind.BatchState) events.Clear();
        if (events.Count < Most) events.Add(happened);
    }

    private static bool Tells(BatchEvent happened) => happened.Kind switch
    {
        BatchEventKind.Trip or BatchEventKind.TripReset or BatchEventKind.AlarmRaised or BatchEventKind.LimitReached or BatchEventKind.Fault
            or BatchEventKind.BatchState => true,
        BatchEventKind.Command => Holds.Any(word => happened.Text.StartsWith(word, StringComparison.Ordinal)) || happened.Text.Contains("manual", StringComparison.Ordinal),
        BatchEventKind.PhaseState => happened.Data.GetValueOrDefault("to", "") is "HOLDING" or "STOPPING" or "ABORTING" or "RESTARTING",
        _ => false,
    };
}
