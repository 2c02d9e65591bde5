using System.Collections.Immutable;
using Crm.Contracts;
using Crm.Control;
using Crm.Host.Access;
using Crm.Host.Service;
using Crm.Host.Technician;
using Crm.Plant.Lots;
using Crm.Plant.Permissions;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Host.Api;

/// <summary>What people can do to a rig. Each command ends as accepted or refused with a reason.</summary>
public static class CommandApi
{
    private const int LongestId = 80, LongestText = 500;

    /// <summary>A value set on a picture older than this is refused.</summary>
    public static readonly TimeSpan Stale = TimeSpan.FromSeconds(5);

    /// <summary>The next scan judges a pending command; longer than this and the caller is told it is still pending.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void Map(IEndpointRouteBuilder api)
    {
        foreach (var (word, command, permission) in ((string, PhaseCommand, Permission)[])
            [("start", PhaseCommand.Start, Permission.Operate), ("restart", PhaseCommand.Restart, Permission.Operate), ("hold", PhaseCommand.Hold, Permission.TowardsSafe),
             ("stop", PhaseCommand.Stop, Permission.TowardsSafe), ("abort", PhaseCommand.Abort, Permission.TowardsSafe)])
        {
            Post<PlainCommand>(api, $"/rigs/{{rig}}/batch/{word}", permission, $"{PhaseTable.Word(command)} the batch",
                (c, by, _) => new Order(id => new CommandBatch(id, by, command, c.Reason)));
        }

        foreach (var (word, command, permission) in ((string, PhaseCommand, Permission)[])
            [("pause", PhaseCommand.Pause, Permission.TowardsSafe), ("resume", PhaseCommand.Resume, Permission.Operate), ("hold", PhaseCommand.Hold, Permission.TowardsSafe),
             ("stop", PhaseCommand.Stop, Permission.TowardsSafe), ("abort", PhaseCommand.Abort, Permission.TowardsSafe)])
        {
            Post<PlainCommand>(api, $"/rigs/{{rig}}/units/{{name}}/{word}", permission, $"{PhaseTable.Word(command)} what a unit is doing",
                (c, by, unit) => new Order(id => new CommandPhase(id, by, unit, command, c.Reason)));
        }

        Post<SetManual>(api, "/rigs/{rig}/outputs/{name}/manual", Permission.Manual, "Take an output in manual, or change its manual value",
            (c, by, output) => !double.IsFinite(c.Value) ? new Order("the value is not a number")
                : DateTimeOffset.UtcNow - c.SeenAt > Stale ? new Order($"the page showed values {(DateTimeOffset.UtcNow - c.SeenAt).TotalSeconds:0} s old: look at the present ones and set it again")
                : new Order(id => new TakeManual(id, by, output, c.Value)));
        Post<PlainCommand>(api, "/rigs/{rig}/outputs/{name}/automatic", Permission.Manual, "Give an output back",
            (_, by, output) => new Order(id => new ReturnManual(id, by, output)));
        Post<Acknowledge>(api, "/rigs/{rig}/alarms/acknowledge", Permission.Acknowledge, "Acknowledge one occurrence of an alarm",
            (c, by, _) => new Order(id => new AcknowledgeAlarm(id, by, c.Alarm, c.Occurrence)));
        Post<AlarmName>(api, "/rigs/{rig}/alarms/reset", Permission.Acknowledge, "Reset a latched alarm whose condition has gone",
            (c, by, _) => new Order(id => new ResetAlarm(id, by, c.Alarm)));
        Post<Shelve>(api, "/rigs/{rig}/alarms/shelve", Permission.Acknowledge, "Shelve an alarm for a time, with a reason",
            (c, by, _) => c.Minutes is > 0 and < 1e5 ? new Order(id => new ShelveAlarm(id, by, c.Alarm, TimeSpan.FromMinutes(c.Minutes), c.Reason)) : new Order("minutes: how long it is shelved"));
        Post<AlarmName>(api, "/rigs/{rig}/alarms/unshelve", Permission.Acknowledge, "Bring a shelved alarm back",
            (c, by, _) => new Order(id => new UnshelveAlarm(id, by, c.Alarm)));
        Post<PlainCommand>(api, "/rigs/{rig}/units/{name}/restart", Permission.Operate, "RESTART one held unit while the batch goes on",
            (c, by, unit) => new Order(id => new CommandPhase(id, by, unit, PhaseCommand.Restart, c.Reason)));
        Post<StepChoice>(api, "/rigs/{rig}/steps/decide", Permission.Operate, "After a lost controller: resume, repeat or skip a phase, with a reason; RESTART carries it out",
            (c, by, _) => Enum.TryParse(c.Decision, true, out StepDecision decision) && Enum.IsDefined(decision)
                ? new Order(id => new DecideStep(id, by, c.Step, decision, c.Reason))
                : new Order("decision: resume, repeat or skip"));
        Post<PlainCommand>(api, "/rigs/{rig}/presence", Permission.Operate, "Confirm to be at the rig, for phases that run attended only",
            (_, by, _) => new Order(id => new ConfirmPresence(id, by)));
        Post<ResetTrips>(api, "/rigs/{rig}/trips/reset", Permission.Operate, "Reset a trip, or every trip whose causes are clear",
            (c, by, _) => new Order(id => new ResetTrip(id, by, c.Trip)));
        Post<PlainCommand>(api, "/rigs/{rig}/protection/accept", Permission.Operate, "Accept that the protection is not the one the last batch ran with; for the roles the rig file names",
            (c, by, _) => new Order(id => new AcceptProtection(id, by, c.Reason)));
        Post<SampleResults>(api, "/rigs/{rig}/samples/results", Permission.EnterResults, "Enter the laboratory's results of a sample",
            (c, by, _) => new Order(id => new GiveResults(id, new LabReport(c.Sample, by, Read(c.Assay)))));
        MapAnswer(api);
    }

