namespace Crm.Plant.Outputs;

/// <summary>The rules every value passes on its way out.</summary>
internal static class OutputRules
{
    /// <summary>The value of an output of which nothing is known yet: its trip value, else its fail value, else the end of its span nearest to 0.</summary>
    public static double Safest(OutputDefinition output)
    {
        if (!output.Trip.Keep) return Legal(output, output.Trip.Value, 0);
        return Legal(output, output.Fail.Value.Keep ? 0 : output.Fail.Value.Value, 0);
    }

    /// <summary>Inside the span, 0 or 1 for a switch, never NaN (PID-11).</summary>
    /// <param name="otherwise">Taken when <paramref name="value"/> is not a number.</param>
    public static double Legal(OutputDefinition output, double value, double otherwise)
    {
        if (double.IsNaN(value)) value = otherwise;
        if (output.IsSwitch) return value >= 0.5 ? 1 : 0;
        return value < output.Low ? output.Low : value > output.High ? output.High : value;
    }

    /// <summary>Limits a normal move to the output's rate.</summary>
    /// <param name="seconds">Time since the scan before.</param>
    public static double Slowed(OutputDefinition output, double last, double wanted, double seconds)
    {
        return output.RatePerSecond is { } rate ? Ramped(output, last, wanted, rate * seconds) : wanted;
    }

    /// <param name="most">Largest move of one scan.</param>
    public static double Ramped(OutputDefinition output, double last, double wanted, double most)
    {
        if (output.IsSwitch) return wanted;
        return wanted > last + most ? last + most : wanted < last - most ? last - most : wanted;
    }
}
