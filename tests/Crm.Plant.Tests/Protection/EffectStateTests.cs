using Crm.Plant.Outputs;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Protection;

/// <summary>The states of a cause-and-effect block from Normal to Ready to reset (SAF-03), its first-out (SAF-06) and its proof test (SAF-30).</summary>
public sealed class EffectStateTests
{
    private readonly RigSketch sketch = new();
    private readonly int temperature;
    private readonly int cold;
    private readonly int pump;

    public EffectStateTests()
    {
        temperature = sketch.Tag("t");
        cold = sketch.Tag("cold");
        pump = sketch.Output("pump", lapseAfter: 1e6);
        sketch.Trip("row", true, [RigSketch.Cause("t > 5", new Above(temperature, 5), delay: 1) with { ClearDelay = TimeSpan.FromSeconds(2) }], [new(pump, SafeValue.At(0))]);
        sketch.Change(0, t => t with { ResetPermit = new Condition("cold", new Above(cold, 0.5)), Proof = new ProofTest("Warm it", TimeSpan.FromDays(30), new DateOnly(2026, 1, 1)) });
    }

    private ScanRun Run()
    {
        var run = new ScanRun(sketch.Build());
        run.Set(cold, 1);
        run.Step();
        run.Do(id => ScanCommand.ResetAll(id, "p"));
        run.Demand(pump, 50);
        run.Step();
        return run;
    }

    [Fact]
    public void All_five_states_in_their_order_SAF03_SAF05()
    {
        ScanRun run = Run();
        run.Set(cold, 0);
        Assert.Equal(TripPhase.Normal, run.Step().Trips[0].Phase);
        run.Set(temperature, 6);
        Assert.Equal(TripPhase.Delaying, run.Step().Trips[0].Phase);
        Assert.Equal(50, run[pump]);
        run.Step(10);
        Assert.Equal(TripPhase.Tripped, run.Frame.Trips[0].Phase);
        Assert.Equal(0, run[pump]);
        run.Set(temperature, 0);
        run.Step(15);
        Assert.Equal(TripPhase.Tripped, run.Frame.Trips[0].Phase);
        run.Step(10);
        Assert.Equal(TripPhase.WaitingForPermit, run.Frame.Trips[0].Phase);
        CommandOutcome refused = run.Do(id => ScanCommand.ResetTrip(id, 0, "p"));
        Assert.Equal("row cannot be reset: it needs cold", refused.Text);
        run.Set(cold, 1);
        Assert.Equal(TripPhase.ReadyToReset, run.Step().Trips[0].Phase);
        Assert.Equal(0, run[pump]);
        Assert.True(run.Do(id => ScanCommand.ResetTrip(id, 0, "p")).Accepted);
        Assert.Equal(TripPhase.Normal, run.Frame.Trips[0].Phase);
        Assert.Equal(50, run[pump]);
    }

    /// <summary>A held reset button is one command: it resets once, and not again when the trip comes back (SAF-05).</summary>
    [Fact]
    public void A_reset_acts_on_its_edge_only_SAF05()
    {
        ScanRun run = Run();
        run.Set(temperature, 6);
        run.Step(12);
        Assert.False(run.Do(id => ScanCommand.ResetTrip(id, 0, "p")).Accepted);
        run.Set(temperature, 0);
        run.Step(100);
        Assert.Equal(TripPhase.ReadyToReset, run.Frame.Trips[0].Phase);
        Assert.Equal(0, run[pump]);
    }

    [Fact]
    public void The_first_out_stays_until_the_next_trip_or_until_it_is_cleared_SAF06()
    {
        ScanRun run = Run();
        run.Set(temperature, 6);
        run.Step(12);
        Assert.Contains("stays until", run.Do(id => ScanCommand.ClearFirstOut(id, 0, "p")).Text, StringComparison.Ordinal);
        run.Set(temperature, 0);
        run.Step(30);
        run.Do(id => ScanCommand.ResetTrip(id, 0, "p"));
        run.Step(100);
        Assert.Equal("t > 5", run.Frame.Trips[0].FirstOutText(run.Rig.Trips[0]));
        Assert.True(run.Do(id => ScanCommand.ClearFirstOut(id, 0, "p")).Accepted);
        Assert.Equal(0UL, run.Frame.Trips[0].FirstOut);
        Assert.True(run.Told(ScanEventKind.FirstOutCleared));
    }

    [Fact]
    public void A_bad_input_may_use_the_value_it_had_SAF08()
    {
        var one = new RigSketch();
        int tag = one.Tag("t");
        one.Trip("row", true, [RigSketch.Cause("t > 5", new Above(tag, 5), 0, BadInput.UseValue)], []);
        var run = new ScanRun(one.Build());
        run.SetBad(tag);
        run.Step(10_000);
        Assert.False(run.Frame.Trips[0].IsTripped);
        run.Set(tag, 6);
        run.Step();
        run.SetBad(tag);
        run.Step();
        Assert.Equal(TripPhase.Tripped, run.Frame.Trips[0].Phase);
        var blind = new ScanRun(one.Build(), reset: false);
        blind.SetBad(tag);
        blind.Step(10);
        Assert.Equal(TripPhase.Tripped, blind.Frame.Trips[0].Phase);
    }

    [Fact]
    public void An_overdue_proof_test_is_told_once_a_day_until_it_is_done_SAF30()
    {
        ScanRun run = Run();
        run.Step();
        Assert.False(run.Told(ScanEventKind.ProofTestOverdue));
        Assert.True(run.Do(id => ScanCommand.SetDay(id, new DateOnly(2026, 1, 30), "host")).Accepted);
        Assert.False(run.Told(ScanEventKind.ProofTestOverdue));
        run.Do(id => ScanCommand.SetDay(id, new DateOnly(2026, 1, 31), "host"));
        Assert.Contains("overdue since 2026-01-31", run.Frame.Events.Single(e => e.Kind == ScanEventKind.ProofTestOverdue).Text, StringComparison.Ordinal);
        run.Step();
        Assert.False(run.Told(ScanEventKind.ProofTestOverdue));
        Assert.False(run.Do(id => ScanCommand.ProofTested(id, 0, "anna", "")).Accepted);
        Assert.True(run.Do(id => ScanCommand.ProofTested(id, 0, "anna", "trips at 5.1")).Accepted);
        Assert.True(run.Told(ScanEventKind.ProofTestDone));
        run.Do(id => ScanCommand.SetDay(id, new DateOnly(2026, 3, 1), "host"));
        Assert.False(run.Told(ScanEventKind.ProofTestOverdue));
        run.Do(id => ScanCommand.SetDay(id, new DateOnly(2026, 3, 2), "host"));
        Assert.True(run.Told(ScanEventKind.ProofTestOverdue));
    }
}
