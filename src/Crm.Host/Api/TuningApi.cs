using System.Collections.Immutable;
using Crm.Contracts;
using Crm.Control;
using Crm.Host.Access;
using Crm.Host.Service;
using Crm.Plant.Loops;
using Crm.Plant.Loops.Tuning;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Host.Api;

/// <summary>What a person proposes to a loop: parameters, or a model that SIMC makes parameters of. It waits like what an autotune found, until somebody applies it (PID-18, PID-19).</summary>
public static class TuningApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        Propose<ProposedTuning>(api, "propose", "Parameters in ISA standard form that wait to be applied; what is not given stays as it is in use", (asked, used) => (Of(asked, used), ""));
        Propose<SimcModel>(api, "simc", "Parameters by SIMC from a model that a step test gave; they wait to be applied", (asked, used) => ByRule(asked, used));
        CommandEndpoint.Post<SwitchTo>(api, "/rigs/{rig}/loops/{name}/feed-forward", Permission.Manual, "Switch the feed-forward of a loop on or off, without a jump",
            (c, by, loop) => new Order(id => new SwitchFeedForward(id, by, loop, c.On)));
    }

    private static void Propose<T>(IEndpointRouteBuilder api, string word, string summary, Func<T, LoopTuning, (LoopTuning? Tuning, string Why)> make)
        where T : CommandRequest =>
        api.MapPost("/rigs/{rig}/loops/{name}/tuning/" + word, (string rig, string name, T asked, HttpContext context, Rigs rigs) => RigApi.With(rigs, rig, async r =>
        {
            if (await r.Ask(core => core.Plant.Loop(name)?.Tuning) is not { } used) return Results.Problem($"there is no loop {name}", statusCode: StatusCodes.Status404NotFound);
            var (tuning, why) = make(asked, used);
            return await CommandEndpoint.Give(r, asked, context, (_, by, loop) => tuning is { } found ? new Order(id => new ProposeTuning(id, by, loop, found)) : new Order(why));
        })).Needs(Permission.Guarded).WithSummary(summary).Produces<CommandResult>().Produces<CommandResult>(202).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    private static LoopTuning Of(ProposedTuning asked, LoopTuning used) => new(
        asked.Gain, asked.IntegralTime, asked.DerivativeTime, asked.SetpointWeight ?? used.SetpointWeight, asked.DerivativeWeight ?? used.DerivativeWeight,
        asked.DerivativeFilter ?? used.DerivativeFilter, asked.FilterTime ?? used.FilterTime);

    private static (LoopTuning? Tuning, string Why) ByRule(SimcModel asked, LoopTuning used)
    {
        double[] numbers = [asked.Gain, asked.Lag ?? 1, asked.SecondLag, asked.Delay, asked.ClosedLoop ?? 1];
        if (!numbers.All(double.IsFinite) || asked.Gain == 0) return (null, "gain: the change of the process value by one percent of output, a number and not 0");
        if (!(asked.Delay > 0)) return (null, "delay: more than 0 s; without a delay nothing limits the gain");
        if (asked.Lag is <= 0 || asked.SecondLag < 0 || asked.ClosedLoop is <= 0) return (null, "lags and the wanted time constant are more than 0 s");
        if (asked.Lag is { } lag && asked.SecondLag > lag) return (null, "the second lag is the shorter one");
        ImmutableArray<double> lags = [.. new[] { asked.Lag ?? 0, asked.SecondLag }.Where(t => t > 0)];
        var model = new PlantModel(asked.Gain, asked.Lag is null, lags, asked.Delay);
        Func<PlantModel, double?, LoopTuning> rule = asked.SecondLag > 0 ? TuningRules.SimcPid : TuningRules.Simc;
        return (asked.ClosedLoop is { } wanted ? rule(model, wanted) with { FilterTime = used.FilterTime } : TuningRules.Robust(model, rule, used.FilterTime), "");
    }
}
