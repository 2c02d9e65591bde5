using Crm.Contracts;
using Crm.Control;
using Crm.Host.Access;
using Crm.Host.Service;
using Crm.Plant.Phases;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Host.Api;

/// <summary>The campaigns of a rig: put there like a batch, started, held and stopped as a whole.</summary>
public static class CampaignApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/rigs/{rig}/campaign-files", (string rig, Rigs rigs) => RigApi.With(rigs, rig, async r => Results.Ok(await Task.Run(() => RecipeShelf.ListCampaigns(r)))))
            .Needs(Permission.View).WithSummary("Campaigns beside the recipe of the first batch, with their batches, and whether they fit the rig").Produces<IReadOnlyList<CampaignChoice>>().ProducesProblem(404);

        api.MapGet("/rigs/{rig}/campaigns", (string rig, Rigs rigs) => RigApi.With(rigs, rig, async r =>
            Results.Ok(await r.Ask(core => core.Plant.Campaigns.Select(c => SituationText.Describe(core, c)).ToArray()))))
            .Needs(Permission.View).WithSummary("Campaigns of the rig: where each stands, what each of its batches waits for").Produces<IReadOnlyList<CampaignSeen>>().ProducesProblem(404);

        api.MapPost("/rigs/{rig}/campaigns", (string rig, NewCampaign asked, HttpContext context, Rigs rigs) => RigApi.With(rigs, rig, r => Begin(r, asked, context.Person().Name)))
            .Needs(Permission.Operate).WithSummary("Put the batches of a campaign beside those there are; none begins before the campaign is started").Produces<CommandResult>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

        foreach (var (word, command, permission, summary) in ((string, PhaseCommand, Permission, string)[])
            [("start", PhaseCommand.Start, Permission.Operate, "Let a campaign go: each of its batches is started when it is due"),
             ("hold", PhaseCommand.Hold, Permission.TowardsSafe, "No further batch of a campaign begins; what has begun goes on"),
             ("stop", PhaseCommand.Stop, Permission.TowardsSafe, "Withdraw every batch of a campaign that has not begun, with a reason; what has begun goes on")])
        {
            CommandEndpoint.Post<PlainCommand>(api, $"/rigs/{{rig}}/campaigns/{{name}}/{word}", permission, summary, (c, by, name) => new Order(id => new CommandCampaign(id, by, name, command, c.Reason)));
        }
    }

    private static async Task<IResult> Begin(RigService rig, NewCampaign asked, string by)
    {
        if (CommandEndpoint.Problem(asked) is { } problem) return Results.Problem(problem, statusCode: 400);
        var (plan, path, why) = await Task.Run(() => RecipeShelf.TakeCampaign(rig, asked.Campaign));
        if (plan is null) return asked.Ask ? Results.Ok(new WhyNot([why])) : CommandEndpoint.Refused(asked.Id, why);
        if (asked.Ask) return Results.Ok(new WhyNot(await rig.Ask(core => core.WhyNotAdd(plan) is { } no ? [no] : Array.Empty<string>())));
        return await CommandEndpoint.InTime(asked.Id, rig.Begin(by, asked.Id, plan, path));
    }
}
