using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Crm.Hmi.Tests;

/// <summary>The table of Dutch words against the texts that use it (decision 18).</summary>
public partial class WordsTests
{
    private static readonly string Hmi = Path.Combine(Tree.Root, "src", "Crm.Hmi");

    private static readonly (string Topic, string English, string Dutch)[] Table = [.. Directory.EnumerateFiles(Path.Combine(Hmi, "words"), "*.json")
        .SelectMany(file => JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!.Select(w => (Path.GetFileName(file), w.Key, w.Value)))];

    [Fact]
    public void Every_Dutch_text_is_used()
    {
        // What the controller refuses at the sign-in page is the only text of it that has its Dutch here.
        string sources = string.Concat(Directory.EnumerateFiles(Path.Combine(Hmi, "web", "src"), "*.ts").Concat(Directory.EnumerateFiles(Path.Combine(Hmi, "Pages"), "*.razor"))
            .Concat(Directory.EnumerateFiles(Path.Combine(Hmi, "Server"), "*.cs")).Append(Path.Combine(Tree.Root, "src", "Crm.Host", "Access", "Gatehouse.cs")).Select(File.ReadAllText));

        Assert.Empty(Table.Where(w => !sources.Contains($"'{w.English.Replace("'", "\\'", StringComparison.Ordinal)}'", StringComparison.Ordinal) && !sources.Contains($"\"{w.English}\"", StringComparison.Ordinal)).Select(w => w.English));
    }

    [Fact]
    public void A_text_has_one_Dutch_with_the_same_places()
    {
        Assert.Empty(Table.GroupBy(w => w.English, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"{g.Key}: {string.Join(", ", g.Select(w => w.Topic))}"));
        Assert.Empty(Table.Where(w => string.IsNullOrWhiteSpace(w.Dutch) || !Places(w.English).SequenceEqual(Places(w.Dutch))).Select(w => $"{w.English} / {w.Dutch}"));
    }

    [Fact]
    public void Every_text_of_a_page_has_its_Dutch()
    {
        var known = Table.Select(w => w.English).ToHashSet(StringComparer.Ordinal);
        var asked = Directory.EnumerateFiles(Path.Combine(Hmi, "Pages"), "*.razor").SelectMany(f => Asked().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value))
            .Concat(Titles().Matches(File.ReadAllText(Path.Combine(Hmi, "Server", "HmiServer.cs"))).Select(m => m.Groups[1].Value)).ToList();

        Assert.True(asked.Count > 40);
        Assert.Empty(asked.Except(known, StringComparer.Ordinal));
    }

    /// <summary>The compiler of the modules refuses a text without its Dutch, or with values for places that it has not.</summary>
    [Fact]
    public async Task The_modules_compile()
    {
        using var compiler = Process.Start(new ProcessStartInfo("node", "node_modules/typescript/bin/tsc --noEmit -p .") { WorkingDirectory = Path.Combine(Hmi, "web"), RedirectStandardOutput = true })!;
        string said = await compiler.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await compiler.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(compiler.ExitCode == 0, said);
    }

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\bT(?:\.With\(|\[)""((?:[^""\\]|\\.)+)""")]
    private static partial Regex Asked();

    [GeneratedRegex(@"Page<\w+>\(app, ""[^""]+"", ""(\w+)""\)")]
    private static partial Regex Titles();
}
