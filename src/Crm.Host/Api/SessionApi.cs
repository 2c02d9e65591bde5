using Crm.Contracts;
using Crm.Host.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Host.Api;

/// <summary>Signing in and out, and accounts.</summary>
public static class SessionApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/sessions", async (SignIn asked, Gatehouse gatehouse, AuditTrail audit) =>
        {
            // A password costs a fifth of a second of one core: not on the thread that serves others.
            var (session, why) = await Task.Run(() => gatehouse.SignIn(asked));
            if (session is null) await audit.Refused(asked.Name ?? "nobody", $"sign-in by {(asked.Link is null ? "password" : "link")} refused: {why}");
            else await audit.Done(session.Person.Name, $"signed in by {(asked.Link is null ? "password" : "link")}");
            return session is null ? Results.Problem(why, statusCode: StatusCodes.Status401Unauthorized) : Results.Ok(session);
        }).Needs(Permission.Public).WithSummary("Sign in by one-time link or password").Produces<Session>().ProducesProblem(401);

        api.MapGet("/sessions/me", (HttpContext context) => Results.Ok(context.Person()))
            .Needs(Permission.View).WithSummary("Who I am and what I may").Produces<Person>();

        api.MapDelete("/sessions/me", async (HttpContext context, Gatehouse gatehouse, AuditTrail audit) =>
        {
            gatehouse.SignOut(AccessGate.Token(context)!);
            await audit.Done(context.Person().Name, "signed out");
            return Results.NoContent();
        }).Needs(Permission.View).WithSummary("Sign out");

        api.MapGet("/accounts", (Gatehouse gatehouse) => Results.Ok(gatehouse.People))
            .Needs(Permission.ManageAccounts).WithSummary("People with an account").Produces<IReadOnlyList<Person>>();

        api.MapPost("/accounts", async (NewAccount asked, HttpContext context, Gatehouse gatehouse, AuditTrail audit) =>
        {
            string? why = await Task.Run(() => gatehouse.Add(asked));
            string what = $"account {asked.Name} as {string.Join(", ", asked.Roles)}";
            if (why is null) await audit.Done(context.Person().Name, what + " made");
            else await audit.Refused(context.Person().Name, $"{what} refused: {why}");
            return why is null ? Results.NoContent() : Results.Problem(why, statusCode: StatusCodes.Status409Conflict);
        })
            .Needs(Permission.ManageAccounts).WithSummary("Make an account").ProducesProblem(409);
    }
}
