using System.Text.Json;
using Crm.Host.Runs;
using Crm.Plant.Allocation;

namespace Crm.Host.Reports;

/// <summary><c>campaign.json</c>: several batches of one run, who waited for whom, and what the rig's meters say of all of them together.</summary>
public static class CampaignJson
{
    public const int Schema = 1;

    public static byte[] Write(Campaign campaign) => JsonFile.Write(Schema, json =>
    {
        if (campaign.Plan is { } plan)
        {
            json.Object("campaign", () =>
            {
                json.WriteString("id", plan.Id);
                json.WriteString("version", plan.Version);
                json.WriteString("sha256", plan.ContentHash);
            });
        }

        json.WriteNumber("duration_s", Seconds(campaign.End));
        json.Array("batches", campaign.Batches, batch => Write(json, batch));
        json.Array("waits", campaign.Waits, wait => Write(json, wait));
        json.Object("utilities", () =>
        {
            foreach (var (key, value) in campaign.Utilities.Data) json.WriteString(key, value);
        });
    });

    private static void Write(Utf8JsonWriter json, CampaignBatch batch) => json.Object(null, () =>
    {
        var result = batch.Record.Result;
        json.WriteString("name", batch.Name);
        json.WriteString("batch", batch.Record.Id);
        json.WriteString("recipe", batch.Record.Recipe.Id);
        json.WriteString("outcome", batch.Record.Outcome.ToString());
        json.WriteString("text", batch.Record.OutcomeText);
        json.WriteNumber("from_s", Seconds(batch.From));
        json.WriteNumber("to_s", Seconds(batch.To));
        json.WriteBoolean("in_specification", result.Purity.InSpecification);
        json.WriteBoolean("balances_closed", result.BalancesClosed);
    });

    private static void Write(Utf8JsonWriter json, Wait wait) => json.Object(null, () =>
    {
        json.WriteString("batch", wait.Batch);
        json.WriteString("for", wait.For);
        json.WriteString("held_by", wait.HeldBy);
        json.WriteNumber("from_s", Seconds(wait.From));
        if (wait.To is { } to) json.WriteNumber("to_s", Seconds(to));
        else json.WriteNull("to_s");
    });

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 1);
}
