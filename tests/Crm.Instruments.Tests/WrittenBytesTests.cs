using Crm.Instruments.Buses;
using Crm.Plant.Outputs;

namespace Crm.Instruments.Tests;

/// <summary>What is written, by bytes: the device's own watchdog, plans that have run out, and writes of which nobody knows whether they arrived.</summary>
public class WrittenBytesTests
{
    /// <summary>SAF-20: a plan that is not renewed runs out in the device, to the fail value of the rig file; keep stays.</summary>
    [Theory]
    [InlineData("tcp")]
    [InlineData("pty")]
    public void The_devices_own_watchdog_is_programmed_and_fed_only_by_fresh_plans(string wire)
    {
        using var fakes = OtherProcess.Fakes(wire, "--clock", "manual");
        var field = BytesTests.Connected(fakes);
        using var bus = field.Bus;
        (field.Values[Wiring.Pump], field.Values[Wiring.Heater], field.Values[Wiring.Valve]) = (60, 1, 1);
        field.Scan(2);
        Assert.Equal(2000, fakes.Number("holding 1 16"));
        for (int i = 0; i < 10; i++)
        {
            fakes.Ask("advance 1500");
            field.Scan();
        }

        Assert.Equal(6000, fakes.Number("holding 1 52"));
        Assert.Equal(3, fakes.Number("holding 3 49"));

        // The same plan over and over is not fresh; neither is one that has run out.
        fakes.Ask("advance 1500");
        field.Exchange(field.Now + TimeSpan.FromSeconds(1));
        fakes.Ask("advance 1000");
        Assert.Equal(0, fakes.Number("holding 1 52"));
        Assert.Equal(2, fakes.Number("holding 3 49"));
        field.Exchange(field.Now + TimeSpan.FromSeconds(1));
        Assert.Equal(1, field.Readings[Wiring.WatchdogOut].Value);
        Assert.Equal(0, field.Readings[Wiring.Speed].Value);
    }

    /// <summary>SAF-20 by the clock of the device: our side falls silent, the pump stops by itself.</summary>
    [Fact]
    public void A_silent_controller_lets_the_pump_stop_by_itself()
    {
        using var fakes = OtherProcess.Fakes("tcp");
        var field = BytesTests.Connected(fakes);
        using var bus = field.Bus;
        field.Values[Wiring.Pump] = 80;
        field.Scan(2);
        Assert.Equal(8000, fakes.Number("holding 1 52"));

        string[] seen = [fakes.Event(), fakes.Event()];

        Assert.Contains("watchdog 1", seen);
        Assert.Equal(0, fakes.Number("holding 1 52"));
    }

    [Fact]
    public void A_plan_that_has_run_out_is_not_written()
    {
        using var fakes = OtherProcess.Fakes("tcp", "--clock", "manual");
        var field = BytesTests.Connected(fakes);
        using var bus = field.Bus;
        field.Scan(2);
        fakes.Ask("writes 1");
        field.Values[Wiring.Pump] = 90;
        field.Now += TimeSpan.FromMilliseconds(100);
        field.Bus.Exchange(new OutputPlan(99, field.Now - TimeSpan.FromSeconds(1), field.Now - TimeSpan.FromMilliseconds(1), [.. field.Values]), field.Readings);

        Assert.Equal("", fakes.Ask("writes 1"));
        Assert.Equal(1, field.Device(0).Counters.PlansExpired);
    }

    /// <summary>A device without power forgets its watchdog: it is programmed again before it is driven on.</summary>
    [Theory]
    [InlineData("tcp")]
    [InlineData("pty")]
    public void A_device_that_lost_power_is_guarded_again(string wire)
    {
        using var fakes = OtherProcess.Fakes(wire, "--clock", "manual");
        var field = BytesTests.Connected(fakes);
        using var bus = field.Bus;
        field.Values[Wiring.Pump] = 30;
        field.Scan(2);
        fakes.Ask("restart 1");
        fakes.Ask("writes 1");
        field.Scan(2);

        Assert.Equal(2000, fakes.Number("holding 1 16"));
        Assert.Equal(3000, fakes.Number("holding 1 52"));
        Assert.Equal(2, field.Device(0).Counters.Guarded);
    }

    /// <summary>REL-14: the write arrived, its answer did not: read back, found done, and never written a second time.</summary>
    [Theory]
    [InlineData("tcp", "silence")]
    [InlineData("pty", "silence")]
    [InlineData("tcp", "truncated")]
    [InlineData("pty", "wrong-check-sum")]
    public void A_write_of_unknown_outcome_is_read_back_and_not_repeated(string wire, string fault)
    {
        using var fakes = OtherProcess.Fakes(wire, "--clock", "manual");
        var field = BytesTests.Connected(fakes, BytesTests.HastyFor(fault));
        using var bus = field.Bus;
        field.ScanUntil(() => !field.Device(0).IsFailing);
        fakes.Ask("writes 1");
        field.Values[Wiring.Pump] = 42;
        fakes.Ask($"fault 1 {fault} 1");
        field.Scan();
        Assert.Single(fakes.Ask("writes 1").Split(' '));
        Assert.Equal(1, field.Device(0).Counters.WritesUnknown);

        // The exchange after it with the same plan asks, and writes nothing.
        field.Exchange(field.Now + TimeSpan.FromSeconds(1));
        Assert.Equal("", fakes.Ask("writes 1"));
        Assert.Equal(1, field.Device(0).Counters.WritesFoundDone);
        field.Scan();
        Assert.Equal(42, field.Readings[Wiring.Speed].Value, 3);
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("pty")]
    public void A_write_that_never_arrived_is_found_lost(string wire)
    {
        using var fakes = OtherProcess.Fakes(wire, "--clock", "manual");
        var field = BytesTests.Connected(fakes, 1);
        using var bus = field.Bus;
        field.ScanUntil(() => !field.Device(0).IsFailing);
        field.Values[Wiring.Pump] = 42;
        fakes.Ask("fault 1 deaf 1");
        field.Scan();
        field.ScanUntil(() => field.Readings[Wiring.Speed].Value > 0);

        Assert.InRange(field.Device(0).Counters.WritesFoundLost, 1, 5);
        Assert.Equal(42, field.Readings[Wiring.Speed].Value, 3);
    }
}
