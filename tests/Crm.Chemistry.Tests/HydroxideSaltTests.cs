using Xunit;

namespace Crm.Chemistry.Tests;

/// <summary>A salt whose anion is hydroxide, which liquors hold as a lack of protons: solubility, atoms and charge, and what caustic does to sodium chloride.</summary>
public sealed class HydroxideSaltTests
{
    private static readonly int Monohydrate = Solid.IndexOf("LiOH.H2O"), Halite = Solid.IndexOf("NaCl");

    private static Mixture Liquor(double celsius, params (int Component, double Mol)[] dissolved)
    {
        Mixture m = new() { Temperature = celsius };
        m.Aq[Aqueous.H2O] = 1 / Aqueous.Mass[Aqueous.H2O];
        foreach ((int component, double mol) in dissolved) m.Aq[component] += mol;
        return m;
    }

    /// <summary>mol of hydroxide beside a kg of water that was water before.</summary>
    private static (int, double)[] Caustic(int alkali, double mol) => [(alkali, mol), (Aqueous.H, -mol), (Aqueous.H2O, mol)];

    private static void Stir(Mixture m, double hours)
    {
        for (int i = 0; i < 360 * hours; i++) Salts.Step(m, Speciation.Of(m), 10, 1);
    }

    /// <summary>g of LiOH per 100 g of water left beside the crystals, against the handbook (chemistry/solubility.csv).</summary>
    [Theory]
    [InlineData(10, 12.11)]
    [InlineData(25, 12.49)]
    [InlineData(60, 14.55)]
    [InlineData(90, 17.79)]
    public void Lithium_hydroxide_leaves_its_solubility_behind(double celsius, double expected)
    {
        Mixture m = Liquor(celsius, Caustic(Aqueous.Li, 10));
        m.Solid[Monohydrate] = 0.05;
        double[] before = new double[Elements.Count], after = new double[Elements.Count];
        m.AddElements(before);
        double charge = m.ChargeMol;
        Stir(m, 12);
        m.AddElements(after);
        for (int e = 0; e < before.Length; e++) Assert.Equal(before[e], after[e], 1e-12 * Math.Max(before[e], 1e-9));
        Assert.Equal(charge, m.ChargeMol, 1e-9);
        double hydroxide = -m.Aq[Aqueous.H], water = m.Water - hydroxide * Aqueous.Mass[Aqueous.H2O];
        Assert.InRange(100 * 23.95e-3 * hydroxide / water, 0.99 * expected, 1.01 * expected);
    }

    [Fact]
    public void An_acid_liquor_dissolves_it_and_forms_none()
    {
        Mixture m = Liquor(25, (Aqueous.Li, 1), (Aqueous.Cl, 3), (Aqueous.H, 2));
        m.Solid[Monohydrate] = 0.5;
        Assert.False(Salts.MayForm(m, Monohydrate));
        Stir(m, 2);
        Assert.Equal(0, m.Solid[Monohydrate], 1e-5);
        Assert.Equal(1.5, m.Aq[Aqueous.H], 1e-5);
    }

    /// <summary>Mass per cent of NaCl in saturated caustic of 10, 20, 30 and 50 % NaOH near 25 degC, as chlor-alkali practice has it: 18, 10.5, 5.5, 1 (general knowledge).</summary>
    [Theory]
    [InlineData(10, 18)]
    [InlineData(20, 10.5)]
    [InlineData(30, 5.5)]
    [InlineData(50, 1)]
    public void Caustic_salts_sodium_chloride_out(double caustic, double salt)
    {
        double water = 100 - caustic - salt, hydroxide = caustic / 40.0 / water * 1000, chloride = salt / 58.44 / water * 1000;
        Mixture m = Liquor(25, [.. Caustic(Aqueous.Na, hydroxide), (Aqueous.Na, chloride), (Aqueous.Cl, chloride)]);
        Assert.InRange(Salts.Supersaturation(m, Speciation.Of(m), Halite), 0.6, 1.5);
    }
}
