using System.Globalization;
using Crm.Plant.Records;
using Crm.Plant.Twins;
using static Crm.Host.Reports.HtmlText;

namespace Crm.Host.Reports;

/// <summary>What exactly was run: the same hashes, seed and build give the same record.</summary>
internal static class IdentitySection
{
    public static void Write(HtmlText html, BatchRecord record)
    {
        html.Heading("identity", "Recipe and rig");
        html.Line("<dl>");
        Pair(html, "Recipe", $"{record.Recipe.Id} {record.Recipe.Version}");
        if (record.Recipe.ProcedureOf.Length > 0) Pair(html, "Procedure of", record.Recipe.ProcedureOf);
        if (record.Recipe.State.Length > 0) Pair(html, "State of the recipe", record.Recipe.State);
        Hash(html, "Recipe SHA-256", record.Recipe.ContentHash);
        Pair(html, "Rig", $"{record.Rig.Name} {record.Rig.Version}");
        Hash(html, "Rig SHA-256", record.Rig.ContentHash);
        if (record.Rig.ProtectionChecksum.Length > 0) Hash(html, "Protection SHA-256", record.Rig.ProtectionChecksum);
        if (record.Rig.TwinContentHash is { } twin) Hash(html, "Twin SHA-256", twin);
        foreach (TwinChange change in record.Rig.TwinChanges) Pair(html, "Twin, otherwise than its file", $"{change.Name} {change.Value}, by {change.By}");
        if (record.Seed is { } seed) Pair(html, "Seed", seed.ToString(CultureInfo.InvariantCulture));
        Pair(html, "Software", record.Software);
        Pair(html, "Outcome", $"{record.Outcome}. {record.OutcomeText}");
        html.Line("</dl>");
        if (record.Formula.Length == 0) return;
        html.Tag("h3", "Formula as used");
        html.Table(["Parameter", "#Value", "#Allowed"], record.Formula.Select(p => new[]
        {
            Encoded(p.Label), $"{Figures.Significant(p.Value, 5)} {Encoded(p.Unit)}", $"{Figures.Significant(p.Low, 5)} to {Figures.Significant(p.High, 5)}",
        }));
    }

    private static void Pair(HtmlText html, string name, string value) => html.Line($"<dt>{Encoded(name)}</dt><dd>{Encoded(value)}</dd>");

    private static void Hash(HtmlText html, string name, string value) => html.Line($"<dt>{Encoded(name)}</dt><dd><code>{Encoded(value)}</code></dd>");
}
