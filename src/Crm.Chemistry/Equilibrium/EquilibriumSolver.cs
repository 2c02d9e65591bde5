using System.Collections.Immutable;
using Crm.Chemistry.Numerics;

namespace Crm.Chemistry.Equilibrium;

/// <summary>
/// Equilibrium of a liquor with its solids. At fixed activity coefficients the balances have one solution (<see cref="GibbsDual"/>); solids
/// are first smoothed to guess which are there, then taken exactly, one in or out at a time until none is negative and none oversaturated.
/// The ionic strength is a root search around that. What is not solved to 1e-9 is an error.
/// </summary>
public sealed class EquilibriumSolver
{
    private const double Closed = 1e-9;             // of the gross size of a balance
    private const double Oversaturated = 1e-9;      // ln of ion product over solubility product
    private const double NegativeShare = 1e-10;     // of the largest amount a solid could have: taken as none of it
    private const double Ln10 = 2.302585092994046;

    private readonly AqueousSystem system;
    private readonly double[] totals, held, products, scale;
    private readonly double[][] rows, solidRows;
    private readonly GibbsDual dual;
    private readonly int species;
    private double[] x;
    private List<int> present = [];
    private double[] amounts = [];
    private bool guessed;

    private EquilibriumSolver(AqueousSystem system, ReadOnlySpan<double> totals, double? heldPh)
    {
        this.system = system;
        this.totals = totals.ToArray();
        species = system.Species.Length;
        solidRows = [.. system.Solids.Select(s => s.Formation.ToArray())];
        products = [.. system.Solids.Select(s => s.Log10Ksp * Ln10)];
        rows = [.. system.Species.Select(s => s.Formation.ToArray()), .. solidRows];
        held = [.. system.Basis.Select(_ => double.NaN)];
        if (heldPh is { } ph) held[system.Proton] = -ph * Ln10;
        dual = new GibbsDual(rows, this.totals);
        scale = [.. this.totals.Select((t, b) => b == system.Proton ? 1e-7 + this.totals.Sum(Math.Abs) : t)];
        x = [.. this.totals.Select((t, b) => b == system.Proton ? -7 * Ln10 : Math.Log(t))];
    }

    /// <param name="totals">mol/kg of each basis species in all forms, solids included; the proton's may be zero or negative.</param>
    /// <param name="heldPh">Holds the activity of H+ and drops the proton balance.</param>
    /// <exception cref="NoSolutionException">A component without an amount, contradictory solids, or not converged.</exception>
    public static EquilibriumState Solve(AqueousSystem system, ReadOnlySpan<double> totals, double? heldPh = null)
    {
        for (int b = 0; b < totals.Length; b++)
        {
            if (b != system.Proton && !(totals[b] > 0)) throw new NoSolutionException($"{system.Basis[b]} has a total of {totals[b]:G6} mol/kg: a basis species other than H+ needs one above 0");
        }
        EquilibriumSolver solver = new(system, totals, heldPh);
        if (system.Activity == ActivityModel.Ideal) solver.SolveAt(0);
        else solver.FindIonicStrength();
        return solver.State();
    }

    /// <summary>Climbs from infinite dilution until the guess overtakes the outcome, then closes the bracket.</summary>
    private void FindIonicStrength()
    {
        double low = 0, atLow = SolveAt(0), reach = 1;
        double high = 0, atHigh = double.NaN;
        for (int i = 0; i < 200; i++)
        {
            if (atLow <= 1e-13 * Math.Max(low, 1e-9)) return;
            double next = low + reach * atLow;
            if (next > 1e4) break;
            double excess = SolveAt(next);
            if (excess <= 0)
            {
                (high, atHigh) = (next, excess);
                break;
            }
            reach = excess < 0.5 * atLow ? 1 : Math.Min(reach * 1.7, 50);
            (low, atLow) = (next, excess);
        }
        if (double.IsNaN(atHigh)) throw new NoSolutionException("no ionic strength is consistent with the Davies coefficients it gives: far outside the model's range");
        Close(low, atLow, high, atHigh);
    }

    private void Close(double low, double atLow, double high, double atHigh)
    {
        if (atHigh == 0) return;
        int side = 0;
        for (int i = 0; i < 300; i++)
        {
            double next = i % 4 == 3 ? 0.5 * (low + high) : (low * atHigh - high * atLow) / (atHigh - atLow);
            if (!(next > low && next < high)) next = 0.5 * (low + high);
            if (!(next > low && next < high)) return;
            double excess = SolveAt(next);
            if (Math.Abs(excess) <= 1e-12 * Math.Max(next, 1e-9)) return;
            if (excess > 0)
            {
                (low, atLow) = (next, excess);
                if (side == 1) atHigh *= 0.5;
                side = 1;
            }
            else
            {
                (high, atHigh) = (next, excess);
                if (side == -1) atLow *= 0.5;
                side = -1;
            }
            if (high - low <= 1e-14 * high)
            {
                if (Math.Abs(excess) > Closed * Math.Max(next, 1e-9)) throw new NoSolutionException("the ionic strength does not settle");
                return;
            }
        }
        throw new NoSolutionException("the ionic strength does not settle");
    }

