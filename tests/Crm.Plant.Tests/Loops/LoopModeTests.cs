using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Protection;
using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Loops;

/// <summary>Modes, who may do what, and no bump on any change.</summary>
public sealed class LoopModeTests : VesselLoop
{
    [Theory]
    [InlineData(LoopMode.OutOfService, true, false, true, false, true, false, LoopMode.OutOfService)]
    [InlineData(LoopMode.OutOfService, false, false, false, true, false, true, LoopMode.OutOfService)]
    [InlineData(LoopMode.RemoteCascade, false, false, true, false, false, false, LoopMode.Initialising)]
    [InlineData(LoopMode.RemoteCascade, false, false, true, false, false, true, LoopMode.RemoteOutput)]
    [InlineData(LoopMode.RemoteCascade, true, false, true, false, false, false, LoopMode.Initialising)]
    [InlineData(LoopMode.RemoteCascade, true, false, true, false, false, true, LoopMode.RemoteOutput)]
    [InlineData(LoopMode.RemoteCascade, true, false, true, true, true, false, LoopMode.LocalOverride)]
    [InlineData(LoopMode.Manual, true, false, true, true, true, false, LoopMode.LocalOverride)]
    [InlineData(LoopMode.Manual, true, false, true, false, true, false, LoopMode.Manual)]
    [InlineData(LoopMode.RemoteCascade, true, false, false, false, true, false, LoopMode.Manual)]
    [InlineData(LoopMode.Automatic, true, false, false, false, true, false, LoopMode.Manual)]
    [InlineData(LoopMode.Automatic, true, true, true, false, true, false, LoopMode.Automatic)]
    [InlineData(LoopMode.Cascade, true, true, true, false, true, false, LoopMode.Cascade)]
    [InlineData(LoopMode.Cascade, true, false, true, false, true, false, LoopMode.RemoteCascade)]
    [InlineData(LoopMode.RemoteCascade, true, true, true, false, true, false, LoopMode.Cascade)]
    [InlineData(LoopMode.RemoteCascade, true, false, true, false, true, false, LoopMode.RemoteCascade)]
    public void The_actual_mode_is_the_best_permitted_PID06(
        LoopMode target, bool asked, bool fromAbove, bool usable, bool tracks, bool connected, bool direct, LoopMode actual) =>
        Assert.Equal(actual, LoopModes.Actual(new LoopCircumstances(target, asked, fromAbove, usable, tracks, connected, direct)));

    [Fact]
    public void Target_and_actual_mode_are_kept_apart_and_published_PID06()
    {
        ScanRun run = Build();
        run.Set(Temperature, 50);
        run.Step();
        Assert.Equal((LoopMode.Initialising, LoopMode.RemoteCascade), (run.Frame.Loops[0].Mode, run.Frame.Loops[0].TargetMode));
        Hold(run, 60, 3);
        Assert.Equal(LoopMode.RemoteCascade, run.Frame.Loops[0].Mode);
        Assert.True(Mode(run, 60, LoopMode.Manual).Accepted);
        Assert.Equal((LoopMode.Manual, LoopMode.Manual), (run.Frame.Loops[0].Mode, run.Frame.Loops[0].TargetMode));
        Assert.True(run.Told(ScanEventKind.LoopCommanded));
        run.Step(150);
        Assert.Equal((LoopMode.Initialising, LoopMode.Manual), (run.Frame.Loops[0].Mode, run.Frame.Loops[0].TargetMode));
        run.Demand(Heater, 10);
        run.Demand(Cooling, 0);
        run.Step();
        Assert.Equal(LoopMode.RemoteOutput, run.Frame.Loops[0].Mode);
        Assert.False(Mode(run, 60, LoopMode.LocalOverride).Accepted);
        Assert.True(Mode(run, 60, LoopMode.OutOfService).Accepted);
        Hold(run, 60, 150);
        Assert.Equal((0.0, 0.0, LoopMode.OutOfService), (run[Heater], run[Cooling], run.Frame.Loops[0].Mode));
    }

    /// <summary>Override (protection) and hand beat tracking, tracking beats operator, operator beats program.</summary>
    [Fact]
    public void Owners_come_in_the_declared_order_PID07()
    {
        ScanRun run = Build(l => l with { Tracking = new TrackingRule(new Above(Flow, 5), -1, 33) });
        run.Set(Temperature, 59);
        run.Set(Flow, 1);
        run.Set(Trigger, 0);
        Hold(run, 60, 5);
        Assert.Equal(60, run.Frame.Loops[0].Setpoint);
        Mode(run, 60, LoopMode.Automatic);
        Do(run, 60, ScanCommandKind.SetLoopSetpoint, 55);
        Assert.Equal(55, run.Frame.Loops[0].Setpoint);
        Hold(run, 70, 3);
        Assert.Equal(55, run.Frame.Loops[0].Setpoint);
        run.Set(Flow, 9);
        Hold(run, 60, 1);
        Assert.Equal((33.0, LoopMode.LocalOverride), (run[Heater], run.Frame.Loops[0].Mode));
        run.DemandLoop(0, 60);
        run.Do(id => ScanCommand.TakeManual(id, Heater, 70, "p"));
        Assert.Equal(70, run[Heater]);
        run.Set(Trigger, 2);
        Hold(run, 60, 1);
        Assert.Equal(0, run[Heater]);
    }

