using Crm.Contracts;
using Crm.Host.Service;
using Xunit;

namespace Crm.Host.Tests.Service;

public class FoldedFrameTests
{
    /// <summary>A peak between two frames that a slow client never saw one by one is in the folded one.</summary>
    [Fact]
    public void Folding_keeps_the_last_value_the_peaks_and_every_event()
    {
        var folded = FoldedFrame.Fold(
            Frame(1, 20, [new Spread(0, 5, 90)], [Happened(1)]),
            Frame(2, 30, [new Spread(0, 25, 30)], [Happened(2), Happened(3)])).Message;

        Assert.Equal(2, folded.Scan);
        Assert.Equal(30, folded.Values[0]);
        Assert.Equal([new Spread(0, 5, 90)], folded.Spreads);
        Assert.Equal([1L, 2, 3], folded.Events.Select(e => e.Number));
        Assert.Equal(0, folded.EventsDropped);
    }

    [Fact]
    public void Folding_counts_the_events_it_has_no_room_for()
    {
        var many = Enumerable.Range(1, FoldedFrame.MostEvents).Select(n => Happened(n)).ToArray();
        var folded = FoldedFrame.Fold(Frame(1, 1, [], many), Frame(2, 1, [], [Happened(500), Happened(501)])).Message;

        Assert.Equal(FoldedFrame.MostEvents, folded.Events.Count);
        Assert.Equal(501, folded.Events[^1].Number);
        Assert.Equal(2, folded.EventsDropped);
    }

    /// <summary>A client that reads nothing holds one frame, however many are published.</summary>
    [Fact]
    public async Task A_slow_client_costs_one_frame_of_memory_and_misses_no_event()
    {
        var hub = new StreamHub();
        var slow = hub.Join()!;
        for (int i = 1; i <= 100; i++) hub.Publish(Frame(i, i, [], [Happened(i)]));

        var (_, frame) = await slow.Next(TestContext.Current.CancellationToken);

        Assert.Equal(100, frame!.Message.Scan);
        Assert.Equal(100, frame.Message.Events.Count);
        Assert.Equal(new Spread(0, 1, 100), Assert.Single(frame.Message.Spreads));
        Assert.Equal(99, hub.Folded);
    }

    [Fact]
    public void There_is_room_for_a_limited_number_of_clients()
    {
        var hub = new StreamHub();
        for (int i = 0; i < StreamHub.MostClients; i++) Assert.NotNull(hub.Join());

        Assert.Null(hub.Join());
    }

    private static FoldedFrame Frame(long scan, double value, Spread[] spreads, EventSeen[] events) => new(new FrameMessage(
        "frame", scan, scan, DateTimeOffset.UnixEpoch, 1, 1, "", [value], "0", [], spreads, [], "", "", [], "", "", events, 0));

    private static EventSeen Happened(long number) => new(number, number, "Note", "", "x", "y", "z");
}
