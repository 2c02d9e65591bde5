using Crm.Chemistry;
using Crm.Chemistry.Crystallisation;
using Crm.Twin.Models;
using Xunit;

namespace Crm.Twin.Tests.Models;

/// <summary>What the vessels grow crystals with, run continuously, against the closed form of the mixed-suspension mixed-product crystalliser.</summary>
public sealed class CrystallisationTests(ITestOutputHelper output)
{
    /// <summary>Clear hot liquor in, slurry out at the same rate; after twenty residence times the moments are those of the exponential distribution, with the growth and nucleation that stand there.</summary>
    [Theory]
    [InlineData(1200, 1.5, 1)]
    [InlineData(3600, 1.25, 1)]
    [InlineData(3600, 1.5, 0.5)]
    public void A_continuous_crystalliser_comes_to_the_closed_form(double residence, double supersaturation, double dt)
    {
        CrystalKinetics salt = CrystalKinetics.Of(Solid.MnSO4H2O)!;
        double molal = supersaturation * Solubility.At(Solubility.MnSO4, 95) / 15.1;
        Mixture m = new() { Temperature = 95 }, gone = new();
        Feed(m, molal, 1);
        double part = 1 - Math.Exp(-dt / residence);
        for (double t = 0; t < 20 * residence; t += dt)
        {
            Salts.Step(m, Speciation.Of(m), dt, 1, SaltTrim.AsTabled, 1);
            m.MoveTo(gone, part, part);
            Feed(m, molal, part);
        }

        double n = CrystalSizes.Moment(m, salt, 0), length = CrystalSizes.Moment(m, salt, 1), volume = m.Volume * 1e-3;
        double growth = length / n / residence, density = Solid.Density[salt.Solid] * 1e3, magma = m.Solid[salt.Solid] * Solid.Mass[salt.Solid] / volume;
        Msmpr closed = new(growth, residence, density, CrystalSizes.ShapeFactor);
        output.WriteLine($"G {growth:E3} m/s, L43 {CrystalSizes.MassMean(m) * 1e6:0.0} um, magma {magma:0.0} kg/m3, nuclei {n / volume / residence:E3} 1/(m3 s)");
        Assert.Equal(closed.MassMean, CrystalSizes.MassMean(m), 0.005 * closed.MassMean);
        Assert.Equal(closed.NucleationRate(magma), n / volume / residence, 0.02 * closed.NucleationRate(magma));
        Assert.Equal(closed.NucleusDensity(magma), n / volume / closed.CharacteristicSize, 0.02 * closed.NucleusDensity(magma));
        double sigma = Math.Sqrt(Salts.Supersaturation(m, Speciation.Of(m), salt.Solid)) - 1;
        Assert.Equal(salt.GrowthAt(95, sigma), growth, 0.01 * growth);
        double slurry = m.Solid[salt.Solid] * Solid.Mass[salt.Solid] / m.Water;
        Assert.Equal(salt.NucleationAt(sigma, Math.Sqrt(1.1) - 1, slurry, 1) * m.Water, n / residence, 0.02 * n / residence);
    }

    private static void Feed(Mixture m, double molal, double kilograms)
    {
        m.Aq[Aqueous.H2O] += kilograms / Aqueous.Mass[Aqueous.H2O];
        m.Aq[Aqueous.Mn] += molal * kilograms;
        m.Aq[Aqueous.SO4] += molal * kilograms;
    }
}
