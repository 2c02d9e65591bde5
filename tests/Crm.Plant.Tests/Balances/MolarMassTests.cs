using Crm.Chemistry;
using Xunit;

namespace Crm.Plant.Tests.Balances;

public class MolarMassTests
{
    [Theory]
    [InlineData("H2SO4", 98.072)]
    [InlineData("Li2CO3", 73.888)]
    [InlineData("Al2(SO4)3", 342.132)]
    [InlineData("Na2SO4.10H2O", 322.186)]
    [InlineData("Ca5(PO4)3OH", 502.307)]
    [InlineData("(NH4)2Fe(SO4)2·6H2O", 392.125)]
    [InlineData("CO", 28.010)]
    [InlineData("Co", 58.933)]
    public void Molar_masses(string formula, double expected) => Assert.Equal(expected, MolarMass.Of(formula), 3);

    [Theory]
    [InlineData("H2SO4", "SO4", 96.056 / 98.072)]
    [InlineData("Al2(SO4)3", "SO4", 3 * 96.056 / 342.132)]
    [InlineData("Na2S", "SO4", 0)]
    [InlineData("Na2CO3", "Na", 45.98 / 105.988)]
    [InlineData("Na2CO3", "Li", 0)]
    public void Mass_fractions(string formula, string part, double expected) => Assert.Equal(expected, MolarMass.MassFraction(formula, part), 9);

    [Theory]
    [InlineData("")]
    [InlineData("Xx2")]
    [InlineData("h2o")]
    [InlineData("Al2(SO4")]
    [InlineData("SO4)")]
    [InlineData("()")]
    [InlineData("Na0")]
    [InlineData("SO4-2")]
    [InlineData("Na2SO4.")]
    public void What_is_no_formula_is_refused(string formula) => Assert.Throws<FormatException>(() => MolarMass.Of(formula));
}
