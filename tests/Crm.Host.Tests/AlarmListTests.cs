using System.Text;
using System.Text.Json;
using Crm.Host.CommandLine;
using Crm.Host.Reports;
using Crm.Host.Runs;
using Crm.Host.Tests.Reports;
using Crm.Plant.Alarms;
using Crm.Plant.Rigs;
using Xunit;

namespace Crm.Host.Tests;

/// <summary>The master alarm list of the lithium pilot, and the alarm figures of a batch (ALM-01, ALM-15, ALM-19, ALM-27).</summary>
public class AlarmListTests
{
    private static readonly RigDefinition Rig = Pilot();

    [Fact]
    public void The_csv_has_a_row_for_every_alarm_and_a_cell_for_every_column_ALM27()
    {
        var rows = Cells(MasterAlarmList.Write(Rig, "csv"));
        Assert.Equal(Rig.Alarms.Length + 1, rows.Count);
        Assert.All(rows, r => Assert.Equal(rows[0].Count, r.Count));
        Assert.Equal(Rig.Alarms.Select(a => a.Id), rows.Skip(1).Select(r => r[0]));
        int response = rows[0].IndexOf("response");
        Assert.Equal(Rig.Alarms.Select(a => a.Response), rows.Skip(1).Select(r => r[response]));
    }

    [Fact]
    public void The_json_says_the_same_with_numbers_as_numbers_ALM27()
    {
        using var json = JsonDocument.Parse(MasterAlarmList.Write(Rig, "json"));
        var alarms = json.RootElement.GetProperty("alarms").EnumerateArray().ToList();
        Assert.Equal(Rig.Alarms.Length, alarms.Count);
        var hot = alarms.Single(a => a.GetProperty("id").GetString() == "leach-hot");
        Assert.Equal(80, hot.GetProperty("limit").GetDouble());
        Assert.Equal(300, hot.GetProperty("time_to_respond_s").GetDouble());
        Assert.Equal(JsonValueKind.Null, hot.GetProperty("re_alarm_s").ValueKind);
    }

    [Fact]
    public void The_text_names_every_alarm_of_the_file_with_its_response_ALM27()
    {
        string text = MasterAlarmList.Write(Rig, "text");
        Assert.All(Rig.Alarms.Where(a => !a.IsGenerated), a => Assert.Contains($"{a.Id}: {a.Text}", text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_pilots_list_is_rationalised_ALM01_ALM15()
    {
        Assert.True(Rig.Alarms.Count(a => !a.IsGenerated) > 100);
        Assert.Empty(AlarmPlan.Advice(Rig));
        Assert.All(Rig.Alarms, a => Assert.All((string[])[a.Cause, a.Consequence, a.Response, a.ConditionText], t => Assert.True(t.Length > 5, a.Id)));
        Assert.All(Rig.Alarms, a => Assert.True(a.TimeToRespond >= TimeSpan.FromMinutes(1), a.Id));
    }

    [Fact]
    public void A_list_that_shouts_is_told_so_ALM15()
    {
        var loud = Rig with { Alarms = [.. Rig.Alarms.Select(a => a with { Priority = AlarmPriority.High, TimeToRespond = TimeSpan.FromHours(2) })] };
        var advice = AlarmPlan.Advice(loud);
        Assert.Contains(advice, a => a.StartsWith("100 % of the alarms are high or critical", StringComparison.Ordinal));
        Assert.Contains(advice, a => a.StartsWith("leach-hot: 2 h to respond is long for high", StringComparison.Ordinal));
    }

    [Fact]
    public void Report_and_batch_json_hold_the_figures_ALM19()
    {
        var record = SampleBatch.Record();
        Assert.Contains("Alarm figures", ReportWriter.Html(record), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(BatchJson.Write(record)));
        var figures = json.RootElement.GetProperty("alarm_figures");
        Assert.Equal(1, figures.GetProperty("raised").GetInt32());
        Assert.Equal(1, figures.GetProperty("by_priority").GetProperty("high").GetInt32());
        Assert.Equal(1, figures.GetProperty("peak_ten_minutes").GetInt32());
        Assert.Equal([0, 1, 0, 0], figures.GetProperty("shifts").EnumerateArray().Select(s => s.GetProperty("raised").GetInt32()));
        Assert.Equal([1, 0], figures.GetProperty("days").EnumerateArray().Select(s => s.GetProperty("raised").GetInt32()));
    }

    /// <summary>Shifts of the figures are as long as the rig file says.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(24)]
    public void Figures_by_shift_count_the_shifts_of_the_rig_ALM19(int hours)
    {
        var record = SampleBatch.Record();
        var own = record with { Rig = record.Rig with { Shift = TimeSpan.FromHours(hours) } };
        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(BatchJson.Write(own)));
        int shifts = json.RootElement.GetProperty("alarm_figures").GetProperty("shifts").GetArrayLength();

        Assert.Equal((int)(record.Duration / TimeSpan.FromHours(hours)) + 1, shifts);
    }

    internal static RigDefinition Pilot()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Crm.sln"))) root = root.Parent;
        var (rig, problems) = RigFiles.Rig(Path.Combine(root!.FullName, "hardware", "lithium-pilot", "rig.yaml"));
        Assert.Empty(problems);
        return rig!;
    }

    private static List<List<string>> Cells(string csv)
    {
        var rows = new List<List<string>> { new() };
        var cell = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < csv.Length; i++)
        {
            char c = csv[i];
            if (c == '"' && quoted && i + 1 < csv.Length && csv[i + 1] == '"') cell.Append(csv[++i]);
            else if (c == '"') quoted = !quoted;
            else if (quoted || (c != ',' && c != '\n')) cell.Append(c);
            else
            {
                rows[^1].Add(cell.ToString());
                cell.Clear();
                if (c == '\n') rows.Add([]);
            }
        }

        rows.RemoveAt(rows.Count - 1);
        return rows;
    }
}
