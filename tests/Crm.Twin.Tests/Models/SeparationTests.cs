using Crm.Chemistry;
using Crm.Chemistry.Numerics;
using Crm.Chemistry.Properties;
using Crm.Twin.Dynamics;
using Crm.Twin.Models;
using Xunit;

namespace Crm.Twin.Tests.Models;

/// <summary>Membranes, evaporators, columns, crystallisers and the integrator against limits and independent calculation.</summary>
public sealed class SeparationTests
{
    /// <summary>The source's own procedure: direct substitution of the averaged fluxes with damping 0.5.</summary>
    [Theory]
    [InlineData(0.035, 5e6, 50)]
    [InlineData(0.035, 7e6, 30)]
    [InlineData(0.005, 1.5e6, 40)]
    [InlineData(0.07, 8e6, 20)]
    [InlineData(0, 1e6, 20)]
    public void A_module_agrees_with_damped_substitution(double fraction, double pressure, double area)
    {
        const double A = 4.2e-12, B = 3.5e-8, Permeate = 101325, Drop = 3e5, Modulus = 1.1;
        var flux = new ReverseOsmosisModule(new Membrane(A, B, Modulus, 25), area, Drop).Solve(1, fraction, pressure - Permeate);
        double water = 1e-3, salt = 1e-7;
        for (int i = 0; i < 500; i++)
        {
            double left = 1 - fraction - water * area, kept = fraction - salt * area, outlet = kept / (left + kept);
            double sumWater = 0, sumSalt = 0;
            foreach (var (w, p) in ((double, double)[])[(fraction, pressure), (outlet, pressure - Drop)])
            {
                double ci = Modulus * w * SodiumChlorideBrine.Density(w), wall = SodiumChlorideBrine.FractionAt(ci), js = 0, jw = 1e-3;
                for (int k = 0; k < 200; k++)
                {
                    double wp = js / (js + jw);
                    jw = 1000 * A * (p - Permeate - SodiumChlorideBrine.OsmoticPressure(wall, 25) + SodiumChlorideBrine.OsmoticPressure(wp, 25));
                    js = B * (ci - wp * SodiumChlorideBrine.Density(wp));
                }
                sumWater += jw / 2;
                sumSalt += js / 2;
            }
            water += 0.5 * (sumWater - water);
            salt += 0.5 * (sumSalt - salt);
        }
        Assert.Equal(water, flux.Water, 1e-9 * water);
        Assert.Equal(salt, flux.Salt, 1e-9 * salt + 1e-30);
    }

    [Fact]
    public void More_pressure_gives_more_water_and_fresher_permeate()
    {
        var module = new ReverseOsmosisModule(new Membrane(4.2e-12, 3.5e-8, 1.1, 25), 20, 1e5);
        MembraneFlux low = module.Solve(1, 0.03, 4e6), high = module.Solve(1, 0.03, 6e6);
        Assert.True(high.Water > low.Water && high.Salt / high.Water < low.Salt / low.Water);
    }

    [Fact]
    public void Too_much_area_and_no_pressure_are_errors_not_numbers()
    {
        Membrane membrane = new(4.2e-11, 3.5e-8, 1.1, 25);
        Assert.Throws<NoSolutionException>(() => new ReverseOsmosisModule(membrane, 1e6, 0).Solve(1, 1e-4, 5e6));
        Assert.Throws<NoSolutionException>(() => new ReverseOsmosisModule(membrane, 1, 2e6).Solve(1, 0.03, 1e6));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(25)]
    [InlineData(60)]
    [InlineData(99.974)]
    public void Boiling_temperature_inverts_vapour_pressure(double celsius) =>
        Assert.Equal(celsius, Water.SaturationTemperature(Water.SaturationPressure(celsius)), 1e-9);

    /// <summary>IAPWS R7-97 tables, Pa; heat of vaporisation of the same tables, J/kg.</summary>
    [Theory]
    [InlineData(25, 3169.9, 2.4417e6)]
    [InlineData(60, 19946, 2.3577e6)]
    [InlineData(100, 101418, 2.2565e6)]
    [InlineData(150, 476165, 2.1139e6)]
    public void Steam_tables(double celsius, double pressure, double heat)
    {
        Assert.Equal(pressure, Water.SaturationPressure(celsius), 5e-4 * pressure);
        Assert.Equal(heat, Water.HeatOfVaporisation(celsius), 2e-3 * heat);
    }

    [Fact]
    public void Boiling_point_rise_grows_with_salt_from_zero()
    {
        Assert.Equal(0, SodiumChlorideBrine.BoilingPointRise(0, 80), 1e-9);
        Assert.True(SodiumChlorideBrine.BoilingPointRise(0.2, 80) > SodiumChlorideBrine.BoilingPointRise(0.1, 80));
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(3)]
    [InlineData(30)]
    public void Mass_below_a_size_is_the_third_moment(double z)
    {
        Msmpr unit = new(1e-8, 3600, 2000, 0.5);
        double sum = 0, step = z / 20000;
        for (int i = 0; i < 20000; i++)
        {
            double at = (i + 0.5) * step;
            sum += at * at * at * Math.Exp(-at) / 6 * step;
        }
        Assert.Equal(sum, unit.MassBelowSize(z * unit.CharacteristicSize), 1e-7 * sum);
    }

