using Crm.Plant.Records;
using static Crm.Host.Reports.HtmlText;

namespace Crm.Host.Reports;

/// <summary>What happened besides the plan: alarms, trips, limits, faults; and what people were asked and said.</summary>
internal static class CourseSection
{
    public static void Write(HtmlText html, BatchRecord record)
    {
        html.Heading("alarms", "Alarms, trips, limits and faults");
        var rows = record.Events.Select((e, i) => Row(record, e, i)).OfType<string[]>().ToList();
        if (rows.Count == 0) html.Tag("p", "None.");
        else html.Table(["At, h:min", "What", "Subject", "Text", "Because of", "#Lasted"], rows);
        People(html, record);
        Commands(html, record);
    }

    private static string[]? Row(BatchRecord record, BatchEvent happened, int index) => happened.Kind switch
    {
        BatchEventKind.Trip => Cells(happened, Verdict("bad", "trip"), Until(record, index, BatchEventKind.TripReset)),
        BatchEventKind.AlarmRaised => Cells(happened, Alarm(happened), Until(record, index, BatchEventKind.AlarmCleared)),
        BatchEventKind.LimitReached => Cells(happened, Verdict("warn", "limit"), ""),
        BatchEventKind.Fault => Cells(happened, Verdict("bad", "fault"), ""),
        _ => null,
    };

    private static string Alarm(BatchEvent happened)
    {
        string priority = happened.Data.GetValueOrDefault("priority", "");
        string word = priority switch { "1" => "critical", "2" => "high", "3" => "medium", "4" => "low", _ => priority.ToLowerInvariant() };
        return Verdict(word is "critical" or "high" ? "bad" : "warn", word.Length > 0 ? $"alarm, {word}" : "alarm");
    }

    private static string[] Cells(BatchEvent happened, string what, string lasted) =>
        [Figures.Clock(happened.At), what, Encoded(happened.Subject), Encoded(happened.Text), Encoded(happened.Cause), lasted];

    private static string Until(BatchRecord record, int index, BatchEventKind end)
    {
        var raised = record.Events[index];
        var over = record.Events.Skip(index + 1).FirstOrDefault(e => e.Kind == end && e.Subject == raised.Subject);
        return over is null ? "to the end" : Figures.Length(over.At - raised.At);
    }

    private static void People(HtmlText html, BatchRecord record)
    {
        html.Heading("people", "Prompts and answers");
        var prompts = record.Events.Select((e, i) => (e, i)).Where(p => p.e.Kind == BatchEventKind.Prompt).ToList();
        if (prompts.Count == 0)
        {
            html.Tag("p", "Nobody was asked anything.");
            return;
        }

        html.Table(["Asked, h:min", "Step", "Question", "Answer", "By", "#After"], prompts.Select(p =>
        {
            var answer = record.Events.Skip(p.i + 1).FirstOrDefault(e => e.Kind == BatchEventKind.Answer && e.Subject == p.e.Subject);
            return new[]
            {
                Figures.Clock(p.e.At), Encoded(p.e.Subject), Encoded(p.e.Text), answer is null ? Verdict("warn", "not answered") : Encoded(answer.Text),
                Encoded(answer?.Cause ?? ""), answer is null ? "" : Figures.Length(answer.At - p.e.At),
            };
        }));
    }

    /// <summary>Which way the batch went where its recipe has several.</summary>
    private static void Choices(HtmlText html, BatchRecord record)
    {
        var choices = record.Events.Where(e => e.Kind == BatchEventKind.Chosen).ToList();
        if (choices.Count == 0) return;
        html.Tag("h3", "Branches and passes");
        html.Table(["At, h:min", "Step", "What followed, and why"], choices.Select(e => new[] { Figures.Clock(e.At), Encoded(e.Subject), Encoded(e.Text) }));
    }

    private static void Commands(HtmlText html, BatchRecord record)
    {
        var commands = record.Events.Where(e => e.Kind is BatchEventKind.Command or BatchEventKind.CommandRefused or BatchEventKind.Revision).ToList();
        Choices(html, record);
        if (commands.Count == 0) return;
        html.Tag("h3", "Commands");
        html.Table(["At, h:min", "Subject", "Command", "By", "Outcome"], commands.Select(e => new[]
        {
            Figures.Clock(e.At), Encoded(e.Subject), Encoded(e.Text), Encoded(e.Cause), e.Kind == BatchEventKind.CommandRefused ? Verdict("warn", "refused") : "accepted",
        }));
    }
}
