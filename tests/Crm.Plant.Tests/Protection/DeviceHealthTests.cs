using Crm.Plant.Tags;
using Xunit;

namespace Crm.Plant.Tests.Protection;

/// <summary>Conditions of a device as codes of OPC UA for Devices, which frames carry to every screen (NE-07).</summary>
public sealed class DeviceHealthTests
{
    private enum DeviceHealth
    {
        Normal = 0,
        Failure = 1,
        CheckFunction = 2,
        OffSpec = 3,
        MaintenanceRequired = 4,
    }

    public static TheoryData<DeviceConditions, int, string> Codes => new()
    {
        { DeviceConditions.Good, (int)DeviceHealth.Normal, "green" },
        { DeviceConditions.Failure, (int)DeviceHealth.Failure, "red" },
        { DeviceConditions.FunctionCheck, (int)DeviceHealth.CheckFunction, "orange" },
        { DeviceConditions.OutOfSpecification, (int)DeviceHealth.OffSpec, "yellow" },
        { DeviceConditions.MaintenanceRequired, (int)DeviceHealth.MaintenanceRequired, "blue" },
        { DeviceConditions.MaintenanceRequired | DeviceConditions.OutOfSpecification, (int)DeviceHealth.OffSpec, "yellow" },
        { DeviceConditions.FunctionCheck | DeviceConditions.Failure, (int)DeviceHealth.Failure, "red" },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public void Each_condition_has_the_code_of_OPC_UA_NE07(DeviceConditions conditions, int code, string colour)
    {
        DeviceStatusMark shown = DeviceStatus.Shown(conditions);
        Assert.Equal((code, colour), (shown.OpcUa, shown.Colour));
    }

    /// <summary>Every reason that a reading can have, bad or doubtful: nothing that is not good passes for NORMAL.</summary>
    [Fact]
    public void No_reason_passes_for_normal_NE07()
    {
        foreach (Reason reason in Enum.GetValues<Reason>().Where(r => r != Reason.None))
            foreach (Quality quality in (Quality[])[Quality.Uncertain, Quality.Bad])
                Assert.NotEqual((int)DeviceHealth.Normal, DeviceStatus.Shown(DeviceStatus.Of(new Reading(1, quality, reason, TimeSpan.Zero))).OpcUa);
        Assert.Equal((int)DeviceHealth.Normal, DeviceStatus.Shown(DeviceStatus.Of(Reading.Good(1, TimeSpan.Zero))).OpcUa);
    }
}
