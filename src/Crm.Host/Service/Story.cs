using Crm.Contracts;
using Crm.Plant.Records;

namespace Crm.Host.Service;

/// <summary>What has happened since the controller started: the last events, and every step with its begin and end. Controller thread.</summary>
public sealed class Story
{
    public const int KeptEvents = 2000;

    /// <summary>Every step of the longest recipe many times over.</summary>
    private const int KeptBands = 4000;

    private readonly Queue<EventSeen> events = new();
    private readonly List<Band> bands = [];
    private readonly Dictionary<string, int> open = new(StringComparer.Ordinal);
    private long number;

    public IReadOnlyList<Band> Bands => [.. bands];

    public EventSeen Tell(BatchEvent happened)
    {
        var seen = new EventSeen(++number, Math.Round(happened.At.TotalSeconds, 1), happened.Kind.ToString(), happened.Subject, happened.Text, happened.Cause);
        events.Enqueue(seen);
        if (events.Count > KeptEvents) events.Dequeue();
        if (happened.Kind == BatchEventKind.StepStarted) Begin(happened);
        if (happened.Kind == BatchEventKind.StepEnded) End(happened);
        return seen;
    }

    public IReadOnlyList<EventSeen> After(long seen, int most) => [.. events.Where(e => e.Number > seen).TakeLast(most)];

    private void Begin(BatchEvent started)
    {
        if (bands.Count >= KeptBands) return;
        open[started.Subject] = bands.Count;
        bands.Add(new Band(
            started.Subject,
            started.Data.GetValueOrDefault("label", started.Subject),
            started.Data.GetValueOrDefault("unit", ""),
            started.At.TotalSeconds,
            null));
    }

    private void End(BatchEvent ended)
    {
        if (open.Remove(ended.Subject, out int at)) bands[at] = bands[at] with { To = ended.At.TotalSeconds };
    }
}
