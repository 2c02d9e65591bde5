using Crm.Chemistry.Crystallisation;
using Xunit;

namespace Crm.Chemistry.Tests;

/// <summary>Crystals by moments: closed forms, mass, the metastable limit, size by how they were made, water of hydration, inclusions.</summary>
public sealed class CrystallisationTests(ITestOutputHelper output)
{
    private static CrystalKinetics Kinetics(int solid) => CrystalKinetics.Of(solid)!;

    private static Mixture Liquor(double celsius, double water, params (int Component, double Mol)[] content)
    {
        Mixture m = new() { Temperature = celsius };
        m.Aq[Aqueous.H2O] = water / Aqueous.Mass[Aqueous.H2O];
        foreach ((int component, double mol) in content) m.Aq[component] += mol;
        return m;
    }

    /// <summary>Manganese sulfate at a supersaturation, mean-ion, per kg of water: its product is that of a table in the temperature alone.</summary>
    private static Mixture Manganese(double celsius, double supersaturation, double water)
    {
        double molal = supersaturation * Solubility.At(Solubility.MnSO4, celsius) / 15.1;
        return Liquor(celsius, water, (Aqueous.Mn, molal * water), (Aqueous.SO4, molal * water));
    }

    private static void Seed(Mixture m, int solid, double mol, double size, double spread)
    {
        m.Solid[solid] = mol;
        CrystalSizes.Give(m, Kinetics(solid), size, spread);
    }

    private static void Step(Mixture m, double dt, double speed) => Salts.Step(m, Speciation.Of(m), dt, 1, SaltTrim.AsTabled, speed);

    private static double Moment(Mixture m, int solid, int k) => CrystalSizes.Moment(m, Kinetics(solid), k);

    /// <summary>Much liquor and few seeds all alike, below the metastable limit, at rest: L = L0 + G t and m_k = N L^k.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public void Seeds_grow_as_the_closed_form_says(double dt)
    {
        Mixture m = Manganese(95, 1.04, 500);
        Seed(m, Solid.MnSO4H2O, 1e-4, 100e-6, 0);
        double number = Moment(m, Solid.MnSO4H2O, 0), sigma = Math.Sqrt(Salts.Supersaturation(m, Speciation.Of(m), Solid.MnSO4H2O)) - 1;
        for (double t = 0; t < 3600; t += dt) Step(m, dt, 0);
        double size = 100e-6 + 3600 * Kinetics(Solid.MnSO4H2O).GrowthAt(95, sigma);
        Assert.True(size > 115e-6);
        Assert.Equal(number, Moment(m, Solid.MnSO4H2O, 0), 1e-9 * number);
        for (int k = 1; k <= 4; k++) Assert.Equal(number * Math.Pow(size, k), Moment(m, Solid.MnSO4H2O, k), 2e-4 * number * Math.Pow(size, k));
    }

    /// <summary>Seeds that use the liquor up: as many as there were, larger by the cube root of the mass; nothing dissolves when the liquor gets hungry only by what it lacks.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(60)]
    [InlineData(1200)]
    public void Seeds_that_use_the_liquor_up_keep_their_number(double dt)
    {
        Mixture m = Manganese(95, 1.045, 1);
        Seed(m, Solid.MnSO4H2O, 0.05, 200e-6, 0);
        double number = Moment(m, Solid.MnSO4H2O, 0), before = m.Solid[Solid.MnSO4H2O];
        for (double t = 0; t < 40 * 3600; t += dt) Step(m, dt, 0);
        double grown = m.Solid[Solid.MnSO4H2O] / before;
        Assert.True(grown > 2.5, $"{grown}");
        Assert.Equal(number, Moment(m, Solid.MnSO4H2O, 0), 1e-9 * number);
        Assert.Equal(200e-6 * Math.Cbrt(grown), Moment(m, Solid.MnSO4H2O, 4) / Moment(m, Solid.MnSO4H2O, 3), 2e-9);
        Assert.Equal(1, Salts.Supersaturation(m, Speciation.Of(m), Solid.MnSO4H2O), 1e-4);
    }

