using Crm.Chemistry;
using Crm.Twin.Models;

namespace Crm.Twin.Equipment;

/// <summary>One mixer with its settler: both phases in one mixture, approaching the equilibrium of the amine, or of an acidic extractant, by mass action and proton balance.</summary>
internal sealed class ExtractionStage
{
    private static readonly double ReferenceAmine = AmineAcid.Of("reference amine"), SulfateHeat = AmineAcid.Of("sulfate heat");
    private static readonly AmineAcid[] Acids = AmineAcid.All;
    private const double LongestBracket = 40;

    /// <summary>Share of the amine that is a salt, against pH: one decade a pH.</summary>
    private static readonly ExtractionIsotherm Protonation = new(AmineAcid.Of("half salt pH"), -2.302585092994046, 99.999);

    private readonly double[] distribution;
    private CationContact? cations;

    /// <param name="distribution">Organic over aqueous of each of <see cref="AmineAcid.All"/> at the reference of free amine salt.</param>
    public ExtractionStage(double[] distribution, double aqueous, double organic, double ambient)
    {
        this.distribution = distribution;
        Content.Temperature = ambient;
        Content.Aq[Aqueous.H2O] = aqueous * Water.Density(ambient) / Aqueous.Mass[Aqueous.H2O];
        Content.Organic = FreshOrganic(organic, 0.2, 0.05);
    }

