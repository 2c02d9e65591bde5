using Microsoft.AspNetCore.WebUtilities;

namespace Crm.Hmi.Server;

/// <summary>Light or dark, chosen by each person and kept by the browser: a terminal is shared, and who comes on at night chooses again only once.</summary>
public static class Looks
{
    public const string Light = "light", Dark = "dark";

    /// <summary>Names with what they chose, as a query string; no more than a terminal's people.</summary>
    private const string Cookie = "crm_looks";

    private const int MostPeople = 30;

    public static string Of(HttpContext context, string? person) => person is not null && Chosen(context).GetValueOrDefault(person) == Dark ? Dark : Light;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/look", async (HttpContext context, Controller controller) =>
    {
        if (!Relay.FromHere(context)) return Results.StatusCode(StatusCodes.Status403Forbidden);
        var form = await context.Request.ReadFormAsync();
        string look = form["look"] == Dark ? Dark : Light;
        if (form["person"] is [{ Length: > 0 and <= 60 } person]) Keep(context, person, look);
        return Results.Redirect(form["back"] is [{ } back] && back.StartsWith('/') && !back.StartsWith("//", StringComparison.Ordinal) && !back.Contains('\\', StringComparison.Ordinal) ? back : "/");
    });

    private static Dictionary<string, string> Chosen(HttpContext context) =>
        context.Request.Cookies.TryGetValue(Cookie, out string? kept) ? QueryHelpers.ParseQuery(kept).ToDictionary(k => k.Key, k => k.Value.ToString(), StringComparer.Ordinal) : new(StringComparer.Ordinal);

    private static void Keep(HttpContext context, string person, string look)
    {
        var chosen = Chosen(context);
        chosen.Remove(person);
        var kept = chosen.TakeLast(MostPeople - 1).Append(new(person, look)).Select(c => new KeyValuePair<string, string?>(c.Key, c.Value));
        context.Response.Cookies.Append(Cookie, QueryString.Create(kept).Value ?? "", new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            Path = "/",
            MaxAge = TimeSpan.FromDays(365),
            IsEssential = true,
        });
    }
}
