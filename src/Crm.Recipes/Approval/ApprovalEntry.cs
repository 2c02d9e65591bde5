using System.Collections.Immutable;

namespace Crm.Recipes.Approval;

/// <summary>What an entry of a file of approvals says.</summary>
public enum ApprovalAct
{
    /// <summary>Signed for trials within bounds.</summary>
    Experimental,

    /// <summary>Signed for production.</summary>
    Approved,

    /// <summary>Taken out of use.</summary>
    Retired,

    /// <summary>A batch was started on the rig itself.</summary>
    Started,
}

/// <summary>What exactly is approved: one content of a recipe, with its grade, on one rig.</summary>
/// <param name="Content">Hash of the recipe and its block files, as in the batch record.</param>
/// <param name="Specification">Hash of the grade it must meet.</param>
public sealed record ApprovedThing(string Recipe, string Version, string Content, string Specification, string Rig, string RigVersion)
{
    /// <summary>The same content on the same rig; the recipe's own version is in its content.</summary>
    public bool Is(ApprovedThing other) =>
        Recipe == other.Recipe && Content == other.Content && Specification == other.Specification && Rig == other.Rig && RigVersion == other.RigVersion;
}

/// <summary>Within what bounds a recipe may be tried.</summary>
/// <param name="Limits">By formula name, the narrower range; a value that is not named stays within the recipe's own.</param>
/// <param name="Batches">How many may be started; null: any number.</param>
/// <param name="Until">Last day, by the clock of the controller; null: no end.</param>
public sealed record ApprovalTerms(ImmutableSortedDictionary<string, string> Limits, int? Batches, DateOnly? Until)
{
    public static readonly ApprovalTerms None = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal), null, null);

    public bool Is(ApprovalTerms other) => Batches == other.Batches && Until == other.Until && Limits.SequenceEqual(other.Limits);

    /// <summary><c>charge 2..2.5 kg, 3 batches, until 2026-12-01</c>.</summary>
    public string Words => string.Join(", ", [.. Limits.Select(l => $"{l.Key} {l.Value}"), .. Batches is { } count ? [count == 1 ? "1 batch" : $"{count} batches"] : Array.Empty<string>(), .. Until is { } day ? [$"until {day:yyyy-MM-dd}"] : Array.Empty<string>()]);
}

/// <summary>One signature, or one batch that was started.</summary>
/// <param name="Roles">Of the person, when it was signed.</param>
/// <param name="Reason">Why, in the person's words; of a batch, its name.</param>
public sealed record ApprovalEntry(DateTimeOffset At, string By, ImmutableArray<string> Roles, ApprovalAct Act, ApprovedThing Thing, ApprovalTerms Terms, string Reason)
{
    /// <summary>A start as it was counted here and as it is read from the file.</summary>
    public bool IsSameStart(ApprovalEntry other) => Act == ApprovalAct.Started && other.Act == Act && At == other.At && By == other.By && Reason == other.Reason && Thing == other.Thing;
}
