using Crm.Plant.Loops;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Loops;

/// <summary>A muffle that is led along a programme: a new setpoint in every scan, with and without a setpoint rate of its own.</summary>
public sealed class SetpointProgrammeTests
{
    /// <summary>K per minute of the programme.</summary>
    private const double Slope = 10;

    private const double Period = 0.1;

    private readonly RigSketch sketch = new();
    private readonly int temperature;
    private readonly int heater;
    private double wall = 20, bed = 20;

    public SetpointProgrammeTests()
    {
        temperature = sketch.Tag("temperature");
        heater = sketch.Output("heater", lapseAfter: 5);
    }

    public static TheoryData<double?, double> Programmes => new()
    {
        { null, 0 }, { null, 0.4 }, { null, 1 }, { 20.0, 0 }, { 20.0, 0.4 }, { 20.0, 1 }, { 1.0, 0.4 }, { 0.2, 0.4 },
    };

    /// <summary>PID-10: a rate of the loop that the programme does not exceed changes nothing, and neither does none at all.</summary>
    [Theory]
    [MemberData(nameof(Programmes))]
    public void A_new_setpoint_in_every_scan_is_followed_with_any_rate_and_weight_PID10(double? rate, double b)
    {
        var random = new Random(5);
        sketch.Loop("loop", temperature, 2.5, 700, 0, 0, 100, rate, b, new SplitLeg(heater, 0, 100, 0, 100));
        var run = new ScanRun(sketch.Build());
        for (int i = 0; i < 40 * 600; i++)
        {
            run.Set(temperature, bed + 0.5 * (random.NextDouble() - 0.5));
            run.DemandLoop(0, 20 + Slope * i * Period / 60);
            run.Step();
            Move(run[heater]);
        }

        double asked = 20 + Slope * 40;
        Assert.Equal(asked, run.Frame.Loops[0].Target, 0.1);
        Assert.True(bed > asked - 150, $"seed 5: {bed:0} degC, {asked:0} asked, heater {run[heater]:0} %, setpoint {run.Frame.Loops[0].Setpoint:0}");
    }

    /// <summary>
    /// PID-04, PID-05: a setpoint far away in the first scan, as of a person who mistypes it, is taken up by the integral without a bump and
    /// must not keep the heater off for several Ti once the setpoint is right.
    /// </summary>
    [Theory]
    [InlineData(0.4)]
    [InlineData(1)]
    public void A_first_setpoint_that_was_far_away_does_not_leave_the_loop_dead_PID04_PID05(double b)
    {
        sketch.Loop("loop", temperature, 2.5, 700, 0, 0, 100, null, b, new SplitLeg(heater, 0, 100, 0, 100));
        var run = new ScanRun(sketch.Build());
        run.Set(temperature, bed);
        run.DemandLoop(0, 550);
        run.Step();
        Assert.Equal(0, run[heater], 6);
        double highest = 0;
        for (int i = 0; i < 2 * 600; i++)
        {
            run.Set(temperature, bed);
            run.DemandLoop(0, 20);
            run.Step();
            highest = Math.Max(highest, run[heater]);
        }

        Assert.InRange(highest, 0, 1);
        for (int i = 0; i < 600; i++)
        {
            run.Set(temperature, bed);
            run.DemandLoop(0, 60);
            run.Step();
        }

        Assert.True(run[heater] > 30 * b, $"heater {run[heater]:0.0} % a minute after the setpoint was put right");
    }

    /// <summary>PID-10: while a unit holds all outputs itself a setpoint with a rate waits at the process value, and goes on from there.</summary>
    [Fact]
    public void A_setpoint_with_a_rate_goes_on_from_the_process_value_after_a_direct_demand_PID10()
    {
        sketch.Loop("loop", temperature, 2.5, 700, 0, 0, 100, 0.01, 0.4, new SplitLeg(heater, 0, 100, 0, 100));
        var run = new ScanRun(sketch.Build());
        run.Set(temperature, 500);
        for (int i = 0; i < 600; i++)
        {
            run.DemandLoop(0, 500);
            run.Step();
        }

        for (int i = 0; i < 600; i++)
        {
            run.Set(temperature, 500 - i * 0.5);
            run.DemandLoop(0, 20);
            run.Demand(heater, 0);
            run.Step();
            Assert.Equal(0, run[heater]);
        }

        Assert.Equal(LoopMode.RemoteOutput, run.Frame.Loops[0].Mode);
        Assert.Equal(200.5, run.Frame.Loops[0].Setpoint, 0.51);
        for (int i = 0; i < 50; i++)
        {
            run.DemandLoop(0, 20);
            run.Step();
        }

        Assert.Equal(200.5 - 0.05, run.Frame.Loops[0].Setpoint, 0.51);
        Assert.Equal(0, run[heater], 0.5);
    }

    // 3 kW into a wall of 12 kJ/K, trays of 3 kJ/K, losses of 2.5 W/K.
    private void Move(double percent)
    {
        double through = 10 * (wall - bed);
        wall += Period * (30 * percent - through - 2.5 * (wall - 20)) / 12e3;
        bed += Period * through / 3e3;
    }
}
