using System.Globalization;
using System.Text.Json;
using Crm.Plant.Alarms;
using Crm.Plant.Records;
using static Crm.Host.Reports.HtmlText;

namespace Crm.Host.Reports;

/// <summary>Figures about the alarms of the batch beside what is usual (standards 2.2), in the report and in <c>batch.json</c>.</summary>
internal static class AlarmSection
{
    public static void Write(HtmlText html, BatchRecord record)
    {
        html.Heading("alarm-figures", "Alarm figures");
        var replay = AlarmReplay.Of(record.Events, record.Duration, record.Rig.Shift);
        AlarmPeriod run = replay.Metrics.Run;
        if (run.Raised == 0)
        {
            html.Tag("p", "No alarm was raised.");
            return;
        }

        html.Line("<div class=\"two\"><div>");
        html.Table(["Figure", "#This batch", "Usual"],
        [
            ["Alarms", Whole(run.Raised), "about 150 a day for one person"],
            ["In ten minutes, mean", Figures.Significant(run.PerTenMinutes, 2), "1, at most 2"],
            ["In ten minutes, most", Whole(run.PeakTenMinutes), "at most 10"],
            ["Ten-minute intervals with more than 10", $"{Whole(run.TenMinutesOver10)} of {Whole(run.TenMinutes)}", "under 1 %"],
            ["Hours with more than 30", $"{Whole(run.HoursOver30)} of {Whole(run.Hours)}", "under 1 %"],
            ["Time in flood", $"{Figures.Length(run.FloodTime)}, {Whole(run.Floods)} times", "under 1 %"],
            ["Critical, high, medium, low", string.Join(", ", run.ByPriority.Select(Whole)), "high and critical about 5 %, low about 80 %"],
            ["Chattering alarms (3 in a minute)", Whole(run.Chattering.Length), "0"],
            ["Fleeting (gone within a minute)", Whole(run.Fleeting), "0"],
            ["Stale (active over 24 h), most at once", Whole(run.Stale), "under 5"],
            ["Active at once, most", Whole(run.MostActive), ""],
            ["Acknowledged after, mean and longest", run.Acknowledged == 0 ? Figures.Unknown : $"{Figures.Length(run.MeanToAcknowledge)}, {Figures.Length(run.LongestToAcknowledge)}", ""],
            ["Shelved, out of service", $"{Whole(run.Shelvings)}, {Whole(run.TakenOutOfService)}", ""],
        ]);
        html.Line("</div><div>");
        html.Table(["Most frequent", "#Times"], run.Frequencies.Take(10).Select(f => new[] { Encoded(replay.Alarms[f.Alarm]), Whole(f.Times) }));
        if (!replay.Metrics.Days.IsEmpty)
            html.Table(["Day", "#Alarms", "#Most in ten minutes"], replay.Metrics.Days.Append(replay.Metrics.Day).Select((d, i) => new[] { Whole(i + 1), Whole(d.Raised), Whole(d.PeakTenMinutes) }));
        html.Line("</div></div>");
    }

    public static void Write(Utf8JsonWriter json, BatchRecord record)
    {
        var replay = AlarmReplay.Of(record.Events, record.Duration, record.Rig.Shift);
        json.Object("alarm_figures", () =>
        {
            Period(json, replay, replay.Metrics.Run);
            json.Array("shifts", replay.Metrics.Shifts.Append(replay.Metrics.Shift), p => json.Object(null, () => Period(json, replay, p)));
            json.Array("days", replay.Metrics.Days.Append(replay.Metrics.Day), p => json.Object(null, () => Period(json, replay, p)));
        });
    }

    private static void Period(Utf8JsonWriter json, AlarmReplay replay, AlarmPeriod period)
    {
        json.Figure("from_s", period.From.TotalSeconds);
        json.Figure("to_s", period.To.TotalSeconds);
        json.WriteNumber("raised", period.Raised);
        json.Object("by_priority", () =>
        {
            foreach (var priority in Enum.GetValues<AlarmPriority>()) json.WriteNumber(priority.ToString().ToLowerInvariant(), period.ByPriority[(int)priority - 1]);
        });
        json.Figure("per_ten_minutes", period.PerTenMinutes);
        json.WriteNumber("peak_ten_minutes", period.PeakTenMinutes);
        json.WriteNumber("ten_minutes", period.TenMinutes);
        json.WriteNumber("ten_minutes_over_10", period.TenMinutesOver10);
        json.WriteNumber("hours", period.Hours);
        json.WriteNumber("hours_over_30", period.HoursOver30);
        json.WriteNumber("floods", period.Floods);
        json.Figure("flood_s", period.FloodTime.TotalSeconds);
        json.Array("chattering", period.Chattering, a => json.WriteStringValue(replay.Alarms[a]));
        json.WriteNumber("fleeting", period.Fleeting);
        json.WriteNumber("stale", period.Stale);
        json.WriteNumber("most_active", period.MostActive);
        json.WriteNumber("acknowledged", period.Acknowledged);
        json.Figure("mean_to_acknowledge_s", period.Acknowledged == 0 ? null : period.MeanToAcknowledge.TotalSeconds);
        json.Figure("longest_to_acknowledge_s", period.Acknowledged == 0 ? null : period.LongestToAcknowledge.TotalSeconds);
        json.WriteNumber("shelvings", period.Shelvings);
        json.WriteNumber("taken_out_of_service", period.TakenOutOfService);
        json.Figure("top_ten_share", period.Raised == 0 ? null : period.TopTenShare);
        json.Array("most_frequent", period.Frequencies.Take(10), f => json.Object(null, () =>
        {
            json.WriteString("alarm", replay.Alarms[f.Alarm]);
            json.WriteNumber("times", f.Times);
        }));
    }

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
