using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Crm.Plant.Balances;
using Crm.Plant.Lots;
using Crm.Plant.Twins;

namespace Crm.Host.Reports;

/// <summary>How this program's JSON files are written: indented, a schema number first, six significant digits, null where something is not known.</summary>
internal static class JsonFile
{
    public static byte[] Write(int schema, Action<Utf8JsonWriter> content)
    {
        using var bytes = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(bytes, options))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", schema);
            content(json);
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    /// <summary>What a run had otherwise than the twin file whose hash it names.</summary>
    public static void Change(this Utf8JsonWriter json, TwinChange change) => json.Object(null, () =>
    {
        json.WriteString("name", change.Name);
        json.WriteString("value", change.Value);
        json.WriteString("by", change.By);
    });

    public static void Object(this Utf8JsonWriter json, string? key, Action content)
    {
        if (key is null) json.WriteStartObject();
        else json.WriteStartObject(key);
        content();
        json.WriteEndObject();
    }

    public static void Array<T>(this Utf8JsonWriter json, string key, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(key);
        foreach (var item in items) write(item);
        json.WriteEndArray();
    }

    public static void Figure(this Utf8JsonWriter json, string key, double? value)
    {
        json.WritePropertyName(key);
        if (value is { } number && double.IsFinite(number)) json.WriteRawValue(Digits(number));
        else json.WriteNullValue();
    }

    public static void Measured(this Utf8JsonWriter json, string key, Measured measured) => json.Object(key, () =>
    {
        json.Figure("value", measured.Value);
        json.Figure("u", measured.U);
    });

    private static string Digits(double number) => number == 0 ? "0" : number.ToString("G6", CultureInfo.InvariantCulture);
}
