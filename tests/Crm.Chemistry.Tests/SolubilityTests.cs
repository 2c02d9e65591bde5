using Xunit;

namespace Crm.Chemistry.Tests;

public sealed class SolubilityTests
{
    /// <summary>Saturating pure water with an excess of the salt gives back the table of <c>chemistry/solubility.csv</c>, g anhydrous per 100 g of water.</summary>
    [Theory]
    [InlineData(Solid.Li2CO3, 0, 1.564, 0.05)]
    [InlineData(Solid.Li2CO3, 25, 1.297, 0.05)]
    [InlineData(Solid.Li2CO3, 60, 1.000, 0.05)]
    [InlineData(Solid.Li2CO3, 90, 0.786, 0.05)]
    [InlineData(Solid.Mirabilite, 20, 19.23, 0.20)]
    [InlineData(Solid.Mirabilite, 25, 28.11, 0.25)]
    [InlineData(Solid.Thenardite, 60, 44.72, 0.02)]
    [InlineData(Solid.Thenardite, 100, 42.19, 0.02)]
    [InlineData(Solid.Li2SO4H2O, 25, 34.23, 0.02)]
    [InlineData(Solid.Gypsum, 25, 0.205, 0.06)]
    public void A_salt_saturates_water_as_the_table_says(int solid, double celsius, double grams, double relative)
    {
        Mixture m = new() { Temperature = celsius };
        m.Aq[Aqueous.H2O] = 1 / Aqueous.Mass[Aqueous.H2O];
        m.Solid[solid] = 8;
        for (int i = 0; i < 4000; i++) Salts.Step(m, Speciation.Of(m), 30, 1);
        double anhydrous = solid switch
        {
            Solid.Li2CO3 => 0.5 * m.Aq[Aqueous.Li] * 73.89,
            Solid.Li2SO4H2O => 0.5 * m.Aq[Aqueous.Li] * 109.94,
            Solid.Gypsum => m.Aq[Aqueous.Ca] * 136.14,
            _ => 0.5 * m.Aq[Aqueous.Na] * 142.04,
        };
        double found = anhydrous / m.Water / 10;
        Assert.Equal(grams, found, relative * grams);
    }

    [Fact]
    public void Lithium_carbonate_is_less_soluble_hot_and_with_common_ion()
    {
        Assert.True(Dissolved(90, 0) < Dissolved(20, 0));
        Assert.True(Dissolved(90, 0.5) < 0.6 * Dissolved(90, 0));
    }

    [Fact]
    public void Crystals_keep_mother_liquor_and_give_it_back()
    {
        Mixture m = new() { Temperature = 2 };
        m.Aq[Aqueous.H2O] = 1 / Aqueous.Mass[Aqueous.H2O];
        m.Aq[Aqueous.Na] = 4;
        m.Aq[Aqueous.Li] = 1;
        m.Aq[Aqueous.SO4] = 2.5;
        for (int i = 0; i < 600; i++) Salts.Step(m, Speciation.Of(m), 10, 1);
        Assert.True(m.Solid[Solid.Mirabilite] > 1);
        Assert.True(m.Occluded[Aqueous.Li] > 1e-4);
        m.Temperature = 30;
        m.Aq[Aqueous.H2O] += 500;
        for (int i = 0; i < 6000; i++) Salts.Step(m, Speciation.Of(m), 10, 1);
        Assert.True(m.Occluded[Aqueous.Li] < 1e-6);
        Assert.Equal(1, m.Aq[Aqueous.Li] + m.Occluded[Aqueous.Li], 1e-9);
        Assert.Equal(0, m.ChargeMol, 1e-12);
    }

    private static double Dissolved(double celsius, double soda)
    {
        Mixture m = new() { Temperature = celsius };
        m.Aq[Aqueous.H2O] = 1 / Aqueous.Mass[Aqueous.H2O];
        m.Aq[Aqueous.Na] = 2 * soda;
        m.Aq[Aqueous.CO3] = soda;
        m.Solid[Solid.Li2CO3] = 3;
        for (int i = 0; i < 2000; i++) Salts.Step(m, Speciation.Of(m), 30, 1);
        return m.Aq[Aqueous.Li];
    }
}
