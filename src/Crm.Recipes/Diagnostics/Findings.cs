using System.Collections.Immutable;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Diagnostics;

/// <summary>Collects every mistake of one file.</summary>
public sealed class Findings(string file)
{
    /// <summary>A file with more mistakes than this is the wrong file; the rest is not listed.</summary>
    private const int Most = 500;

    private readonly List<Diagnostic> found = [];

    public string File { get; } = file;

    public int Count => found.Count;

    public void Add(YamlNode at, string code, string message, string remedy = "") => Add(at.Line, at.Column, code, message, remedy);

    /// <summary>A mistake inside a scalar, <paramref name="offset"/> characters from its beginning.</summary>
    public void AddInside(YamlScalar at, int offset, string code, string message, string remedy = "") =>
        Add(at.Line, at.IsOneLine ? at.TextColumn + offset : at.Column, code, message, remedy);

    public void Add(int line, int column, string code, string message, string remedy = "")
    {
        if (found.Count < Most) found.Add(new Diagnostic(File, line, column, code, message, remedy));
        else if (found.Count == Most) found.Add(new Diagnostic(File, line, column, DiagnosticCodes.FileTooMany, "more mistakes than are listed", ""));
    }

    public ImmutableArray<Diagnostic> InOrder() => [.. found.Distinct().OrderBy(d => d.Line).ThenBy(d => d.Column)];
}
