using Crm.Plant.Quantities;

namespace Crm.Recipes.Tests;

/// <summary>No bare numbers: every value in a file has a unit, and converts exactly or not at all.</summary>
public sealed class QuantityTests
{
    [Theory]
    [InlineData("3 kg", "kg", 3)]
    [InlineData("250 g", "kg", 0.25)]
    [InlineData("20 mg", "kg", 2e-5)]
    [InlineData("1.5 t", "kg", 1500)]
    [InlineData("500 mL", "L", 0.5)]
    [InlineData("0.2 m3", "L", 200)]
    [InlineData("90 min", "s", 5400)]
    [InlineData("4 h", "min", 240)]
    [InlineData("2 d", "h", 48)]
    [InlineData("70 degC", "degC", 70)]
    [InlineData("2 K", "K", 2)]
    [InlineData("1013 mbar", "bar", 1.013)]
    [InlineData("50000 Pa", "bar", 0.5)]
    [InlineData("2 L/min", "L/h", 120)]
    [InlineData("1 m3/h", "L/h", 1000)]
    [InlineData("4 kg/h", "kg/h", 4)]
    [InlineData("3 K/min", "K/min", 3)]
    [InlineData("300 rpm", "rpm", 300)]
    [InlineData("30 wt%", "%", 30)]
    [InlineData("0.5 %", "ppm", 5000)]
    [InlineData("20 mg/kg", "ppm", 20)]
    [InlineData("5 g/kg", "wt%", 0.5)]
    [InlineData("2 mol", "mol", 2)]
    [InlineData("0.5 mol/L", "mol/L", 0.5)]
    [InlineData("10 mg/L", "g/L", 0.01)]
    [InlineData("1.8 kg/L", "g/L", 1800)]
    [InlineData("7.5 pH", "pH", 7.5)]
    [InlineData("-650 mV vs Ag/AgCl", "mV vs Ag/AgCl", -650)]
    [InlineData("400 mV vs Ag/AgCl", "mV vs SHE", 597)]
    [InlineData("0.4 V", "mV", 400)]
    [InlineData("8 L/S", "L/kg", 8)]
    [InlineData("1.5 kWh", "MJ", 5.4)]
    [InlineData("5 mS/cm", "mS/cm", 5)]
    [InlineData("6 kW", "W", 6000)]
    [InlineData("180 W/K", "W/K", 180)]
    [InlineData("6 A", "A", 6)]
    [InlineData("25 %LEL", "%LEL", 25)]
    [InlineData("21 vol%", "vol%", 21)]
    [InlineData("1 Nm3", "mol", 44.615)]
    [InlineData("1.1 x stoichiometric", "x stoichiometric", 1.1)]
    [InlineData("2 position", "position", 2)]
    [InlineData("1e-3 kg", "g", 1)]
    public void A_quantity_is_read_and_converted(string text, string unit, double expected)
    {
        Assert.Equal(QuantityProblem.None, QuantityText.Parse(text, out Quantity quantity, out _));
        Assert.Equal(expected, quantity.In(Units.Of(unit))!.Value, 1e-9 * Math.Max(1, Math.Abs(expected)));
    }

    [Theory]
    [InlineData("5 K", "degC")]
    [InlineData("5 degC", "K")]
    [InlineData("3 kg", "L")]
    [InlineData("3 %LEL", "%")]
    [InlineData("3 pH", "%")]
    [InlineData("3 rpm", "Hz")]
    [InlineData("20 mg/L", "mg/kg")]
    public void What_measures_something_else_does_not_convert(string text, string unit)
    {
        QuantityText.Parse(text, out Quantity quantity, out _);
        Assert.Null(quantity.In(Units.Of(unit)));
    }

    [Theory]
    [InlineData("kg", QuantityProblem.NotANumber)]
    [InlineData("", QuantityProblem.NotANumber)]
    [InlineData("1,5 kg", QuantityProblem.UnknownUnit)]
    [InlineData("3 banana", QuantityProblem.UnknownUnit)]
    [InlineData("1e999 kg", QuantityProblem.NotANumber)]
    [InlineData("3 kg/banana", QuantityProblem.UnknownUnit)]
    public void What_is_no_quantity_is_told(string text, QuantityProblem problem) => Assert.Equal(problem, QuantityText.Parse(text, out _, out _));

    [Theory]
    [InlineData("1..3.5 kg", 1, 3.5, "kg")]
    [InlineData("-200..1200", -200, 1200, "")]
    [InlineData("1.0..1.5 x stoichiometric", 1, 1.5, "x stoichiometric")]
    [InlineData("0 .. 100 %", 0, 100, "%")]
    public void A_range_is_read(string text, double low, double high, string unit)
    {
        Assert.Equal(QuantityProblem.None, QuantityText.ParseRange(text, out QuantityRange range, out _));
        Assert.Equal((low, high, unit), (range.Low, range.High, range.Unit.Symbol));
    }

    [Fact]
    public void Every_symbol_is_known_and_canonical_units_match() =>
        Assert.All(Units.Symbols, symbol => Assert.True(Units.Canonical(Units.Of(symbol)).Matches(Units.Of(symbol)), symbol));
}