    /// <summary>Equilibrium with the coefficients of one ionic strength. Returns by how much the outcome's ionic strength exceeds it.</summary>
    private double SolveAt(double ionic)
    {
        double log = system.Activity == ActivityModel.Ideal ? 0 : Activity.DaviesLog10(ionic) * Ln10;
        for (int i = 0; i < species; i++)
        {
            var s = system.Species[i];
            dual.Constant[i] = s.Log10K * Ln10 - log * s.Charge * s.Charge;
            dual.Width[i] = 1;
        }
        if (!guessed) GuessSolids();
        if (!SettleSolids())
        {
            GuessSolids();
            if (!SettleSolids()) throw new NoSolutionException("no set of solids satisfies both saturation and balance: not converged");
        }
        return IonicStrength() - ionic;
    }

    /// <summary>Solids as steep species, steeper by steps: smooth, so that Newton finds the neighbourhood of the answer from anywhere.</summary>
    private void GuessSolids()
    {
        guessed = true;
        dual.Count = rows.Length;
        var all = Subspace.Of([], [], held, scale)!;
        for (double width = 1; width > 2e-4; width *= 0.3)
        {
            for (int s = 0; s < products.Length; s++)
            {
                dual.Constant[species + s] = -products[s];
                dual.Width[species + s] = width;
            }
            dual.Minimise(x, all, 1e-6);
            if (products.Length == 0) break;
        }
        present = [];
        for (int s = 0; s < products.Length; s++)
        {
            double amount = dual.Amounts[species + s];
            if (!(amount > 1e-9 * Scale(s))) continue;
            present.Add(s);
            if (Space() is null) present.RemoveAt(present.Count - 1);
        }
    }

    private bool SettleSolids()
    {
        dual.Count = species;
        for (int round = 0; round < 60 + 8 * products.Length; round++)
        {
            var space = Space();
            if (space is null) return false;
            if (!dual.Minimise(x, space, Closed)) return false;
            amounts = space.Amounts(dual.Missing());
            if (DropNegative()) continue;
            int worst = MostOversaturated();
            if (worst < 0) return true;
            if (!Admit(worst, space)) throw new NoSolutionException($"nothing dissolved can keep {system.Solids[worst].Name} from being oversaturated");
        }
        return false;
    }

    private Subspace? Space() => Subspace.Of([.. present.Select(s => solidRows[s])], [.. present.Select(s => products[s])], held, scale);

    private bool DropNegative()
    {
        int worst = -1;
        double most = 0;
        for (int i = 0; i < present.Count; i++)
        {
            double relative = amounts[i] / Scale(present[i]);
            if (relative < -NegativeShare && relative < most) (worst, most) = (i, relative);
        }
        if (worst < 0) return false;
        present.RemoveAt(worst);
        return true;
    }

    private int MostOversaturated()
    {
        int worst = -1;
        double most = Oversaturated;
        for (int s = 0; s < products.Length; s++)
        {
            if (present.Contains(s)) continue;
            double index = -products[s];
            for (int b = 0; b < x.Length; b++) index += solidRows[s][b] * x[b];
            if (index > most) (worst, most) = (s, index);
        }
        return worst;
    }

    /// <summary>Adds a solid; where its saturation depends on that of others, the one it uses up first makes room.</summary>
    private bool Admit(int solid, Subspace space)
    {
        present.Add(solid);
        if (Space() is not null) return true;
        present.RemoveAt(present.Count - 1);
        if (present.Count == 0) return false;
        double[] combination = space.Combination(solidRows[solid]);
        int leaving = -1;
        double least = double.MaxValue;
        for (int i = 0; i < present.Count; i++)
        {
            double ratio = combination[i] > 1e-9 ? Math.Max(0, amounts[i]) / combination[i] : double.MaxValue;
            if (ratio < least) (leaving, least) = (i, ratio);
        }
        if (leaving < 0) return false;
        present[leaving] = solid;
        return Space() is not null;
    }

    /// <summary>Largest amount of a solid that there could be: all of its scarcest component. Measured by a plentiful one, a negative amount that is a part of a trace passes for rounding.</summary>
    private double Scale(int solid)
    {
        double scale = double.MaxValue;
        for (int b = 0; b < totals.Length; b++)
        {
            if (solidRows[solid][b] != 0 && double.IsNaN(held[b])) scale = Math.Min(scale, dual.Gross(b) / Math.Abs(solidRows[solid][b]));
        }
        return Math.Max(scale, 1e-300);
    }

    private double IonicStrength()
    {
        double sum = 0;
        for (int i = 0; i < species; i++) sum += system.Species[i].Charge * system.Species[i].Charge * dual.Amounts[i];
        return 0.5 * sum;
    }

    private EquilibriumState State()
    {
        double[] solid = new double[products.Length], dissolved = new double[x.Length];
        for (int i = 0; i < present.Count; i++) solid[present[i]] = Math.Max(0, amounts[i]);
        for (int i = 0; i < species; i++)
        {
            for (int b = 0; b < x.Length; b++) dissolved[b] += rows[i][b] * dual.Amounts[i];
        }
        return new EquilibriumState(
            [.. x.Select(v => v / Ln10)], [.. dual.Amounts[..species]], [.. solid], [.. dissolved], IonicStrength(), -x[system.Proton] / Ln10);
    }
}
