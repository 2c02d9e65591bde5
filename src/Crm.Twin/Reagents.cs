using Crm.Chemistry;
using Crm.Plant.Rigs;

namespace Crm.Twin;

/// <summary>Bought solutions as basis components, and the heat they give on mixing.</summary>
internal static class Reagents
{
    /// <summary>Ions per mol of species.</summary>
    private static readonly SortedDictionary<string, Term[]> Species = new(StringComparer.Ordinal)
    {
        ["H2SO4"] = [new(Aqueous.H, 2), new(Aqueous.SO4, 1)],
        ["H2O2"] = [new(Aqueous.H2O2, 1)],
        ["NaOH"] = [new(Aqueous.Na, 1), new(Aqueous.H2O, 1), new(Aqueous.H, -1)],
        ["LiOH"] = [new(Aqueous.Li, 1), new(Aqueous.H2O, 1), new(Aqueous.H, -1)],
        ["Na2CO3"] = [new(Aqueous.Na, 2), new(Aqueous.CO3, 1)],
        ["Al2(SO4)3"] = [new(Aqueous.Al, 2), new(Aqueous.SO4, 3)],
        ["(NH4)2SO4"] = [new(Aqueous.NH4, 2), new(Aqueous.SO4, 1)],
        ["NH4Cl"] = [new(Aqueous.NH4, 1), new(Aqueous.Cl, 1)],
        ["NaVO3"] = [new(Aqueous.Na, 1), new(Aqueous.VO3, 1)],
        ["NH3"] = [new(Aqueous.NH4, 1), new(Aqueous.H, -1)],
        ["HCl"] = [new(Aqueous.H, 1), new(Aqueous.Cl, 1)],
        ["Ca(OH)2"] = [new(Aqueous.Ca, 1), new(Aqueous.H2O, 2), new(Aqueous.H, -2)],
        ["MgSO4"] = [new(Aqueous.Mg, 1), new(Aqueous.SO4, 1)],
        ["H2C2O4"] = [new(Aqueous.H, 2), new(Aqueous.Oxalate, 1)],
        ["C4H6O6"] = [new(Aqueous.H, 2), new(Aqueous.Tartrate, 1)],
        ["C76H52O46"] = [new(Aqueous.Tannin, 1)],
        ["GeCl4"] = [new(Aqueous.GeCl4, 1)],
    };

    /// <exception cref="ArgumentException">Species without a recipe here.</exception>
    public static Mixture Of(ReagentDefinition reagent, double ambient)
    {
        if (!Species.TryGetValue(reagent.Species, out Term[]? ions))
            throw new ArgumentException($"twin: reagent {reagent.Name}: species {reagent.Species} is not modelled; known: {string.Join(", ", Species.Keys)}");
        double molar = Composition.Mass(Composition.Of(reagent.Species));
        double mol = reagent.Stock * reagent.MassFraction / molar;
        Mixture m = new() { Temperature = ambient };
        foreach (Term t in ions) m.Aq[t.Species] += t.Mol * mol;
        m.Aq[Aqueous.H2O] += reagent.Stock * (1 - reagent.MassFraction) / Aqueous.Mass[Aqueous.H2O];
        return m;
    }

    /// <summary>What a feed material may hold in solution.</summary>
    public static IEnumerable<string> Dissolved => Species.Keys.Append("H2O");

    /// <summary>Adds kg of a species to a liquor; false when it is none of <see cref="Dissolved"/>.</summary>
    public static bool Dissolve(Mixture into, string species, double kg)
    {
        double mol = kg / Composition.Mass(Composition.Of(species));
        if (species == "H2O") into.Aq[Aqueous.H2O] += mol;
        else if (Species.TryGetValue(species, out Term[]? ions)) foreach (Term t in ions) into.Aq[t.Species] += t.Mol * mol;
        else return false;
        return true;
    }

    /// <summary>J given off when two liquors meet: what dilution of free acid and alkali gives, and neutralisation.</summary>
    public static double MixingHeat(Mixture parcel, Mixture into)
    {
        double one = parcel.Aq[Aqueous.H], other = into.Aq[Aqueous.H], met = one * other < 0 ? Math.Min(Math.Abs(one), Math.Abs(other)) : 0;
        double water = parcel.Aq[Aqueous.H2O], there = into.Aq[Aqueous.H2O];
        return PhysicalConstants.Neutralisation * met + Diluted(Acid, Sulfuric(parcel), water, Sulfuric(into), there) + Diluted(Caustic, Alkali(parcel), water, Alkali(into), there);
    }

    /// <summary>J/mol at great dilution and mol of water per mol at half of it: heat of solution q n/(n + k).</summary>
    private static readonly (double Most, double Half)
        Acid = (74.7e3, 1.8),       // liquid H2SO4, Thomsen's formula, to some 20 mol of water [G]
        Caustic = (44.5e3, 1.5);    // solid NaOH, 29 kJ/mol with 3 of water and 42 with 20 [G]

    private static double Sulfuric(Mixture m) => Math.Max(0, Math.Min(m.Aq[Aqueous.SO4], 0.5 * m.Aq[Aqueous.H]));

    private static double Alkali(Mixture m) => Math.Max(0, Math.Min(-m.Aq[Aqueous.H], m.Aq[Aqueous.Na] + m.Aq[Aqueous.Li] + m.Aq[Aqueous.K]));

    /// <summary>Integral heat of the whole less that of the parts; never negative, and nothing when both are equally strong.</summary>
    private static double Diluted((double Most, double Half) law, double mol, double water, double other, double there)
    {
        if (mol + other <= 0) return 0;
        double Integral(double solute, double solvent) => solute <= 0 ? 0 : law.Most * solute * solvent / (solvent + law.Half * solute);
        return Integral(mol + other, water + there) - Integral(mol, water) - Integral(other, there);
    }
}
