using System.Collections.Immutable;
using System.Reflection;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Diagnostics;

/// <summary>What <c>crm lint --explain</c> says of a code. The text is in <c>Explanations/*.yaml</c>; the meaning is that of <see cref="DiagnosticCodes.All"/>.</summary>
/// <param name="Why">Why it matters on a plant.</param>
/// <param name="Wrong">Short example that gives the finding.</param>
/// <param name="Right">The same example, mended.</param>
/// <param name="From">Requirement it comes from: an ID such as <c>SAF-18</c>, or words.</param>
public sealed record CodeExplanation(string Code, string Meaning, string Why, string Wrong, string Right, string From)
{
    private const string Folder = "explanations/";

    private static readonly ImmutableArray<string> keys = ["why", "wrong", "right", "from"];

    /// <summary>By code; read when first asked for.</summary>
    public static ImmutableSortedDictionary<string, CodeExplanation> All => read.Value;

    private static readonly Lazy<ImmutableSortedDictionary<string, CodeExplanation>> read = new(Read);

    /// <exception cref="InvalidDataException">A file of explanations is not as this version expects it: a mistake in the build, not in a user's file.</exception>
    private static ImmutableSortedDictionary<string, CodeExplanation> Read()
    {
        Assembly assembly = typeof(CodeExplanation).Assembly;
        var all = ImmutableSortedDictionary.CreateBuilder<string, CodeExplanation>(StringComparer.Ordinal);
        foreach (string file in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using Stream stream = assembly.GetManifestResourceStream(file)!;
            using MemoryStream bytes = new();
            stream.CopyTo(bytes);
            Findings findings = new(file);
            YamlMapping map = YamlText.Read(bytes.ToArray(), findings) ?? throw new InvalidDataException(string.Join('\n', findings.InOrder()));
            foreach (YamlEntry entry in map.Entries)
            {
                if (!all.TryAdd(entry.Key.Text, Of(file, entry))) throw new InvalidDataException($"{file}:{entry.Key.Line}: {entry.Key.Text} is explained twice");
            }
        }

        return all.ToImmutable();
    }

    private static CodeExplanation Of(string file, YamlEntry entry)
    {
        string code = entry.Key.Text;
        if (!DiagnosticCodes.All.TryGetValue(code, out string? meaning)) throw new InvalidDataException($"{file}:{entry.Key.Line}: there is no code {code}");
        string[] texts = entry.Value is YamlMapping map && map.Entries.Select(e => e.Key.Text).SequenceEqual(keys)
            ? [.. map.Entries.Select(e => (e.Value as YamlScalar)?.Text.TrimEnd() ?? "")]
            : throw new InvalidDataException($"{file}:{entry.Key.Line}: {code} needs {string.Join(", ", keys)}, in this order");
        return new CodeExplanation(code, meaning, texts[0], texts[1], texts[2], texts[3]);
    }
}
