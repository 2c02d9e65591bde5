using System.Text;
using Crm.Host.Runs;
using Crm.Plant.Records;

namespace Crm.Host.Reports;

/// <summary>Writes what is kept of a batch: <c>report.html</c> for people and <c>batch.json</c> for programs.</summary>
public static class ReportWriter
{
    /// <summary>The report as one page that needs nothing else: styles and drawings are in it, there is no script.</summary>
    public static string Html(BatchRecord record) => ReportPage.Render(record);

    public static byte[] Json(BatchRecord record) => BatchJson.Write(record);

    /// <summary>Of several batches: <c>campaign.html</c> beside their folders, and <c>campaign.json</c>.</summary>
    public static void Write(string folder, Campaign campaign)
    {
        File.WriteAllText(Path.Combine(folder, "campaign.html"), CampaignPage.Render(campaign), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.WriteAllBytes(Path.Combine(folder, "campaign.json"), CampaignJson.Write(campaign));
    }

    /// <summary>Writes both into a folder, which is made when it is not there.</summary>
    public static void Write(string folder, BatchRecord record)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "report.html"), Html(record), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.WriteAllBytes(Path.Combine(folder, "batch.json"), Json(record));
    }
}
