using Xunit;

namespace Crm.Chemistry.Tests;

/// <summary>Every reaction of the plant is balanced in elements and charge by construction.</summary>
public sealed class ReactionTests
{
    public static TheoryData<string> Names => [.. Reactions.All.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_reaction_is_balanced_in_every_element_and_in_charge(string name)
    {
        Reaction reaction = Reactions.All.Single(r => r.Name == name);
        Assert.All(reaction.AtomError(), e => Assert.Equal(0, e, 1e-12));
        Assert.Equal(0, reaction.ChargeError(), 1e-12);
    }

    [Theory]
    [InlineData("Na2SO4.10H2O", 322.19)]
    [InlineData("Al2(SO4)3", 342.15)]
    [InlineData("Li2CO3", 73.89)]
    [InlineData("LiNiO2", 97.63)]
    public void Molar_masses_follow_from_the_formula(string formula, double grams) =>
        Assert.Equal(grams, 1000 * Composition.Mass(Composition.Of(formula)), 0.02);

    [Theory]
    [InlineData("Xx2O")]
    [InlineData("Al2(SO4")]
    [InlineData("H2O)")]
    public void A_wrong_formula_is_refused(string formula) => Assert.Throws<FormatException>(() => Composition.Of(formula));

    [Fact]
    public void A_reaction_never_takes_more_than_there_is()
    {
        Mixture m = new();
        m.Aq[Aqueous.H2O] = 55;
        m.Aq[Aqueous.Cu] = 0.5;
        m.Solid[Solid.Fe] = 0.2;
        double done = Reactions.Cementation.Apply(m, new double[Gas.Count], 10);
        Assert.Equal(0.2, done, 1e-15);
        Assert.Equal(0, m.Solid[Solid.Fe]);
        Assert.Equal(0.3, m.Aq[Aqueous.Cu], 1e-15);
    }
}
