using Crm.Plant.Quantities;
using Crm.Plant.Tags;

namespace Crm.Plant.Alarms;

/// <summary>Deadband and delays of an alarm that names none, by the class of its signal (standards 2.3, ALM-11).</summary>
/// <param name="Deadband">Percent of span.</param>
/// <param name="Delay">On-delay and off-delay.</param>
public readonly record struct SignalDefaults(double Deadband, TimeSpan Delay)
{
    private static readonly SignalDefaults flow = new(5, TimeSpan.FromSeconds(15));
    private static readonly SignalDefaults level = new(5, TimeSpan.FromSeconds(60));
    private static readonly SignalDefaults pressure = new(2, TimeSpan.FromSeconds(15));
    private static readonly SignalDefaults temperature = new(1, TimeSpan.FromSeconds(60));
    private static readonly SignalDefaults analysis = new(2, TimeSpan.FromSeconds(30));

    /// <summary>Null where the table has no row: gas detectors, scales, speeds, currents, switches. Their alarms say it themselves.</summary>
    public static SignalDefaults? Of(TagDefinition tag)
    {
        if (Units.Find(tag.Unit) is not { } unit) return null;
        if (Is(unit, "degC")) return temperature;
        if (Is(unit, "bar")) return pressure;
        if (Is(unit, "L/h") || Is(unit, "kg/h")) return flow;
        if (Is(unit, "pH") || Is(unit, "mV") || Is(unit, "mS/cm")) return analysis;
        return Is(unit, "L") && tag.Name.EndsWith(".level", StringComparison.Ordinal) ? level : null;
    }

    /// <summary>Deadband in the tag's own unit.</summary>
    public double DeadbandOf(TagDefinition tag) => Deadband / 100 * (tag.High - tag.Low);

    private static bool Is(Unit unit, string symbol) => unit.Dimension == Units.Of(symbol).Dimension;
}
