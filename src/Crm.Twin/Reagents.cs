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

    /// <summary>
    /// J given off: concentrated sulfuric acid into water 70 kJ/mol, caustic dilution 30 kJ/mol, neutralisation 56 kJ per mol of the
    /// protons that meet hydroxide (integral heats, rounded [G]).
    /// </summary>
    public static double MixingHeat(Mixture parcel, Mixture into)
    {
        double protons = parcel.Aq[Aqueous.H];
        if (protons > 0) return 70e3 * parcel.Aq[Aqueous.SO4] + 56e3 * Math.Min(protons, Math.Max(0, -into.Aq[Aqueous.H]));
        double caustic = -protons;
        double acid = Math.Max(0, into.Aq[Aqueous.H]) + 3 * into.Aq[Aqueous.Fe3] + 3 * into.Aq[Aqueous.Al];
        return 30e3 * caustic + 56e3 * Math.Min(caustic, acid);
    }
}
