using Crm.Plant.Phases;
using Xunit;

namespace Crm.Plant.Tests.Phases;

public sealed class PhaseMachineTests
{
    private static readonly TimeSpan Scan = TimeSpan.FromMilliseconds(100);
    private static readonly PhaseMachine Machine = new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(4), PhaseCommand.Stop, true);

    private static PhaseStatus At(PhaseState state, double inState = 0) => PhaseStatus.Idle with { State = state, InState = TimeSpan.FromSeconds(inState) };

    [Fact]
    public void Coinciding_commands_have_one_winner_and_the_losers_are_told_S88_09()
    {
        PhaseCommand[][] ranks =
        [
            [PhaseCommand.Abort], [PhaseCommand.Stop], [PhaseCommand.Hold], [PhaseCommand.Pause], [PhaseCommand.Restart, PhaseCommand.Resume],
            [PhaseCommand.Start], [PhaseCommand.Reset],
        ];
        const int seed = 11;
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++)
        {
            var state = (PhaseState)random.Next(14);
            PhaseRequest[] requests = Enumerable.Range(0, 1 + random.Next(4)).Select(n => new PhaseRequest((PhaseCommand)(1 + random.Next(8)), "p" + n)).ToArray();
            PhaseAdvance after = Machine.Advance(At(state), requests, false, Scan);
            PhaseRequest first = requests.OrderBy(r => Array.FindIndex(ranks, k => k.Contains(r.Command))).First();
            PhaseState? expected = PhaseTable.Target(state, first.Command);
            Assert.True((expected ?? state) == after.Status.State, $"seed {seed}, case {i}");
            Assert.Equal(requests.Length - (expected is null ? 0 : 1), after.Refused.Length);
        }
    }

    [Theory]
    [InlineData(PhaseState.Starting, PhaseState.Holding)]
    [InlineData(PhaseState.Pausing, PhaseState.Holding)]
    [InlineData(PhaseState.Restarting, PhaseState.Holding)]
    [InlineData(PhaseState.Completing, PhaseState.Stopping)]
    [InlineData(PhaseState.Holding, PhaseState.Stopping)]
    [InlineData(PhaseState.Stopping, PhaseState.Aborting)]
    [InlineData(PhaseState.Aborting, PhaseState.Aborted)]
    public void A_state_that_outlasts_its_limit_escalates_S88_23(PhaseState state, PhaseState expected)
    {
        PhaseStatus status = At(state);
        int scans = 0;
        PhaseAdvance after;
        do
        {
            after = Machine.Advance(status, [], false, Scan);
            status = after.Status;
            scans++;
        }
        while (after.Passage is null && scans < 10_000);
        Assert.Equal(3000, scans);
        Assert.Equal(expected, status.State);
        Assert.Equal(PassageCause.TimeOut, after.Passage!.Value.Cause);
        Assert.Equal(state == PhaseState.Aborting, status.NotConfirmed);
    }

    [Fact]
    public void With_dead_equipment_every_active_state_still_ends_S88_23()
    {
        foreach (PhaseState state in Enum.GetValues<PhaseState>().Where(s => PhaseTable.IsTransient(s)))
        {
            PhaseStatus status = At(state);
            for (int i = 0; i < 200_000 && !PhaseTable.IsTerminal(status.State); i++) status = Machine.Advance(status, [], false, Scan).Status;
            Assert.Equal(PhaseState.Aborted, status.State);
            Assert.True(status.NotConfirmed);
        }
    }

    [Theory]
    [InlineData(PhaseCommand.Stop, PhaseState.Stopping)]
    [InlineData(PhaseCommand.Abort, PhaseState.Aborting)]
    [InlineData(PhaseCommand.None, PhaseState.Held)]
    public void A_hold_beyond_the_longest_has_its_declared_consequence(PhaseCommand consequence, PhaseState expected)
    {
        PhaseMachine machine = Machine with { AfterLongestHold = consequence };
        Assert.Equal(PhaseState.Held, machine.Advance(At(PhaseState.Held, 4 * 3600 - 0.2), [], false, Scan).Status.State);
        PhaseAdvance after = machine.Advance(At(PhaseState.Held, 4 * 3600 - 0.1), [], false, Scan);
        Assert.Equal(expected, after.Status.State);
        if (after.Passage is { } passage) Assert.Equal(PassageCause.LongestHold, passage.Cause);
    }

    [Fact]
    public void A_command_comes_before_an_end_condition_and_an_end_condition_before_a_time_out()
    {
        Assert.Equal(PhaseState.Holding, Machine.Advance(At(PhaseState.Running), [new(PhaseCommand.Hold, "p")], true, Scan).Status.State);
        Assert.Equal(PhaseState.Completing, Machine.Advance(At(PhaseState.Running), [new(PhaseCommand.Start, "p")], true, Scan).Status.State);
        Assert.Equal(PhaseState.Stopped, Machine.Advance(At(PhaseState.Stopping, 400), [], true, Scan).Status.State);
    }

    [Fact]
    public void No_pause_point_no_pause_S88_06()
    {
        PhaseMachine machine = Machine with { CanPause = false };
        PhaseAdvance after = machine.Advance(At(PhaseState.Running), [new(PhaseCommand.Pause, "p")], false, Scan);
        Assert.Equal(PhaseState.Running, after.Status.State);
        Assert.Contains("no pause point", Assert.Single(after.Refused).Reason, StringComparison.Ordinal);
        Assert.Equal(0, machine.EnabledCommands(PhaseState.Running) & (1 << (int)PhaseCommand.Pause));
    }

    [Fact]
    public void The_three_clocks_run_where_they_should()
    {
        PhaseStatus status = PhaseStatus.Idle;
        void Go(int scans, bool ended = false, PhaseCommand command = PhaseCommand.None)
        {
            for (int i = 0; i < scans; i++)
                status = Machine.Advance(status, command == PhaseCommand.None ? [] : [new PhaseRequest(command, "p")], ended, Scan).Status;
        }

        Go(100);
        Assert.Equal(PhaseStatus.Idle, status);
        Go(1, command: PhaseCommand.Start);
        Go(1, ended: true);
        Go(50);
        Go(1, command: PhaseCommand.Hold);
        Go(1, ended: true);
        Go(100);
        Assert.Equal(PhaseState.Held, status.State);
        Assert.Equal((5.1, 15.3, 15.3), (status.Active.TotalSeconds, status.Contact.TotalSeconds, status.Wall.TotalSeconds));
        status = PhaseMachine.ComeBack(status, TimeSpan.FromHours(1)).Status;
        Assert.Equal((5.1, 15.3, 3615.3), (status.Active.TotalSeconds, status.Contact.TotalSeconds, status.Wall.TotalSeconds));
        Go(1, command: PhaseCommand.Restart);
        Go(1, ended: true);
        Go(10);
        Assert.Equal(6.1, status.Active.TotalSeconds, 9);
        Go(1, command: PhaseCommand.Stop);
        Go(1, ended: true);
        Go(1, command: PhaseCommand.Reset);
        Assert.Equal(PhaseStatus.Idle, status);
    }

    [Theory]
    [InlineData(PhaseState.Idle, PhaseState.Idle)]
    [InlineData(PhaseState.Starting, PhaseState.Held)]
    [InlineData(PhaseState.Running, PhaseState.Held)]
    [InlineData(PhaseState.Completing, PhaseState.Held)]
    [InlineData(PhaseState.Complete, PhaseState.Complete)]
    [InlineData(PhaseState.Pausing, PhaseState.Held)]
    [InlineData(PhaseState.Paused, PhaseState.Held)]
    [InlineData(PhaseState.Holding, PhaseState.Held)]
    [InlineData(PhaseState.Held, PhaseState.Held)]
    [InlineData(PhaseState.Restarting, PhaseState.Held)]
    [InlineData(PhaseState.Stopping, PhaseState.Stopping)]
    [InlineData(PhaseState.Stopped, PhaseState.Stopped)]
    [InlineData(PhaseState.Aborting, PhaseState.Aborting)]
    [InlineData(PhaseState.Aborted, PhaseState.Aborted)]
    public void After_the_controller_was_away_nothing_runs_S88_22(PhaseState before, PhaseState expected)
    {
        PhaseAdvance after = PhaseMachine.ComeBack(At(before), TimeSpan.FromHours(1));
        Assert.Equal(expected, after.Status.State);
        Assert.Equal(before != expected, after.Passage is not null);
    }

    [Fact]
    public void A_million_random_steps_never_leave_the_table()
    {
        const int seed = 23;
        var random = new Random(seed);
        PhaseStatus status = PhaseStatus.Idle;
        var requests = new PhaseRequest[1];
        for (int i = 0; i < 1_000_000; i++)
        {
            requests[0] = new PhaseRequest((PhaseCommand)random.Next(9), "p");
            bool ended = random.Next(3) == 0;
            PhaseAdvance after = Machine.Advance(status, requests, ended, TimeSpan.FromSeconds(random.Next(120)));
            if (after.Passage is { } p)
            {
                bool legal = p.Cause switch
                {
                    PassageCause.End => PhaseTable.End(p.From) == p.To,
                    PassageCause.TimeOut when p.From == PhaseState.Aborting => p.To == PhaseState.Aborted,
                    _ => PhaseTable.Target(p.From, p.Command) == p.To,
                };
                Assert.True(legal && p.From == status.State && p.To == after.Status.State, $"seed {seed}, step {i}: {p}");
            }
            else
            {
                Assert.True(after.Status.State == status.State, $"seed {seed}, step {i}");
            }

            status = after.Status;
        }
    }
}
