using Crm.Chemistry;
using Crm.Twin.Models;
using static Crm.Twin.Kinetics.Rates;

namespace Crm.Twin.Kinetics;

/// <summary>Leaching, cementation and peroxide consumption in one vessel; rate constants: <c>chemistry/rates.csv</c>, law black-mass.</summary>
internal static class LeachKinetics
{
    public const string Law = "black-mass";
    private static readonly RateConstant[] Delithiation = Of(Reactions.Delithiation), Peroxide = Of(Reactions.PeroxideLeach), Ferrous = Of(Reactions.FerrousLeach), AcidAlone = Of(Reactions.AcidLeach);
    private static readonly RateConstant Aluminium = Of(Reactions.AluminiumAcid), CopperPeroxide = Of(Reactions.CopperPeroxide), CopperFerric = Of(Reactions.CopperFerric),
        IronPeroxide = Of(Reactions.IronPeroxide), IronFerric = Of(Reactions.IronFerric), Cementation = Of(Reactions.Cementation), IronAcid = Of(Reactions.IronAcid),
        Fenton = Of(Reactions.FerrousPeroxide), Decay = Of(Reactions.PeroxideDecay), Lime = Of(Reactions.LimeAcid), Magnesia = Of(Reactions.MagnesiaAcid), ZincOxide = Of(Reactions.ZincOxideAcid);

    private static readonly double AlkalineDecay = LawConstants.Of("peroxide", "alkaline decay"), ManganeseDecay = LawConstants.Of("peroxide", "manganese share"), MetalDecay = LawConstants.Of("peroxide", "metal decay");

    /// <summary>degC of all its rate constants.</summary>
    private static readonly double Reference = Aluminium.Celsius;

    private static readonly int[] Lithiated = [Solid.LiNiO2, Solid.LiCoO2, Solid.LiMnO2];
    private static readonly int[] Oxyhydroxide = [Solid.NiOOH, Solid.CoOOH, Solid.MnOOH];

    private static RateConstant Of(Reaction reaction) => RateConstants.Of(Law, reaction);

    private static RateConstant[] Of(Reaction[] reactions) => [.. reactions.Select(Of)];

    /// <returns>Heat given off, J. Gases are added to <paramref name="gas"/>, mol.</returns>
    public static double Step(Mixture m, in Speciation s, double dt, bool stirred, double[] gas)
    {
        double water = m.Water;
        if (water < 1e-3 || !Reactive(m)) return 0;
        double contact = Contact(stirred);
        double arrhenius = Arrhenius.Drive(Reference, m.Temperature);
        double acid = Acid(s);
        double heat = 0;
        heat += Oxides(m, dt * contact, arrhenius, acid, water, gas);
        heat += Metals(m, dt * contact, arrhenius, acid, water, gas);
        heat += Oxidants(m, s, dt, arrhenius, water, gas);
        if (acid > 0) heat += BasicOxides(m, dt * contact, arrhenius, acid, gas);
        return heat;
    }

    private static bool Reactive(Mixture m)
    {
        if (m.Aq[Aqueous.H2O2] > 1e-9) return true;
        for (int i = Solid.LiNiO2; i <= Solid.Fe; i++)
        {
            if (m.Solid[i] > 1e-9) return true;
        }
        return m.Solid[Solid.CaO] + m.Solid[Solid.MgO] + m.Solid[Solid.ZnO] > 1e-9;
    }

    private static double Oxides(Mixture m, double dt, double arrhenius, double acid, double water, double[] gas)
    {
        if (acid <= 0) return 0;
        double heat = 0;
        double peroxide = m.Aq[Aqueous.H2O2] / water, ferrous = m.Aq[Aqueous.Fe2] / water;
        for (int k = 0; k < 3; k++)
        {
            double left = m.Solid[Lithiated[k]] + m.Solid[Oxyhydroxide[k]];
            if (left <= 1e-12 || m.Core[k] <= 0) continue;
            double core = ShrinkingCore.Surface(Math.Min(1, m.Solid[Lithiated[k]] / m.Core[k]));
            double extent = m.Core[k] * Delithiation[k].At(arrhenius) * acid * core * dt;
            heat += Reactions.Delithiation[k].Heat * Reactions.Delithiation[k].Apply(m, gas, Bounded(extent, m.Solid[Lithiated[k]]));
            double fraction = Math.Min(1, left / m.Core[k]);
            double surface = m.Solid[Oxyhydroxide[k]] / left * ShrinkingCore.Surface(fraction) * m.Core[k] * acid * dt;
            heat += Run(Reactions.PeroxideLeach[k], m, gas, 0.5 * Bounded(surface * Peroxide[k].At(arrhenius) * Peroxide[k].Share(peroxide), m.Solid[Oxyhydroxide[k]]));
            heat += Run(Reactions.FerrousLeach[k], m, gas, Bounded(surface * Ferrous[k].At(arrhenius) * Ferrous[k].Share(ferrous), m.Solid[Oxyhydroxide[k]]));
            heat += Run(Reactions.AcidLeach[k], m, gas, 0.25 * Bounded(surface * AcidAlone[k].At(arrhenius) * fraction * fraction, m.Solid[Oxyhydroxide[k]]));
        }
        return heat;
    }

