using System.CommandLine;
using Crm.Host.Runs;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Schemas;

namespace Crm.Host.CommandLine;

/// <summary><c>crm recipe schema</c>: what an editor needs to complete and check recipes while they are typed.</summary>
public static class RecipeCommand
{
    public static Command Create()
    {
        var schema = new Command("schema", CrmCommand.WithExamples(
            "Prints the JSON Schema of recipe files, made from the unit operations of this version.",
            "crm recipe schema > recipe.schema.json"));
        schema.SetAction(_ =>
        {
            Console.Out.WriteLine(RecipeSchema.Json(UnitOperationCatalogue.Descriptions));
            return ExitCodes.Good;
        });
        return new Command("recipe", "Work with recipes.") { RecipeDiff.Create(), RecipeGraph.Create(), schema, Explain() };
    }

    /// <summary><c>crm recipe explain</c>: how conditions and formulas were understood, before a batch finds out.</summary>
    private static Command Explain()
    {
        var recipe = new Argument<string>("RECIPE") { Description = "recipe file" };
        var explain = new Command("explain", CrmCommand.WithExamples(
            "Prints every expression of a recipe as it was read: each operation in parentheses, each value with its unit, each literal also in the unit it was brought to.",
            "crm recipe explain recipes/lithium/black-mass-to-carbonate.yaml"));
        explain.Arguments.Add(recipe);
        explain.SetAction(parsed =>
        {
            var (expressions, problems) = RigFiles.Explain(parsed.GetValue(recipe)!);
            foreach (var problem in problems) Console.Error.WriteLine(problem);
            foreach (var expression in expressions)
            {
                string file = expression.File.Length == 0 ? "" : Path.GetFileName(expression.File) + ":";
                string use = expression.Use.Length == 0 ? "" : $" ({expression.Use})";
                Console.Out.WriteLine($"{file}{expression.Line}{use} {expression.Key}: {expression.Text}");
            }

            return problems.IsEmpty ? ExitCodes.Good : ExitCodes.Problems;
        });
        return explain;
    }
}
