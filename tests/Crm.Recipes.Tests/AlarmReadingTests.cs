using Crm.Plant.Alarms;
using Crm.Plant.Expressions;
using Crm.Plant.Rigs;
using Crm.Recipes.Rigs;

namespace Crm.Recipes.Tests;

/// <summary>What the reader makes of the alarms of a rig file (ALM-01, ALM-08, ALM-11, ALM-16).</summary>
public sealed class AlarmReadingTests
{
    private const string Rest = ", priority: low, cause: some cause, consequence: some loss, response: do it, time_to_respond: 1 h}\n";

    private static RigDefinition Read(string alarm)
    {
        string text = BrokenFile.Edit(SmallPlant.Rig, "alarms:\n", "alarms:\n  - {id: new, text: New, " + alarm + Rest);
        var (rig, problems) = RigFile.Read("rig.yaml", SmallPlant.Bytes(text));
        Assert.True(rig is not null, string.Join('\n', problems));
        return rig;
    }

    private static AlarmDefinition First(string alarm) => Read(alarm).Alarms[0];

    /// <summary>Defaults of standards table 2.3; deadband in percent of the span.</summary>
    [Theory]
    [InlineData("when: leach.temperature > 80 degC", 60, 1.2, 78.8)]
    [InlineData("when: leach.temperature < 5 degC", 60, 1.2, 6.2)]
    [InlineData("when: filter1.pressure > 5 bar", 15, 0.2, 4.8)]
    [InlineData("when: leach.level < 10 L", 60, 2.5, 12.5)]
    [InlineData("when: leach.ph > 10", 30, 0.28, 9.72)]
    [InlineData("when: leach.orp > 500 mV vs Ag/AgCl", 30, 28, 472)]
    public void Delays_and_deadband_follow_from_the_signal_when_none_are_written_ALM11(string when, double delay, double band, double returns)
    {
        AlarmDefinition alarm = First(when);
        Assert.Equal(delay, alarm.OnDelay.TotalSeconds);
        Assert.Equal(delay, alarm.OffDelay.TotalSeconds);
        Assert.Equal(band, alarm.Deadband, 9);
        Assert.Equal(returns, ((Constant)((Comparison)alarm.Hold!).Right).Value, 9);
    }

    [Fact]
    public void Delays_and_deadband_can_be_written_ALM11()
    {
        AlarmDefinition alarm = First("when: \"leach.temperature > 80 degC and leach.level > 5 L\", deadband: 3 K, on_delay: 5 s, off_delay: 7 s");
        Assert.Equal((5, 7, 3), (alarm.OnDelay.TotalSeconds, alarm.OffDelay.TotalSeconds, alarm.Deadband));
        var hold = (And)alarm.Hold!;
        Assert.Equal((77, 2.5), (Limit(hold.Left), Limit(hold.Right)));
        static double Limit(Expression e) => ((Constant)((Comparison)e).Right).Value;
    }

    [Fact]
    public void A_subject_has_tag_limit_and_unit_ALM10()
    {
        RigDefinition rig = Read("when: leach.temperature > 80 degC, re_alarm: 1 h, latch: true, group: leach");
        Assert.Equal(new AlarmSubject(rig.Tag("leach.temperature"), 80, "degC"), rig.Alarms[0].Subject);
        Assert.Equal((TimeSpan.FromHours(1), true, "leach"), (rig.Alarms[0].ReAlarm, rig.Alarms[0].Latch, rig.Alarms[0].Group));
    }

    [Fact]
    public void A_deviation_is_silent_while_its_loop_rests_ALM08()
    {
        AlarmDefinition alarm = First("deviation: {loop: leach.temperature_loop, beyond: 5 K}");
        Assert.Equal((AlarmKind.Deviation, 60.0), (alarm.Kind, alarm.OnDelay.TotalSeconds));
        Assert.Equal(SuppressionKind.LoopIdle, alarm.Suppressions.Single().Kind);
    }

    [Fact]
    public void A_tag_that_must_move_is_read()
    {
        RigDefinition rig = Read("unmoved: {tag: leach.acid_scale, by: 20 g, within: 2 min, output: leach.acid_pump, above: 5 %}");
        Assert.Equal(new AlarmStillness(rig.Tag("leach.acid_scale"), 0.02, TimeSpan.FromMinutes(2), rig.Output("leach.acid_pump"), 5), rig.Alarms[0].Stillness);
        Assert.Equal(TimeSpan.Zero, rig.Alarms[0].OnDelay);
    }

    [Fact]
    public void Suppressions_are_read_in_order_ALM08()
    {
        RigDefinition rig = Read("held: leach, suppress: [{idle: leach}, {not_running: leach, operations: [dose, heat]}, {trip: leach-overheat}, {trip: start-up, and_for: 10 s}, {when: leach.level < 5 L, and_for: 1 min}]");
        AlarmDefinition alarm = rig.Alarms[0];
        Assert.Equal((AlarmKind.Held, rig.Unit("leach")), (alarm.Kind, alarm.Unit));
        Assert.Equal(
            [SuppressionKind.UnitIdle, SuppressionKind.PhaseNotRunning, SuppressionKind.Trip, SuppressionKind.StartUp, SuppressionKind.Condition],
            alarm.Suppressions.Select(s => s.Kind));
        Assert.Equal(["dose", "heat"], alarm.Suppressions[1].Operations);
        Assert.Equal(TimeSpan.FromMinutes(1), alarm.Suppressions[4].Afterwards);
    }

    [Fact]
    public void Each_tag_and_each_bus_has_an_alarm_ALM16_ALM17()
    {
        RigDefinition rig = Read("when: leach.temperature > 80 degC");
        string[] ids = [.. rig.Alarms.Where(a => a.IsGenerated).Select(a => a.Id)];
        Assert.Contains("leach.temperature-fault", ids);
        Assert.Contains("transmitters-lost", ids);
        Assert.DoesNotContain("drives-lost", ids);
        Assert.All(rig.Tags, t => Assert.Contains(t.Name + "-fault", ids));
        Assert.Equal(Enumerable.Range(0, rig.Alarms.Length), rig.Alarms.Select(a => a.Ordinal));
    }
}
