namespace Crm.Plant.UnitOperations;

/// <summary>Does the temperature go where the loop drives it? Judged over windows in which it stayed well behind its setpoint (SAF-28).</summary>
/// <param name="From">Temperature at the start of the window, degC.</param>
public readonly record struct ThermalWatch(double From, TimeSpan Over)
{
    public static readonly ThermalWatch Fresh = new(double.NaN, TimeSpan.Zero);

    /// <summary>Longer than the dead time of a jacket.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(12);

    /// <summary>K behind the setpoint below which nothing is judged.</summary>
    private const double Behind = 2.5;

    /// <summary>K that must be gained in a window.</summary>
    private const double Gain = 0.5;

    /// <param name="direction">+1 heating, -1 cooling.</param>
    public ThermalWatch Next(double temperature, double setpoint, int direction, TimeSpan elapsed, out bool failed)
    {
        failed = false;
        if (direction * (setpoint - temperature) < Behind) return Fresh;
        if (double.IsNaN(From)) return new(temperature, TimeSpan.Zero);
        TimeSpan over = Over + elapsed;
        if (over < Window) return this with { Over = over };
        failed = direction * (temperature - From) < Gain;
        return new(temperature, TimeSpan.Zero);
    }
}
