using Crm.Contracts;
using Crm.Control;
using Crm.Host.Access;
using Crm.Host.Service;
using Crm.Plant.Loops;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Host.Api;

/// <summary>A loop opened, taken in hand, tuned.</summary>
public static class LoopApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/rigs/{rig}/loops/{name}", (string rig, string name, Rigs rigs) => RigApi.With(rigs, rig, async r =>
            await r.Ask(core => LoopText.Of(core, name)) is { } seen ? Results.Ok(seen) : Results.Problem($"there is no loop {name}, or the rig has not been scanned yet", statusCode: 404)))
            .Needs(Permission.View).WithSummary("Mode, setpoint, output, tuning, proposal with margins and figures of a loop").Produces<LoopSeen>().ProducesProblem(404);

        CommandEndpoint.Post<ModeChoice>(api, "/rigs/{rig}/loops/{name}/mode", Permission.Manual, "Target mode of a loop: OOS, MAN, AUTO, CAS or RCAS; moves nothing by a jump",
            (c, by, loop) => Mode(c.Mode) is { } mode ? new Order(id => new SetLoopMode(id, by, loop, mode)) : new Order("mode: OOS, MAN, AUTO, CAS or RCAS"));
        CommandEndpoint.Post<SetNumber>(api, "/rigs/{rig}/loops/{name}/setpoint", Permission.Manual, "A person's setpoint, in AUTO",
            (c, by, loop) => Problem(c) ?? new Order(id => new SetLoopSetpoint(id, by, loop, c.Value)));
        CommandEndpoint.Post<SetNumber>(api, "/rigs/{rig}/loops/{name}/output", Permission.Manual, "A person's controller output in percent, in MAN",
            (c, by, loop) => Problem(c) ?? new Order(id => new SetLoopOutput(id, by, loop, c.Value)));
        foreach (var (path, what, make) in ((string, string, Func<long, string, string, LoopCommand>)[])
        [
            ("autotune/start", "Start the relay tests; what they find waits to be applied", (id, by, loop) => new StartAutotune(id, by, loop)),
            ("autotune/abort", "End the relay tests", (id, by, loop) => new AbortAutotune(id, by, loop)),
            ("tuning/apply", "Use the proposed parameters; those in use are kept", (id, by, loop) => new ApplyTuning(id, by, loop)),
            ("tuning/restore", "Use the parameters of before the last change again", (id, by, loop) => new RestoreTuning(id, by, loop)),
        ])
        {
            // To end a test is towards as it was: everybody may.
            var needs = path == "autotune/abort" ? Permission.TowardsSafe : Permission.Guarded;
            CommandEndpoint.Post<PlainCommand>(api, "/rigs/{rig}/loops/{name}/" + path, needs, what, (_, by, loop) => new Order(id => make(id, by, loop)));
        }
    }

    private static LoopMode? Mode(string word) => Enum.GetValues<LoopMode>().Select(m => (LoopMode?)m).FirstOrDefault(m => LoopModes.CanBeTarget(m!.Value) && LoopModes.Word(m.Value) == word);

    private static Order? Problem(SetNumber asked) =>
        !double.IsFinite(asked.Value) ? new Order("the value is not a number") : CommandEndpoint.TooOld(asked.SeenAt) is { } old ? new Order(old) : null;
}