    /// <summary>A stage with an acidic extractant.</summary>
    /// <param name="fresh">Organic it begins with, mol.</param>
    public ExtractionStage(CationExchanger exchanger, double aqueous, double[] fresh, double ambient)
        : this([], aqueous, 0, ambient)
    {
        cations = new CationContact(exchanger);
        Content.Organic = fresh;
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

    /// <summary>mol of each component in fresh organic with another extractant.</summary>
    /// <param name="acid">The extractant: component of <see cref="Organic"/>.</param>
    /// <param name="share">Share of the extractant by volume.</param>
    public static double[] FreshOrganic(double litres, int acid, double share, double modifier)
    {
        double[] organic = FreshOrganic(litres, share, modifier);
        organic[acid] += litres * share / Organic.Volume[acid];
        organic[Organic.Amine] = 0;
        return organic;
    }

    public ExtractionStage Copy()
    {
        ExtractionStage copy = (ExtractionStage)MemberwiseClone();
        copy.cations = cations?.Copy();
        copy.Content = Content.Copy();
        return copy;
    }

    /// <summary>Moves both loads towards equilibrium by <paramref name="part"/>; mass, charge and heat exact.</summary>
    /// <returns>Heat given off, J.</returns>
    public double Contact(double part)
    {
        Mixture m = Content;
        if (cations is not null) return Exchange(m, cations, (contact, organic) => contact.Move(m, organic, part));
        if (m.Organic is not { } organic || m.Water < 1e-3 || organic[Organic.Amine] < 1e-9) return 0;
        double before = m.Enthalpy;
        double[] wanted = Equilibrium(m, organic);
        double heat = 0;
        for (int i = 0; i < Acids.Length; i++)
        {
            AmineAcid acid = Acids[i];
            double free = acid.Tartrates > 0 ? Math.Min(m.Aq[acid.Metal], m.Aq[Aqueous.Tartrate] / acid.Tartrates) : m.Aq[acid.Metal];
            double x = Math.Clamp((wanted[i] - organic[acid.Load]) * part, -organic[acid.Load], Math.Max(0, free));
            organic[acid.Load] += x;
            m.Aq[acid.Metal] -= x;
            if (acid.Tartrates > 0) m.Aq[Aqueous.Tartrate] -= acid.Tartrates * x;
            m.Aq[Aqueous.H] -= acid.Protons * x;
            heat += acid.Heat * x;
        }
        double y = Math.Clamp((wanted[^1] - organic[Organic.H2SO4]) * part, -organic[Organic.H2SO4], Math.Max(0, m.Aq[Aqueous.SO4]));
        organic[Organic.H2SO4] += y;
        m.Aq[Aqueous.SO4] -= y;
        m.Aq[Aqueous.H] -= 2 * y;
        heat += SulfateHeat * y;
        m.Temperature = PhysicalConstants.StandardTemperature + (before + heat) / m.HeatCapacity;
        Ph = Speciation.Of(m).Ph;
        return heat;
    }

    /// <summary>An acidic extractant meets the base that has come in: at once.</summary>
    /// <returns>Heat given off, J.</returns>
    public double Neutralise() => cations is null ? 0 : Exchange(Content, cations, (contact, organic) => contact.Neutralise(Content, organic));

    private double Exchange(Mixture m, CationContact contact, Func<CationContact, double[], double> move)
    {
        if (m.Organic is not { } organic || m.Water < 1e-3 || !contact.Takes(organic)) return 0;
        double before = m.Enthalpy, heat = move(contact, organic);
        m.Temperature = PhysicalConstants.StandardTemperature + (before + heat) / m.HeatCapacity;
        Ph = Speciation.Of(m).Ph;
        return heat;
    }

    /// <summary>mol of each acid and last of H2SO4 in the organic when both phases are at rest with each other: one unknown, the proton.</summary>
    private double[] Equilibrium(Mixture m, double[] organic)
    {
        PhaseTotals both = new(m, organic);
        double[] loads = new double[Acids.Length + 1];
        double Excess(double lnH)
        {
            double carried = Loads(-lnH / Math.Log(10), both, loads);
            m.Aq[Aqueous.SO4] = both.Sulfate - loads[^1];
            m.Aq[Aqueous.Tartrate] = both.Tartrate;
            for (int i = 0; i < Acids.Length; i++)
            {
                m.Aq[Acids[i].Metal] = both.Totals[i] - loads[i];
                m.Aq[Aqueous.Tartrate] -= Acids[i].Tartrates * loads[i];
            }
            return Speciation.ProtonsAt(m, lnH) + carried - both.Protons;
        }
        double[] held = (double[])m.Aq.Clone();
        Root(Excess, m.LogH);
        held.CopyTo(m.Aq, 0);
        return loads;
    }

    /// <summary>At a given pH: y = D x with D = distribution times anion times protonated share times free amine salt over its reference.</summary>
    /// <returns>mol of protons that the loads carry.</returns>
    private double Loads(double ph, PhaseTotals both, double[] loads)
    {
        double ratio = Protonation.DistributionRatio(ph), share = ratio / (1 + ratio), bound = 0.95 * both.Tartrate, carried = 0;
        Span<double> slopes = stackalloc double[Acids.Length];
        for (int i = 0; i < slopes.Length; i++) slopes[i] = distribution[i] * share * Acids[i].Anion(both.Tartrate / both.Liquor, ph) / (ReferenceAmine * both.Liquor);
        double free = AmineShare.Free(both.Amine, Acids, slopes, both.Totals);
        for (int i = 0; i < Acids.Length; i++)
        {
            double most = Acids[i].Tartrates > 0 ? Math.Max(0, bound) / Acids[i].Tartrates : double.MaxValue;
            loads[i] = Math.Min(AmineShare.Loaded(slopes[i], free, both.Totals[i]), most);
            if (Acids[i].Tartrates > 0) bound -= Acids[i].Tartrates * loads[i];
            carried += Acids[i].Protons * loads[i];
        }
        loads[^1] = Math.Min(0.5 * share * free, 0.9 * both.Sulfate);
        return carried + 2 * loads[^1];
    }

    /// <summary>mol in both phases together, and the liquor's volume, L.</summary>
    private sealed class PhaseTotals(Mixture m, double[] organic)
    {
        public double[] Totals { get; } = [.. Acids.Select(a => Math.Max(0, m.Aq[a.Metal]) + organic[a.Load])];
        public double Sulfate { get; } = Math.Max(0, m.Aq[Aqueous.SO4]) + organic[Organic.H2SO4];
        public double Tartrate { get; } = Math.Max(0, m.Aq[Aqueous.Tartrate]) + Acids.Sum(a => a.Tartrates * organic[a.Load]);
        public double Protons { get; } = m.Aq[Aqueous.H] + Acids.Sum(a => a.Protons * organic[a.Load]) + 2 * organic[Organic.H2SO4];
        public double Amine { get; } = organic[Organic.Amine];
        public double Liquor { get; } = m.LiquorVolume;
    }

    /// <summary>Illinois method on a bracket grown around the last proton molality; leaves the function at its root.</summary>
    internal static void Root(Func<double, double> rising, double start)
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
