using System.Collections.Immutable;
using Crm.Plant.Allocation;
using Xunit;

namespace Crm.Plant.Tests.Allocation;

/// <summary>Units and shared services between batches (S88-17, S88-18).</summary>
public class AllocationTests
{
    private static readonly AllocationState Empty = AllocationState.Of(
    [
        ResourceDefinition.Exclusive("leach"), ResourceDefinition.Exclusive("filter1"),
        new ResourceDefinition("recycled_water", 300, "L/h", ArbitrationRule.FirstComeFirstServed),
        new ResourceDefinition("scrubber", 100, "L/min", ArbitrationRule.Priority, Recalls: true),
        new ResourceDefinition("steam", 10, "kW", ArbitrationRule.Reserved),
    ]);

    [Fact]
    public void A_unit_has_one_owner_and_the_next_is_told_who_S88_17()
    {
        var run = new DeskRun(Empty).Ask("A", "leach").Ask("B", "leach");
        Assert.Equal("A", Assert.Single(run.State.Holdings).Owner);
        Assert.Equal("leach is with A", AllocationDesk.WhyWaiting(run.State, "B"));
        run.ReleaseAll("A");
        Assert.Equal("B", Assert.Single(run.State.Holdings).Owner);
        Assert.Equal(
            [AllocationEventKind.Granted, AllocationEventKind.Queued, AllocationEventKind.Released, AllocationEventKind.Granted],
            run.Log.Select(e => e.Kind));
        Assert.Equal(run.Log.Select(e => e.Sequence).Order(), run.Log.Select(e => e.Sequence));
    }

    [Fact]
    public void A_shared_service_serves_up_to_its_capacity_S88_17()
    {
        var run = new DeskRun(Empty).Ask("A", "recycled_water:200").Ask("B", "recycled_water:150").Ask("C", "recycled_water:100");
        Assert.Equal(200, run.State.Held("recycled_water"));
        Assert.True(run.State.Waits("C")); // 100 L/h are free, but B was first
        run.ReleaseAll("A");
        Assert.Equal(250, run.State.Held("recycled_water"));
    }

    [Fact]
    public void A_request_is_granted_whole_or_not_at_all_S88_19()
    {
        var run = new DeskRun(Empty).Ask("A", "filter1").Ask("B", "leach", "filter1");
        Assert.False(run.State.Holds("B"));
        run.Ask("C", "leach");
        Assert.True(run.State.Waits("C")); // it would overtake B
        run.ReleaseAll("A");
        Assert.Equal(["B", "B"], run.State.Holdings.Select(h => h.Owner));
    }

    [Fact]
    public void Priority_is_served_first_and_a_weaker_owner_is_asked_never_robbed_S88_18()
    {
        var run = new DeskRun(Empty).Ask("A", "scrubber:80");
        run.AskWith(1, "B", "scrubber:50").AskWith(5, "C", "scrubber:50");
        Assert.Equal(80, run.State.Held("scrubber"));
        Assert.Contains(run.Log, e => e.Kind == AllocationEventKind.Recalled && e.Text == "A is asked to give scrubber back to C when it can");
        run.ReleaseAll("A");
        Assert.Equal(["C", "B"], run.State.Holdings.Select(h => h.Owner));
    }

    [Fact]
    public void A_reservation_keeps_its_amount_free_for_its_time_S88_18()
    {
        var run = new DeskRun(Empty).Reserve("steam", "R", 6, 60, 120);
        run.AskFor(TimeSpan.FromMinutes(30), "A", "steam:8").AskFor(TimeSpan.FromMinutes(90), "B", "steam:2").AskFor(TimeSpan.FromMinutes(90), "C", "steam:1");
        Assert.True(run.State.Holds("A")); // gives back before
        run.ReleaseAll("A");
        Assert.True(run.State.Holds("B"));
        run.Ask("D", "steam:6");
        Assert.Equal("steam is with B, C", AllocationDesk.WhyWaiting(run.State, "D"));
        run.At(60).Ask("R", "steam:6");
        Assert.True(run.State.Holds("R"));
        run.ReleaseAll("R").At(121);
        Assert.True(run.State.Holds("D"));
    }

