using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Plant.Twins;

namespace Crm.Twin.Sensors;

public enum SensorFault : byte
{
    None,
    Frozen,
    Dead,
}

/// <summary>The fixed properties of one simulated instrument.</summary>
/// <param name="Source">Unit index of the true value; -1 for a drum scale, <see cref="FromPin"/> for the device behind an output.</param>
/// <param name="Slot">Value slot of the unit, drum index, or output ordinal.</param>
internal sealed record SensorModel(int Tag, int Source, int Slot, double Low, double High, double Lag, double Noise, double Resolution)
{
    public const int FromPin = -2;

    /// <summary>Beyond these the instrument says that it is out of its range; a little is left to noise.</summary>
    public double Under { get; } = Low - 0.02 * (High - Low);

    public double Over { get; } = High + 0.02 * (High - Low);

    /// <summary>s, by role, within the ranges of instrument makers (glass electrode 5 to 30, platinum 10 to 60, well of a Pt100 10 to 30) [G].</summary>
    private static readonly SortedDictionary<string, double> Lags = new(StringComparer.Ordinal)
    {
        ["temperature"] = 8,
        ["jacket_temperature"] = 5,
        ["ph"] = 10,
        ["orp"] = 20,
        ["conductivity"] = 3,
        ["density"] = 5,
        ["pressure"] = 1,
        ["hydrogen"] = 10,
        ["hf"] = 20,
        ["oxygen"] = 10,
        ["vent_flow"] = 3,
        ["filtrate_flow"] = 3,
        ["wash_flow"] = 3,
        ["condensate_flow"] = 5,
        ["level"] = 2,
    };

    public static SensorModel Of(TagDefinition tag, SensorDefinition? departure, int source, int slot)
    {
        string role = tag.Name[(tag.Name.LastIndexOf('.') + 1)..];
        if (role.EndsWith("_b", StringComparison.Ordinal) || role.EndsWith("_c", StringComparison.Ordinal)) role = role[..^2];
        double lag = departure?.Lag ?? (tag.IsSwitch ? 0 : Lags.GetValueOrDefault(role, 0.5));
        double noise = departure?.Noise ?? (tag.IsSwitch ? 0 : tag.StandardUncertainty / 4);
        double resolution = departure?.Resolution ?? (tag.IsSwitch ? 1 : Math.Pow(10, -tag.Decimals));
        return new SensorModel(tag.Ordinal, source, slot, tag.Low, tag.High, lag, noise, resolution);
    }
}
