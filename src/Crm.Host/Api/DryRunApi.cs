using Crm.Contracts;
using Crm.Host.Access;
using Crm.Host.Service;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Host.Api;

/// <summary>A recipe tried on a twin in a process beside the controller: what it would give before anybody starts it.</summary>
public static class DryRunApi
{
    /// <summary>The report has its styles in it and no script; nothing in it may load or do anything.</summary>
    internal const string ReportPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/rigs/{rig}/dry-runs", (string rig, Rigs rigs) => With(rigs, rig, r => Task.FromResult(Results.Ok(r.DryRuns!.All))))
            .Needs(Permission.View).WithSummary("Recipes that were tried on a twin beside the plant, newest first").Produces<IReadOnlyList<DryRunSeen>>().ProducesProblem(404);

        api.MapPost("/rigs/{rig}/dry-runs", (string rig, NewDryRun asked, HttpContext context, Rigs rigs) => With(rigs, rig, r => Begin(r, asked, context.Person().Name)))
            .Needs(Permission.WriteRecipes).WithSummary("Run a recipe or draft to its end on a twin in a process of its own; one at a time").Produces<CommandResult>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

        api.MapPost("/rigs/{rig}/dry-runs/{number:int}/stop", (string rig, int number, Rigs rigs) => With(rigs, rig, r => Task.FromResult(
            r.DryRuns!.Stop(number, "stopped by a person") ? Results.NoContent() : None(number))))
            .Needs(Permission.WriteRecipes).WithSummary("End a dry run").Produces(204).ProducesProblem(404);

        api.MapGet("/rigs/{rig}/dry-runs/{number:int}/report", (string rig, int number, HttpContext context, Rigs rigs) => With(rigs, rig, r =>
        {
            if (r.DryRuns!.Report(number) is not { } report) return Task.FromResult(None(number));
            context.Response.Headers.ContentSecurityPolicy = ReportPolicy;
            return Task.FromResult(Results.File(report, "text/html; charset=utf-8"));
        })).Needs(Permission.View).WithSummary("Report of a dry run, with its trends").Produces<string>(200, "text/html").ProducesProblem(404);
    }

    private static Task<IResult> With(Rigs rigs, string name, Func<RigService, Task<IResult>> use) => RigApi.With(rigs, name, r =>
        r.DryRuns is not null ? use(r) : Task.FromResult(Results.Problem("this rig is served without its recipe files", statusCode: StatusCodes.Status404NotFound)));

    private static IResult None(int number) => Results.Problem($"there is no such dry run, or it has not come so far: {number}", statusCode: StatusCodes.Status404NotFound);

    private static async Task<IResult> Begin(RigService rig, NewDryRun asked, string by)
    {
        if (CommandEndpoint.Problem(asked) is { } problem) return Results.Problem(problem, statusCode: 400);
        if (rig.Place is not { } place || RecipeShelf.PathOf(rig, asked.File) is not { } path) return RecipeApi.NoFile(asked.File);
        var (recipe, mistakes) = await Task.Run(() => place.Read(path));
        string? why = recipe is null ? $"it has mistakes: line {mistakes[0].Line}: {mistakes[0].Message}" : rig.DryRuns!.WhyNot;
        if (asked.Ask) return Results.Ok(new WhyNot(why is null ? [] : [why]));
        if (why is not null) return CommandEndpoint.Refused(asked.Id, why);
        var (number, failed) = await Task.Run(() => rig.DryRuns!.Begin(asked.File, recipe!.Title, by, path, place.RigFolder));
        return number == 0 ? CommandEndpoint.Refused(asked.Id, failed) : Results.Ok(new CommandResult(asked.Id, "accepted", number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }
}
