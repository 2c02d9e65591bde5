using Crm.Chemistry;
using Crm.Twin.Models;
using static Crm.Twin.Kinetics.Rates;

namespace Crm.Twin.Kinetics;

/// <summary>Leaching of zinc-plant residue; rate constants: <c>Data/rates.csv</c>, law residue. They were set to published extents, as that file says.</summary>
internal static class ResidueKinetics
{
    private static readonly RateConstant Arsenic = Of(ResidueReactions.ArsenicWater), Metal = Of(ResidueReactions.ZincAcid), Silicate = Of(ResidueReactions.SilicateAcid),
        Ferrite = Of(ResidueReactions.FerriteAcid), Haematite = Of(Reactions.FerricOxideAcid), Freed = Of(ResidueReactions.GermaniumFreed), Indium = Of(ResidueReactions.IndiumAcid);

    private const double WithoutOxalate = 0.04;                 // share of the rate with no complexing acid
    private const double ArsineShare = 2e-4;                    // of the zinc that dissolves beside much arsenic
    private static readonly int FerriteCore = Array.IndexOf(Mixture.Cored, Solid.ZnFe2O4), HaematiteCore = Array.IndexOf(Mixture.Cored, Solid.Fe2O3), BoundCore = Array.IndexOf(Mixture.Cored, Solid.BoundGe);

    private static RateConstant Of(Reaction reaction) => RateConstants.Of("residue", reaction);

    /// <returns>Heat given off, J. Gases are added to <paramref name="gas"/>, mol.</returns>
    public static double Step(Mixture m, in Speciation s, double dt, bool stirred, double[] gas)
    {
        if (!Reactive(m) || m.Water < 1e-3) return 0;
        double contact = stirred ? 1 : 0.08, t = dt * contact;
        double acid = s.Ph < 5 ? Math.Sqrt(Math.Min(s.H + 0.3 * s.Bisulfate, 4)) : 0;
        double heat = Run(ResidueReactions.ArsenicWater, m, gas, Bounded(m.Solid[Solid.As2O3] * Arsenic.PerSecond * t, m.Solid[Solid.As2O3]));
        if (acid <= 0) return heat;
        heat += Zinc(m, acid, t, gas);
        heat += Run(ResidueReactions.SilicateAcid, m, gas, Bounded(m.Solid[Solid.Zn2SiO4] * Silicate.PerSecond * acid * t, m.Solid[Solid.Zn2SiO4]));
        double drive = Arrhenius.Drive(Ferrite.Celsius, m.Temperature), oxalate = m.Aq[Aqueous.Oxalate] / m.Water;
        double complexing = WithoutOxalate + (1 - WithoutOxalate) * Ferrite.Share(oxalate);
        double attack = acid * complexing * t;
        heat += Shrink(ResidueReactions.FerriteAcid, m, gas, Solid.ZnFe2O4, FerriteCore, Ferrite.At(drive) * attack);
        heat += Shrink(Reactions.FerricOxideAcid, m, gas, Solid.Fe2O3, HaematiteCore, Haematite.At(drive) * attack);
        heat += Shrink(ResidueReactions.GermaniumFreed, m, gas, Solid.BoundGe, BoundCore, Freed.At(drive) * attack);
        return heat + Run(ResidueReactions.IndiumAcid, m, gas, Bounded(m.Solid[Solid.In2O3] * Indium.At(drive) * acid * t, m.Solid[Solid.In2O3]));
    }

    private static bool Reactive(Mixture m) =>
        m.Solid[Solid.ZnFe2O4] + m.Solid[Solid.Fe2O3] + m.Solid[Solid.Zn] + m.Solid[Solid.Zn2SiO4] + m.Solid[Solid.BoundGe] + m.Solid[Solid.In2O3] + m.Solid[Solid.As2O3] > 1e-9;

    /// <summary>Metallic zinc gives hydrogen; beside dissolved arsenic a little of it gives arsine.</summary>
    private static double Zinc(Mixture m, double acid, double dt, double[] gas)
    {
        double zinc = m.Solid[Solid.Zn];
        if (zinc <= 0) return 0;
        double gone = Bounded(zinc * Metal.PerSecond * acid * dt, zinc), arsenic = m.Aq[Aqueous.Arsenite] / m.Water;
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
