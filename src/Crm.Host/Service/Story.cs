using Crm.Contracts;
using Crm.Plant.Protection;
using Crm.Plant.Records;

namespace Crm.Host.Service;

/// <summary>What has happened since the controller started: the last events and refusals, every step with its begin and end, who took what in hand. Controller thread.</summary>
public sealed class Story
{
    public const int KeptEvents = 2000;
    public const int KeptRefusals = 20;

    /// <summary>Every step of the longest recipe many times over.</summary>
    private const int KeptBands = 4000;

    private readonly Queue<EventSeen> events = new();
    private readonly Queue<RefusalSeen> refusals = new();
    private readonly List<(string Batch, Band Band)> bands = [];
    private readonly Dictionary<(string Batch, string Step), int> open = [];
    private readonly Dictionary<string, EventSeen> inHand = new(StringComparer.Ordinal);
    private long number;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<RefusalSeen> Refusals => [.. refusals.Reverse()];

    /// <summary>The last acceptance of a change of the protection; null when nobody had to.</summary>
    public EventSeen? Acceptance { get; private set; }

    public IReadOnlyList<Band> Bands(string batch) => [.. bands.Where(b => b.Batch == batch).Select(b => b.Band)];

    /// <summary>The last word of a person about an output or a loop; null when there was none.</summary>
    public EventSeen? LastHandOn(string target) => inHand.GetValueOrDefault(target);

    public EventSeen Tell(BatchEvent happened)
    {
        var seen = new EventSeen(++number, Math.Round(happened.At.TotalSeconds, 1), happened.Kind.ToString(), happened.Batch, happened.Subject, happened.Text, happened.Cause);
        events.Enqueue(seen);
        if (events.Count > KeptEvents) events.Dequeue();
        switch (happened.Kind)
        {
            case BatchEventKind.StepStarted:
                Begin(happened);
                break;
            case BatchEventKind.StepEnded:
                End(happened);
                break;
            // Who knocks at the door must not crowd out what was refused at the plant.
            case BatchEventKind.CommandRefused when happened.Subject != Api.AuditTrail.Door:
                Refuse(seen);
                break;
            case BatchEventKind.Command when happened.Subject == ProtectionChange.Subject:
                Acceptance = seen;
                break;
            case BatchEventKind.Command when happened.Subject.Contains('.', StringComparison.Ordinal):
                inHand[happened.Subject] = seen;
                break;
        }

        return seen;
    }

    public IReadOnlyList<EventSeen> After(long seen, int most) => [.. events.Where(e => e.Number > seen).TakeLast(most)];

    private void Refuse(EventSeen seen)
    {
        refusals.Enqueue(new RefusalSeen(seen.At, seen.Batch, seen.Subject, seen.Text, seen.Cause));
        if (refusals.Count > KeptRefusals) refusals.Dequeue();
    }

    private void Begin(BatchEvent started)
    {
        if (bands.Count >= KeptBands) return;
        open[(started.Batch, started.Subject)] = bands.Count;
        bands.Add((started.Batch, new Band(
            started.Subject,
            started.Data.GetValueOrDefault("label", started.Subject),
            started.Data.GetValueOrDefault("unit", ""),
            started.At.TotalSeconds,
            null)));
    }

    private void End(BatchEvent ended)
    {
        if (open.Remove((ended.Batch, ended.Subject), out int at)) bands[at] = (ended.Batch, bands[at].Band with { To = ended.At.TotalSeconds });
    }
}
