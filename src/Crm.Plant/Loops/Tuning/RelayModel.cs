namespace Crm.Plant.Loops.Tuning;

/// <summary>
/// A process model from two relay tests on one loop, the second with a hysteresis as wide as the first one's swing, so that it runs
/// slower: two points of the frequency response tell an integrating process with a lag from a self-regulating one.
/// </summary>
public static class RelayModel
{
    /// <summary>The second test's hysteresis in amplitudes of the first.</summary>
    public const double SecondHysteresis = 1;

    /// <summary>Delay of a model that shows none, in radians of the faster test: something always limits the gain.</summary>
    private const double LeastDelay = 0.05;

    /// <returns>The model, or why there is none.</returns>
    public static (PlantModel? Model, string WhyNot) Identify(in RelayMemory fast, in RelayMemory slow, int direction)
    {
        (double w1, double m1, double p1) = Point(fast, direction);
        (double w2, double m2, _) = Point(slow, direction);
        if (!(w1 > 1.1 * w2)) return (null, "the second test did not run slower than the first");
        double ratio = Square(m1 * w1 / (m2 * w2));
        return ratio < 1 ? WithLag(w1, m1, p1, w2, ratio, direction) : SelfRegulating(w1, m1, p1, w2, m2, direction);
    }

    /// <summary>Integrator and delay through one point: the coarsest model, for a loop that had the first test only.</summary>
    public static PlantModel Single(in RelayMemory test, int direction)
    {
        (double w, double m, double phase) = Point(test, direction);
        return Single(w, m, phase, direction);
    }

    // The phase of the process without its sign.
    private static (double Frequency, double Magnitude, double Phase) Point(in RelayMemory test, int direction)
    {
        (double w, double m, double phase) = RelayTest.Point(test);
        if (direction > 0) return (w, m, phase);
        phase += Math.PI;
        return (w, m, phase > 0 ? phase - 2 * Math.PI : phase);
    }

    // |G| w = k/√(1 + τ²w²) at both frequencies.
    private static (PlantModel?, string) WithLag(double w1, double m1, double p1, double w2, double ratio, int direction)
    {
        double below = ratio * w1 * w1 - w2 * w2;
        // A magnitude that falls faster than with one lag: the lag is far slower than the test, all of it is lag.
        double most = Math.Tan(Math.Max(0.01, -p1 - Math.PI / 2 - 0.02)) / w1;
        double lag = below > 0 ? Math.Min(Math.Sqrt((1 - ratio) / below), most) : most;
        double gain = m1 * w1 * Math.Sqrt(1 + Square(lag * w1));
        double delay = (-p1 - Math.PI / 2 - Math.Atan(lag * w1)) / w1;
        return (PlantModel.Integrating(direction * gain, Math.Max(delay, LeastDelay / w1), lag), "");
    }

    // |G| = K/√(1 + T²w²) at both frequencies.
    private static (PlantModel?, string) SelfRegulating(double w1, double m1, double p1, double w2, double m2, int direction)
    {
        double ratio = Square(m1 / m2);
        double below = ratio * w1 * w1 - w2 * w2;
        if (below <= 0 || ratio >= 1) return (Single(w1, m1, p1, direction), "");
        double lag = Math.Sqrt((1 - ratio) / below);
        double gain = m1 * Math.Sqrt(1 + Square(lag * w1));
        double delay = (-p1 - Math.Atan(lag * w1)) / w1;
        return (PlantModel.FirstOrder(direction * gain, lag, Math.Max(delay, LeastDelay / w1)), "");
    }

    private static PlantModel Single(double w, double m, double phase, int direction) =>
        PlantModel.Integrating(direction * m * w, Math.Max(LeastDelay, -phase - Math.PI / 2) / w);

    private static double Square(double x) => x * x;
}
