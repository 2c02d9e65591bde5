using System.CommandLine;
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
        return new Command("recipe", "Work with recipes.") { schema };
    }
}
