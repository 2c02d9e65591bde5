namespace Crm.Contracts;

/// <summary>A recipe or formula of the rig's library, or a draft of one.</summary>
/// <param name="File">Names it in every request.</param>
/// <param name="Draft">Written here, in the controller's data folder; else it lies in the library and is not changed from here.</param>
/// <param name="Grade">Name and version of the specification.</param>
/// <param name="State">draft, experimental, approved or retired; empty when it cannot be read.</param>
/// <param name="Words">Who signed, or what is missing.</param>
/// <param name="Problem">Why it cannot be used on this rig; empty when it can.</param>
public sealed record RecipeEntry(string File, bool Draft, string Id, string Version, string Title, string Product, string Grade, string State, string Words, string Problem);

/// <summary>A recipe as it is written, with what is known of it.</summary>
/// <param name="Content">Hash of the recipe with its blocks and formula, what a signature holds for; empty when it cannot be read.</param>
/// <param name="Waits">The state that one person has put forward and another has yet to sign: experimental or approved, with its bounds; empty when none waits.</param>
public sealed record RecipeSeen(RecipeEntry Entry, string Text, string Content, string Waits, IReadOnlyList<SignatureSeen> History, RecipeChecked Checked);

/// <param name="Chart">The procedure as SVG; empty when the text cannot be read.</param>
/// <param name="Changes">Against the stored file, in process words.</param>
public sealed record RecipeChecked(IReadOnlyList<FindingSeen> Findings, string Chart, IReadOnlyList<string> Changes);

/// <summary>A finding of <c>crm lint</c>.</summary>
/// <param name="File">Another file that the recipe names; empty: the recipe itself.</param>
/// <param name="Advice">Worth a look, and no mistake.</param>
public sealed record FindingSeen(string File, int Line, int Column, bool Advice, string Code, string Message, string Remedy);

/// <param name="At">yyyy-MM-dd HH:mm, UTC.</param>
/// <param name="Act">experimental, approved, retired or started.</param>
/// <param name="Terms">Bounds of a trial; else empty.</param>
/// <param name="Reason">Of a start: the batch.</param>
/// <param name="Present">It was signed for the content as it is now.</param>
public sealed record SignatureSeen(string At, string By, IReadOnlyList<string> Roles, string Act, string Terms, string Reason, bool Present);

/// <summary>Has a text judged as if it stood in a file.</summary>
public sealed record RecipeText
{
    /// <summary>File whose place and neighbours it has.</summary>
    public required string File { get; init; }

    public required string Text { get; init; }
}

/// <summary>Keeps a text as a draft; never over one that is signed or that a batch runs on.</summary>
public sealed record SaveDraft : CommandRequest
{
    /// <summary>Letters, digits and '-'; its file is <c>drafts/NAME.yaml</c>.</summary>
    public required string Name { get; init; }

    /// <summary>File it was made from: what that names beside it is kept with the draft.</summary>
    public required string File { get; init; }

    public required string Text { get; init; }
}

/// <summary>A person's signature under the state of a recipe: the password, entered for this one act.</summary>
public sealed record SignRecipe : CommandRequest
{
    public required string File { get; init; }

    /// <summary>What the person looked at; refused when the recipe is another by now.</summary>
    public required string Content { get; init; }

    /// <summary>experimental, approved or retired.</summary>
    public required string State { get; init; }

    /// <summary>experimental: narrower ranges of formula values, <c>"charge": "2..2.5 kg"</c>. A second person leaves bounds away.</summary>
    public IReadOnlyDictionary<string, string>? Limits { get; init; }

    public int? Batches { get; init; }

    /// <summary>yyyy-MM-dd.</summary>
    public string? Until { get; init; }

    public string Password { get; init; } = "";
}

/// <summary>Runs a recipe on a twin beside the plant.</summary>
public sealed record NewDryRun : CommandRequest
{
    public required string File { get; init; }
}

/// <summary>A recipe run on a twin in a process of its own, and what it predicts.</summary>
/// <param name="State">running, done, failed or stopped.</param>
/// <param name="Text">How it ended, in words.</param>
/// <param name="Seconds">Wall time so far, or that it took.</param>
/// <param name="Hours">Plant time of the batch.</param>
/// <param name="Recovery">Fraction of the main element in the product.</param>
/// <param name="Water">L of fresh water drawn.</param>
/// <param name="Product">kg.</param>
public sealed record DryRunSeen(
    int Number, string File, string Title, string By, string State, string Text, double Seconds, bool? InSpecification, string Grade, string Element, double? Recovery, double? LeastRecovery, double? Hours, double? Water,
    double? Product, IReadOnlyList<string> Doubts);
