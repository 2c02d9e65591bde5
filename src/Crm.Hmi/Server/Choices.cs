using Microsoft.AspNetCore.WebUtilities;

namespace Crm.Hmi.Server;

/// <summary>What a person chose for the screen: <c>light</c> or <c>dark</c>, <c>en</c> or <c>nl</c>.</summary>
public sealed record Choice(string Look, string Language)
{
    public const string Light = "light", Dark = "dark", English = "en", Dutch = "nl";

    public Choice With(string? look, string? language) => new(look is Light or Dark ? look : Look, language is English or Dutch ? language : Language);
}

/// <summary>
/// Look and language, chosen by each person and kept by the browser: a terminal is shared, and who comes on at night chooses again only once. Who chose nothing
/// gets what was chosen on the sign-in page, or the first language of the browser that there is.
/// </summary>
public static class Choices
{
    /// <summary>Names with what they chose, as a query string; no more than a terminal's people. The empty name is whoever stands before the sign-in page.</summary>
    private const string Cookie = "crm_choices";

    private const string Nobody = "";

    private const int MostPeople = 30;

    public static Choice Of(HttpContext context, string? person)
    {
        var chosen = Chosen(context);
        return person is not null && chosen.TryGetValue(person, out var own) ? own : chosen.TryGetValue(Nobody, out var terminal) ? terminal : new Choice(Choice.Light, Asked(context));
    }

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/choices", async (HttpContext context) =>
    {
        if (!Relay.FromHere(context)) return Results.StatusCode(StatusCodes.Status403Forbidden);
        var form = await context.Request.ReadFormAsync();
        string person = form["person"].ToString();
        if (person.Length <= 60) Keep(context, person, Of(context, person).With(form["look"], form["language"]));
        return Results.Redirect(form["back"] is [{ } back] && back.StartsWith('/') && !back.StartsWith("//", StringComparison.Ordinal) && !back.Contains('\\', StringComparison.Ordinal) ? back : "/");
    });

    private static string Asked(HttpContext context) => context.Request.GetTypedHeaders().AcceptLanguage
        .OrderByDescending(l => l.Quality ?? 1)
        .Select(l => l.Value.ToString().Split('-')[0].ToLowerInvariant())
        .FirstOrDefault(l => l is Choice.English or Choice.Dutch) ?? Choice.English;

    private static Dictionary<string, Choice> Chosen(HttpContext context) =>
        context.Request.Cookies.TryGetValue(Cookie, out string? kept) ? QueryHelpers.ParseQuery(kept).ToDictionary(k => k.Key, k => Read(k.Value.ToString()), StringComparer.Ordinal) : new(StringComparer.Ordinal);

    private static Choice Read(string kept) => kept.Split('.') is [var look, var language] ? new Choice(Choice.Light, Choice.English).With(look, language) : new Choice(Choice.Light, Choice.English);

    private static void Keep(HttpContext context, string person, Choice choice)
    {
        var chosen = Chosen(context);
        chosen.Remove(person);
        var kept = chosen.TakeLast(MostPeople - 1).Append(new(person, choice)).Select(c => new KeyValuePair<string, string?>(c.Key, $"{c.Value.Look}.{c.Value.Language}"));
        KeptCookie.Keep(context, Cookie, QueryString.Create(kept).Value ?? "", TimeSpan.FromDays(365));
    }
}
