using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;

namespace Crm.Twin.Uncertainty;

/// <summary>
/// Which parameters drive a figure: standardised regression of its ranks on theirs (Saltelli et al. 2008, chapter 1). The square of a coefficient is about the share of
/// the figure's scatter that the parameter accounts for. Ranks, because most figures bend but few turn back.
/// </summary>
public static class Drivers
{
    /// <summary>A hundredth of the scatter: nothing anyone acts on.</summary>
    private const double Least = 0.1;

    /// <summary>Keeps the correlation matrix invertible when a figure or parameter repeats another.</summary>
    private const double Ridge = 1e-6;

    /// <param name="parameters">Values by parameter, then by member.</param>
    /// <param name="figure">By member.</param>
    /// <returns>By parameter: coefficient, -1..1; 0 where chance does as much once in a hundred, or when there are too few members to tell.</returns>
    public static double[] Of(IReadOnlyList<double[]> parameters, double[] figure)
    {
        int members = figure.Length, count = parameters.Count, free = members - count - 1;
        double[] none = new double[count];
        if (count == 0 || free < 2 || figure.Distinct().Count() < 2) return none;
        int[] moving = [.. Enumerable.Range(0, count).Where(p => parameters[p].Distinct().Count() > 1)];
        double[][] columns = [.. moving.Select(p => Ranks(parameters[p])), Ranks(figure)];
        Matrix<double> correlation = Correlation.PearsonMatrix(columns);
        int last = moving.Length;
        Matrix<double> inverse = (correlation.SubMatrix(0, last, 0, last) + Ridge * Matrix<double>.Build.DenseIdentity(last)).Inverse();
        Vector<double> with = correlation.Column(last, 0, last), coefficients = inverse * with;
        double unexplained = Math.Max(0, 1 - coefficients * with);
        double chance = StudentT.InvCDF(0, 1, free, 0.995);
        for (int i = 0; i < last; i++)
        {
            double error = Math.Sqrt(unexplained / free * inverse[i, i]);
            if (Math.Abs(coefficients[i]) > Math.Max(Least, chance * error)) none[moving[i]] = Math.Clamp(coefficients[i], -1, 1);
        }

        return none;
    }

    private static double[] Ranks(double[] values) => ArrayStatistics.RanksInplace((double[])values.Clone());
}