    [Fact]
    public void A_reservation_ends_by_itself()
    {
        var run = new DeskRun(Empty).Reserve("steam", "R", 6, 60, 120).Ask("A", "steam:8");
        Assert.Equal("steam is reserved for R", AllocationDesk.WhyWaiting(run.State, "A"));
        run.At(119);
        Assert.True(run.State.Waits("A"));
        run.At(120);
        Assert.True(run.State.Holds("A"));
        Assert.Contains(run.Log, e => e.Kind == AllocationEventKind.ReservationEnded);
    }

    public static TheoryData<string, string, string> Refusals => new()
    {
        { "A", "leech", "there is no resource leech" },
        { "A", "recycled_water:400", "A would hold 400 L/h of recycled_water: there is only 300" },
        { "A", "recycled_water:0", "A asks for no amount of recycled_water" },
        { "A", "leach leach", "A asks for leach twice" },
        { "H", "leach", "H would hold leach: there is only 1" },
        { "W", "filter1", "W waits already: leach is with H" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_can_never_be_is_refused_with_a_reason_and_changes_nothing(string owner, string needs, string reason)
    {
        var run = new DeskRun(Empty).Ask("H", "leach").Ask("W", "leach");
        AllocationState before = run.State;
        run.Ask(owner, needs.Split(' '));
        Assert.Equal(AllocationEventKind.Refused, run.Log[^1].Kind);
        Assert.Equal(reason, run.Log[^1].Text);
        Assert.Equal(before with { Sequence = 0 }, run.State with { Sequence = 0 });
    }

    [Theory]
    [InlineData(6, 0, 60, "is not reserved by time", "leach")]
    [InlineData(8, 30, 90, "6 of 10 kW are reserved in that time", "steam")]
    [InlineData(3, 60, 60, "has no time to come", "steam")]
    public void A_reservation_that_cannot_be_kept_is_refused(double amount, int from, int until, string reason, string resource)
    {
        var run = new DeskRun(Empty).Reserve("steam", "R", 6, 60, 120).Reserve(resource, "S", amount, from, until);
        Assert.Contains(reason, run.Log[^1].Text, StringComparison.Ordinal);
        Assert.Single(run.State.Reservations);
    }
}

/// <summary>A desk with its log.</summary>
internal sealed class DeskRun(AllocationState state)
{
    public AllocationState State { get; private set; } = state;

    public List<AllocationEvent> Log { get; } = [];

    public DeskRun Ask(string owner, params string[] needs) => Take(AllocationDesk.Ask(State, new AllocationRequest(owner, Needs(needs))));

    public DeskRun AskWith(int priority, string owner, params string[] needs) => Take(AllocationDesk.Ask(State, new AllocationRequest(owner, Needs(needs), priority)));

    public DeskRun AskFor(TimeSpan lasting, string owner, params string[] needs) => Take(AllocationDesk.Ask(State, new AllocationRequest(owner, Needs(needs), 0, lasting)));

    public DeskRun Release(string owner, string resource) => Take(AllocationDesk.Release(State, owner, resource));

    public DeskRun ReleaseAll(string owner) => Take(AllocationDesk.ReleaseAll(State, owner));

    public DeskRun Reserve(string resource, string owner, double amount, int from, int until) =>
        Take(AllocationDesk.Reserve(State, new Reservation(resource, owner, amount, TimeSpan.FromMinutes(from), TimeSpan.FromMinutes(until))));

    public DeskRun At(int minutes) => Take(AllocationDesk.Advance(State, TimeSpan.FromMinutes(minutes)));

    /// <summary>Owners never hold more than there is, whatever happened (S88-17).</summary>
    private DeskRun Take(AllocationAnswer answer)
    {
        State = answer.State;
        Log.AddRange(answer.Events);
        foreach (ResourceDefinition resource in State.Resources)
            Assert.True(State.Held(resource.Name) <= resource.Capacity * (1 + 1e-9), $"{resource.Name}: {State.Held(resource.Name)} of {resource.Capacity}");
        return this;
    }

    private static ImmutableArray<ResourceNeed> Needs(string[] needs) => [.. needs.Select(n => n.Split(':')).Select(n =>
        new ResourceNeed(n[0], n.Length > 1 ? double.Parse(n[1], System.Globalization.CultureInfo.InvariantCulture) : 1))];
}
