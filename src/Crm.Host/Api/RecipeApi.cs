using System.Collections.Immutable;
using System.Globalization;
using Crm.Contracts;
using Crm.Host.Access;
using Crm.Host.Approvals;
using Crm.Host.Service;
using Crm.Host.Workshop;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Approval;
using Crm.Recipes.Schemas;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Host.Api;

/// <summary>The recipes of a rig: library, drafts with the checks of <c>crm lint</c>, signatures. Nothing here touches the controller's thread but what asks about its batches.</summary>
public static class RecipeApi
{
    private const int LongestText = 200_000, LongestName = 200, MostLimits = 100;

    /// <summary>One text is judged at a time, whoever asks: checks never take more than one processor from the controller.</summary>
    private static readonly SemaphoreSlim one = new(1);

    private static readonly Lazy<string> schema = new(() => RecipeSchema.Json(UnitOperationCatalogue.Descriptions));

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/rigs/{rig}/recipe-library", (string rig, Rigs rigs) => With(rigs, rig, async (r, place) => Results.Ok(await Quietly(() => RecipeLibrary.List(r, place)))))
            .Needs(Permission.View).WithSummary("Recipes, formulas and drafts of the rig with product, grade and state").Produces<IReadOnlyList<RecipeEntry>>().ProducesProblem(404);

        api.MapGet("/rigs/{rig}/recipe-library/text", (string rig, string file, Rigs rigs) => With(rigs, rig, async (r, place) =>
            await Quietly(() => RecipeLibrary.Read(r, place, file)) is { } seen ? Results.Ok(seen) : NoFile(file)))
            .Needs(Permission.View).WithSummary("One recipe: its text, procedure chart, findings, who signed and when").Produces<RecipeSeen>().ProducesProblem(404);

        api.MapGet("/recipe-schema", () => Results.Text(schema.Value, "application/schema+json"))
            .Needs(Permission.View).WithSummary("JSON schema of recipes, for completion and hints").Produces<string>(200, "application/schema+json");

        api.MapPost("/rigs/{rig}/recipe-checks", (string rig, RecipeText asked, Rigs rigs) => With(rigs, rig, async (r, place) =>
            asked.Text.Length > LongestText ? Results.Problem($"text: at most {LongestText} characters", statusCode: 400)
            : RecipeShelf.PathOf(r, asked.File) is not { } path ? NoFile(asked.File)
            : Results.Ok(await Quietly(() => RecipeLibrary.Check(place, path, asked.Text)))))
            .Needs(Permission.WriteRecipes).WithSummary("What crm lint finds in a text that would stand in a file, its chart, and how it differs from the stored file").Produces<RecipeChecked>().ProducesProblem(400).ProducesProblem(404);

        api.MapPost("/rigs/{rig}/recipe-drafts", (string rig, SaveDraft asked, HttpContext context, Rigs rigs) => With(rigs, rig, (r, place) => Save(r, place, asked, context.Person().Name)))
            .Needs(Permission.WriteRecipes).WithSummary("Keep a text as a draft; never over one that is signed or that a batch runs on").Produces<CommandResult>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

