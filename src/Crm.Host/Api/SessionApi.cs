using Crm.Contracts;
using Crm.Host.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Host.Api;

/// <summary>Signing in and out.</summary>
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

        api.MapPost("/sessions/me/password", async (NewPassword asked, HttpContext context, Gatehouse gatehouse, AuditTrail audit) =>
        {
            string name = context.Person().Name, token = AccessGate.Token(context)!;
            return await Told(context, audit, "own password", "changed", await Task.Run(() => gatehouse.ChangePassword(name, asked, token)));
        }).Needs(Permission.View).WithSummary("Change one's own password, by the present one; other sessions of the account end").ProducesProblem(409);

        AccountApi.Map(api);
    }

    /// <summary>Puts on record what was done, or refused and why.</summary>
    internal static async Task<IResult> Told(HttpContext context, AuditTrail audit, string what, string done, string? why)
    {
        if (why is null) await audit.Done(context.Person().Name, $"{what} {done}");
        else await audit.Refused(context.Person().Name, $"{what} not {done}: {why}");
        return why is null ? Results.NoContent() : Results.Problem(why, statusCode: StatusCodes.Status409Conflict);
    }
}
