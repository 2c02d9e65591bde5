using Crm.Chemistry;
using Crm.Twin.Models;
using static Crm.Twin.Kinetics.Rates;

namespace Crm.Twin.Kinetics;

/// <summary>
/// Leaching, cementation and peroxide consumption in one vessel. Rate constants are per second at 70 degC; activation energies of Ni
/// and Co from chemistry.md 2.2 [R], all other constants [G], set so that 2 mol/L acid with peroxide needs about 2 h at 70 degC.
/// </summary>
internal static class LeachKinetics
{
    private static readonly double[] ActivationEnergy = [29.8e3, 22.6e3, 25e3];
    private static readonly double[] Reduction = [7.0e-4, 7.5e-4, 1.2e-3];
    private const double Reference = 70;        // degC of all rate constants here
    private const double Delithiation = 1.2e-3;
    private const double WithoutReductant = 2.0e-5;
    private const double PeroxideHalf = 0.03;           // mol/kg at half rate
    private static readonly int[] Lithiated = [Solid.LiNiO2, Solid.LiCoO2, Solid.LiMnO2];
    private static readonly int[] Oxyhydroxide = [Solid.NiOOH, Solid.CoOOH, Solid.MnOOH];

    /// <returns>Heat given off, J. Gases are added to <paramref name="gas"/>, mol.</returns>
    public static double Step(Mixture m, in Speciation s, double dt, bool stirred, double[] gas)
    {
        double water = m.Water;
        if (water < 1e-3 || !Reactive(m)) return 0;
        double contact = stirred ? 1 : 0.08;            // settled bed: little of the surface is wetted by fresh liquor
        double arrhenius = Arrhenius.Drive(Reference, m.Temperature);
        double acid = s.Ph < 5 ? Math.Sqrt(Math.Min(s.H + 0.3 * s.Bisulfate, 4)) : 0;     // bisulfate feeds the surface too [G]
        double heat = 0;
        heat += Oxides(m, dt * contact, arrhenius, acid, water, gas);
        heat += Metals(m, dt * contact, arrhenius, acid, water, gas);
        heat += Oxidants(m, s, dt, arrhenius, water, gas);
        if (acid > 0) heat += BasicOxides(m, dt * contact, acid, gas);
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
        double reductant = peroxide / (PeroxideHalf + peroxide);
        for (int k = 0; k < 3; k++)
        {
            double left = m.Solid[Lithiated[k]] + m.Solid[Oxyhydroxide[k]];
            if (left <= 1e-12 || m.Core[k] <= 0) continue;
            double temperature = Math.Exp(ActivationEnergy[k] * arrhenius);
            double core = ShrinkingCore.Surface(Math.Min(1, m.Solid[Lithiated[k]] / m.Core[k]));
            double extent = m.Core[k] * Delithiation * temperature * acid * core * dt;
            heat += Reactions.Delithiation[k].Heat * Reactions.Delithiation[k].Apply(m, gas, Bounded(extent, m.Solid[Lithiated[k]]));
            double fraction = Math.Min(1, left / m.Core[k]);
            double surface = m.Solid[Oxyhydroxide[k]] / left * ShrinkingCore.Surface(fraction) * m.Core[k] * temperature * acid * dt;
            heat += Run(Reactions.PeroxideLeach[k], m, gas, 0.5 * Bounded(surface * Reduction[k] * reductant, m.Solid[Oxyhydroxide[k]]));
            heat += Run(Reactions.FerrousLeach[k], m, gas, Bounded(surface * Reduction[k] * ferrous / (0.05 + ferrous), m.Solid[Oxyhydroxide[k]]));
            heat += Run(Reactions.AcidLeach[k], m, gas, 0.25 * Bounded(surface * WithoutReductant * fraction * fraction, m.Solid[Oxyhydroxide[k]]));
        }
        return heat;
    }

    private static double Metals(Mixture m, double dt, double arrhenius, double acid, double water, double[] gas)
    {
        double heat = 0, hot = Math.Exp(40e3 * arrhenius);
        double peroxide = m.Aq[Aqueous.H2O2] / water, ferric = m.Aq[Aqueous.Fe3] / water, copper = m.Aq[Aqueous.Cu] / water;
        double aluminium = m.Solid[Solid.Al], cu = m.Solid[Solid.Cu], iron = m.Solid[Solid.Fe];
        if (aluminium > 0) heat += Run(Reactions.AluminiumAcid, m, gas, 0.5 * Bounded(aluminium * 8e-4 * hot * acid * dt, aluminium));
        if (cu > 0)
        {
            heat += Run(Reactions.CopperPeroxide, m, gas, Bounded(cu * 1.5e-3 * hot * acid * peroxide / (0.1 + peroxide) * dt, cu));
            heat += Run(Reactions.CopperFerric, m, gas, Bounded(cu * 1e-3 * hot * ferric / (0.02 + ferric) * dt, cu));
        }
        if (iron <= 0) return heat;
        heat += Run(Reactions.IronPeroxide, m, gas, Bounded(iron * 1e-2 * peroxide / (0.002 + peroxide) * dt, iron));
        heat += Run(Reactions.IronFerric, m, gas, Bounded(iron * 5e-3 * ferric / (0.01 + ferric) * dt, iron));
        heat += Run(Reactions.Cementation, m, gas, Bounded(iron * 5e-3 * copper / (0.002 + copper) * dt, iron));
        heat += Run(Reactions.IronAcid, m, gas, Bounded(iron * 2.5e-4 * hot * acid * dt, iron));
        return heat;
    }

    private static double Oxidants(Mixture m, in Speciation s, double dt, double arrhenius, double water, double[] gas)
    {
        double peroxide = m.Aq[Aqueous.H2O2];
        if (peroxide <= 1e-12) return 0;
        double heat = 0;
        if (m.Aq[Aqueous.Fe2] > 0)
        {
            double rate = 0.5 * m.Aq[Aqueous.Fe2] * peroxide / water * dt;      // 0.5 kg/(mol s): Fenton step, fast against everything here [G]
            heat += Run(Reactions.FerrousPeroxide, m, gas, 0.5 * Math.Min(Bounded(rate, m.Aq[Aqueous.Fe2]), Bounded(rate, peroxide)));
        }
        double metals = (m.Aq[Aqueous.Cu] + m.Aq[Aqueous.Fe3] + 0.1 * m.Aq[Aqueous.Mn]) / water;
        double alkaline = s.Ph > 7 ? 60 : 1;            // hydroxides of Mn, Ni, Co catalyse [G]
        double k = 1.2e-4 * alkaline * (1 + 40 * metals) * Math.Exp(55e3 * arrhenius);
        return heat + Run(Reactions.PeroxideDecay, m, gas, 0.5 * Bounded(k * peroxide * dt, peroxide));
    }

    private static double BasicOxides(Mixture m, double dt, double acid, double[] gas) =>
        Run(Reactions.LimeAcid, m, gas, Bounded(m.Solid[Solid.CaO] * 5e-3 * acid * dt, m.Solid[Solid.CaO]))
        + Run(Reactions.MagnesiaAcid, m, gas, Bounded(m.Solid[Solid.MgO] * 2e-3 * acid * dt, m.Solid[Solid.MgO]))
        + Run(Reactions.ZincOxideAcid, m, gas, Bounded(m.Solid[Solid.ZnO] * 4e-3 * acid * dt, m.Solid[Solid.ZnO]));
}
