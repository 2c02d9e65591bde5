using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Crm.Recipes.Diagnostics;
using Xunit;

namespace Crm.Host.Tests.ProcessChecks;

/// <summary>Every amount of the shipped recipes ten times too large or too small: no check throws, each finding has its place and words, and the worst slips are caught.</summary>
public sealed partial class ScaledNumbersTests
{
    public static TheoryData<string> Recipes => [.. Directory.EnumerateFiles(Path.Combine(EditedRecipe.Root, "recipes"), "*.yaml", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(Path.Combine(EditedRecipe.Root, "recipes"), f)).Where(f => f.Split(Path.DirectorySeparatorChar) is [not "shared", _]).Select(f => f[..^5]).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Recipes))]
    public void A_recipe_as_shipped_raises_nothing(string recipe) => Assert.Empty(new EditedRecipe(recipe).Check());

    [Theory]
    [MemberData(nameof(Recipes))]
    public void A_number_ten_times_off_never_breaks_the_checker(string recipe)
    {
        EditedRecipe original = new(recipe);
        int caught = 0, all = 0;
        foreach (string text in Scaled(original.Text))
        {
            ImmutableArray<Diagnostic> found = new EditedRecipe(recipe).Whole(text).Check();
            all++;
            if (!found.IsEmpty) caught++;
            Assert.All(found, d => Assert.True(d.Line >= 1 && d.Column >= 1 && d.Message.Length > 0 && DiagnosticCodes.All.ContainsKey(d.Code) && !d.Message.Contains("NaN", StringComparison.Ordinal) && !d.Message.Contains('∞'), d.ToString()));
            foreach (Diagnostic d in found.Take(1)) TestContext.Current.SendDiagnosticMessage(d.ToString());
        }

        TestContext.Current.SendDiagnosticMessage($"{recipe}: {caught} of {all} caught");
        Assert.True(all == 0 || caught > 0, recipe);
    }

    /// <summary>The recipe once for every formula value and factor, its range stretched so that only the chemistry can object.</summary>
    private static IEnumerable<string> Scaled(string text)
    {
        foreach (Match match in Parameter().Matches(text))
        {
            foreach (double factor in (double[])[10, 0.1])
            {
                double value = factor * Number(match.Groups["value"]), low = Number(match.Groups["low"]), high = Number(match.Groups["high"]);
                string changed = FormattableString.Invariant($"{{value: {value:0.######}{match.Groups["unit"].Value}, range: {Math.Min(low, value):0.######}..{Math.Max(high, value):0.######}");
                yield return text[..match.Index] + changed + text[(match.Index + match.Length)..];
            }
        }
    }

    private static double Number(Group group) => double.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{value: (?<value>[0-9.]+)(?<unit> (?:kg|L|kg/h|x stoichiometric|L/S|mol/L|L/h)|), range: (?<low>[0-9]+(?:\.[0-9]+)?)\.\.(?<high>[0-9]+(?:\.[0-9]+)?)")]
    private static partial Regex Parameter();
}
