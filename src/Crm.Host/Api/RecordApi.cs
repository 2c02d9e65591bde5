using System.Globalization;
using Crm.Contracts;
using Crm.Host.Access;
using Crm.Host.Records;
using Crm.Host.Reports;
using Crm.Host.Runs;
using Crm.Host.Service;
using Crm.Host.Workshop;
using Crm.Plant.Ports;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Store.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Host.Api;

/// <summary>What is on record: batches of this controller and those before, their figures and reports, the audit trail and its proof.</summary>
public static class RecordApi
{
    private const int MostEntries = 1000;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/rigs/{rig}/record/batches", (string rig, Rigs rigs) => With(rigs, rig, async (r, book) =>
        {
            var known = await Recipes(r);
            return Results.Ok(book.Batches().Select(b => Seen(b, Recipe(b, known, r), book.Era)));
        })).Needs(Permission.View).WithSummary("Batches on record, the newest first").Produces<IReadOnlyList<RecordedBatchSeen>>().ProducesProblem(404);

        api.MapGet("/rigs/{rig}/record/batches/{name}/figures", (string rig, string name, Rigs rigs) => With(rigs, rig, async (r, book) =>
        {
            var counted = book.Find(name) is { } running && running.Era == book.Era ? await r.Ask(core => core.MetersSoFar(running.Batch)) : null;
            return await Made(r, book, name, false, (batch, recipe, record, _) => Results.Ok(Figures(r, batch, recipe!, record!, counted is not null)), counted: counted);
        }))
            .Needs(Permission.View).WithSummary("Purity, recovery and water of a batch by what was measured so far: the figures of its report").Produces<BatchFigures>().ProducesProblem(404).ProducesProblem(409);

        api.MapGet("/rigs/{rig}/record/batches/{name}/expected", (string rig, string name, Rigs rigs) => With(rigs, rig, async (r, book) =>
        {
            if (book.Find(name) is not { } batch) return NoBatch(name);
            var known = await Recipes(r);
            if (Recipe(batch, known, r) is not { } recipe) return Results.Problem("no recipe file at hand is the one this batch ran on", statusCode: StatusCodes.Status409Conflict);
            return Results.Ok(await Task.Run(() => ExpectedTimes.Of(r, book, batch, recipe, b => Recipe(b, known, r))));
        })).Needs(Permission.View).WithSummary("When the steps of a batch are expected: as the twin predicted for it, else as an earlier batch of its recipe took").Produces<ExpectedCourse>().ProducesProblem(404).ProducesProblem(409);

        api.MapGet("/rigs/{rig}/record/batches/{name}/report", (string rig, string name, Rigs rigs) => With(rigs, rig, (r, book) => Made(r, book, name, true, (_, _, record, _) => Results.Text(ReportWriter.Html(record!), "text/html; charset=utf-8"))))
            .Needs(Permission.View).WithSummary("The report of a batch as one page").Produces(200).ProducesProblem(404).ProducesProblem(409);

        api.MapGet("/rigs/{rig}/record/batches/{name}/export", (string rig, string name, Rigs rigs) => With(rigs, rig, (r, book) => Made(r, book, name, true, (batch, _, record, entries) => Results.File(BatchFile.Archive(record, entries), "application/zip", $"{r.Rig.Name}-{batch.Key}.zip"), needsRecipe: false)))
            .Needs(Permission.View).WithSummary("Report, figures, folded history and own entries of a batch in one archive").Produces(200).ProducesProblem(404);

        api.MapGet("/rigs/{rig}/record/entries", (string rig, long? after, int? most, Rigs rigs) => With(rigs, rig, (_, book) =>
        {
            int count = Math.Clamp(most ?? 200, 1, MostEntries);
            return Task.FromResult<IResult>(Results.Ok((after is { } from ? book.After(Math.Max(0, from), count) : book.Newest(count)).Select(Seen)));
        })).Needs(Permission.View).WithSummary("Entries of the record behind a number, or the newest").Produces<IReadOnlyList<AuditSeen>>().ProducesProblem(404);

        api.MapGet("/rigs/{rig}/record/proof", (string rig, Rigs rigs) => With(rigs, rig, async (_, book) =>
        {
            var found = await Task.Run(() => JournalVerification.Verify(book.Path));
            return Results.Ok(new RecordProof(found.IsUntouched, found.Entries, string.Create(CultureInfo.InvariantCulture, $"{found.Head.Sequence}:{found.Head.Hash}"), found.Problem ?? ""));
        })).Needs(Permission.View).WithSummary("Walks the chain of hashes, as crm verify-log does").Produces<RecordProof>().ProducesProblem(404);
    }

    private static BatchFigures Figures(RigService rig, RecordedBatch batch, ControlRecipe recipe, BatchRecord record, bool waterSoFar)
    {
        // The run first: what it leaves when it is done is there before it says so.
        var last = rig.DryRuns?.All.FirstOrDefault(r => r.File == Predictions.Name(batch.Key));
        var kept = rig.Place is { } place ? Predictions.Of(place).Read(batch.Key) : null;
        return FiguresText.Of(batch, record, PredictionText.Of(kept, last, FrozenRecipe.Identity(recipe)), kept?.Limits ?? [], waterSoFar);
    }

    internal static Task<IResult> With(Rigs rigs, string name, Func<RigService, RecordBook, Task<IResult>> use) => RigApi.With(rigs, name, async r =>
    {
        if (r.Record is not { } book) return Results.Problem("this controller keeps no record of its own", statusCode: StatusCodes.Status404NotFound);
        try
        {
            return await use(r, book);
        }
        catch (JournalFaultException unreadable)
        {
            return Results.Problem($"the record cannot be read now: {unreadable.Message}", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    });

    /// <param name="counted">What the meters say so far, judged with the entries though it is not one of them.</param>
    private static async Task<IResult> Made(
        RigService rig, RecordBook book, string key, bool withTrends, Func<RecordedBatch, ControlRecipe?, BatchRecord?, IReadOnlyList<JournalEntry>, IResult> make, bool needsRecipe = true, BatchEvent? counted = null)
    {
        if (book.Find(key) is not { } batch) return NoBatch(key);
        var recipe = Recipe(batch, await Recipes(rig), rig);
        if (recipe is null && needsRecipe) return Results.Problem("no recipe file at hand is the one this batch ran on, so its figures cannot be judged; its entries can be exported", statusCode: StatusCodes.Status409Conflict);
        return await Task.Run(() =>
        {
            var entries = book.Entries(batch);
            if (counted is not null) entries = [.. entries, new JournalEntry(batch.Last, batch.Ended, counted, [])];
            return make(batch, recipe, recipe is null ? null : BatchFile.Record(rig, batch, entries, recipe, batch.Era == book.Era, withTrends), entries);
        });
    }

    internal static IResult NoBatch(string key) => Results.Problem($"there is no batch {key} on record", statusCode: StatusCodes.Status404NotFound);

    /// <summary>Recipes of the batches this controller has, by batch.</summary>
    private static Task<Dictionary<string, ControlRecipe>> Recipes(RigService rig) =>
        rig.Ask(core => core.Plant.Batches.ToDictionary(b => b.Id, b => core.Plant.RecipeOf(b.Id)));

    private static ControlRecipe? Recipe(RecordedBatch batch, Dictionary<string, ControlRecipe> known, RigService rig) =>
        batch.Era == rig.Record!.Era && known.TryGetValue(batch.Batch, out var own) ? own
        : known.Values.FirstOrDefault(r => r.ContentHash == batch.RecipeHash) is { } same ? same
        : batch.RecipeFile.Length > 0 && File.Exists(batch.RecipeFile) && RigFiles.Recipe(batch.RecipeFile, rig.Rig).Value is { } read && read.ContentHash == batch.RecipeHash ? RecipeShelf.With(read, batch.Formula).Recipe
        : null;

    private static RecordedBatchSeen Seen(RecordedBatch b, ControlRecipe? recipe, long era) => new(
        b.Key, b.Batch, recipe is null ? "" : $"{recipe.Title} {recipe.Version}", b.Began, b.Ended, b.State, Math.Round((b.To - b.From).TotalHours, 2), b.Era == era, recipe is not null);

    private static AuditSeen Seen(JournalEntry e) => new(
        e.Sequence, e.Stamp, Math.Round(e.Event.At.TotalSeconds, 1), e.Event.Kind.ToString(), e.Event.Batch, e.Event.Subject, e.Event.Text, e.Event.Cause, Convert.ToHexStringLower(e.Hash.AsSpan())[..12]);
}
