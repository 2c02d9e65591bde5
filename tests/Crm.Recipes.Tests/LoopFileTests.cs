using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Rigs;
using Crm.Recipes.Rigs;

namespace Crm.Recipes.Tests;

/// <summary>Every key of a loop, what it compiles to and how it fails (PID-01 to PID-22).</summary>
public sealed class LoopFileTests
{
    private const string Plain = "b: 0.5, output: -100..100, setpoint: 5..95, setpoint_rate: 0.05 per s,";
    private const string Cooling = "{output: cooling, from: 0, to: -100, gives: 0..100}";
    private const string Full =
        "b: 0.5, c: 0.2, n: 8, filter: 3 s, action: reverse, windup: both, tracking_time: 90 s, when_bad: hold, uncertain: bad, output_rate: 5 per s, manual: -50..50,"
        + " output: -100..100, setpoint: 5..95, setpoint_rate: 0.05 per s, setpoint_rate_down: 0.1 per s, setpoint_tracks: true, ratio: {of: level, bias: 2},"
        + " feed_forward: {from: level, gain: 0.5, zero: 20}, track: {when: leach.level > 40 L, value: -30}, titration: [0 -5, 20 0, 90 10], freeze_within: 0.5, dead_time: 40 s,"
        + " watch: {deviation: 5, for: 20 min, oscillation: 1}, autotune: {swing: 12, most: 3, hysteresis: 0.1, at_most: 90 min},";

    private static readonly string curved = Cooling.Replace("gives: 0..100}", "gives: 0..100, curve: [0 0, 50 20, 100 100], least: 4}", StringComparison.Ordinal);

    [Fact]
    public void All_keys_of_a_loop_compile()
    {
        LoopDefinition loop = Read(SmallPlant.Rig.Replace(Plain, Full, StringComparison.Ordinal).Replace(Cooling, curved, StringComparison.Ordinal)).Loops[0];
        Assert.Equal(new LoopTuning(4, 600, 0, 0.5, 0.2, 8, 3), loop.Tuning);
        Assert.Equal((WindupRule.Both, BadValueRule.Hold, true, true), (loop.Windup, loop.WhenBad, loop.UncertainIsBad, loop.SetpointTracks));
        Assert.Equal(TimeSpan.FromSeconds(90), loop.TrackingTime);
        Assert.Equal((5.0, (-50.0, 50.0), 0.1), (loop.OutputRate, loop.ManualLimits, loop.SetpointRateDown));
        Assert.Equal((2.0, 0.5, 20.0, -30.0), (loop.Ratio!.Bias, loop.FeedForward!.Gain, loop.FeedForward.Zero, loop.Tracking!.Value));
        Assert.Equal(5, loop.Curve!.Value(55), 9);
        Assert.Equal((0.5, TimeSpan.FromSeconds(40)), (loop.FreezeWithin, loop.DeadTime));
        Assert.Equal(new LoopWatchRule(5, TimeSpan.FromMinutes(20), 1), loop.Watch);
        Assert.Equal(new AutotuneRule(12, 3, 0.1, TimeSpan.FromMinutes(90)), loop.Autotune);
        Assert.Equal(0.04, loop.Legs[1].Least);
        Assert.Equal(20, loop.Legs[1].Curve!.Value(50));
    }

