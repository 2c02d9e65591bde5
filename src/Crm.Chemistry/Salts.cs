using Crm.Chemistry.Crystallisation;
using Crm.Chemistry.Properties;

namespace Crm.Chemistry;

/// <summary>Crystallisation and dissolution of salts from ion products, with inclusion of mother liquor.</summary>
public static class Salts
{
    private static readonly Salt[] Table = Salt.Read(ConstantTable.Read("salts.csv"));

    /// <summary>kg of liquor closed over per kg grown: slow, and at the growth of <see cref="CrystalKinetics.Inclusion"/>.</summary>
    private static readonly double LeastInclusion = LawConstants.Of("crystals", "least inclusion"), MostInclusion = LawConstants.Of("crystals", "most inclusion");

    private static readonly Salt?[] BySolid = [.. Enumerable.Range(0, Solid.Count).Select(s => Array.Find(Table, t => t.Solid == s))];

    private static readonly Salt[] Crystals =
        [.. CrystalKinetics.All.Select(k => BySolid[k.Solid] ?? throw new ChemistryDataException($"chemistry/crystal-kinetics.csv: '{Solid.Names[k.Solid]}' has no row in chemistry/salts.csv"))];

    /// <summary>Moves every salt towards its solubility; <paramref name="slow"/> multiplies the times of growth and relaxation (1 stirred).</summary>
    /// <returns>Heat given off, J.</returns>
    public static double Step(Mixture m, in Speciation s, double dt, double slow) => Step(m, s, dt, slow, SaltTrim.AsTabled, 1);

    /// <param name="trim">How this vessel departs from the tables.</param>
    /// <param name="speed">Agitator speed over <see cref="CrystalKinetics.UsualSpeed"/>.</param>
    public static double Step(Mixture m, in Speciation s, double dt, double slow, in SaltTrim trim, double speed)
    {
        double water = Solvent(m);
        if (water < 1e-6 || Hydroxide(m, water) >= Melt) return 0;
        double sulfate = m.Aq[Aqueous.SO4] / water, heat = 0;
        foreach (Salt salt in Table) heat += Step(m, s, salt, sulfate, Hydroxide(m, water), dt, slow, trim, speed);
        return heat;
    }

    /// <summary>Ion product over solubility product: 1 is saturated.</summary>
    public static double Supersaturation(Mixture m, in Speciation s, int solid) => Ratio(m, s, BySolid[solid]!, m.Temperature);

    /// <summary>Mean-ion supersaturation less one where the liquor has another temperature, as at a wall.</summary>
    public static double Sigma(Mixture m, in Speciation s, int solid, double celsius, in SaltTrim trim) =>
        Sigma(BySolid[solid]!, Math.Max(0, Ratio(m, s, BySolid[solid]!, celsius) / trim.OfProduct(BySolid[solid]!)));

    /// <summary>Whether a liquor holds both ions of a salt.</summary>
    public static bool MayForm(Mixture m, int solid) => m.Aq[BySolid[solid]!.Cation] > 1e-9 && BySolid[solid]!.AnionOf(m) > 1e-9;

    /// <summary>mol that liquor of a temperature is apart from saturation, to first order: of ions where there is too much, of what pure water would take where there is too little.</summary>
    /// <param name="sigma">As <see cref="Sigma(Mixture, in Speciation, int, double, in SaltTrim)"/> gives it.</param>
    public static double ToSaturation(Mixture m, int solid, double celsius, double sigma)
    {
        Salt salt = BySolid[solid]!;
        double water = Solvent(m);
        if (sigma > 0) return Math.Min(m.Aq[salt.Cation] / salt.Cations, salt.AnionOf(m) / salt.Anions) * sigma / (1 + sigma);
        return sigma * water * Math.Pow(salt.Product(celsius, m.Aq[Aqueous.SO4] / water, Hydroxide(m, water)), 1.0 / salt.Ions) / Math.Max(salt.Cations, salt.Anions);
    }

    /// <summary>Takes the ions and the water of <paramref name="x"/> mol of a salt out of a liquor; where the salt goes is the caller's.</summary>
    /// <returns>Heat given off, J.</returns>
    public static double Move(Mixture m, int solid, double x)
    {
        Salt salt = BySolid[solid]!;
        Take(m, salt, x);
        return x * salt.Heat;
    }

