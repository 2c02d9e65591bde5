using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Crm.Plant.Quantities;

/// <summary>The units that files may use. Factors are to SI base units (SI brochure, 9th edition, and exact derived values).</summary>
public static class Units
{
    private static readonly Dimension mass = new(Mass: 1);
    private static readonly Dimension length = new(Length: 1);
    private static readonly Dimension area = new(Length: 2);
    private static readonly Dimension volume = new(Length: 3);
    private static readonly Dimension time = new(Time: 1);
    private static readonly Dimension temperature = new(Temperature: 1);
    private static readonly Dimension amount = new(Amount: 1);
    private static readonly Dimension current = new(Current: 1);
    private static readonly Dimension pressure = new(Mass: 1, Length: -1, Time: -2);
    private static readonly Dimension energy = new(Mass: 1, Length: 2, Time: -2);
    private static readonly Dimension power = new(Mass: 1, Length: 2, Time: -3);
    private static readonly Dimension potential = new(Mass: 1, Length: 2, Time: -3, Current: -1);
    private static readonly Dimension conductance = new(Mass: -1, Length: -2, Time: 3, Current: 2);

    /// <summary>mol in one cubic metre of ideal gas at 0 degC and 101 325 Pa (CODATA 2018: 1 / 22.413 969 54e-3).</summary>
    private const double NormalCubicMetre = 44.6150;

    /// <summary>V against the hydrogen electrode, silver chloride in saturated potassium chloride, 25 degC [G].</summary>
    private const double SilverChloride = 0.197;

    private static readonly ImmutableArray<Unit> simple =
    [
        new("kg", mass, 1, 0), new("g", mass, 1e-3, 0), new("mg", mass, 1e-6, 0), new("t", mass, 1e3, 0),
        new("m", length, 1, 0), new("cm", length, 1e-2, 0), new("mm", length, 1e-3, 0), new("um", length, 1e-6, 0), new("m2", area, 1, 0),
        new("L", volume, 1e-3, 0), new("mL", volume, 1e-6, 0), new("m3", volume, 1, 0),
        new("s", time, 1, 0), new("ms", time, 1e-3, 0), new("min", time, 60, 0), new("h", time, 3600, 0), new("d", time, 86400, 0),
        new("degC", temperature, 1, 273.15), new("K", temperature, 1, 0),
        new("Pa", pressure, 1, 0), new("kPa", pressure, 1e3, 0), new("MPa", pressure, 1e6, 0),
        new("mbar", pressure, 1e2, 0), new("bar", pressure, 1e5, 0),
        new("J", energy, 1, 0), new("kJ", energy, 1e3, 0), new("MJ", energy, 1e6, 0), new("kWh", energy, 3.6e6, 0),
        new("W", power, 1, 0), new("kW", power, 1e3, 0),
        new("A", current, 1, 0), new("mA", current, 1e-3, 0), new("Ah", new Dimension(Time: 1, Current: 1), 3600, 0),
        new("V", potential, 1, 0), new("mV", potential, 1e-3, 0), new("mV vs Ag/AgCl", potential, 1e-3, SilverChloride), new("mV vs SHE", potential, 1e-3, 0),
        new("S", conductance, 1, 0), new("mS", conductance, 1e-3, 0), new("uS", conductance, 1e-6, 0),
        new("mol", amount, 1, 0), new("mmol", amount, 1e-3, 0), new("Nm3", amount, NormalCubicMetre, 0), new("NL", amount, NormalCubicMetre / 1000, 0),
        new("rpm", new Dimension(Turn: 1, Time: -1), 1.0 / 60, 0),
        new("Hz", new Dimension(Time: -1), 1, 0),
        new("%", Dimension.None, 1e-2, 0), new("wt%", Dimension.None, 1e-2, 0), new("vol%", Dimension.None, 1e-2, 0),
        new("ppm", Dimension.None, 1e-6, 0), new("ratio", Dimension.None, 1, 0), new("x stoichiometric", Dimension.None, 1, 0), new("eq", Dimension.None, 1, 0),
        new("L/S", volume / mass, 1e-3, 0), new("O/A", Dimension.None, 1, 0),
        new("pH", new Dimension(Acidity: 1), 1, 0),
        new("%LEL", new Dimension(Explosive: 1), 1, 0),
        new("on/off", new Dimension(Switch: 1), 1, 0),
        new("position", new Dimension(Position: 1), 1, 0),
    ];

    /// <summary>Units in which the core computes; the first of a dimension is the canonical one.</summary>
    private static readonly ImmutableArray<string> canonical =
    [
        "kg", "L", "m", "m2", "s", "degC", "K", "bar", "L/h", "kg/h", "rpm", "%", "pH", "mV", "mS/cm", "W", "W/K", "A", "%LEL", "K/min",
        "mol", "mol/L", "kg/L", "kJ", "mol/h", "position", "on/off", "Ah", "A/min",
    ];

    private static readonly FrozenDictionary<string, Unit> bySymbol = simple.ToFrozenDictionary(u => u.Symbol, StringComparer.Ordinal);

    /// <summary>Most parts a written compound unit may have: <c>W/m2/K</c>.</summary>
    private const int MostParts = 4;

    public static ImmutableArray<string> Symbols { get; } =
        [.. simple.Select(u => u.Symbol), "L/h", "L/min", "kg/h", "m3/h", "mg/kg", "g/kg", "mol/L", "g/L", "mg/L", "kg/L", "mS/cm", "W/K", "K/min"];

    /// <summary>Finds a unit by its symbol; compounds are units joined by <c>/</c>.</summary>
    public static Unit? Find(string symbol)
    {
        if (symbol.Length == 0) return Unit.One;
        if (bySymbol.TryGetValue(symbol, out Unit? known)) return known;
        string[] parts = symbol.Split('/');
        return parts.Length is > 1 and <= MostParts ? Compound(symbol, parts) : null;
    }

    /// <exception cref="ArgumentException">The symbol is none; for symbols that code, not a file, names.</exception>
    public static Unit Of(string symbol) => Find(symbol) ?? throw new ArgumentException($"'{symbol}' is no unit", nameof(symbol));

    /// <summary>The unit in which the core takes values of this dimension; the unit itself when none is set down.</summary>
    public static Unit Canonical(Unit unit) =>
        canonical.Select(Of).FirstOrDefault(c => c.Matches(unit)) ?? unit;

    private static Unit? Compound(string symbol, string[] parts)
    {
        Unit? result = parts[0] == "1" ? Unit.One : bySymbol.GetValueOrDefault(parts[0]);
        foreach (string part in parts.Skip(1))
        {
            if (result is null || result.IsScale || !bySymbol.TryGetValue(part, out Unit? divisor) || divisor.IsScale) return null;
            result = result.Per(divisor);
        }

        return result is null ? null : result with { Symbol = symbol };
    }
}
