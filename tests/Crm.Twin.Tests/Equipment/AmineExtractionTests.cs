using Crm.Chemistry;
using Crm.Twin.Equipment;
using Crm.Twin.Tests.Published;
using Xunit;

namespace Crm.Twin.Tests.Equipment;

/// <summary>What a tertiary amine takes up: shares of the amine between acids, germanium with tartrate as published, back to caustic, and nothing lost.</summary>
public sealed class AmineExtractionTests(ITestOutputHelper output)
{
    /// <summary>mol of amine, slope of the one acid, mol of it, mol of amine that stay free: by the quadratic formula.</summary>
    [Theory]
    [InlineData(1, 0, 1, 1)]
    [InlineData(1, 10, 0, 1)]
    [InlineData(1, 1e9, 0.25, 0.5)]          // everything is on the amine: two amines a germanium
    [InlineData(1, 1e9, 0.5, 3.16e-5)]       // just enough amine
    [InlineData(2, 1, 1, 1)]
    public void The_amine_that_no_acid_holds_is_the_root_of_its_balance(double amine, double slope, double total, double free)
    {
        double got = AmineShare.Free(amine, [AmineAcid.Germanium], [slope], [total]);
        double load = AmineShare.Loaded(slope, got, total);
        Assert.Equal(amine, got + 2 * load, 1e-9 * amine);
        Assert.Equal(free, got, 1e-3 * amine);
    }

    [Fact]
    public void Two_acids_share_the_amine_and_the_stronger_one_crowds_the_weaker_out()
    {
        double alone = AmineShare.Free(1, [AmineAcid.Iron], [0.5], [0.5]);
        double both = AmineShare.Free(1, [AmineAcid.Germanium, AmineAcid.Iron], [100, 0.5], [0.4, 0.5]);
        double germanium = AmineShare.Loaded(100, both, 0.4), iron = AmineShare.Loaded(0.5, both, 0.5);
        Assert.Equal(1, both + 2 * germanium + iron, 1e-12);
        Assert.True(iron < 0.5 * AmineShare.Loaded(0.5, alone, 0.5), $"{iron} mol of iron beside germanium");
    }

    /// <summary>Zhang, Jiang, Liu 2019: 93.9 % in one contact, O/A 1, pH 1.2, tartaric acid 5 mol a mol. The distribution ratio is set to it; without tartrate nothing goes over.</summary>
    [Theory]
    [InlineData(5, 0.93, 0.945)]
    [InlineData(1, 0.75, 0.92)]
    [InlineData(0, 0, 1e-9)]
    public void Germanium_goes_over_with_tartrate(double tartaric, double least, double most)
    {
        double got = PregnantContact.Extracted(tartaric);
        output.WriteLine($"{tartaric} mol a mol: {got:0.000}, pH {PregnantContact.Ph(tartaric):0.00}");
        Assert.InRange(got, least, most);
    }

    [Fact]
    public void Caustic_takes_it_back_and_no_element_or_charge_is_lost()
    {
        ExtractionStage stage = PregnantContact.At(5);
        double[] before = ElementsOf(stage);
        stage.Contact(1);
        Mixture m = stage.Content;
        Assert.Equal(before, ElementsOf(stage), (a, b) => Math.Abs(a - b) <= 1e-12 * Math.Max(1, Math.Abs(a)));
        Assert.Equal(0, m.ChargeMol, 1e-9);
        m.Aq[Aqueous.Na] += 2;
        m.Aq[Aqueous.H] -= 2;
        m.Aq[Aqueous.H2O] += 2;
        stage.Contact(1);
        Assert.InRange(stage.Ph, 12, 14);
        Assert.True(m.Organic![Organic.GermaniumTartrate] < 1e-4 * m.Aq[Aqueous.Germanate], $"{m.Organic[Organic.GermaniumTartrate]} mol stay");
    }

    private static double[] ElementsOf(ExtractionStage stage)
    {
        double[] kg = new double[Elements.Count];
        stage.Content.AddElements(kg);
        return kg;
    }
}
