using Crm.Chemistry.Equilibrium;

namespace Crm.Chemistry;

/// <summary>
/// Protons on ammonia, vanadate, silicate and phosphate: the part of the proton balance that most liquors do not need. Constants from the library,
/// made conditional with the charges of each species; molalities.
/// </summary>
internal readonly struct OxyanionBalance
{
    private const int Newtons = 60;

    /// <summary>Vanadium atoms, protons over H2VO4-, charge, log10 K from H2VO4- and H+.</summary>
    private static readonly (int Atoms, int Protons, int Charge, double LogK)[] Vanadates =
        [.. new[] { "VO2+", "H3VO4", "HVO4-2", "VO4-3", "V4O12-4", "HV10O28-5", "H2V10O28-4" }.Select(v =>
            (AqueousLibrary.Species[v].CountOf("H2VO4-"), AqueousLibrary.Species[v].CountOf("H+"), AqueousLibrary.Charge(v), AqueousLibrary.Species[v].Constant.Log10K))];

    private static readonly EquilibriumConstant Ammonium = AqueousLibrary.Species["NH3"].Constant;

    private static readonly double SilicicLogK = AqueousLibrary.Species["H3SiO4-"].Constant.Log10K;

    private static readonly double[] Phosphates = [.. new[] { "HPO4-2", "H2PO4-", "H3PO4" }.Select(p => AqueousLibrary.Species[p].Constant.Log10K)];

    private readonly double ammonium, vanadium, silica, phosphorus, ammonia, silicic, lnGamma, shift;

    public OxyanionBalance(Mixture m, double water, in Constants k)
    {
        ammonium = Math.Max(0, m.Aq[Aqueous.NH4]) / water;
        vanadium = Math.Max(0, m.Aq[Aqueous.VO3]) / water;
        silica = Math.Max(0, m.Aq[Aqueous.SiO2]) / water;
        phosphorus = Math.Max(0, m.Aq[Aqueous.PO4]) / water;
        Any = ammonium + vanadium + silica + phosphorus > 1e-12;
        if (!Any) return;
        lnGamma = Math.Log(k.Gamma1);
        ammonia = Math.Pow(10, Ammonium.Log10At(Math.Clamp(m.Temperature, 0, 150)));
        silicic = Math.Pow(10, SilicicLogK) / (k.Gamma1 * k.Gamma1);
        shift = Math.Log(10);
    }

    public bool Any { get; }

    /// <summary>NH3, and vanadium as metavanadate, mol of V.</summary>
    public (double Ammonia, double Metavanadate) At(double h)
    {
        double meta = 0;
        if (vanadium > 1e-12)
        {
            double lnV = Monomer(Math.Log(h));
            meta = Math.Exp(lnV) + 4 * Math.Exp(LnAmount(Vanadates[4], lnV, Math.Log(h)));
        }
        return (ammonium * ammonia / (h + ammonia), meta);
    }

    public void Add(double h, ref double value, ref double slope)
    {
        double free = ammonia / (h + ammonia);
        value -= ammonium * free;
        slope += ammonium * free * (1 - free);
        double ionised = silicic / (h + silicic);
        value -= silica * ionised;
        slope += silica * ionised * (1 - ionised);
        if (phosphorus > 1e-12) Phosphate(Math.Log(h), ref value, ref slope);
        if (vanadium > 1e-12) Vanadate(Math.Log(h), ref value, ref slope);
    }

    private void Phosphate(double lnH, ref double value, ref double slope)
    {
        double sum = 1, first = 0, second = 0;
        for (int p = 1; p <= 3; p++)
        {
            int charge = 3 - p;
            double part = Math.Exp(Phosphates[p - 1] * shift + (9 + p - charge * charge) * lnGamma + p * lnH);
            sum += part;
            first += p * part;
            second += p * p * part;
        }
        value += phosphorus * first / sum;
        slope += phosphorus * (second / sum - first / sum * (first / sum));
    }

    private void Vanadate(double lnH, ref double value, ref double slope)
    {
        double lnV = Monomer(lnH), atoms = Math.Exp(lnV), cross = 0, square = 0;
        foreach (var species in Vanadates)
        {
            double amount = Math.Exp(LnAmount(species, lnV, lnH));
            value += species.Protons * amount;
            square += species.Protons * species.Protons * amount;
            cross += species.Protons * species.Atoms * amount;
            atoms += species.Atoms * species.Atoms * amount;
        }
        slope += Math.Max(0, square - cross * cross / atoms);
    }

    private double LnAmount((int Atoms, int Protons, int Charge, double LogK) s, double lnV, double lnH) =>
        s.LogK * shift + (s.Atoms + s.Protons - s.Charge * s.Charge) * lnGamma + s.Atoms * lnV + s.Protons * lnH;

    /// <summary>ln of the molality of H2VO4- that makes up the total: Newton on ln of the sum, which is convex and rises, from above.</summary>
    private double Monomer(double lnH)
    {
        double target = Math.Log(vanadium), x = target;
        for (int i = 0; i < Newtons; i++)
        {
            double sum = Math.Exp(x), slope = sum;
            foreach (var species in Vanadates)
            {
                double part = species.Atoms * Math.Exp(LnAmount(species, x, lnH));
                sum += part;
                slope += species.Atoms * part;
            }
            double step = (Math.Log(sum) - target) * sum / slope;
            x -= step;
            if (Math.Abs(step) < 1e-12) break;
        }
        return x;
    }
}
