using System.Collections.Immutable;
using Crm.Plant.Procedure;
using Crm.Recipes.Diagnostics;

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
        if (parameter.Parse(text, out string refusal) is not { } value) return (null, refusal);
        return (recipe with { Formula = recipe.Formula.Replace(parameter, parameter with { Value = value }) }, null);
    }
}
