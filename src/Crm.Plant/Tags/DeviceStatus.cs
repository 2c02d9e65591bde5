using System.Collections.Immutable;

namespace Crm.Plant.Tags;

/// <summary>What can be the matter with a device (NE 107). Several at once are possible.</summary>
[Flags]
public enum DeviceConditions : byte
{
    Good = 0,
    Failure = 1,

    /// <summary>Function check: forced, simulated, in calibration or substituted by hand (NE-08).</summary>
    FunctionCheck = 2,
    OutOfSpecification = 4,
    MaintenanceRequired = 8,
}

/// <summary>How one condition is shown: never by colour alone (NE-05).</summary>
/// <param name="OpcUa">DeviceHealth code of OPC UA for Devices (NE-07).</param>
public sealed record DeviceStatusMark(DeviceConditions Condition, string Letter, string Colour, string Shape, int OpcUa);

/// <summary>The one status a device shows out of all that apply.</summary>
public static class DeviceStatus
{
    /// <summary>Highest first: F, C, S, M as two device manuals quote the 2006 edition of NE 107; kept as data, for another source swaps S and M (NE-06).</summary>
    public static readonly ImmutableArray<DeviceStatusMark> Order =
    [
        new(DeviceConditions.Failure, "F", "red", "circle with cross", 1),
        new(DeviceConditions.FunctionCheck, "C", "orange", "triangle with wrench", 2),
        new(DeviceConditions.OutOfSpecification, "S", "yellow", "triangle with question mark", 3),
        new(DeviceConditions.MaintenanceRequired, "M", "blue", "square with oil can", 4),
    ];

    public static readonly DeviceStatusMark Good = new(DeviceConditions.Good, "", "green", "check mark", 0);

    /// <summary>The mark of the highest condition (NE-04).</summary>
    public static DeviceStatusMark Shown(DeviceConditions conditions)
    {
        foreach (DeviceStatusMark mark in Order)
            if ((conditions & mark.Condition) != 0) return mark;
        return Good;
    }

    /// <summary>What a reading tells about its device. A lost bus is no condition of the device, but nobody can tell it is well: failure.</summary>
    public static DeviceConditions Of(in Reading reading)
    {
        DeviceConditions conditions = reading.Reason switch
        {
            Reason.None => DeviceConditions.Good,
            Reason.Substituted => DeviceConditions.FunctionCheck,
            Reason.OutOfRange when !reading.IsBad => DeviceConditions.OutOfSpecification,
            Reason.Deviation => DeviceConditions.OutOfSpecification,
            _ => DeviceConditions.Failure,
        };
        return (reading.Origin & Origin.Forced) != 0 ? conditions | DeviceConditions.FunctionCheck : conditions;
    }
}
