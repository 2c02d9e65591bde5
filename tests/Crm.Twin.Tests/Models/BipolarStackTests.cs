using Crm.Twin.Models;
using Xunit;

namespace Crm.Twin.Tests.Models;

/// <summary>
/// Bipolar membrane electrodialysis beside the pilot of PMC9945178 (19.2 m2, sodium chloride to 1 mol/L; abstract): 1.4 kWh/kg NaOH at 80 % current efficiency, 200 A/m2, closed loop; 1.9 to 2.6 kWh/kg at
/// 63 to 67 %, 300 to 500 A/m2, feed and bleed. The resistance and the leak of hydroxide are set to the ends of it; what lies between, and the strength as it grows, follow.
/// </summary>
public sealed class BipolarStackTests(ITestOutputHelper output)
{
    private const double SodiumHydroxide = 0.039997;     // kg/mol

    private static readonly BipolarStack Pilot = new(40, 0.16, 2.65e-3, 7.6e-4);

    /// <summary>Conductivities as of NaCl, HCl and NaOH, mS/cm a mol/L.</summary>
    private static BipolarLiquors Liquors(double brine, double acid, double caustic) => new(brine, acid, caustic, 85 * brine, 330 * acid, 190 * caustic);

    private static double KilowattHours(double volts, double efficiency) => volts / Pilot.Triplets * BipolarStack.Faraday / 3.6e6 / (SodiumHydroxide * efficiency);

    [Theory]
    [InlineData(300, 1.9)]
    [InlineData(500, 2.6)]
    public void Feed_and_bleed_at_one_mol_a_litre_is_as_published(double density, double published)
    {
        BipolarLiquors there = Liquors(0.9, 1, 1);
        BipolarFluxes moved = Pilot.Fluxes(density * Pilot.Area, there);
        double energy = KilowattHours(Pilot.Voltage(density * Pilot.Area, there), moved.BaseEfficiency);
        output.WriteLine($"{density} A/m2: {moved.BaseEfficiency:0.000}, {energy:0.00} kWh/kg");
        Assert.InRange(moved.BaseEfficiency, 0.60, 0.68);
        Assert.InRange(energy, 0.92 * published, 1.12 * published);
    }

    [Fact]
    public void A_closed_loop_to_one_mol_a_litre_is_as_published()
    {
        const double Volume = 10, Current = 32, Step = 2;        // L of each, A = 200 A/m2, s
        double brine = 15, acid = 0, caustic = 0.2, joule = 0, passed = 0;
        while (caustic / Volume < 1)
        {
            BipolarLiquors now = Liquors(brine / Volume, Math.Max(acid / Volume, 0.05), caustic / Volume);
            BipolarFluxes moved = Pilot.Fluxes(Current, now);
            joule += Pilot.Voltage(Current, now) * Current * Step;
            passed += Pilot.Triplets * Current / BipolarStack.Faraday * Step;
            brine -= moved.Cations * Step;
            acid += (moved.Split - moved.Protons) * Step;
            caustic += (moved.Split - moved.Hydroxide) * Step;
        }
        double made = caustic - 0.2, efficiency = made / passed, energy = joule / 3.6e6 / (made * SodiumHydroxide);
        output.WriteLine($"200 A/m2: {efficiency:0.000}, {energy:0.00} kWh/kg, acid {acid / Volume:0.00} mol/L");
        Assert.InRange(efficiency, 0.76, 0.84);
        Assert.InRange(energy, 1.3, 1.6);
        Assert.InRange(acid / caustic, 0.85, 1);
    }

    /// <summary>Brine eq/L, A/m2, least and most of the share of the current that cations carry.</summary>
    [Theory]
    [InlineData(1.0, 300, 0.99, 1.0)]
    [InlineData(0.05, 300, 0.4, 0.6)]        // 175 A/m2 is all that 0.05 mol/L bring to the membrane
    [InlineData(0.0, 300, 0.0, 0.001)]
    public void A_spent_brine_limits_what_the_current_moves(double brine, double density, double least, double most)
    {
        BipolarFluxes moved = Pilot.Fluxes(density * Pilot.Area, Liquors(brine, 0.05, 0.001));
        Assert.InRange(moved.Cations / (moved.Split + moved.Salt), least, most);
        Assert.True(Pilot.Voltage(density * Pilot.Area, Liquors(brine, 1, 1)) >= Pilot.Voltage(density * Pilot.Area, Liquors(1.1, 1, 1)));
    }

    [Theory]
    [InlineData(0, 100, 0)]
    [InlineData(20, 1000, 20)]               // the rectifier is not at its end
    [InlineData(-3, 100, 0)]
    public void The_rectifier_gives_what_it_is_set_to(double asked, double highest, double current) => Assert.Equal(current, Pilot.Current(asked, highest, Liquors(1, 1, 1)));

    [Fact]
    public void A_rectifier_at_its_voltage_gives_what_that_drives()
    {
        BipolarLiquors there = Liquors(1, 1, 1);
        double current = Pilot.Current(80, 60, there);
        Assert.InRange(current, 1, 79);
        Assert.Equal(60, Pilot.Voltage(current, there), 1e-6);
        Assert.Equal(0, Pilot.Current(80, 30, there), 1e-6);     // forty triplets need 43 V before anything flows
    }

    /// <summary>What leaves the brine comes to acid and base, and all three stay neutral.</summary>
    [Fact]
    public void The_currents_through_the_membranes_are_the_current()
    {
        BipolarFluxes moved = Pilot.Fluxes(48, Liquors(0.8, 0.9, 0.7));
        double all = Pilot.Triplets * 48 / BipolarStack.Faraday;
        Assert.Equal(all, moved.Cations + moved.Hydroxide, 1e-12);
        Assert.Equal(all, moved.Anions + moved.Protons, 1e-12);
        Assert.Equal(all, moved.Split + moved.Salt, 1e-12);
        Assert.Equal(default, Pilot.Fluxes(0, Liquors(1, 1, 1)));
    }
}
