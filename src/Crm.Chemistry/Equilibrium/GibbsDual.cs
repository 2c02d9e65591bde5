using Crm.Chemistry.Numerics;

namespace Crm.Chemistry.Equilibrium;

/// <summary>
/// The mole balances at fixed activity coefficients as the gradient of a convex function of the ln activities x: sum of amounts minus
/// totals times x. Its minimum is unique, so that a Newton step that overshoots can always be cut back. A term is a species, or a solid
/// smoothed to exp((ln ion product - ln K) / width).
/// </summary>
internal sealed class GibbsDual(double[][] rows, double[] totals)
{
    private const double LargestChange = 2.3;       // of the ln of an amount that counts, per step: one decade
    private const int MostSteps = 4000;

    private readonly double[] amounts = new double[rows.Length];
    private readonly double[] change = new double[rows.Length];

    /// <summary>Coefficients of each term along the free directions of the subspace that is minimised on.</summary>
    private readonly double[][] along = [.. rows.Select(_ => new double[totals.Length])];

    /// <summary>ln amount of each term at x = 0, before the width.</summary>
    public double[] Constant { get; } = new double[rows.Length];

    /// <summary>1 for species, the smoothing width for solids.</summary>
    public double[] Width { get; } = new double[rows.Length];

    /// <summary>Terms beyond this count are left out: the solids once their set is known.</summary>
    public int Count { get; set; } = rows.Length;

    public ReadOnlySpan<double> Amounts => amounts;

    /// <summary>Totals minus what the terms hold, by component.</summary>
    public double[] Missing()
    {
        double[] missing = [.. totals];
        for (int i = 0; i < Count; i++)
        {
            for (int b = 0; b < missing.Length; b++) missing[b] -= rows[i][b] * amounts[i];
        }
        return missing;
    }

    /// <summary>Size of what is added up in the balance of one component: what rounding is measured against.</summary>
    public double Gross(int component)
    {
        double sum = Math.Abs(totals[component]);
        for (int i = 0; i < Count; i++) sum += Math.Abs(rows[i][component]) * amounts[i];
        return sum;
    }

    /// <summary>Newton on the subspace from <paramref name="x"/>, in place.</summary>
    /// <returns>False when the balances could not be closed to <paramref name="tolerance"/> of their gross size.</returns>
    public bool Minimise(double[] x, Subspace space, double tolerance)
    {
        space.Project(x);
        int k = space.Free.Length;
        Turn(space);
        Evaluate(x);
        double[] best = [.. x];
        double least = double.MaxValue;
        int sinceBest = 0;
        for (int step = 0; step < MostSteps && k > 0; step++)
        {
            double[] gradient = Gradient(space);
            double open = Openness(gradient, space);
            if (open < least) (least, sinceBest, best) = (open, 0, [.. x]);
            else if (++sinceBest > 60 && least < tolerance) break;
            if (open < 1e-15) break;
            double[] direction = Direction(gradient);
            if (!Advance(x, direction, gradient, space, out double moved)) break;
            if (moved < 1e-13)
            {
                open = Openness(Gradient(space), space);
                if (open <= least) (least, best) = (open, [.. x]);
                break;
            }
        }
        if (k == 0) return true;
        best.CopyTo(x, 0);
        Evaluate(x);
        return least < tolerance;
    }

    private void Evaluate(double[] x)
    {
        for (int i = 0; i < Count; i++)
        {
            double exponent = Constant[i];
            for (int b = 0; b < x.Length; b++) exponent += rows[i][b] * x[b];
            amounts[i] = Math.Exp(exponent / Width[i]);
        }
    }

    private double[] Gradient(Subspace space)
    {
        double[] missing = Missing(), gradient = new double[space.Free.Length];
        for (int f = 0; f < gradient.Length; f++)
        {
            for (int b = 0; b < missing.Length; b++) gradient[f] -= space.Map[b, f] * missing[b];
        }
        return gradient;
    }

    private double Openness(double[] gradient, Subspace space)
    {
        double worst = 0;
        for (int f = 0; f < gradient.Length; f++)
        {
            double gross = 0;
            for (int b = 0; b < totals.Length; b++)
            {
                if (space.Map[b, f] != 0) gross += Math.Abs(space.Map[b, f]) * Gross(b);
            }
            worst = Math.Max(worst, Math.Abs(gradient[f]) / Math.Max(gross, 1e-300));
        }
        return double.IsNaN(worst) ? double.MaxValue : worst;
    }

    private double[] Direction(double[] gradient)
    {
        int k = gradient.Length;
        double[,] hessian = new double[k, k];
        for (int i = 0; i < Count; i++)
        {
            if (amounts[i] == 0) continue;
            double weight = amounts[i] / Width[i];
            double[] row = along[i];
            for (int f = 0; f < k; f++)
            {
                if (row[f] == 0) continue;
                for (int g = 0; g < k; g++) hessian[f, g] += weight * row[f] * row[g];
            }
        }
        double[] scale = new double[k], step = new double[k];
        for (int f = 0; f < k; f++) scale[f] = 1 / Math.Sqrt(Math.Max(hessian[f, f], 1e-290));
        for (int f = 0; f < k; f++)
        {
            for (int g = 0; g < k; g++) hessian[f, g] *= scale[f] * scale[g];
            hessian[f, f] += 1e-15;
            step[f] = -gradient[f] * scale[f];
        }
        if (!LinearSystem.Solve(hessian, step)) throw new NoSolutionException("the mole balances do not determine the composition");
        for (int f = 0; f < k; f++) step[f] *= scale[f];
        return step;
    }

    private void Turn(Subspace space)
    {
        for (int i = 0; i < Count; i++)
        {
            for (int f = 0; f < space.Free.Length; f++)
            {
                double sum = 0;
                for (int b = 0; b < totals.Length; b++) sum += rows[i][b] * space.Map[b, f];
                along[i][f] = sum;
            }
        }
    }

    /// <summary>Steps until the slope along the direction has fallen to half, either side of zero.</summary>
    private bool Advance(double[] x, double[] direction, double[] gradient, Subspace space, out double moved)
    {
        moved = 0;
        double slope = Dot(gradient, direction);
        if (!(slope < 0)) return false;
        double largest = 1e-12 * totals.Select(Math.Abs).Append(1e-10).Max(), length = 1;
        for (int i = 0; i < Count; i++)
        {
            double rate = 0;
            for (int f = 0; f < direction.Length; f++) rate += along[i][f] * direction[f];
            change[i] = rate / Width[i];
            bool counts = amounts[i] > largest || change[i] > 0;
            double room = LargestChange + (amounts[i] < largest ? Math.Log(largest / Math.Max(amounts[i], 1e-300)) : 0);
            if (counts && Math.Abs(change[i]) * length > room) length = room / Math.Abs(change[i]);
        }
        double[] start = [.. x];
        double[] full = new double[x.Length];
        for (int b = 0; b < x.Length; b++)
        {
            for (int f = 0; f < direction.Length; f++) full[b] += space.Map[b, f] * direction[f];
        }
        for (int cut = 0; cut < 60; cut++)
        {
            for (int b = 0; b < x.Length; b++) x[b] = start[b] + length * full[b];
            Evaluate(x);
            double now = Dot(Gradient(space), direction);
            if (now <= -0.5 * slope)
            {
                for (int b = 0; b < x.Length; b++) moved = Math.Max(moved, Math.Abs(length * full[b]));
                return true;
            }
            length *= double.IsFinite(now) ? Math.Max(0.1, -slope / (now - slope)) : 0.1;
        }
        start.CopyTo(x, 0);
        Evaluate(x);
        return false;
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
