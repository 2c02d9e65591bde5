using Crm.Plant.Records;

namespace Crm.Host.Reports;

/// <summary>The report page, section by section.</summary>
internal static class ReportPage
{
    public static string Render(BatchRecord record)
    {
        var html = new HtmlText();
        html.Tag("h1", record.Recipe.Title);
        return html.ToString();
    }
}
