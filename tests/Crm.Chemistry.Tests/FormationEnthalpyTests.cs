using Xunit;

namespace Crm.Chemistry.Tests;

/// <summary>
/// Heats of reaction against the formation enthalpies of what reacts, 25 degC, kJ/mol. Sources: llnl.dat of phreeqc3 (read), else usual handbook values, not traced [G]. Not here, because nothing
/// usable is known of them: oxyhydroxides and lithiated oxides, tannate, bound germanium, calcium vanadate, hydrolysis of the tetrachloride; and the residue of dried mother liquor, which
/// decomposes as the crystals do. What leaves as CO2 or HF leaves from the dissolved molecule.
/// </summary>
public sealed class FormationEnthalpyTests
{
    private const double Share = 0.08, Least = 8;       // of the heat, or kJ: rounded figures

    private static readonly (string Species, double Enthalpy)[] Read =
    [
        ("H2O", -285.84), ("H+", 0), ("Li+", -278.45), ("F-", -335.35), ("Na+", -240.30), ("Mg2+", -465.96), ("Ca2+", -543.08), ("Mn2+", -220.60), ("Fe2+", -92.26), ("Fe3+", -49.58), ("Zn2+", -153.39), ("Al3+", -538.40), ("Cu2+", 65.69), ("In3+", -104.6),
        ("SO4-2", -909.60), ("CO3-2", -675.23), ("Cl-", -167.08), ("OH-", -230.02), ("K+", -252.14), ("NH4+", -133.26), ("SiO2", -877.70), ("PO4-3", -1277.38), ("H3AsO3", -742.20),
        ("s:Al", 0), ("s:Cu", 0), ("s:Fe", 0), ("s:Zn", 0), ("s:CaO", -635.09), ("s:MgO", -601.66), ("s:ZnO", -350.46), ("s:MnO", -385.22), ("s:FeO", -272.04), ("s:Fe2O3", -827.26),
        ("s:Al2O3", -1675.69), ("s:ZnFe2O4", -1169.29), ("s:Na2CO3", -1130.68), ("s:Na2SiO3", -1561.43), ("s:As2O3", -656.62), ("s:Na2SO4.10H2O", -4328.0), ("s:Na2SO4", -1387.87), ("s:CaSO4.2H2O", -2022.69), ("s:CaCO3", -1207.3), ("s:V2O5", -1550.60), ("s:NaCl", -411.12), ("s:K2SO4", -1437.70),
        ("g:H2", 0), ("g:O2", 0), ("g:CO2", -393.51), ("g:NH3", -46.11), ("g:HCl", -92.31),
    ];

    private static readonly (string Species, double Enthalpy)[] Handbook =
    [
        ("H2O2", -191.2), ("GeCl4", -531.8), ("s:Zn2SiO4", -1636.7), ("s:In2O3", -925.8), ("s:Na3PO4", -1917.4), ("s:NH4VO3", -1053.1), ("s:NaVO3", -1145.8), ("VO3-", -888.3), ("s:Li2CO3", -1215.9), ("s:Li2SO4.H2O", -1735.5), ("s:LiF", -616.0), ("s:MnSO4.H2O", -1376.5), ("s:(NH4)2SO4", -1180.9), ("s:LiOH.H2O", -788.0),
        ("Co2+", -58.2), ("Ni2+", -54.0), ("s:CoSO4.7H2O", -2979.9), ("s:NiSO4.6H2O", -2682.8), ("s:NiSO4.7H2O", -2976.3), ("g:H2O", -241.8), ("g:SO3", -395.7), ("g:AsH3", 66.4), ("g:GeCl4", -495.8),
    ];

    private static readonly SortedDictionary<string, double> Known = new(Read.Concat(Handbook).ToDictionary(f => f.Species, f => f.Enthalpy), StringComparer.Ordinal);

    private static IEnumerable<(string Species, double Mol)> TermsOf(Reaction reaction) =>
        [.. reaction.Aq.Select(t => (Aqueous.Names[t.Species], t.Mol)), .. reaction.Solids.Select(t => ("s:" + Solid.Names[t.Species], t.Mol)), .. reaction.Gases.Select(t => ("g:" + Gas.Names[t.Species], t.Mol))];

    private static bool FromDissolvedGas(Reaction r) => r == Reactions.CarbonDioxideIn || r == Reactions.CarbonDioxideOut || r == Reactions.HydrogenFluorideOut;

