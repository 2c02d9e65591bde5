using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Plant.Protection;

namespace Crm.Host.CommandLine;

/// <summary>The cause-and-effect matrix as text for a terminal, as a page and as JSON; all from the one table (SAF-02).</summary>
public static class MatrixText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Style = """
        body{font:14px system-ui,sans-serif;margin:1.5em;color:#222}table{border-collapse:collapse}th,td{border:1px solid #bbb;padding:3px 6px;vertical-align:top;text-align:left}
        th.out{writing-mode:vertical-rl;transform:rotate(180deg);font-weight:normal;white-space:nowrap;height:14em}td.cell{text-align:center;font-weight:600}
        td.just{background:#fff3cd}thead th{position:sticky;top:0;background:#f4f4f4}small{color:#555}.safety{border-left:5px solid #b00020}.protective{border-left:5px solid #c77700}.process{border-left:5px solid #2f6fab}
        @media print{body{margin:0;font-size:9px}thead th{position:static}}
        """;

    public static string Plain(MatrixTable matrix, DateOnly? today = null)
    {
        var text = new StringBuilder();
        Line(text, $"{matrix.Rig} {matrix.Version}: {matrix.Rows.Length} rows, {matrix.Columns.Length} columns; checksum of protection {matrix.Checksum}");
        foreach (MatrixRow row in matrix.Rows)
        {
            Line(text, $"\n{row.Id}  ({row.Class}{(row.Latch ? ", latched" : ", clears itself")})  {row.Why}");
            for (int i = 0; i < row.Causes.Length; i++) Line(text, $"  cause {i + 1}: {row.Causes[i].Text}{Delays(row.Causes[i])}; bad input: {row.Causes[i].WhenBad}");
            Line(text, $"  effects: {string.Join(", ", row.Cells.Select(c => $"{c.Column} = {c.Value}"))}");
            foreach (MatrixCell cell in row.Cells.Where(c => c.Justified.Length > 0)) Line(text, $"  {cell.Column} against its value without power: {cell.Justified}");
            if (row.ResetPermit.Length > 0) Line(text, $"  reset needs: {row.ResetPermit}");
            if (row.Bypass.Length > 0) Line(text, $"  bypass: {row.Bypass}");
            if (row.StartUp.Length > 0) Line(text, $"  start-up override: {row.StartUp}");
            if (row.Response is { } response) Line(text, $"  time: needs {Seconds(response)} of {Seconds(row.ProcessTime!.Value)}");
            if (row.Proof is { } proof) Line(text, $"  proof test: {Proof(proof, today)}: {proof.How}");
        }

        return text.ToString();
    }

    public static string Json(MatrixTable matrix, DateOnly? today = null) => new JsonObject
    {
        ["rig"] = matrix.Rig,
        ["version"] = matrix.Version,
        ["checksum"] = matrix.Checksum,
        ["columns"] = new JsonArray([.. matrix.Columns.Select(c => (JsonNode)c)]),
        ["rows"] = new JsonArray([.. matrix.Rows.Select(r => (JsonNode)Json(r, today))]),
    }.ToJsonString(Indented) + Environment.NewLine;

    public static string Html(MatrixTable matrix, DateOnly? today = null)
    {
        var page = new StringBuilder();
        Line(page, $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{Safe(matrix.Rig)}: cause and effect</title><style>{Style}</style></head><body>");
        Line(page, $"<h1>{Safe(matrix.Rig)} {Safe(matrix.Version)}: cause and effect</h1><p>{matrix.Rows.Length} rows. A row further up wins an output. Checksum of protection <code>{matrix.Checksum}</code>.");
        Line(page, $"Not a safety system: what must be hard-wired stands in docs/safety.md.</p><table><thead><tr><th>Row</th><th>Causes</th>");
        foreach (string column in matrix.Columns) Line(page, $"<th class=\"out\">{Safe(column)}</th>");
        page.Append("</tr></thead><tbody>\n");
        foreach (MatrixRow row in matrix.Rows) Html(page, matrix, row, today);
        page.Append("</tbody></table></body></html>\n");
        return page.ToString();
    }

    private static void Html(StringBuilder page, MatrixTable matrix, MatrixRow row, DateOnly? today)
    {
        var notes = new List<string> { $"{row.Class}, {(row.Latch ? "latched" : "clears itself")}" };
        if (row.ResetPermit.Length > 0) notes.Add($"reset needs {row.ResetPermit}");
        if (row.Bypass.Length > 0) notes.Add($"bypass {row.Bypass}");
        if (row.StartUp.Length > 0) notes.Add($"start-up override {row.StartUp}");
        if (row.Response is { } response) notes.Add($"needs {Seconds(response)} of {Seconds(row.ProcessTime!.Value)}");
        if (row.Proof is { } proof) notes.Add($"proof test {Proof(proof, today)}");
        Line(page, $"<tr><th class=\"{row.Class}\">{Safe(row.Id)}<br><small>{Safe(row.Why)}<br>{string.Join("<br>", notes.Select(Safe))}</small></th>");
        Line(page, $"<td>{string.Join("<br>", row.Causes.Select(c => Safe($"{c.Text}{Delays(c)}") + $" <small>bad input: {Safe(c.WhenBad)}</small>"))}</td>");
        foreach (string column in matrix.Columns)
        {
            MatrixCell? cell = row.Cells.FirstOrDefault(c => c.Column == column);
            if (cell is null) page.Append("<td></td>\n");
            else Line(page, $"<td class=\"cell{(cell.Justified.Length > 0 ? " just" : "")}\" title=\"{Safe(cell.Justified)}\">{Safe(cell.Value)}</td>");
        }

        page.Append("</tr>\n");
    }

    private static JsonObject Json(MatrixRow row, DateOnly? today) => new()
    {
        ["id"] = row.Id,
        ["class"] = row.Class,
        ["why"] = row.Why,
        ["latch"] = row.Latch,
        ["reset_when"] = row.ResetPermit,
        ["bypass"] = row.Bypass,
        ["start_up"] = row.StartUp,
        ["causes"] = new JsonArray([.. row.Causes.Select(c => (JsonNode)new JsonObject
        {
            ["text"] = c.Text,
            ["delay_s"] = c.Delay.TotalSeconds,
            ["clear_delay_s"] = c.ClearDelay.TotalSeconds,
            ["bad"] = c.WhenBad,
        })]),
        ["cells"] = new JsonArray([.. row.Cells.Select(c => (JsonNode)new JsonObject { ["column"] = c.Column, ["value"] = c.Value, ["justified"] = c.Justified })]),
        ["process_time_s"] = row.ProcessTime?.TotalSeconds,
        ["response_s"] = row.Response?.TotalSeconds,
        ["proof_every_d"] = row.Proof?.Every.TotalDays,
        ["proof_last"] = row.Proof?.Last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["proof_overdue"] = row.Proof is { } proof && today is { } day ? ProofTests.IsOverdue(proof, day) : null,
    };

    private static string Delays(MatrixCause cause)
    {
        string text = cause.Delay > TimeSpan.Zero ? $" for {Seconds(cause.Delay)}" : "";
        return cause.ClearDelay > TimeSpan.Zero ? $"{text}, clear after {Seconds(cause.ClearDelay)}" : text;
    }

    private static string Proof(ProofTest proof, DateOnly? today)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"every {proof.Every.TotalDays:0} d, last {proof.Last:yyyy-MM-dd}");
        return today is { } day && ProofTests.IsOverdue(proof, day) ? text + ", OVERDUE" : text;
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.##} s");

    private static string Safe(string text) => WebUtility.HtmlEncode(text);

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
