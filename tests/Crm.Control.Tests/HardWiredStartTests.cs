using System.Collections.Immutable;
using Crm.Plant.Permissions;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Xunit;

namespace Crm.Control.Tests;

/// <summary>A real rig is not started before somebody has seen its hard-wired protections work, or has set that aside as a bypass is; a twin asks nobody (SAF-33, SAF-13).</summary>
public sealed class HardWiredStartTests
{
    private static readonly TimeSpan period = TimeSpan.FromMilliseconds(100);
    private static readonly DateOnly day = new(2026, 11, 21);

    private readonly FakeBus bus = new(4);
    private readonly PlantController plant;
    private TimeSpan now;
    private long id;

    public HardWiredStartTests() => plant = Ready(bus);

    [Fact]
    public void Start_of_a_real_rig_waits_for_every_tick_and_names_those_that_are_missing_SAF33()
    {
        CommandReply refused = Start();
        Assert.Equal(ReplyKind.Refused, refused.Kind);
        Assert.Contains("hard-wired emergency_stop is not ticked as seen to work: Pressed while it doses", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("tray", refused.Reason, StringComparison.Ordinal);
        Assert.Equal(["emergency_stop", "tray"], plant.Against(PhaseCommand.Start).Where(o => o.Kind == ObstacleKind.HardWired).Select(o => o.Subject));
        Assert.Equal((PhaseState.Idle, 0.0), (plant.BatchState, bus.Pins[Plant.Pump]));

        Tick("emergency_stop");
        Assert.DoesNotContain("emergency_stop", Start().Reason, StringComparison.Ordinal);
        Tick("tray");
        Assert.Equal(ReplyKind.Accepted, Start().Kind);
        Scan(5);
        Assert.Equal(50, bus.Pins[Plant.Pump]);
    }

    /// <summary>A draft does not run on a real rig; what was started goes on to its end, whatever becomes of the approval.</summary>
    [Fact]
    public void Start_of_a_real_rig_waits_for_the_approval_of_the_recipe_and_restart_does_not_SEC07()
    {
        Tick("tray");
        Tick("emergency_stop");
        var release = new Approvals { Why = "recipe is a draft: nobody has approved it" };
        plant.Release = release;
        CommandReply refused = Start();
        Assert.Equal((ReplyKind.Refused, 0), (refused.Kind, release.Batches));
        Assert.Contains("nobody has approved it", refused.Reason, StringComparison.Ordinal);
        Assert.Equal("recipe", Assert.Single(plant.Against(PhaseCommand.Start), o => o.Kind == ObstacleKind.Approval).Subject);
        Assert.Equal(0, plant.Snapshot().Enabled & (1 << (int)PhaseCommand.Start));

        release.Why = "";
        Assert.Equal(ReplyKind.Accepted, Start().Kind);
        Scan(5);
        Assert.Equal(1, release.Batches);
        release.Why = "retired";
        Assert.Equal(ReplyKind.Accepted, plant.Command(new CommandBatch(++id, "ann", PhaseCommand.Hold)).Kind);
        Scan(20);
        Assert.Equal(ReplyKind.Accepted, plant.Command(new CommandBatch(++id, "ann", PhaseCommand.Restart)).Kind);
    }

    /// <summary>
    /// What runs goes on when a tick is lost, and ends by STOP and ABORT as ever; once it stands, RESTART would give back power to dose, so it waits as START does:
    /// for the batch and for the unit alone, after a tick taken back and after a time that has run out.
    /// </summary>
    [Theory]
    [InlineData("withdrawn")]
    [InlineData("run out")]
    public void Restart_waits_for_a_tick_that_was_lost_and_nothing_towards_safe_does_SAF33_S88_08(string how)
    {
        Tick("tray");
        if (how == "withdrawn") Tick("emergency_stop");
        else Judged(new SetHardWiredAside(++id, "mia", "emergency_stop", TimeSpan.FromMinutes(1), "spare switch comes tomorrow") { Roles = PersonRole.Engineer });
        Assert.Equal(ReplyKind.Accepted, Start().Kind);
        Scan(5);
        if (how == "withdrawn") Assert.Equal(ReplyKind.Accepted, Judged(new TickHardWired(++id, "mia", "emergency_stop", null, "cable found cut") { Roles = PersonRole.Engineer }).Kind);
        else Scan(601);
        Scan(5);
        Assert.Equal((PhaseState.Running, 50.0), (plant.BatchState, bus.Pins[Plant.Pump]));
        Assert.Empty(plant.Against(PhaseCommand.Hold));
        Assert.Equal(ReplyKind.Accepted, plant.Command(new CommandBatch(++id, "ann", PhaseCommand.Hold)).Kind);
        Scan(20);
        Assert.Equal(PhaseState.Held, plant.BatchState);

        CommandReply refused = plant.Command(new CommandBatch(++id, "ann", PhaseCommand.Restart));
        Assert.Equal(ReplyKind.Refused, refused.Kind);
        Assert.Contains("hard-wired emergency_stop is not ticked as seen to work: Pressed while it doses", refused.Reason, StringComparison.Ordinal);
        Assert.Contains(plant.Against("v", PhaseCommand.Restart), o => o is { Kind: ObstacleKind.HardWired, Subject: "emergency_stop" });
        Assert.Empty(plant.Against(PhaseCommand.Stop));
        Assert.Empty(plant.Against(PhaseCommand.Abort));
        Scan(5);
        Assert.Equal((PhaseState.Held, 0.0), (plant.BatchState, bus.Pins[Plant.Pump]));

        Tick("emergency_stop");
        Assert.Equal(ReplyKind.Accepted, plant.Command(new CommandBatch(++id, "ann", PhaseCommand.Restart)).Kind);
        for (int i = 0; i < 100 && bus.Pins[Plant.Pump] < 50; i++) Scan();
        Assert.Equal((PhaseState.Running, 50.0), (plant.BatchState, bus.Pins[Plant.Pump]));
    }

    [Fact]
    public void A_twin_asks_nobody_SAF33()
    {
        PlantController twin = Ready(new FakeBus(4) { IsSimulated = true });
        Assert.Equal(ReplyKind.Accepted, twin.Command(new CommandBatch(++id, "ann", PhaseCommand.Start)).Kind);
    }

    [Theory]
    [InlineData(PersonRole.Engineer, 60, "spare switch comes tomorrow", "")]
    [InlineData(PersonRole.Maintenance, 240, "spare switch comes tomorrow", "")]
    [InlineData(PersonRole.Technician, 60, "spare switch comes tomorrow", "a bypass is for engineer, maintenance")]
    [InlineData(PersonRole.Engineer, 241, "spare switch comes tomorrow", "it needs a time, at most 240 min")]
    [InlineData(PersonRole.Engineer, 60, "?", "it needs a reason in words")]
    public void A_tick_is_set_aside_as_a_bypass_is_SAF13_SAF15(PersonRole role, double minutes, string reason, string refusal)
    {
        Tick("tray");
        CommandReply reply = Judged(new SetHardWiredAside(++id, "mia", "emergency_stop", TimeSpan.FromMinutes(minutes), reason) { Roles = role });

        Assert.Equal(refusal.Length == 0, reply.Kind == ReplyKind.Accepted);
        Assert.Contains(refusal, reply.Reason, StringComparison.Ordinal);
        Assert.Equal(reply.Kind, Start().Kind);
        if (refusal.Length == 0) Assert.Contains(plant.Frame!.Overrides, o => o is { Kind: OverrideKind.HardWired, By: "mia" } && o.Reason == reason);
    }

    /// <summary>It ends by itself, by a tick and by hand; what runs goes on, the next START waits.</summary>
    [Theory]
    [InlineData("time")]
    [InlineData("hand")]
    [InlineData("tick")]
    public void Set_aside_ends(string by)
    {
        Tick("tray");
        Judged(new SetHardWiredAside(++id, "mia", "emergency_stop", TimeSpan.FromMinutes(1), "spare switch comes tomorrow") { Roles = PersonRole.Engineer });
        Assert.Single(plant.Frame!.Overrides);
        if (by == "hand") Assert.Equal(ReplyKind.Accepted, Judged(new EndHardWiredAside(++id, "ann", "emergency_stop")).Kind);
        else if (by == "tick") Tick("emergency_stop");
        else Scan(601);
        Scan(2);

        Assert.Empty(plant.Frame!.Overrides);
        Assert.Equal(by == "tick" ? ReplyKind.Accepted : ReplyKind.Refused, Start().Kind);
        Assert.Equal(ReplyKind.Refused, Judged(new EndHardWiredAside(++id, "ann", "emergency_stop")).Kind);
    }

    private PlantController Ready(FakeBus io)
    {
        var like = new Plant();
        var ready = new PlantController(
            like.Controller.Rig with { HardWired = [new HardWiredProtection(0, "emergency_stop", "Drops the contactors", "Pressed while it doses"), new HardWiredProtection(1, "tray", "Holds it all", "Filled")] },
            like.Controller.Recipe, [io], [new FeedOperation()], new FakeJournal());
        TimeSpan at = TimeSpan.Zero;
        for (int i = 0; i < 6; i++)
        {
            ready.Scan(at += period);
            if (i == 2) ready.Command(new ResetTrip(++id, "ann"));
        }

        now = at;
        return ready;
    }

    private CommandReply Start() => plant.Command(new CommandBatch(++id, "ann", PhaseCommand.Start));

    private void Tick(string name) => Assert.Equal(ReplyKind.Accepted, Judged(new TickHardWired(++id, "mia", name, day, "seen to work") { Roles = PersonRole.Engineer }).Kind);

    private CommandReply Judged(OperatorCommand command)
    {
        CommandReply? outcome = null;
        plant.OnOutcome = reply => outcome = reply.Id == command.Id ? reply : outcome;
        CommandReply first = plant.Command(command);
        if (first.Kind != ReplyKind.Pending) return first;
        Scan();
        return outcome!;
    }

    private void Scan(int times = 1)
    {
        for (int i = 0; i < times; i++) plant.Scan(now += period);
    }

    private sealed class Approvals : IRecipeRelease
    {
        public string Why { get; set; } = "";

        public int Batches { get; private set; }

        public ImmutableArray<string> Against(ControlRecipe recipe) => Why.Length == 0 ? [] : [Why];

        public string Started(ControlRecipe recipe, string batch, string by)
        {
            Batches++;
            return "approved";
        }
    }
}