    /// <summary>Of crystals all alike the number stays and the size falls; of an exponential distribution the sizes stay and the number falls. Both are exact shrinking by one length.</summary>
    [Fact]
    public void Crystals_dissolve_by_one_length_from_each()
    {
        Mixture alike = Manganese(95, 0.9, 500), wide = Manganese(95, 0.9, 500);
        Seed(alike, Solid.MnSO4H2O, 1e-4, 100e-6, 0);
        Seed(wide, Solid.MnSO4H2O, 1e-4, 100e-6, 0);
        CrystalKinetics kinetics = Kinetics(Solid.MnSO4H2O);
        double length = 25e-6, number = Moment(wide, Solid.MnSO4H2O, 3) / (6 * Math.Pow(length, 3));
        double[] exponential = [number, number * length, 2 * number * length * length, 24 * number * Math.Pow(length, 4)];
        exponential.CopyTo(wide.Crystals!, 4 * kinetics.Slot);
        double n = Moment(alike, Solid.MnSO4H2O, 0), shrunk = 0.1 * kinetics.DissolutionAt(95) * 100;
        for (int i = 0; i < 100; i++)
        {
            Step(alike, 1, 0);
            Step(wide, 1, 0);
        }
        Assert.Equal(n, Moment(alike, Solid.MnSO4H2O, 0), 1e-6 * n);
        Assert.Equal(100e-6 - shrunk, Moment(alike, Solid.MnSO4H2O, 1) / n, 3e-8);
        Assert.Equal(number * Math.Exp(-shrunk / length), Moment(wide, Solid.MnSO4H2O, 0), 2e-3 * number);
        Assert.Equal(4 * length, Moment(wide, Solid.MnSO4H2O, 4) / Moment(wide, Solid.MnSO4H2O, 3), 1e-7);
    }

    /// <summary>The third moment, followed by itself with the growth that the first moment shows, is the mass of the salt.</summary>
    [Fact]
    public void Mass_from_the_moments_is_the_mass_of_the_salt()
    {
        Mixture m = Manganese(95, 1.3, 1);
        double third = 0;
        for (int i = 0; i < 20000; i++)
        {
            double n = Moment(m, Solid.MnSO4H2O, 0), length = Moment(m, Solid.MnSO4H2O, 1), area = Moment(m, Solid.MnSO4H2O, 2);
            Step(m, 0.25, 1);
            double born = Moment(m, Solid.MnSO4H2O, 0) - n, mean = n + 0.5 * born;
            double l = mean > 0 ? (Moment(m, Solid.MnSO4H2O, 1) - length) / mean : 0;
            third += l * (3 * area + l * (3 * length + l * (n + 0.25 * born)));
        }
        double mass = third * CrystalSizes.ShapeFactor * 1e3 * Solid.Density[Solid.MnSO4H2O];
        Assert.True(mass > 0.1);
        Assert.Equal(m.Solid[Solid.MnSO4H2O] * Solid.Mass[Solid.MnSO4H2O], mass, 1e-4 * mass);
    }

    /// <summary>Coarse steps lead to much the same crystals as fine ones.</summary>
    [Theory]
    [InlineData(10, 0.05, 0.10)]
    [InlineData(60, 0.15, 0.25)]
    public void A_coarse_step_makes_the_crystals_of_a_fine_one(double dt, double ofMass, double ofSize)
    {
        Mixture fine = Cooled(0.5, 5400, 0), coarse = Cooled(dt, 5400, 0);
        output.WriteLine($"{fine.Solid[Solid.Mirabilite]} {CrystalSizes.MassMean(fine) * 1e6} um, {coarse.Solid[Solid.Mirabilite]} {CrystalSizes.MassMean(coarse) * 1e6} um");
        Assert.Equal(fine.Solid[Solid.Mirabilite], coarse.Solid[Solid.Mirabilite], ofMass * fine.Solid[Solid.Mirabilite]);
        Assert.Equal(CrystalSizes.MassMean(fine), CrystalSizes.MassMean(coarse), ofSize * CrystalSizes.MassMean(fine));
    }

