using Crm.Plant.Expressions;
using Crm.Plant.Outputs;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Scan;
using Crm.Plant.Tags;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Protection;

/// <summary>Bypass, start-up override, force and substitution: timed, with a reason, listed, over by themselves; asserted at the output (SAF-13 to SAF-17, NE-08).</summary>
public sealed class OverrideTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly RigSketch sketch = new();
    private readonly int temperature;
    private readonly int level;
    private readonly int stirred;
    private readonly int pump;
    private readonly int row;
    private readonly int guard;

    public OverrideTests()
    {
        temperature = sketch.Tag("t");
        level = sketch.Tag("level");
        stirred = sketch.Tag("stirred");
        pump = sketch.Output("pump", lapseAfter: 3600);
        row = sketch.Trip("row", false, [RigSketch.Cause("t > 5", new Above(temperature, 5)), RigSketch.Cause("level > 9", new Above(level, 9))], [new(pump, SafeValue.At(0))]);
        guard = sketch.Trip("guard", true, [RigSketch.Cause("t > 50", new Above(temperature, 50))], [new(pump, SafeValue.At(0))]);
        var permit = new Condition("stirred", new Above(stirred, 0.5));
        sketch.Change(row, t => t with { Class = TripClass.Process, Bypass = new OverrideRule(permit, TimeSpan.FromMinutes(30), null), StartUp = new OverrideRule(null, 10 * Minute, permit) });
    }

    private ScanRun Run()
    {
        var run = new ScanRun(sketch.Build());
        run.Set(stirred, 1);
        run.Demand(pump, 50);
        run.Step();
        return run;
    }

    private CommandOutcome Bypass(ScanRun run, TimeSpan time, string by = "anna", string reason = "electrode is changed", int cause = 0) =>
        run.Do(id => ScanCommand.Bypass(id, row, cause, -1, time, by, reason));

    [Fact]
    public void A_bypassed_cause_does_not_trip_and_trips_by_itself_when_the_time_is_over_SAF13()
    {
        ScanRun run = Run();
        Assert.True(Bypass(run, 2 * Minute).Accepted);
        Assert.True(run.Told(ScanEventKind.OverrideSet));
        run.Set(temperature, 6);
        run.Step();
        Assert.Equal(50, run[pump]);
        Assert.True(run.Told(ScanEventKind.OverrideVoted));
        Assert.True(Assert.Single(run.Frame.Overrides).Votes);
        run.Step();
        Assert.False(run.Told(ScanEventKind.OverrideVoted));
        TimeSpan end = run.Frame.Overrides[0].Until;
        bool reminded = false;
        while (run.Now + run.Rig.ScanPeriod < end)
        {
            run.Step();
            reminded |= run.Told(ScanEventKind.OverrideEnding);
        }

        Assert.True(reminded);
        Assert.Equal(50, run[pump]);
        run.Step();
        Assert.Equal(0, run[pump]);
        Assert.True(run.Told(ScanEventKind.OverrideEnded));
        Assert.True(run.Frame.Trips[row].IsTripped);
        Assert.Empty(run.Frame.Overrides);
    }

    [Fact]
    public void The_other_cause_of_the_row_still_trips()
    {
        ScanRun run = Run();
        Bypass(run, Minute);
        run.Set(level, 10);
        run.Step();
        Assert.Equal(0, run[pump]);
    }

    [Fact]
    public void A_person_ends_a_bypass_before_its_time()
    {
        ScanRun run = Run();
        Bypass(run, Minute);
        run.Set(temperature, 6);
        run.Step();
        Assert.True(run.Do(id => ScanCommand.EndBypass(id, row, "bert")).Accepted);
        run.Step();
        Assert.Equal(0, run[pump]);
    }

    [Theory]
    [InlineData(40, "anna", "electrode is changed", "30 min")]
    [InlineData(0, "anna", "electrode is changed", "time")]
    [InlineData(5, "", "electrode is changed", "person")]
    [InlineData(5, "anna", "x", "reason")]
    public void Without_person_reason_and_time_it_is_refused_SAF15(int minutes, string by, string reason, string why)
    {
        ScanRun run = Run();
        CommandOutcome outcome = Bypass(run, minutes * Minute, by, reason);
        Assert.False(outcome.Accepted);
        Assert.Contains(why, outcome.Text, StringComparison.Ordinal);
        Assert.Empty(run.Frame.Overrides);
    }

    [Fact]
    public void It_needs_its_permit_and_there_is_one_at_a_time_SAF13()
    {
        ScanRun run = Run();
        run.Set(stirred, 0);
        Assert.Contains("needs stirred", Bypass(run, Minute).Text, StringComparison.Ordinal);
        run.Set(stirred, 1);
        Assert.True(Bypass(run, Minute).Accepted);
        Assert.Contains("one at a time", Bypass(run, Minute, cause: 1).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TripClass.Safety)]
    [InlineData(TripClass.Protective)]
    public void Safety_and_protective_rows_are_never_bypassed_SAF16(TripClass kind)
    {
        sketch.Change(row, t => t with { Class = kind });
        ScanRun run = Run();
        Assert.Contains("never bypassed", Bypass(run, Minute).Text, StringComparison.Ordinal);
        Assert.Contains("never bypassed", run.Do(id => ScanCommand.StartUpOverride(id, row, "anna", "pump primes")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_declares_none_has_none()
    {
        sketch.Change(guard, t => t with { Class = TripClass.Process });
        ScanRun run = Run();
        Assert.Contains("declares no bypass", run.Do(id => ScanCommand.Bypass(id, guard, -1, -1, Minute, "anna", "because so")).Text, StringComparison.Ordinal);
    }

    /// <summary>Start-up override is another thing: it covers the row until the process is running (SAF-14).</summary>
    [Fact]
    public void A_start_up_override_ends_when_the_process_runs_SAF14()
    {
        ScanRun run = Run();
        run.Set(stirred, 0);
        Assert.True(run.Do(id => ScanCommand.StartUpOverride(id, row, "anna", "pump primes")).Accepted);
        Assert.Equal(OverrideKind.StartUp, Assert.Single(run.Frame.Overrides).Kind);
        run.Set(temperature, 6);
        run.Set(level, 10);
        run.Step(10);
        Assert.Equal(50, run[pump]);
        run.Set(stirred, 1);
        run.Step(2);
        Assert.Equal(0, run[pump]);
        Assert.Empty(run.Frame.Overrides);
    }

    [Fact]
    public void A_bypassed_channel_has_no_vote_and_its_vote_is_told_SAF13()
    {
        (ScanRun run, int[] tags, int valve) = VotingTests.Voted(1, 2, "vote", TripClass.Process, new OverrideRule(null, TimeSpan.FromHours(1), null));
        run.Demand(valve, 50);
        Assert.True(run.Do(id => ScanCommand.Bypass(id, 0, 0, 1, Minute, "anna", "detector is calibrated")).Accepted);
        VotingTests.Set(run, tags, "01");
        run.Step();
        Assert.Equal(50, run[valve]);
        Assert.True(run.Told(ScanEventKind.OverrideVoted));
        VotingTests.Set(run, tags, "11");
        run.Step();
        Assert.Equal(0, run[valve]);
    }

    [Fact]
    public void A_forced_output_has_an_end_and_a_trip_wins_over_it_SAF17()
    {
        ScanRun run = Run();
        Assert.True(run.Do(id => ScanCommand.ForceOutput(id, pump, 80, Minute, "anna", "stroke test")).Accepted);
        Assert.Equal(80, run[pump]);
        run.Set(level, 10);
        run.Step();
        Assert.Equal(0, run[pump]);
        run.Set(level, 0);
        run.Step();
        Assert.Equal(0, run[pump]);
        run.Step(600);
        Assert.Empty(run.Frame.Overrides);
        Assert.Equal(OutputSource.Demand, run.Frame.Outputs[pump].Source);
    }

    [Fact]
    public void Forcing_obeys_the_rules_of_a_bypass_SAF17()
    {
        ScanRun run = Run();
        Assert.False(run.Do(id => ScanCommand.ForceOutput(id, pump, 80, TimeSpan.FromHours(5), "anna", "stroke test")).Accepted);
        Assert.False(run.Do(id => ScanCommand.ForceOutput(id, pump, 80, Minute, "anna", "")).Accepted);
        Assert.False(run.Do(id => ScanCommand.ForceOutput(id, pump, 180, Minute, "anna", "stroke test")).Accepted);
        run.Set(level, 10);
        run.Step();
        Assert.Contains("held by protection", run.Do(id => ScanCommand.ForceOutput(id, pump, 80, Minute, "anna", "stroke test")).Text, StringComparison.Ordinal);
    }

    /// <summary>What is given by hand is marked wherever it goes, and cannot get round a row that guards people or equipment (NE-08).</summary>
    [Fact]
    public void A_substituted_tag_is_marked_end_to_end_NE08()
    {
        ScanRun run = Run();
        Assert.True(run.Do(id => ScanCommand.SubstituteTag(id, level, 8, Minute, "anna", "transmitter is away")).Accepted);
        run.Step();
        Reading reading = run.Frame.Image[level];
        Assert.Equal((8.0, Quality.Uncertain, Reason.Substituted, Origin.Forced), (reading.Value, reading.Quality, reading.Reason, reading.Origin));
        Reading sum = new Arithmetic(ArithmeticOperator.Add, new TagValue(level), new TagValue(stirred)).Evaluate(new VotingTests.OneImage(run.Frame.Image));
        Assert.Equal((Reason.Substituted, Origin.Forced), (sum.Reason, sum.Origin));
        Assert.Equal("C", DeviceStatus.Shown(DeviceStatus.Of(reading)).Letter);
        Assert.Contains("guard", run.Do(id => ScanCommand.SubstituteTag(id, temperature, 8, Minute, "anna", "transmitter is away")).Text, StringComparison.Ordinal);
        run.Step(600);
        Assert.Equal(0, run.Frame.Image[level].Value);
        Assert.Empty(run.Frame.Overrides);
    }

    [Fact]
    public void A_fork_has_its_own_bypasses()
    {
        ScanRun run = Run();
        Bypass(run, Minute);
        ScanRun other = run.Fork();
        other.Do(id => ScanCommand.EndBypass(id, row, "bert"));
        run.Set(temperature, 6);
        other.Set(temperature, 6);
        Assert.Equal(50, run.Step().Plan.Values[pump]);
        Assert.Equal(0, other.Step().Plan.Values[pump]);
    }
}
