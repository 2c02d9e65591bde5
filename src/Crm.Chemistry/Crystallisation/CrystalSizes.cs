namespace Crm.Chemistry.Crystallisation;

/// <summary>
/// Size distribution of the crystals in a mixture by its moments m_k = sum of L^k, L the diameter of the sphere of equal volume, m. <see cref="Mixture.Crystals"/> holds m0, m1, m2 and m4 of each
/// salt of <see cref="CrystalKinetics.All"/>; m3 is the amount of the solid, so that mass cannot depart from size.
/// </summary>
public static class CrystalSizes
{
    /// <summary>Volume of a crystal over the cube of its size.</summary>
    public const double ShapeFactor = Math.PI / 6;

    /// <summary>Standard deviation of ln L of crystals that come from outside with a mean size only.</summary>
    public static readonly double UsualSpread = LawConstants.Of("crystals", "usual spread");

    internal const int Number = 0, Length = 1, Area = 2, Fourth = 3, PerSalt = 4;

    /// <summary>Length of <see cref="Mixture.Crystals"/>.</summary>
    public static readonly int Count = PerSalt * CrystalKinetics.All.Length;

    /// <summary>m3 of the crystals of one salt, m3.</summary>
    public static double Third(Mixture m, CrystalKinetics salt) => m.Solid[salt.Solid] * Solid.Volume[salt.Solid] * 1e-3 / ShapeFactor;

    /// <summary>m_k of the crystals of one salt, m^k; 0 when there are none.</summary>
    public static double Moment(Mixture m, CrystalKinetics salt, int k) => k == 3 ? Third(m, salt) : m.Crystals is { } all ? all[PerSalt * salt.Slot + (k == 4 ? Fourth : k)] : 0;

    /// <summary>Sauter mean m3/m2, m; the usual one where no size is known.</summary>
    public static double Sauter(Mixture m, CrystalKinetics salt)
    {
        double area = Moment(m, salt, 2);
        return area > 0 ? Third(m, salt) / area : salt.Usual;
    }

    /// <summary>Mass mean size m4/m3 of all crystals of a mixture, m; 0 without crystals.</summary>
    public static double MassMean(Mixture m)
    {
        if (m.Crystals is null) return 0;
        double mass = 0, weighed = 0;
        foreach (CrystalKinetics salt in CrystalKinetics.All)
        {
            double third = Third(m, salt);
            if (third <= 0) continue;
            double density = Solid.Density[salt.Solid];
            mass += density * third;
            weighed += density * Moment(m, salt, 4);
        }
        return mass > 0 ? weighed / mass : 0;
    }

    /// <summary>
    /// By Carman and Kozeny the specific resistance of a cake goes with the square of its surface per volume: that of these solids over that of the same cake with crystals of the usual size; 1 without
    /// crystals. Held between a quarter and four hundred.
    /// </summary>
    public static double Fineness(Mixture m)
    {
        if (m.Crystals is null) return 1;
        double all = 0, more = 0;
        foreach (CrystalKinetics salt in CrystalKinetics.All)
        {
            double mass = m.Solid[salt.Solid] * Solid.Mass[salt.Solid];
            if (mass <= 1e-9) continue;
            if (all == 0) all = m.SolidMass;
            double size = salt.Usual / Sauter(m, salt);
            more += mass * (Math.Clamp(size * size, 0.25, 400) - 1);
        }
        return all > 0 ? 1 + more / all : 1;
    }

    /// <summary>Gives the crystals of one salt a log-normal distribution.</summary>
    /// <param name="massMean">m.</param>
    public static void Give(Mixture m, CrystalKinetics salt, double massMean) => Give(m, salt, massMean, UsualSpread);

    /// <param name="spread">Standard deviation of ln L; 0: all alike.</param>
    public static void Give(Mixture m, CrystalKinetics salt, double massMean, double spread)
    {
        double[] all = m.Crystals ??= new double[Count];
        int at = PerSalt * salt.Slot;
        double s2 = spread * spread, middle = massMean * Math.Exp(-3.5 * s2);
        double number = Third(m, salt) / (middle * middle * middle * Math.Exp(4.5 * s2));
        all[at + Number] = number;
        all[at + Length] = number * middle * Math.Exp(0.5 * s2);
        all[at + Area] = number * middle * middle * Math.Exp(2 * s2);
        all[at + Fourth] = number * middle * middle * middle * middle * Math.Exp(8 * s2);
    }

    /// <summary>Crystals that came without a size have the usual one.</summary>
    public static void Complete(Mixture m, CrystalKinetics salt)
    {
        if (m.Crystals is null || m.Crystals[PerSalt * salt.Slot + Area] <= 0) Give(m, salt, salt.Usual * Math.Exp(UsualSpread * UsualSpread));
    }

    /// <summary>What is left of crystals of which a share has gone by another way than dissolving.</summary>
    public static void Keep(Mixture m, int solid, double share)
    {
        if (m.Crystals is null || CrystalKinetics.Of(solid) is not { } salt) return;
        for (int k = 0; k < PerSalt; k++) m.Crystals[PerSalt * salt.Slot + k] *= share;
    }
}