    private static double Metals(Mixture m, double dt, double arrhenius, double acid, double water, double[] gas)
    {
        double heat = 0;
        double peroxide = m.Aq[Aqueous.H2O2] / water, ferric = m.Aq[Aqueous.Fe3] / water, copper = m.Aq[Aqueous.Cu] / water;
        double aluminium = m.Solid[Solid.Al], cu = m.Solid[Solid.Cu], iron = m.Solid[Solid.Fe];
        if (aluminium > 0) heat += Run(Reactions.AluminiumAcid, m, gas, 0.5 * Bounded(aluminium * Aluminium.At(arrhenius) * acid * dt, aluminium));
        if (cu > 0)
        {
            heat += Run(Reactions.CopperPeroxide, m, gas, Bounded(cu * CopperPeroxide.At(arrhenius) * acid * CopperPeroxide.Share(peroxide) * dt, cu));
            heat += Run(Reactions.CopperFerric, m, gas, Bounded(cu * CopperFerric.At(arrhenius) * CopperFerric.Share(ferric) * dt, cu));
        }
        if (iron <= 0) return heat;
        heat += Run(Reactions.IronPeroxide, m, gas, Bounded(iron * IronPeroxide.At(arrhenius) * IronPeroxide.Share(peroxide) * dt, iron));
        heat += Run(Reactions.IronFerric, m, gas, Bounded(iron * IronFerric.At(arrhenius) * IronFerric.Share(ferric) * dt, iron));
        heat += Run(Reactions.Cementation, m, gas, Bounded(iron * Cementation.At(arrhenius) * Cementation.Share(copper) * dt, iron));
        heat += Run(Reactions.IronAcid, m, gas, Bounded(iron * IronAcid.At(arrhenius) * acid * dt, iron));
        return heat;
    }

    private static double Oxidants(Mixture m, in Speciation s, double dt, double arrhenius, double water, double[] gas)
    {
        double peroxide = m.Aq[Aqueous.H2O2];
        if (peroxide <= 1e-12) return 0;
        double heat = 0;
        if (m.Aq[Aqueous.Fe2] > 0)
        {
            double rate = Fenton.At(arrhenius) * m.Aq[Aqueous.Fe2] * peroxide / water * dt;
            heat += Run(Reactions.FerrousPeroxide, m, gas, 0.5 * Math.Min(Bounded(rate, m.Aq[Aqueous.Fe2]), Bounded(rate, peroxide)));
        }
        double metals = (m.Aq[Aqueous.Cu] + m.Aq[Aqueous.Fe3] + ManganeseDecay * m.Aq[Aqueous.Mn]) / water;
        double alkaline = s.Ph > 7 ? AlkalineDecay : 1;            // hydroxides of Mn, Ni, Co catalyse
        double k = Decay.At(arrhenius) * alkaline * (1 + MetalDecay * metals);
        return heat + Run(Reactions.PeroxideDecay, m, gas, 0.5 * Bounded(k * peroxide * dt, peroxide));
    }

    private static double BasicOxides(Mixture m, double dt, double arrhenius, double acid, double[] gas) =>
        Run(Reactions.LimeAcid, m, gas, Bounded(m.Solid[Solid.CaO] * Lime.At(arrhenius) * acid * dt, m.Solid[Solid.CaO]))
        + Run(Reactions.MagnesiaAcid, m, gas, Bounded(m.Solid[Solid.MgO] * Magnesia.At(arrhenius) * acid * dt, m.Solid[Solid.MgO]))
        + Run(Reactions.ZincOxideAcid, m, gas, Bounded(m.Solid[Solid.ZnO] * ZincOxide.At(arrhenius) * acid * dt, m.Solid[Solid.ZnO]));
}
