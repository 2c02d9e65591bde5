using Crm.Chemistry.Numerics;

namespace Crm.Twin.Dynamics;

/// <summary>
/// The twin's integrator for coupled balances dy/dt = f(y): RODAS3 (Sandu et al., Atmos. Environ. 31 (1997) 3459), four stages, order 3
/// with an embedded order 2, stiffly accurate and L-stable, so that a fast tank in a slow plant costs nothing. Jacobian by differences.
/// </summary>
public sealed class Rosenbrock(Action<double[], double[]> slope, double relative = 1e-8, double absolute = 1e-12)
{
    private const int MostSteps = 2_000_000;
    private const double Gamma = 0.5;

    private static readonly double[][] A = [[], [0], [2, 0], [2, 0, 1]];
    private static readonly double[][] C = [[], [4], [1, -1], [1, -1, -8.0 / 3]];
    private static readonly double[] M = [2, 0, 1, 1];

    /// <summary>Advances <paramref name="y"/> by <paramref name="duration"/> seconds (or whatever the slope counts in), in place.</summary>
    /// <exception cref="NoSolutionException">The slope is not finite, or the step size collapses.</exception>
    public void Advance(double[] y, double duration)
    {
        int n = y.Length;
        double t = 0, h = duration / 100;
        double[,] jacobian = new double[n, n];
        double[] f = new double[n], next = new double[n];
        double[][] k = [new double[n], new double[n], new double[n], new double[n]];
        for (int step = 0; t < duration; step++)
        {
            if (step > MostSteps || !(h > 1e-14 * duration)) throw new NoSolutionException("the integration does not advance: step size too small");
            h = Math.Min(h, duration - t);
            slope(y, f);
            Jacobian(y, f, jacobian);
            double error = Step(y, f, jacobian, h, k, next);
            if (error <= 1)
            {
                t = h >= duration - t ? duration : t + h;
                next.CopyTo(y, 0);
            }
            h *= double.IsFinite(error) ? Math.Clamp(0.9 * Math.Pow(Math.Max(error, 1e-12), -1.0 / 3), 0.2, 5) : 0.1;
        }
    }

    /// <summary>One step into <paramref name="next"/>. Returns the error over the tolerance.</summary>
    private double Step(double[] y, double[] f, double[,] jacobian, double h, double[][] k, double[] next)
    {
        int n = y.Length;
        double[] stage = new double[n], at = (double[])f.Clone();
        for (int s = 0; s < 4; s++)
        {
            if (s >= 2)         // stages 1 and 2 share the slope at the start
            {
                for (int i = 0; i < n; i++)
                {
                    stage[i] = y[i];
                    for (int j = 0; j < s; j++) stage[i] += A[s][j] * k[j][i];
                }
                slope(stage, at);
            }
            for (int i = 0; i < n; i++)
            {
                k[s][i] = at[i];
                for (int j = 0; j < s; j++) k[s][i] += C[s][j] / h * k[j][i];
            }
            double[,] matrix = new double[n, n];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++) matrix[i, j] = -jacobian[i, j];
                matrix[i, i] += 1 / (h * Gamma);
            }
            if (!LinearSystem.Solve(matrix, k[s])) return double.NaN;
        }
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            next[i] = y[i];
            for (int s = 0; s < 4; s++) next[i] += M[s] * k[s][i];
            double scale = absolute + relative * Math.Max(Math.Abs(y[i]), Math.Abs(next[i]));
            sum += k[3][i] / scale * (k[3][i] / scale);
        }
        return Math.Sqrt(sum / Math.Max(n, 1));
    }

    private void Jacobian(double[] y, double[] f, double[,] jacobian)
    {
        double[] moved = (double[])y.Clone(), there = new double[y.Length];
        for (int j = 0; j < y.Length; j++)
        {
            double d = 1e-6 * Math.Max(Math.Abs(y[j]), 0.1);
            moved[j] = y[j] + d;
            slope(moved, there);
            for (int i = 0; i < y.Length; i++) jacobian[i, j] = (there[i] - f[i]) / d;
            moved[j] = y[j];
        }
    }
}
