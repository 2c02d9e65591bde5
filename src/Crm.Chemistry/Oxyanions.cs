namespace Crm.Chemistry;

/// <summary>What aluminium hydroxide takes up besides fluoride, and silica gel: how a vanadium liquor loses phosphorus and silicon.</summary>
public static class Oxyanions
{
    /// <summary>mol per mol of Al(OH)3 at saturation, and mol/kg at half of it.</summary>
    private static readonly (int Solid, int Component, int Protons, double Capacity, double Half)[] Taken =
        [(Solid.BoundSilica, Aqueous.SiO2, 0, Of("silica capacity"), Of("silica half")), (Solid.BoundPhosphate, Aqueous.PO4, 3, Of("phosphate capacity"), Of("phosphate half"))];

    private static readonly double DesorptionPh = Of("desorption pH"), GelTime = Of("gel time"), UptakeTime = Of("uptake time"),
        GelSolubility = Of("gel solubility"), GelRise = Of("gel solubility rise"), SilicatePh = Of("gel silicate pH");

    private static double Of(string constant) => LawConstants.Of("oxyanions", constant);

    /// <summary>Relaxes uptake and gel; <paramref name="slow"/> multiplies the times (1 stirred).</summary>
    public static void Step(Mixture m, in Speciation s, double dt, double slow)
    {
        double water = m.Water;
        if (water < 1e-6) return;
        double alkaline = 1 / (1 + Math.Pow(10, s.Ph - DesorptionPh)), part = 1 - Math.Exp(-dt / (UptakeTime * slow));
        foreach ((int solid, int component, int protons, double capacity, double half) in Taken)
        {
            double held = m.Solid[solid], free = m.Aq[component];
            if (held <= 0 && (free <= 1e-12 || m.Solid[Solid.AlOH3] <= 1e-12)) continue;
            double target = Bound(free + held, m.Solid[Solid.AlOH3] * capacity * alkaline, half * water);
            double x = (target - held) * part;
            m.Solid[solid] = Math.Max(0, held + x);
            m.Aq[component] -= x;
            m.Aq[Aqueous.H] -= protons * x;
        }
        Gel(m, s, water, 1 - Math.Exp(-dt / (GelTime * slow)));
    }

    /// <summary>Langmuir with a limited total: b = c (t - b) / (k + t - b), the smaller root.</summary>
    private static double Bound(double total, double most, double half)
    {
        double p = total + most + half;
        return most <= 0 ? 0 : 2 * total * most / (p + Math.Sqrt(Math.Max(0, p * p - 4 * total * most)));
    }

    /// <summary>Amorphous silica; H3SiO4- keeps more in alkaline liquor.</summary>
    private static void Gel(Mixture m, in Speciation s, double water, double part)
    {
        double held = m.Solid[Solid.SilicaGel], free = m.Aq[Aqueous.SiO2];
        if (held <= 0 && free <= 1e-9) return;
        double soluble = water * GelSolubility * Math.Exp(GelRise * (m.Temperature - 25)) * (1 + Math.Pow(10, Math.Min(s.Ph, 13) - SilicatePh));
        double x = Math.Clamp((free - soluble) * part, -held, Math.Max(0, free));
        m.Solid[Solid.SilicaGel] = Math.Max(0, held + x);
        m.Aq[Aqueous.SiO2] -= x;
    }
}
