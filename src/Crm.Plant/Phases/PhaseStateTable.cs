using System.Collections.Immutable;
using Crm.Plant.Outputs;

namespace Crm.Plant.Phases;

/// <summary>What one output does in one phase state: a value, keep, a ramp, a value for a while and another then, or a loop at a setpoint.</summary>
/// <param name="Loop">Loop ordinal, or -1.</param>
/// <param name="Setpoint">Loop setpoint in the unit of its process value; NaN keeps the setpoint it had come to.</param>
public readonly record struct StateCell(SafeValue Value, int Loop, double Setpoint)
{
    public bool IsLoop => Loop >= 0;

    /// <summary>The output comes to its value no faster than this, in its unit per second; 0: at once, or at the output's own rate.</summary>
    public double PerSecond { get; init; }

    public bool IsRamp => PerSecond > 0;

    /// <summary>How long <see cref="Value"/> stands before <see cref="Then"/> takes its place; zero: for as long as the state lasts.</summary>
    public TimeSpan For { get; init; }

    /// <summary>What a timed cell comes to; else as <see cref="Value"/>.</summary>
    public SafeValue Then { get; init; } = Value;

    public bool IsTimed => For > TimeSpan.Zero;

    /// <summary>A loop that keeps its setpoint keeps no higher one than this, in the unit of its process value; NaN: any.</summary>
    public double AtMost { get; init; } = double.NaN;

    /// <param name="inState">How long the state has lasted.</param>
    public SafeValue At(TimeSpan inState) => IsTimed && inState >= For ? Then : Value;
}

/// <summary>The seven cells of one output, in the order of <see cref="PhaseStateTable.States"/>.</summary>
public sealed record StateRow(int Output, ImmutableArray<StateCell> Cells);

/// <summary>
/// The table every unit declares: what each of its outputs does while a phase on it is holding, held, restarting, stopping, stopped,
/// aborting or aborted, and how long it may be held before what follows. The checker refuses a missing cell.
/// </summary>
public sealed record PhaseStateTable(ImmutableArray<StateRow> Rows, TimeSpan LongestHold, PhaseCommand AfterLongestHold, TimeSpan TransientLimit)
{
    /// <summary>Column order of <see cref="StateRow.Cells"/>.</summary>
    public static readonly ImmutableArray<PhaseState> States =
    [
        PhaseState.Holding, PhaseState.Held, PhaseState.Restarting, PhaseState.Stopping, PhaseState.Stopped, PhaseState.Aborting, PhaseState.Aborted,
    ];

    /// <summary>Column of a state in the table, or -1 for states in which the phase itself drives the outputs.</summary>
    public static int Column(PhaseState state) => States.IndexOf(state);
}
