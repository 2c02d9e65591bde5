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

    public void Add(YamlNode at, string code, string message, string remedy = "") => Add(at.Origin, at.Line, at.Column, code, message, remedy);

    /// <summary>A mistake inside a scalar, <paramref name="offset"/> characters from its beginning.</summary>
    public void AddInside(YamlScalar at, int offset, string code, string message, string remedy = "") =>
        Add(at.Origin, at.Line, at.IsOneLine ? at.TextColumn + offset : at.Column, code, message, remedy);

    public void Add(int line, int column, string code, string message, string remedy = "") => Add(null, line, column, code, message, remedy);

    /// <summary>Mistakes of another file that was read along.</summary>
    public void Add(IEnumerable<Diagnostic> others)
    {
        foreach (Diagnostic other in others) Add(other);
    }

    private void Add(YamlOrigin? origin, int line, int column, string code, string message, string remedy) =>
        Add(new Diagnostic(origin?.File ?? File, line, column, code, origin is null ? message : $"{message} ({origin.Use})", remedy));

    private void Add(Diagnostic diagnostic)
    {
        if (found.Contains(diagnostic)) return;
        if (found.Count < Most) found.Add(diagnostic);
        else if (found.Count == Most) found.Add(diagnostic with { Code = DiagnosticCodes.FileTooMany, Message = "more mistakes than are listed", Remedy = "" });
    }

    /// <summary>Those of the file itself first, each file from top to bottom.</summary>
    public ImmutableArray<Diagnostic> InOrder() =>
        [.. found.OrderBy(d => d.File != File).ThenBy(d => d.File, StringComparer.Ordinal).ThenBy(d => d.Line).ThenBy(d => d.Column)];
}
