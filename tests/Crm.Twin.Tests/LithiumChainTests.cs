using Crm.Plant.Ports;
using Xunit;

namespace Crm.Twin.Tests;

/// <summary>The twin is honest: purity and recovery come out of mechanism. Limits of T/QHLM 01-2018.</summary>
public sealed class LithiumChainTests(ITestOutputHelper output)
{
    [Fact]
    public void Polished_carbonate_meets_the_specification_and_unpolished_does_not()
    {
        LithiumWalk walk = new(7, output.WriteLine);
        walk.ToCarbonate();
        Portion crude = walk.Fork().Dry("crude", walk.Crude.Mass, "dried-crude");
        walk.Polish();
        Portion product = walk.Product;
        output.WriteLine(string.Join(" ", crude.MassFractions.Select(f => FormattableString.Invariant($"{f.Key} {f.Value * 1e6:0}"))));
        Assert.True(crude.MassFractions["Na"] > 250e-6, "crude sodium");
        Assert.True(crude.MassFractions["SO4"] > 100e-6, "crude sulfate");
        Assert.True(crude.MassFractions["Ca"] > 30e-6, "crude calcium");
        Assert.True(product.MassFractions["assay"] >= 0.995, "assay");
        foreach ((string analyte, double most) in new[] { ("Na", 250.0), ("SO4", 100), ("Ca", 30), ("Mg", 50), ("Fe", 5), ("Ni", 5), ("Mn", 3), ("Zn", 3), ("Si", 1) })
            Assert.True(product.MassFractions[analyte] <= most * 1e-6, $"{analyte} {product.MassFractions[analyte] * 1e6} ppm");
        double recovery = product.Mass * product.MassFractions["Li"] / walk.LithiumIn;
        Assert.InRange(recovery, 0.70, 0.85);
        Assert.InRange(walk.Hours, 30, 70);
        Conservation.Check(walk.Plant.Truth());
    }

    [Fact]
    public void Without_peroxide_lithium_leaches_but_nickel_and_cobalt_stay()
    {
        LithiumWalk with = new(3, output.WriteLine), without = new(3, output.WriteLine);
        with.Leach();
        without.Leach(peroxide: 0, minutes: 240);
        Assert.True(Extent(with, "Ni") > 0.95 && Extent(with, "Co") > 0.95 && Extent(with, "Li") > 0.97);
        Assert.True(Extent(without, "Li") > 0.85);
        Assert.InRange(Extent(without, "Ni"), 0.02, 0.6);
        Assert.True(Extent(with, "Cu") < 0.02, "copper cemented");
    }

    /// <summary>Share of the charged element that is in the liquor.</summary>
    private static double Extent(LithiumWalk walk, string element)
    {
        IPlantModel plant = walk.Plant.Fork();
        double all = plant.Truth().Places["leach"][element];
        return ((TwinPlant)plant).Dissolved("leach", element) / all;
    }
}
