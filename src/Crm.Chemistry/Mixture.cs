using System.Runtime.Intrinsics;

namespace Crm.Chemistry;

/// <summary>Liquor with suspended solids: amounts in mol, temperature in degC. The only carrier of matter in the model.</summary>
public sealed class Mixture
{
    private const int Lanes = 4;                // doubles in a Vector256

    public readonly double[] Aq = new double[Aqueous.Count];
    public readonly double[] Solid = new double[Chemistry.Solid.Count];

    /// <summary>Mother liquor caught inside crystals; it moves with the solids and is freed as they dissolve.</summary>
    public readonly double[] Occluded = new double[Aqueous.Count];

    /// <summary>Moles of <see cref="Chemistry.Solid.Cored"/> as charged: the sphere the shrinking core is measured against.</summary>
    public readonly double[] Core = new double[Chemistry.Solid.Cored.Length];

    /// <summary>Moments of the size distribution of the crystals, see <see cref="Crystallisation.CrystalSizes"/>; they move with the solids. Null where there have never been crystals.</summary>
    public double[]? Crystals;

    /// <summary>Organic phase by <see cref="Chemistry.Organic"/>, mol; null where there has never been one.</summary>
    public double[]? Organic;

    public double Temperature = 20;

    /// <summary>ln of the last proton molality: only the starting point of the next solve.</summary>
    public double LogH = -16.1;

    public double Water => Aq[Aqueous.H2O] * Aqueous.Mass[Aqueous.H2O];

    public double LiquorMass => Dot(Aq, Aqueous.Mass);

    public double SolidMass => Dot(Solid, Chemistry.Solid.Mass) + Dot(Occluded, Aqueous.Mass);

    public double OrganicMass => Organic is null ? 0 : Dot(Organic, Chemistry.Organic.Mass);

    /// <summary>L.</summary>
    public double OrganicVolume => Organic is null ? 0 : Dot(Organic, Chemistry.Organic.Volume);

    public double Mass => LiquorMass + SolidMass + OrganicMass;

    /// <summary>L.</summary>
    public double LiquorVolume
    {
        get
        {
            double water = Water;
            if (water <= 1e-12) return 0;
            double volume = water / Chemistry.Water.Density(Temperature) + Dot(Aq, Aqueous.Volume);
            return Math.Max(volume, 0.5 * water);
        }
    }

    /// <summary>L.</summary>
    public double SolidVolume => Dot(Solid, Chemistry.Solid.Volume);

    public double Volume => LiquorVolume + SolidVolume + OrganicVolume;

    /// <summary>J/K: the sum over all components, so that it moves with them; occluded liquor counts as liquor.</summary>
    public double HeatCapacity =>
        Dot(Aq, Aqueous.HeatCapacity) + Dot(Solid, Chemistry.Solid.HeatCapacity) + Dot(Occluded, Aqueous.HeatCapacity)
        + (Organic is null ? 0 : Dot(Organic, Chemistry.Organic.HeatCapacity));

    /// <summary>Sensible heat against the standard temperature, J. What binds atoms is told by heats of reaction, which stand at that temperature.</summary>
    public double Enthalpy => HeatCapacity * (Temperature - PhysicalConstants.StandardTemperature);

    public double ChargeMol => Dot(Aq, Aqueous.Charge) + Dot(Occluded, Aqueous.Charge);

    /// <summary>
    /// Moves a fraction of the liquor and of the solids into <paramref name="to"/>, whose temperature becomes the mixed one. Organic goes with
    /// the liquor.
    /// </summary>
    public void MoveTo(Mixture to, double liquor, double solids) => MoveTo(to, liquor, solids, liquor);

