using Crm.Plant.Loops;
using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Loops;

/// <summary>What a loop follows besides its process value: tracking, feed-forward, ratio (PID-09), and what it makes of a bad or uncertain value (PID-12).</summary>
public sealed class LoopFollowTests : VesselLoop
{
    [Theory]
    [InlineData(-80)]
    [InlineData(0)]
    [InlineData(45)]
    public void Tracking_holds_its_value_and_lets_go_without_a_bump_PID09(double value)
    {
        ScanRun run = Build(l => l with { Tracking = new TrackingRule(new Above(Trigger, 0.5), -1, value) });
        run.Set(Temperature, 59);
        run.Set(Trigger, 0);
        Hold(run, 60, 50);
        run.Set(Trigger, 0.8);
        Hold(run, 60, 300);
        Assert.Equal((value, LoopMode.LocalOverride), (Percent(run), run.Frame.Loops[0].Mode));
        run.Set(Trigger, 0);
        Hold(run, 60, 1);
        Assert.Equal(value, Percent(run), 0.1);
        Assert.Equal(LoopMode.RemoteCascade, run.Frame.Loops[0].Mode);
    }

    [Fact]
    public void Tracking_follows_a_tag_and_stays_where_it_was_when_that_is_bad_PID09()
    {
        ScanRun run = Build(l => l with { Tracking = new TrackingRule(new Above(Trigger, 0.5), Flow, 0) });
        run.Set(Temperature, 59);
        run.Set(Trigger, 0.8);
        foreach (double value in (double[])[10, 60, -30])
        {
            run.Set(Flow, value);
            Hold(run, 60, 1);
            Assert.Equal(value, Percent(run), 9);
        }

        run.SetBad(Flow);
        Hold(run, 60, 20);
        Assert.Equal(-30, Percent(run), 9);
    }

    /// <summary>A condition that cannot be told is no tracking: the loop goes on controlling.</summary>
    [Fact]
    public void A_tracking_condition_that_is_bad_counts_as_false_PID09()
    {
        ScanRun run = Build(l => l with { Tracking = new TrackingRule(new Above(Flow, 5), -1, 33) });
        run.Set(Temperature, 59);
        run.SetBad(Flow);
        Hold(run, 60, 20);
        Assert.Equal(LoopMode.RemoteCascade, run.Frame.Loops[0].Mode);
    }

    [Fact]
    public void Feed_forward_is_switched_on_and_off_without_a_bump_at_any_value_PID09()
    {
        ScanRun run = Build(l => l with { FeedForward = new FeedForwardRule(Flow, 2, 5), IntegralTime = TimeSpan.FromHours(2) });
        run.Set(Temperature, 50);
        foreach (double flow in (double[])[0, 5, 12, 25])
        {
            run.Set(Flow, flow);
            Hold(run, 50, 20);
            foreach (bool on in (bool[])[false, true])
            {
                double before = Percent(run);
                Assert.True(Do(run, 50, ScanCommandKind.SwitchFeedForward, on ? 1 : 0).Accepted);
                Assert.Equal(before, Percent(run), 0.1);
                run.Set(Flow, flow + 5);
                Hold(run, 50, 1);
                Assert.Equal(on ? 10 : 0, Percent(run) - before, 0.1);
                run.Set(Flow, flow);
                Hold(run, 50, 1);
            }
        }
    }

    [Theory]
    [InlineData(0.8, 10, 0, 8)]
    [InlineData(0.8, 10, 3, 11)]
    [InlineData(2, 0, 3, 3)]
    [InlineData(20, 90, 0, 1000)]
    public void The_setpoint_is_ratio_times_wild_flow_plus_bias_within_its_limits_PID09_PID10(double ratio, double wild, double bias, double setpoint)
    {
        ScanRun run = Build(l => l with { Ratio = new RatioRule(Flow, bias) });
        run.Set(Temperature, 8);
        run.Set(Flow, wild);
        Hold(run, ratio, 2);
        Assert.Equal(setpoint, run.Frame.Loops[0].Setpoint, 9);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_uncertain_process_value_counts_as_the_rig_says_PID12(bool counts)
    {
        ScanRun run = Build(l => l with { UncertainIsBad = counts, WhenBad = BadValueRule.Hold });
        run.Set(Temperature, 50);
        Hold(run, 60, 50);
        double before = Percent(run);
        run.SetUncertain(Temperature, 40);
        Hold(run, 60, 20);
        Assert.Equal(counts, run.Frame.Loops[0].ProcessValueBad);
        Assert.Equal(counts ? LoopMode.Manual : LoopMode.RemoteCascade, run.Frame.Loops[0].Mode);
        Assert.Equal(counts, Math.Abs(Percent(run) - before) < 1e-9);
    }

    /// <summary>Safe, the usual rule: outputs to 0 at once, and no windup while it is away.</summary>
    [Fact]
    public void A_bad_process_value_takes_the_outputs_to_zero_and_winds_nothing_up_PID12()
    {
        ScanRun run = Build();
        run.Set(Temperature, 50);
        Hold(run, 60, 2000);
        Assert.True(run[Heater] > 5, $"{run[Heater]}");
        run.SetBad(Temperature);
        Hold(run, 60, 1);
        Assert.Equal((0.0, 0.0), (run[Heater], run[Cooling]));
        Hold(run, 60, 6000);
        run.Set(Temperature, 50);
        Hold(run, 60, 1);
        Assert.Equal(0, Percent(run), 0.1);
    }

    private double Percent(ScanRun run) => run[Heater] - run[Cooling];
}
