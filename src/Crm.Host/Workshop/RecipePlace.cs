using System.Collections.Immutable;
using System.Text;
using Crm.Host.Approvals;
using Crm.Host.CommandLine;
using Crm.Host.Runs;
using Crm.Plant.Procedure;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Blocks;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Differences;
using Crm.Recipes.Graphs;
using Crm.Recipes.Procedures;

namespace Crm.Host.Workshop;

/// <summary>Where the recipes of a served rig lie and are judged, away from its controller: library, drafts, signatures. Any thread; it holds no state.</summary>
/// <param name="RigFolder">Folder of the rig and its twin.</param>
/// <param name="Library">Folder of the recipes.</param>
/// <param name="Data">Data folder of the controller.</param>
public sealed record RecipePlace(RigDefinition Rig, TwinDefinition Twin, string RigFolder, string Library, string Data, ApprovalStore Approvals)
{
    public DraftFolder Drafts { get; } = new(Path.Combine(Data, "drafts", Rig.Name));

    /// <summary>That of a recipe; null when its rig's folder is not found any more.</summary>
    public static RecipePlace? Of(RunInputs inputs, string? rigAsked, string data, ApprovalStore approvals)
    {
        if (Places.RigFolder(rigAsked ?? inputs.Rig.Name, inputs.RecipePath, out _) is not { } folder || Path.GetDirectoryName(inputs.RecipePath) is not { } library) return null;
        return new RecipePlace(inputs.Rig, inputs.Twin, Path.GetFullPath(folder), Path.GetFileName(library) == "formulas" ? Path.GetDirectoryName(library)! : library, Path.GetFullPath(data), approvals);
    }

    public (ControlRecipe? Recipe, ImmutableArray<Diagnostic> Problems) Read(string path) => RecipeFile.Read(path, UnitOperationCatalogue.Descriptions, Rig);

    /// <summary>What <c>crm lint</c> finds in a text that stands in a file.</summary>
    public ImmutableArray<Diagnostic> Check(string path, string text) => RecipeFile.Check(path, Encoding.UTF8.GetBytes(text), UnitOperationCatalogue.Descriptions, Rig, Twin);

    /// <summary>The recipe as it is written; null when it cannot be read.</summary>
    /// <param name="text">Instead of what stands in the file; null: that.</param>
    public RecipeOutline? Outline(string path, string? text = null) => OutlineFile.Read(path, UnitOperationCatalogue.Descriptions, Rig, Reader(path, text)).Value;

    public static string Chart(RecipeOutline? outline) => outline is null ? "" : SvgChart.Of(ChartBuilder.Of(outline));

    /// <summary>The chart of what a batch runs on, with its values; null when it came from no file, or what that names is not as it was when the batch began.</summary>
    public string? Chart(ControlRecipe frozen) =>
        frozen.Text.Length > 0 && Outline(frozen.File, frozen.Text) is { } master && master.Recipe.ProcedureHash == frozen.ProcedureHash ? Chart(OutlineFile.With(frozen, master)) : null;

    /// <summary>What differs, in process words.</summary>
    public static ImmutableArray<string> Changes(RecipeOutline? was, RecipeOutline? now)
    {
        if (was is null || now is null) return [];
        ImmutableArray<RecipeChange> changes = RecipeComparison.Of(was, now);
        if (!changes.IsEmpty) return [.. ComparisonText.Text(changes).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        return was.Recipe.ContentHash == now.Recipe.ContentHash ? [] : ["the process is the same; only layout, comments or the order of keys differ"];
    }

    /// <summary>The file and every file it names, in the order they are read; of a text with mistakes as far as it could be read.</summary>
    public List<(string Path, byte[] Bytes)> Files(string path, string? text = null)
    {
        var files = new List<(string Path, byte[] Bytes)>();
        ReadBytes read = Reader(path, text);
        OutlineFile.Read(path, UnitOperationCatalogue.Descriptions, Rig, named =>
        {
            byte[]? bytes = read(named);
            if (bytes is not null && files.All(f => Path.GetFullPath(f.Path) != Path.GetFullPath(named))) files.Add((named, bytes));
            return bytes;
        });
        return files;
    }

    private static ReadBytes Reader(string path, string? text) => named =>
        text is not null && Path.GetFullPath(named) == Path.GetFullPath(path) ? Encoding.UTF8.GetBytes(text) : File.Exists(named) ? File.ReadAllBytes(named) : null;
}
