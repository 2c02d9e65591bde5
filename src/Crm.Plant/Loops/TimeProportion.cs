namespace Crm.Plant.Loops;

/// <summary>How a relay gives a share of its power by time (PID-14).</summary>
/// <param name="Cycle">One on and one off, s.</param>
/// <param name="LeastOn">Shorter pulses are saved up, s.</param>
/// <param name="LeastOff">Shorter gaps are saved up, s.</param>
public readonly record struct RelayCycle(double Cycle, double LeastOn, double LeastOff);

/// <summary>What a time-proportioned relay remembers.</summary>
public struct RelayPulse
{
    /// <summary>s since the cycle began; below 0 before the first.</summary>
    public double At;

    /// <summary>s of on-time of this cycle.</summary>
    public double OnFor;

    /// <summary>On-time asked and not yet given, s: may be below zero.</summary>
    public double Owed;
    public bool IsRunning;
    public bool IsOn;
}

/// <summary>Switches a relay so that its share of on-time is the share asked, exactly on average: what one cycle cannot give the next does.</summary>
public static class TimeProportion
{
    /// <param name="share">0 to 1.</param>
    /// <param name="seconds">Time since the scan before.</param>
    /// <returns>True when the relay is on in this scan.</returns>
    public static bool Next(in RelayCycle rule, ref RelayPulse pulse, double share, double seconds)
    {
        share = share > 0 ? Math.Min(share, 1) : 0;
        if (pulse.IsRunning)
        {
            pulse.At += seconds;
            if (pulse.IsOn) pulse.Owed -= seconds;
        }

        pulse.Owed += share * seconds;
        if (!pulse.IsRunning || pulse.At >= rule.Cycle - seconds / 2) Begin(rule, ref pulse, share);
        pulse.IsOn = pulse.At < pulse.OnFor - seconds / 2;
        return pulse.IsOn;
    }

    /// <summary>Nobody asks: off, nothing saved up.</summary>
    public static void Rest(ref RelayPulse pulse) => pulse = default;

    private static void Begin(in RelayCycle rule, ref RelayPulse pulse, double share)
    {
        pulse.At = 0;
        pulse.IsRunning = true;
        double on = Math.Clamp(share * rule.Cycle + pulse.Owed, 0, rule.Cycle);
        if (on < rule.LeastOn) on = 0;
        else if (rule.Cycle - on < rule.LeastOff) on = rule.Cycle;
        pulse.OnFor = on;
    }
}
