using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Crm.Twin.Checks;

public enum JsonKind
{
    Object,
    Array,
    Text,
    Number,
    Other,
}

/// <summary>A JSON value that knows where it stands; objects keep their order and refuse a repeated name.</summary>
public sealed record JsonValue(JsonKind Kind, JsonPlace Place, string Text, double Number, ImmutableArray<JsonValue> Items, ImmutableArray<JsonMember> Members)
{
    public JsonValue? this[string name] => Members.FirstOrDefault(m => m.Name == name)?.Value;

    /// <summary>What it is, for a message.</summary>
    public string Called => Kind switch
    {
        JsonKind.Object => "an object",
        JsonKind.Array => "an array",
        JsonKind.Text => $"the text \"{Text}\"",
        JsonKind.Number => "the number " + Text,
        _ => Text,
    };
}

public sealed record JsonMember(string Name, JsonPlace Place, JsonValue Value);

/// <summary>Reads JSON with places: strict, no comments, no trailing commas.</summary>
internal static class JsonNodes
{
    /// <exception cref="CaseFileException">Not JSON; with the place.</exception>
    public static JsonValue Read(byte[] bytes)
    {
        ReadOnlySpan<byte> content = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(3) : bytes;
        Utf8JsonReader reader = new(content);
        Lines lines = new(content);
        try
        {
            reader.Read();
            var value = Value(ref reader, lines);
            while (reader.Read())
            {
            }
            return value;
        }
        catch (JsonException e)
        {
            var place = new JsonPlace((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
            throw new CaseFileException("CASE01", place, "this is not JSON: " + Reason(e.Message));
        }
    }

    private static JsonValue Value(ref Utf8JsonReader reader, Lines lines)
    {
        var place = lines.At(reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return Object(ref reader, lines, place);
            case JsonTokenType.StartArray:
                var items = ImmutableArray.CreateBuilder<JsonValue>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(Value(ref reader, lines));
                return new JsonValue(JsonKind.Array, place, "", 0, items.ToImmutable(), []);
            case JsonTokenType.String:
                return new JsonValue(JsonKind.Text, place, reader.GetString()!, 0, [], []);
            case JsonTokenType.Number:
                string digits = Encoding.ASCII.GetString(reader.ValueSpan);
                double number = double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
                if (!double.IsFinite(number)) throw new CaseFileException("CASE01", place, $"the number {digits} is too large");
                return new JsonValue(JsonKind.Number, place, digits, number, [], []);
            default:
                return new JsonValue(JsonKind.Other, place, Encoding.ASCII.GetString(reader.ValueSpan), 0, [], []);
        }
    }

    private static JsonValue Object(ref Utf8JsonReader reader, Lines lines, JsonPlace place)
    {
        var members = ImmutableArray.CreateBuilder<JsonMember>();
        HashSet<string> names = new(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string name = reader.GetString()!;
            var where = lines.At(reader.TokenStartIndex);
            if (!names.Add(name)) throw new CaseFileException("CASE01", where, $"\"{name}\" stands twice in the same object");
            reader.Read();
            members.Add(new JsonMember(name, where, Value(ref reader, lines)));
        }
        return new JsonValue(JsonKind.Object, place, "", 0, [], members.ToImmutable());
    }

    /// <summary>The first sentence of the parser's message, without its own account of the place.</summary>
    private static string Reason(string message)
    {
        int end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).TrimEnd('.', ' ');
    }

    private sealed class Lines
    {
        private readonly List<int> starts = [0];

        public Lines(ReadOnlySpan<byte> content)
        {
            for (int i = 0; i < content.Length; i++)
            {
                if (content[i] == '\n') starts.Add(i + 1);
            }
        }

        public JsonPlace At(long offset)
        {
            int line = starts.BinarySearch((int)offset);
            if (line < 0) line = ~line - 1;
            return new JsonPlace(line + 1, (int)offset - starts[line] + 1);
        }
    }
}
