using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;
using Crm.Recipes.Approval;

namespace Crm.Host.Live;

/// <summary>What is said before real devices are driven.</summary>
public static class LiveNotice
{
    /// <summary>Of <c>crm run --live</c>, where a person types at the controller.</summary>
    public static string AtTerminal(RigDefinition rig, ControlRecipe recipe, RecipeStanding standing) =>
        $"""
        {Of(rig, recipe, standing, "Ctrl-C aborts")}
        Words: {LineConsole.Words}
        """;

    /// <param name="end">What Ctrl-C does.</param>
    public static string Of(RigDefinition rig, ControlRecipe recipe, RecipeStanding standing, string end) =>
        $"""
        LIVE on {rig.Name} {rig.Version} ({string.Join(", ", rig.Buses.Select(b => $"{b.Name} by {b.Driver}"))}), protection {MatrixTable.Of(rig).Checksum}
        recipe {recipe.Id} {recipe.Version}, content {recipe.ContentHash[..12]}: {standing.Word}; {standing.Words}. START waits for a recipe that is experimental or approved.
        Crm is no safety system: what must be hard-wired stands in docs/safety.md and the rig's own wiring.md. {end}; without this process the devices fall by their own watchdogs.
        """;
}
