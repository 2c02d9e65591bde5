using System.Text.Json;
using Crm.Host.CommandLine;

namespace Crm.Scenarios.Tests;

/// <summary>Campaigns on the twin: batches that build on each other through lots and through what stands in the plant.</summary>
public sealed class CampaignTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("crm-campaign-").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    private string Place(string name) => Path.Combine(folder, name);

    private int Run(string campaign, string name, params string[] options) => CrmCommand.Invoke(["run", campaign, "--seed", "3", "--quiet", "--out", Place(name), .. options]);

    private JsonElement Read(string path) => JsonDocument.Parse(File.ReadAllText(Place(path))).RootElement;

    /// <summary>The bench twice: the second begins when the first is over, and neutralises what the first made.</summary>
    private string Bench(string second)
    {
        string recipes = Path.Combine(PilotFiles.Root, "recipes", "bench").Replace('\\', '/');
        File.WriteAllText(Place("bench.yaml"), $$"""
            format: 1
            campaign: bench/twice
            version: "1.0.0"
            title: Twice
            rig: bench-kit
            batches:
              first: {recipe: "{{recipes}}/neutralise-soda-liquor.yaml"}
              second: {recipe: "{{recipes}}/neutralise-soda-liquor.yaml", {{second}}}

            """);
        return Place("bench.yaml");
    }

    /// <summary>What the vessel of the oxalate made is what the calciner is charged with; the oxide knows the leachate it came from.</summary>
    [Fact]
    public void A_lot_of_one_batch_is_weighed_into_another()
    {
        Assert.Equal(0, Run(Path.Combine(PilotFiles.Root, "recipes", "rare-earth", "campaigns", "magnets-to-oxide.yaml"), "oxide"));
        JsonElement[] batches = [.. Read("oxide/campaign.json").GetProperty("batches").EnumerateArray()];
        Assert.Equal(["oxalate-1", "oxalate-2", "oxide-1", "oxide-2"], batches.Select(b => b.GetProperty("name").GetString()));
        Assert.All(batches, b => Assert.True(b.GetProperty("in_specification").GetBoolean() && b.GetProperty("balances_closed").GetBoolean(), b.GetRawText()));
        double From(int batch) => batches[batch].GetProperty("from_s").GetDouble();
        double To(int batch) => batches[batch].GetProperty("to_s").GetDouble();
        Assert.InRange(From(2), To(0), To(0) + 5);
        Assert.True(To(2) < To(1), "the first oxide is done while the second oxalate is made");

        string[] consumed = [.. Read("oxide/oxide-2/batch.json").GetProperty("events").EnumerateArray()
            .Where(e => e.GetProperty("kind").GetString() == "LotConsumed").Select(e => e.GetProperty("subject").GetString()!)];
        Assert.Equal(["rare-earth-oxalate@oxalate-2"], consumed);
        Reported(batches);
    }

    /// <summary>The page and its file say the same: what was made, where its lots came from and went, what is left of the stock.</summary>
    private void Reported(JsonElement[] batches)
    {
        JsonElement Lot(int batch, string lot) => batches[batch].GetProperty("lots").EnumerateArray().Single(l => l.GetProperty("lot").GetString() == lot);
        Assert.Equal(["oxide-1"], Lot(0, "rare-earth-oxalate").GetProperty("taken_by").EnumerateArray().Select(t => t.GetString()));
        Assert.Equal("oxalate-2", Lot(3, "rare-earth-oxalate@oxalate-2").GetProperty("made_by").GetString());
        Assert.All(batches, b => Assert.InRange(b.GetProperty("recovery").GetProperty("value").GetDouble(), 0.95, 1.05));
        JsonElement[] stock = [.. Read("oxide/campaign.json").GetProperty("stock").EnumerateArray()];
        Assert.Contains(stock, l => l.GetProperty("lot").GetString() == "OX-2026-019" && l.GetProperty("after_kg").GetDouble() < l.GetProperty("before_kg").GetDouble());
        Assert.Contains(stock, l => l.GetProperty("lot").GetString() == "rare-earth-oxalate" && l.GetProperty("before_kg").GetDouble() == 0);

        string page = File.ReadAllText(Place("oxide/campaign.html"));
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.All(batches, b => Assert.True(File.Exists(Place($"oxide/{b.GetProperty("name").GetString()}/report.html")) && page.Contains($"href=\"{b.GetProperty("name").GetString()}/report.html\"", StringComparison.Ordinal)));
        Assert.Contains("made by oxalate-2", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_begun_on_a_batch_that_did_not_come_to_its_end()
    {
        Assert.Equal(3, Run(Bench("after: first"), "broken", "--fault", "reactor.acid_pump:fail@20min"));
        JsonElement[] batches = [.. Read("broken/campaign.json").GetProperty("batches").EnumerateArray()];
        Assert.Equal("not started: batch first is not complete", batches[1].GetProperty("text").GetString());
    }

    [Fact]
    public void A_batch_waits_for_what_the_rig_shows()
    {
        Assert.Equal(3, Run(Bench("after: first, when: reactor.level > 1 L"), "waits"));
        JsonElement[] batches = [.. Read("waits/campaign.json").GetProperty("batches").EnumerateArray()];
        Assert.Equal("Complete", batches[0].GetProperty("outcome").GetString());
        Assert.Equal("not started: waits until reactor.level > 1 L", batches[1].GetProperty("text").GetString());
    }

    [Fact]
    public void A_campaign_goes_on_from_a_checkpoint_in_its_second_batch()
    {
        string campaign = Bench("when: reactor.level < 0.3 L, takes: {soda_liquor: first/neutral-liquor}");
        // What is neutral already gives a product, but not to the grade: exit code 1.
        Assert.Equal(1, Run(campaign, "whole", "--checkpoint", "55min"));
        Assert.Equal(1, Run(campaign, "rest", "--from", Place("whole/3300s.checkpoint")));
        Assert.Equal(File.ReadAllText(Place("whole/campaign.json")), File.ReadAllText(Place("rest/campaign.json")));
        Assert.Equal(File.ReadAllText(Place("whole/history.csv")), File.ReadAllText(Place("rest/history.csv")));
    }

    [Theory]
    [InlineData("run", "--set", "target=7.1 pH")]
    [InlineData("run", "--batches", "2")]
    [InlineData("simulate", "--vary", "target=6.8..7.2 pH/2")]
    [InlineData("run", "--live", "--quiet")]
    public void What_makes_no_sense_with_a_campaign_is_refused(string command, string option, string value) =>
        Assert.Equal(2, CrmCommand.Invoke([command, Bench("after: first"), option, value, "--out", Place("no")]));
}
