namespace Crm.Chemistry;

/// <summary>Atoms in a formula such as <c>Na2SO4.10H2O</c> or <c>Al2(SO4)3</c>, by element index.</summary>
public static class Composition
{
    /// <exception cref="FormatException">Unknown element or stray character.</exception>
    public static double[] Of(string formula)
    {
        double[] atoms = new double[Elements.Count];
        foreach (string part in formula.Split('.'))
        {
            int at = 0;
            int factor = Number(part, ref at);
            double[] unit = Group(part, ref at);
            if (at != part.Length) throw new FormatException($"formula {formula}: unexpected '{part[at]}'");
            for (int e = 0; e < atoms.Length; e++) atoms[e] += factor * unit[e];
        }
        return atoms;
    }

    /// <summary>kg/mol.</summary>
    public static double Mass(double[] atoms)
    {
        double mass = 0;
        for (int e = 0; e < atoms.Length; e++) mass += atoms[e] * Elements.Masses[e];
        return mass;
    }

    private static double[] Group(string text, ref int at)
    {
        double[] sum = new double[Elements.Count];
        while (at < text.Length && text[at] != ')')
        {
            double[] item = Item(text, ref at);
            int count = Number(text, ref at);
            for (int e = 0; e < sum.Length; e++) sum[e] += count * item[e];
        }
        return sum;
    }

    private static double[] Item(string text, ref int at)
    {
        if (text[at] == '(')
        {
            at++;
            double[] inner = Group(text, ref at);
            if (at >= text.Length) throw new FormatException($"formula {text}: ')' is missing");
            at++;
            return inner;
        }
        int end = at + 1;
        while (end < text.Length && char.IsLower(text[end])) end++;
        int element = Elements.IndexOf(text[at..end]);
        if (element < 0) throw new FormatException($"formula {text}: no element '{text[at..end]}'");
        at = end;
        double[] one = new double[Elements.Count];
        one[element] = 1;
        return one;
    }

    private static int Number(string text, ref int at)
    {
        int value = 0;
        while (at < text.Length && char.IsAsciiDigit(text[at])) value = value * 10 + (text[at++] - '0');
        return value == 0 ? 1 : value;
    }
}
