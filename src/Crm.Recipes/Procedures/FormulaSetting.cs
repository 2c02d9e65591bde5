using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.Procedures;

/// <summary>Changes the formula of a batch before its start (S88-16: a value outside its limits is refused then, not at run time).</summary>
public static class FormulaSetting
{
    /// <summary>Not a parameter: the size of the batch, as a factor on every value that scales. No formula may use the name.</summary>
    public const string Size = "size";

    /// <summary>Every setting; the size first, so that a value that is given is the value that is used.</summary>
    /// <param name="settings">Values with unit by name.</param>
    /// <returns>The recipe with what could be applied, and name and reason of each setting that is refused.</returns>
    public static (ControlRecipe Value, ImmutableArray<(string Name, string Reason)> Refusals) ApplyAll(ControlRecipe recipe, IReadOnlyDictionary<string, string> settings)
    {
        var refusals = ImmutableArray.CreateBuilder<(string, string)>();
        foreach ((string name, string text) in settings.OrderBy(s => s.Key != Size).ThenBy(s => s.Key, StringComparer.Ordinal))
        {
            (ControlRecipe? changed, string? refusal) = Apply(recipe, name, text);
            if (refusal is not null) refusals.Add((name, refusal));
            recipe = changed ?? recipe;
        }

        return (recipe, refusals.ToImmutable());
    }

    /// <param name="text">Value with unit, <c>2.5 kg</c>.</param>
    /// <returns>The recipe with the value, or the reason why it is refused.</returns>
    public static (ControlRecipe? Value, string? Refusal) Apply(ControlRecipe recipe, string name, string text)
    {
        if (name == Size) return Resize(recipe, text);
        FormulaParameter? parameter = recipe.Formula.FirstOrDefault(p => p.Name == name);
        if (parameter is null) return (null, $"the formula has no '{name}'; {Nearest.Suggest(name, recipe.Formula.Select(p => p.Name))}".TrimEnd(' ', ';'));
        if (parameter.Parse(text, out string refusal) is not { } value) return (null, refusal);
        return (With(recipe, parameter, value), null);
    }

    private static (ControlRecipe? Value, string? Refusal) Resize(ControlRecipe recipe, string text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double size) || size is not (> 0 and < 1000))
            return (null, $"'{text}' is no size; expected how many times the recipe's own batch, for example 0.5");
        ImmutableArray<FormulaParameter> scaling = [.. recipe.Formula.Where(p => p.Scales)];
        if (scaling.IsEmpty) return (null, $"nothing in the formula of {recipe.Id} scales with the size of the batch");
        (double least, double most) = (scaling.Max(p => p.Low / p.Value), scaling.Min(p => p.High / p.Value));
        if (scaling.FirstOrDefault(p => p.Value * size < p.Low || p.Value * size > p.High) is { } out_)
        {
            return (null, string.Create(CultureInfo.InvariantCulture,
                $"at {size:0.###} times the batch {out_.Name} would be {new Quantity(out_.Value * size, Units.Of(out_.Unit))}, its range is {out_.Low:0.###}..{out_.High:0.###} {out_.Unit}; sizes from {least:0.###} to {most:0.###} go"));
        }

        return (scaling.Aggregate(recipe, (r, p) => With(r, p, p.Value * size)), null);
    }

    private static ControlRecipe With(ControlRecipe recipe, FormulaParameter parameter, double value) =>
        recipe with { Formula = recipe.Formula.Replace(parameter, parameter with { Value = value }) };
}
