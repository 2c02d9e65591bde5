using Crm.Chemistry;

namespace Crm.Twin.Kinetics;

/// <summary>
/// Slags: water-soluble salts of a soda roast, lime-bound vanadium by carbonate, and basic oxides by acid. First order in what is left; rate
/// constants: <c>Data/rates.csv</c>, law slag.
/// </summary>
internal static class OxideLeach
{
    private static readonly (Reaction Reaction, int Mineral, RateConstant Rate)[] Soluble =
    [
        Row(Reactions.VanadateDissolves, Solid.NaVO3), Row(Reactions.SodaDissolves, Solid.Na2CO3), Row(Reactions.SilicateDissolves, Solid.Na2SiO3),
        Row(Reactions.PhosphateDissolves, Solid.Na3PO4),
    ];

    private static readonly (Reaction Reaction, int Mineral, RateConstant Rate)[] ByAcid =
    [
        Row(Reactions.ManganeseOxideAcid, Solid.MnO), Row(Reactions.FerrousOxideAcid, Solid.FeO), Row(Reactions.AluminaAcid, Solid.Al2O3),
        Row(Reactions.FerricOxideAcid, Solid.Fe2O3),
    ];

    private static readonly (Reaction Reaction, int Mineral, RateConstant Rate) ByCarbonate = Row(Reactions.CalciumVanadateCarbonate, Solid.CaV2O6);

    private static (Reaction Reaction, int Mineral, RateConstant Rate) Row(Reaction reaction, int mineral) => (reaction, mineral, RateConstants.Of("slag", reaction));

    /// <returns>Heat given off, J.</returns>
    public static double Step(Mixture m, in Speciation s, double dt, bool stirred, double[] gas)
    {
        if (m.Water < 1e-3 || !Present(m)) return 0;
        double contact = dt * (stirred ? 1 : 0.08), drive = Arrhenius.Drive(ByCarbonate.Rate.Celsius, m.Temperature), heat = 0;
        foreach ((Reaction reaction, int mineral, RateConstant rate) in Soluble) heat += Run(reaction, m, gas, m.Solid[mineral], rate.At(drive) * contact);
        double carbonate = m.Aq[Aqueous.CO3] / m.Water;
        heat += Run(ByCarbonate.Reaction, m, gas, m.Solid[ByCarbonate.Mineral], ByCarbonate.Rate.At(drive) * contact * ByCarbonate.Rate.Share(carbonate));
        double acid = s.Ph < 5 ? Math.Sqrt(Math.Min(s.H + 0.3 * s.Bisulfate, 4)) : 0;
        if (acid > 0)
        {
            foreach ((Reaction reaction, int mineral, RateConstant rate) in ByAcid) heat += Run(reaction, m, gas, m.Solid[mineral], rate.At(drive) * contact * acid);
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
