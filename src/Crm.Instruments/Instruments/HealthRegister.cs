using Crm.Plant.Tags;

namespace Crm.Instruments.Instruments;

/// <summary>
/// The NE 107 status register that the instruments here carry: bit 0 failure, 1 function check, 2 out of specification, 3 maintenance
/// required. Several may be set, the highest counts (NE-04, NE-06).
/// </summary>
internal static class HealthRegister
{
    /// <summary>How far a value may be trusted whose device shows this status. Maintenance required leaves it good.</summary>
    public static SignalReading Limit(ushort register) => DeviceStatus.Shown((DeviceConditions)(byte)(register & 15)).Condition switch
    {
        DeviceConditions.Failure => SignalReading.Bad(Reason.DeviceFailure),
        DeviceConditions.FunctionCheck => new SignalReading(double.NaN, Quality.Uncertain, Reason.Substituted),
        DeviceConditions.OutOfSpecification => new SignalReading(double.NaN, Quality.Uncertain, Reason.OutOfRange),
        _ => new SignalReading(double.NaN, Quality.Good, Reason.None),
    };
}
