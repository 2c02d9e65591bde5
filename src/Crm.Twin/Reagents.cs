using Crm.Chemistry;
using Crm.Plant.Rigs;

namespace Crm.Twin;

/// <summary>Bought solutions as basis components, and the heat they give on mixing.</summary>
internal static class Reagents
{
    /// <exception cref="ArgumentException">Species without a recipe here.</exception>
    public static Mixture Of(ReagentDefinition reagent, double ambient)
    {
        if (!Solutes.All.TryGetValue(reagent.Species, out Term[]? ions))
            throw new ArgumentException($"twin: reagent {reagent.Name}: species {reagent.Species} is not modelled; known: {string.Join(", ", Solutes.All.Keys)}");
        double molar = Composition.Mass(Composition.Of(reagent.Species));
        double mol = reagent.Stock * reagent.MassFraction / molar;
        Mixture m = new() { Temperature = ambient };
        foreach (Term t in ions) m.Aq[t.Species] += t.Mol * mol;
        m.Aq[Aqueous.H2O] += reagent.Stock * (1 - reagent.MassFraction) / Aqueous.Mass[Aqueous.H2O];
        return m;
    }

    /// <summary>What a feed material may hold in solution.</summary>
    public static IEnumerable<string> Dissolved => Solutes.All.Keys.Append("H2O");

    /// <summary>Adds kg of a species to a liquor; false when it is none of <see cref="Dissolved"/>.</summary>
    public static bool Dissolve(Mixture into, string species, double kg)
    {
        double mol = kg / Composition.Mass(Composition.Of(species));
        if (species == "H2O") into.Aq[Aqueous.H2O] += mol;
        else if (Solutes.All.TryGetValue(species, out Term[]? ions)) foreach (Term t in ions) into.Aq[t.Species] += t.Mol * mol;
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
        Acid = (LawConstants.Of("mixing heat", "sulfuric acid"), LawConstants.Of("mixing heat", "sulfuric acid half")),
        Caustic = (LawConstants.Of("mixing heat", "caustic"), LawConstants.Of("mixing heat", "caustic half"));

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
