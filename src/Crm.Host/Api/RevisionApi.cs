using Crm.Contracts;
using Crm.Control;
using Crm.Host.Access;
using Crm.Host.Service;
using Crm.Host.Workshop;
using Crm.Plant.Procedure;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Differences;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Host.Api;

/// <summary>The frozen recipe of a running batch, and the one way to other steps: proposed by one person, reviewed by another.</summary>
public static class RevisionApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/rigs/{rig}/batches/{batch}/recipe", (string rig, string batch, Rigs rigs) => RigApi.With(rigs, rig, async r =>
            await r.Ask(core => core.Plant.Has(batch) ? core.Plant.RecipeOf(batch) : null) is { } recipe ? Results.Ok(Describe(recipe)) : BatchApi.NoBatch(batch)))
            .Needs(Permission.View).WithSummary("The recipe that a batch runs on, as it is written: frozen at START, changed only by review").Produces<BatchRecipe>().ProducesProblem(404);

        api.MapGet("/rigs/{rig}/batches/{batch}/chart", (string rig, string batch, Rigs rigs) => RigApi.With(rigs, rig, async r =>
        {
            if (await r.Ask(core => core.Plant.Has(batch) ? core.Plant.RecipeOf(batch) : null) is not { } frozen) return BatchApi.NoBatch(batch);
            return await Task.Run(() => r.Place?.Chart(frozen)) is { } chart
                ? Results.Text(chart, "image/svg+xml")
                : Results.Problem($"what {Path.GetFileName(frozen.File)} names (blocks, specification) is not as it was when the batch began: put it back", statusCode: 404);
        })).Needs(Permission.View).WithSummary("The procedure chart of what a batch runs on, as SVG; the title of each box is the id of its step").Produces<string>(200, "image/svg+xml").ProducesProblem(404);

        api.MapPost("/rigs/{rig}/batch/steps/compare", (string rig, ProposeSteps asked, Rigs rigs) => RigApi.With(rigs, rig, async r =>
        {
            if (Problem(asked) is { } problem) return Results.Problem(problem, statusCode: 400);
            if (await Read(r, asked) is not var (frozen, read)) return BatchApi.NoBatch(asked.Batch);
            return Results.Ok(new StepsCompared(
                [.. read.Steps?.Changes.Select(c => c.Words) ?? []], [.. read.Steps?.Advice ?? []], read.Problems, [.. read.Findings.Select(f => RecipeLibrary.Finding(frozen.File, f))]));
        })).Needs(Permission.View).WithSummary("What another text of the recipe would change for the batch, and what stands against it; changes nothing")
            .Produces<StepsCompared>().ProducesProblem(400).ProducesProblem(404);

        api.MapPost("/rigs/{rig}/batch/steps", (string rig, ProposeSteps asked, HttpContext context, Rigs rigs) => RigApi.With(rigs, rig, async r =>
        {
            if (Problem(asked) is { } problem) return Results.Problem(problem, statusCode: 400);
            if (await Read(r, asked) is not var (_, read)) return BatchApi.NoBatch(asked.Batch);
            return await CommandEndpoint.Give(r, asked, context, (c, by, _) => read.Steps is { } steps
                ? new Order(id => new ProposeRevision(id, by, c.Values ?? new Dictionary<string, string>(), c.Reason, steps))
                : new Order(string.Join("; ", read.Problems)));
        })).Needs(Permission.WriteRecipes).WithSummary("Propose other steps for what the batch has not begun, with a reason; another person reviews them")
            .Produces<CommandResult>().Produces<CommandResult>(202).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

        CommandEndpoint.Post<RevisionReview>(api, "/rigs/{rig}/batch/revision/review", Permission.Operate, "Take the proposed change of the batch, or turn it down with a reason; never by its author",
            (c, by, _) => new Order(id => new ReviewRevision(id, by, c.Accept, c.Reason)));
    }

    private static BatchRecipe Describe(ControlRecipe recipe) => new(recipe.Id, recipe.Version, Path.GetFileName(recipe.File), recipe.Text);

    private static string? Problem(ProposeSteps asked) =>
        CommandEndpoint.Problem(asked)
        ?? (asked.Text is { Length: > 0 and <= RevisionText.Longest } ? null : $"text: the whole recipe file, at most {RevisionText.Longest} characters")
        ?? CommandApi.ValuesProblem(asked.Values ?? new Dictionary<string, string>());

    /// <summary>Read beside the controller's thread; null when there is no such batch.</summary>
    private static async Task<(ControlRecipe Frozen, RevisionRead Read)?> Read(RigService rig, ProposeSteps asked)
    {
        if (await rig.Ask(core => core.Plant.Has(asked.Batch) ? core.Plant.RecipeOf(asked.Batch) : null) is not { } frozen) return null;
        RevisionRead read = await Task.Run(() => RevisionText.Read(frozen, asked.Text, UnitOperationCatalogue.Descriptions, rig.Rig, rig.Place?.Twin));
        if (read.Steps is not { } steps) return (frozen, read);
        string? against = await rig.Ask(core => core.Plant.WhyNotRevise(asked.Batch, steps));
        return (frozen, against is null ? read : read with { Steps = null, Problems = [against] });
    }
}
