using System.Collections.Immutable;

namespace Crm.Recipes.Differences;

/// <summary>What differs between two recipes, in process words. Layout, comments, the order of keys and other units of the same value are no difference.</summary>
public static class RecipeComparison
{
    /// <summary>Empty when the two ask for the same process.</summary>
    public static ImmutableArray<RecipeChange> Of(RecipeOutline old, RecipeOutline now) =>
        [.. Items(old.Items, now.Items), .. new StepComparison(old.Steps, now.Steps).Changes()];

    private static IEnumerable<RecipeChange> Items(ImmutableArray<RecipeItem> old, ImmutableArray<RecipeItem> now)
    {
        var before = old.DistinctBy(i => (i.Section, i.Name)).ToDictionary(i => (i.Section, i.Name));
        var after = now.DistinctBy(i => (i.Section, i.Name)).ToDictionary(i => (i.Section, i.Name));
        foreach (string section in old.Concat(now).Select(i => i.Section).Distinct(StringComparer.Ordinal))
        {
            foreach (RecipeItem gone in old.Where(i => i.Section == section && !after.ContainsKey((section, i.Name))))
                yield return new RecipeChange(section, ChangeKind.Removed, gone.Name, "", "", Summary(gone.Facts), null);
            foreach (RecipeItem item in now.Where(i => i.Section == section))
            {
                if (!before.TryGetValue((section, item.Name), out RecipeItem? was)) yield return new RecipeChange(section, ChangeKind.Added, item.Name, "", "", null, Summary(item.Facts));
                else
                    foreach ((string aspect, string? from, string? to) in Facts(was.Facts, item.Facts))
                        yield return new RecipeChange(section, ChangeKind.Changed, item.Name, "", aspect, from, to);
            }
        }
    }

    /// <summary>Aspects whose words differ; null where one side does not have the aspect.</summary>
    internal static IEnumerable<(string Aspect, string? Was, string? Is)> Facts(ImmutableArray<RecipeFact> old, ImmutableArray<RecipeFact> now)
    {
        var before = old.DistinctBy(f => f.Aspect).ToDictionary(f => f.Aspect, f => f.Words, StringComparer.Ordinal);
        var after = now.DistinctBy(f => f.Aspect).ToDictionary(f => f.Aspect, f => f.Words, StringComparer.Ordinal);
        foreach (string aspect in old.Concat(now).Select(f => f.Aspect).Distinct(StringComparer.Ordinal))
        {
            string? was = before.GetValueOrDefault(aspect), so = after.GetValueOrDefault(aspect);
            if (was is null || so is null || !WrittenValue.Same(was, so)) yield return (aspect, was, so);
        }
    }

    internal static string Summary(ImmutableArray<RecipeFact> facts) => string.Join("; ", facts.Select(f => $"{f.Aspect} {f.Words}".Trim()));
}
