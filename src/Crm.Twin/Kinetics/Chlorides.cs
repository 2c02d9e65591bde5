using Crm.Chemistry;

namespace Crm.Twin.Kinetics;

/// <summary>Germanium tetrachloride on water, and the vapours of hydrochloric acid and of the tetrachloride itself.</summary>
internal static class Chlorides
{
    public const string Law = "chloride";

    private static readonly RateConstant Hydrolyses = RateConstants.Of(Law, ResidueReactions.Hydrolysis), Strips = RateConstants.Of(Law, ResidueReactions.TetrachlorideOut);
    private static readonly double StillFace = LawConstants.Of("chloride", "still face"), AcidBar = LawConstants.Of("chloride", "acid vapour"), AcidMolality = LawConstants.Of("chloride", "acid molality"),
        AcidRise = LawConstants.Of("chloride", "acid rise"), AcidDecade = LawConstants.Of("chloride", "acid decade"), Swept = LawConstants.Of("chloride", "swept air");

    /// <returns>Heat given off, J.</returns>
    public static double Step(Mixture m, in Speciation s, double dt, bool stirred, double[] gas)
    {
        double heat = 0, layer = m.Aq[Aqueous.GeCl4];
        if (layer > 0)
        {
            double gone = layer * (1 - Math.Exp(-Hydrolyses.PerSecond * (stirred ? 1 : StillFace) * dt));
            heat += ResidueReactions.Hydrolysis.Heat * ResidueReactions.Hydrolysis.Apply(m, gas, Math.Min(gone, 0.1 * m.Aq[Aqueous.H2O]));
            double bar = Math.Exp(Strips.Energy * Arrhenius.Drive(Strips.Celsius, m.Temperature));
            heat += ResidueReactions.TetrachlorideOut.Heat * ResidueReactions.TetrachlorideOut.Apply(m, gas, m.Aq[Aqueous.GeCl4] * Strips.PerSecond * Math.Min(bar, 1) * dt);
        }
        return heat + ReleaseAcid(m, s, dt, gas);
    }

    /// <summary>Hydrogen chloride over strong acid.</summary>
    private static double ReleaseAcid(Mixture m, in Speciation s, double dt, double[] gas)
    {
        double chloride = m.Aq[Aqueous.Cl] / m.Water, acid = Math.Min(s.H, chloride);
        if (acid < 0.5) return 0;
        double bar = AcidBar * Math.Pow(AcidRise, (acid - AcidMolality) / 2) * Math.Pow(10, (m.Temperature - 25) / AcidDecade);
        double out1 = Math.Min(Math.Min(bar, 1) * Swept * dt / 24, 0.01 * m.Aq[Aqueous.Cl]);
        return ResidueReactions.HydrogenChlorideOut.Heat * ResidueReactions.HydrogenChlorideOut.Apply(m, gas, out1);
    }
}