    [Theory]
    [InlineData(0.3, 35, 1.0)]
    [InlineData(0.9, 35, 0.8)]
    [InlineData(0.9, 35, 1.3)]
    [InlineData(1.6, 20, 1.05)]
    [InlineData(0.01, 500, 1.0)]
    public void A_front_satisfies_its_equation(double la, double units, double time)
    {
        double c = new LangmuirFront(la, 3, units).Breakthrough(time);
        Assert.InRange(c, 0, 1);
        if (c is 0 or 1) return;
        double right = (Math.Log(c) - la * Math.Log(1 - c)) / (1 - la) + 1, left = units * (time - 1);
        Assert.Equal(left, right, 1e-6 * (1 + Math.Abs(left)));
    }

    [Fact]
    public void A_linear_isotherm_has_no_constant_pattern() => Assert.Throws<NoSolutionException>(() => new LangmuirFront(1, 3, 30).Breakthrough(1));

    [Theory]
    [InlineData(1.0000001)]
    [InlineData(1.5)]
    [InlineData(4)]
    public void A_Clark_curve_passes_its_two_points(double n)
    {
        var curve = ClarkCurve.Through(n, 900, 700, 0.1, 1.2, 0.004);
        Assert.Equal(curve.Seconds(700), curve.Time(0.1), 1e-6 * curve.Time(0.1));
        Assert.Equal(curve.Seconds(900), curve.Time(0.5), 1e-6 * curve.Time(0.5));
        Assert.True(curve.Time(0.9) > curve.Time(0.5));
    }

    /// <summary>The integrator keeps its tolerance on tanks fast and slow, and on a stiff pair with a known answer.</summary>
    [Theory]
    [InlineData(1, 100, 50, 2)]
    [InlineData(7, 10, 400, 3)]
    [InlineData(3, 1e-3, 500, 24)]
    [InlineData(2, 50, 0, 5)]
    public void Tanks_in_series_follow_the_closed_form(int tanks, double volume, double flow, double hours)
    {
        double[] tracer = new double[tanks];
        new TanksInSeries(tanks, volume, flow).Advance(tracer, 1, hours);
        double q = flow * hours / volume, term = Math.Exp(-q), sum = 0;
        for (int k = 0; k < tanks; k++)
        {
            sum += term;
            term *= q / (k + 1);
        }
        Assert.Equal(1 - sum, tracer[^1], 1e-6);
    }

    [Fact]
    public void A_stiff_pair_is_integrated_with_large_steps()
    {
        int calls = 0;
        double[] y = [1, 0];
        new Rosenbrock((s, slope) =>
        {
            calls++;
            slope[0] = -0.5 * s[0];
            slope[1] = 1e6 * (s[0] - s[1]);
        }).Advance(y, 10);
        Assert.Equal(Math.Exp(-5), y[0], 1e-8);
        Assert.Equal(Math.Exp(-5) / (1 - 0.5e-6), y[1], 1e-8);
        Assert.True(calls < 50_000, $"{calls} calls");
    }

    /// <summary>Order of the method: halving the tolerance by 1000 cuts the error accordingly on a nonlinear problem.</summary>
    [Fact]
    public void A_nonlinear_problem_meets_its_tolerance()
    {
        foreach (double tolerance in (double[])[1e-4, 1e-7, 1e-10])
        {
            double[] y = [0.1];
            new Rosenbrock((s, slope) => slope[0] = s[0] * (1 - s[0]), tolerance, tolerance).Advance(y, 5);
            Assert.Equal(1 / (1 + 9 * Math.Exp(-5)), y[0], 50 * tolerance);
        }
    }

    [Fact]
    public void A_slope_that_is_not_a_number_is_an_error() =>
        Assert.Throws<NoSolutionException>(() => new Rosenbrock((s, slope) => slope[0] = Math.Sqrt(-1 - s[0] * s[0])).Advance([1.0], 1));

    [Theory]
    [InlineData(ShrinkingCoreControl.Reaction)]
    [InlineData(ShrinkingCoreControl.ProductLayer)]
    public void Shrinking_core_inverts_itself(ShrinkingCoreControl control)
    {
        foreach (double x in (double[])[1e-12, 1e-6, 0.01, 0.3, 0.77, 0.999, 1])
        {
            Assert.Equal(x, ShrinkingCore.Conversion(control, ShrinkingCore.TimeOverTau(control, x)), 1e-7 * x);
        }
        Assert.Equal(1, ShrinkingCore.Conversion(control, 1.5));
    }

    [Fact]
    public void A_crystalliser_closes_its_balance()
    {
        var s = new EvaporativeCrystalliser(60, 0.5, 4e-4, 3e-8, 3.67, 0.04, 2115, 66e3).Solve(2, 0.2, 25);
        Assert.Equal(2, s.Crystals + s.LiquorSalt + s.LiquorWater + s.Vapour, 1e-12);
        Assert.Equal(s.Saturation, s.LiquorSalt / (s.LiquorSalt + s.LiquorWater), 1e-12);
    }
}
