using Xunit;

namespace Crm.Chemistry.Tests;

/// <summary><c>chemistry/rates.csv</c> says of each constant what it is for, at what temperature it holds, and where it is from.</summary>
public sealed class RateConstantsTests
{
    [Fact]
    public void Every_row_is_a_reaction_of_the_plant_with_a_rate_and_a_source()
    {
        Assert.Distinct(RateConstants.All.Select(row => (row.Law, row.Reaction.Name)));
        foreach ((string law, Reaction asked, string _, RateConstant constant) in RateConstants.All)
        {
            string reaction = asked.Name;
            Assert.True(constant.PerSecond > 0 && constant.Energy is 0 or > 2e3 and < 200e3, $"{law}: {reaction}");
            Assert.True(double.IsNaN(constant.Half) || constant.Half > 0, $"{law}: {reaction}");
            Assert.Matches(@"\[[RCG]\]", constant.Source);
        }
    }

    /// <summary>The laws take one drive for all their rows.</summary>
    [Theory]
    [InlineData("black-mass", 70)]
    [InlineData("slag", 70)]
    [InlineData("residue", 85)]
    [InlineData("calcination", 300)]
    public void The_rows_of_a_law_hold_at_one_temperature(string law, double celsius) =>
        Assert.All(RateConstants.All.Where(row => row.Law == law), row => Assert.Equal(celsius, row.Constant.Celsius));

    /// <summary>k(80)/k(60) of the published activation energies of nickel and cobalt.</summary>
    [Theory]
    [InlineData(0, 1.84)]
    [InlineData(1, 1.59)]
    public void Temperature_acts_by_the_published_energies(int metal, double expected)
    {
        RateConstant constant = RateConstants.Of("black-mass", Reactions.PeroxideLeach[metal]);
        double ratio = constant.At(Arrhenius.Drive(constant.Celsius, 80)) / constant.At(Arrhenius.Drive(constant.Celsius, 60));
        Assert.Equal(expected, ratio, 0.005);
    }

    [Fact]
    public void A_reaction_without_a_row_is_named() =>
        Assert.Contains("Cu + 2 Fe3+", Assert.Throws<KeyNotFoundException>(() => RateConstants.Of("slag", Reactions.CopperFerric)).Message, StringComparison.Ordinal);
}
