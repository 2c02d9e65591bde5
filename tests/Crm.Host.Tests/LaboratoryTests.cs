using System.Collections.Immutable;
using Crm.Host.Technician;
using Crm.Plant.Ports;
using Xunit;

namespace Crm.Host.Tests;

/// <summary>Scatter and uncertainty of the twin's laboratory: what is reported scatters as its own uncertainty says, for one determination and for the mean of several.</summary>
public sealed class LaboratoryTests
{
    private static readonly Portion dioxide = new(1, ImmutableSortedDictionary<string, double>.Empty.Add("Ge", 0.694));

    [Theory]
    [InlineData(1, 0.003)]
    // a third of the variance is common: 0.003 x sqrt(1/3 + 2/3/4)
    [InlineData(4, 0.0021213)]
    [InlineData(6, 0.002)]
    public void The_mean_of_determinations_scatters_as_its_uncertainty_says(int determinations, double relative)
    {
        double[] found = [.. Enumerable.Range(1, 2000).Select(seed => new Laboratory(seed).Analyse("product", dioxide, ["Ge"], determinations).MassFractions["Ge"].Value / 0.694 - 1)];
        Assert.Equal(relative, new Laboratory(1).Analyse("product", dioxide, ["Ge"], determinations).MassFractions["Ge"].U / 0.694, 6);
        double sd = Math.Sqrt(found.Average(x => x * x));
        Assert.InRange(sd / relative, 0.93, 1.07);
        Assert.InRange(found.Average(), -0.1 * relative, 0.1 * relative);
    }

    [Fact]
    public void The_same_sample_gives_the_same_result() =>
        Assert.Equal(new Laboratory(7).Analyse("product", dioxide, ["Ge"], 4).MassFractions["Ge"], new Laboratory(7).Analyse("product", dioxide, ["Ge"], 4).MassFractions["Ge"]);
}
