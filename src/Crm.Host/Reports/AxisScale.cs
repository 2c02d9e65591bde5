namespace Crm.Host.Reports;

/// <summary>Round ticks over a range.</summary>
internal sealed record AxisScale(double Low, double High, double Step)
{
    public static AxisScale Over(double low, double high, int about)
    {
        if (!(high > low)) (low, high) = (low - 0.5, low + 0.5);
        double rough = (high - low) / Math.Max(1, about), magnitude = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = magnitude * (rough / magnitude) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        return new(Math.Floor(low / step) * step, Math.Ceiling(high / step) * step, step);
    }

    /// <summary>Hours of a run: steps people count in.</summary>
    public static AxisScale Hours(double end, int about)
    {
        double[] steps = [1.0 / 12, 0.25, 0.5, 1, 2, 3, 4, 6, 12, 24, 48, 96];
        double step = Array.Find(steps, s => end / s <= about);
        return new(0, Math.Max(end, 1e-3), step > 0 ? step : 168);
    }

    public int Decimals => Math.Clamp(-(int)Math.Floor(Math.Log10(Step) + 1e-9), 0, 6);

    public IEnumerable<double> Ticks()
    {
        for (int i = 0; Low + (i * Step) <= High + (Step * 1e-6); i++) yield return Low + (i * Step);
    }

    public static string HourLabel(double hours) => Figures.Clock(TimeSpan.FromMinutes(Math.Round(hours * 60)));
}