    /// <summary>Glauber salt from 32 to 5 degC: cooled fast without seeds it is fine and shuts liquor in, seeded and cooled slowly it is coarse and clean.</summary>
    [Fact]
    public void Fast_unseeded_cooling_makes_fines_and_slow_seeded_cooling_coarse_crystals()
    {
        Mixture fast = Cooled(2, 300, 0), slow = Cooled(2, 6 * 3600, 0.03);
        double fines = CrystalSizes.MassMean(fast), coarse = CrystalSizes.MassMean(slow);
        output.WriteLine($"fast {fines * 1e6:0} um, {Included(fast):E2}; slow {coarse * 1e6:0} um, {Included(slow):E2}");
        Assert.True(coarse > 2 * fines, $"{coarse} against {fines}");
        Assert.True(Included(fast) > 1.5 * Included(slow));
        Assert.True(CrystalSizes.Sauter(fast, Kinetics(Solid.Mirabilite)) < fines);
    }

    /// <summary>Below its metastable limit a clear liquor stays clear; above it crystals come.</summary>
    [Theory]
    [InlineData(1.04, false)]
    [InlineData(1.15, true)]
    public void A_clear_liquor_nucleates_above_its_metastable_limit_only(double supersaturation, bool crystals)
    {
        Mixture m = Manganese(95, supersaturation, 1);
        for (int i = 0; i < 7200; i++) Step(m, 1, 1);
        Assert.Equal(crystals, m.Solid[Solid.MnSO4H2O] > 1e-3);
    }

    /// <summary>Ten waters go with each sodium sulfate, nothing is made or lost and the charge stays.</summary>
    [Fact]
    public void Water_of_hydration_balances()
    {
        Mixture m = Cooled(2, 1800, 0);
        double crystals = m.Solid[Solid.Mirabilite], water = m.Aq[Aqueous.H2O] + m.Occluded[Aqueous.H2O];
        Assert.True(crystals > 1);
        Assert.Equal(1 / Aqueous.Mass[Aqueous.H2O], water + 10 * crystals, 1e-9);
        Assert.Equal(6, m.Aq[Aqueous.Na] + m.Occluded[Aqueous.Na] + 2 * crystals, 1e-9);
        Assert.Equal(0, m.ChargeMol, 1e-11);
    }

