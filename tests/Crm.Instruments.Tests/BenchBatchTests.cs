using Crm.Instruments.Buses;
using Crm.Plant.Phases;
using Crm.Plant.Records;
using Crm.Plant.Tags;

namespace Crm.Instruments.Tests;

/// <summary>The recipe of the bench over bytes, on a plant that was written apart from the twin.</summary>
public class BenchBatchTests(ITestOutputHelper output)
{
    [Fact]
    public void The_recipe_that_runs_on_the_twin_ends_in_specification_over_Modbus()
    {
        Assert.SkipUnless(LibModbusLine.IsInstalled, "libmodbus5 is not installed: apt-get install libmodbus5");
        using var batch = new BenchBatch();
        batch.Until(() => batch.Plant.BatchState == PhaseState.Complete, TimeSpan.FromHours(3));
        output.WriteLine(batch.Story);
        foreach (var line in batch.Result.Purity.Limits) output.WriteLine($"{line.Limit.Analyte}: {line.Found.Value} {line.Limit.Unit} {line.Verdict}");
        Assert.True(batch.Result.Purity.InSpecification, batch.Story);
        Assert.True(batch.Result.BalancesClosed, string.Join("; ", batch.Result.Doubts));
        Assert.True(batch.Result.MainRecovery.Value >= batch.Recipe.Product.LeastRecovery);
        Assert.DoesNotContain(batch.Events, e => e.Kind is BatchEventKind.Fault or BatchEventKind.Trip);
    }

    /// <summary>SAF-08, REL-14: whatever happens to the pH on its way, it is bad with its reason, acid stops at the register of the pump, and the batch is held.</summary>
    [Theory]
    [InlineData("fault 2 silence", "fault 2 none", Reason.NoAnswer)]
    [InlineData("fault 2 late-own", "fault 2 none", Reason.LateAnswer)]
    [InlineData("fault 2 wrong-address", "fault 2 none", Reason.WrongDevice)]
    [InlineData("fault 2 exception -1 4", "fault 2 none", Reason.Refused)]
    [InlineData("astray 2;set 2 ph 25", "back 2", Reason.DeviceFailure)]
    [InlineData("set 2 health 1", "set 2 health 0", Reason.DeviceFailure)]
    public void A_pH_that_is_lost_or_wrong_mid_dose_holds_the_batch_and_it_goes_on_when_it_is_back(string wrong, string right, Reason reason)
    {
        Assert.SkipUnless(LibModbusLine.IsInstalled, "libmodbus5 is not installed: apt-get install libmodbus5");
        using var batch = new BenchBatch(isCool: true);
        batch.At("reactor/neutralise").Until(() => batch.Fake.Number("holding 1 49") > 0, TimeSpan.FromMinutes(5));
        foreach (string word in wrong.Split(';')) batch.Fake.Ask(word);
        batch.Scan(TimeSpan.FromSeconds(30));
        Assert.Equal((Quality.Bad, reason), (batch.Read("reactor.ph").Quality, batch.Read("reactor.ph").Reason));
        Assert.True(batch.Read("reactor.level").IsGood);
        Assert.Equal(0, batch.Fake.Number("holding 1 52"));
        Assert.Equal(0, batch.Fake.Number("holding 3 49"));
        Assert.Equal(PhaseState.Held, batch.Plant.BatchState);

        batch.Fake.Ask(right);
        batch.Until(() => batch.Read("reactor.ph").IsGood, TimeSpan.FromSeconds(40));
        batch.Scan(TimeSpan.FromSeconds(3));
        batch.Reset();
        batch.Scan(TimeSpan.FromSeconds(3));
        var reply = batch.Command(PhaseCommand.Restart);
        Assert.True(reply.Kind == Crm.Control.ReplyKind.Accepted, reply.Reason);
        batch.Until(() => batch.Fake.Number("holding 1 49") > 0, TimeSpan.FromMinutes(3));
        Assert.Equal(PhaseState.Running, batch.Plant.BatchState);
    }

    /// <summary>SAF-20: nobody feeds the watchdog of a device that hears nothing; it falls by itself, pump and heater, within its declared 2 s.</summary>
    [Fact]
    public void A_line_that_dies_mid_dose_lets_pump_and_relays_fall_by_their_own_watchdog()
    {
        Assert.SkipUnless(LibModbusLine.IsInstalled, "libmodbus5 is not installed: apt-get install libmodbus5");
        using var batch = new BenchBatch(isCool: true);
        batch.At("reactor/neutralise").Until(() => batch.Fake.Number("holding 1 49") > 0 && batch.Fake.Number("holding 3 49") > 0, TimeSpan.FromMinutes(20));
        foreach (int unit in (int[])[1, 3, 4]) batch.Fake.Ask($"fault {unit} deaf");
        TimeSpan since = batch.Now;
        while (batch.Fake.Number("holding 1 49") > 0 || batch.Fake.Number("holding 3 49") > 0)
        {
            batch.Fake.Ask("advance 200");
            Assert.True((since += TimeSpan.FromMilliseconds(200)) - batch.Now < TimeSpan.FromSeconds(2.5), "pump or heater stayed on");
        }
    }

    [Fact]
    public void Instruments_killed_mid_batch_hold_it_and_are_guarded_anew_when_they_come_back()
    {
        Assert.SkipUnless(LibModbusLine.IsInstalled, "libmodbus5 is not installed: apt-get install libmodbus5");
        using var batch = new BenchBatch(isCool: true);
        batch.At("reactor/neutralise").Until(() => batch.Fake.Number("holding 1 49") > 0, TimeSpan.FromMinutes(5));
        batch.KillInstruments();
        batch.Scan(TimeSpan.FromSeconds(20));
        Assert.All(batch.Rig.Tags, t => Assert.True(batch.Frame.Image[t.Ordinal].IsBad, t.Name));
        Assert.Equal(PhaseState.Held, batch.Plant.BatchState);

        batch.PowerUp();
        batch.Until(() => batch.Rig.Tags.All(t => batch.Frame.Image[t.Ordinal].IsGood), TimeSpan.FromSeconds(40));
        batch.Scan(TimeSpan.FromSeconds(5));
        Assert.Equal(2000, batch.Fake.Number("holding 1 16"));
        Assert.Equal(2000, batch.Fake.Number("holding 3 16"));
        Assert.Equal((0, 0), (batch.Fake.Number("holding 1 52"), batch.Fake.Number("holding 3 49")));
        Assert.Equal(PhaseState.Held, batch.Plant.BatchState);
    }
}