        api.MapPost("/rigs/{rig}/recipe-signatures", (string rig, SignRecipe asked, HttpContext context, Rigs rigs, Gatehouse gatehouse) => With(rigs, rig, (r, place) => Sign(r, place, asked, context.Person(), gatehouse)))
            .Needs(Permission.SignRecipes).WithSummary("Sign the state of a recipe with the password: experimental within bounds, approved or retired; two persons make a state").Produces<CommandResult>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }

    public static IResult NoFile(string file) => Results.Problem($"there is no recipe {(file.Length > LongestName ? file[..LongestName] : file)} of this rig", statusCode: StatusCodes.Status404NotFound);

    /// <summary>Finds the rig and where its recipes lie.</summary>
    public static Task<IResult> With(Rigs rigs, string name, Func<RigService, RecipePlace, Task<IResult>> use) => RigApi.With(rigs, name, r =>
        r.Place is { } place ? use(r, place) : Task.FromResult(Results.Problem("this rig is served without its recipe files", statusCode: StatusCodes.Status404NotFound)));

    private static async Task<T> Quietly<T>(Func<T> work)
    {
        await one.WaitAsync();
        try
        {
            return await Task.Run(work);
        }
        finally
        {
            one.Release();
        }
    }

    private static async Task<IResult> Save(RigService rig, RecipePlace place, SaveDraft asked, string by)
    {
        if (CommandEndpoint.Problem(asked) is { } problem) return Results.Problem(problem, statusCode: 400);
        if (asked.Text.Length > LongestText) return Results.Problem($"text: at most {LongestText} characters", statusCode: 400);
        if (RecipeShelf.PathOf(rig, asked.File) is not { } from) return NoFile(asked.File);
        if (DraftFolder.WhyNotNamed(asked.Name) is { } unnamed) return Refuse(asked, unnamed);
        if (place.Drafts.PathOf(asked.Name) is { } there && await WhyKept(rig, place, there) is { } kept) return Refuse(asked, $"{kept}: save it under another name");
        if (asked.Ask) return Results.Ok(new WhyNot([]));
        string home = Path.GetDirectoryName(from)!;
        string? failed = await Quietly(() => place.Drafts.Keep(asked.Name, asked.Text, home, [.. place.Files(from).Skip(1).Concat(place.Files(from, asked.Text).Skip(1)).DistinctBy(f => Path.GetFullPath(f.Path))]));
        if (failed is not null) return Refuse(asked, failed);
        string file = $"{DraftFolder.Prefix}{asked.Name}.yaml";
        await rig.Ask(core => core.Noted("recipe", $"draft {file} saved, from {asked.File}", by));
        return Results.Ok(new CommandResult(asked.Id, "accepted", file));
    }

    /// <summary>Why a draft must stay as it is; null when it may be written over.</summary>
    private static async Task<string?> WhyKept(RigService rig, RecipePlace place, string path)
    {
        if (place.Read(path).Recipe is not { } recipe) return null;
        RecipeStanding standing = place.Approvals.Of(recipe, place.Rig);
        if (standing.State != RecipeState.Draft || standing.Proposed is not null) return $"it is signed ({standing.Word}; {standing.Words})";
        return await rig.Ask(core => core.Plant.Batches.Where(b => !b.IsOver && core.Plant.RecipeOf(b.Id).Id == recipe.Id && core.Plant.RecipeOf(b.Id).Version == recipe.Version).Select(b => $"batch {b.Id} runs on {recipe.Id} {recipe.Version}").FirstOrDefault());
    }

    private static async Task<IResult> Sign(RigService rig, RecipePlace place, SignRecipe asked, Person person, Gatehouse gatehouse)
    {
        if (CommandEndpoint.Problem(asked) is { } problem) return Results.Problem(problem, statusCode: 400);
        if (Terms(asked) is not { } terms) return Results.Problem($"limits: at most {MostLimits}; batches: 1 or more; until: yyyy-MM-dd", statusCode: 400);
        if (!Enum.TryParse(asked.State, true, out ApprovalAct act) || act == ApprovalAct.Started || !Enum.IsDefined(act)) return Results.Problem("state: experimental, approved or retired", statusCode: 400);
        if (RecipeShelf.PathOf(rig, asked.File) is not { } path) return NoFile(asked.File);
        var (recipe, mistakes) = await Quietly(() => place.Read(path));
        if (recipe is null) return Refuse(asked, $"it has mistakes: {mistakes[0].Message}");
        if (recipe.ContentHash != asked.Content) return Refuse(asked, "the recipe is another than the one you looked at: look at it again");
        ImmutableArray<string> roles = [.. person.Roles];
        var (bounds, why) = RecipeSigning.Judge(recipe, place.Approvals.Of(recipe, place.Rig), person.Name, roles, act, asked.Reason, terms);
        if (why is not null) return Refuse(asked, why);
        if (asked.Ask) return Results.Ok(new WhyNot([]));
        string signs = $"{recipe.Id} {recipe.Version}, content {recipe.ContentHash[..12]}, as {act.ToString().ToLowerInvariant()}";
        if (await Task.Run(() => gatehouse.WhyNotSigned(person.Name, asked.Password)) is { } unsigned)
        {
            await rig.Ask(core =>
            {
                core.Audit(person.Name, $"signature under {signs} refused: {unsigned}");
                return true;
            });
            return Refuse(asked, unsigned);
        }

        string? failed = await Quietly(() => RecipeSigning.Sign(place.Approvals, place.Data, recipe, place.Rig, place.Files(path), person.Name, roles, act, asked.Reason, bounds, TimeProvider.System.GetUtcNow()));
        if (failed is not null) return Refuse(asked, failed);
        RecipeStanding standing = place.Approvals.Of(recipe, place.Rig);
        await rig.Ask(core => core.Noted("recipe", $"{person.Name} signed {signs}{(bounds.Words.Length > 0 ? $" ({bounds.Words})" : "")}: {asked.Reason.Trim()}", person.Name));
        string next = standing.Proposed is { } waiting && waiting.Act == act ? $"; another person signs {act.ToString().ToLowerInvariant()} next" : "";
        return Results.Ok(new CommandResult(asked.Id, "accepted", $"{standing.Word}; {standing.Words}{next}"));
    }

    private static ApprovalTerms? Terms(SignRecipe asked)
    {
        var limits = asked.Limits ?? ImmutableSortedDictionary<string, string>.Empty;
        if (limits.Count > MostLimits || limits.Any(l => l.Value is null || l.Value.Length > LongestName || l.Key.Length > LongestName) || asked.Batches is < 1 or > 10_000) return null;
        DateOnly? until = null;
        if (!string.IsNullOrEmpty(asked.Until))
        {
            if (!DateOnly.TryParseExact(asked.Until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)) return null;
            until = day;
        }

        return new ApprovalTerms(limits.ToImmutableSortedDictionary(l => l.Key, l => l.Value, StringComparer.Ordinal), asked.Batches, until);
    }

    private static IResult Refuse(CommandRequest asked, string why) => asked.Ask ? Results.Ok(new WhyNot([why])) : CommandEndpoint.Refused(asked.Id, why);
}
