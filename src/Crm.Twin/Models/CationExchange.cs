using Crm.Chemistry.Numerics;

namespace Crm.Twin.Models;

/// <summary>
/// One contact with an acidic extractant present as dimer, M(z+) + n (HA)2 = complex + z H+; ideal concentrations. The usual mass-action
/// form for PC88A and D2EHPA.
/// </summary>
/// <param name="DimersPerMetal">n.</param>
/// <param name="PhaseRatio">Volume of organic over aqueous.</param>
public sealed record CationExchange(double Charge, double DimersPerMetal, double Log10Constant, double PhaseRatio)
{
    /// <summary>Organic over aqueous metal concentration.</summary>
    /// <param name="monomer">Extractant counted as monomer, mol/L of organic.</param>
    /// <param name="hydrogen">Initial, mol/L.</param>
    /// <param name="metal">Initial in the aqueous, mol/L; the organic starts free of it.</param>
    public double DistributionRatio(double monomer, double hydrogen, double metal)
    {
        double dimer = monomer / 2;
        if (dimer <= 0) return 0;
        if (metal <= 0) return Ratio(dimer, hydrogen);
        double byMetal = metal / PhaseRatio, byDimer = dimer / DimersPerMetal, most = Math.Min(byMetal, byDimer);
        double spareMetal = byMetal <= byDimer ? 0 : metal - PhaseRatio * most, spareDimer = byDimer <= byMetal ? 0 : dimer - DimersPerMetal * most;
        double logit = Bracket.Root(t => Excess(t, most, spareMetal, spareDimer, hydrogen), -700, 700, "organic metal of the contact");
        double left = most * Share(-logit), complex = most * Share(logit);
        return Ratio(spareDimer + DimersPerMetal * left, hydrogen + Charge * PhaseRatio * complex);
    }

    private double Ratio(double dimer, double hydrogen) => Math.Pow(10, Log10Constant) * Math.Pow(dimer, DimersPerMetal) / Math.Pow(hydrogen, Charge);

    /// <summary>ln of the quotient over the constant when the organic holds share(t) of the most it can; rises with t.</summary>
    private double Excess(double t, double most, double spareMetal, double spareDimer, double hydrogen)
    {
        double complex = most * Share(t), left = most * Share(-t);
        return Math.Log(complex) + Charge * Math.Log(hydrogen + Charge * PhaseRatio * complex) - Log10Constant * Math.Log(10)
            - Math.Log(spareMetal + PhaseRatio * left) - DimersPerMetal * Math.Log(spareDimer + DimersPerMetal * left);
    }

    private static double Share(double t) => t >= 0 ? 1 / (1 + Math.Exp(-t)) : Math.Exp(t) / (1 + Math.Exp(t));
}