    /// <summary>kg of water that dissolves: that of the hydroxide, which stands for H2O - H+, is not among it.</summary>
    internal static double Solvent(Mixture m) => m.Water + Math.Min(0, m.Aq[Aqueous.H]) * Aqueous.Mass[Aqueous.H2O];

    /// <summary>mol of hydroxide per kg of free water above which a liquor is molten alkali: beyond what dissolves of NaOH at its boiling point (85 mol/kg at 120 degC), and no law of a salt holds.</summary>
    private const double Melt = 100;

    /// <summary>mol/kg of water, of all alkali; <see cref="Melt"/> at most.</summary>
    private static double Hydroxide(Mixture m, double water) => Math.Min(Melt, Math.Max(0, -m.Aq[Aqueous.H]) / water);

    private static double Ratio(Mixture m, in Speciation s, Salt salt, double celsius)
    {
        double water = Math.Max(Solvent(m), 1e-9);
        double ions = Salt.Power(Ammonium(m, s, salt) * m.Aq[salt.Cation] / water, salt.Cations) * Salt.Power(Share(m, s, salt) * salt.AnionOf(m) / water, salt.Anions);
        return ions * salt.Beside(m, water) / salt.Product(celsius, m.Aq[Aqueous.SO4] / water, Hydroxide(m, water));
    }

    internal static void Take(Mixture m, Salt salt, double x)
    {
        m.Aq[salt.Cation] -= salt.Cations * x;
        m.Aq[salt.Anion] -= salt.AnionSign * salt.Anions * x;
        m.Aq[Aqueous.H2O] -= salt.Waters * x;
        if (salt.Second >= 0) m.Aq[salt.Second] -= x;
    }

    private static double Step(Mixture m, in Speciation s, Salt salt, double sulfate, double hydroxide, double dt, double slow, in SaltTrim trim, double speed)
    {
        double present = m.Solid[salt.Solid];
        double cation = m.Aq[salt.Cation], anion = salt.AnionOf(m);
        if (present <= 0 && (cation <= 1e-12 || anion <= 1e-12)) return 0;
        double water = Solvent(m), share = Share(m, s, salt) * Math.Pow(Ammonium(m, s, salt), (double)salt.Cations / salt.Anions);
        double product = salt.Product(m.Temperature, sulfate, hydroxide) * trim.OfProduct(salt);
        double ions = Salt.Power(Math.Max(0, cation) / water, salt.Cations) * Salt.Power(Math.Max(0, share * anion) / water, salt.Anions) * salt.Beside(m, water);
        double ratio = ions / product;
        if (present <= 1e-6 && ratio < salt.Nucleates || Math.Abs(ratio - 1) < 1e-9) return 0;
        if (CrystalKinetics.Of(salt.Solid) is { } kinetics) return salt.Heat * Crystallise(m, new CrystalGrowth(salt, kinetics, share, product, Sigma(salt, salt.Nucleates), trim.Rate / slow, speed), dt, trim.Inclusion);
        double x = Target(m, salt, share, product, ratio > 1) * (1 - Math.Exp(-dt * trim.Rate / (salt.Tau * slow)));
        m.Solid[salt.Solid] = Math.Max(0, m.Solid[salt.Solid] + x);
        Take(m, salt, x);
        return x * salt.Heat;
    }

    private static double Crystallise(Mixture m, in CrystalGrowth crystal, double dt, double inclusion)
    {
        (double x, double growth) = crystal.Step(m, dt);
        if (x > 0) Occlude(m, x * Solid.Mass[crystal.Salt.Solid], inclusion * Math.Min(MostInclusion, LeastInclusion + MostInclusion * growth / crystal.Kinetics.Inclusion));
        else if (x < 0) Release(m, -x * Solid.Mass[crystal.Salt.Solid]);
        return x;
    }

    /// <summary>Mean-ion supersaturation less one, of an ion product over its solubility product.</summary>
    private static double Sigma(Salt salt, double ratio) => Math.Pow(ratio, 1.0 / salt.Ions) - 1;

