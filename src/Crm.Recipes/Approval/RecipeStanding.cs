using System.Collections.Immutable;
using Crm.Plant.Procedure;

namespace Crm.Recipes.Approval;

public enum RecipeState
{
    /// <summary>Nobody has approved this content: for the twin only.</summary>
    Draft,

    /// <summary>On the rig within bounds.</summary>
    Experimental,
    Approved,
    Retired,
}

/// <summary>What the approvals say of a recipe as it is now.</summary>
/// <param name="Words">Who signed, since when, or what is missing.</param>
/// <param name="Terms">Bounds of a trial; else none.</param>
/// <param name="Since">Number of the entry it rests on; -1 for none.</param>
public sealed record RecipeStanding(RecipeState State, string Words, ApprovalTerms Terms, int Since)
{
    public static readonly RecipeStanding Unknown = new(RecipeState.Draft, "nobody has approved it", ApprovalTerms.None, -1);

    /// <summary><c>experimental</c>.</summary>
    public string Word => State.ToString().ToLowerInvariant();

    /// <summary>Proposed, and waiting for a second person: what that person would sign; null when nothing waits.</summary>
    public ApprovalEntry? Proposed { get; init; }

    /// <summary>The last approved content of the recipe on this rig, when it is another than this one.</summary>
    public ApprovedThing? Earlier { get; init; }

    /// <summary>When the technician signed for the shift; null where none must.</summary>
    public DateTimeOffset? Countersigned { get; init; }
}

/// <summary>Who may sign for what. Roles are those of accounts.</summary>
public static class ApprovalRoles
{
    /// <summary>Answers for the process.</summary>
    public static readonly ImmutableArray<string> Authors = ["engineer", "researcher"];

    /// <summary>Is there while it runs.</summary>
    public static readonly ImmutableArray<string> OnShift = ["technician", "operator"];

    /// <summary>One of the two who approve for production.</summary>
    public const string Engineer = "engineer";

    public static bool Any(ImmutableArray<string> roles, ImmutableArray<string> needed) => roles.Any(needed.Contains);

    /// <summary>What is approved when a recipe is.</summary>
    public static ApprovedThing Thing(ControlRecipe recipe, string rigVersion) =>
        new(recipe.Id, recipe.Version, recipe.ContentHash, ApprovalJudge.Hash(recipe.Product.Specification), recipe.Rig, rigVersion);
}
