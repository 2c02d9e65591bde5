using System.Text.Json;
using Crm.Host.Service;
using Crm.Host.Tests.Api;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Crm.Host.Tests.Service;

/// <summary>What whoever keeps the box running can read: the log as fields, and the metrics.</summary>
public sealed class ServiceLogTests(ServedRig served) : IClassFixture<ServedRig>
{
    [Fact]
    public void The_log_is_an_object_a_line_with_its_fields_apart()
    {
        string folder = Directory.CreateTempSubdirectory("crm-log-").FullName;
        using (var logs = ServiceLog.Open(folder))
        {
            ServiceEvents.Ready(logs.CreateLogger("service"), 8420, "https", 0.4);
            logs.CreateLogger("Microsoft.AspNetCore.Hosting").LogInformation("one request more");
        }

        var line = JsonDocument.Parse(Assert.Single(File.ReadAllLines(Assert.Single(Directory.EnumerateFiles(Path.Combine(folder, "log")))))).RootElement;
        Assert.Equal("Ready: API on port 8420, \"https\", after 0.4 s", line.GetProperty("RenderedMessage").GetString());
        var fields = line.GetProperty("Properties");
        Assert.Equal((8420, "https", 0.4), (fields.GetProperty("Port").GetInt32(), fields.GetProperty("Transport").GetString(), fields.GetProperty("StartSeconds").GetDouble()));
        Assert.True(fields.TryGetProperty("Software", out _));
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>REL-16 and issue 6: nothing that may be dropped or come late goes uncounted.</summary>
    [Theory]
    [InlineData("crm_scan_seconds_count")]
    [InlineData("crm_scan_late_seconds_count")]
    [InlineData("crm_scan_overruns_total")]
    [InlineData("crm_mailbox_depth")]
    [InlineData("crm_commands_pending")]
    [InlineData("crm_actor_dead_letters_total")]
    [InlineData("crm_journal_commit_seconds_bucket")]
    [InlineData("crm_journal_faults_total")]
    [InlineData("crm_history_dropped_samples_total")]
    [InlineData("crm_stream_clients_refused_total")]
    public async Task A_metric_is_there_with_its_kind(string name)
    {
        using var nobody = served.As();
        string[] lines = (await nobody.GetStringAsync("/metrics", TestContext.Current.CancellationToken)).Split('\n');
        Assert.Contains(lines, l => l.StartsWith(name + "{rig=\"lithium-pilot\"", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("# TYPE " + name.Replace("_bucket", "", StringComparison.Ordinal).Replace("_count", "", StringComparison.Ordinal) + " ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Entries_on_record_are_counted_with_the_time_they_took()
    {
        await served.Rig.Ask(core =>
        {
            core.Audit("anna", "counted", refused: false);
            return true;
        });
        using var nobody = served.As();
        string text = await nobody.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        double Value(string name) => double.Parse(text.Split('\n').First(l => l.StartsWith(name + "{", StringComparison.Ordinal)).Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(Value("crm_journal_entries_total") >= 1 && Value("crm_journal_commit_seconds_sum") > 0);
        Assert.Equal(0, Value("crm_journal_faults_total"));
    }
}
