using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Crm.Host.Tests.Api;

/// <summary>Requests that no page of ours would send: begun as a right one of an endpoint, then damaged.</summary>
internal sealed class MalformedRequest(Random random, IReadOnlyList<string> names)
{
    private static readonly string[] junk =
        ["", " ", "\0", "..", "../../etc/passwd", "%00", "%2e%2e%2f", "'; DROP TABLE events; --", "<script>alert(1)</script>", "𝕃𝕚₂ℂ𝕆₃", "\ud800", "null", "NaN", "-0", "1e999", "leach.agitator\r\nX: y", new('a', 5000)];

    private static readonly string[] numbers = ["0", "-1", "1e308", "-1e308", "1e-320", "99999999999999999999999", "0.1.2", "00", "+1", "Infinity", "1e999", "9223372036854775808"];

    private static readonly string[] contents = ["application/json", "application/json; charset=utf-16", "text/plain", "application/xml", "multipart/form-data", "", "application/octet-stream"];

    public HttpRequestMessage Of(RouteEndpoint endpoint)
    {
        string method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET";
        if (OneIn(25)) method = Pick(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "BREW"]);
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Path(endpoint), UriKind.Relative));
        var body = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
        if (body is not null || OneIn(20)) request.Content = Content(body ?? typeof(string));
        if (OneIn(20)) request.Headers.TryAddWithoutValidation(Pick(["Range", "Expect", "If-Match", "Upgrade", "Sec-WebSocket-Key", "X-Forwarded-For", "Accept"]), Pick(["bytes=9-1", "*/*;q=x", "websocket", "dGhlIHNhbXBsZQ==", "::", new string('h', 3000)]));
        return request;
    }

    /// <summary>Bytes that are hardly a request at all.</summary>
    public byte[] Bytes()
    {
        byte[] noise = new byte[random.Next(1, 400)];
        random.NextBytes(noise);
        return random.Next(5) switch
        {
            0 => noise,
            1 => Encoding.ASCII.GetBytes("POST /api/v1/rigs/lithium-pilot/batch/start HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n\r\n{"),
            2 => Encoding.ASCII.GetBytes("POST /api/v1/rigs/lithium-pilot/batch/start HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n"),
            3 => Encoding.ASCII.GetBytes($"GET /{new string('a', random.Next(20_000))} HTTP/1.1\r\nHost: x\r\n\r\n"),
            _ => [.. Encoding.ASCII.GetBytes("GET /health HTTP/1.1\r\n"), .. noise, .. "\r\n\r\n"u8],
        };
    }

    private string Path(RouteEndpoint endpoint)
    {
        var parts = endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "rig" } => OneIn(8) ? Escaped(Word()) : "lithium-pilot",
            _ => Escaped(OneIn(3) ? Word() : Pick(names)),
        })));
        string path = "/" + string.Join('/', parts);
        string query = "";
        for (int i = random.Next(OneIn(3) ? 6 : 1); i > 0; i--)
            query += (query.Length == 0 ? "?" : "&") + Pick(["tags", "from", "to", "columns", "batch", "after", "unit", "operation", "output", "x"]) + "=" + Escaped(OneIn(2) ? Pick(numbers) : OneIn(2) ? Pick(names) : Word());
        return path + query;
    }

    private ByteArrayContent Content(Type type)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Value(type, 0));
        switch (random.Next(8))
        {
            case 0 when bytes.Length > 2:
                bytes = bytes[..random.Next(bytes.Length)];
                break;
            case 1 when bytes.Length > 2:
                for (int i = random.Next(1, 6); i > 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                break;
            case 2:
                bytes = Encoding.UTF8.GetBytes(new string('[', random.Next(1, 2000)));
                break;
            case 3 when OneIn(60):
                bytes = new byte[300 * 1024];
                break;
        }

        var content = new ByteArrayContent(bytes);
        string kind = OneIn(6) ? Pick(contents) : contents[0];
        if (kind.Length > 0) content.Headers.TryAddWithoutValidation("Content-Type", kind);
        return content;
    }

    /// <summary>JSON of a type: mostly what it asks for, now and then something else.</summary>
    private string Value(Type asked, int depth)
    {
        var type = Nullable.GetUnderlyingType(asked) ?? asked;
        if (OneIn(12) || depth > 4) return Pick(["null", "[]", "{}", "true", "\"\"", "[[]]", Pick(numbers), Quoted(Word())]);
        if (type == typeof(string)) return Quoted(OneIn(3) ? Word() : OneIn(2) ? Pick(names) : "x" + random.Next(100_000).ToString(CultureInfo.InvariantCulture));
        if (type == typeof(bool)) return OneIn(2) ? "true" : "false";
        if (type == typeof(DateTimeOffset)) return OneIn(2) ? Quoted("2026-11-22T03:00:00Z") : Quoted(DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture));
        if (type.IsPrimitive) return OneIn(3) ? Pick(numbers) : random.Next(-10, 200).ToString(CultureInfo.InvariantCulture);
        if (type.IsGenericType && type.GetGenericArguments() is [var key, var value] && key == typeof(string))
            return "{" + string.Join(',', Enumerable.Range(0, random.Next(5)).Select(_ => $"{Quoted(OneIn(2) ? Pick(names) : Word())}:{Value(value, depth + 1)}")) + "}";
        if (type.IsGenericType && type.GetGenericArguments() is [var item]) return "[" + string.Join(',', Enumerable.Range(0, random.Next(5)).Select(_ => Value(item, depth + 1))) + "]";
        var fields = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(_ => !OneIn(10)).Select(p => $"{Quoted(JsonNamingPolicy.CamelCase.ConvertName(p.Name))}:{Value(p.PropertyType, depth + 1)}").ToList();
        if (OneIn(5)) fields.Add($"{Quoted(Word())}:{Pick(numbers)}");
        return "{" + string.Join(',', fields) + "}";
    }

    private string Word() => OneIn(4) ? new([.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => (char)random.Next(1, 0x2FFF))]) : Pick(junk);

    private string Quoted(string text) => OneIn(15) ? "\"" + text + "\"" : JsonSerializer.Serialize(text.Replace("\ud800", "?", StringComparison.Ordinal));

    private static string Escaped(string text) => Uri.EscapeDataString(text.Replace("\ud800", "?", StringComparison.Ordinal));

    private bool OneIn(int cases) => random.Next(cases) == 0;

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
