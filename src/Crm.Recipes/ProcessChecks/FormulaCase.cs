using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Procedure;

namespace Crm.Recipes.ProcessChecks;

/// <summary>Formula values that a batch may be run with.</summary>
/// <param name="Words">For messages: <c>with cake_wash 8 L (top of its range)</c>; empty: as written.</param>
internal sealed record FormulaCase(string Words, ImmutableSortedDictionary<string, double> Values)
{
    /// <summary>Units of values that change how much is in a vessel, or its pH; temperatures, times and dosing rates do not.</summary>
    private static readonly ImmutableHashSet<string> moves = ["kg", "g", "L", "mL", "pH", "x stoichiometric", "eq", "L/S", "L/kg", "mol", "mol/L", "g/L", "kg/L", "L/h", "", "%"];

    public static FormulaCase AsWritten(ControlRecipe recipe) => new("", recipe.Formula.ToImmutableSortedDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal));

    /// <summary>The ends of the ranges: values that scale go together as far as all of them can, the others one by one.</summary>
    public static IEnumerable<FormulaCase> Ends(ControlRecipe recipe)
    {
        FormulaCase written = AsWritten(recipe);
        FormulaParameter[] scaling = [.. recipe.Formula.Where(f => f.Scales && f.Value > 0)];
        foreach (double factor in scaling.Length == 0 ? (double[])[] : [scaling.Min(f => f.High / f.Value), scaling.Max(f => f.Low / f.Value)])
        {
            if (Math.Abs(factor - 1) < 0.005) continue;
            string words = string.Create(CultureInfo.InvariantCulture, $"with the batch scaled to {100 * factor:0} % (as far as every range lets it)");
            yield return new FormulaCase(words, written.Values.SetItems(scaling.Select(f => KeyValuePair.Create(f.Name, f.Value * factor))));
        }

        foreach (FormulaParameter f in recipe.Formula.Where(f => !f.Scales && moves.Contains(f.Unit)))
        {
            if (f.High > f.Value) yield return written.Changed(f, f.High, "top");
            if (f.Low < f.Value) yield return written.Changed(f, f.Low, "foot");
        }
    }

    private FormulaCase Changed(FormulaParameter f, double value, string end) =>
        new(string.Create(CultureInfo.InvariantCulture, $"with {f.Name} {value:0.####} {f.Unit} ({end} of its range)"), Values.SetItem(f.Name, value));
}
