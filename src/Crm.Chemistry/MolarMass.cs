using System.Collections.Immutable;

namespace Crm.Chemistry;

/// <summary>
/// Molar masses from formulas. Standard atomic weights (IUPAC CIAAW 2021), abridged, lanthanum to neodymium to three decimals, g/mol. Formulas as in <c>Al2(SO4)3</c>,
/// <c>Na2SO4.10H2O</c>; no charges.
/// </summary>
public static class MolarMass
{
    private static readonly ImmutableSortedDictionary<string, double> Atomic = new Dictionary<string, double>
    {
        ["H"] = 1.008,
        ["He"] = 4.0026,
        ["Li"] = 6.94,
        ["Be"] = 9.0122,
        ["B"] = 10.81,
        ["C"] = 12.011,
        ["N"] = 14.007,
        ["O"] = 15.999,
        ["F"] = 18.998,
        ["Ne"] = 20.180,
        ["Na"] = 22.990,
        ["Mg"] = 24.305,
        ["Al"] = 26.982,
        ["Si"] = 28.085,
        ["P"] = 30.974,
        ["S"] = 32.06,
        ["Cl"] = 35.45,
        ["Ar"] = 39.95,
        ["K"] = 39.098,
        ["Ca"] = 40.078,
        ["Sc"] = 44.956,
        ["Ti"] = 47.867,
        ["V"] = 50.942,
        ["Cr"] = 51.996,
        ["Mn"] = 54.938,
        ["Fe"] = 55.845,
        ["Co"] = 58.933,
        ["Ni"] = 58.693,
        ["Cu"] = 63.546,
        ["Zn"] = 65.38,
        ["Ga"] = 69.723,
        ["Ge"] = 72.630,
        ["As"] = 74.922,
        ["Se"] = 78.971,
        ["Br"] = 79.904,
        ["Kr"] = 83.798,
        ["Rb"] = 85.468,
        ["Sr"] = 87.62,
        ["Y"] = 88.906,
        ["Zr"] = 91.224,
        ["Nb"] = 92.906,
        ["Mo"] = 95.95,
        ["Ru"] = 101.07,
        ["Rh"] = 102.91,
        ["Pd"] = 106.42,
        ["Ag"] = 107.87,
        ["Cd"] = 112.41,
        ["In"] = 114.82,
        ["Sn"] = 118.71,
        ["Sb"] = 121.76,
        ["Te"] = 127.60,
        ["I"] = 126.90,
        ["Xe"] = 131.29,
        ["Cs"] = 132.91,
        ["Ba"] = 137.33,
        ["La"] = 138.905,
        ["Ce"] = 140.116,
        ["Pr"] = 140.908,
        ["Nd"] = 144.242,
        ["Sm"] = 150.36,
        ["Eu"] = 151.96,
        ["Gd"] = 157.25,
        ["Tb"] = 158.93,
        ["Dy"] = 162.50,
        ["Ho"] = 164.93,
        ["Er"] = 167.26,
        ["Tm"] = 168.93,
        ["Yb"] = 173.05,
        ["Lu"] = 174.97,
        ["Hf"] = 178.49,
        ["Ta"] = 180.95,
        ["W"] = 183.84,
        ["Re"] = 186.21,
        ["Os"] = 190.23,
        ["Ir"] = 192.22,
        ["Pt"] = 195.08,
        ["Au"] = 196.97,
        ["Hg"] = 200.59,
        ["Tl"] = 204.38,
        ["Pb"] = 207.2,
        ["Bi"] = 208.98,
        ["Th"] = 232.04,
        ["U"] = 238.03,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

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
