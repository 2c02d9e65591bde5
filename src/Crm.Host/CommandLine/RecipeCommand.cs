using System.CommandLine;
using Crm.Host.Runs;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Schemas;
using Crm.Twin;

namespace Crm.Host.CommandLine;

/// <summary><c>crm recipe schema</c>: what an editor needs to complete and check recipes while they are typed.</summary>
public static class RecipeCommand
{
    public static Command Create()
    {
        var kind = new Option<string>("--kind") { Description = string.Join(", ", FileSchemas.Kinds), DefaultValueFactory = _ => "recipe" };
        kind.AcceptOnlyFromAmong([.. FileSchemas.Kinds]);
        var schema = new Command("schema", CrmCommand.WithExamples(
            "Prints the JSON Schema of recipe files, or of another kind, made from the unit operations, equipment models and bus drivers of this version. Those of this version are in docs/schemas, where .vscode/settings.json finds them.",
            "crm recipe schema > recipe.schema.json",
            "crm recipe schema --kind twin > twin.schema.json"));
        schema.Options.Add(kind);
        schema.SetAction(parsed =>
        {
            Console.Out.Write(Schema(parsed.GetValue(kind)!));
            return ExitCodes.Good;
        });
        return new Command("recipe", "Work with recipes.") { RecipeDiff.Create(), RecipeGraph.Create(), RecipeNew.Create(), RecipeApprove.Create(), RecipeStatus.Create(), schema, Explain() };
    }

    /// <summary>JSON Schema of a kind of file, of this version.</summary>
    public static string Schema(string kind) => FileSchemas.Json(kind, UnitOperationCatalogue.Descriptions, TwinCatalogue.Kinds, RigFiles.Buses);

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
