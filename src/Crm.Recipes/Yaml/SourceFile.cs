using System.Security.Cryptography;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.Yaml;

/// <summary>Opens a file, its format line and its kind; the same for every kind of file.</summary>
internal static class SourceFile
{
    /// <summary>
    /// The file that another one names, from its folder. Null for what is no relative path to a <c>.yaml</c> file: a text that somebody sends to a controller reads
    /// no other file of the machine.
    /// </summary>
    public static string? Beside(string file, string name) =>
        Path.IsPathRooted(name) || !name.EndsWith(".yaml", StringComparison.Ordinal) ? null : Path.Combine(Path.GetDirectoryName(file) ?? "", name);

    /// <summary>The file's bytes; null when it cannot be opened.</summary>
    public static byte[]? Bytes(string path) => Bytes(path, new Findings(path));

    /// <summary>The file's bytes; null when it cannot be opened, which is reported at 1:1.</summary>
    public static byte[]? Bytes(string path, Findings findings)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            findings.Add(1, 1, DiagnosticCodes.FileMissing, "the file cannot be opened: " + Why(problem), "check the path");
            return null;
        }
    }

    private static string Why(Exception problem) => problem switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is none",
        UnauthorizedAccessException => "it is a folder, or reading it is not allowed",
        _ => "the path or the disk is at fault",
    };

    /// <summary>SHA-256, lower-case hex.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Reads the head of a file of the given kind; null when there is no use in reading on.</summary>
    public static Fields? Open(ReadOnlySpan<byte> bytes, string kind, Findings findings)
    {
        if (YamlText.Read(bytes, findings) is not { } map) return null;
        Fields fields = new(map, findings, $"the {kind} file");
        if (!fields.Has(kind) && SourceKind.Of(map) is { } other && other != kind)
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
