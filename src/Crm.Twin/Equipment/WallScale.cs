using Crm.Chemistry;
using Crm.Chemistry.Crystallisation;

namespace Crm.Twin.Equipment;

/// <summary>What has grown on the wall between jacket and contents: material that the unit holds, and a heat resistance.</summary>
internal sealed class WallScale
{
    private const double Conducts = 1.0;        // W/(m K), of scale with liquor in its pores [G]
    private const double CleanWall = 500;       // W/(m2 K), agitated and jacketed: makes an area of the UA of the unit [G]
    private const double Share = 0.1;           // of what could move between liquor and saturation, at most moved in one step

    private double[] mol = new double[WallDeposit.Solids.Length];

    /// <summary>kg.</summary>
    public double Mass
    {
        get
        {
            double mass = 0;
            for (int i = 0; i < mol.Length; i++) mass += mol[i] * Solid.Mass[WallDeposit.Solids[i]];
            return mass;
        }
    }

    /// <summary>J/K; the scale has the temperature of the contents.</summary>
    public double HeatCapacity
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < mol.Length; i++) sum += mol[i] * Solid.HeatCapacity[WallDeposit.Solids[i]];
            return sum;
        }
    }

    /// <summary>Heat resistance of wall and scale over that of the clean wall.</summary>
    /// <param name="ua">Of the clean wall, W/K.</param>
    public double Resistance(double ua)
    {
        double volume = 0;
        for (int i = 0; i < mol.Length; i++) volume += mol[i] * Solid.Volume[WallDeposit.Solids[i]] * 1e-3;
        double area = ua / CleanWall;
        return 1 + CleanWall * volume / area / Conducts;
    }

    /// <summary>Lets it grow from the liquor or dissolve into it.</summary>
    /// <param name="wall">degC where liquor and scale touch.</param>
    /// <param name="ua">Of the clean wall that is wetted, W/K.</param>
    /// <param name="rate">Of growth, relative to its law.</param>
    /// <returns>Heat given off, J.</returns>
    public double Step(Mixture m, in Speciation s, double wall, double ua, double rate, in SaltTrim trim, double dt)
    {
        double heat = 0, area = ua / CleanWall;
        bool apart = Math.Abs(wall - m.Temperature) > 1;
        for (int i = 0; i < mol.Length; i++)
        {
            int solid = WallDeposit.Solids[i];
            if (mol[i] <= 0 && (!apart || !Salts.MayForm(m, solid))) continue;
            double sigma = Salts.Sigma(m, s, solid, wall, trim), speed = WallDeposit.Rate(solid, wall, sigma);
            if (mol[i] <= 0 && speed <= 0) continue;
            double wanted = (speed > 0 ? rate : 1) * speed * area * dt / (Solid.Volume[solid] * 1e-3);
            double x = Math.Max(-mol[i], Math.CopySign(Math.Min(Math.Abs(wanted), Share * Math.Abs(Salts.ToSaturation(m, solid, wall, sigma))), wanted));
            heat += Salts.Move(m, solid, x);
            mol[i] += x;
        }
        return heat;
    }

    /// <summary>Adds kg of each element.</summary>
    public void AddElements(double[] kg)
    {
        for (int i = 0; i < mol.Length; i++) Mixture.Add(kg, Solid.Atoms[WallDeposit.Solids[i]], mol[i]);
    }

    public WallScale Copy() => new() { mol = (double[])mol.Clone() };
}
