using Crm.Chemistry;

namespace Crm.Twin.Equipment;

/// <summary>What conductivity and redox electrodes would see.</summary>
internal static class Solution
{
    private static readonly double Proton = Conducts("proton"), Hydroxide = Conducts("hydroxide"), PureWater = Conducts("pure water"), Damping = Conducts("damping"), PerKelvin = Conducts("temperature");

    private static readonly double Couple = Redox("ferric couple"), Decade = Redox("decade"), Peroxide = Redox("peroxide"), PeroxideDecade = Redox("peroxide decade"), Oxide = Redox("oxide"),
        OxideHalf = Redox("oxide half"), Lift = Redox("lift"), IronHalf = Redox("iron half"), Iron = Redox("iron"), PerPh = Redox("acid"), AcidPh = Redox("acid pH");

    private static double Conducts(string constant) => LawConstants.Of("conductivity", constant);

    private static double Redox(string constant) => LawConstants.Of("redox", constant);

    /// <summary>mS/cm: sum over ions with a square-root damping.</summary>
    public static double Conductivity(Mixture m, double ph)
    {
        double volume = m.LiquorVolume;
        if (volume <= 1e-6) return 0;
        double sum = 0, ionic = 0;
        for (int i = Aqueous.Li; i < Aqueous.Count; i++)
        {
            double c = Math.Max(0, m.Aq[i]) / volume;
            sum += Aqueous.Conductance[i] * c;
            ionic += 0.5 * Aqueous.Charge[i] * Aqueous.Charge[i] * c;
        }
        sum += Proton * Math.Pow(10, -ph) + Hydroxide * Math.Pow(10, ph - 14);
        return (PureWater + sum / (1 + Damping * Math.Sqrt(ionic))) * (1 + PerKelvin * (Math.Clamp(m.Temperature, 0, 100) - 25));
    }

    /// <summary>mV against Ag/AgCl: Nernst on Fe3+/Fe2+, lifted by peroxide and undissolved oxide, pulled down by iron metal.</summary>
    public static double Redox(Mixture m, double ph)
    {
        double volume = Math.Max(m.LiquorVolume, 1e-6);
        double ferric = m.Aq[Aqueous.Fe3] / volume + 1e-7, ferrous = m.Aq[Aqueous.Fe2] / volume + 1e-7;
        double peroxide = m.Aq[Aqueous.H2O2] / volume;
        double oxide = (m.Solid[Solid.NiOOH] + m.Solid[Solid.CoOOH] + m.Solid[Solid.MnOOH]) / volume;
        double iron = m.Solid[Solid.Fe] / volume;
        double e = Couple + Decade * Math.Log10(ferric / ferrous);
        double lifted = Peroxide + PeroxideDecade * Math.Log10(1 + peroxide / 1e-3) + Oxide * oxide / (OxideHalf + oxide);
        double lift = Math.Min(1, (peroxide + oxide) / Lift);
        double pull = iron / (iron + IronHalf);
        return (e + (lifted - e) * lift) * (1 - pull) + pull * Iron - Math.Max(0, ph - AcidPh) * PerPh;
    }
}
