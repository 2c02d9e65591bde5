using Crm.Contracts;
using Crm.Control;
using Crm.Host.Access;
using Crm.Host.Service;
using Crm.Plant.Protection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Host.Api;

/// <summary>The signature under a change of the protection: a signed-in person who may, a reason, and the password entered again (SAF-32).</summary>
public static class ProtectionApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/rigs/{rig}/protection/accept", (string rig, SignedOff asked, HttpContext context, Rigs rigs, Gatehouse gatehouse) => RigApi.With(rigs, rig, async r =>
        {
            if (CommandEndpoint.Problem(asked) is { } problem) return Results.Problem(problem, statusCode: 400);
            string by = context.Person().Name;
            // Not asked for a password while nothing waits, and never on the thread that serves others.
            bool waits = await r.Ask(core => core.Plant.AwaitsAcceptance is not null);
            if (waits && !asked.Ask && await Task.Run(() => gatehouse.WhyNotSigned(by, asked.Password)) is { } unsigned)
            {
                await r.Ask(core =>
                {
                    core.Audit(by, $"acceptance of the protection not signed: {unsigned}");
                    return true;
                });
                return CommandEndpoint.Refused(asked.Id, unsigned);
            }

            return await CommandEndpoint.Give(r, asked, context, (c, who, _) => new Order(id => new AcceptProtection(id, who, c.Reason)));
        })).Needs(Permission.Guarded).WithSummary("Accept, signed with the password, that the protection is not the one the last batch ran with; for the roles the rig file names")
            .Produces<CommandResult>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
    }
}
