using System.Collections.Immutable;
using Crm.Chemistry.Equilibrium;
using Crm.Chemistry.Numerics;

namespace Crm.Twin.Models;

/// <summary>How a metal distributes: log10 D = (m0 + m1 dose) pH + b0 + b1 log10 dose, or a constant.</summary>
public readonly record struct DistributionLaw(double M0, double M1, double B0, double B1, double? Constant)
{
    public static DistributionLaw Held(double ratio) => new(0, 0, 0, 0, ratio);

    /// <param name="dose">Free extractant, vol-%.</param>
    public double Ratio(double ph, double dose) => Constant ?? Math.Pow(10, (M0 + M1 * dose) * ph + B0 + B1 * Math.Log10(dose));
}

/// <summary>A metal that is extracted.</summary>
/// <param name="MolarMass">g/mol.</param>
public sealed record ExtractedMetal(double Charge, double MolarMass, DistributionLaw Law);

/// <summary>A liquor and an organic as they meet; metals in the cascade's order, mg/L.</summary>
/// <param name="Hydrogen">Total hydrogen of the aqueous, mol/L.</param>
/// <param name="Extractant">Free extractant of the organic, mol/L.</param>
public sealed record CascadeFeed(ImmutableArray<double> Aqueous, double Hydrogen, ImmutableArray<double> Organic, double Extractant);

/// <summary>What the stages hold, stage 1 first, which gets the aqueous feed.</summary>
/// <param name="Aqueous">mg/L of each metal by stage.</param>
/// <param name="Hydrogen">Total hydrogen, mol/L, by stage.</param>
/// <param name="Free">Free hydrogen ion, mol/L, by stage.</param>
/// <param name="Extractant">Free extractant, mol/L, by stage.</param>
public sealed record CascadeState(double[][] Aqueous, double[][] Organic, double[] Hydrogen, double[] Free, double[] Extractant);