    public static TheoryData<string> Checked => [.. Reactions.All.Where(r => !FromDissolvedGas(r) && r != Reactions.ResidueDecomposes && TermsOf(r).All(t => Known.ContainsKey(t.Species))).Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Checked))]
    public void A_heat_of_reaction_is_what_formation_enthalpies_say(string name)
    {
        Reaction reaction = Reactions.All.Single(r => r.Name == name);
        double given = -TermsOf(reaction).Sum(t => t.Mol * Known[t.Species]), stated = 1e-3 * reaction.Heat;
        Assert.True(Math.Abs(stated - given) <= Math.Max(Share * Math.Abs(given), Least), $"{name}: {stated} kJ stated, {given:0.#} kJ from formation enthalpies");
    }

    /// <summary>A little of the salt in much water; what dissolving takes up crystallising gives.</summary>
    [Theory]
    [InlineData(Solid.Li2CO3, "Li+ 2 CO3-2 1")]
    [InlineData(Solid.Mirabilite, "Na+ 2 SO4-2 1 H2O 10")]
    [InlineData(Solid.Thenardite, "Na+ 2 SO4-2 1")]
    [InlineData(Solid.Li2SO4H2O, "Li+ 2 SO4-2 1 H2O 1")]
    [InlineData(Solid.Gypsum, "Ca2+ 1 SO4-2 1 H2O 2")]
    [InlineData(Solid.CaCO3, "Ca2+ 1 CO3-2 1")]
    [InlineData(Solid.LiF, "Li+ 1 F- 1")]
    [InlineData(Solid.NH4VO3, "NH4+ 1 VO3- 1")]
    [InlineData(Solid.MnSO4H2O, "Mn2+ 1 SO4-2 1 H2O 1")]
    [InlineData(Solid.NH42SO4, "NH4+ 2 SO4-2 1")]
    public void A_heat_of_crystallisation_is_what_formation_enthalpies_say(int solid, string ions) => Dissolves(solid, ions);

    /// <summary>Salts that no law knows by number. Hydroxide as the ion: what it would give with a proton is not in it.</summary>
    [Theory]
    [InlineData("LiOH.H2O", "Li+ 1 OH- 1 H2O 1")]
    [InlineData("NaCl", "Na+ 1 Cl- 1")]
    [InlineData("K2SO4", "K+ 2 SO4-2 1")]
    [InlineData("CoSO4.7H2O", "Co2+ 1 SO4-2 1 H2O 7")]
    [InlineData("NiSO4.6H2O", "Ni2+ 1 SO4-2 1 H2O 6")]
    [InlineData("NiSO4.7H2O", "Ni2+ 1 SO4-2 1 H2O 7")]
    public void A_heat_of_crystallisation_by_name_is_what_formation_enthalpies_say(string solid, string ions) => Dissolves(Solid.IndexOf(solid), ions);

    private static void Dissolves(int solid, string ions)
    {
        Mixture m = new() { Temperature = 25 };
        m.Aq[Aqueous.H2O] = 555;
        m.Solid[solid] = 1e-3;
        double heat = Salts.Step(m, Speciation.Of(m), 100, 1), grown = m.Solid[solid] - 1e-3;
        string[] words = ions.Split(' ');
        double given = Enumerable.Range(0, words.Length / 2).Sum(i => double.Parse(words[2 * i + 1], System.Globalization.CultureInfo.InvariantCulture) * Known[words[2 * i]]) - Known["s:" + Solid.Names[solid]];
        Assert.True(grown < 0, "it dissolves");
        Assert.InRange(1e-3 * heat / grown, given - Least, given + Least);
    }

    [Fact]
    public void Most_reactions_can_be_checked() => Assert.InRange(Checked.Count, 28, Reactions.All.Length);

    /// <summary>CO2(aq) -413.8, HF(aq) -321.48, HF(g) -273.3.</summary>
    [Fact]
    public void Dissolved_gases_leave_with_the_heat_of_the_molecule()
    {
        Assert.InRange(1e-3 * Reactions.CarbonDioxideOut.Heat, -413.8 + 393.5 - Least, -413.8 + 393.5 + Least);
        Assert.Equal(Reactions.CarbonDioxideOut.Heat, -Reactions.CarbonDioxideIn.Heat);
        Assert.InRange(1e-3 * Reactions.HydrogenFluorideOut.Heat, -321.5 + 273.3 - Least, -321.5 + 273.3 + Least);
    }
}
