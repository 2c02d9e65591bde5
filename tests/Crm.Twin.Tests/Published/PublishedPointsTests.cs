using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace Crm.Twin.Tests.Published;

/// <summary>
/// The tables of published points in docs/physics.md say what the model makes of them today. <c>CRM_WRITE_POINTS=1</c> writes their figures anew.
/// </summary>
public sealed partial class PublishedPointsTests(ITestOutputHelper output)
{
    private static readonly (string Title, PublishedPoint[] Points)[] Tables =
        [("Lithium", LithiumPoints.All), ("Germanium", OtherPoints.Germanium), ("Vanadium", OtherPoints.Vanadium), ("Manganese", OtherPoints.Manganese), ("Rare earths", RareEarthPoints.All), ("Not on any rig", OtherPoints.Others)];

    public static TheoryData<string> Titles => [.. Tables.Select(t => t.Title)];

    [Theory]
    [MemberData(nameof(Titles))]
    public void The_page_says_what_the_model_gets(string title)
    {
        PublishedPoint[] points = Tables.First(t => t.Title == title).Points;
        double[] got = [.. points.Select(p => p.Got?.Invoke() ?? double.NaN)];
        string[] rows = [.. points.Select((p, i) => p.Row(got[i]))];
        foreach (string row in rows) output.WriteLine(row);
        if (Environment.GetEnvironmentVariable("CRM_WRITE_POINTS") == "1") Write(title, rows);
        string[] page = Rows(title);
        Assert.Equal(points.Length, page.Length);
        for (int i = 0; i < points.Length; i++) Same(points[i], rows[i], page[i]);
        for (int i = 0; i < points.Length; i++) Stands(points[i], got[i]);
    }

    /// <summary>A word that has become too modest is as wrong as one that boasts.</summary>
    private static void Stands(PublishedPoint point, double got)
    {
        if (point.Got is null) return;
        Assert.True(double.IsFinite(got), point.Quantity);
        bool there = got >= point.Low && got <= point.High;
        Assert.True(there == point.Standing is Standing.Agrees or Standing.Set, $"{point.Quantity}: got {got}, published {point.Low} to {point.High}, but the word is {point.Standing}");
    }

    /// <summary>All but the figure to the letter; the figure to one unit of the last digit that the page prints.</summary>
    private static void Same(PublishedPoint point, string row, string page)
    {
        Assert.Equal(Number().Replace(row, "#", 1, point.Key.Length), Number().Replace(page, "#", 1, Math.Min(page.Length, point.Key.Length)));
        if (point.Got is null) return;
        string now = Number().Match(row, point.Key.Length).Value, printed = Number().Match(page, point.Key.Length).Value;
        int decimals = printed.Contains('.', StringComparison.Ordinal) ? printed.Length - printed.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        double gap = Math.Abs(double.Parse(now, CultureInfo.InvariantCulture) - double.Parse(printed, CultureInfo.InvariantCulture));
        Assert.True(gap <= 1.001 * Math.Pow(10, -decimals), $"{point.Quantity}: the page says {printed}, the model gets {now}; look at why, then CRM_WRITE_POINTS=1");
    }

    private static string Page([CallerFilePath] string here = "")
    {
        DirectoryInfo? directory = new(Directory.Exists(Path.GetDirectoryName(here)) ? Path.GetDirectoryName(here)! : AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Crm.sln"))) directory = directory.Parent;
        return Path.Combine(directory?.FullName ?? throw new DirectoryNotFoundException("Crm.sln"), "docs", "physics.md");
    }

    private static string[] Rows(string title) => [.. File.ReadAllLines(Page()).SkipWhile(l => l != "### " + title).SkipWhile(l => !l.StartsWith("|-", StringComparison.Ordinal)).Skip(1).TakeWhile(l => l.StartsWith('|'))];

    private static void Write(string title, string[] rows)
    {
        List<string> lines = [.. File.ReadAllLines(Page())];
        int at = lines.FindIndex(lines.IndexOf("### " + title), l => l.StartsWith("|-", StringComparison.Ordinal)) + 1;
        while (at < lines.Count && lines[at].StartsWith('|')) lines.RemoveAt(at);
        lines.InsertRange(at, rows);
        File.WriteAllText(Page(), string.Join('\n', lines) + "\n");
    }

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex Number();
}
