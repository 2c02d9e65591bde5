using System.Collections.Immutable;
using Crm.Plant.Procedure;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.ProcessChecks;

/// <summary>
/// What can be reckoned of a recipe's chemistry before a batch. A readable recipe is walked through with nominal contents of every vessel, as written and at the ends of its formula ranges;
/// each check looks at the steps one after the other. It is silent where it does not know.
/// </summary>
public static class ProcessCheck
{
    /// <param name="written">Where the steps stand; null: in another file (that of a formula names the recipe), and the step is told by its id.</param>
    /// <param name="twin">Compositions of materials, cooling and retention of equipment; null: none are known, and what needs them is not judged.</param>
    internal static ImmutableArray<Diagnostic> Of(string file, ControlRecipe recipe, RigDefinition rig, TwinDefinition? twin, IReadOnlyDictionary<string, YamlMapping>? written)
    {
        Findings problems = new(file), advice = new(file);
        foreach (ProcessFinding finding in Findings(recipe, rig, twin))
        {
            Findings of = finding.IsAdvice ? advice : problems;
            if (written is not null) of.Add(Place(written, finding), finding.Code, finding.Message, finding.Remedy);
            else of.Add(1, 1, finding.Code, finding.Step.Length == 0 ? finding.Message : $"step {finding.Step}: {finding.Message}", finding.Remedy);
        }

        return [.. problems.InOrder().Concat(advice.InOrder().Select(d => d with { IsAdvice = true })).OrderBy(d => d.File != file).ThenBy(d => d.File, StringComparer.Ordinal).ThenBy(d => d.Line)];
    }

    /// <summary>kg of each reagent that the stoichiometry asks for with the nominal charge, as far as a walk through the recipe tells: what START reckons with.</summary>
    public static ImmutableSortedDictionary<string, double> NominalDemands(ControlRecipe recipe, RigDefinition rig, TwinDefinition? twin) =>
        ProcedureWalk.Of(recipe, rig, twin, FormulaCase.AsWritten(recipe)).Moments.Select(m => m.Comes).OfType<Incoming>().Where(c => c is { Multiple: > 0, Kilograms: not null })
            .GroupBy(c => c.Name, StringComparer.Ordinal).ToImmutableSortedDictionary(g => g.Key, g => g.First().Kilograms!.Value / g.First().Multiple!.Value, StringComparer.Ordinal);

    internal static ImmutableArray<ProcessFinding> Findings(ControlRecipe recipe, RigDefinition rig, TwinDefinition? twin)
    {
        var course = ProcedureWalk.Of(recipe, rig, twin, FormulaCase.AsWritten(recipe));
        var found = ImmutableArray.CreateBuilder<ProcessFinding>();
        found.AddRange(AsWritten(course));
        HashSet<(string, string)> told = [.. found.Select(f => (f.Code, f.Step)), .. found.Where(f => f.Code == DiagnosticCodes.FillOverflow).Select(f => (DiagnosticCodes.FillRange, f.Step))];
        foreach (FormulaCase end in FormulaCase.Ends(recipe))
            found.AddRange(AtTheEnds(ProcedureWalk.Of(recipe, rig, twin, end)).Where(f => told.Add((f.Code, f.Step))));
        return found.ToImmutable();
    }

    private static IEnumerable<ProcessFinding> AsWritten(Course course) =>
    [
        .. FillCheck.Of(course), .. StoichiometryCheck.Of(course), .. HeatCheck.Of(course), .. RatioCheck.Of(course), .. HydroxideCheck.Of(course), .. EquipmentCheck.Of(course),
        .. MeetingCheck.Of(course), .. GasCheck.Of(course), .. SolubilityCheck.Of(course), .. StockCheck.Of(course),
    ];

    /// <summary>What a range may allow that the values as written do not do.</summary>
    private static IEnumerable<ProcessFinding> AtTheEnds(Course course) => [.. FillCheck.Of(course), .. HydroxideCheck.Of(course)];

    /// <summary>The argument that is at fault where the step has it, else the step.</summary>
    private static YamlNode Place(IReadOnlyDictionary<string, YamlMapping> written, ProcessFinding finding)
    {
        YamlMapping step = written.TryGetValue(finding.Step, out YamlMapping? found) ? found : written[""];
        return step.Entries.FirstOrDefault(e => e.Key.Text == finding.Key)?.Key ?? (YamlNode)(step.Entries.FirstOrDefault()?.Key is { } first ? first : step);
    }
}
