using System.Globalization;
using Crm.Chemistry.Properties;

namespace Crm.Chemistry;

/// <summary>
/// Reads equations such as <c>4 MnOOH + 8 H+ = 4 Mn2+ + O2 + 6 H2O</c>. A name is looked for among the components of the liquor, then the solids, then the gases; (aq), (l), (s) and (g) behind it
/// choose the phase. OH- is H2O less H+.
/// </summary>
internal static class ReactionEquation
{
    /// <exception cref="FormatException">The text is no equation, names something unknown, or does not balance.</exception>
    public static Reaction Read(string equation, double heat)
    {
        string[] sides = equation.Split(" = ");
        if (sides.Length != 2) throw new FormatException("an equation has two sides with ' = ' between them");
        SortedDictionary<int, double> aq = [], solids = [], gases = [];
        foreach (string term in sides[0].Split(" + ")) Add(term.Trim(), -1, aq, solids, gases);
        foreach (string term in sides[1].Split(" + ")) Add(term.Trim(), 1, aq, solids, gases);
        Reaction reaction = new(equation, Terms(aq), Terms(solids), Terms(gases), heat);
        Balance(reaction);
        return reaction;
    }

    private static void Add(string term, double sign, SortedDictionary<int, double> aq, SortedDictionary<int, double> solids, SortedDictionary<int, double> gases)
    {
        int space = term.IndexOf(' ', StringComparison.Ordinal);
        double mol = 1;
        if (space > 0 && double.TryParse(term.AsSpan(0, space), NumberStyles.Float, CultureInfo.InvariantCulture, out double count)) (mol, term) = (count, term[(space + 1)..]);
        if (!(mol > 0)) throw new FormatException($"'{term}': how many is a positive number");
        mol *= sign;
        if (term == "OH-")
        {
            Sum(aq, Aqueous.H2O, mol);
            Sum(aq, Aqueous.H, -mol);
            return;
        }
        (string name, string phase) = Phase(term);
        int at;
        if (phase is "" or "(aq)" or "(l)" && (at = Aqueous.IndexOf(name)) >= 0) Sum(aq, at, mol);
        else if (phase is "" or "(s)" && (at = Solid.IndexOf(name)) >= 0) Sum(solids, at, mol);
        else if (phase is "" or "(g)" && (at = Array.IndexOf(Gas.Names, name)) >= 0) Sum(gases, at, mol);
        else throw new FormatException($"'{term}' is in none of aqueous-components.csv, solids.csv, gases.csv");
    }

    private static (string Name, string Phase) Phase(string term)
    {
        foreach (string phase in (ReadOnlySpan<string>)["(aq)", "(l)", "(s)", "(g)"])
        {
            if (term.EndsWith(phase, StringComparison.Ordinal)) return (term[..^phase.Length], phase);
        }
        return (term, "");
    }

    private static void Sum(SortedDictionary<int, double> terms, int species, double mol)
    {
        double sum = terms.GetValueOrDefault(species) + mol;
        if (sum == 0) terms.Remove(species);
        else terms[species] = sum;
    }

    private static Term[] Terms(SortedDictionary<int, double> terms) => [.. terms.Select(t => new Term(t.Key, t.Value))];

    private static void Balance(Reaction reaction)
    {
        double[] error = reaction.AtomError();
        for (int e = 0; e < error.Length; e++)
        {
            if (Math.Abs(error[e]) > 1e-9) throw new FormatException($"{Elements.Symbols[e]} does not balance: {Math.Abs(error[e]).ToString("0.###", CultureInfo.InvariantCulture)} too many on the {(error[e] > 0 ? "right" : "left")}");
        }
        double charge = reaction.ChargeError();
        if (Math.Abs(charge) > 1e-9) throw new FormatException($"the charge does not balance: {charge.ToString("+0.###;-0.###", CultureInfo.InvariantCulture)} on the right");
    }
}
