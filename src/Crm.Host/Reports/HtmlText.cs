using System.Net;
using System.Text;

namespace Crm.Host.Reports;

/// <summary>Builds HTML; text is always encoded, markup is only what the report's own parts write.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder text = new(1 << 18);

    /// <summary>Head of a page that stands alone, up to the beginning of its content.</summary>
    public static HtmlText Page(string title) => new HtmlText()
        .Line("<!DOCTYPE html>").Line("<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .Line($"<title>{Encoded(title)}</title><style>{ReportStyle.Css}</style></head><body><main>");

    /// <summary>The page, closed.</summary>
    /// <param name="footer">What its figures mean, plain.</param>
    public string End(string footer) => Tag("footer", footer).Line("</main></body></html>").ToString();

    public HtmlText Raw(string markup)
    {
        text.Append(markup);
        return this;
    }

    public HtmlText Line(string markup)
    {
        text.Append(markup).Append('\n');
        return this;
    }

    public HtmlText Tag(string name, string plain, string? style = null)
    {
        text.Append('<').Append(name);
        if (style is not null) text.Append(" class=\"").Append(style).Append('"');
        text.Append('>').Append(Encoded(plain)).Append("</").Append(name).Append(">\n");
        return this;
    }

    public HtmlText Heading(string id, string plain) => Line($"<h2 id=\"{id}\">{Encoded(plain)}</h2>");

    /// <summary>A table; columns whose heading begins with <c>#</c> hold numbers and stand to the right.</summary>
    public HtmlText Table(string[] headings, IEnumerable<string[]> rows)
    {
        Raw("<div class=\"scroll\"><table><thead><tr>");
        foreach (string heading in headings)
            Raw(heading.StartsWith('#') ? $"<th class=\"n\">{Encoded(heading[1..])}</th>" : $"<th>{Encoded(heading)}</th>");
        Line("</tr></thead><tbody>");
        foreach (string[] row in rows)
        {
            Raw("<tr>");
            for (int i = 0; i < row.Length; i++) Raw(headings[i].StartsWith('#') ? $"<td class=\"n\">{row[i]}</td>" : $"<td>{row[i]}</td>");
            Line("</tr>");
        }

        return Line("</tbody></table></div>");
    }

    public HtmlText Legend(IEnumerable<(string Colour, string Name)> entries)
    {
        Raw("<div class=\"legend\">");
        foreach (var (colour, name) in entries) Raw($"<span><i style=\"background:{colour}\"></i>{Encoded(name)}</span>");
        return Line("</div>");
    }

    public override string ToString() => text.ToString();

    public static string Encoded(string plain) => WebUtility.HtmlEncode(plain);

    public static string Verdict(string tone, string words) => $"<span class=\"is-{tone}\">{Encoded(words)}</span>";
}