    /// <param name="wall">J/K of what has the temperature of <paramref name="to"/> and takes part in the mixing.</param>
    public void MoveTo(Mixture to, double liquor, double solids, double organic, double wall = 0)
    {
        double before = to.HeatCapacity;
        Shift(Aq, to.Aq, liquor);
        Shift(Solid, to.Solid, solids);
        Shift(Occluded, to.Occluded, solids);
        Shift(Core, to.Core, solids);
        if (Crystals is not null && solids > 0) Shift(Crystals, to.Crystals ??= new double[Crystals.Length], solids);
        if (Organic is not null && organic > 0) Shift(Organic, to.Organic ??= new double[Chemistry.Organic.Count], organic);
        double after = to.HeatCapacity;
        if (before <= 1e-9) to.LogH = LogH;
        if (after > 1e-9) to.Temperature += (Temperature - to.Temperature) * Math.Clamp((after - before) / (after + wall), 0, 1);
    }

    /// <summary>Moves mol of one component of the liquor, with its heat.</summary>
    public void MoveOne(Mixture to, int component, double mol)
    {
        Aq[component] -= mol;
        to.Aq[component] += mol;
        double after = to.HeatCapacity;
        if (after > 1e-9) to.Temperature += (Temperature - to.Temperature) * Math.Clamp(mol * Aqueous.HeatCapacity[component] / after, 0, 1);
    }

    public Mixture Copy()
    {
        Mixture copy = new() { Temperature = Temperature, LogH = LogH };
        Aq.CopyTo(copy.Aq, 0);
        Solid.CopyTo(copy.Solid, 0);
        Occluded.CopyTo(copy.Occluded, 0);
        Core.CopyTo(copy.Core, 0);
        copy.Crystals = (double[]?)Crystals?.Clone();
        copy.Organic = (double[]?)Organic?.Clone();
        return copy;
    }

    /// <summary>Adds kg of each element to <paramref name="kg"/>.</summary>
    public void AddElements(double[] kg)
    {
        for (int i = 0; i < Aq.Length; i++) Add(kg, Aqueous.Atoms[i], Aq[i] + Occluded[i]);
        for (int i = 0; i < Solid.Length; i++) Add(kg, Chemistry.Solid.Atoms[i], Solid[i]);
        for (int i = 0; Organic is not null && i < Organic.Length; i++) Add(kg, Chemistry.Organic.Atoms[i], Organic[i]);
    }

    public static void Add(double[] kg, double[] atoms, double mol)
    {
        if (mol == 0) return;
        for (int e = 0; e < kg.Length; e++) kg[e] += mol * atoms[e] * Elements.Masses[e];
    }

    private static void Shift(double[] from, double[] to, double fraction)
    {
        if (fraction == 0) return;
        int i = 0;
        if (fraction >= 1)
        {
            for (; i <= from.Length - Lanes; i += Lanes)
            {
                (Vector256.Create(to.AsSpan(i)) + Vector256.Create(from.AsSpan(i))).CopyTo(to, i);
                Vector256<double>.Zero.CopyTo(from, i);
            }
            for (; i < from.Length; i++)
            {
                to[i] += from[i];
                from[i] = 0;
            }
            return;
        }
        for (; i <= from.Length - Lanes; i += Lanes)
        {
            Vector256<double> there = Vector256.Create(from.AsSpan(i)), moved = there * fraction;
            (there - moved).CopyTo(from, i);
            (Vector256.Create(to.AsSpan(i)) + moved).CopyTo(to, i);
        }
        for (; i < from.Length; i++)
        {
            double moved = from[i] * fraction;
            from[i] -= moved;
            to[i] += moved;
        }
    }

    /// <summary>Four partial sums on every machine, so that the result does not depend on its vector width.</summary>
    private static double Dot(double[] a, double[] b)
    {
        Vector256<double> four = Vector256<double>.Zero;
        int i = 0;
        for (; i <= a.Length - Lanes; i += Lanes) four += Vector256.Create(a.AsSpan(i)) * Vector256.Create(b.AsSpan(i));
        double sum = four[0] + four[1] + (four[2] + four[3]);
        for (; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