    /// <summary>A mass fraction needs no more than this many analytes.</summary>
    private const int MostAnalytes = 40;

    private static void MapAnswer(IEndpointRouteBuilder api) =>
        api.MapPost("/rigs/{rig}/prompts/answer", (string rig, Answer asked, HttpContext context, Rigs rigs) => RigApi.With(rigs, rig, async r =>
        {
            if (Problem(asked) is { } problem) return Results.Problem(problem, statusCode: 400);
            if (asked.Mass is { } kg && !(kg >= 0 && kg < 1e6)) return Results.Problem("the mass is not a mass in kg", statusCode: 400);
            string by = context.Person().Name;
            return await InTime(asked.Id, r.Ask(core => Answered(core, asked, by)).Unwrap());
        })).Needs(Permission.Operate).WithSummary("Answer a prompt: confirm, or mass, lot and assay").Produces<CommandResult>().ProducesProblem(404).ProducesProblem(409);

    /// <summary>On a twin the material moves with the answer, unless its hands moved it before.</summary>
    private static Task<CommandResult> Answered(RigCore core, Answer asked, string by)
    {
        if (core.Look().Prompts.FirstOrDefault(p => p.Prompt.Id == asked.Prompt) is { } open && (open.Prompt.Kind == PromptKind.Confirm || asked.Mass is not null))
            core.Work(asked.Prompt, by, asked.Mass);
        Measured? mass = asked.Mass is { } kg ? new Measured(kg, Laboratory.ScaleUncertainty(kg)) : null;
        var answer = new PromptAnswer(asked.Prompt, by, mass, string.IsNullOrWhiteSpace(asked.Lot) ? null : asked.Lot, asked.Assay is { Count: > 0 } assay ? Read(assay) : null, asked.Note);
        return core.Command(by, asked.Id, id => new AnswerPrompt(id, answer));
    }

    private static void Post<T>(IEndpointRouteBuilder api, string path, Permission permission, string summary, Func<T, string, string, Order> judge)
        where T : CommandRequest =>
        api.MapPost(path, (string rig, T asked, HttpContext context, Rigs rigs) => RigApi.With(rigs, rig, async r =>
        {
            if (Problem(asked) is { } problem) return Results.Problem(problem, statusCode: 400);
            string by = context.Person().Name;
            var roles = PersonRoles.Of(context.Person().Roles);
            var order = judge(asked, by, context.Request.RouteValues["name"] as string ?? "");
            if (order.Make is not { } make) return Outcome(asked.Id, new CommandResult(asked.Id, "refused", order.Refusal));
            return await InTime(asked.Id, r.Command(by, asked.Id, id => make(id) with { Roles = roles }));
        })).Needs(permission).WithSummary(summary).Produces<CommandResult>().Produces<CommandResult>(202).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> InTime(string id, Task<CommandResult> task)
    {
        var first = await Task.WhenAny(task, Task.Delay(Patience));
        return Outcome(id, first == task ? await task : new CommandResult(id, "pending", "the next scan judges it, or its record is not durable yet"));
    }

    private static IResult Outcome(string id, CommandResult result) => result.State switch
    {
        "accepted" => Results.Ok(result),
        "pending" => Results.Accepted(null, result),
        _ => Results.Problem(result.Reason, title: "Refused", statusCode: StatusCodes.Status409Conflict,
            extensions: new Dictionary<string, object?> { ["id"] = id, ["state"] = "refused" }),
    };

    private static string? Problem(CommandRequest asked)
    {
        if (asked.Id.Length is 0 or > LongestId) return $"id: 1 to {LongestId} characters of the caller's making";
        if (asked.Reason.Length > LongestText) return $"reason: at most {LongestText} characters";
        var assay = (asked as SampleResults)?.Assay ?? (asked as Answer)?.Assay;
        if (assay is null) return null;
        if (assay.Count > MostAnalytes) return $"assay: at most {MostAnalytes} analytes";
        string[] wrong = [.. assay.Where(a => !double.IsFinite(a.Value.Value) || a.Value.Value < 0 || a.Value.Uncertainty is < 0).Select(a => a.Key)];
        return wrong.Length > 0 ? $"assay: {string.Join(", ", wrong)} is not a mass fraction in kg/kg" : null;
    }

    private static Assay Read(IReadOnlyDictionary<string, Quantity> values) => new(values.ToImmutableSortedDictionary(
        v => v.Key,
        v => new Measured(v.Value.Value, v.Value.Uncertainty ?? Math.Max(Laboratory.RelativeUncertainty * v.Value.Value, Laboratory.FloorUncertainty)),
        StringComparer.Ordinal));

    /// <summary>What a request means to the plant, or why it cannot mean anything.</summary>
    private readonly record struct Order(Func<long, OperatorCommand>? Make, string Refusal)
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
}
