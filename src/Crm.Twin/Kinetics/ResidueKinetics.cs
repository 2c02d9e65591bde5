using Crm.Chemistry;
using Crm.Twin.Models;
using static Crm.Twin.Kinetics.Rates;

namespace Crm.Twin.Kinetics;

/// <summary>Leaching of zinc-plant residue; rate constants: <c>chemistry/rates.csv</c>, law residue. They were set to published extents, as that file says.</summary>
internal static class ResidueKinetics
{
    public const string Law = "residue";

    private static readonly RateConstant Arsenic = Of(ResidueReactions.ArsenicWater), Metal = Of(ResidueReactions.ZincAcid), Silicate = Of(ResidueReactions.SilicateAcid),
        Ferrite = Of(ResidueReactions.FerriteAcid), Haematite = Of(Reactions.FerricOxideAcid), Freed = Of(ResidueReactions.GermaniumFreed), Indium = Of(ResidueReactions.IndiumAcid);

    private static readonly double WithoutOxalate = LawConstants.Of("residue", "without oxalate"), ArsineShare = LawConstants.Of("residue", "arsine share"), ArsineHalf = LawConstants.Of("residue", "arsine half");
    private static readonly int FerriteCore = Array.IndexOf(Solid.Cored, Solid.ZnFe2O4), HaematiteCore = Array.IndexOf(Solid.Cored, Solid.Fe2O3), BoundCore = Array.IndexOf(Solid.Cored, Solid.BoundGe);

    private static RateConstant Of(Reaction reaction) => RateConstants.Of(Law, reaction);

    /// <returns>Heat given off, J. Gases are added to <paramref name="gas"/>, mol.</returns>
    public static double Step(Mixture m, in Speciation s, double dt, bool stirred, double[] gas)
    {
        if (!Reactive(m) || m.Water < 1e-3) return 0;
        double t = dt * Contact(stirred);
        double acid = Acid(s);
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
        double reduced = gone * ArsineShare * arsenic / (ArsineHalf + arsenic);
        return Run(ResidueReactions.Arsine, m, gas, Math.Min(reduced / 3, 0.5 * m.Aq[Aqueous.Arsenite])) + Run(ResidueReactions.ZincAcid, m, gas, gone - reduced);
    }

    private static double Shrink(Reaction reaction, Mixture m, double[] gas, int solid, int core, double rate)
    {
        double left = m.Solid[solid], charged = m.Core[core];
        if (left <= 1e-12 || charged <= 0) return 0;
        return Run(reaction, m, gas, Bounded(charged * ShrinkingCore.Surface(Math.Min(1, left / charged)) * rate, left));
    }
}