/// <summary>
/// Counter-current equilibrium stages of a cation exchanger in sulfate liquor; extraction releases acid, so that every stage has its own
/// pH (prommis/prommis src/prommis/solvent_extraction/solvent_extraction_reaction_package.py). Constant volume flows.
/// </summary>
/// <param name="AqueousFlow">L/h.</param>
/// <param name="OrganicFlow">L/h.</param>
/// <param name="Sulfate">Total sulfate, mol/L.</param>
/// <param name="Dissociation">Of HSO4-, mol/L.</param>
/// <param name="ExtractantMolarMass">g/mol.</param>
/// <param name="ExtractantDensity">g/L of the pure extractant.</param>
public sealed record ExtractionCascade(
    int Stages, double AqueousFlow, double OrganicFlow, double Sulfate, double Dissociation, double ExtractantMolarMass, double ExtractantDensity, ImmutableArray<ExtractedMetal> Metals)
{
    private const double Settled = 1e-12;
    private const int MostRounds = 4000;

    /// <summary>Direct substitution of acid and free extractant, damped when it does not settle.</summary>
    /// <exception cref="NoSolutionException">Acid or extractant used up, or not converged.</exception>
    public CascadeState Solve(CascadeFeed feed)
    {
        if (!(feed.Hydrogen > 0)) throw new NoSolutionException("the aqueous feed carries no acid: its pH is not defined");
        if (!(feed.Extractant > 0)) throw new NoSolutionException("the organic feed carries no extractant");
        string why = "";
        foreach (double damping in (double[])[1, 0.5, 0.2, 0.05])
        {
            if (Substitute(feed, damping, ref why) is { } state) return state;
        }
        throw new NoSolutionException($"the extraction cascade does not converge{why}");
    }

    /// <summary>vol-% of free extractant.</summary>
    public double Dose(double extractant) => 100 * extractant * ExtractantMolarMass / ExtractantDensity;

    private CascadeState? Substitute(CascadeFeed feed, double damping, ref string why)
    {
        double[] hydrogen = [.. Enumerable.Repeat(feed.Hydrogen, Stages)], extractant = [.. Enumerable.Repeat(feed.Extractant, Stages)];
        for (int round = 0; round < MostRounds; round++)
        {
            var state = Distribute(feed, hydrogen, extractant);
            double moved = 0;
            bool limited = false;
            for (int k = 0; k < Stages; k++)
            {
                moved = Math.Max(moved, Move(ref hydrogen[k], state.Hydrogen[k], damping, ref limited));
                moved = Math.Max(moved, Move(ref extractant[k], state.Extractant[k], damping, ref limited));
            }
            if (moved < Settled && !limited) return state;
            why = !limited ? "" : state.Hydrogen.Min() <= 0 ? ": the metals that leave the organic use up the acid" : ": the metals use up the free extractant";
        }
        return null;
    }

    /// <summary>Towards the target, never below a tenth of what was there. Returns the relative move.</summary>
    private static double Move(ref double value, double target, double damping, ref bool limited)
    {
        double next = value + damping * (target - value);
        if (!(next > 0.1 * value))
        {
            limited = true;
            next = 0.1 * value;
        }
        double moved = Math.Abs(next - value) / (damping * value);
        value = next;
        return moved;
    }

    /// <summary>Metals at given acid and extractant, and the acid and extractant that follow from them.</summary>
    private CascadeState Distribute(CascadeFeed feed, double[] hydrogen, double[] extractant)
    {
        double[] free = [.. hydrogen.Select(h => Bisulfate.FreeHydrogen(h, Sulfate, Dissociation))];
        double[] released = new double[Stages], bound = new double[Stages];
        double[][] x = new double[Metals.Length][], y = new double[Metals.Length][];
        for (int i = 0; i < Metals.Length; i++)
        {
            double[] ratio = new double[Stages];
            for (int k = 0; k < Stages; k++) ratio[k] = Metals[i].Law.Ratio(-Math.Log10(free[k]), Dose(extractant[k]));
            x[i] = Counterflow(feed.Aqueous[i], feed.Organic[i], ratio);
            y[i] = [.. x[i].Select((value, k) => value * ratio[k])];
            double perMilligram = Metals[i].Charge / (1000 * Metals[i].MolarMass);
            for (int k = 0; k < Stages; k++)
            {
                released[k] += perMilligram * ((k == 0 ? feed.Aqueous[i] : x[i][k - 1]) - x[i][k]);
                bound[k] += perMilligram * (y[i][k] - (k == Stages - 1 ? feed.Organic[i] : y[i][k + 1]));
            }
        }
        double[] newHydrogen = new double[Stages], newExtractant = new double[Stages];
        for (int k = 0; k < Stages; k++) newHydrogen[k] = (k == 0 ? feed.Hydrogen : newHydrogen[k - 1]) + released[k];
        for (int k = Stages - 1; k >= 0; k--) newExtractant[k] = (k == Stages - 1 ? feed.Extractant : newExtractant[k + 1]) - bound[k];
        return new CascadeState(x, y, newHydrogen, free, newExtractant);
    }

    /// <summary>
    /// Aqueous concentration by stage from the tridiagonal balance Qa x(k-1) + Qo y(k+1) = Qa x(k) + Qo y(k) with y = D x (Thomas algorithm;
    /// diagonally dominant in columns, so no pivoting).
    /// </summary>
    private double[] Counterflow(double aqueous, double organic, double[] ratio)
    {
        double[] upper = new double[Stages], x = new double[Stages];
        for (int k = 0; k < Stages; k++)
        {
            double diagonal = AqueousFlow + OrganicFlow * ratio[k], right = k == 0 ? AqueousFlow * aqueous : 0;
            if (k == Stages - 1) right += OrganicFlow * organic;
            double above = k == Stages - 1 ? 0 : -OrganicFlow * ratio[k + 1];
            double pivot = k == 0 ? diagonal : diagonal + AqueousFlow * upper[k - 1];
            upper[k] = above / pivot;
            x[k] = (right + (k == 0 ? 0 : AqueousFlow * x[k - 1])) / pivot;
        }
        for (int k = Stages - 2; k >= 0; k--) x[k] -= upper[k] * x[k + 1];
        return x;
    }
}
