using Crm.Chemistry;
using Crm.Plant.Quantities;

namespace Crm.Recipes.Expressions;

/// <summary>Of what a mass or an amount is: <c>2 mol/L NaOH</c>. Its molar mass turns one into the other.</summary>
/// <param name="MolarMass">kg/mol.</param>
public sealed record Species(string Formula, double MolarMass)
{
    /// <summary>Letters; the longest formula of a salt with its water has some thirty.</summary>
    private const int Longest = 40;

    /// <returns>Null when the text is no formula.</returns>
    public static Species? Find(string formula)
    {
        if (formula.Length is 0 or > Longest) return null;
        try
        {
            return new Species(formula, Chemistry.MolarMass.Of(formula) / 1000);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The unit in the kind of measure of another, mol for mass or mass for mol; null when the molar mass does not lead there.</summary>
    public Unit? Towards(Unit unit, Unit to)
    {
        int more = unit.Dimension.Amount - to.Dimension.Amount;
        if (more is not (1 or -1)) return null;
        Unit turned = unit with
        {
            Dimension = unit.Dimension with { Amount = unit.Dimension.Amount - more, Mass = unit.Dimension.Mass + more },
            Factor = more > 0 ? unit.Factor * MolarMass : unit.Factor / MolarMass,
        };
        return turned.Matches(to) ? turned : null;
    }
}
