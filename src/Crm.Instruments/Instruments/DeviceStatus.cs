using Crm.Plant.Tags;

namespace Crm.Instruments.Instruments;

/// <summary>The NAMUR NE 107 status word that the instruments here carry: a bit each, several may be set, the highest counts (NE-04, NE-06).</summary>
[Flags]
public enum DeviceStatus : ushort
{
    Good = 0,
    Failure = 1,
    FunctionCheck = 2,
    OutOfSpecification = 4,
    MaintenanceRequired = 8,
}

public static class DeviceStatusRules
{
    /// <summary>How far a value may be trusted whose device shows this status. Maintenance required leaves it good.</summary>
    public static SignalReading Limit(this DeviceStatus status) => status switch
    {
        _ when status.HasFlag(DeviceStatus.Failure) => SignalReading.Bad(Reason.DeviceFailure),
        _ when status.HasFlag(DeviceStatus.FunctionCheck) => new SignalReading(double.NaN, Quality.Uncertain, Reason.Substituted),
        _ when status.HasFlag(DeviceStatus.OutOfSpecification) => new SignalReading(double.NaN, Quality.Uncertain, Reason.OutOfRange),
        _ => new SignalReading(double.NaN, Quality.Good, Reason.None),
    };
}

/// <summary>A counter that the device moves with every measurement: when it stands, the values are old however fresh the frame.</summary>
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
