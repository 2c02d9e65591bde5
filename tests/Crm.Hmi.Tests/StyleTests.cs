using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Crm.Hmi.Tests;

/// <summary>The style guide is web/style/theme.css and nothing else.</summary>
public class StyleTests
{
    private static readonly string Web = Path.Combine(Tree.Root, "src", "Crm.Hmi", "web");
    private static readonly Dictionary<string, string> Light = Colours(0), Dark = Colours(1);

    /// <summary>The light look, and what the dark one has otherwise.</summary>
    private static Dictionary<string, string> Colours(int looks)
    {
        string[] parts = File.ReadAllText(Path.Combine(Web, "style", "theme.css")).Split(":root[data-look=\"dark\"]");
        Assert.Equal(2, parts.Length);
        var colours = new Dictionary<string, string>();
        foreach (string part in parts.Take(1 + looks))
            foreach (Match m in Regex.Matches(part, @"--([\w-]+): (#[0-9a-f]{6});")) colours[m.Groups[1].Value] = m.Groups[2].Value;
        return colours;
    }

    /// <summary>HMI-29: a person who knows an alarm by day knows it by night.</summary>
    [Fact]
    public void Alarms_look_the_same_in_both() => Assert.All(Light.Keys.Where(k => k.StartsWith('p') && char.IsDigit(k[1])), name => Assert.Equal(Light[name], Dark[name]));

    /// <summary>HMI-26: no colour is written anywhere but in the style guide.</summary>
    [Fact]
    public void Colours_have_one_home()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Web, "src"), "*.ts").Append(Path.Combine(Web, "style", "crm.css"))
            .Concat(Directory.EnumerateFiles(Path.Combine(Tree.Root, "src", "Crm.Hmi", "Pages"), "*.razor"));
        var colour = new Regex(@"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b|\brgba?\(|\bhsla?\(|:\s*(?:red|orange|yellow|green|blue|black|white|grey|gray)\s*[;'\x22]");

        Assert.Empty(files.SelectMany(f => colour.Matches(File.ReadAllText(f)).Select(m => $"{Path.GetFileName(f)}: {m.Value}")));
    }

    /// <summary>HMI-02: alarm colours appear in the rules of the alarm glyphs and nowhere else.</summary>
    [Fact]
    public void Alarm_colours_are_for_alarms()
    {
        string css = File.ReadAllText(Path.Combine(Web, "style", "crm.css"));
        var users = Regex.Matches(css, @"([^{}]+)\{[^{}]*var\(--p[1-4](?:-ink)?\)[^{}]*\}").Select(m => m.Groups[1].Value.Trim());

        Assert.All(users, selector => Assert.Matches(@"^\.glyph\.p[1-4] (?:\.shape|text)$", selector));
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.Combine(Web, "src"), "*.ts"), f => Regex.IsMatch(File.ReadAllText(f), @"--p[1-4]\b"));
    }

    /// <summary>HMI-21: WCAG 2.2 AA. Text 4.5 : 1.</summary>
    [Theory]
    [InlineData("ink", "ground")]
    [InlineData("ink", "panel")]
    [InlineData("ink", "panel-strong")]
    [InlineData("ink", "field")]
    [InlineData("ink", "busy")]
    [InlineData("ink-soft", "ground")]
    [InlineData("ink-soft", "panel")]
    [InlineData("ink-soft", "field")]
    [InlineData("ink-soft", "busy")]
    [InlineData("ink-soft", "band-1")]
    [InlineData("ink-soft", "band-2")]
    [InlineData("twin-ink", "twin")]
    [InlineData("twin-ink", "twin-stripe")]
    [InlineData("twin-ink", "on")]
    [InlineData("key-ink", "key")]
    [InlineData("grave-ink", "grave")]
    [InlineData("lost-ink", "lost")]
    [InlineData("p1-ink", "p1")]
    [InlineData("p2-ink", "p2")]
    [InlineData("p3-ink", "p3")]
    [InlineData("p4-ink", "p4")]
    public void Text_is_read_without_effort(string text, string ground) => Seen(text, ground, 4.5);

    /// <summary>HMI-21, HMI-29: borders of glyphs, pens of trends, focus ring 3 : 1 against what they stand on.</summary>
    [Theory]
    [InlineData("ink", "panel")]
    [InlineData("focus", "ground")]
    [InlineData("focus", "field")]
    [InlineData("ink-soft", "field")]
    [InlineData("pen-1", "band-2")]
    [InlineData("pen-2", "band-2")]
    [InlineData("pen-3", "band-2")]
    [InlineData("pen-4", "band-2")]
    [InlineData("pen-5", "band-2")]
    [InlineData("pen-6", "band-2")]
    [InlineData("pen-7", "band-2")]
    public void Graphics_are_seen(string graphic, string ground) => Seen(graphic, ground, 3);

    private static void Seen(string what, string ground, double contrast)
    {
        Assert.True(Contrast(Light, what, ground) >= contrast, $"light: {what} on {ground}: {Contrast(Light, what, ground):0.00}");
        Assert.True(Contrast(Dark, what, ground) >= contrast, $"dark: {what} on {ground}: {Contrast(Dark, what, ground):0.00}");
    }

    private static double Contrast(Dictionary<string, string> theme, string a, string b)
    {
        double light = Math.Max(Luminance(theme[a]), Luminance(theme[b])), dark = Math.Min(Luminance(theme[a]), Luminance(theme[b]));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Channel(int at)
        {
            double c = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return c <= 0.03928 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Channel(1) + 0.7152 * Channel(3) + 0.0722 * Channel(5);
    }
}
