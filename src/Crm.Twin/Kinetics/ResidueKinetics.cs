using Crm.Chemistry;
using Crm.Twin.Models;
using static Crm.Twin.Kinetics.Rates;

namespace Crm.Twin.Kinetics;

/// <summary>
/// Leaching of zinc-plant residue. Rate constants are per second at 85 degC and set so that a weak-acid hour takes the free zinc and a tenth of
/// the germanium, and two to three hours with oxalate some 83 % of the germanium and 40 % of the iron (Bayat et al. 2016, abstract); all
/// constants and activation energies themselves are [G].
/// </summary>
internal static class ResidueKinetics
{
    private const double Reference = 85;                        // degC of all rate constants
    private const double OxideEnergy = 60e3, FreedEnergy = 50e3;  // J/mol
    private const double Ferrite = 1.0e-4, Haematite = 1.0e-4, Freed = 2.8e-4;
    private const double OxalateHalf = 0.05;                    // mol/kg at half rate
    private const double WithoutOxalate = 0.04;                 // share of the rate with no complexing acid
    private const double ArsineShare = 2e-4;                    // of the zinc that dissolves beside much arsenic
    private static readonly int FerriteCore = Array.IndexOf(Mixture.Cored, Solid.ZnFe2O4), HaematiteCore = Array.IndexOf(Mixture.Cored, Solid.Fe2O3), BoundCore = Array.IndexOf(Mixture.Cored, Solid.BoundGe);

    /// <returns>Heat given off, J. Gases are added to <paramref name="gas"/>, mol.</returns>
    public static double Step(Mixture m, in Speciation s, double dt, bool stirred, double[] gas)
    {
        if (!Reactive(m) || m.Water < 1e-3) return 0;
        double contact = stirred ? 1 : 0.08, t = dt * contact;
        double acid = s.Ph < 5 ? Math.Sqrt(Math.Min(s.H + 0.3 * s.Bisulfate, 4)) : 0;
        double heat = Run(ResidueReactions.ArsenicWater, m, gas, Bounded(m.Solid[Solid.As2O3] * 2e-3 * t, m.Solid[Solid.As2O3]));
        if (acid <= 0) return heat;
        heat += Zinc(m, acid, t, gas);
        heat += Run(ResidueReactions.SilicateAcid, m, gas, Bounded(m.Solid[Solid.Zn2SiO4] * 3e-3 * acid * t, m.Solid[Solid.Zn2SiO4]));
        double drive = Arrhenius.Drive(Reference, m.Temperature), oxalate = m.Aq[Aqueous.Oxalate] / m.Water;
        double complexing = WithoutOxalate + (1 - WithoutOxalate) * oxalate / (OxalateHalf + oxalate);
        double oxide = Math.Exp(OxideEnergy * drive) * acid * complexing * t;
        heat += Shrink(ResidueReactions.FerriteAcid, m, gas, Solid.ZnFe2O4, FerriteCore, Ferrite * oxide);
        heat += Shrink(Reactions.FerricOxideAcid, m, gas, Solid.Fe2O3, HaematiteCore, Haematite * oxide);
        heat += Shrink(ResidueReactions.GermaniumFreed, m, gas, Solid.BoundGe, BoundCore, Freed * Math.Exp(FreedEnergy * drive) * acid * complexing * t);
        return heat + Run(ResidueReactions.IndiumAcid, m, gas, Bounded(m.Solid[Solid.In2O3] * 4e-4 * Math.Exp(OxideEnergy * drive) * acid * t, m.Solid[Solid.In2O3]));
    }

    private static bool Reactive(Mixture m) =>
        m.Solid[Solid.ZnFe2O4] + m.Solid[Solid.Fe2O3] + m.Solid[Solid.Zn] + m.Solid[Solid.Zn2SiO4] + m.Solid[Solid.BoundGe] + m.Solid[Solid.In2O3] + m.Solid[Solid.As2O3] > 1e-9;

    /// <summary>Metallic zinc gives hydrogen; beside dissolved arsenic a little of it gives arsine.</summary>
    private static double Zinc(Mixture m, double acid, double dt, double[] gas)
    {
        double zinc = m.Solid[Solid.Zn];
        if (zinc <= 0) return 0;
        double gone = Bounded(zinc * 1.5e-3 * acid * dt, zinc), arsenic = m.Aq[Aqueous.Arsenite] / m.Water;
        double reduced = gone * ArsineShare * arsenic / (1e-3 + arsenic);
        return Run(ResidueReactions.Arsine, m, gas, Math.Min(reduced / 3, 0.5 * m.Aq[Aqueous.Arsenite])) + Run(ResidueReactions.ZincAcid, m, gas, gone - reduced);
    }

    private static double Shrink(Reaction reaction, Mixture m, double[] gas, int solid, int core, double rate)
    {
        double left = m.Solid[solid], charged = m.Core[core];
        if (left <= 1e-12 || charged <= 0) return 0;
        return Run(reaction, m, gas, Bounded(charged * ShrinkingCore.Surface(Math.Min(1, left / charged)) * rate, left));
    }
}
