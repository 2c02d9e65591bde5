using Crm.Plant.Rigs;
using Crm.Recipes.Diagnostics;

namespace Crm.Instruments.Tests;

/// <summary>Buses and devices in a rig file: every mistake has its code, its line and a remedy.</summary>
public class RigFileTests
{
    [Theory]
    [InlineData("driver: modbus-rtu", "driver: modbus-rtv", "RIG-DRIVER", "did you mean 'modbus-rtu'?")]
    [InlineData("    speed: 19200", "    speed: 300", "VALUE-RANGE", null)]
    [InlineData("    speed: 19200", "    sped: 19200", "RIG-BUS-OPTION", "did you mean 'speed'?")]
    [InlineData("    parity: even", "    parity: mark", "CHOICE-UNKNOWN", "expected one of: even, odd, none")]
    [InlineData("    host: 192.168.7.20", "    comment: none", "RIG-BUS-OPTION", null)]
    [InlineData("instrument: dosing-pump, address: 1, ", "instrument: dosing-pumpe, address: 1, ", "RIG-INSTRUMENT", "did you mean 'dosing-pump'?")]
    [InlineData("instrument: dosing-pump, address: 1, ", "instrument: dosing-pump, ", "RIG-BUS-OPTION", null)]
    [InlineData("instrument: dosing-pump, address: 1, ", "instrument: dosing-pump, address: 248, ", "VALUE-RANGE", null)]
    [InlineData("instrument: dosing-pump, address: 1, ", "instrument: dosing-pump, address: 3, ", "RIG-DEVICE", null)]
    [InlineData("deadline: 300 ms, watchdog: 2 s}\n      relays", "deadline: 300, watchdog: 2 s}\n      relays", "UNIT-MISSING", null)]
    [InlineData("watchdog: 2 s}\n      relays", "watchdog: 60 s}\n      relays", "VALUE-RANGE", null)]
    [InlineData("float_order: abcd", "float_order: dcba", "CHOICE-UNKNOWN", null)]
    [InlineData("from: analysis.ph1.ph,", "from: analysis.ph1.phh,", "RIG-SIGNAL", "did you mean 'ph'?")]
    [InlineData("from: analysis.ph1.ph,", "from: analysis.ph2.ph,", "RIG-SIGNAL", "did you mean 'ph1'?")]
    [InlineData("from: analysis.ph1.ph,", "from: analysis.ph1.temperature,", "UNIT-MISMATCH", null)]
    [InlineData("from: field.relays.di2", "from: field.relays.do2", "RIG-SIGNAL", null)]
    [InlineData("to: field.acid_drive.setpoint", "to: field.acid_drive.speed", "RIG-SIGNAL", null)]
    [InlineData("to: field.acid_drive.setpoint", "to: field.inputs.ai8", "RIG-SIGNAL", "current-input only measures")]
    [InlineData("{label: Acid pump, unit: \"%\", span: 0..100", "{label: Acid pump, unit: \"%\", span: 0..120", "RIG-SPAN", null)]
    [InlineData("from: field.acid_drive.speed", "from: field.inputs.ai5", "RIG-DEVICE", "bind a tag to one of its measured signals, and a trip to that tag")]
    public void A_mistake_is_pointed_at(string right, string wrong, string code, string? remedy)
    {
        Assert.Contains(right, BenchKit.Text, StringComparison.Ordinal);
        string text = BenchKit.Text.Replace(right, wrong, StringComparison.Ordinal);

        var problems = BenchKit.Problems(text);
        Assert.Contains(problems, d => d.Code == code);
        Diagnostic found = problems.First(d => d.Code == code);
        Assert.True(found.Line > 1);
        if (remedy is not null) Assert.Equal(remedy, found.Remedy);
    }

    [Fact]
    public void Options_reach_the_driver_in_its_units()
    {
        RigDefinition rig = BenchKit.Rig();
        BusDefinition field = rig.Buses.First(b => b.Name == "field");
        DeviceDefinition drive = field.Devices.First(d => d.Name == "acid_drive");

        Assert.Equal("/dev/serial/by-id/usb-bench-field", field.Settings.Word("device", ""));
        Assert.Equal(2000, drive.Settings.Number("watchdog", 0));
        Assert.Equal(300, drive.Settings.Number("deadline", 0));
        Assert.Equal(["acid_drive", "relays", "inputs"], field.Devices.Select(d => d.Name));
    }
}
