using System.Collections.Immutable;
using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Procedures;

/// <summary>Changes a formula value of a batch before its start (S88-16: a value outside its limits is refused then, not at run time).</summary>
public static class FormulaSetting
{
    /// <param name="text">Value with unit, <c>2.5 kg</c>.</param>
    /// <returns>The recipe with the value, or the reason why it is refused.</returns>
    public static (ControlRecipe? Value, string? Refusal) Apply(ControlRecipe recipe, string name, string text)
    {
        FormulaParameter? parameter = recipe.Formula.FirstOrDefault(p => p.Name == name);
        if (parameter is null) return (null, $"the formula has no '{name}'; {Nearest.Suggest(name, recipe.Formula.Select(p => p.Name))}".TrimEnd(' ', ';'));
        Unit unit = Units.Of(parameter.Unit);
        if (QuantityText.Parse(text, out Quantity quantity, out _) != QuantityProblem.None) return (null, $"'{text}' is no value for {name}; expected a number and a unit such as {new Quantity(parameter.Value, unit)}");
        double? value = quantity.In(unit) ?? (quantity.Unit == Unit.One && unit.TakesBareNumbers ? quantity.Value : null);
        if (value is null || (quantity.Unit == Unit.One && !unit.TakesBareNumbers)) return (null, $"'{text}' is no value for {name}; expected a value in {unit}");
        if (value < parameter.Low || value > parameter.High) return (null, $"{name} = {text} is outside its range {Values.Bounds(parameter.Low, parameter.High, unit)}");
        return (recipe with { Formula = recipe.Formula.Replace(parameter, parameter with { Value = value.Value }) }, null);
    }
}
