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
                : (uncertain.Apply(twin, multiplier), null);
        }

        if (TwinParameter.Value(twin, name) is null)
            return (null, $"the twin file writes no number '{name}'; {Nearest.Suggest(name, twin.Uncertain.Select(u => u.Name).Concat(TwinParameter.Addresses(twin)))}".TrimEnd(' ', ';'));
        (Unit unit, double low, double high) = Option(twin, catalogue, name);
        double? value = quantity.In(unit) ?? (quantity.Unit == Unit.One ? quantity.Value : null);
        if (value is null) return (null, $"'{text}' is no value for {name}; expected a value in {unit}");
        return value < low || value > high ? (null, $"{name} = {text} is outside its range {Values.Bounds(low, high, unit)}") : (TwinParameter.With(twin, name, value.Value), null);
    }

    private static (Unit Unit, double Low, double High) Option(TwinDefinition twin, ImmutableArray<EquipmentKind> catalogue, string address)
    {
        string[] words = address.Split('.', 2);
        string? model = twin.Equipment.FirstOrDefault(e => e.Unit == words[0])?.Model;
        OptionDefinition? option = catalogue.FirstOrDefault(k => k.Name == model)?.Options.FirstOrDefault(o => o.Name == words[1]);
        return option is null ? (Unit.One, 0, 1) : (Units.Find(option.Unit) ?? Unit.One, option.Low, option.High);
    }
}
