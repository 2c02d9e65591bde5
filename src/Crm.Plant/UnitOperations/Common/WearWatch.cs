namespace Crm.Plant.UnitOperations;

/// <summary>
/// Looks at a dosing pump by what its drum scale lost over a mass that the scale can weigh well: a pump that gives less than its share of
/// what it was told is worn, and is named before it has doubled the time of its dose; one that gives more delivers too much.
/// </summary>
/// <param name="From">Scale when the look began, kg; NaN before.</param>
/// <param name="Commanded">kg the pump was told since.</param>
public readonly record struct WearWatch(double From, double Commanded, TimeSpan Time)
{
    public static readonly WearWatch Fresh = new(double.NaN, 0, TimeSpan.Zero);

    /// <summary>Share of what it was told that a sound pump gives at least; as of a metered flow.</summary>
    private const double WeakShare = 0.7;

    /// <summary>Share of what it was told that a sound pump gives at most.</summary>
    private const double MostShare = 1.4;

    /// <summary>Standard uncertainties of the scale that are judged at least.</summary>
    private const double LeastUncertainties = 20;

    private static readonly TimeSpan LeastTime = TimeSpan.FromMinutes(4);

    /// <param name="scale">Smoothed, kg.</param>
    /// <param name="commanded">kg the pump was told in this scan.</param>
    /// <param name="uncertainty">Standard uncertainty of the scale, kg.</param>
    public WearWatch Next(double scale, double commanded, TimeSpan elapsed, double uncertainty, string reagent, out string? fault)
    {
        fault = null;
        if (double.IsNaN(From)) return new(scale, commanded, TimeSpan.Zero);
        WearWatch next = new(From, Commanded + commanded, commanded > 0 ? Time + elapsed : Time);
        if (next.Time < LeastTime || next.Commanded < Math.Max(LeastUncertainties * uncertainty, 0.1)) return next;
        double gone = From - scale;
        string figures = $"{reagent} pump or line: {gone.F()} kg gone in {next.Time.TotalMinutes.F("0")} min of pumping, {next.Commanded.F()} kg expected";
        if (gone < WeakShare * next.Commanded) fault = figures + ": pump worn";
        if (gone > MostShare * next.Commanded) fault = figures + ": it delivers too much, pump or valve stuck open or siphoning";
        return new(scale, 0, TimeSpan.Zero);
    }
}