    /// <summary>Any liquor, any crystals in it, any step: amounts stay numbers, nothing is less than empty, and the moments are those of a distribution.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(20261121)]
    public void Moments_stay_those_of_a_distribution(int seed)
    {
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        for (int i = 0; i < 4000; i++)
        {
            CrystalKinetics kinetics = CrystalKinetics.All[random.Next(CrystalKinetics.All.Length)];
            Mixture m = Liquor(random.Next(0, 100), 1, (Aqueous.Na, 4 * random.NextDouble()), (Aqueous.Li, 4 * random.NextDouble()), (Aqueous.Mn, 5 * random.NextDouble()),
                (Aqueous.NH4, 6 * random.NextDouble()), (Aqueous.SO4, 5 * random.NextDouble()), (Aqueous.CO3, random.NextDouble()), (Aqueous.VO3, 0.2 * random.NextDouble()), (Aqueous.H, -0.5));
            if (random.Next(3) > 0) Seed(m, kinetics.Solid, Math.Pow(10, -5 * random.NextDouble()), 1e-6 * Math.Pow(10, 3 * random.NextDouble()), 0.8 * random.NextDouble());
            Salts.Step(m, Speciation.Of(m), Math.Pow(10, 6 * random.NextDouble() - 1), 1, SaltTrim.AsTabled, random.NextDouble());
            foreach (double[] amounts in new[] { m.Aq, m.Solid, m.Crystals ?? [] }) Assert.All(amounts, a => Assert.True(double.IsFinite(a)));
            Assert.All(m.Solid, a => Assert.True(a >= 0));
            foreach (CrystalKinetics k in CrystalKinetics.All.Where(k => Moment(m, k.Solid, 0) > 0))
            {
                double[] moments = [.. Enumerable.Range(0, 5).Select(order => Moment(m, k.Solid, order))];
                for (int order = 1; order < 4; order++)
                    Assert.True(moments[order] * moments[order] <= moments[order - 1] * moments[order + 1] * (1 + 1e-6), $"seed {seed} case {i}: {Solid.Names[k.Solid]} m{order} of {string.Join(' ', moments)}");
            }
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(20261121)]
    public void No_step_however_coarse_passes_saturation(int seed)
    {
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        (int Solid, int Cation, int Cations)[] salts = [(Solid.MnSO4H2O, Aqueous.Mn, 1), (Solid.Li2SO4H2O, Aqueous.Li, 2), (Solid.NH42SO4, Aqueous.NH4, 2)];
        for (int i = 0; i < 3000; i++)
        {
            (int solid, int cation, int cations) = salts[random.Next(salts.Length)];
            double sulfate = 8 * random.NextDouble();
            Mixture m = Liquor(random.Next(20, 100), 1, (cation, cations * sulfate), (Aqueous.SO4, sulfate));
            if (random.Next(4) > 0) Seed(m, solid, Math.Pow(10, 1 - 6 * random.NextDouble()), 1e-6 * Math.Pow(10, 3 * random.NextDouble()), 0.8 * random.NextDouble());
            double before = Salts.Supersaturation(m, Speciation.Of(m), solid) - 1, dt = Math.Pow(10, 7 * random.NextDouble() - 1);
            Step(m, dt, random.NextDouble());
            double after = Salts.Supersaturation(m, Speciation.Of(m), solid) - 1;
            Assert.True(after * Math.Sign(before) > -1e-6, $"seed {seed} case {i}: {Solid.Names[solid]} in {dt} s from {before} to {after}");
        }
    }

    /// <summary>A usual suspension, stirred, comes down by half its supersaturation in about the time that the recipes were made with.</summary>
    [Theory]
    [InlineData(Solid.MnSO4H2O, 95, 0.5, 0.10, 600)]
    [InlineData(Solid.NH42SO4, 60, 1.4, 0.05, 600)]
    [InlineData(Solid.Li2SO4H2O, 60, 0.5, 0.05, 600)]
    [InlineData(Solid.Thenardite, 90, 0.5, 0.05, 600)]
    [InlineData(Solid.Mirabilite, 10, 0.6, 0.15, 600)]
    [InlineData(Solid.Li2CO3, 90, 0.05, 0.30, 400)]
    public void A_usual_suspension_comes_down_in_about_the_time_of_the_recipes(int solid, double celsius, double kilograms, double sigma, double tau)
    {
        Mixture m = Liquor(celsius, 1);
        Seed(m, solid, kilograms / Solid.Mass[solid], Kinetics(solid).Usual * Math.Exp(0.16), 0.4);
        for (int i = 0; i < 3000; i++) Step(m, 30, 0);
        for (int i = 2; i < Aqueous.Count; i++) m.Aq[i] *= 1 + sigma;
        double start = Root(m, solid) - 1, t = 0;
        while (Root(m, solid) - 1 > start / 2 && t < 20000)
        {
            Step(m, 2, 1);
            t += 2;
        }
        output.WriteLine($"{Solid.Names[solid]}: from {start:0.000} to the half in {t} s, a relaxation of {t / Math.Log(2):0} s");
        Assert.InRange(t / Math.Log(2), tau / 5, tau * 2);
    }

    /// <summary>Liquor of the lithium recipe boiled down to 14 L stays clear of the double salt; boiled to 9 L it gives it, and takes it back when water comes.</summary>
    [Theory]
    [InlineData(11.2, false)]
    [InlineData(7.0, true)]
    public void Lithium_sodium_sulfate_comes_when_the_brine_is_boiled_too_far(double water, bool comes)
    {
        Mixture m = Liquor(100, water, (Aqueous.Li, 19.9), (Aqueous.Na, 52.9), (Aqueous.SO4, 36.4));
        for (int i = 0; i < 4 * 3600; i += 2) Step(m, 2, 1);
        output.WriteLine($"LiNaSO4 {m.Solid[Solid.LiNaSO4]:0.00} mol, Na2SO4 {m.Solid[Solid.Thenardite]:0.00} mol, ion product over solubility product {Salts.Supersaturation(m, Speciation.Of(m), Solid.LiNaSO4):0.00}");
        Assert.Equal(comes, m.Solid[Solid.LiNaSO4] > 0.1);
        if (comes) Assert.Equal(1, Salts.Supersaturation(m, Speciation.Of(m), Solid.LiNaSO4), 0.02);
        Assert.Equal(19.9, m.Aq[Aqueous.Li] + m.Occluded[Aqueous.Li] + m.Solid[Solid.LiNaSO4], 1e-9);
        Assert.Equal(0, m.ChargeMol, 1e-9);
        m.Aq[Aqueous.H2O] += 400;
        for (int i = 0; i < 4 * 3600; i += 2) Step(m, 2, 1);
        Assert.Equal(0, m.Solid[Solid.LiNaSO4]);
    }

    private static double Root(Mixture m, int solid) => Math.Pow(Salts.Supersaturation(m, Speciation.Of(m), solid), solid is Solid.MnSO4H2O or Solid.NH4VO3 ? 0.5 : 1 / 3.0);

    /// <summary>3 mol of sodium sulfate and a lithium trace a kg of water, from 32 to 5 degC at an even rate, then half an hour's rest.</summary>
    private static Mixture Cooled(double dt, double seconds, double seeds)
    {
        Mixture m = Liquor(32, 1, (Aqueous.Na, 6), (Aqueous.SO4, 3.1), (Aqueous.Li, 0.2));
        if (seeds > 0)
        {
            Seed(m, Solid.Mirabilite, seeds, 200e-6, 0.2);
            m.Aq[Aqueous.Na] -= 2 * seeds;
            m.Aq[Aqueous.SO4] -= seeds;
            m.Aq[Aqueous.H2O] -= 10 * seeds;
        }
        for (double t = 0; t < seconds + 1800; t += dt)
        {
            m.Temperature = Math.Max(5, 32 - 27 * t / seconds);
            Step(m, dt, 1);
        }
        return m;
    }

    private static double Included(Mixture m) => m.Occluded[Aqueous.Li] / m.Solid[Solid.Mirabilite];

    /// <summary>Two of three charges with three of two: salts that only rows know, one that relaxes and one that grows.</summary>
    [Theory]
    [InlineData("Dy2(C2O4)3.10H2O", "Dy3+")]
    [InlineData("Nd2(C2O4)3.10H2O", "Nd3+")]
    public void A_salt_of_five_ions_comes_to_its_product_and_loses_nothing(string salt, string metal)
    {
        int solid = Solid.IndexOf(salt), cation = Aqueous.IndexOf(metal);
        Mixture m = new() { Temperature = 50 };
        m.Aq[Aqueous.H2O] = 1 / Aqueous.Mass[Aqueous.H2O];
        m.Aq[cation] = 0.02;
        m.Aq[Aqueous.Cl] = 0.08;
        m.Aq[Aqueous.Oxalate] = 0.02;
        m.Aq[Aqueous.H] = 0.06;
        for (int i = 0; i < 4000; i++) Salts.Step(m, Speciation.Of(m), 30, 1);
        Assert.InRange(m.Solid[solid], 0.0055, 0.0067);
        Assert.InRange(Salts.Supersaturation(m, Speciation.Of(m), solid), 0.98, 1.05);
        Assert.Equal(0.02, m.Aq[cation] + m.Occluded[cation] + 2 * m.Solid[solid], 1e-12);
        Assert.Equal(0.02, m.Aq[Aqueous.Oxalate] + m.Occluded[Aqueous.Oxalate] + 3 * m.Solid[solid], 1e-12);
        Assert.Equal(0, m.ChargeMol, 1e-12);
    }
}
