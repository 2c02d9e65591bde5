using Crm.Chemistry;
using Crm.Twin.Equipment;
using Xunit;

namespace Crm.Twin.Tests.Equipment;

/// <summary>One contact with an acidic extractant: mass action at rest, atoms and charge exact on the way, the published separations, and a base that meets it at once.</summary>
public sealed class CationExtractionTests
{
    private const double Share = 0.21;          // 0.64 mol/L D2EHPA

    private static ExtractionStage Stage(string extractant, double share, double aqueous = 1, double organic = 1)
    {
        CationExchanger exchanger = CationExchanger.Find(extractant)!;
        return new ExtractionStage(exchanger, aqueous, ExtractionStage.FreshOrganic(organic, exchanger.Acid, share, 0.05), 25);
    }

    private static void Dissolve(ExtractionStage stage, params (string Cation, double Mol)[] metals)
    {
        foreach ((string cation, double mol) in metals)
        {
            stage.Content.Aq[Aqueous.IndexOf(cation)] += mol;
            stage.Content.Aq[Aqueous.SO4] += mol * Aqueous.Charge[Aqueous.IndexOf(cation)] / 2;
        }
    }

    private static void Rest(ExtractionStage stage)
    {
        for (int i = 0; i < 60; i++) stage.Contact(0.5);
    }

    /// <summary>Caustic until the liquor at rest with the organic stands at a pH.</summary>
    private static void BringTo(ExtractionStage stage, double ph)
    {
        Rest(stage);
        for (int i = 0; i < 20000 && stage.Ph < ph; i++)
        {
            stage.Content.Aq[Aqueous.Na] += 1e-4;
            stage.Content.Aq[Aqueous.H] -= 1e-4;
            stage.Contact(1);
        }
        Rest(stage);
    }

    private static double Ratio(ExtractionStage stage, string extractant, string cation)
    {
        ExchangedCation row = CationExchanger.Find(extractant)!.Cations.Single(c => Aqueous.Names[c.Cation] == cation);
        Mixture m = stage.Content;
        return m.Organic![row.Load] / m.OrganicVolume / (m.Aq[row.Cation] / m.LiquorVolume);
    }

    /// <summary>Traces half extracted at the pH of the list: D 1 at O/A 1.</summary>
    [Theory]
    [InlineData("D2EHPA", 0.21, "Mn2+", 2.5)]
    [InlineData("Cyanex 272", 0.158, "Co2+", 4.0)]
    [InlineData("Cyanex 272", 0.158, "Ni2+", 5.8)]
    public void A_trace_is_half_extracted_at_its_ph(string extractant, double share, string cation, double ph)
    {
        ExtractionStage stage = Stage(extractant, share);
        Dissolve(stage, ("Na+", 0.5), (cation, 1e-4));
        stage.Content.Aq[Aqueous.H] += 0.02;
        stage.Content.Aq[Aqueous.SO4] += 0.01;
        BringTo(stage, ph);
        Assert.InRange(Math.Log10(Ratio(stage, extractant, cation)), -0.35, 0.35);
    }

    /// <summary>Measured with saponified D2EHPA: manganese over cobalt 65.5 (Zhou 2021). One stage at pH 3.25 and O/A 1.25 takes over 70 % of the manganese and under 5 % of the cobalt (Vieceli 2021).</summary>
    [Fact]
    public void Manganese_leaves_cobalt_as_measured()
    {
        ExtractionStage stage = Stage("D2EHPA", 0.165, 1, 1.25);       // 0.5 mol/L
        Dissolve(stage, ("Mn2+", 0.09), ("Co2+", 0.14), ("Ni2+", 0.4));
        BringTo(stage, 3.25);
        double mn = Ratio(stage, "D2EHPA", "Mn2+") * 1.25, co = Ratio(stage, "D2EHPA", "Co2+") * 1.25;
        Assert.True(mn / (1 + mn) > 0.70, $"{mn / (1 + mn):P0} of the manganese");
        Assert.True(co / (1 + co) < 0.20, $"{co / (1 + co):P0} of the cobalt");
        Assert.InRange(mn / co, 50, 80);
    }

    [Theory]
    [InlineData("D2EHPA")]
    [InlineData("Cyanex 272")]
    public void Atoms_and_charge_are_kept_and_the_extractant_is_not_overdrawn(string extractant)
    {
        const int seed = 20261121;
        Random random = new(seed);
        for (int n = 0; n < 60; n++)
        {
            ExtractionStage stage = Stage(extractant, 0.1 + 0.3 * random.NextDouble(), 0.2 + random.NextDouble(), 0.2 + 2 * random.NextDouble());
            Dissolve(stage, ("Mn2+", 0.3 * random.NextDouble()), ("Co2+", 0.3 * random.NextDouble()), ("Ni2+", random.NextDouble()), ("Li+", 0.1 * random.NextDouble()), ("Na+", 0.5 * random.NextDouble()));
            double[] before = new double[Elements.Count], after = new double[Elements.Count];
            for (int i = 0; i < 40; i++)
            {
                double base_ = 0.02 * random.NextDouble();
                stage.Content.Aq[Aqueous.Na] += base_;
                stage.Content.Aq[Aqueous.H] -= base_;
                Array.Clear(before);
                Array.Clear(after);
                stage.Content.AddElements(before);
                double charge = stage.Content.ChargeMol;
                if (i % 2 == 0) stage.Contact(random.NextDouble());
                else stage.Neutralise();
                stage.Content.AddElements(after);
                for (int e = 0; e < before.Length; e++) Assert.True(Math.Abs(before[e] - after[e]) <= 1e-9 * Math.Max(1, before[e]), $"seed {seed}, case {n}: element {e}");
                Assert.Equal(charge, stage.Content.ChargeMol, 1e-9);
                Assert.All(stage.Content.Organic!, mol => Assert.True(mol >= -1e-12, $"seed {seed}, case {n}: {mol} mol"));
            }
        }
    }

    /// <summary>Two dimers a metal: half a mole of extractant holds no more than an eighth of a mole of it, however much base there is.</summary>
    [Fact]
    public void A_load_ends_with_the_extractant()
    {
        ExtractionStage stage = Stage("D2EHPA", Share);
        Dissolve(stage, ("Mn2+", 0.5));
        BringTo(stage, 4.5);
        CationExchanger d2 = CationExchanger.Find("D2EHPA")!;
        double[] organic = stage.Content.Organic!;
        double all = organic[d2.Acid] + d2.Cations.Sum(c => c.Protons * organic[c.Load]), held = organic[d2.Cations.Single(c => Aqueous.Names[c.Cation] == "Mn2+").Load];
        Assert.InRange(held / all, 0.18, 0.25);
    }

    /// <summary>Acid takes the metal off again.</summary>
    [Fact]
    public void Acid_strips_what_was_loaded()
    {
        ExtractionStage stage = Stage("Cyanex 272", 0.2);
        Dissolve(stage, ("Co2+", 0.1));
        BringTo(stage, 5.5);
        Assert.True(Ratio(stage, "Cyanex 272", "Co2+") > 20);
        stage.Content.Aq[Aqueous.H] += 1;
        stage.Content.Aq[Aqueous.SO4] += 0.5;
        Rest(stage);
        Assert.True(Ratio(stage, "Cyanex 272", "Co2+") < 1e-3);
    }
}
