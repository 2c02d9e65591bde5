using System.Collections.Immutable;
using System.Text;
using Crm.Plant.Procedure;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Blocks;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.ProcessChecks;
using Crm.Recipes.Procedures;
using Crm.Recipes.Specifications;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Differences;

/// <param name="Steps">The change; null when something stands against it.</param>
/// <param name="Problems">Everything that stands against it: place, code and reason where it is a mistake of the text.</param>
/// <param name="Findings">Mistakes and advice, each with its place in the text.</param>
public sealed record RevisionRead(StepRevision? Steps, ImmutableArray<string> Problems, ImmutableArray<Diagnostic> Findings)
{
    internal static RevisionRead Refused(params ImmutableArray<string> problems) => new(null, problems, []);
}

/// <summary>Another text of the recipe that a running batch was started with, read as a change of its steps.</summary>
public static class RevisionText
{
    /// <summary>Characters of the longest text that is read.</summary>
    public const int Longest = 400_000;

    private const string Procedure = "procedure";

    /// <summary>Sections in which a batch that runs may get something new, though nothing else.</summary>
    private static readonly ImmutableArray<string> mayGrow = ["formula", "stoichiometry", "hazards"];

    /// <param name="frozen">What the batch runs on.</param>
    /// <param name="text">The whole file with the procedure, as it shall be. Blocks and specification are read from where they lie.</param>
    /// <param name="twin">For the checks of its chemistry; null: they know less.</param>
    public static RevisionRead Read(
        ControlRecipe frozen, string text, ImmutableArray<UnitOperationDescription> operations, RigDefinition rig, TwinDefinition? twin)
    {
        if (frozen.Text.Length == 0) return RevisionRead.Refused("the recipe of this batch came from no file: its steps cannot be changed");
        if (text.Length > Longest) return RevisionRead.Refused($"the text has {text.Length} characters; {Longest} at most");
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        (ControlRecipe? read, ImmutableArray<Diagnostic> found, _, RecipeReader? reader) = RecipeFile.ReadAll(frozen.File, bytes, operations, rig, SpecificationFile.Read, null, frozen.Slots);
        if (read is null) return new RevisionRead(null, [.. found.Select(Words)], found);
        RecipeOutline? was = Outline(frozen.File, Encoding.UTF8.GetBytes(frozen.Text), operations, rig);
        if (was?.Recipe.ProcedureHash != frozen.ProcedureHash) return RevisionRead.Refused($"what {Path.GetFileName(frozen.File)} names (blocks, specification) is not as it was when the batch began: put it back, or its steps cannot be compared");
        ImmutableArray<RecipeChange> changes = RecipeComparison.Of(was, Outline(frozen.File, bytes, operations, rig)!);
        ImmutableArray<string> fixedNow = [.. changes.Where(c => !MayChange(c)).Select(Refusal)];
        if (fixedNow.Length > 0) return RevisionRead.Refused(fixedNow);
        ControlRecipe revised = Revised(frozen, read);
        ImmutableArray<Diagnostic> checks = ProcessCheck.Of(frozen.File, revised, rig, twin, reader?.Places);
        ImmutableArray<string> problems = [.. checks.Where(c => !c.IsAdvice).Select(Words)];
        return new RevisionRead(problems.Length > 0 ? null : new StepRevision(revised, frozen.ProcedureHash, [.. Steps(changes)], [.. checks.Select(Words)]), problems, checks);
    }

    /// <summary>The recipe that a batch runs on after a change that is on record: reads the text as it was accepted, and asks nothing more.</summary>
    /// <param name="hash">Hash of the procedure after the change, from the record.</param>
    /// <returns>Null when blocks or specification are not as they were then.</returns>
    public static ControlRecipe? Again(ControlRecipe started, string text, string hash, ImmutableArray<UnitOperationDescription> operations, RigDefinition rig)
    {
        ControlRecipe? read = RecipeFile.ReadAll(started.File, Encoding.UTF8.GetBytes(text), operations, rig, SpecificationFile.Read, null, started.Slots).Recipe;
        return read is not null && Revised(started, read) is var revised && revised.ProcedureHash == hash ? revised : null;
    }

    /// <summary>What the batch began with stays: product, its specification, values, equipment. The procedure, and what is new for it, are those of the text.</summary>
    private static ControlRecipe Revised(ControlRecipe frozen, ControlRecipe read) => frozen with
    {
        Version = frozen.ProcedureOf.Length > 0 ? frozen.Version : read.Version,
        Procedure = read.Procedure,
        Slots = read.Slots,
        Formula = [.. frozen.Formula, .. read.Formula.Where(p => frozen.Formula.All(f => f.Name != p.Name))],
        Demands = read.Demands,
        Hazards = read.Hazards,
        Text = read.Text,
        ProcedureHash = read.ProcedureHash,
        ContentHash = frozen.ProcedureOf.Length > 0 ? SourceFile.Hash(Encoding.UTF8.GetBytes(string.Join('\n', frozen.Id, frozen.Version, read.ProcedureHash))) : read.ContentHash,
    };

    private static bool MayChange(RecipeChange change) =>
        change.Section == Procedure
        || (change.Section == "head" && change.Subject is "version" or "title")
        || (mayGrow.Contains(change.Section) && change.Kind == ChangeKind.Added);

    private static string Refusal(RecipeChange change) => change.Section == "formula"
        ? $"{ComparisonText.Line(change)}: a value is changed by its own proposal, and only where the recipe declares it adjustable"
        : $"{change.Section}: {ComparisonText.Line(change)}: a batch that runs keeps what it began with; only steps to come may change";

    private static IEnumerable<StepChange> Steps(ImmutableArray<RecipeChange> changes) => changes.Where(c => c.Section == Procedure).Select(c => new StepChange(
        c.Before,
        c.Kind == ChangeKind.Removed ? "" : c.Subject,
        ComparisonText.Line(c)));

    private static string Words(Diagnostic finding) => (finding with { File = Path.GetFileName(finding.File) }).ToString();

    private static RecipeOutline? Outline(string path, byte[] bytes, ImmutableArray<UnitOperationDescription> operations, RigDefinition rig) =>
        OutlineFile.Read(path, operations, rig, other => other == path ? bytes : SourceFile.Bytes(other)).Value;
}
