using System.Text;
using System.Text.Json;
using Crm.Host.Reports;
using Crm.Plant.Records;
using Xunit;

namespace Crm.Host.Tests.Reports;

public class ReportWriterTests
{
    private static readonly string Page = ReportWriter.Html(SampleBatch.Record());

    [Theory]
    [InlineData("closure")]
    [InlineData("purity")]
    [InlineData("recovery")]
    [InlineData("water")]
    [InlineData("uncertain")]
    [InlineData("<b>Li</b>")]
    [InlineData("<b>Co</b>")]
    [InlineData("<b>Ni</b>")]
    [InlineData("<b>Mn</b>")]
    [InlineData("<b>Na</b>")]
    [InlineData("<b>SO4</b>")]
    [InlineData("LC-7")]
    [InlineData("TWIN")]
    [InlineData("Filter 2 pressure high")]
    [InlineData("concentrate-overheat")]
    [InlineData("leach.temperature &gt; 78 degC")]
    [InlineData("mV vs Ag/AgCl")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    public void The_report_names(string fact) => Assert.Contains(fact, Page, StringComparison.Ordinal);

    [Theory]
    [InlineData("<script")]
    [InlineData("src=\"http")]
    [InlineData("href=\"http")]
    [InlineData("@import")]
    [InlineData("NaN")]
    [InlineData("∞")]
    public void The_report_stands_alone_and_hides_no_missing_number(string marker) => Assert.DoesNotContain(marker, Page, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Text_from_outside_is_encoded()
    {
        var record = SampleBatch.Record();
        var hostile = record.Events[0] with { Kind = BatchEventKind.Fault, Text = "<script>alert(1)</script>" };
        Assert.Contains("&lt;script&gt;", ReportWriter.Html(record with { Events = [hostile] }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_on_hardware_says_nothing_of_a_twin()
    {
        string page = ReportWriter.Html(SampleBatch.Record(simulated: false));
        Assert.DoesNotContain("TWIN", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Twin's own error", page, StringComparison.Ordinal);
    }

    [Fact]
    public void An_aborted_batch_is_not_called_finished() =>
        Assert.Contains("Not finished: the batch was aborted", ReportWriter.Html(SampleBatch.Record(BatchOutcome.Aborted)), StringComparison.Ordinal);

    [Fact]
    public void A_batch_without_events_still_reports()
    {
        var record = SampleBatch.Record();
        var empty = record with
        {
            Events = [],
            History = [],
            Truth = null,
            Result = Crm.Plant.Balances.BatchBalance.Compute([], SampleBatch.Product, SampleBatch.Reagents, TimeSpan.Zero),
            Duration = TimeSpan.Zero,
        };
        string page = ReportWriter.Html(empty);
        Assert.Contains("no product was booked", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        using var parsed = JsonDocument.Parse(ReportWriter.Json(empty));
    }

    [Fact]
    public void A_twin_says_where_the_heat_went()
    {
        string page = ReportWriter.Html(SampleBatch.Record());
        Assert.Contains("<td>Heaters</td>", page, StringComparison.Ordinal);
        Assert.Contains("Not accounted for: less than 1e-9", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<td>Work</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("by the twin's own account", ReportWriter.Html(SampleBatch.Record(simulated: false)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_json_is_the_same_twice_byte_for_byte() =>
        Assert.Equal(ReportWriter.Json(SampleBatch.Record()), ReportWriter.Json(SampleBatch.Record()));

    [Fact]
    public void The_json_holds_the_facts_under_their_names()
    {
        using var parsed = JsonDocument.Parse(ReportWriter.Json(SampleBatch.Record()));
        var root = parsed.RootElement;
        foreach (string key in new[] { "schema", "recipe", "purity", "recovery", "closure", "water", "reagents", "energy", "lots", "phases", "alarms", "truth" })
            Assert.True(root.TryGetProperty(key, out _), key);
        Assert.Equal(1, root.GetProperty("schema").GetInt32());
        Assert.Equal(0.4435, root.GetProperty("product").GetProperty("mass_kg").GetProperty("value").GetDouble(), 6);
        Assert.Equal(31.2, root.GetProperty("water").GetProperty("fresh_l").GetDouble(), 6);
        Assert.Equal(7.2e6, root.GetProperty("truth").GetProperty("heat").GetProperty("heaters_j").GetDouble());
        Assert.Equal(3e6, root.GetProperty("truth").GetProperty("heat").GetProperty("held_more_j").GetDouble());
        Assert.Equal("Closed", root.GetProperty("closure").GetProperty("elements").GetProperty("Li").GetProperty("verdict").GetString());
    }

    [Fact]
    public void The_folder_holds_both_files()
    {
        string folder = Directory.CreateTempSubdirectory("crm-report").FullName;
        try
        {
            ReportWriter.Write(Path.Combine(folder, "new"), SampleBatch.Record());
            Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(Path.Combine(folder, "new", "report.html"), Encoding.UTF8), StringComparison.Ordinal);
            Assert.NotEmpty(File.ReadAllBytes(Path.Combine(folder, "new", "batch.json")));
            if (Environment.GetEnvironmentVariable("CRM_KEEP_REPORT") is { Length: > 0 } keep) ReportWriter.Write(keep, SampleBatch.Record());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
