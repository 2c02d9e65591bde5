namespace Crm.Chemistry.Numerics;

/// <summary>Root of a rising function between two bounds.</summary>
public static class Bracket
{
    private const int MostSteps = 2200;     // halving the whole range of double down to its smallest gap takes fewer

    /// <summary>Bisection to the last bit: slow, but it cannot return anything but the root.</summary>
    /// <param name="rising">Not above zero at <paramref name="low"/>, not below zero at <paramref name="high"/>.</param>
    /// <param name="what">What is sought, for the message when there is no root.</param>
    /// <exception cref="NoSolutionException">No change of sign, or a value that is not a number.</exception>
    public static double Root(Func<double, double> rising, double low, double high, string what)
    {
        double atLow = rising(low), atHigh = rising(high);
        if (!(atLow <= 0 && atHigh >= 0)) throw new NoSolutionException($"{what}: no solution between {low:G6} and {high:G6}");
        if (atLow == 0) return low;
        for (int i = 0; i < MostSteps; i++)
        {
            double middle = 0.5 * (low + high);
            if (middle <= low || middle >= high) return middle;
            double value = rising(middle);
            if (double.IsNaN(value)) throw new NoSolutionException($"{what}: the equation has no value at {middle:G6}");
            if (value == 0) return middle;
            if (value < 0) low = middle;
            else high = middle;
        }
        throw new NoSolutionException($"{what}: not converged");
    }
}
