using System.Collections.Immutable;
using Crm.Chemistry.Properties;

namespace Crm.Chemistry;

/// <summary>
/// Molar masses from formulas and the standard atomic weights of <c>chemistry/elements.csv</c>, g/mol. Formulas as in <c>Al2(SO4)3</c>,
/// <c>Na2SO4.10H2O</c>; no charges.
/// </summary>
public static class MolarMass
{
    private static readonly ImmutableSortedDictionary<string, double> Atomic =
        ConstantTable.Read("elements.csv").Rows.ToImmutableSortedDictionary(row => row.Text("element"), row => row.Number("mass"), StringComparer.Ordinal);

    public static bool IsElement(string symbol) => Atomic.ContainsKey(symbol);

    /// <summary>g/mol.</summary>
    /// <exception cref="FormatException">Not a formula, or an element without a standard atomic weight.</exception>
    public static double Of(string formula) => Composition(formula).Sum(part => part.Value * Atomic[part.Key]);

    /// <summary>Atoms of each element in one formula unit.</summary>
    /// <exception cref="FormatException">As for <see cref="Of"/>.</exception>
    public static ImmutableSortedDictionary<string, double> Composition(string formula)
    {
        var counts = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var part in formula.Split(['.', '·'])) new Reader(formula, part).ReadInto(counts);
        return counts.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    /// <summary>
    /// kg of an element, or of the groups <c>SO4</c> and <c>CO3</c>, per kg of the compound. A group counts only where the formula names it:
    /// the sulfur of a sulfide is no sulfate.
    /// </summary>
    public static double MassFraction(string formula, string part)
    {
        var composition = Composition(formula);
        if (Atomic.TryGetValue(part, out double atomic)) return composition.GetValueOrDefault(part) * atomic / Of(formula);
        if (!formula.Contains(part, StringComparison.Ordinal)) return 0;
        string centre = part switch
        {
            "SO4" => "S",
            "CO3" => "C",
            _ => throw new FormatException($"'{part}' is neither an element nor one of the groups SO4 and CO3"),
        };
        return composition.GetValueOrDefault(centre) * Of(part) / Of(formula);
    }

    private sealed class Reader(string whole, string text)
    {
        private int at;

        public void ReadInto(SortedDictionary<string, double> counts)
        {
            if (text.Length == 0) throw Wrong();
            double multiple = Number() ?? 1;
            foreach (var (element, count) in Group())
            {
                counts[element] = counts.GetValueOrDefault(element) + count * multiple;
            }

            if (at != text.Length) throw Wrong();
        }

        private SortedDictionary<string, double> Group()
        {
            var counts = new SortedDictionary<string, double>(StringComparer.Ordinal);
            while (at < text.Length && text[at] != ')')
            {
                var inner = text[at] == '(' ? Parenthesis() : new SortedDictionary<string, double> { [Symbol()] = 1 };
                double multiple = Number() ?? 1;
                foreach (var (element, count) in inner) counts[element] = counts.GetValueOrDefault(element) + count * multiple;
            }

            return counts.Count > 0 ? counts : throw Wrong();
        }

        private SortedDictionary<string, double> Parenthesis()
        {
            at++;
            var counts = Group();
            if (at >= text.Length) throw Wrong();
            at++;
            return counts;
        }

        private string Symbol()
        {
            int length = at + 1 < text.Length && char.IsAsciiLetterLower(text[at + 1]) ? 2 : 1;
            string symbol = text.Substring(at, length);
            if (!Atomic.ContainsKey(symbol)) throw Wrong();
            at += length;
            return symbol;
        }

        private double? Number()
        {
            int start = at;
            while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
            if (at == start) return null;
            return double.TryParse(text.AsSpan(start, at - start), System.Globalization.CultureInfo.InvariantCulture, out double number) && number > 0
                ? number
                : throw Wrong();
        }

        private FormatException Wrong() => new($"'{whole}' is not a chemical formula (at character {at + 1} of '{text}')");
    }
}
