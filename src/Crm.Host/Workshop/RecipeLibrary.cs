using System.Collections.Immutable;
using System.Globalization;
using Crm.Contracts;
using Crm.Host.Service;
using Crm.Plant.Procedure;
using Crm.Recipes.Approval;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Differences;

namespace Crm.Host.Workshop;

/// <summary>The recipes of a served rig as the API shows them. Any thread; read anew each time.</summary>
public static class RecipeLibrary
{
    private const int MostShown = 200;

    public static IReadOnlyList<RecipeEntry> List(RigService rig, RecipePlace place) => [.. RecipeShelf.Files(rig).Select(f => Entry(place, f.Name, f.Path))];

    /// <returns>Null when there is no such file.</returns>
    public static RecipeSeen? Read(RigService rig, RecipePlace place, string file)
    {
        if (RecipeShelf.PathOf(rig, file) is not { } path) return null;
        string text = File.ReadAllText(path);
        var (recipe, _) = place.Read(path);
        RecipeStanding standing = recipe is null ? RecipeStanding.Unknown : place.Approvals.Of(recipe, place.Rig);
        return new RecipeSeen(Entry(place, file, path), text, recipe?.ContentHash ?? "", Waits(standing), recipe is null ? [] : History(place, recipe), Check(place, path, text));
    }

    /// <summary>A text judged as if it stood in a file, drawn, and compared with what stands there.</summary>
    public static RecipeChecked Check(RecipePlace place, string path, string text)
    {
        RecipeOutline? now = place.Outline(path, text);
        return new RecipeChecked(
            [.. place.Check(path, text).Take(MostShown).Select(d => Finding(path, d))], RecipePlace.Chart(now), [.. RecipePlace.Changes(place.Outline(path), now).Take(MostShown)]);
    }

    /// <param name="path">File of the text that is shown.</param>
    internal static FindingSeen Finding(string path, Diagnostic d) => new(
        Path.GetFullPath(d.File) == Path.GetFullPath(path) ? "" : Path.GetFileName(d.File), d.Line, d.Column, d.IsAdvice, d.Code, d.Message, d.Remedy);

    private static RecipeEntry Entry(RecipePlace place, string file, string path)
    {
        bool isDraft = file.StartsWith(DraftFolder.Prefix, StringComparison.Ordinal);
        var (recipe, problems) = place.Read(path);
        if (recipe is null) return new RecipeEntry(file, isDraft, "", "", file, "", "", "", "", problems.FirstOrDefault() is { } first ? $"line {first.Line}: {first.Message}" : "it cannot be read");
        RecipeStanding standing = place.Approvals.Of(recipe, place.Rig);
        return new RecipeEntry(
            file, isDraft, recipe.Id, recipe.Version, recipe.Title, recipe.Product.Name, $"{recipe.Product.Specification.Name} {recipe.Product.Specification.Version}".Trim(), standing.Word, standing.Words, "");
    }

    private static string Waits(RecipeStanding standing) => standing.Proposed is { } open
        ? $"{open.Act.ToString().ToLowerInvariant()}{(open.Terms.Words.Length > 0 ? $" ({open.Terms.Words})" : "")}, put forward by {open.By}: {open.Reason}"
        : "";

    private static SignatureSeen[] History(RecipePlace place, ControlRecipe recipe)
    {
        ApprovedThing thing = ApprovalRoles.Thing(recipe, place.Rig.Version);
        ImmutableArray<ApprovalEntry> entries = place.Approvals.Read().Entries;
        return [.. entries.Where(e => e.Thing.Recipe == recipe.Id && e.Thing.Rig == recipe.Rig).Reverse().Take(MostShown).Select(e => new SignatureSeen(
            e.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), e.By, [.. e.Roles], e.Act.ToString().ToLowerInvariant(), e.Terms.Words, e.Reason, e.Thing.Is(thing)))];
    }
}
