using System.Text.Encodings.Web;
using System.Text.Json;
using Crm.Host.Runs;
using Crm.Plant.Allocation;

namespace Crm.Host.Reports;

/// <summary><c>campaign.json</c>: several batches of one run, who waited for whom, and what the rig's meters say of all of them together.</summary>
public static class CampaignJson
{
    public const int Schema = 1;

    public static byte[] Write(Campaign campaign)
    {
        using var bytes = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(bytes, options))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", Schema);
            json.WriteNumber("duration_s", Seconds(campaign.End));
            json.WriteStartArray("batches");
            foreach (var batch in campaign.Batches) Write(json, batch);
            json.WriteEndArray();
            json.WriteStartArray("waits");
            foreach (var wait in campaign.Waits) Write(json, wait);
            json.WriteEndArray();
            json.WriteStartObject("utilities");
            foreach (var (key, value) in campaign.Utilities.Data) json.WriteString(key, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static void Write(Utf8JsonWriter json, CampaignBatch batch)
    {
        var result = batch.Record.Result;
        json.WriteStartObject();
        json.WriteString("name", batch.Name);
        json.WriteString("batch", batch.Record.Id);
        json.WriteString("recipe", batch.Record.Recipe.Id);
        json.WriteString("outcome", batch.Record.Outcome.ToString());
        json.WriteString("text", batch.Record.OutcomeText);
        json.WriteNumber("from_s", Seconds(batch.From));
        json.WriteNumber("to_s", Seconds(batch.To));
        json.WriteBoolean("in_specification", result.Purity.InSpecification);
        json.WriteBoolean("balances_closed", result.BalancesClosed);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Wait wait)
    {
        json.WriteStartObject();
        json.WriteString("batch", wait.Batch);
        json.WriteString("for", wait.For);
        json.WriteString("held_by", wait.HeldBy);
        json.WriteNumber("from_s", Seconds(wait.From));
        if (wait.To is { } to) json.WriteNumber("to_s", Seconds(to));
        else json.WriteNull("to_s");
        json.WriteEndObject();
    }

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 1);
}
