namespace Crm.Chemistry.Precipitation;

/// <summary>
/// Share of a metal that a dose of oxalic acid precipitates: an empirical curve fitted at pH 1.5 (prommis/prommis
/// src/prommis/precipitate/precipitate_reactions.py).
/// </summary>
/// <param name="Characteristic">g/L at which 37 % (1/e) has precipitated.</param>
public readonly record struct OxalateDose(double Characteristic, double Exponent)
{
    /// <param name="dose">g/L of oxalic acid.</param>
    public double Precipitated(double dose) => dose <= 0 ? 0 : Math.Exp(-Math.Pow(Characteristic / dose, Exponent));
}