    [Theory]
    [InlineData("median", VoteRule.Median)]
    [InlineData("highest", VoteRule.Highest)]
    [InlineData("lowest", VoteRule.Lowest)]
    public void A_loop_controls_by_several_instruments(string by, VoteRule rule)
    {
        const string One = "      temperature: {label: Temperature, unit: degC, span: 0..120, from: transmitters.ai1, stale_after: 2 s, keep: {deadband: 0.2, at_least_every: 60 s}, decimals: 1, u: 0.15}";
        string rig = SmallPlant.Rig
            .Replace(One, One + "\n" + One.Replace("temperature:", "temperature_b:", StringComparison.Ordinal).Replace("ai1,", "ai91,", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("gain: 4,", "gain: 4, voted: {of: [temperature, temperature_b], by: " + by + "},", StringComparison.Ordinal);
        RigDefinition read = Read(rig);
        LoopDefinition loop = read.Loops[0];
        Assert.Equal(new VotedValue(rule, [read.Tag("leach.temperature"), read.Tag("leach.temperature_b")]), loop.Voted);
        Assert.True(loop.Reads(read.Tag("leach.temperature_b")) && !loop.Reads(read.Tag("leach.level")));
    }

    [Fact]
    public void Series_parameters_become_those_of_the_standard_form_PID01()
    {
        LoopDefinition loop = Read(SmallPlant.Rig.Replace("gain: 4, ti: 600 s, td: 0 s, b: 0.5,", "gain: 4, ti: 600 s, td: 150 s, form: series, b: 0.5,", StringComparison.Ordinal)).Loops[0];
        Assert.Equal((5.0, 750.0, 120.0), (loop.Gain, loop.IntegralTime.TotalSeconds, loop.DerivativeTime.TotalSeconds));
    }

    [Fact]
    public void A_loop_that_sets_another_drives_its_outputs_PID08()
    {
        string cascade = SmallPlant.Rig.Replace(
            "      temperature_loop: {pv",
            "      main_loop: {pv: temperature, gain: 5, ti: 900 s, output: 0..100, setpoint: 5..95, sets: {loop: temperature_loop, from: 0, to: 100, gives: 10..90}}\n      temperature_loop: {pv",
            StringComparison.Ordinal).Replace("held: {loop: temperature_loop}", "held: {loop: main_loop}", StringComparison.Ordinal);
        RigDefinition rig = Read(cascade);
        Assert.Equal(new CascadeLeg(1, 0, 100, 10, 90), rig.Loops[0].Cascade);
        Assert.Empty(rig.Loops[0].Legs);
    }

    [Fact]
    public void After_reset_is_read_and_a_feed_can_only_be_off()
    {
        RigDefinition rig = Read(SmallPlant.Rig.Replace("lapse: {after: 60 s, value: keep}, trip: 100}", "lapse: {after: 60 s, value: keep}, trip: 100, after_reset: 0}", StringComparison.Ordinal));
        Assert.Equal(SafeValue.At(0), rig.Outputs[rig.Output("leach.cooling")].AfterReset);
        Assert.Null(rig.Outputs[rig.Output("leach.heater")].AfterReset);
        AssertFinding(SmallPlant.Rig.Replace("{after: 10 s, value: 0}, trip: 0}", "{after: 10 s, value: 0}, trip: 0, after_reset: 20}", StringComparison.Ordinal), "RIG-SAFE-VALUE");
    }

    [Theory]
    [InlineData("gain: 4,", "gain: 4, action: direct,", "RIG-LOOP-TUNING")]
    [InlineData("gain: 4,", "gain: 0,", "RIG-LOOP-TUNING")]
    [InlineData("gain: 4,", "gain: 4, n: 50,", "VALUE-RANGE")]
    [InlineData("gain: 4,", "gain: 4, c: 2,", "VALUE-RANGE")]
    [InlineData("gain: 4,", "gain: 4, windup: never,", "CHOICE-UNKNOWN")]
    [InlineData("gain: 4,", "gain: 4, titration: [4 0, 3 1],", "RIG-CURVE")]
    [InlineData("gain: 4,", "gain: 4, titration: [4 0, x],", "RIG-CURVE")]
    [InlineData("gain: 4,", "gain: 4, ratio: {of: flow},", "RIG-TAG")]
    [InlineData("gain: 4,", "gain: 4, track: {when: leach.level > 40 L},", "KEY-MISSING")]
    [InlineData("gain: 4,", "gain: 4, autotune: {swing: 80, most: 3},", "VALUE-RANGE")]
    [InlineData("gain: 4,", "gain: 4, sets: {loop: temperature_loop, from: 0, to: 100, gives: 10..90},", "RIG-LOOP")]
    [InlineData("gain: 4,", "gain: 4, sets: {loop: none, from: 0, to: 100, gives: 10..90},", "RIG-LOOP")]
    [InlineData("gain: 4,", "gain: 4, voted: {of: [temperature], by: median},", "RIG-LOOP-VOTE")]
    [InlineData("gain: 4,", "gain: 4, voted: {of: [temperature, temperature], by: median},", "RIG-LOOP-VOTE")]
    [InlineData("gain: 4,", "gain: 4, voted: {of: [temperature, level], by: median},", "RIG-LOOP-VOTE")]
    [InlineData("gain: 4,", "gain: 4, voted: {of: [level, acid_scale], by: highest},", "RIG-LOOP-VOTE")]
    [InlineData("gain: 4,", "gain: 4, voted: {of: [temperature, temperature_x], by: lowest},", "RIG-TAG")]
    [InlineData("gain: 4,", "gain: 4, voted: {of: [temperature, level], by: mean},", "CHOICE-UNKNOWN")]
    [InlineData("to: -100, gives: 0..100}", "to: -100, gives: 0..100, curve: [0 0, 90 100]}", "RIG-CURVE")]
    [InlineData("to: -100, gives: 0..100}", "to: -100, gives: 0..100, least: 5}", "RIG-LOOP")]
    [InlineData("to: -100, gives: 0..100}", "to: -100, gives: 0..100, cycle: 10 s}", "RIG-LEGS")]
    public void A_mistake_in_a_loop_is_named(string before, string after, string code) =>
        AssertFinding(SmallPlant.Rig.Replace(before, after, StringComparison.Ordinal), code);

    private static RigDefinition Read(string text)
    {
        (RigDefinition? rig, var problems) = RigFile.Read("rig.yaml", System.Text.Encoding.UTF8.GetBytes(text));
        Assert.True(rig is not null, string.Join("\n", problems));
        return rig;
    }

    private static void AssertFinding(string text, string code)
    {
        (RigDefinition? rig, var problems) = RigFile.Read("rig.yaml", System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Null(rig);
        Assert.Contains(problems, p => p.Code == code && p.Line > 1);
    }
}
