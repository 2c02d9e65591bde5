using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Plant.Alarms;
using Crm.Plant.Rigs;

namespace Crm.Host.CommandLine;

/// <summary>The master alarm list of a rig with its rationalisation (ALM-27): text for people, CSV for the review meeting, JSON for scripts.</summary>
public static class MasterAlarmList
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Numbers are written as numbers in JSON; null where there is nothing to say.</summary>
    private static readonly (string Name, Func<RigDefinition, AlarmDefinition, object?> Of)[] columns =
    [
        ("id", (_, a) => a.Id),
        ("priority", (_, a) => a.Priority.ToString().ToLowerInvariant()),
        ("text", (_, a) => a.Text),
        ("type", (_, a) => a.Kind.ToString().ToLowerInvariant()),
        ("condition", (_, a) => a.ConditionText),
        ("tag", (r, a) => a.Subject.Tag < 0 ? null : r.Tags[a.Subject.Tag].Name),
        ("limit", (_, a) => double.IsFinite(a.Subject.Limit) ? a.Subject.Limit : null),
        ("deadband", (_, a) => a.Deadband > 0 ? a.Deadband : null),
        ("unit", (_, a) => a.Subject.Unit.Length > 0 ? a.Subject.Unit : null),
        ("on_delay_s", (_, a) => a.OnDelay.TotalSeconds),
        ("off_delay_s", (_, a) => a.OffDelay.TotalSeconds),
        ("re_alarm_s", (_, a) => a.ReAlarm?.TotalSeconds),
        ("latch", (_, a) => a.Latch ? "yes" : "no"),
        ("group", (_, a) => a.Group.Length > 0 ? a.Group : null),
        ("cause", (_, a) => a.Cause),
        ("consequence", (_, a) => a.Consequence),
        ("response", (_, a) => a.Response),
        ("time_to_respond_s", (_, a) => a.TimeToRespond.TotalSeconds),
        ("longest_shelving_s", (_, a) => ShelvingRules.Longest(a.Priority)?.TotalSeconds),
        ("suppressed_when", (_, a) => a.Suppressions.IsEmpty ? null : string.Join("; ", a.Suppressions.Select(s => s.Text))),
    ];

    public static string Write(RigDefinition rig, string format) => format switch
    {
        "csv" => Csv(rig),
        "json" => Json(rig).ToJsonString(Indented) + "\n",
        _ => Text(rig),
    };

    /// <summary>Alarm by alarm, column by column: what a comparison of two lists looks at.</summary>
    public static ImmutableArray<(string Subject, string Aspect, string Words)> Facts(RigDefinition rig) =>
        [.. rig.Alarms.SelectMany(a => columns.Skip(1).Select(c => (a.Id, c.Name.Replace('_', ' '), Convert.ToString(c.Of(rig, a), CultureInfo.InvariantCulture) ?? "")))];

    private static string Text(RigDefinition rig)
    {
        var text = new StringBuilder();
        foreach (var priority in rig.Alarms.Where(a => !a.IsGenerated).GroupBy(a => a.Priority).OrderBy(g => g.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"{priority.Key} ({priority.Count()})\n");
            foreach (AlarmDefinition alarm in priority)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {alarm.Id}: {alarm.Text}\n    when         {alarm.ConditionText}\n    cause        {alarm.Cause}\n");
                text.Append(CultureInfo.InvariantCulture, $"    consequence  {alarm.Consequence}\n    response     {alarm.Response}, within {Length(alarm.TimeToRespond)}\n");
                if (!alarm.Suppressions.IsEmpty) text.Append(CultureInfo.InvariantCulture, $"    silent when  {string.Join("; ", alarm.Suppressions.Select(s => s.Text))}\n");
            }
        }

        int generated = rig.Alarms.Count(a => a.IsGenerated);
        return text.Append(CultureInfo.InvariantCulture, $"and {generated} of instruments and buses, one for each (--format csv or json lists them)\n").ToString();
    }

    private static string Length(TimeSpan time) => time.TotalMinutes < 60
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} min")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} h");

    private static string Csv(RigDefinition rig)
    {
        var text = new StringBuilder().AppendJoin(',', columns.Select(c => c.Name)).Append('\n');
        foreach (AlarmDefinition alarm in rig.Alarms) text.AppendJoin(',', columns.Select(c => Quoted(c.Of(rig, alarm)))).Append('\n');
        return text.ToString();
    }

    private static string Quoted(object? value)
    {
        string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.AsSpan().IndexOfAny(",\"\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static JsonObject Json(RigDefinition rig) => new()
    {
        ["rig"] = rig.Name,
        ["version"] = rig.Version,
        ["sha256"] = rig.ContentHash,
        ["alarms"] = new JsonArray([.. rig.Alarms.Select(a => (JsonNode)new JsonObject(columns.Select(c => KeyValuePair.Create(c.Name, Node(c.Of(rig, a))))))]),
    };

    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        double number => JsonValue.Create(number),
        _ => JsonValue.Create((string)value),
    };
}