    /// <summary>Part of the anion's total that is the free anion at the pH of the liquor.</summary>
    private static double Share(Mixture m, in Speciation s, Salt salt)
    {
        double total = salt.AnionOf(m) / Math.Max(m.Water, 1e-9);
        if (total <= 1e-12) return 1;
        return salt.Anion switch
        {
            Aqueous.H => Math.Min(1, new Constants(s.Ionic, m.Temperature).Water / s.H / total),
            Aqueous.CO3 => Math.Min(1, s.Carbonate / total),
            Aqueous.F => Math.Min(1, s.Fluoride / total),
            Aqueous.VO3 => Math.Min(1, s.Metavanadate / total),
            _ => Protolytes.Has(salt.Anion) ? Protolytes.Of(salt.Anion, new Constants(s.Ionic, m.Temperature)).Share(s.H) : 1,
        };
    }

    /// <summary>Part of the ammonium that is NH4+ and not NH3; 1 for every other cation.</summary>
    private static double Ammonium(Mixture m, in Speciation s, Salt salt) =>
        salt.Cation == Aqueous.NH4 && m.Aq[Aqueous.NH4] > 1e-12 ? Math.Clamp(1 - s.Ammonia * m.Water / m.Aq[Aqueous.NH4], 0, 1) : 1;

    /// <summary>kg of a salt per kg of liquor that a refractometer tells apart.</summary>
    private static readonly double Seen = LawConstants.Of("crystals", "seen");

    /// <summary>Concentration over solubility of the crystal that is furthest above it, traces left out, 0 when none can form: the mean-ion root of <see cref="Supersaturation"/>.</summary>
    public static double Furthest(Mixture m, in Speciation s)
    {
        double furthest = 0, least = Math.Max(Seen * m.LiquorMass, 1e-12);
        foreach (Salt salt in Crystals)
        {
            if (Math.Min(m.Aq[salt.Cation] / salt.Cations, salt.AnionOf(m) / salt.Anions) * Solid.Mass[salt.Solid] <= least) continue;
            furthest = Math.Max(furthest, Math.Pow(Math.Max(0, Supersaturation(m, s, salt.Solid)), 1.0 / salt.Ions));
        }
        return furthest;
    }

    /// <summary>Extent, mol, to saturation; positive crystallises. Bisection: the product falls with the extent.</summary>
    private static double Target(Mixture m, Salt salt, double share, double product, bool crystallises)
    {
        double low = crystallises ? 0 : -m.Solid[salt.Solid];
        double high = 0;
        if (crystallises)
        {
            high = Math.Min(m.Aq[salt.Cation] / salt.Cations, salt.AnionOf(m) / salt.Anions);
            if (salt.Second >= 0) high = Math.Min(high, m.Aq[salt.Second]);
            if (salt.Waters > 0) high = Math.Min(high, 0.9 * m.Aq[Aqueous.H2O] / salt.Waters);
        }
        for (int i = 0; i < 40; i++)
        {
            double x = 0.5 * (low + high);
            double water = Solvent(m) - salt.CrystalWaters * x * Aqueous.Mass[Aqueous.H2O];
            double ions = Salt.Power((m.Aq[salt.Cation] - salt.Cations * x) / water, salt.Cations) * Salt.Power(share * (salt.AnionOf(m) - salt.Anions * x) / water, salt.Anions);
            if (salt.Second >= 0) ions *= (m.Aq[salt.Second] - x) / water;
            if (ions > product) low = x;
            else high = x;
        }
        return 0.5 * (low + high);
    }

    /// <summary>Growing crystals close over a part of the liquor.</summary>
    /// <param name="grown">kg.</param>
    /// <param name="share">kg of liquor per kg grown.</param>
    private static void Occlude(Mixture m, double grown, double share)
    {
        double part = Math.Min(0.5, grown * share / Math.Max(m.LiquorMass, 1e-9));
        for (int i = 0; i < Aqueous.Count; i++) Shift(m.Aq, m.Occluded, i, part);
    }

    /// <summary>Dissolving crystals give it back in proportion.</summary>
    /// <param name="dissolved">kg.</param>
    private static void Release(Mixture m, double dissolved)
    {
        double crystals = dissolved;
        foreach (Salt crystal in Crystals) crystals += m.Solid[crystal.Solid] * Solid.Mass[crystal.Solid];
        double freed = Math.Min(1, dissolved / Math.Max(crystals, 1e-12));
        for (int i = 0; i < Aqueous.Count; i++) Shift(m.Occluded, m.Aq, i, freed);
    }

    private static void Shift(double[] from, double[] to, int i, double part)
    {
        double moved = from[i] * part;
        from[i] -= moved;
        to[i] += moved;
    }

}
