using System.Text.Json;
using Crm.Host.Runs;
using Crm.Plant.Allocation;
using Crm.Plant.Balances;

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
        json.Array("batches", campaign.Batches, batch => Write(json, campaign, batch));
        json.Array("waits", campaign.Waits, wait => Write(json, wait));
        json.Object("utilities", () =>
        {
            foreach (var (key, value) in campaign.Utilities.Data) json.WriteString(key, value);
        });
        json.Array("products", campaign.Products, made => json.Object(null, () =>
        {
            json.WriteString("product", made.Product);
            json.Measured("mass_kg", made.Mass);
        }));
        json.Array("reagents", campaign.Reagents, used => json.Object(null, () =>
        {
            json.WriteString("reagent", used.Reagent);
            json.Measured("mass_kg", used.Mass);
            json.Figure("pure_kg", used.Species.Length > 0 ? used.PureMass : null);
        }));
        json.Array("stock", campaign.Stock, line => json.Object(null, () =>
        {
            json.WriteString("lot", line.Lot);
            json.WriteString("material", line.Material);
            json.Figure("before_kg", line.Before);
            json.Figure("after_kg", line.After);
        }));
    });

    private static void Write(Utf8JsonWriter json, Campaign campaign, CampaignBatch batch) => json.Object(null, () =>
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
        json.WriteString("product", batch.Record.Product.Name);
        json.WriteString("grade", $"{result.Purity.Specification} {result.Purity.Version}".Trim());
        json.Measured("product_kg", result.ProductMass);
        json.WriteString("element", result.MainElement);
        json.Measured("recovery", result.MainRecovery);
        json.Figure("duration_s", Seconds(batch.To - batch.From));
        json.Array("lots", result.Lots.Where(l => l.Side is LotSide.In or LotSide.Out), lot => Write(json, campaign, lot));
    });

    private static void Write(Utf8JsonWriter json, Campaign campaign, LotLine lot) => json.Object(null, () =>
    {
        json.WriteString("lot", lot.Id);
        json.WriteString("material", lot.Material);
        json.WriteString("kind", lot.Kind.ToString().ToLowerInvariant());
        json.WriteString("side", lot.Side == LotSide.In ? "in" : "out");
        json.Measured("mass_kg", lot.Mass);
        json.Array("made_from", lot.MadeFrom, json.WriteStringValue);
        if (lot.Side == LotSide.In) json.WriteString("made_by", campaign.MakerOf(lot.Id)?.Name ?? "");
        else json.Array("taken_by", campaign.TakersOf(lot.Id), taker => json.WriteStringValue(taker.Name));
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
