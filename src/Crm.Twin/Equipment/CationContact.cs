using Crm.Chemistry;
using Crm.Chemistry.Equilibrium;

namespace Crm.Twin.Equipment;

/// <summary>
/// Equilibrium of one contact with an acidic extractant: every cation by mass action with the same free dimer, the liquor by its proton balance. Two nested unknowns, each with one root: the proton,
/// and at a given proton the extractant that no cation holds.
/// </summary>
internal sealed class CationContact(CationExchanger exchanger)
{
    private const int Halvings = 50;

    private readonly double[] constants = [.. exchanger.Cations.Select(c => Math.Pow(10, c.Log10K))];
    private readonly double[] loads = new double[exchanger.Cations.Length], totals = new double[exchanger.Cations.Length], held = new double[exchanger.Cations.Length], slopes = new double[exchanger.Cations.Length], frozen = new double[exchanger.Cations.Length];

    /// <summary>One for another stage: the numbers of a contact are its own.</summary>
    public CationContact Copy() => new(exchanger);

    public bool Takes(double[] organic) => Extractant(organic) > 1e-9;

    /// <summary>Moves the loads towards equilibrium by <paramref name="part"/>; atoms and charge exact.</summary>
    /// <returns>Heat given off, J; the caller sets the temperature.</returns>
    public double Move(Mixture m, double[] organic, double part)
    {
        Solve(m, organic, instantOnly: false);
        double heat = Approach(m, organic, part);
        return heat + Neutralise(m, organic);
    }

    /// <summary>What acid and base do at once, without the film: before anything leaves the mixer that a base has come into.</summary>
    public double Neutralise(Mixture m, double[] organic)
    {
        Solve(m, organic, instantOnly: true);
        return Approach(m, organic, 1);
    }

    private double Approach(Mixture m, double[] organic, double part)
    {
        // What is given up first: it frees the extractant that the others take.
        double heat = 0;
        for (int i = 0; i < loads.Length; i++) heat += loads[i] < organic[exchanger.Cations[i].Load] ? Shift(m, organic, i, part) : 0;
        for (int i = 0; i < loads.Length; i++) heat += loads[i] > organic[exchanger.Cations[i].Load] ? Shift(m, organic, i, part) : 0;
        return heat;
    }

    private double Shift(Mixture m, double[] organic, int cation, double part)
    {
        ExchangedCation c = exchanger.Cations[cation];
        double most = Math.Min(Math.Max(0, m.Aq[c.Cation]), organic[exchanger.Acid] / c.Protons), x = Math.Clamp((loads[cation] - organic[c.Load]) * part, -organic[c.Load], most);
        organic[c.Load] += x;
        organic[exchanger.Acid] -= c.Protons * x;
        m.Aq[c.Cation] -= x;
        m.Aq[Aqueous.H] += c.Protons * x;
        return c.Heat * x;
    }

    private double Extractant(double[] organic)
    {
        double sum = organic[exchanger.Acid];
        foreach (ExchangedCation c in exchanger.Cations) sum += c.Protons * organic[c.Load];
        return sum;
    }

    /// <param name="instantOnly">The others stay as they are.</param>
    private void Solve(Mixture m, double[] organic, bool instantOnly)
    {
        double extractant = Extractant(organic), heavy = m.LiquorVolume, light = m.OrganicVolume, protons = m.Aq[Aqueous.H];
        for (int i = 0; i < loads.Length; i++)
        {
            ExchangedCation c = exchanger.Cations[i];
            held[i] = m.Aq[c.Cation];
            totals[i] = Math.Max(0, held[i]) + organic[c.Load];
            frozen[i] = instantOnly && !c.Instant ? organic[c.Load] : double.NaN;
            protons -= c.Protons * organic[c.Load];
        }
        double gamma = new Constants(Speciation.IonicStrength(m, Math.Max(m.Water, 1e-9)), m.Temperature).Gamma1;
        double Excess(double lnH)
        {
            double bound = Load(Math.Exp(lnH) * gamma, extractant, heavy, light);
            for (int i = 0; i < loads.Length; i++) m.Aq[exchanger.Cations[i].Cation] = totals[i] - loads[i];
            return Speciation.ProtonsAt(m, lnH) - bound - protons;
        }
        ExtractionStage.Root(Excess, m.LogH);
        for (int i = 0; i < loads.Length; i++) m.Aq[exchanger.Cations[i].Cation] = held[i];
    }

    /// <summary>Loads at a given activity of the proton: the free extractant by halving, since what is bound rises with it.</summary>
    /// <returns>mol of protons that the loads have given off.</returns>
    private double Load(double acidity, double extractant, double heavy, double light)
    {
        for (int i = 0; i < slopes.Length; i++)
        {
            ExchangedCation c = exchanger.Cations[i];
            slopes[i] = constants[i] * light / heavy / (c.Protons == 1 ? acidity : c.Protons == 2 ? acidity * acidity : Math.Pow(acidity, c.Protons));
        }
        double low = 0, high = extractant;
        for (int n = 0; n < Halvings && high - low > 1e-12 * extractant; n++)
        {
            double free = 0.5 * (low + high);
            if (free + Bound(free / (2 * light)) > extractant) high = free;
            else low = free;
        }
        Bound(low / (2 * light));
        double protons = 0;
        for (int i = 0; i < loads.Length; i++) protons += exchanger.Cations[i].Protons * loads[i];
        return protons;
    }

    /// <summary>mol of extractant that the cations bind at a dimer of so many mol/L; sets the loads.</summary>
    private double Bound(double dimer)
    {
        double bound = 0;
        for (int i = 0; i < loads.Length; i++)
        {
            ExchangedCation c = exchanger.Cations[i];
            double power = c.Dimers == 2 ? dimer * dimer : c.Dimers == 1 ? dimer : c.Dimers == 0.5 ? Math.Sqrt(dimer) : Math.Pow(dimer, c.Dimers), ratio = slopes[i] * power;
            loads[i] = double.IsNaN(frozen[i]) ? totals[i] * ratio / (1 + ratio) : frozen[i];
            bound += 2 * c.Dimers * loads[i];
        }
        return bound;
    }
}
