using System.Collections.Immutable;
using Crm.Contracts;
using Crm.Host.Access;
using Crm.Host.Runs;
using Crm.Host.Service;
using Crm.Plant.Procedure;
using Crm.Recipes.Procedures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Host.Api;

/// <summary>The batches of a rig, side by side.</summary>
public static class BatchApi
{
    private const int MostSettings = 200, LongestSetting = 60;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/rigs/{rig}/batches", (string rig, Rigs rigs) => RigApi.With(rigs, rig, async r =>
            Results.Ok(await r.Ask(core => core.Plant.Batches.Select(b => SituationText.Describe(core, b)).ToArray()))))
            .Needs(Permission.View).WithSummary("Batches in the order they were added, what each has and what it waits for").Produces<IReadOnlyList<BatchSeen>>().ProducesProblem(404);

        api.MapGet("/rigs/{rig}/batches/{batch}", (string rig, string batch, Rigs rigs) => RigApi.With(rigs, rig, async r =>
            await r.Batch(batch) is { } found ? Results.Ok(found) : NoBatch(batch)))
            .Needs(Permission.View).WithSummary("One batch: its frozen recipe, steps and where it stands").Produces<BatchDetail>().ProducesProblem(404);

        api.MapGet("/rigs/{rig}/allocations", (string rig, Rigs rigs) => RigApi.With(rigs, rig, async r =>
            Results.Ok(await r.Ask(core => core.Plant.Allocations.Select(a => new AllocationSeen(a.Resource, a.Owner, a.Amount, a.Measure, a.Since.TotalSeconds)).ToArray()))))
            .Needs(Permission.View).WithSummary("Units and shares of services that are taken, in the order of granting").Produces<IReadOnlyList<AllocationSeen>>().ProducesProblem(404);

        api.MapGet("/rigs/{rig}/recipes", (string rig, Rigs rigs) => RigApi.With(rigs, rig, async r => Results.Ok(await Task.Run(() => RecipeShelf.List(r)))))
            .Needs(Permission.View).WithSummary("Recipes beside that of the first batch, and whether they fit the rig").Produces<IReadOnlyList<RecipeChoice>>().ProducesProblem(404);

        api.MapPost("/rigs/{rig}/batches", (string rig, NewBatch asked, HttpContext context, Rigs rigs) => RigApi.With(rigs, rig, r => Begin(r, asked, context.Person().Name)))
            .Needs(Permission.Operate).WithSummary("Put a further batch of a recipe beside those there are, with formula values of its own when given: IDLE until its START").Produces<CommandResult>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    public static IResult NoBatch(string batch) => Results.Problem($"there is no batch {batch}", statusCode: StatusCodes.Status404NotFound);

    private static async Task<IResult> Begin(RigService rig, NewBatch asked, string by)
    {
        if (CommandEndpoint.Problem(asked) is { } problem) return Results.Problem(problem, statusCode: 400);
        var formula = asked.Formula ?? ImmutableSortedDictionary<string, string>.Empty;
        if (formula.Count > MostSettings || formula.Values.Any(v => v.Length > LongestSetting)) return Results.Problem($"formula: at most {MostSettings} values of {LongestSetting} characters", statusCode: 400);
        var (file, path, why) = await Task.Run(() => RecipeShelf.Take(rig, asked.Recipe));
        var (recipe, unfit) = file is null ? (null, why) : RecipeShelf.With(file, formula);
        if (recipe is null) return asked.Ask ? Results.Ok(new WhyNot([unfit])) : CommandEndpoint.Refused(asked.Id, unfit);
        if (asked.Ask) return Results.Ok(new WhyNot(await rig.Ask(core => core.Plant.WhyNotAdd(RunInputs.BatchName(core.Plant.Batches.Length)) is { } no ? [no] : Array.Empty<string>())));
        return await CommandEndpoint.InTime(asked.Id, rig.Begin(by, asked.Id, recipe, path, formula));
    }
}
