using Crm.Chemistry.Equilibrium;

namespace Crm.Chemistry;

/// <summary>
/// Where dissolved germanium goes: germanium dioxide by solubility, magnesium germanate above pH 9, the tannin complex, and what ferric hydroxide
/// takes up. Mass and charge exact, nothing negative.
/// </summary>
public static class GermaniumSolids
{
    /// <summary>Mg2GeO4 + 4 H+ = 2 Mg+2 + Ge(OH)4 + 0 H2O, at zero ionic strength.</summary>
    private static readonly double Germanate = Math.Pow(10, AqueousLibrary.Solids["Mg2GeO4"].Constant.Log10K);

    private static readonly double TannateProduct = Of("tannate product"), TannateTime = Of("tannate time"), TannateEnergy = Of("tannate energy"), DioxideTime = Of("dioxide time"),
        DioxideNucleates = Of("dioxide nucleates"), DioxideHeat = Of("dioxide heat"), GermanateHydrolysis = Of("germanate hydrolysis"), GermanateTime = Of("germanate time"),
        ArsenicCapacity = Of("arsenic capacity"), GermaniumCapacity = Of("germanium capacity"), ArsenicHalf = Of("arsenic half"), GermaniumHalf = Of("germanium half"), UptakeTime = Of("uptake time");

    private static double Of(string constant) => LawConstants.Of("germanium", constant);

    /// <returns>Heat given off, J.</returns>
    public static double Step(Mixture m, in Speciation s, double dt, bool stirred)
    {
        double water = m.Water;
        if (water < 1e-6) return 0;
        Sorb(m, Aqueous.Arsenite, Solid.SorbedAs, ArsenicCapacity, ArsenicHalf, water, dt, stirred);
        double germanium = m.Aq[Aqueous.Germanate];
        if (germanium <= 1e-12 && m.Solid[Solid.GeO2] + m.Solid[Solid.Mg2GeO4] + m.Solid[Solid.GeTannate] + m.Solid[Solid.SorbedGe] <= 0) return 0;
        double slow = stirred ? 1 : 6;
        Sorb(m, Aqueous.Germanate, Solid.SorbedGe, GermaniumCapacity, GermaniumHalf, water, dt, stirred);
        Tannate(m, water, dt / slow);
        double neutral = Protolytes.Of(Aqueous.Germanate, new Constants(s.Ionic, m.Temperature)).Share(s.H);
        double hydrolysed = GermanateHydrolysis * MagnesiumGermanate(m, s, neutral, water, dt / slow);
        return Dioxide(m, neutral, water, dt / slow) - hydrolysed;
    }

    /// <summary>GeO2 + 2 H2O = Ge(OH)4, towards the solubility of the neutral acid.</summary>
    private static double Dioxide(Mixture m, double neutral, double water, double dt)
    {
        double saturated = Solubility.GermaniumDioxide(m.Temperature, m.Aq[Aqueous.Cl] / water);
        double dissolved = m.Aq[Aqueous.Germanate] * neutral / water, solid = m.Solid[Solid.GeO2];
        if (solid <= 0 && dissolved < DioxideNucleates * saturated) return 0;
        double gap = (dissolved - saturated) * water;
        double x = Math.Clamp(gap * (1 - Math.Exp(-dt / DioxideTime)), -solid, 0.9 * m.Aq[Aqueous.Germanate]);
        m.Solid[Solid.GeO2] = solid + x;
        m.Aq[Aqueous.Germanate] -= x;
        m.Aq[Aqueous.H2O] += 2 * x;
        return DioxideHeat * x;
    }

    /// <summary>2 Mg+2 + Ge(OH)4 = Mg2GeO4 + 4 H+; a step takes at most a part of the base that is there.</summary>
    /// <returns>mol formed.</returns>
    private static double MagnesiumGermanate(Mixture m, in Speciation s, double neutral, double water, double dt)
    {
        double solid = m.Solid[Solid.Mg2GeO4], magnesium = m.Aq[Aqueous.Mg], germanium = m.Aq[Aqueous.Germanate];
        if (solid <= 0 && (magnesium <= 1e-9 || s.Ph < 8)) return 0;
        Constants k = new(s.Ionic, m.Temperature);
        double h = s.H * k.Gamma1, free = magnesium / water * k.Gamma2;
        double ratio = free * free * germanium * neutral / water / (Germanate * h * h * h * h);
        double part = 1 - Math.Exp(-dt / GermanateTime);
        if (ratio > 1)
        {
            double hydroxide = k.Water / s.H * water + germanium * (1 - neutral);
            double left = Math.Max(1 / ratio, 0.02);
            double most = Math.Min(0.45 * magnesium, Math.Min(germanium * (1 - left), 0.05 * dt * hydroxide / 4));
            return Form(m, Math.Max(0, Math.Min(most, germanium * (1 - left) * part)));
        }
        if (solid <= 0) return 0;
        double proton = (s.H + s.Bisulfate + 1e-7) * water;
        return Form(m, -Math.Min(solid, Math.Min(solid * part, Math.Max(0.05 * dt * proton / 4, 0) + 1e-9)));
    }

    private static double Form(Mixture m, double x)
    {
        m.Solid[Solid.Mg2GeO4] = Math.Max(0, m.Solid[Solid.Mg2GeO4] + x);
        m.Aq[Aqueous.Mg] -= 2 * x;
        m.Aq[Aqueous.Germanate] -= x;
        m.Aq[Aqueous.H] += 4 * x;
        return x;
    }

    /// <summary>tannin + 2 Ge(OH)4 = complex + 8 H2O: bisection for the extent at saturation, then relaxation.</summary>
    private static void Tannate(Mixture m, double water, double dt)
    {
        double tannin = m.Aq[Aqueous.Tannin], germanium = m.Aq[Aqueous.Germanate], solid = m.Solid[Solid.GeTannate];
        if (tannin <= 1e-12 && solid <= 0) return;
        double low = -solid, high = Math.Min(tannin, 0.5 * germanium);
        for (int i = 0; i < 50; i++)
        {
            double x = 0.5 * (low + high), ge = (germanium - 2 * x) / water;
            if ((tannin - x) / water * ge * ge > TannateProduct) low = x;
            else high = x;
        }
        double rate = Math.Exp(TannateEnergy * Arrhenius.Drive(90, m.Temperature)) / TannateTime;
        double done = 0.5 * (low + high) * (1 - Math.Exp(-dt * rate));
        m.Solid[Solid.GeTannate] = Math.Max(0, solid + done);
        m.Aq[Aqueous.Tannin] -= done;
        m.Aq[Aqueous.Germanate] -= 2 * done;
        m.Aq[Aqueous.H2O] += 8 * done;
    }

    /// <summary>Langmuir uptake of a neutral acid by ferric hydroxide; given back when the hydroxide dissolves.</summary>
    private static void Sorb(Mixture m, int acid, int solid, double capacity, double half, double water, double dt, bool stirred)
    {
        double held = m.Solid[solid], iron = m.Solid[Solid.FeOH3];
        if (held <= 0 && (iron <= 1e-12 || m.Aq[acid] <= 1e-15)) return;
        double free = Math.Max(0, m.Aq[acid]) / water;
        double gap = iron * capacity * free / (half + free) - held;
        double x = Math.Clamp(gap * (1 - Math.Exp(-dt / (stirred ? UptakeTime : 10 * UptakeTime))), -held, 0.5 * Math.Max(0, m.Aq[acid]));
        m.Solid[solid] = held + x;
        m.Aq[acid] -= x;
    }
}