    [Fact]
    public void Refused_commands_change_nothing_and_say_why_PID07()
    {
        ScanRun run = Build(l => l with { ManualLimits = (-20, 20) });
        run.Set(Temperature, 50);
        Hold(run, 60, 5);
        Assert.Contains("AUTO", Do(run, 60, ScanCommandKind.SetLoopSetpoint, 55).Text, StringComparison.Ordinal);
        Assert.Contains("MAN", Do(run, 60, ScanCommandKind.SetLoopOutput, 5).Text, StringComparison.Ordinal);
        Mode(run, 60, LoopMode.Manual);
        Assert.Contains("outside", Do(run, 60, ScanCommandKind.SetLoopOutput, 25).Text, StringComparison.Ordinal);
        Assert.True(Do(run, 60, ScanCommandKind.SetLoopOutput, 15).Accepted);
        Assert.Equal(15, run[Heater]);
        Mode(run, 60, LoopMode.Automatic);
        Assert.Contains("outside", Do(run, 60, ScanCommandKind.SetLoopSetpoint, 5000).Text, StringComparison.Ordinal);
        Assert.Contains("no feed-forward", Do(run, 60, ScanCommandKind.SwitchFeedForward, 1).Text, StringComparison.Ordinal);
        Assert.Contains("no tuning", Do(run, 60, ScanCommandKind.ApplyTuning).Text, StringComparison.Ordinal);
        Assert.Contains("first tuning", Do(run, 60, ScanCommandKind.RestoreTuning).Text, StringComparison.Ordinal);
        run.DemandLoop(0, 60);
        Assert.Contains("other sign", run.Do(id => ScanCommand.ProposeTuning(id, 0, new LoopTuning(-4, 100, 0, 1), "p")).Text, StringComparison.Ordinal);
        Assert.False(run.Do(id => ScanCommand.ToLoop(id, ScanCommandKind.StartAutotune, 7, "p")).Accepted);
    }

    [Fact]
    public void Stop_and_abort_take_a_loop_back_from_a_person_S88_08()
    {
        ScanRun run = Build();
        run.Set(Temperature, 50);
        Hold(run, 60, 5);
        Mode(run, 60, LoopMode.Manual);
        Do(run, 60, ScanCommandKind.SetLoopOutput, 90);
        run.State.Offer(ScanRun.Unit, new Demand(0, true, 40, false, run.State.Scan, true));
        run.Step();
        Assert.Equal(LoopMode.RemoteCascade, run.Frame.Loops[0].TargetMode);
        Assert.Equal(40, run.Frame.Loops[0].Setpoint);
    }

    [Fact]
    public void Ten_thousand_changes_of_mode_parameters_structure_filter_and_feed_forward_make_no_bump_PID05()
    {
        const int Seed = 21;
        var random = new Random(Seed);
        ScanRun run = Build(l => l with { FeedForward = new FeedForwardRule(Flow, 2, 0), Watch = new LoopWatchRule(50, TimeSpan.FromHours(1), 50) });
        run.Set(Temperature, 49);
        run.Set(Flow, 6);
        Hold(run, 50, 10);
        LoopMode[] modes = [LoopMode.Manual, LoopMode.Automatic, LoopMode.RemoteCascade];
        for (int i = 0; i < 10_000; i++)
        {
            // A new error of at most 2 K stands still long before the change; the integral of one scan is within the bound.
            if (i % 50 == 0) run.Set(Temperature, 50 + 4 * random.NextDouble() - 2);
            Hold(run, 50, 3);
            if (i % 50 == 0) Hold(run, 50, 300);
            double before = run[Heater] - run[Cooling];
            int what = random.Next(4);
            if (what == 0) Mode(run, 50, modes[random.Next(3)]);
            if (what == 1) Do(run, 50, ScanCommandKind.SwitchFeedForward, random.Next(2));
            if (what == 2) Do(run, 50, ScanCommandKind.RestoreTuning);
            if (what == 3)
            {
                var tuning = new LoopTuning(
                    0.5 + 9.5 * random.NextDouble(), random.Next(5) == 0 ? 0 : 60 + 600 * random.NextDouble(), random.Next(2) * 60 * random.NextDouble(),
                    random.NextDouble(), random.NextDouble(), 2 + 28 * random.NextDouble(), random.Next(2) * 5 * random.NextDouble());
                run.DemandLoop(0, 50);
                run.Do(id => ScanCommand.ProposeTuning(id, 0, tuning, "p"));
                before = run[Heater] - run[Cooling];
                Do(run, 50, ScanCommandKind.ApplyTuning);
            }

            double bump = Math.Abs(run[Heater] - run[Cooling] - before);
            Assert.True(bump <= 0.1, $"seed {Seed}, change {i} of kind {what}: {bump} %");
        }
    }

    [Fact]
    public void Coming_back_from_held_makes_no_bump_PID05()
    {
        ScanRun run = Build();
        run.Set(Temperature, 50);
        Hold(run, 60, 200);
        for (int i = 0; i < 100; i++)
        {
            run.Demand(Heater, 22);
            run.Demand(Cooling, 0);
            run.Step();
        }

        Assert.Equal(22, run[Heater]);
        Hold(run, 60, 1);
        Assert.Equal(22, run[Heater], 0.1);
    }
}
