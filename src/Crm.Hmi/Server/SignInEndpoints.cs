using Crm.Contracts;
using Crm.Hmi.Pages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Crm.Hmi.Server;

/// <summary>Signing in by link or password; the session is a cookie that scripts cannot read.</summary>
public static class SignInEndpoints
{
    private const string Cookie = "crm_session";

    public static string? Token(HttpContext context) => context.Request.Cookies.TryGetValue(Cookie, out string? token) && token.Length > 0 ? token : null;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/sign-in", (HttpContext context) => Page(context, ""));
        app.MapGet("/sign-in/{link}", (string link, HttpContext context, Controller controller) => Enter(new SignIn { Link = link }, context, controller));
        app.MapPost("/sign-in", async (HttpContext context, Controller controller) =>
        {
            if (!Relay.FromHere(context)) return Results.StatusCode(StatusCodes.Status403Forbidden);
            var form = await context.Request.ReadFormAsync();
            return await Enter(new SignIn { Name = form["name"], Password = form["password"] }, context, controller);
        });
        app.MapPost("/sign-out", async (HttpContext context, Controller controller) =>
        {
            if (!Relay.FromHere(context)) return Results.StatusCode(StatusCodes.Status403Forbidden);
            if (Token(context) is { } token)
            {
                using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/sessions/me");
                request.Headers.Authorization = new("Bearer", token);
                try
                {
                    (await controller.Client.SendAsync(request, context.RequestAborted)).Dispose();
                }
                catch (HttpRequestException)
                {
                    // The controller is away; the cookie goes all the same.
                }
            }

            context.Response.Cookies.Delete(Cookie);
            return Results.Redirect("/sign-in");
        });
    }

    private static async Task<IResult> Enter(SignIn asked, HttpContext context, Controller controller)
    {
        var (session, why) = await controller.SignIn(asked, context.RequestAborted);
        if (session is null) return Page(context, why);
        KeptCookie.Keep(context, Cookie, session.Token, TimeSpan.FromDays(7));
        return Results.Redirect("/");
    }

    private static RazorComponentResult<SignInPage> Page(HttpContext context, string why) => new(new Dictionary<string, object?> { ["Why"] = why, ["Language"] = Choices.Of(context, null).Language });
}
