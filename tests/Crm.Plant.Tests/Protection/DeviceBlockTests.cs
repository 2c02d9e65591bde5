using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;
using Crm.Plant.Tests.Scan;
using Crm.Plant.Tests.UnitOperations;
using Crm.Plant.UnitOperations;
using Crm.Plant.UnitOperations.Running;
using Xunit;

namespace Crm.Plant.Tests.Protection;

/// <summary>
/// SAF-09, the device block: a lost run confirmation longer than the trip time forces the output passive, the setpoint tracks it, nothing starts by
/// itself when the cause has gone, and a person resets.
/// </summary>
public sealed class DeviceBlockTests
{
    /// <summary>Scans of 100 ms; the trip time is 2 s.</summary>
    private const int TripTime = 20;

    private readonly int confirmation;
    private readonly int pump;
    private readonly ScanRun run;

    public DeviceBlockTests()
    {
        var sketch = new RigSketch();
        confirmation = sketch.Tag("pump_running");
        pump = sketch.Output("pump", lapseAfter: 10);
        RigDefinition rig = sketch.Build();
        TripDefinition row = new RunConfirmation(confirmation, 5, 10, TimeSpan.FromSeconds(2)).Row(0, rig.Outputs[pump], rig.Tags[confirmation], null);
        run = new ScanRun(rig with { Trips = [row] }, reset: false);
        run.Set(confirmation, 50);
        run.Step();
        run.State.Offer(ScanCommand.ResetAll(900, "anna") with { Roles = ScanRun.EveryRole });
        run.Step();
    }

    /// <summary>What the pump is driven to, what confirms it (NaN: bad), and whether that is passive after the trip time.</summary>
    [Theory]
    [InlineData(50, 50, false)]
    [InlineData(50, 5, false)]
    [InlineData(50, 4.9, true)]
    [InlineData(50, 0, true)]
    [InlineData(50, double.NaN, true)]
    [InlineData(10, 0, true)]
    [InlineData(9.9, 0, false)]
    [InlineData(0, 0, false)]
    public void A_confirmation_lost_for_longer_than_the_trip_time_forces_passive(double driven, double confirms, bool passive)
    {
        Ask(driven, 3);
        if (double.IsNaN(confirms)) run.SetBad(confirmation);
        else run.Set(confirmation, confirms);
        Ask(driven, TripTime);
        Assert.Equal(driven, run[pump]);
        Ask(driven, 2);
        Assert.Equal(passive ? 0 : driven, run[pump]);
    }

    [Fact]
    public void A_confirmation_that_comes_back_in_time_changes_nothing()
    {
        for (int i = 0; i < 5; i++)
        {
            run.Set(confirmation, 0);
            Ask(50, TripTime - 1);
            run.Set(confirmation, 50);
            Ask(50, 1);
        }

        Assert.Equal(50, run[pump]);
    }

    [Fact]
    public void Tripped_it_waits_for_a_person_whatever_confirms_and_whatever_is_asked()
    {
        Trip();
        run.Set(confirmation, 50);
        Ask(80, 100);
        Assert.Equal(0, run[pump]);
        Assert.Equal(TripPhase.ReadyToReset, run.Frame.Trips[0].Phase);
        Assert.Contains("pump is driven and pump_running < 5", run.Core.WhyForced(run.Frame, pump), StringComparison.Ordinal);
        Assert.True(run.Do(id => ScanCommand.ResetTrip(id, 0, "anna")).Accepted);
        Assert.Equal(TripPhase.Normal, run.Frame.Trips[0].Phase);
    }

    [Fact]
    public void A_manual_setpoint_tracks_the_output_and_starts_nothing_at_the_reset()
    {
        Assert.True(run.Do(id => ScanCommand.TakeManual(id, pump, 40, "anna")).Accepted);
        run.Set(confirmation, 0);
        run.Step(TripTime + 2);
        Assert.Equal(0, run[pump]);
        run.Set(confirmation, 50);
        Assert.True(run.Do(id => ScanCommand.ResetTrip(id, 0, "anna")).Accepted);
        run.Step(100);
        Assert.Equal((0, true), (run[pump], run.Frame.Outputs[pump].InManual));
        Assert.True(run.Do(id => ScanCommand.TakeManual(id, pump, 40, "anna")).Accepted);
        Assert.Equal(40, run[pump]);
    }

    /// <summary>Between two phases temperature and agitation stand: what a row took of them does not come back by its reset, but by a RESTART.</summary>
    [Fact]
    public void What_stands_on_a_unit_between_phases_is_held_when_a_row_takes_it()
    {
        int heater = ToyRig.Output("vessel.heater");
        var row = new TripDefinition(
            0, "cooling-lost", "", [new CauseDefinition("cause", new Above(0, 1e9), TimeSpan.Zero, BadInput.Trip, TimeSpan.Zero)],
            [new EffectDefinition(heater, SafeValue.At(0))], [], PhaseCommand.None, true);
        RigDefinition rig = ToyRig.Rig with { Trips = [row] };
        PhaseRun standing = PhaseRunner.Idle(ToyRig.Unit("vessel")) with { Standing = [Demand.Loop(0, 60, 0)] };
        RunnerResult untouched = Step(rig, standing, tripped: false);
        Assert.Null(untouched.Run.Between);
        RunnerResult taken = Step(rig, standing, tripped: true);
        Assert.Equal(PhaseState.Held, taken.Run.Between);
        Assert.Contains("protection cooling-lost took vessel.heater", taken.Run.Reason, StringComparison.Ordinal);
        Assert.Equal(PhaseState.Held, Step(rig, taken.Run, tripped: false).Run.Between);
    }

    private static RunnerResult Step(RigDefinition rig, PhaseRun run, bool tripped)
    {
        Image image = new ToyPlant().Look();
        var outputs = new OutputStatus[rig.Outputs.Length];
        if (tripped) outputs[ToyRig.Output("vessel.heater")] = new OutputStatus(OutputSource.Protection, false, default);
        var status = new TripStatus(tripped ? TripPhase.Tripped : TripPhase.Normal, 1, tripped ? 1UL : 0, TimeSpan.Zero);
        var inputs = new RunnerInputs(rig, image, new Bench.Scope(image), Bench.Scan, null, PhaseCommand.None, "", [], [])
        {
            Outputs = [.. outputs],
            Trips = [status],
        };
        return PhaseRunner.Step(run, [], inputs);
    }

    private void Trip()
    {
        Ask(50, 3);
        run.Set(confirmation, 0);
        Ask(50, TripTime + 2);
        Assert.Equal(0, run[pump]);
    }

    private void Ask(double value, int scans)
    {
        for (int i = 0; i < scans; i++)
        {
            run.Demand(pump, value);
            run.Step();
        }
    }
}
