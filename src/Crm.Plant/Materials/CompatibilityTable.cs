using System.Collections.Immutable;

namespace Crm.Plant.Materials;

public enum Meeting
{
    /// <summary>May meet: the newcomer is meant to go into it.</summary>
    May,

    /// <summary>Must never meet, not even as a film: heat, gas or a poison.</summary>
    Never,

    /// <summary>May follow in the same vessel only after cleaning.</summary>
    AfterCleaning,
}

/// <param name="First">What is in the vessel, or was last; the order matters (acid into water, never water into acid).</param>
/// <param name="Then">What comes.</param>
/// <param name="Gives">Name of the mixture; empty: that of what comes.</param>
public sealed record MeetingRule(string First, string Then, Meeting Meeting, string Why, string Gives = "");

/// <summary>Which material may come onto which. A pair without a rule: the same material may, any other only after cleaning.</summary>
public sealed record CompatibilityTable(ImmutableArray<MeetingRule> Rules)
{
    public static readonly CompatibilityTable Empty = new([]);

    public MeetingRule Of(string first, string then) =>
        Rules.FirstOrDefault(r => r.First == first && r.Then == then)
        ?? new MeetingRule(first, then, first == then ? Meeting.May : Meeting.AfterCleaning, "no rule lets them meet");

    public string Mixed(string first, string then) => Of(first, then) is { Gives.Length: > 0 } rule ? rule.Gives : then;
}
