using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Crm.Store.Journal;

/// <summary>The data of an event as one canonical line: JSON object, keys in ordinal order, no spaces.</summary>
internal static class EventText
{
    private static readonly JsonSerializerOptions Canonical = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(ImmutableSortedDictionary<string, string> data) =>
        data.Count == 0 ? "{}" : JsonSerializer.Serialize(new SortedDictionary<string, string>(data, StringComparer.Ordinal), Canonical);

    public static ImmutableSortedDictionary<string, string> Read(string text) =>
        (JsonSerializer.Deserialize<Dictionary<string, string>>(text) ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal);
}
