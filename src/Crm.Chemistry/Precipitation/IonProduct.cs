using Crm.Chemistry.Numerics;

namespace Crm.Chemistry.Precipitation;

/// <summary>Extent of precipitation down to an ion product, ideal.</summary>
public static class IonProduct
{
    /// <summary>x in the product of (amount - count x)^count = product; 0 when it is not exceeded. One unit for all amounts.</summary>
    /// <param name="ions">Amount and count in the formula of each ion.</param>
    public static double Extent(ReadOnlySpan<(double Amount, double Count)> ions, double product)
    {
        double most = double.MaxValue;
        foreach (var (amount, count) in ions) most = Math.Min(most, amount / count);
        if (!(most > 0)) return 0;
        if (product <= 0) return most;
        (double Amount, double Count)[] all = ions.ToArray();
        double target = Math.Log(product);
        if (Log(all, 0) <= target) return 0;
        return Bracket.Root(x => target - Log(all, x), 0, most, "extent of precipitation");
    }

    private static double Log((double Amount, double Count)[] ions, double x)
    {
        double sum = 0;
        foreach (var (amount, count) in ions) sum += count * Math.Log(Math.Max(0, amount - count * x));
        return sum;
    }
}
