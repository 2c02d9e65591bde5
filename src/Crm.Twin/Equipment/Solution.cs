using Crm.Chemistry;

namespace Crm.Twin.Equipment;

/// <summary>What conductivity and redox electrodes would see.</summary>
internal static class Solution
{
    /// <summary>mS/cm: sum over ions with a square-root damping fitted to NaCl and Na2SO4 at 0.1 mol/kg of McCleskey's law (<c>Data/conductivity-mccleskey-2011.csv</c>) [C]; 2 %/K.</summary>
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
        sum += 350 * Math.Pow(10, -ph) + 198 * Math.Pow(10, ph - 14);
        return (5e-5 + sum / (1 + 0.75 * Math.Sqrt(ionic))) * (1 + 0.02 * (Math.Clamp(m.Temperature, 0, 100) - 25));
    }

    /// <summary>mV against Ag/AgCl: Nernst on Fe3+/Fe2+, lifted by peroxide and undissolved oxide, pulled down by iron metal [G].</summary>
    public static double Redox(Mixture m, double ph)
    {
        double volume = Math.Max(m.LiquorVolume, 1e-6);
        double ferric = m.Aq[Aqueous.Fe3] / volume + 1e-7, ferrous = m.Aq[Aqueous.Fe2] / volume + 1e-7;
        double peroxide = m.Aq[Aqueous.H2O2] / volume;
        double oxide = (m.Solid[Solid.NiOOH] + m.Solid[Solid.CoOOH] + m.Solid[Solid.MnOOH]) / volume;
        double iron = m.Solid[Solid.Fe] / volume;
        double e = 480 + 59.2 * Math.Log10(ferric / ferrous);
        double lifted = 560 + 30 * Math.Log10(1 + peroxide / 1e-3) + 180 * oxide / (0.02 + oxide);
        double lift = Math.Min(1, (peroxide + oxide) / 2e-3);
        double pull = iron / (iron + 0.02);
        return (e + (lifted - e) * lift) * (1 - pull) + pull * -300 - Math.Max(0, ph - 2) * 35;
    }
}
