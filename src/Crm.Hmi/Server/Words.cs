using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Crm.Hmi.Server;

/// <summary>The HMI's own words in the language of whoever reads them. The English text is the key; the Dutch is the table in <c>words/</c> that the browser's modules read too.</summary>
public sealed class Words
{
    private static readonly FrozenDictionary<string, string> Dutch = Read();

    private static readonly Words English = new(null), Nederlands = new(Dutch);

    private readonly FrozenDictionary<string, string>? table;

    private Words(FrozenDictionary<string, string>? table) => this.table = table;

    /// <summary>Every English text that has its Dutch.</summary>
    public static IEnumerable<string> Known => Dutch.Keys;

    public static Words In(string language) => language == Choice.Dutch ? Nederlands : English;

    public string this[string english] => table is not null && table.TryGetValue(english, out string? own) ? own : english;

    /// <summary>A text with values in its places.</summary>
    public string With(string english, params object?[] values) => string.Format(CultureInfo.InvariantCulture, this[english], values);

    private static FrozenDictionary<string, string> Read()
    {
        var assembly = typeof(Words).Assembly;
        return assembly.GetManifestResourceNames().Where(n => n.EndsWith(".json", StringComparison.Ordinal)).SelectMany(name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
        }).ToFrozenDictionary(StringComparer.Ordinal);
    }
}
