using System.Collections.Immutable;
using System.Globalization;
using Crm.Host.CommandLine;
using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Recipes.Procedures;
using Crm.Twin;

namespace Crm.Host.Runs;

/// <summary>The files of one run, all read and found right.</summary>
public sealed record RunInputs(ControlRecipe Recipe, RigDefinition Rig, TwinDefinition Twin)
{
    /// <summary>Reads recipe, rig and twin; either all of them, or the problems of all of them.</summary>
    public static (RunInputs? Inputs, ImmutableArray<string> Problems) Load(RunOptions options)
    {
        var problems = new List<string>();
        var (ownRig, ownProblems) = RecipeFile.RigOf(options.Recipe);
        if (ownRig is null) return (null, [.. ownProblems.Select(d => d.ToString())]);
        string rigName = options.Rig ?? ownRig;
        string? folder = Places.RigFolder(rigName, options.Recipe, out var looked);
        if (folder is null) return (null, [$"crm: no rig {rigName}; looked for rig.yaml in", .. looked.Select(l => "  " + l)]);
        var (rig, rigProblems) = RigFiles.Rig(Path.Combine(folder, "rig.yaml"));
        problems.AddRange(rigProblems.Select(d => d.ToString()));
        if (rig is null) return (null, [.. problems]);
        var (twin, twinProblems) = RigFiles.Twin(Path.Combine(folder, "twin.yaml"), rig);
        problems.AddRange(twinProblems.Select(d => d.ToString()));
        var (recipe, recipeProblems) = RigFiles.Recipe(options.Recipe, rig);
        problems.AddRange(recipeProblems.Select(d => d.ToString()));
        if (recipe is not null) recipe = WithSettings(recipe, options.Settings, problems);
        problems.AddRange(UnknownFaults(options, rig));
        return recipe is null || twin is null || problems.Count > 0 ? (null, [.. problems]) : (new RunInputs(recipe, rig, twin), []);
    }

    private static ControlRecipe WithSettings(ControlRecipe recipe, IReadOnlyDictionary<string, string> settings, List<string> problems)
    {
        var formula = recipe.Formula;
        foreach (var (name, text) in settings)
        {
            int at = formula.IndexOf(formula.FirstOrDefault(p => p.Name == name)!);
            if (at < 0)
            {
                problems.Add($"crm: --set {name}: the recipe has no such value; it has {string.Join(", ", formula.Select(p => p.Name))}");
                continue;
            }

            var parameter = formula[at];
            if (!TryValue(text, parameter.Unit, out double value))
                problems.Add($"crm: --set {name}={text}: expected a quantity in {parameter.Unit}");
            else if (value < parameter.Low || value > parameter.High)
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"crm: --set {name}={text}: outside {parameter.Low:0.######}..{parameter.High:0.######} {parameter.Unit}"));
            else
                formula = formula.SetItem(at, parameter with { Value = value });
        }

        return recipe with { Formula = formula };
    }

    private static bool TryValue(string text, string unit, out double value)
    {
        value = double.NaN;
        if (Units.Find(unit) is not { } target) return false;
        if (QuantityText.TryNumber(text, out value)) return true;
        if (QuantityText.Parse(text, out var quantity, out _) != QuantityProblem.None || quantity.In(target) is not { } converted) return false;
        value = converted;
        return true;
    }

    private static IEnumerable<string> UnknownFaults(RunOptions options, RigDefinition rig)
    {
        var known = TwinPlant.FaultIds(rig);
        foreach (var fault in options.Faults.Where(f => !known.Contains(f.Id)))
        {
            string start = fault.Id.Split(':')[0];
            string[] near = [.. known.Where(k => k.StartsWith(start + ":", StringComparison.Ordinal) || k.StartsWith(start.Split('.')[0] + ".", StringComparison.Ordinal)).Take(12)];
            yield return $"crm: --fault {fault.Id}: the twin has no such fault"
                + (near.Length > 0 ? "; near it: " + string.Join(", ", near) : "; faults are unit.output:fail, unit.output:stuck-on, unit.tag:frozen, unit.tag:dead, bus.name:lost, scrubber:lost");
        }
    }
}
