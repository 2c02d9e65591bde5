namespace Crm.Plant.Quantities;

/// <summary>A unit of measure: value in SI base units = value * <paramref name="Factor"/> + <paramref name="Offset"/>.</summary>
/// <param name="Symbol">As people write it; empty for a plain number.</param>
/// <param name="Offset">273.15 for degC, the potential of the reference electrode, else 0. A unit with an offset is a point on a scale, never a difference.</param>
public sealed record Unit(string Symbol, Dimension Dimension, double Factor, double Offset)
{
    public static readonly Unit One = new("", Dimension.None, 1, 0);

    /// <summary>True for scales whose numbers carry no unit symbol in plants: pH, positions, switches, plain ratios.</summary>
    public bool TakesBareNumbers =>
        this == One || Symbol is "ratio" or "O/A" || Dimension is { Acidity: 1 } or { Switch: 1 } or { Position: 1 };

    /// <summary>True for points on a scale; the hydrogen electrode is the zero of potentials.</summary>
    public bool IsScale => Offset != 0 || Symbol.EndsWith(" vs SHE", StringComparison.Ordinal);

    /// <summary>The unit of a difference of two values: degC becomes K, a potential against an electrode mV.</summary>
    public Unit Difference => IsScale ? new Unit(Dimension.Temperature == 1 ? "K" : "mV", Dimension, Factor, 0) : this;

    /// <summary>Same dimension, and not a difference against a point on a scale (5 K is no temperature).</summary>
    public bool Matches(Unit other) => Dimension == other.Dimension && IsScale == other.IsScale;

    /// <summary>Converts a value in this unit. Only between units that <see cref="Matches"/>.</summary>
    public double To(Unit target, double value)
    {
        double scaled = Factor == target.Factor ? value : value * (Factor / target.Factor);
        return Offset == target.Offset ? scaled : scaled + (Offset - target.Offset) / target.Factor;
    }

    public Unit Times(Unit other) => Combine(other, Symbol + "·" + other.Symbol, Dimension * other.Dimension, Factor * other.Factor);

    public Unit Per(Unit other) =>
        other == One ? this : new Unit((Symbol.Length == 0 ? "1" : Symbol) + "/" + other.Symbol, Dimension / other.Dimension, Factor / other.Factor, 0);

    private Unit Combine(Unit other, string symbol, Dimension dimension, double factor)
    {
        if (this == One) return other;
        return other == One ? this : new Unit(symbol, dimension, factor, 0);
    }

    public override string ToString() => Symbol.Length == 0 ? "a plain number" : Symbol;
}
