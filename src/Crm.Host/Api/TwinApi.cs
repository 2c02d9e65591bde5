using Crm.Contracts;
using Crm.Host.Access;
using Crm.Host.Service;
using Crm.Plant.Lots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Host.Api;

/// <summary>What only a simulated plant has: pace, skipping, hands and a laboratory.</summary>
public static class TwinApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/rigs/{rig}/twin/pace", (string rig, SetPace asked, Rigs rigs) => RigApi.With(rigs, rig, async r =>
        {
            if (!(asked.Pace >= Pacer.Slowest && asked.Pace <= Pacer.Fastest)) return Results.Problem($"pace: {Pacer.Slowest} to {Pacer.Fastest} plant seconds per second", statusCode: 400);
            return await r.SetPace(asked.Pace) ? Results.NoContent() : NoTwin();
        })).Needs(Permission.SteerTwin).WithSummary("Set the pace of plant time").ProducesProblem(400).ProducesProblem(404);

        api.MapPost("/rigs/{rig}/twin/skip", (string rig, Rigs rigs) => RigApi.With(rigs, rig, async r =>
        {
            if (!r.Description.Twin) return NoTwin();
            await r.SkipToNextEvent();
            return Results.NoContent();
        })).Needs(Permission.SteerTwin).WithSummary("Full speed to the next event; asked again, stops").ProducesProblem(404);

        api.MapPost("/rigs/{rig}/twin/technician", (string rig, SetTechnician asked, Rigs rigs) => RigApi.With(rigs, rig, async r =>
        {
            if (!r.Description.Twin) return NoTwin();
            await r.Ask(core => core.Unattended = asked.Unattended);
            return Results.NoContent();
        })).Needs(Permission.SteerTwin).WithSummary("Let the simulated technician answer prompts, or answer them yourself").ProducesProblem(404);

        api.MapPost("/rigs/{rig}/twin/work", (string rig, PromptName asked, HttpContext context, Rigs rigs) => RigApi.With(rigs, rig, async r =>
        {
            if (!r.Description.Twin) return NoTwin();
            string by = context.Person().Name;
            var answer = await r.Ask(core => core.Plant.Has(asked.Batch) ? core.Work(asked.Prompt, by, batch: asked.Batch) : null);
            return answer is null
                ? Results.Problem($"prompt {asked.Prompt} is not open", statusCode: 404)
                : Results.Ok(new TwinWork(answer.Mass?.Value, Text(answer.Assay)));
        })).Needs(Permission.SteerTwin).WithSummary("Let the twin's hands do what a prompt asks for").Produces<TwinWork>().ProducesProblem(404);

        api.MapPost("/rigs/{rig}/twin/laboratory", (string rig, SampleName asked, Rigs rigs) => RigApi.With(rigs, rig, async r =>
        {
            var (results, why) = await r.Ask(core => core.Plant.Has(asked.Batch) ? core.Laboratory(asked.Sample, asked.Batch) : (null, $"there is no batch {asked.Batch}"));
            return results is null ? Results.Problem(why, statusCode: StatusCodes.Status409Conflict) : Results.Ok(new TwinWork(null, Text(results)));
        })).Needs(Permission.SteerTwin).WithSummary("What the twin's laboratory found in a sample").Produces<TwinWork>().ProducesProblem(404).ProducesProblem(409);
    }

    private static IResult NoTwin() => Results.Problem("this rig is no twin: its time, its hands and its laboratory are real", statusCode: StatusCodes.Status409Conflict);

    private static SortedDictionary<string, Quantity> Text(Assay? assay)
    {
        var text = new SortedDictionary<string, Quantity>(StringComparer.Ordinal);
        foreach (var (analyte, found) in assay?.MassFractions ?? Assay.Empty.MassFractions) text[analyte] = new Quantity(found.Value, found.U);
        return text;
    }
}
