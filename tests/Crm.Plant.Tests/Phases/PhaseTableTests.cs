using Crm.Plant.Phases;
using Xunit;

namespace Crm.Plant.Tests.Phases;

/// <summary>All 14 x 8 cells of table A against the standard's own wording, "accepted in … goes to …" (S88-03).</summary>
public sealed class PhaseTableTests
{
    // The rows as the reference prints them; "all but" is spelt as the standard spells it.
    private const string TableA =
        """
        START   | IDLE | STARTING
        PAUSE   | RUNNING | PAUSING
        RESUME  | PAUSED | RUNNING
        HOLD    | STARTING, RUNNING, PAUSING, PAUSED, RESTARTING | HOLDING
        RESTART | HELD | RESTARTING
        STOP    | STARTING, RUNNING, COMPLETING, PAUSING, PAUSED, HOLDING, HELD, RESTARTING | STOPPING
        ABORT   | all but IDLE, COMPLETE, ABORTING, ABORTED | ABORTING
        RESET   | COMPLETE, STOPPED, ABORTED | IDLE
        """;

    public static TheoryData<PhaseState, PhaseCommand, PhaseState?> Cells()
    {
        var cells = new TheoryData<PhaseState, PhaseCommand, PhaseState?>();
        foreach (string line in TableA.Split('\n'))
        {
            string[] parts = line.Split('|', StringSplitOptions.TrimEntries);
            PhaseCommand command = Enum.Parse<PhaseCommand>(parts[0], true);
            PhaseState target = Enum.Parse<PhaseState>(parts[2], true);
            bool except = parts[1].StartsWith("all but ", StringComparison.Ordinal);
            string[] named = parts[1].Replace("all but ", "", StringComparison.Ordinal).Split(',', StringSplitOptions.TrimEntries);
            foreach (PhaseState state in Enum.GetValues<PhaseState>())
            {
                bool accepted = named.Contains(state.ToString().ToUpperInvariant()) != except;
                cells.Add(state, command, accepted ? target : null);
            }
        }

        return cells;
    }

    [Fact]
    public void There_are_14_by_8_cells() => Assert.Equal(14 * 8, Cells().Count);

    [Theory]
    [MemberData(nameof(Cells))]
    public void Every_cell_is_its_transition_or_a_refusal_with_a_reason_S88_03_S88_04(PhaseState state, PhaseCommand command, PhaseState? expected)
    {
        var machine = new PhaseMachine(TimeSpan.FromMinutes(5), TimeSpan.FromHours(4), PhaseCommand.Stop, true);
        var before = new PhaseStatus(
            state, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4), state == PhaseState.Aborted);
        PhaseAdvance after = machine.Advance(before, [new PhaseRequest(command, "p")], false, TimeSpan.Zero);
        Assert.Equal(expected, PhaseTable.Target(state, command));
        Assert.Equal(expected is not null, (machine.EnabledCommands(state) & (1 << (int)command)) != 0);
        if (expected is { } target)
        {
            Assert.Equal(target, after.Status.State);
            Assert.Equal(TimeSpan.Zero, after.Status.InState);
            Assert.Equal(new PhasePassage(state, target, PassageCause.Command, command, "p"), after.Passage);
            Assert.Empty(after.Refused);
            return;
        }

        Assert.Equal(before, after.Status);
        Assert.Null(after.Passage);
        PhaseRefusal refusal = Assert.Single(after.Refused);
        Assert.Contains($"{command.ToString().ToUpperInvariant()} refused in {state.ToString().ToUpperInvariant()}", refusal.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PhaseState.Idle, null)]
    [InlineData(PhaseState.Starting, PhaseState.Running)]
    [InlineData(PhaseState.Running, PhaseState.Completing)]
    [InlineData(PhaseState.Completing, PhaseState.Complete)]
    [InlineData(PhaseState.Complete, null)]
    [InlineData(PhaseState.Pausing, PhaseState.Paused)]
    [InlineData(PhaseState.Paused, null)]
    [InlineData(PhaseState.Holding, PhaseState.Held)]
    [InlineData(PhaseState.Held, null)]
    [InlineData(PhaseState.Restarting, PhaseState.Running)]
    [InlineData(PhaseState.Stopping, PhaseState.Stopped)]
    [InlineData(PhaseState.Stopped, null)]
    [InlineData(PhaseState.Aborting, PhaseState.Aborted)]
    [InlineData(PhaseState.Aborted, null)]
    public void Internal_end_conditions_lead_on(PhaseState state, PhaseState? expected)
    {
        var machine = new PhaseMachine(TimeSpan.FromMinutes(5), TimeSpan.FromHours(4), PhaseCommand.Stop, true);
        PhaseAdvance after = machine.Advance(PhaseStatus.Idle with { State = state }, [], true, TimeSpan.FromSeconds(0.1));
        Assert.Equal(expected ?? state, after.Status.State);
        Assert.Equal(expected is null ? null : new PhasePassage(state, expected.Value, PassageCause.End, PhaseCommand.None, ""), after.Passage);
        Assert.False(after.Status.NotConfirmed);
    }
}
