using Crm.Chemistry.Numerics;

namespace Crm.Chemistry.Equilibrium;

/// <summary>
/// The ln activities that keep a set of solids exactly saturated, x = Offset + Z y: some coordinates follow from the others. A held
/// proton is a coordinate that does not move.
/// </summary>
internal sealed class Subspace
{
    private readonly double[][] rows;       // one per solid: coefficients by coordinate, full length
    private readonly int[] pivots;          // the coordinate each solid determines

    private Subspace(double[][] rows, int[] pivots, int[] free, double[] offset, double[,] map)
    {
        this.rows = rows;
        this.pivots = pivots;
        Free = free;
        Offset = offset;
        Map = map;
    }

    /// <summary>Coordinates that may be chosen.</summary>
    public int[] Free { get; }

    public double[] Offset { get; }

    /// <summary>Z: coordinates by free coordinates.</summary>
    public double[,] Map { get; }

    /// <summary>Gauss-Jordan on the saturation conditions. Null when one of them depends on the others (or on nothing that may move).</summary>
    /// <param name="held">ln activity that is fixed, by coordinate; NaN where free.</param>
    /// <param name="scale">Amount of each component: a solid determines its scarcest one, so that its amount keeps its digits.</param>
    public static Subspace? Of(IReadOnlyList<double[]> solids, IReadOnlyList<double> products, double[] held, double[] scale)
    {
        int n = held.Length;
        double[][] work = [.. solids.Select(s => (double[])s.Clone())];
        double[] right = [.. products];
        for (int s = 0; s < work.Length; s++)
        {
            for (int b = 0; b < n; b++)
            {
                if (double.IsNaN(held[b])) continue;
                right[s] -= work[s][b] * held[b];
                work[s][b] = 0;
            }
        }
        int[] pivots = new int[work.Length];
        for (int s = 0; s < work.Length; s++)
        {
            int pivot = Scarcest(work[s], scale);
            if (Math.Abs(work[s][pivot]) < 1e-9) return null;
            pivots[s] = pivot;
            double divisor = work[s][pivot];
            for (int b = 0; b < n; b++) work[s][b] /= divisor;
            right[s] /= divisor;
            for (int other = 0; other < work.Length; other++) Eliminate(work, right, s, other, pivot);
        }
        return Build(solids, held, work, right, pivots);
    }

    /// <summary>Full coordinates from the free ones of <paramref name="x"/>, in place.</summary>
    public void Project(double[] x)
    {
        double[] y = [.. Free.Select(f => x[f])];
        for (int b = 0; b < x.Length; b++)
        {
            double sum = Offset[b];
            for (int f = 0; f < y.Length; f++) sum += Map[b, f] * y[f];
            x[b] = sum;
        }
    }

    /// <summary>Amounts of the solids that take up <paramref name="missing"/> of each component.</summary>
    public double[] Amounts(double[] missing)
    {
        int count = pivots.Length;
        double[,] a = new double[count, count];
        double[] amounts = new double[count];
        for (int i = 0; i < count; i++)
        {
            for (int s = 0; s < count; s++) a[i, s] = rows[s][pivots[i]];
            amounts[i] = missing[pivots[i]];
        }
        return LinearSystem.Solve(a, amounts) ? amounts : throw new NoSolutionException("the amounts of the solids are not determined");
    }

    /// <summary>A solid's coefficients as a combination of the set's, on the coordinates that may move.</summary>
    public double[] Combination(double[] solid) => Amounts(solid);

    private static Subspace Build(IReadOnlyList<double[]> solids, double[] held, double[][] work, double[] right, int[] pivots)
    {
        int n = held.Length;
        int[] free = [.. Enumerable.Range(0, n).Where(b => double.IsNaN(held[b]) && Array.IndexOf(pivots, b) < 0)];
        double[] offset = new double[n];
        double[,] map = new double[n, free.Length];
        for (int b = 0; b < n; b++) offset[b] = double.IsNaN(held[b]) ? 0 : held[b];
        for (int f = 0; f < free.Length; f++) map[free[f], f] = 1;
        for (int s = 0; s < pivots.Length; s++)
        {
            offset[pivots[s]] = right[s];
            for (int f = 0; f < free.Length; f++) map[pivots[s], f] = -work[s][free[f]];
        }
        return new Subspace([.. solids], pivots, free, offset, map);
    }

    private static void Eliminate(double[][] work, double[] right, int from, int other, int pivot)
    {
        if (other == from || work[other][pivot] == 0) return;
        double factor = work[other][pivot];
        for (int b = 0; b < work[other].Length; b++) work[other][b] -= factor * work[from][b];
        work[other][pivot] = 0;
        right[other] -= factor * right[from];
    }

    private static int Scarcest(double[] row, double[] scale)
    {
        int best = 0;
        double most = 0;
        for (int b = 0; b < row.Length; b++)
        {
            double weight = Math.Abs(row[b]) < 1e-9 ? 0 : Math.Abs(row[b]) / scale[b];
            if (weight > most) (best, most) = (b, weight);
        }
        return best;
    }
}
