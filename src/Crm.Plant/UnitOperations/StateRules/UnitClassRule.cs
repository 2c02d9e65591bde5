using System.Collections.Immutable;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;

namespace Crm.Plant.UnitOperations;

/// <summary>What a cell of the phase-state table must be.</summary>
public enum CellNeed
{
    /// <summary>Off: neither keep nor a loop.</summary>
    Off,

    /// <summary>Off, or left as it is.</summary>
    NotOpened,

    /// <summary>On, left as it is, or in the hands of a loop.</summary>
    NotOff,

    /// <summary>A value of at most a share of the output's span.</summary>
    Low,

    /// <summary>A value that is come to at a rate.</summary>
    Ramped,

    /// <summary>On for a while, then off.</summary>
    Timed,
}

/// <summary>A line of the table of what a class of unit never does.</summary>
/// <param name="Code">Diagnostic code of the rig checker.</param>
/// <param name="Outputs">Names of outputs it is about; empty: every output of <paramref name="Role"/>.</param>
/// <param name="In">States it holds in.</param>
/// <param name="Share">For <see cref="CellNeed.Low"/>: share of the span.</param>
/// <param name="Never">What would happen.</param>
/// <param name="Required">True when a unit of the class must have one of the outputs.</param>
public sealed record StateRule(
    string Code,
    ImmutableArray<string> Outputs,
    OutputRole? Role,
    ImmutableArray<PhaseState> In,
    CellNeed Need,
    string Never,
    string Remedy,
    double Share = 1,
    bool Required = false)
{
    public bool IsAbout(string name, OutputRole role) => Outputs.IsEmpty ? role == Role : Outputs.Contains(name);

    /// <summary>A timed cell must keep it with both of its values.</summary>
    public bool IsKept(StateCell cell, OutputDefinition output) => Need switch
    {
        CellNeed.NotOff when cell.IsLoop => true,
        CellNeed.Ramped => cell.IsRamp,
        CellNeed.Timed => cell.IsTimed && cell.Value.Value != 0 && IsOff(cell.Then),
        _ => !cell.IsLoop && IsKept(cell.Value, output) && IsKept(cell.Then, output),
    };

    private bool IsKept(SafeValue value, OutputDefinition output) => Need switch
    {
        CellNeed.Off => IsOff(value),
        CellNeed.NotOpened => value.Keep || value.Value == 0,
        CellNeed.NotOff => value.Keep || value.Value != 0,
        _ => !value.Keep && value.Value <= output.Low + (Share * (output.High - output.Low)),
    };

    private static bool IsOff(SafeValue value) => !value.Keep && value.Value == 0;
}

/// <summary>What HELD means for a class of unit, how long it may last, and what must never be.</summary>
/// <param name="Held">In a technician's words.</param>
/// <param name="LongestHold">The rig file may not allow more; null where the chemistry sets no limit.</param>
public sealed record UnitClassRule(ImmutableArray<string> Classes, string Held, TimeSpan? LongestHold, string AfterLongestHold, ImmutableArray<StateRule> Never);

/// <summary>A cell that breaks a rule of its unit's class.</summary>
/// <param name="Output">Short name; empty when the unit lacks the output.</param>
public sealed record StateBreach(StateRule Rule, string Output, ImmutableArray<PhaseState> States);
