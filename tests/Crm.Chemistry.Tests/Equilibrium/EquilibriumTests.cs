using System.Collections.Immutable;
using Crm.Chemistry.Equilibrium;
using Crm.Chemistry.Numerics;
using Crm.Chemistry.Precipitation;
using Xunit;

namespace Crm.Chemistry.Tests.Equilibrium;

/// <summary>Limits with a known answer.</summary>
public sealed class EquilibriumTests
{
    private static AqueousSystem System(string[] basis, double[] charges, FormedSpecies[] formed, PureSolid[] solids, ActivityModel activity = ActivityModel.Ideal) =>
        new([.. basis], [.. charges], [.. formed], [.. solids], -14, activity);

    [Fact]
    public void Pure_water_is_at_seven() =>
        Assert.Equal(7, EquilibriumSolver.Solve(System(["H+"], [1], [], []), [0.0]).Ph, 1e-9);

    [Theory]
    [InlineData(1.0, 0)]
    [InlineData(1e-3, 3)]
    [InlineData(1e-9, 6.9978291)]      // 1e-9 mol/kg of strong acid hardly moves water
    [InlineData(-1e-2, 12)]
    [InlineData(-10.0, 15)]
    public void Strong_acid_and_base(double proton, double ph) =>
        Assert.Equal(ph, EquilibriumSolver.Solve(System(["H+"], [1], [], []), [proton]).Ph, 1e-6);

    /// <summary>Two forms of one hydroxide: only the less soluble stays, whatever the order in the list.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_two_forms_the_less_soluble_stays(bool turned)
    {
        PureSolid[] forms = [new("amorphous", [-3, 1], 4.9), new("goethite", [-3, 1], 0.5)];
        var state = EquilibriumSolver.Solve(System(["H+", "Fe+3"], [1, 3], [], turned ? [.. forms.Reverse()] : forms), [-0.2, 0.1]);
        int amorphous = turned ? 1 : 0;
        Assert.Equal(0, state.Solid[amorphous]);
        Assert.InRange(state.Solid[1 - amorphous], 0.06, 0.1);
        Assert.Equal(0.5, state.Log10Activity[1] + 3 * state.Ph, 1e-9);
    }

    /// <summary>A limited gas is used up, an ample one holds its activity.</summary>
    [Theory]
    [InlineData(0.01, false)]
    [InlineData(5.0, true)]
    public void A_gas_is_a_solid_with_an_amount(double supply, bool remains)
    {
        var system = System(["H+", "Na+", "CO3-2"], [1, 1, -2], [new("HCO3-", [1, 0, 1], 10.329, -1), new("CO2", [2, 0, 1], 16.681, 0)], [new("CO2(g)", [2, 0, 1], -20.149)]);
        var state = EquilibriumSolver.Solve(system, [2 * supply - 0.1, 0.1, supply]);
        Assert.Equal(remains, state.Solid[0] > 0);
    }

    [Fact]
    public void A_held_pH_drops_the_proton_balance()
    {
        var system = System(["H+", "F-"], [1, -1], [new("HF", [1, 1], 3.18, 0)], []);
        var state = EquilibriumSolver.Solve(system, [0, 0.1], 3.18);
        Assert.Equal(3.18, state.Ph, 1e-12);
        Assert.Equal(0.05, state.Molality[system.Species.Select(s => s.Name).ToList().IndexOf("HF")], 1e-9);
    }

