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
    /// <summary>Of one proposal; a formula has some thirty parameters.</summary>
    private const int MostChanges = 100, LongestValue = 80;

    public static void Map(IEndpointRouteBuilder api)
    {
        foreach (var (word, command, permission) in ((string, PhaseCommand, Permission)[])
            [("start", PhaseCommand.Start, Permission.Operate), ("restart", PhaseCommand.Restart, Permission.Operate), ("hold", PhaseCommand.Hold, Permission.TowardsSafe),
             ("stop", PhaseCommand.Stop, Permission.TowardsSafe), ("abort", PhaseCommand.Abort, Permission.TowardsSafe)])
        {
            CommandEndpoint.Post<PlainCommand>(api, $"/rigs/{{rig}}/batch/{word}", permission, $"{PhaseTable.Word(command)} the batch",
                (c, by, _) => new Order(id => new CommandBatch(id, by, command, c.Reason)));
        }

        foreach (var (word, command, permission) in ((string, PhaseCommand, Permission)[])
            [("pause", PhaseCommand.Pause, Permission.TowardsSafe), ("resume", PhaseCommand.Resume, Permission.Operate), ("hold", PhaseCommand.Hold, Permission.TowardsSafe),
             ("stop", PhaseCommand.Stop, Permission.TowardsSafe), ("abort", PhaseCommand.Abort, Permission.TowardsSafe)])
        {
            CommandEndpoint.Post<PlainCommand>(api, $"/rigs/{{rig}}/units/{{name}}/{word}", permission, $"{PhaseTable.Word(command)} what a unit is doing",
                (c, by, unit) => new Order(id => new CommandPhase(id, by, unit, command, c.Reason)));
        }

        CommandEndpoint.Post<PlainCommand>(api, "/rigs/{rig}/batch/withdraw", Permission.Operate, "Take a batch that has not begun off the list, with a reason",
            (c, by, _) => new Order(id => new WithdrawBatch(id, by, c.Reason)));
        CommandEndpoint.Post<PlainCommand>(api, "/rigs/{rig}/units/{name}/finish", Permission.Operate, "Have a phase that runs on until its feed is gone shut down in an orderly way; the procedure goes on",
            (c, by, unit) => new Order(id => new FinishPhase(id, by, unit, c.Reason)));

        CommandEndpoint.Post<SetManual>(api, "/rigs/{rig}/outputs/{name}/manual", Permission.Manual, "Take an output in manual, or change its manual value",
            (c, by, output) => !double.IsFinite(c.Value) ? new Order("the value is not a number")
                : CommandEndpoint.TooOld(c.SeenAt) is { } old ? new Order(old)
                : new Order(id => new TakeManual(id, by, output, c.Value)));
        CommandEndpoint.Post<PlainCommand>(api, "/rigs/{rig}/outputs/{name}/automatic", Permission.Manual, "Give an output back",
            (_, by, output) => new Order(id => new ReturnManual(id, by, output)));
        CommandEndpoint.Post<Acknowledge>(api, "/rigs/{rig}/alarms/acknowledge", Permission.Acknowledge, "Acknowledge one occurrence of an alarm; the reason is a note for the record and may be empty",
            (c, by, _) => new Order(id => new AcknowledgeAlarm(id, by, c.Alarm, c.Occurrence, c.Reason.Trim())));
        CommandEndpoint.Post<AlarmName>(api, "/rigs/{rig}/alarms/reset", Permission.Acknowledge, "Reset a latched alarm whose condition has gone",
            (c, by, _) => new Order(id => new ResetAlarm(id, by, c.Alarm)));
        CommandEndpoint.Post<Shelve>(api, "/rigs/{rig}/alarms/shelve", Permission.Acknowledge, "Shelve an alarm for a time, with a reason",
            (c, by, _) => CommandEndpoint.Minutes(c.Minutes) is { } time ? new Order(id => new ShelveAlarm(id, by, c.Alarm, time, c.Reason, c.OneShot)) : CommandEndpoint.NoTime);
        CommandEndpoint.Post<AlarmName>(api, "/rigs/{rig}/alarms/unshelve", Permission.Acknowledge, "Bring a shelved alarm back",
            (c, by, _) => new Order(id => new UnshelveAlarm(id, by, c.Alarm)));
        CommandEndpoint.Post<PlainCommand>(api, "/rigs/{rig}/units/{name}/restart", Permission.Operate, "RESTART one held unit while the batch goes on",
            (c, by, unit) => new Order(id => new CommandPhase(id, by, unit, PhaseCommand.Restart, c.Reason)));
        CommandEndpoint.Post<StepChoice>(api, "/rigs/{rig}/steps/decide", Permission.Operate, "After a lost controller: resume, repeat or skip a phase, with a reason; RESTART carries it out",
            (c, by, _) => Enum.TryParse(c.Decision, true, out StepDecision decision) && Enum.IsDefined(decision)
                ? new Order(id => new DecideStep(id, by, c.Step, decision, c.Reason))
                : new Order("decision: resume, repeat or skip"));
        CommandEndpoint.Post<PlainCommand>(api, "/rigs/{rig}/presence", Permission.Operate, "Confirm to be at the rig, for phases that run attended only",
            (_, by, _) => new Order(id => new ConfirmPresence(id, by)));
        CommandEndpoint.Post<ModeChoice>(api, "/rigs/{rig}/batch/mode", Permission.Operate, "Mode of the batch: automatic, semi_automatic or manual; moves no output",
            (c, by, _) => Mode(c, mode => id => new ChangeMode(id, by, mode, "", c.Reason)));
        CommandEndpoint.Post<ModeChoice>(api, "/rigs/{rig}/units/{name}/mode", Permission.Operate, "Mode of one unit; it may be more by hand than its batch, never less",
            (c, by, unit) => Mode(c, mode => id => new ChangeMode(id, by, mode, unit, c.Reason)));
        CommandEndpoint.Post<StepName>(api, "/rigs/{rig}/steps/confirm", Permission.Operate, "Semi-automatic: let the step that waits begin",
            (c, by, _) => new Order(id => new ConfirmStep(id, by, c.Step)));
        CommandEndpoint.Post<StepName>(api, "/rigs/{rig}/steps/pick", Permission.Operate, "Manual: the step that comes next in its group, with a reason",
            (c, by, _) => new Order(id => new PickStep(id, by, c.Step, c.Reason)));
        CommandEndpoint.Post<ProposeValues>(api, "/rigs/{rig}/batch/formula", Permission.Operate, "Propose other values for what the recipe declares adjustable, with a reason; another person reviews them",
            (c, by, _) => ValuesProblem(c.Values) is { } problem ? new Order(problem)
                : new Order(id => new ProposeRevision(id, by, c.Values, c.Reason)));
        CommandEndpoint.Post<ResetTrips>(api, "/rigs/{rig}/trips/reset", Permission.Operate, "Reset a trip, or every trip whose causes are clear",
            (c, by, _) => new Order(id => new ResetTrip(id, by, c.Trip)));
        CommandEndpoint.Post<SampleResults>(api, "/rigs/{rig}/samples/results", Permission.EnterResults, "Enter the laboratory's results of a sample",
            (c, by, _) => new Order(id => new GiveResults(id, new LabReport(c.Sample, by, Read(c.Assay)))));
        MapAnswer(api);
    }

    public static string? ValuesProblem(IReadOnlyDictionary<string, string> values) =>
        values.Count > MostChanges || values.Any(v => v.Value is null || v.Value.Length > LongestValue) ? $"values: at most {MostChanges}, each of at most {LongestValue} characters" : null;

    private static Order Mode(ModeChoice asked, Func<ProcedureMode, Func<long, OperatorCommand>> make) =>
        Enum.GetValues<ProcedureMode>().Select(m => (ProcedureMode?)m).FirstOrDefault(m => Words.Of(m!.Value) == asked.Mode) is { } mode
            ? new Order(make(mode))
            : new Order("mode: automatic, semi_automatic or manual");

    private static void MapAnswer(IEndpointRouteBuilder api) =>
        api.MapPost("/rigs/{rig}/prompts/answer", (string rig, Answer asked, HttpContext context, Rigs rigs, Gatehouse gatehouse) => RigApi.With(rigs, rig, async r =>
        {
            if (CommandEndpoint.Problem(asked) is { } problem) return Results.Problem(problem, statusCode: 400);
            if (asked.Mass is { } kg && !(kg >= 0 && kg < 1e6)) return Results.Problem("the mass is not a mass in kg", statusCode: 400);
            if (asked.Choice is { } word && ChoiceOf(word) is null) return Results.Problem($"choice: one of {string.Join(", ", Enum.GetValues<ChargeChoice>().Select(c => Words.Of(c)))}", statusCode: 400);
            string by = context.Person().Name;
            PersonRole roles = PersonRoles.Of(context.Person().Roles);
            if (asked.Ask) return Results.Ok(new WhyNot(await r.Ask(core => Reasons.OfCommand(core, Read(asked, by, roles, 0)))));
            if (ChoiceOf(asked.Choice) == ChargeChoice.Accept && await Task.Run(() => gatehouse.WhyNotSigned(by, asked.Password)) is { } unsigned)
            {
                await r.Ask(core =>
                {
                    core.Audit(by, $"acceptance of refused material at {asked.Prompt} not signed: {unsigned}");
                    return true;
                });
                return CommandEndpoint.Refused(asked.Id, unsigned);
            }

            return await CommandEndpoint.InTime(asked.Id, r.Ask(core => Answered(core, asked, by, roles)).Unwrap());
        })).Needs(Permission.Operate).WithSummary("Answer a prompt: confirm, or mass, lot and assay, or what becomes of a refused charge (accept: signed with the password, for the roles the rig file names)")
            .Produces<CommandResult>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private static ChargeChoice? ChoiceOf(string? word) => Enum.GetValues<ChargeChoice>().Select(c => (ChargeChoice?)c).FirstOrDefault(c => Words.Of(c!.Value) == word);

    /// <summary>On a twin the material moves with the answer, unless its hands moved it before.</summary>
    private static Task<CommandResult> Answered(RigCore core, Answer asked, string by, PersonRole roles)
    {
        if (!core.Plant.Has(asked.Batch)) return Task.FromResult(new CommandResult(asked.Id, "refused", $"there is no batch {asked.Batch}"));
        if (core.Look(asked.Batch).Prompts.FirstOrDefault(p => p.Prompt.Id == asked.Prompt) is { } open && IsWork(open.Prompt.Kind, asked.Mass) && core.Plant.WhyNotWeighed(Read(asked, by, roles, 0)) is null)
            core.Work(asked.Prompt, by, asked.Mass, asked.Batch);
        return core.Command(by, asked.Id, id => Read(asked, by, roles, id));
    }

    private static AnswerPrompt Read(Answer asked, string by, PersonRole roles, long id)
    {
        Measured? mass = asked.Mass is { } kg ? new Measured(kg, Laboratory.ScaleUncertainty(kg)) : null;
        var answer = new PromptAnswer(asked.Prompt, by, mass, string.IsNullOrWhiteSpace(asked.Lot) ? null : asked.Lot, asked.Assay is { Count: > 0 } assay ? Read(assay) : null, asked.Note)
        {
            Choice = ChoiceOf(asked.Choice),
        };
        return new AnswerPrompt(id, answer) { Batch = asked.Batch, Roles = roles };
    }

    private static bool IsWork(PromptKind kind, double? mass) => kind switch
    {
        PromptKind.Confirm => true,
        PromptKind.Choose => false,
        _ => mass is not null,
    };

    private static Assay Read(IReadOnlyDictionary<string, Quantity> values) => new(values.ToImmutableSortedDictionary(
        v => v.Key,
        v => new Measured(v.Value.Value, v.Value.Uncertainty ?? Math.Max(Laboratory.RelativeUncertainty * v.Value.Value, Laboratory.FloorUncertainty)),
        StringComparer.Ordinal));
}
