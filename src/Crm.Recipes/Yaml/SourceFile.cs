using System.Collections.Immutable;
using System.Security.Cryptography;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.Yaml;

/// <summary>Opens a file, its format line and its kind; the same for every kind of file.</summary>
internal static class SourceFile
{
    /// <summary>The only format there is so far.</summary>
    public const int Format = 1;

    private static readonly ImmutableArray<string> kinds = ["rig", "recipe", "twin", "specification"];

    /// <summary>The file's bytes; null when it cannot be opened, which is reported at 1:1.</summary>
    public static byte[]? Bytes(string path, Findings findings)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            findings.Add(1, 1, DiagnosticCodes.FileMissing, "the file cannot be opened: " + problem.GetType().Name, "check the path");
            return null;
        }
    }

    /// <summary>SHA-256, lower-case hex.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Reads the head of a file of the given kind; null when there is no use in reading on.</summary>
    public static Fields? Open(ReadOnlySpan<byte> bytes, string kind, Findings findings)
    {
        if (YamlText.Read(bytes, findings) is not { } map) return null;
        Fields fields = new(map, findings, $"the {kind} file");
        string? other = fields.Has(kind) ? null : kinds.FirstOrDefault(k => map.Entries.Any(e => e.Key.Text == k && e.Value is YamlScalar));
        if (other is not null && kind != "twin")
        {
            findings.Add(map, DiagnosticCodes.FileKind, $"this is a {other} file, not a {kind} file");
            return null;
        }

        YamlNode? format = fields.Need("format");
        if (format is YamlScalar { Text: not "1" } or not (null or YamlScalar))
            findings.Add(format, DiagnosticCodes.FileFormat, "a format this version does not read", "expected 'format: 1'");
        return fields;
    }
}
