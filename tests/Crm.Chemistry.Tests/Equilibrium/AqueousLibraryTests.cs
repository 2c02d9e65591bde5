using Crm.Chemistry.Equilibrium;
using Xunit;

namespace Crm.Chemistry.Tests.Equilibrium;

public sealed class AqueousLibraryTests
{
    public static TheoryData<string> Species => [.. AqueousLibrary.Species.Keys];

    public static TheoryData<string> Solids => [.. AqueousLibrary.Solids.Keys];

    /// <summary>Every formation carries the charge that the species' name says.</summary>
    [Theory]
    [MemberData(nameof(Species))]
    public void A_species_has_the_charge_of_what_it_is_made_from(string name)
    {
        var species = AqueousLibrary.Species[name];
        Assert.Equal(AqueousLibrary.Charge(name), species.Formation.Sum(f => f.Count * AqueousLibrary.Charge(f.Basis)));
        Assert.NotEmpty(species.Source);
    }

    [Theory]
    [MemberData(nameof(Solids))]
    public void A_solid_is_neutral(string name)
    {
        Assert.Equal(0, AqueousLibrary.Solids[name].Formation.Sum(f => f.Count * AqueousLibrary.Charge(f.Basis)));
        Assert.NotEmpty(AqueousLibrary.Solids[name].Source);
    }

    [Theory]
    [InlineData("H+", 1)]
    [InlineData("SO4-2", -2)]
    [InlineData("Fe2(OH)2+4", 4)]
    [InlineData("H2C2O4", 0)]
    [InlineData("MgHPO4(aq)", 0)]
    public void A_charge_is_read_from_the_name(string name, int charge) => Assert.Equal(charge, AqueousLibrary.Charge(name));

    /// <summary>pKw of water by temperature, IAPWS R11-07 at saturation; constant enthalpy is good to 0.1 up to 60 degC.</summary>
    [Theory]
    [InlineData(0, 14.95, 0.12)]
    [InlineData(25, 13.995, 0.01)]
    [InlineData(60, 13.02, 0.1)]
    [InlineData(100, 12.25, 0.3)]
    public void Water_dissociates_more_when_hot(double celsius, double pkw, double tolerance) =>
        Assert.Equal(pkw, -AqueousLibrary.Species["OH-"].Constant.Log10At(celsius), tolerance);

    /// <summary>NIST buffers at 25 degC: equal molalities of carbonates 0.025, of phosphates 0.025.</summary>
    [Theory]
    [InlineData("CO3-2", 0.075, 0.05, 0.025, 10.012, 0.06)]
    [InlineData("PO4-3", 0.075, 0.05, 0.075, 6.865, 0.1)]      // half of the buffer is potassium, which pairs less than the sodium here
    public void Buffers_read_as_certified(string anion, double sodium, double total, double proton, double ph, double tolerance)
    {
        var state = EquilibriumSolver.Solve(AqueousLibrary.System(["H+", "Na+", anion], 25, ActivityModel.Davies), [proton, sodium, total]);
        Assert.Equal(ph, state.Ph, tolerance);
    }

    [Fact]
    public void Hydroxides_of_the_vessels_are_the_librarys() =>
        Assert.All(Hydroxides.Table, row => Assert.Equal(AqueousLibrary.Solids[Solid.Names[row.Solid]].Constant.Log10K, row.LogK));
}
