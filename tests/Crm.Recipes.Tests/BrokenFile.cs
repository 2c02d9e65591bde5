using System.Collections.Immutable;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.Tests;

/// <summary>One edit of a valid file, the code it must give and the line, found by a text that stands on it.</summary>
internal static class BrokenFile
{
    /// <summary>Replaces the first occurrence.</summary>
    public static string Edit(string text, string old, string replacement)
    {
        int at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"fixture: '{old}' is not in the file");
        return text[..at] + replacement + text[(at + old.Length)..];
    }

    public static int LineOf(string text, string marker)
    {
        int at = text.IndexOf(marker, StringComparison.Ordinal);
        Assert.True(at >= 0, $"fixture: '{marker}' is not in the edited file");
        return 1 + text.AsSpan(0, at).Count('\n');
    }

    /// <summary>The expected mistake must be there, at its line, and the object must not.</summary>
    public static void Refused<T>((T? Value, ImmutableArray<Diagnostic> Diagnostics) read, string code, int line)
        where T : class
    {
        string all = string.Join('\n', read.Diagnostics);
        Assert.True(read.Diagnostics.Any(d => d.Code == code && d.Line == line), $"expected {code} in line {line}, got:\n{all}");
        Assert.Null(read.Value);
        Assert.All(read.Diagnostics, d => Assert.Contains(d.Code, DiagnosticCodes.All.Keys));
        Assert.All(read.Diagnostics, d => Assert.Matches(@"^[^:]+:\d+:\d+: error [A-Z-]+: .+", d.ToString()));
    }
}
