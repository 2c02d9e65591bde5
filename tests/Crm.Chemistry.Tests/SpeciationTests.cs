using Xunit;

namespace Crm.Chemistry.Tests;

public sealed class SpeciationTests
{
    private static Mixture Liquor(params (int Component, double Mol)[] content)
    {
        Mixture m = new() { Temperature = 25 };
        m.Aq[Aqueous.H2O] = 1 / Aqueous.Mass[Aqueous.H2O];
        foreach ((int component, double mol) in content) m.Aq[component] += mol;
        return m;
    }

    /// <summary>pH at 25 degC by mol per kg of water: strong acid and base with Davies activity by hand, HF from pKa 3.18, the NIST buffer as certified.</summary>
    public static TheoryData<string, double, double, double> Table => new()
    {
        { "pure water", 0, 7.00, 0.01 },
        { "H2SO4", 0.005, 2.10, 0.05 },
        { "H2SO4", 0.05, 1.25, 0.08 },
        { "NaOH", 0.01, 11.95, 0.06 },
        { "NaOH", 0.1, 12.88, 0.06 },
        { "carbonate buffer", 0.025, 10.012, 0.06 },       // NIST SRM 2191/2192: equal molalities of NaHCO3 and Na2CO3
        { "HF", 0.1, 2.10, 0.10 },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void PH_of_known_solutions(string salt, double molal, double ph, double tolerance)
    {
        Mixture m = salt switch
        {
            "H2SO4" => Liquor((Aqueous.H, 2 * molal), (Aqueous.SO4, molal)),
            "NaOH" => Liquor((Aqueous.Na, molal), (Aqueous.H, -molal), (Aqueous.H2O, molal)),
            "carbonate buffer" => Liquor((Aqueous.Na, 3 * molal), (Aqueous.CO3, 2 * molal), (Aqueous.H, molal)),
            "HF" => Liquor((Aqueous.H, molal), (Aqueous.F, molal)),
            _ => Liquor(),
        };
        Assert.Equal(ph, Speciation.Of(m).Ph, tolerance);
    }

    /// <summary>Property: whatever the totals and the starting point, the proton balance closes and the answer is the same.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(20261120)]
    public void The_proton_balance_closes_for_any_liquor(int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < 2000; i++)
        {
            Mixture m = Liquor((Aqueous.SO4, random.NextDouble() * 3), (Aqueous.CO3, random.NextDouble() * random.Next(2)), (Aqueous.F, random.NextDouble() * 0.2),
                (Aqueous.Al, random.NextDouble() * random.Next(2) * 0.1), (Aqueous.H, 8 * random.NextDouble() - 3));
            m.Temperature = 5 + 95 * random.NextDouble();
            m.LogH = -35 * random.NextDouble();
            Speciation s = Speciation.Of(m);
            m.LogH = -20;
            Assert.True(Math.Abs(Speciation.Of(m).Ph - s.Ph) < 1e-8, $"seed {seed}, case {i}: the start moved the answer");
            Constants k = new(s.Ionic, m.Temperature);
            double water = m.Water, h4 = Math.Pow(s.H, 4);
            double bound = s.H - k.Water / s.H + s.Bisulfate + s.Bicarbonate + 2 * s.CarbonDioxide + s.Hf - 4 * m.Aq[Aqueous.Al] / water * k.Aluminate / (h4 + k.Aluminate);
            Assert.True(Math.Abs(bound - m.Aq[Aqueous.H] / water) < 1e-7 * Math.Max(1, Math.Abs(bound)), $"seed {seed}, case {i}: proton balance is open by {bound - m.Aq[Aqueous.H] / water}");
        }
    }

    /// <summary>Ideal onsets at 0.01 mol/kg, from the library's constants; activity correction allowed for.</summary>
    [Theory]
    [InlineData(Aqueous.Fe3, 1.73)]
    [InlineData(Aqueous.Al, 4.27)]
    [InlineData(Aqueous.Cu, 5.34)]
    [InlineData(Aqueous.Ni, 7.40)]
    [InlineData(Aqueous.Co, 7.55)]
    [InlineData(Aqueous.Mn, 8.60)]
    [InlineData(Aqueous.Mg, 9.42)]
    public void Hydroxides_begin_at_their_own_ph(int metal, double onset)
    {
        (int solid, int _, int _, double _) = Hydroxides.Table.Single(t => t.Metal == metal);
        Assert.True(Titrated(metal, solid, onset - 0.35) < 1e-3, "too early");
        Assert.True(Titrated(metal, solid, onset + 0.6) > 0.5 * 0.01, "too late");
    }

    private static double Titrated(int metal, int solid, double ph)
    {
        double charge = Aqueous.Charge[metal];
        Mixture m = Liquor((metal, 0.01), (Aqueous.SO4, 0.005 * charge + 0.05), (Aqueous.H, 0.1));
        for (int i = 0; i < 40000; i++)
        {
            if (Speciation.Of(m).Ph >= ph) break;
            double step = 2e-5;
            m.Aq[Aqueous.Na] += step;
            m.Aq[Aqueous.H] -= step;
            m.Aq[Aqueous.H2O] += step;
            Hydroxides.Step(m, 1, true);
        }
        return m.Solid[solid];
    }
}
