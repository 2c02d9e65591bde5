using Crm.Plant.Phases;
using Crm.Plant.UnitOperations.Running;
using Xunit;

namespace Crm.Plant.Tests.UnitOperations;

/// <summary>Phases whose controller was away.</summary>
public class LostControllerTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>S88-22: back from a lost controller the phase is HELD and a dose is never repeated blindly.</summary>
    [Fact]
    public void A_dose_that_lost_its_controller_is_not_repeated_blindly()
    {
        Bench bench = OperationTests.Make("vessel dose reagent=acid amount=1.5");
        var status = new PhaseStatus(PhaseState.Running, TimeSpan.Zero, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(3));
        bench.Run = PhaseRunner.ComeBack(bench.Run, status, TimeSpan.FromMinutes(10), []);
        bench.Step(PhaseCommand.Restart);
        Assert.Equal(PhaseState.Held, bench.Run.State);
        Assert.Contains("never repeated blindly", Assert.Single(bench.Refused).Reason, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(13), bench.Run.Status.Wall - Bench.Scan);
    }

    /// <summary>The scale knows what has gone: with its recorded tare the dose goes on, and every kilogram is accounted for once.</summary>
    [Theory]
    [InlineData("vessel dose reagent=acid amount=1.5 rate=4", "acid")]
    [InlineData("vessel dose_to_ph reagent=base target=6 rate=12 at_most_amount=8", "base")]
    [InlineData("vessel dose_ratio reagent=acid from=tank ratio=0.05 feed=60 volume=15", "acid")]
    public void A_dose_goes_on_by_its_scale_after_a_lost_controller(string step, string drum)
    {
        Bench lost = OperationTests.Make(step).Start().For(TimeSpan.FromMinutes(5));
        Bench back = OperationTests.Make(step, lost.Plant);
        back.Run = PhaseRunner.ComeBack(back.Run, lost.Run.Status, TimeSpan.FromMinutes(10), lost.Events);
        back.For(TimeSpan.FromMinutes(1)).Step(PhaseCommand.Restart).Step().UntilOver(Hour + Hour);
        Assert.Equal(PhaseState.Complete, back.Run.State);
        Assert.InRange(back.AccountedKg - back.Plant.Dosed(drum), -0.008, 0.008);
        if (step.Contains("amount=1.5", StringComparison.Ordinal)) Assert.InRange(back.AccountedKg, 1.49, 1.51);
        if (step.Contains("dose_ratio", StringComparison.Ordinal)) Assert.InRange(back.AccountedKg, 0.72, 0.78);
    }

    /// <summary>S88-22: what had not reacted when the controller was lost is not on record; the most that the step allows is taken to be there.</summary>
    [Theory]
    [InlineData("vessel dose reagent=acid amount=1.5 rate=4 outstanding=0.2 half_life=600")]
    [InlineData("vessel dose_ratio reagent=acid from=tank ratio=0.05 feed=60 volume=15 outstanding=0.2 half_life=600")]
    public void A_dose_that_comes_back_waits_for_what_may_not_have_reacted(string step)
    {
        Bench lost = OperationTests.Make(step).Start().For(TimeSpan.FromMinutes(1));
        Assert.DoesNotContain("outstanding", lost.Run.Doing, StringComparison.Ordinal);
        Bench back = OperationTests.Make(step, lost.Plant);
        back.Run = PhaseRunner.ComeBack(back.Run, lost.Run.Status, TimeSpan.FromMinutes(10), lost.Events);
        back.For(TimeSpan.FromMinutes(1)).Step(PhaseCommand.Restart).For(TimeSpan.FromSeconds(20));
        Assert.Equal(PhaseState.Running, back.Run.State);
        Assert.Contains("waits: 0.20 kg outstanding", back.Run.Doing, StringComparison.Ordinal);
    }
}
