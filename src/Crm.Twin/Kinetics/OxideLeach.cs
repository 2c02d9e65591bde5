using Crm.Chemistry;

namespace Crm.Twin.Kinetics;

/// <summary>
/// Slags: water-soluble salts of a soda roast, lime-bound vanadium by carbonate, and basic oxides by acid. First order in what is left, rate
/// constants per second at 70 degC; all [G], set so that 150 min at 70 degC leach about 95 % of the vanadium (Aarabi et al. 2010) and dilute
/// acid nearly all manganese of a ferromanganese slag at room temperature.
/// </summary>
internal static class OxideLeach
{
    private const double Reference = 70;                        // degC
    private const double Dissolution = 20e3, Surface = 40e3;    // J/mol
    private const double CarbonateHalf = 0.1;                   // mol/kg at half rate

    private static readonly (Reaction Reaction, int Mineral, double Rate)[] Soluble =
    [
        (Reactions.VanadateDissolves, Solid.NaVO3, 1.5e-3), (Reactions.SodaDissolves, Solid.Na2CO3, 4e-3), (Reactions.SilicateDissolves, Solid.Na2SiO3, 6e-4),
        (Reactions.PhosphateDissolves, Solid.Na3PO4, 2e-3),
    ];

    private static readonly (Reaction Reaction, int Mineral, double Rate)[] ByAcid =
    [
        (Reactions.ManganeseOxideAcid, Solid.MnO, 6e-3), (Reactions.FerrousOxideAcid, Solid.FeO, 3e-3), (Reactions.AluminaAcid, Solid.Al2O3, 1e-5),
        (Reactions.FerricOxideAcid, Solid.Fe2O3, 1e-5),
    ];

    /// <returns>Heat given off, J.</returns>
    public static double Step(Mixture m, in Speciation s, double dt, bool stirred, double[] gas)
    {
        if (m.Water < 1e-3 || !Present(m)) return 0;
        double contact = dt * (stirred ? 1 : 0.08), drive = Arrhenius.Drive(Reference, m.Temperature), heat = 0;
        double fast = contact * Math.Exp(Dissolution * drive), slow = contact * Math.Exp(Surface * drive);
        foreach ((Reaction reaction, int mineral, double rate) in Soluble) heat += Run(reaction, m, gas, m.Solid[mineral], rate * fast);
        double carbonate = m.Aq[Aqueous.CO3] / m.Water;
        heat += Run(Reactions.CalciumVanadateCarbonate, m, gas, m.Solid[Solid.CaV2O6], 2.5e-4 * slow * carbonate / (CarbonateHalf + carbonate));
        double acid = s.Ph < 5 ? Math.Sqrt(Math.Min(s.H + 0.3 * s.Bisulfate, 4)) : 0;
        if (acid > 0)
        {
            foreach ((Reaction reaction, int mineral, double rate) in ByAcid) heat += Run(reaction, m, gas, m.Solid[mineral], rate * slow * acid);
        }
        return heat;
    }

    private static bool Present(Mixture m)
    {
        for (int i = Solid.NaVO3; i <= Solid.Fe2O3; i++)
        {
            if (m.Solid[i] > 1e-9) return true;
        }
        return m.Solid[Solid.MnO] + m.Solid[Solid.FeO] + m.Solid[Solid.Al2O3] > 1e-9;
    }

    private static double Run(Reaction reaction, Mixture m, double[] gas, double left, double rate) =>
        left <= 0 ? 0 : reaction.Heat * reaction.Apply(m, gas, left * (1 - Math.Exp(-rate)));
}
