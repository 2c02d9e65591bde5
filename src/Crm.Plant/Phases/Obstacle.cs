using System.Collections.Immutable;

namespace Crm.Plant.Phases;

/// <summary>The links of the chain a person walks when a command is refused or a button is grey, outermost first.</summary>
public enum ObstacleKind
{
    /// <summary>The state does not take the command.</summary>
    State,

    /// <summary>The mode does not.</summary>
    Mode,

    /// <summary>Somebody else owns it.</summary>
    Owner,

    /// <summary>A formula value, an argument or a recorded dose is not what it must be.</summary>
    Recipe,

    /// <summary>The recipe may not run on the rig itself: a draft, retired, or beyond the bounds it was approved for.</summary>
    Approval,

    /// <summary>The record cannot be written.</summary>
    Record,

    /// <summary>After a lost controller: a person has yet to choose.</summary>
    Recovery,

    /// <summary>Nobody has said that somebody is there.</summary>
    Presence,

    /// <summary>Nobody has seen a hard-wired protection of the real rig work.</summary>
    HardWired,

    /// <summary>An output is in manual.</summary>
    Manual,

    /// <summary>A condition for starting is false.</summary>
    Permissive,

    /// <summary>A trip stands.</summary>
    Interlock,

    /// <summary>An instrument that a trip or permissive looks at is bad.</summary>
    StaleInput,
}

/// <summary>One thing that stands against a command.</summary>
/// <param name="Subject">Tag, trip, output, unit, step or batch it is about.</param>
/// <param name="Text">The sentence a person acts on.</param>
/// <param name="Reads">What the instruments behind it read now; empty when there are none.</param>
public sealed record Obstacle(ObstacleKind Kind, string Subject, string Text, string Reads = "")
{
    /// <summary>All of them in one sentence; null when there is none.</summary>
    public static string? Sentence(ImmutableArray<Obstacle> obstacles) =>
        obstacles.IsEmpty ? null : string.Join("; ", obstacles.Where(o => o.Kind != ObstacleKind.StaleInput || obstacles.Length == 1).Select(o => o.Text));
}
