using System.Text.Json;
using Crm.Plant.Records;

namespace Crm.Host.Reports;

/// <summary>The part of <c>batch.json</c> that says what happened when.</summary>
internal static class BatchJsonCourse
{
    public static void Write(Utf8JsonWriter json, BatchRecord record)
    {
        json.Array("phases", record.Result.Timeline, step => json.Object(null, () =>
        {
            json.WriteString("step", step.Step);
            json.WriteString("label", step.Label);
            json.WriteString("unit", step.Unit);
            json.WriteString("operation", step.Operation);
            json.WriteBoolean("leaf", step.IsLeaf);
            json.Figure("from_s", step.From.TotalSeconds);
            json.Figure("to_s", step.To.TotalSeconds);
            json.WriteBoolean("ended", step.Ended);
            json.Array("states", step.States, state => json.Object(null, () =>
            {
                json.WriteString("state", state.State);
                json.Figure("from_s", state.From.TotalSeconds);
                json.Figure("to_s", state.To.TotalSeconds);
            }));
        }));
        Events(json, "alarms", record, BatchEventKind.AlarmRaised, BatchEventKind.AlarmCleared);
        AlarmSection.Write(json, record);
        Events(json, "trips", record, BatchEventKind.Trip, BatchEventKind.TripReset);
        Events(json, "limits_and_faults", record, BatchEventKind.LimitReached, BatchEventKind.Fault);
        json.Array("doubts", record.Result.Doubts, json.WriteStringValue);
        json.Array("events", record.Events, happened => Event(json, happened));
    }

    private static void Events(Utf8JsonWriter json, string key, BatchRecord record, params BatchEventKind[] kinds) =>
        json.Array(key, record.Events.Where(e => kinds.Contains(e.Kind)), happened => Event(json, happened));

    private static void Event(Utf8JsonWriter json, BatchEvent happened) => json.Object(null, () =>
    {
        json.Figure("at_s", happened.At.TotalSeconds);
        json.WriteNumber("scan", happened.Scan);
        json.WriteString("kind", happened.Kind.ToString());
        json.WriteString("subject", happened.Subject);
        json.WriteString("text", happened.Text);
        json.WriteString("cause", happened.Cause);
        if (happened.Data.Count == 0) return;
        json.Object("data", () =>
        {
            foreach (var (key, value) in happened.Data) json.WriteString(key, value);
        });
    });
}
