using Crm.Contracts;
using Crm.Host.Access;
using Crm.Host.Records;
using Crm.Host.Service;
using Crm.Host.Workshop;
using Crm.Plant.Procedure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Host.Api;

/// <summary>What the rig's twin makes of a batch: asked for by a person, kept with the batch, shown in its figures apart from what is measured.</summary>
public static class PredictionApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/rigs/{rig}/record/batches/{name}/prediction", (string rig, string name, NewPrediction asked, HttpContext context, Rigs rigs) =>
            RecordApi.With(rigs, rig, (r, book) => Begin(r, book, name, asked, context.Person().Name)))
            .Needs(Permission.WriteRecipes).WithSummary("Run the batch's own recipe with its own values to its end on a twin in a process of its own, one dry run at a time; the figures of the batch then have what it predicts, never as measured")
            .Produces<CommandResult>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

        api.MapGet("/rigs/{rig}/record/batches/{name}/prediction/report", (string rig, string name, HttpContext context, Rigs rigs) => RecordApi.With(rigs, rig, (r, book) =>
        {
            if (book.Find(name) is null) return Task.FromResult(RecordApi.NoBatch(name));
            if (r.Place is not { } place || Predictions.Of(place).Report(name) is not { } report) return Task.FromResult(Results.Problem($"no prediction of batch {name} is kept", statusCode: StatusCodes.Status404NotFound));
            context.Response.Headers.ContentSecurityPolicy = DryRunApi.ReportPolicy;
            return Task.FromResult(Results.File(report, "text/html; charset=utf-8"));
        })).Needs(Permission.View).WithSummary("Report of the twin's run that predicted a batch, with its trends").Produces<string>(200, "text/html").ProducesProblem(404);
    }

    private static async Task<IResult> Begin(RigService rig, RecordBook book, string key, NewPrediction asked, string by)
    {
        if (CommandEndpoint.Problem(asked) is { } problem) return Results.Problem(problem, statusCode: 400);
        if (book.Find(key) is not { } batch) return RecordApi.NoBatch(key);
        var (recipe, why) = await Recipe(rig, book, batch);
        if (asked.Ask) return Results.Ok(new WhyNot(why is null ? [] : [why]));
        if (why is not null) return CommandEndpoint.Refused(asked.Id, why);
        var (number, failed) = await Begin(rig, batch, recipe!, by);
        return number == 0 ? CommandEndpoint.Refused(asked.Id, failed) : Results.Ok(new CommandResult(asked.Id, "accepted", number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static Task<(int Number, string Why)> Begin(RigService rig, RecordedBatch batch, ControlRecipe recipe, string by)
    {
        var place = rig.Place!;
        return Task.Run(() => Predictions.Of(place).Begin(batch.Key, batch.Batch, recipe, place, rig.DryRuns!, by, TimeProvider.System));
    }

    /// <summary>Has the twin predict the newest batch on record without a person asking; nothing happens when it cannot.</summary>
    internal static async Task Predict(RigService rig, string by)
    {
        if (rig.Record is not { } book || book.Batches() is not [var batch, ..]) return;
        if (await Recipe(rig, book, batch) is ({ } recipe, null)) await Begin(rig, batch, recipe, by);
    }

    private static async Task<(ControlRecipe? Recipe, string? Why)> Recipe(RigService rig, RecordBook book, RecordedBatch batch)
    {
        if (rig.Place is null || rig.DryRuns is not { } runs) return (null, "this rig is served without its recipe files");
        var recipe = batch.Era == book.Era ? await rig.Ask(core => core.Plant.Has(batch.Batch) ? core.Plant.RecipeOf(batch.Batch) : null) : null;
        return recipe is null ? (null, $"batch {batch.Key} is of a controller before: what exactly it ran on is not at hand") : (recipe, runs.WhyNot);
    }
}
