using Crm.Chemistry.Numerics;

namespace Crm.Twin.Models;

/// <summary>
/// Ions through a nanofiltration membrane. Each has a passage of its own (permeate over retentate, by size and by the square of its charge); an electric
/// potential between the two sides, one for all, makes the permeate neutral: s = p exp(-z φ), as Donnan's and the streaming potential do. A well-passing
/// ion among retained ones of its sign may so pass above 1 (negative retention). Ideal, no fouling, passages constant along the module.
/// </summary>
/// <param name="Passage">p of each species, above 0.</param>
public sealed record Nanofiltration(double[] Charge, double[] Passage)
{
    /// <summary>Potential looked at, in units of RT/F.</summary>
    private const double Highest = 60;

    /// <summary>Share of the moles of each species that goes with the permeate: 1 - (1 - taken)^s, its mass balance along a module of constant s.</summary>
    /// <param name="mol">A negative amount, a proton deficit, moves as the ion of the other sign that it stands for.</param>
    /// <param name="taken">Share of the water that permeates, below 1.</param>
    public double[] Permeated(ReadOnlySpan<double> mol, double taken)
    {
        double[] amount = mol.ToArray();
        double length = -Math.Log(1 - taken), cations = 0, anions = 0;
        for (int i = 0; i < amount.Length; i++)
        {
            if (Charge[i] * amount[i] > 0) cations += Charge[i] * amount[i];
            else anions -= Charge[i] * amount[i];
        }

        // Traces of one sign alone are rounding, not a liquor: nothing holds them back.
        bool isLiquor = Math.Min(cations, anions) > 1e-6 * Math.Max(cations, anions) && length > 0;
        double potential = isLiquor ? Bracket.Root(p => -Excess(amount, length, p), -Highest, Highest, "potential across the membrane") : 0;
        double[] share = new double[amount.Length];
        for (int i = 0; i < share.Length; i++) share[i] = Share(i, amount[i], length, potential);
        return share;
    }

    /// <summary>Charge of the permeate, falling with the potential.</summary>
    private double Excess(double[] mol, double length, double potential)
    {
        double sum = 0;
        for (int i = 0; i < mol.Length; i++)
        {
            if (Charge[i] != 0 && mol[i] != 0) sum += Charge[i] * mol[i] * Share(i, mol[i], length, potential);
        }

        return sum;
    }

    private double Share(int i, double mol, double length, double potential) =>
        1 - Math.Exp(-length * Passage[i] * Math.Exp((mol < 0 ? 1 : -1) * Charge[i] * potential));
}
