using System.Net;
using System.Text;

namespace Crm.Host.Reports;

/// <summary>Builds HTML; text is always encoded, markup is only what this class and the report's own parts write.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder text = new(1 << 16);

    public HtmlText Raw(string markup)
    {
        text.Append(markup);
        return this;
    }

    public HtmlText Text(string plain)
    {
        text.Append(Encoded(plain));
        return this;
    }

    public HtmlText Tag(string name, string plain, string? style = null)
    {
        text.Append('<').Append(name);
        if (style is not null) text.Append(" class=\"").Append(style).Append('"');
        text.Append('>').Append(Encoded(plain)).Append("</").Append(name).Append(">\n");
        return this;
    }

    public override string ToString() => text.ToString();

    public static string Encoded(string plain) => WebUtility.HtmlEncode(plain);
}
