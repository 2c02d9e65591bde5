namespace Crm.Chemistry.Crystallisation;

/// <summary>
/// One crystal salt over one step by its moments: dm_k/dt = k G m_(k-1), dm0/dt = B, G and B of the supersaturation, which falls as m3 rises. What has grown on, l = G dt, is the one unknown of an
/// implicit step: for a given l the moments are polynomials, exactly, and the supersaturation at the end of the step falls with it. So no step, however coarse, passes saturation.
/// </summary>
/// <param name="Share">Part of the anion that is free, with that of the ammonium.</param>
/// <param name="Product">Solubility product, (mol/kg)^n.</param>
/// <param name="Limit">Sigma below which no first crystal forms.</param>
/// <param name="Rate">Factor on growth and dissolution.</param>
/// <param name="Speed">Agitator speed over the usual one, 0 at rest.</param>
internal readonly record struct CrystalGrowth(Salt Salt, CrystalKinetics Kinetics, double Share, double Product, double Limit, double Rate, double Speed)
{
    private const double Whole = 1e-9;          // mol: less is no crystal
    private const double Fall = 0.7;            // of sigma in one step, below which it is taken in halves
    private const int MostHalvings = 4;

    /// <returns>mol crystallised, negative when dissolved, and the mean growth rate, m/s.</returns>
    public (double Amount, double Growth) Step(Mixture m, double dt)
    {
        double sigma = Sigma(m, 0);
        if (m.Solid[Salt.Solid] > Whole) CrystalSizes.Complete(m, Kinetics);
        if (sigma < 0) return (Dissolve(m, sigma, dt), 0);
        double length = 0, amount = Grow(m, sigma, dt, MostHalvings, ref length);
        return (amount, length / dt);
    }

    private double Grow(Mixture m, double sigma, double dt, int halvings, ref double length)
    {
        double[] all = m.Crystals ??= new double[CrystalSizes.Count];
        Span<double> moments = all.AsSpan(CrystalSizes.PerSalt * Kinetics.Slot, CrystalSizes.PerSalt);
        double water = m.Water, slurry = m.Solid[Salt.Solid] * Solid.Mass[Salt.Solid] / water;
        double born = dt * water * Kinetics.NucleationAt(sigma, Limit, slurry, Speed);
        if (born <= 0 && moments[CrystalSizes.Number] <= 0) return 0;
        double rate = dt * Rate * Kinetics.GrowthAt(m.Temperature, 1);
        double grown = Root(m, moments, born, rate, sigma, out double left);
        if (left < Fall * sigma && halvings > 0 && sigma > 1e-3)
        {
            double first = Grow(m, sigma, 0.5 * dt, halvings - 1, ref length);
            return first + Grow(m, Math.Max(0, Sigma(m, 0)), 0.5 * dt, halvings - 1, ref length);
        }
        double amount = PerThird * Third(moments, born, grown), third = CrystalSizes.Third(m, Kinetics);
        Move(m, amount);
        Grown(moments, third, born, grown);
        length += grown;
        return amount;
    }

    /// <summary>mol per m3 of the third moment.</summary>
    private double PerThird => CrystalSizes.ShapeFactor / (Solid.Volume[Salt.Solid] * 1e-3);

    /// <summary>By how much the third moment rises when every crystal grows by <paramref name="l"/> and new ones come evenly over the step.</summary>
    private static double Third(ReadOnlySpan<double> m, double born, double l) => l * (3 * m[CrystalSizes.Area] + l * (3 * m[CrystalSizes.Length] + l * (m[CrystalSizes.Number] + 0.25 * born)));

    private static void Grown(Span<double> m, double third, double born, double l)
    {
        double number = m[CrystalSizes.Number], length = m[CrystalSizes.Length], area = m[CrystalSizes.Area];
        m[CrystalSizes.Fourth] += l * (4 * third + l * (6 * area + l * (4 * length + l * (number + 0.2 * born))));
        m[CrystalSizes.Area] += l * (2 * length + l * (number + born / 3));
        m[CrystalSizes.Length] += l * (number + 0.5 * born);
        m[CrystalSizes.Number] += born;
    }

    /// <summary>l = dt G(sigma at its end): rising, with a change of sign between 0 and what sigma at the beginning would give; the side below the root is kept.</summary>
    private double Root(Mixture m, ReadOnlySpan<double> moments, double born, double rate, double sigma, out double left)
    {
        double low = 0, high = rate * Kinetics.Driven(sigma), below = -high, above = double.NaN;
        left = sigma;
        double l = high;
        int side = 0;
        for (int i = 0; i < 60; i++)
        {
            double there = Sigma(m, PerThird * Third(moments, born, l));
            double gap = l - (there > 0 ? rate * Kinetics.Driven(there) : 0);
            if (gap > 0)
            {
                (high, above) = (l, gap);
                if (side > 0) below *= 0.5;
                side = 1;
            }
            else
            {
                (low, below, left) = (l, gap, there);
                if (side < 0) above *= 0.5;
                side = -1;
            }
            if (high - low <= 1e-10 * high || gap == 0) break;
            l = double.IsNaN(above) ? high : (low * above - high * below) / (above - below);
            if (!(l > low && l < high)) l = 0.5 * (low + high);
        }
        return low;
    }

    /// <summary>
    /// Shrinking: crystals all alike keep their number, an exponential distribution keeps its sizes and loses number, both exactly; in between the exponents are interpolated by the width.
    /// The share of the mass left, f, obeys df/dl = -(3/L32) f^(1 - w/3) with w 1 for crystals all alike and 0 for the exponential distribution.
    /// </summary>
    private double Dissolve(Mixture m, double sigma, double dt)
    {
        double present = m.Solid[Salt.Solid];
        if (present <= 0) return 0;
        if (present <= Whole || m.Crystals is null) return Vanish(m);
        Span<double> moments = m.Crystals.AsSpan(CrystalSizes.PerSalt * Kinetics.Slot, CrystalSizes.PerSalt);
        double number = moments[CrystalSizes.Number], length = moments[CrystalSizes.Length], area = moments[CrystalSizes.Area];
        double alike = Math.Clamp(2 - number * area / (length * length), 0, 1), perLength = 3 * area / CrystalSizes.Third(m, Kinetics);
        double rate = dt * Rate * Kinetics.DissolutionAt(m.Temperature);
        double low = 0, high = -rate * sigma;
        for (int i = 0; i < 60 && high - low > 1e-10 * high; i++)
        {
            double l = 0.5 * (low + high);
            if (l + rate * Sigma(m, -present * (1 - Left(perLength * l, alike))) < 0) low = l;
            else high = l;
        }
        double left = Left(perLength * low, alike);
        if (present * left <= Whole) return Vanish(m);
        Move(m, -present * (1 - left));
        double size = Math.Pow(left, alike / 3), share = Math.Pow(left, 1 - alike);
        moments[CrystalSizes.Number] *= share;
        moments[CrystalSizes.Length] *= share * size;
        moments[CrystalSizes.Area] *= share * size * size;
        moments[CrystalSizes.Fourth] *= share * size * size * size * size;
        return -present * (1 - left);
    }

    /// <summary>Share of the mass left after <paramref name="z"/> = 3 l/L32.</summary>
    private static double Left(double z, double alike)
    {
        if (alike < 1e-6) return Math.Exp(-z);
        double size = 1 - alike / 3 * z;
        return size <= 0 ? 0 : Math.Pow(size, 3 / alike);
    }

    private double Vanish(Mixture m)
    {
        double present = m.Solid[Salt.Solid];
        Move(m, -present);
        m.Solid[Salt.Solid] = 0;
        CrystalSizes.Keep(m, Salt.Solid, 0);
        return -present;
    }

    private void Move(Mixture m, double x)
    {
        m.Solid[Salt.Solid] += x;
        Salts.Take(m, Salt, x);
    }

    /// <summary>Mean-ion supersaturation less one after <paramref name="x"/> mol have crystallised; -1 where an ion or the water is used up.</summary>
    public double Sigma(Mixture m, double x)
    {
        double water = Salts.Solvent(m) - Salt.CrystalWaters * x * Aqueous.Mass[Aqueous.H2O];
        double cation = m.Aq[Salt.Cation] - Salt.Cations * x, anion = Share * (Salt.AnionOf(m) - Salt.Anions * x);
        double second = Salt.Second < 0 ? water : m.Aq[Salt.Second] - x;
        if (water <= 0 || cation <= 0 || anion <= 0 || second <= 0) return -1;
        cation /= water;
        anion /= water;
        double ratio = Salt.Power(cation, Salt.Cations) * Salt.Power(anion, Salt.Anions) * (second / water) / Product;
        return (Salt.Ions == 3 ? Math.Cbrt(ratio) : Salt.Ions == 2 ? Math.Sqrt(ratio) : Math.Pow(ratio, 1.0 / Salt.Ions)) - 1;
    }
}
