using System.Collections.Immutable;
using Crm.Host.Runs;
using Crm.Recipes.Diagnostics;

namespace Crm.Host.CommandLine;

/// <summary>What checking a set of files found, in the order of files and lines.</summary>
public sealed record FileCheck(int Files, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Checks each file as what its first keys say it is; folders are searched for <c>*.yaml</c>.</summary>
    public static FileCheck Of(IEnumerable<string> paths)
    {
        var findings = ImmutableArray.CreateBuilder<Diagnostic>();
        int files = 0;
        foreach (string path in paths.SelectMany(Expand))
        {
            files++;
            findings.AddRange(CheckFile(path));
        }

        return new FileCheck(files, findings.ToImmutable());
    }

    private static IEnumerable<string> Expand(string path)
    {
        if (!Directory.Exists(path)) return [path];
        var found = Directory.EnumerateFiles(path, "*.yaml", SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Contains("scenarios"))
            .Order(StringComparer.Ordinal)
            .ToArray();
        return found;
    }

    private static ImmutableArray<Diagnostic> CheckFile(string path) => KindOf(path) switch
    {
        "rig" => RigFiles.Rig(path).Diagnostics,
        "twin" => RigFiles.Twin(path).Diagnostics,
        "specification" => RigFiles.Specification(path).Diagnostics,
        _ => RigFiles.Recipe(path, null).Diagnostics,
    };

    /// <summary>The first key among those that name a kind of file; a file that names none is judged as a recipe and told so.</summary>
    private static string KindOf(string path)
    {
        try
        {
            foreach (string line in File.ReadLines(path).Take(200))
            {
                foreach (string kind in new[] { "rig", "twin", "specification", "recipe" })
                {
                    // A recipe names its rig too, but after its own name.
                    if (line.StartsWith(kind + ":", StringComparison.Ordinal)) return kind;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "recipe"; // the reader says what is wrong with the file
        }

        return "recipe";
    }
}
