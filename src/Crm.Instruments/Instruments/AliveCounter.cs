using Crm.Plant.Tags;

namespace Crm.Instruments.Instruments;

/// <summary>A counter that the device moves with every measurement: when it stands, the values are old however fresh the frame (NE-10).</summary>
internal struct AliveCounter(TimeSpan within)
{
    private readonly TimeSpan within = within;
    private ushort last;
    private TimeSpan? movedAt;

    public bool IsStanding { get; private set; }

    public void Observe(ushort counter, TimeSpan now)
    {
        if (movedAt is null || counter != last) movedAt = now;
        last = counter;
        IsStanding = now - movedAt > within;
    }

    public readonly SignalReading Limit(SignalReading reading) => IsStanding ? SignalReading.Bad(Reason.Frozen) : reading;
}
