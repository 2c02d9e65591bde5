using Crm.Contracts;
using Crm.Control;
using Crm.Host.Access;
using Crm.Host.Service;
using Crm.Plant.Permissions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Host.Api;

/// <summary>What a request means to the plant, or why it cannot mean anything.</summary>
internal readonly record struct Order(Func<long, OperatorCommand>? Make, string Refusal)
{
    public Order(Func<long, OperatorCommand> make)
        : this(make, "")
    {
    }

    public Order(string refusal)
        : this(null, refusal)
    {
    }
}

/// <summary>The one way of a command from a request to the plant: judged once under the caller's id, answered as accepted, refused with the reason, or pending.</summary>
internal static class CommandEndpoint
{
    private const int LongestId = 80, LongestText = 500;

    /// <summary>A value set on a picture older than this is refused.</summary>
    public static readonly TimeSpan Stale = TimeSpan.FromSeconds(5);

    /// <summary>The next scan judges a pending command; longer than this and the caller is told it is still pending.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <param name="judge">Request, who, and the name in the path.</param>
    public static void Post<T>(IEndpointRouteBuilder api, string path, Permission permission, string summary, Func<T, string, string, Order> judge)
        where T : CommandRequest =>
        api.MapPost(path, (string rig, T asked, HttpContext context, Rigs rigs) => RigApi.With(rigs, rig, r => Give(r, asked, context, judge)))
            .Needs(permission).WithSummary(summary).Produces<CommandResult>().Produces<CommandResult>(202).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    public static async Task<IResult> Give<T>(RigService rig, T asked, HttpContext context, Func<T, string, string, Order> judge)
        where T : CommandRequest
    {
        if (Problem(asked) is { } problem) return Results.Problem(problem, statusCode: 400);
        string by = context.Person().Name;
        var roles = PersonRoles.Of(context.Person().Roles);
        var order = judge(asked, by, context.Request.RouteValues["name"] as string ?? "");
        if (order.Make is not { } make) return asked.Ask ? Results.Ok(new WhyNot([order.Refusal])) : Outcome(asked.Id, new CommandResult(asked.Id, "refused", order.Refusal));
        OperatorCommand Make(long id) => make(id) with { Roles = roles, Batch = asked.Batch };
        if (asked.Ask) return Results.Ok(new WhyNot(await rig.Ask(core => Reasons.OfCommand(core, Make(0)))));
        return await InTime(asked.Id, rig.Command(by, asked.Id, Make));
    }

    /// <summary>Null while the picture that a value was set on is fresh.</summary>
    public static string? TooOld(DateTimeOffset seenAt) => TooOld(seenAt, DateTimeOffset.UtcNow);

    /// <param name="now">The controller's clock, which also made the time of the picture: one from later was drawn before the clock was set back, nobody knows how long ago.</param>
    public static string? TooOld(DateTimeOffset seenAt, DateTimeOffset now) =>
        now - seenAt is var age && age > Stale ? $"the page showed values {age.TotalSeconds:0} s old: look at the present ones and set it again"
        : age < -Stale ? "the controller's clock was set back since the page showed its values: look at the present ones and set it again"
        : null;

    /// <summary>How long something is set aside; null when that is no time.</summary>
    public static TimeSpan? Minutes(double minutes) => minutes is > 0 and < 1e5 ? TimeSpan.FromMinutes(minutes) : null;

    public static Order NoTime => new("minutes: how long, more than 0");

    public static async Task<IResult> InTime(string id, Task<CommandResult> task)
    {
        var first = await Task.WhenAny(task, Task.Delay(Patience));
        return Outcome(id, first == task ? await task : new CommandResult(id, "pending", "the next scan judges it, or its record is not durable yet"));
    }

    public static IResult Refused(string id, string reason) => Outcome(id, new CommandResult(id, "refused", reason));

    private static IResult Outcome(string id, CommandResult result) => result.State switch
    {
        "accepted" => Results.Ok(result),
        "pending" => Results.Accepted(null, result),
        _ => Results.Problem(result.Reason, title: "Refused", statusCode: StatusCodes.Status409Conflict,
            extensions: new Dictionary<string, object?> { ["id"] = id, ["state"] = "refused" }),
    };

    /// <summary>A mass fraction needs no more than this many analytes.</summary>
    private const int MostAnalytes = 40;

    public static string? Problem(CommandRequest asked)
    {
        if (asked.Id.Length is 0 or > LongestId) return $"id: 1 to {LongestId} characters of the caller's making";
        if (asked.Batch.Length > LongestId) return $"batch: at most {LongestId} characters";
        if (asked.Reason.Length > LongestText) return $"reason: at most {LongestText} characters";
        var assay = (asked as SampleResults)?.Assay ?? (asked as Answer)?.Assay;
        if (assay is null) return null;
        if (assay.Count > MostAnalytes) return $"assay: at most {MostAnalytes} analytes";
        string[] wrong = [.. assay.Where(a => !double.IsFinite(a.Value.Value) || a.Value.Value < 0 || a.Value.Uncertainty is < 0).Select(a => a.Key)];
        return wrong.Length > 0 ? $"assay: {string.Join(", ", wrong)} is not a mass fraction in kg/kg" : null;
    }
}
