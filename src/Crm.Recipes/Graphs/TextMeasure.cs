using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Crm.Recipes.Graphs;

/// <summary>How wide text is, so that it can be broken before it runs out of its box. Widths are those of Arial and its metric twins, with room for wider fonts.</summary>
internal static partial class TextMeasure
{
    /// <summary>Where Arial is not there, a wider font may stand in.</summary>
    private const double Room = 1.1, BoldFactor = 1.08;

    /// <summary>Behind these a long word is broken first.</summary>
    private static readonly char[] joints = ['-', '_', '/', '.'];

    private const string Thin = "iljI.,:;|!'`()[]{}/\\ft \u00a0", Wide = "mwMW@%&";

    /// <param name="size">px.</param>
    /// <returns>px.</returns>
    public static double Width(string text, double size, bool bold = false) => text.Sum(Em) * size * Room * (bold ? BoldFactor : 1);

    /// <summary>Lines no wider than so many px, broken between words, and inside a word only where it alone is too wide.</summary>
    public static ImmutableArray<string> Lines(string text, double size, double width, bool bold = false)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        string line = "";
        foreach (string word in NumberAndUnit().Replace(text, "\u00a0").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : line + " " + word;
            if (Width(longer, size, bold) <= width)
            {
                line = longer;
                continue;
            }

            if (line.Length > 0) lines.Add(line);
            line = word;
            while (Width(line, size, bold) > width && line.Length > 1)
            {
                int fits = Enumerable.Range(1, line.Length - 1).Last(n => n == 1 || Width(line[..n], size, bold) <= width);
                int joint = line.LastIndexOfAny(joints, fits - 1) + 1;
                if (joint > 1) fits = joint;
                lines.Add(line[..fits]);
                line = line[fits..];
            }
        }

        if (line.Length > 0) lines.Add(line);
        return lines.ToImmutable();
    }

    /// <summary>The blank between a number and its unit: no line ends there.</summary>
    [GeneratedRegex(@"(?<=\d) (?=[A-Za-z%\u00b0])")]
    private static partial Regex NumberAndUnit();

    private static double Em(char c) => Thin.Contains(c, StringComparison.Ordinal) ? 0.3 : Wide.Contains(c, StringComparison.Ordinal) ? 0.9 : c is >= 'A' and <= 'Z' ? 0.69 : c is >= '0' and <= '9' or '_' or '-' or 'r' ? 0.56 : c > 127 ? 0.75 : 0.56;
}
