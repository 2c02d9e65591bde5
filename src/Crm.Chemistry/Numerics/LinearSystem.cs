namespace Crm.Chemistry.Numerics;

/// <summary>Small dense linear systems.</summary>
public static class LinearSystem
{
    /// <summary>Gaussian elimination with scaled partial pivoting. Both arguments are overwritten; the answer is in <paramref name="b"/>.</summary>
    /// <returns>False when the matrix is singular to working precision.</returns>
    public static bool Solve(double[,] a, double[] b)
    {
        int n = b.Length;
        for (int column = 0; column < n; column++)
        {
            int pivot = Pivot(a, column, n);
            double size = Math.Abs(a[pivot, column]);
            if (!(size > 0) || !double.IsFinite(size)) return false;
            if (pivot != column) Swap(a, b, pivot, column, n);
            for (int row = column + 1; row < n; row++)
            {
                double factor = a[row, column] / a[column, column];
                if (factor == 0) continue;
                for (int k = column; k < n; k++) a[row, k] -= factor * a[column, k];
                b[row] -= factor * b[column];
            }
        }
        for (int row = n - 1; row >= 0; row--)
        {
            double sum = b[row];
            for (int k = row + 1; k < n; k++) sum -= a[row, k] * b[k];
            b[row] = sum / a[row, row];
        }
        return true;
    }

    private static int Pivot(double[,] a, int column, int n)
    {
        int best = column;
        double largest = -1;
        for (int row = column; row < n; row++)
        {
            double scale = 0;
            for (int k = column; k < n; k++) scale = Math.Max(scale, Math.Abs(a[row, k]));
            double relative = scale > 0 ? Math.Abs(a[row, column]) / scale : 0;
            if (relative > largest) (best, largest) = (row, relative);
        }
        return best;
    }

    private static void Swap(double[,] a, double[] b, int one, int other, int n)
    {
        for (int k = 0; k < n; k++) (a[one, k], a[other, k]) = (a[other, k], a[one, k]);
        (b[one], b[other]) = (b[other], b[one]);
    }
}
