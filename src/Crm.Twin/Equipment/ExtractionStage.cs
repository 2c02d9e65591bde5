using Crm.Chemistry;
using Crm.Twin.Models;

namespace Crm.Twin.Equipment;

/// <summary>One mixer with its settler: both phases in one mixture, approaching the equilibrium of the amine by mass action and proton balance.</summary>
internal sealed class ExtractionStage
{
    private static readonly double AminePerVanadium = Of("amine per vanadium"), ReferenceAmine = Of("reference amine"), VanadiumHeat = Of("vanadium heat"), SulfateHeat = Of("sulfate heat");
    private const double LongestBracket = 40;

    /// <summary>Share of the amine that is a salt, against pH: one decade a pH.</summary>
    private static readonly ExtractionIsotherm Protonation = new(Of("half salt pH"), -2.302585092994046, 99.999);

    private readonly double distribution;

    private static double Of(string constant) => LawConstants.Of("amine extraction", constant);

    public ExtractionStage(double distribution, double aqueous, double organic, double ambient)
    {
        this.distribution = distribution;
        Content.Temperature = ambient;
        Content.Aq[Aqueous.H2O] = aqueous * Water.Density(ambient) / Aqueous.Mass[Aqueous.H2O];
        Content.Organic = FreshOrganic(organic, 0.2, 0.05);
    }

    public Mixture Content { get; private set; } = new();

    public double Ph { get; private set; } = 7;

    /// <summary>mol of each component in fresh organic of that volume, L.</summary>
    /// <param name="amine">Share by volume, as the modifier's.</param>
    public static double[] FreshOrganic(double litres, double amine, double modifier)
    {
        double[] organic = new double[Organic.Count];
        organic[Organic.Amine] = litres * amine / Organic.Volume[Organic.Amine];
        organic[Organic.Modifier] = litres * modifier / Organic.Volume[Organic.Modifier];
        organic[Organic.Diluent] = litres * (1 - amine - modifier) / Organic.Volume[Organic.Diluent];
        return organic;
    }

    public ExtractionStage Copy()
    {
        ExtractionStage copy = (ExtractionStage)MemberwiseClone();
        copy.Content = Content.Copy();
        return copy;
    }

    /// <summary>Moves both loads towards equilibrium by <paramref name="part"/>; mass, charge and heat exact.</summary>
    /// <returns>Heat given off, J.</returns>
    public double Contact(double part)
    {
        Mixture m = Content;
        if (m.Organic is not { } organic || m.Water < 1e-3 || organic[Organic.Amine] < 1e-9) return 0;
        double before = m.Enthalpy;
        (double vanadium, double sulfuric) = Equilibrium(m, organic);
        double x = Math.Clamp((vanadium - organic[Organic.HVO3]) * part, -organic[Organic.HVO3], Math.Max(0, m.Aq[Aqueous.VO3]));
        double y = Math.Clamp((sulfuric - organic[Organic.H2SO4]) * part, -organic[Organic.H2SO4], Math.Max(0, m.Aq[Aqueous.SO4]));
        organic[Organic.HVO3] += x;
        organic[Organic.H2SO4] += y;
        m.Aq[Aqueous.VO3] -= x;
        m.Aq[Aqueous.SO4] -= y;
        m.Aq[Aqueous.H] -= x + 2 * y;
        double heat = VanadiumHeat * x + SulfateHeat * y;
        m.Temperature = PhysicalConstants.StandardTemperature + (before + heat) / m.HeatCapacity;
        Ph = Speciation.Of(m).Ph;
        return heat;
    }

    /// <summary>mol of HVO3 and H2SO4 in the organic when both phases are at rest with each other: one unknown, the proton.</summary>
    private (double Vanadium, double Sulfuric) Equilibrium(Mixture m, double[] organic)
    {
        double vanadium = Math.Max(0, m.Aq[Aqueous.VO3]) + organic[Organic.HVO3], sulfate = Math.Max(0, m.Aq[Aqueous.SO4]) + organic[Organic.H2SO4];
        double protons = m.Aq[Aqueous.H] + organic[Organic.HVO3] + 2 * organic[Organic.H2SO4];
        double aqueous = m.LiquorVolume, light = m.OrganicVolume, vHeld = m.Aq[Aqueous.VO3], sHeld = m.Aq[Aqueous.SO4];
        (double, double) loads = default;
        double Excess(double lnH)
        {
            loads = Loads(-lnH / Math.Log(10), organic[Organic.Amine], vanadium, sulfate, aqueous, light);
            m.Aq[Aqueous.VO3] = vanadium - loads.Item1;
            m.Aq[Aqueous.SO4] = sulfate - loads.Item2;
            return Speciation.ProtonsAt(m, lnH) + loads.Item1 + 2 * loads.Item2 - protons;
        }
        Root(Excess, m.LogH);
        m.Aq[Aqueous.VO3] = vHeld;
        m.Aq[Aqueous.SO4] = sHeld;
        return loads;
    }

    /// <summary>At a given pH: y = D x with D = distribution times protonated share times free amine salt over its reference.</summary>
    private (double Vanadium, double Sulfuric) Loads(double ph, double amine, double vanadium, double sulfate, double aqueous, double light)
    {
        double ratio = Protonation.DistributionRatio(ph), share = ratio / (1 + ratio);
        double slope = distribution * share / (ReferenceAmine * light) * light / aqueous;       // organic mol per aqueous mol and mol of free amine
        double a = slope * AminePerVanadium, b = 1 + slope * (amine + AminePerVanadium * vanadium), c = slope * amine * vanadium;
        double load = a <= 0 ? 0 : 2 * c / (b + Math.Sqrt(Math.Max(0, b * b - 4 * a * c)));
        double free = Math.Max(0, amine - AminePerVanadium * load);
        return (load, Math.Min(0.5 * share * free, 0.9 * sulfate));
    }

    /// <summary>Illinois method on a bracket grown around the last proton molality; leaves the function at its root.</summary>
    private static void Root(Func<double, double> rising, double start)
    {
        double low = start - 0.5, high = start + 0.5, atLow = rising(low), atHigh = rising(high);
        for (double by = 1; atLow > 0 && by < LongestBracket; by *= 2) atLow = rising(low -= by);
        for (double by = 1; atHigh < 0 && by < LongestBracket; by *= 2) atHigh = rising(high += by);
        int side = 0;
        for (int i = 0; i < 60 && high - low > 1e-7; i++)
        {
            double x = atHigh - atLow > 0 ? (low * atHigh - high * atLow) / (atHigh - atLow) : 0.5 * (low + high);
            double value = rising(x);
            if (Math.Abs(value) < 1e-10) return;
            if (value < 0)
            {
                low = x;
                atLow = value;
                if (side == -1) atHigh /= 2;
                side = -1;
            }
            else
            {
                high = x;
                atHigh = value;
                if (side == 1) atLow /= 2;
                side = 1;
            }
        }
    }
}
