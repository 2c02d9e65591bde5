using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Twin.Checks;

namespace Crm.Host.CommandLine;

/// <summary>Results of physics cases: a table for people, JSON for scripts.</summary>
public static class TwinCheckText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private const int WidestColumn = 40;    // a longer cell (an array) pushes its line to the right
    private static readonly string[] Header = ["case", "quantity", "expected", "got", "error", "allowed", "verdict"];

    /// <summary>One line per quantity; why a case gave nothing stands once, below its lines; the last line is the count.</summary>
    public static string Text(ImmutableArray<CaseResult> results)
    {
        var rows = results.SelectMany(r => r.Quantities.Select(Row)).ToArray();
        int[] widths = [.. Header.Select((title, i) => rows.Select(r => r[i].Length).Where(length => length <= WidestColumn).Append(title.Length).Max())];
        StringBuilder text = new();
        Append(text, Header, widths);
        foreach (var result in results)
        {
            foreach (var quantity in result.Quantities) Append(text, Row(quantity), widths);
            foreach (string note in Notes(result)) text.Append("  ").Append(result.Case.Id).Append(": ").AppendLine(note);
        }
        return text.AppendLine(Totals(results)).ToString();
    }

    public static string Json(string file, ImmutableArray<CaseResult> results)
    {
        int quantities = results.Sum(r => r.Quantities.Length), failed = results.Sum(r => r.Quantities.Count(q => !q.Passed));
        JsonObject root = new()
        {
            ["file"] = file,
            ["results"] = new JsonArray([.. results.SelectMany(r => r.Quantities).Select(q => (JsonNode)Quantity(q))]),
            ["remarks"] = new JsonArray([.. results.SelectMany(r => r.Remarks.Select(remark => (JsonNode)new JsonObject { ["id"] = r.Case.Id, ["remark"] = remark }))]),
            ["cases"] = results.Length,
            ["cases_passed"] = results.Count(r => r.Passed),
            ["quantities"] = quantities,
            ["passed"] = quantities - failed,
            ["failed"] = failed,
        };
        return root.ToJsonString(Indented) + Environment.NewLine;
    }

    private static string Totals(ImmutableArray<CaseResult> results)
    {
        int quantities = results.Sum(r => r.Quantities.Length), failed = results.Sum(r => r.Quantities.Count(q => !q.Passed)), broken = results.Count(r => !r.Passed);
        string inCases = broken == 0 ? "" : $" in {broken} {(broken == 1 ? "case" : "cases")}";
        return $"{results.Length} cases, {quantities} quantities: {quantities - failed} passed, {failed} failed{inCases}";
    }

    private static IEnumerable<string> Notes(CaseResult result) =>
        (result.Failure.Length > 0 ? [result.Failure] : result.Quantities.Where(q => q.Message.Length > 0).Select(q => $"{q.Expected.Quantity}: {q.Message}")).Concat(result.Remarks);

    private static string[] Row(QuantityResult q) =>
    [
        q.Case.Id, q.Expected.Quantity, Expected(q.Expected), q.Got is null ? "nothing" : Value(q.Got), q.Error is { } error ? Small(error) + (q.Expected.IsRelative ? " rel" : " abs") : "-",
        q.Expected.Text is null ? Small(q.Expected.Tolerance) : "same", q.Passed ? "pass" : "fail",
    ];

    private static void Append(StringBuilder text, string[] cells, int[] widths)
    {
        for (int i = 0; i < cells.Length - 1; i++) text.Append(cells[i].PadRight(widths[i] + 2));
        text.AppendLine(cells[^1]);
    }

    private static JsonObject Quantity(QuantityResult q) => new()
    {
        ["id"] = q.Case.Id,
        ["model"] = q.Case.Model,
        ["quantity"] = q.Expected.Quantity,
        ["expected"] = q.Expected.Text is { } text ? text : q.Expected.IsArray ? new JsonArray([.. q.Expected.Values.Select(Finite)]) : q.Expected.Values[0],
        ["got"] = q.Got switch
        {
            string word => word,
            double number => Finite(number),
            ImmutableArray<double> array => new JsonArray([.. array.Select(Finite)]),
            _ => null,
        },
        ["error"] = q.Error,
        ["error_kind"] = q.Expected.Text is not null ? "text" : q.Expected.IsRelative ? "relative" : "absolute",
        ["allowed"] = q.Expected.Text is null ? q.Expected.Tolerance : null,
        ["verdict"] = q.Passed ? "pass" : "fail",
        ["message"] = q.Message.Length == 0 ? null : q.Message,
    };

    /// <summary>JSON knows no infinity and no not-a-number.</summary>
    private static JsonNode? Finite(double number) => double.IsFinite(number) ? System.Text.Json.Nodes.JsonValue.Create(number) : null;

    private static string Expected(Expectation e) => e.Text ?? (e.IsArray ? Value(e.Values) : Number(e.Values[0]));

    private static string Value(object value) => value switch
    {
        double number => Number(number),
        ImmutableArray<double> array => "[" + string.Join(", ", array.Select(Number)) + "]",
        _ => value.ToString() ?? "",
    };

    private static string Number(double number) => number.ToString("G7", CultureInfo.InvariantCulture);

    private static string Small(double number) => number.ToString("G3", CultureInfo.InvariantCulture);
}
