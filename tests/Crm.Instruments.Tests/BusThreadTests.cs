using Crm.Instruments.Buses;
using Crm.Plant.Outputs;
using Crm.Plant.Ports;
using Crm.Plant.Tags;

namespace Crm.Instruments.Tests;

/// <summary>A bus on a thread of its own: the caller never waits, the newest plan counts, readings keep their own time.</summary>
public class BusThreadTests
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void An_exchange_returns_while_the_device_hangs_and_the_newest_plan_goes_out()
    {
        var rig = BenchKit.Rig();
        var slow = new SlowBus("field");
        using var bus = new BusThread(rig, slow);
        var readings = new Reading[rig.Tags.Length];
        Array.Fill(readings, Reading.Never);
        bus.Exchange(Plan(1), readings);
        Assert.True(slow.Entered.Wait(patience, TestContext.Current.CancellationToken));
        for (int scan = 2; scan <= 6; scan++) bus.Exchange(Plan(scan), readings);
        Assert.All(readings, r => Assert.Equal(Reason.NeverRead, r.Reason));
        Assert.Equal(4, bus.Overtaken);

        slow.Gate.Release(2);
        Assert.True(slow.Done.Wait(patience, TestContext.Current.CancellationToken) && slow.Done.Wait(patience, TestContext.Current.CancellationToken));
        Assert.Equal([1, 6], slow.Scans);
        Assert.True(SpinWait.SpinUntil(() => bus.Completed == 2, patience));
        Assert.True(bus.IsBeside);
        bus.Collect(readings);
        int level = rig.Tag("reactor.level");
        Assert.Equal((6, TimeSpan.FromSeconds(6)), (readings[level].Value, readings[level].At));
        Assert.Equal(Reason.NeverRead, readings[rig.Tag("reactor.ph")].Reason);
    }

    [Fact]
    public void A_lost_exchange_is_told_at_the_next_one_and_forgotten_when_the_bus_is_back()
    {
        var rig = BenchKit.Rig();
        var slow = new SlowBus("field") { Problem = "cable pulled" };
        using var bus = new BusThread(rig, slow);
        var readings = new Reading[rig.Tags.Length];
        slow.Gate.Release(3);
        bus.Exchange(Plan(1), readings);
        Assert.True(SpinWait.SpinUntil(() => bus.Completed == 1, patience));
        slow.Problem = null;
        Assert.Equal("cable pulled", Assert.Throws<BusFaultException>(() => bus.Collect(readings)).Message);
        Assert.Equal("cable pulled", Assert.Throws<BusFaultException>(() => bus.Exchange(Plan(2), readings)).Message);
        Assert.True(SpinWait.SpinUntil(() => bus.Completed == 2, patience));
        bus.Exchange(Plan(3), readings);
    }

    private static OutputPlan Plan(int scan) => new(scan, TimeSpan.FromSeconds(scan), TimeSpan.FromSeconds(scan + 1), []);

    private sealed class SlowBus(string name) : IBus
    {
        public string Name => name;

        public SemaphoreSlim Entered { get; } = new(0);

        public SemaphoreSlim Gate { get; } = new(0);

        public SemaphoreSlim Done { get; } = new(0);

        public List<long> Scans { get; } = [];

        public volatile string? Problem;

        public void Exchange(OutputPlan plan, Span<Reading> readings)
        {
            Entered.Release();
            Gate.Wait(patience);
            Scans.Add(plan.Scan);
            if (Problem is { } problem) throw new BusFaultException(problem);
            for (int i = 0; i < readings.Length; i++) readings[i] = Reading.Good(plan.Scan, plan.At);
            Done.Release();
        }
    }
}
