using Crm.Plant.Phases;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Xunit;

namespace Crm.Plant.Tests.UnitOperations;

/// <summary>RESTART after lost agitation or a long hold: jog, mix with the feeds locked, what accumulated is assessed before more is dosed.</summary>
public class RestartTests
{
    private const double JogSpeed = 80;

    private static readonly RestartRule Rule = new(TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(10), JogSpeed, TimeSpan.FromSeconds(60), 1.5);

    private static Bench Held(TimeSpan time, bool agitatorLost)
    {
        Bench bench = OperationTests.Make("vessel dose reagent=acid amount=1.5 rate=4 agitator=200");
        bench.Run = bench.Run with { Unit = bench.Run.Unit with { Restart = Rule } };
        bench.Start().For(TimeSpan.FromMinutes(2));
        if (agitatorLost) bench.Plant.Dead.Add("vessel.agitator");
        bench.Step(PhaseCommand.Hold).For(time);
        bench.Plant.Dead.Clear();
        return bench.For(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(20, false, true)]
    [InlineData(1, true, true)]
    public void After_lost_agitation_or_a_long_hold_it_jogs_and_mixes_with_the_feeds_locked(int minutes, bool agitatorLost, bool whole)
    {
        Bench bench = Held(TimeSpan.FromMinutes(minutes), agitatorLost).Step(PhaseCommand.Restart).Step();
        Assert.Equal(PhaseState.Restarting, bench.Run.State);
        Assert.Equal(whole, bench.Demanded("vessel.agitator") == JogSpeed);
        int seconds = 0;
        bool mixed = false;
        while (bench.Run.State == PhaseState.Restarting && seconds++ < 200)
        {
            Assert.Equal(0, bench.Demanded("vessel.acid_pump"));
            mixed |= bench.Run.Doing.Contains("mixing", StringComparison.Ordinal);
            bench.Step();
        }

        Assert.Equal(PhaseState.Running, bench.Run.State);
        Assert.Equal(whole, mixed);
        Assert.Equal(whole, seconds >= 65);
        Assert.Equal(whole, bench.Events.Any(e => e.Kind == BatchEventKind.Note && e.Text.StartsWith("restart assessed", StringComparison.Ordinal)));
    }

    [Fact]
    public void Accumulated_reagent_that_reacts_while_mixing_holds_it_again_before_anything_is_dosed()
    {
        Bench bench = Held(TimeSpan.FromMinutes(1), agitatorLost: true).Step(PhaseCommand.Restart).For(TimeSpan.FromSeconds(20));
        double dosed = bench.Plant.Dosed("acid");
        bench.Plant["vessel.temperature"] += 4;
        bench.Until(b => b.Run.State is PhaseState.Holding or PhaseState.Held, TimeSpan.FromSeconds(3));
        Assert.Contains("accumulated", bench.Run.Reason, StringComparison.Ordinal);
        bench.For(TimeSpan.FromSeconds(10));
        Assert.Equal(dosed, bench.Plant.Dosed("acid"));

        // And the next restart is whole again.
        bench.Step(PhaseCommand.Restart).Step();
        Assert.Equal(JogSpeed, bench.Demanded("vessel.agitator"));
    }

    [Fact]
    public void An_agitator_that_does_not_come_back_ends_the_restart_in_HELD_S88_23()
    {
        Bench bench = Held(TimeSpan.FromMinutes(1), agitatorLost: true);
        bench.Plant.Dead.Add("vessel.agitator");
        bench.Step(PhaseCommand.Restart).Step().UntilOver(TimeSpan.FromHours(1));
        Assert.Equal(PhaseState.Held, bench.Run.State);
        Assert.Equal("time limit of the state", bench.Run.Reason);
    }
}