    /// <summary>Decavanadate carries ten vanadates: steep, and the reason for bounded steps.</summary>
    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e-3)]
    [InlineData(1.0)]
    public void Decavanadate_converges_from_traces_to_strong_liquors(double vanadium)
    {
        var system = System(["H+", "Na+", "H2VO4-"], [1, 1, -1], [new("VO2+", [2, 0, 1], 7.3, 1), new("H2V10O28-4", [6, 0, 10], 62.3, -4), new("HVO4-2", [-1, 0, 1], -8.6, -2)], []);
        var state = EquilibriumSolver.Solve(system, [0.5 * vanadium, vanadium, vanadium]);
        Assert.Equal(vanadium, state.Dissolved[2], 1e-9 * vanadium);
    }

    [Fact]
    public void Activity_coefficients_lower_the_pH_of_a_salt_free_base_and_keep_neutral_species()
    {
        var ideal = EquilibriumSolver.Solve(System(["H+", "Na+"], [1, 1], [], []), [-0.1, 0.1]);
        var davies = EquilibriumSolver.Solve(System(["H+", "Na+"], [1, 1], [], [], ActivityModel.Davies), [-0.1, 0.1]);
        Assert.Equal(13, ideal.Ph, 1e-9);
        Assert.Equal(13 + Activity.DaviesLog10(0.1), davies.Ph, 1e-6);
    }

    [Fact]
    public void A_component_without_an_amount_is_an_error() =>
        Assert.Contains("Na+", Assert.Throws<NoSolutionException>(() => EquilibriumSolver.Solve(System(["H+", "Na+"], [1, 1], [], []), [0, 0])).Message, StringComparison.Ordinal);

    /// <summary>The vessels' own proton balance and the general solver are the same chemistry.</summary>
    [Theory]
    [InlineData(0.3, 0.1, 0.05)]
    [InlineData(0.05, 0.0, 0.2)]
    [InlineData(-0.05, 0.2, 0.01)]
    public void The_vessels_speciation_agrees_with_the_general_solver(double proton, double carbon, double fluoride)
    {
        Mixture m = new() { Temperature = 25 };
        m.Aq[Aqueous.H2O] = 1 / Aqueous.Mass[Aqueous.H2O];
        m.Aq[Aqueous.H] = proton;
        m.Aq[Aqueous.CO3] = carbon;
        m.Aq[Aqueous.F] = fluoride;
        m.Aq[Aqueous.SO4] = 0.1;
        var s = Speciation.Of(m);
        // Same ionic strength in both: inert charge makes up what the vessels count from the components.
        double log = Activity.DaviesLog10(Math.Min(s.Ionic, 0.5));
        var system = new AqueousSystem(["H+", "CO3-2", "F-", "SO4-2"], [1, -2, -1, -2],
        [
            new("HCO3-", [1, 1, 0, 0], 10.329 + 4 * log, -1), new("CO2", [2, 1, 0, 0], 16.681 + 6 * log, 0), new("HF", [1, 0, 1, 0], 3.18 + 2 * log, 0), new("HSO4-", [1, 0, 0, 1], 1.988 + 4 * log, -1),
        ], [], -13.9965 - 2 * log, ActivityModel.Ideal);
        var state = EquilibriumSolver.Solve(system, [proton, Math.Max(carbon, 1e-30), fluoride, 0.1]);
        Assert.Equal(s.Ph, state.Ph - log, 2e-3);
    }

    [Theory]
    [InlineData(0, 0.1, 0)]
    [InlineData(0.1, 0.1, 0.1)]
    public void Precipitation_has_its_limits(double cation, double anion, double withoutProduct)
    {
        Assert.Equal(withoutProduct, IonProduct.Extent([(cation, 1), (anion, 1)], 0));
        Assert.Equal(0, IonProduct.Extent([(cation, 1), (anion, 1)], 1));
    }

    /// <summary>Property: the ion product is met exactly, for any stoichiometry.</summary>
    [Theory]
    [InlineData(9)]
    public void What_is_left_meets_the_ion_product(int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < 500; i++)
        {
            double n = random.Next(1, 4), m = random.Next(1, 4), c = Math.Pow(10, 4 * random.NextDouble() - 3), a = Math.Pow(10, 4 * random.NextDouble() - 3), k = Math.Pow(10, 12 * random.NextDouble() - 10);
            double x = IonProduct.Extent([(c, n), (a, m)], k), log = n * Math.Log10(c - n * x) + m * Math.Log10(a - m * x);
            Assert.True(x == 0 ? log <= Math.Log10(k) : Math.Abs(log - Math.Log10(k)) < 1e-4 || Math.Min(c - n * x, a - m * x) < 1e-11, $"seed {seed}, {i}: {log} for {Math.Log10(k)}");
        }
    }

    /// <summary>Weak acids do not overflow however many protons they take.</summary>
    [Fact]
    public void Titration_of_many_protons_stays_finite()
    {
        Titration beaker = new(1e-14, 0, [new WeakAcid(0.1, -6, [13, 25, 36, 46, 55, 63])]);
        double last = -3;
        for (int i = 0; i <= 70; i++)
        {
            double ph = beaker.Ph(0.01 * i, 1);
            Assert.True(ph > last);
            last = ph;
        }
    }
}
