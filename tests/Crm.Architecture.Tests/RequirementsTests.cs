using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Xunit;

namespace Crm.Architecture.Tests;

/// <summary>docs/requirements.md tells the truth: one row for every requirement, and every test it cites exists.</summary>
public partial class RequirementsTests
{
    private static readonly (string Family, int First, int Last)[] asked =
        [("S88", 3, 11), ("S88", 17, 27), ("SAF", 1, 19), ("SAF", 27, 33), ("NE", 1, 10), ("ALM", 1, 27)];

    private static readonly string root = LayerTests.FindRoot();

    private static readonly ImmutableArray<(string Id, string Row)> rows =
        [.. File.ReadLines(Path.Combine(root, "docs", "requirements.md")).Select(l => (Row().Match(l), l)).Where(x => x.Item1.Success).Select(x => (x.Item1.Groups[1].Value, x.l))];

    [Fact]
    public void Every_requirement_has_one_row()
    {
        string[] ids = [.. asked.SelectMany(a => Enumerable.Range(a.First, a.Last - a.First + 1).Select(n => $"{a.Family}-{n:00}"))];
        Assert.Equal(ids, rows.Select(r => r.Id));
    }

    [Fact]
    public void Every_test_that_is_cited_exists()
    {
        SortedSet<string> tests = Tests();
        Assert.True(tests.Count > 500, $"only {tests.Count} tests found");
        string[] missing = [.. rows.SelectMany(r => Cited().Matches(r.Row).Select(m => m.Groups[1].Value)).Distinct().Where(t => !tests.Contains(t))];
        Assert.Empty(missing);
    }

    /// <summary>Without a test a row says where it is told, or that it is not held.</summary>
    [Fact]
    public void A_row_without_a_test_says_so()
    {
        foreach ((string id, string row) in rows.Where(r => !Cited().IsMatch(r.Row)))
            Assert.True(row.Contains("not held", StringComparison.Ordinal) || row.Contains("see service.md", StringComparison.Ordinal), id);
    }

    /// <summary>Class.Method of every method with a Fact or Theory, read from the sources: this project cannot see the others' assemblies.</summary>
    private static SortedSet<string> Tests()
    {
        SortedSet<string> found = new(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(root, "tests"), "*.cs", SearchOption.AllDirectories))
        {
            string name = "";
            bool marked = false;
            foreach (string line in File.ReadLines(file))
            {
                if (Class().Match(line) is { Success: true } type) name = type.Groups[1].Value;
                marked |= Mark().IsMatch(line);
                if (!marked || Method().Match(line) is not { Success: true } method) continue;
                found.Add($"{name}.{method.Groups[1].Value}");
                marked = false;
            }
        }

        return found;
    }

    [GeneratedRegex(@"^\| ([A-Z0-9]+-\d\d) \|")]
    private static partial Regex Row();

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex Cited();

    [GeneratedRegex(@"^\s*(?:public|internal|private) .*\bclass (\w+)")]
    private static partial Regex Class();

    [GeneratedRegex(@"^\s*\[(Fact|Theory)\b")]
    private static partial Regex Mark();

    [GeneratedRegex(@"^\s*public (?:static )?(?:async )?(?:void|Task) (\w+)\(")]
    private static partial Regex Method();
}
