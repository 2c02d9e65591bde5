using System.Collections.Immutable;
using Crm.Plant.Quantities;
using Crm.Plant.Twins;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Twins;

/// <summary>Changes a number of a twin before a run: an option with its unit, a mass fraction, or the multiplier of an uncertain parameter.</summary>
public static class TwinSetting
{
    /// <param name="name">An address such as <c>leach.jacket_ua</c>, or the name of an uncertain parameter.</param>
    /// <param name="text"><c>200 W/K</c>; a plain multiplier for an uncertain parameter.</param>
    /// <returns>The twin with the value, or the reason why it is refused.</returns>
    public static (TwinDefinition? Value, string? Refusal) Apply(TwinDefinition twin, ImmutableArray<EquipmentKind> catalogue, string name, string text)
    {
        if (QuantityText.Parse(text, out Quantity quantity, out _) != QuantityProblem.None) return (null, $"'{text}' is no number");
        if (twin.Uncertain.FirstOrDefault(u => u.Name == name) is { } uncertain)
        {
            if (quantity.In(Unit.One) is not { } multiplier) return (null, $"{name} is a multiplier, 1 as written: a number without unit");
            return multiplier < uncertain.Lowest || multiplier > uncertain.Highest || multiplier <= 0
                ? (null, $"{name} = {text} is outside {Values.Plain(uncertain.Lowest)} to {Values.Plain(uncertain.Highest)} times what the file writes")
                : (Changed(uncertain.Apply(twin, multiplier), name, $"× {text}"), null);
        }

        if (TwinParameter.Value(twin, name) is null)
            return (null, $"the twin file writes no number '{name}'; {Nearest.Suggest(name, twin.Uncertain.Select(u => u.Name).Concat(TwinParameter.Addresses(twin)))}".TrimEnd(' ', ';'));
        (Unit unit, double low, double high) = TwinParameter.Option(twin, catalogue, name) is { } option ? (Units.Find(option.Unit) ?? Unit.One, option.Low, option.High) : (Unit.One, 0, 1);
        double? value = quantity.In(unit) ?? (quantity.Unit == Unit.One ? quantity.Value : null);
        if (value is null) return (null, $"'{text}' is no value for {name}; expected a value in {unit}");
        return value < low || value > high ? (null, $"{name} = {text} is outside its range {Values.Bounds(low, high, unit)}") : (Changed(TwinParameter.With(twin, name, value.Value), name, text), null);
    }

    private static TwinDefinition Changed(TwinDefinition twin, string name, string value) => twin with { Changes = twin.Changes.Add(new TwinChange(name, value, "--twin")) };
}
