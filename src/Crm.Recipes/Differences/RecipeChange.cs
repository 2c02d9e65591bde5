namespace Crm.Recipes.Differences;

public enum ChangeKind
{
    Added,
    Removed,
    Changed,

    /// <summary>The same step at another place.</summary>
    Moved,

    /// <summary>The same step by another id.</summary>
    Renamed,
}

/// <summary>One difference between two recipes.</summary>
/// <param name="Section"><c>formula</c>, <c>procedure</c>, <c>specification</c>, …</param>
/// <param name="Subject">Formula name, id of a step, hazard.</param>
/// <param name="What">Steps: their word; else empty.</param>
/// <param name="Aspect">What of the subject differs; empty: the subject itself.</param>
/// <param name="Was">Null: was not there.</param>
/// <param name="Is">Null: is not there any more.</param>
/// <param name="Block">Where a block brought the step in; empty outside of blocks.</param>
/// <param name="Line">In the file, or in that of the block: of what is there now, else of what was; 0 for what has no line of its own.</param>
public sealed record RecipeChange(string Section, ChangeKind Kind, string Subject, string What, string Aspect, string? Was, string? Is, string Block = "", int Line = 0)
{
    /// <summary>Steps: the id it had; empty for a new one, and outside of the procedure.</summary>
    public string Before { get; init; } = "";
}
