using Crm.Contracts;
using Crm.Control;
using Crm.Host.Access;
using Crm.Host.Service;
using Crm.Plant.Alarms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Host.Api;

/// <summary>
/// What sets protection, outputs, values and alarms aside, and takes them up again. Who may is declared in the rig file and judged by the scan; to
/// end any of it is nobody's privilege.
/// </summary>
public static class AsideApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        MapProtection(api);
        MapValues(api);
        MapMetrics(api);
        CommandEndpoint.Post<OutOfService>(api, "/rigs/{rig}/alarms/out-of-service", Permission.Guarded, "Take an alarm out of service, with a reason and a work order",
            (c, by, _) => new Order(id => new TakeAlarmOutOfService(id, by, c.Alarm, c.Reason, c.Reference)));
        CommandEndpoint.Post<AlarmName>(api, "/rigs/{rig}/alarms/return", Permission.Guarded, "Return an alarm to service",
            (c, by, _) => new Order(id => new ReturnAlarmToService(id, by, c.Alarm, c.Reason)));
        CommandEndpoint.Post<AlarmName>(api, "/rigs/{rig}/alarms/first-out/reset", Permission.Acknowledge, "Free the first-out group of an alarm; clears no alarm",
            (c, by, _) => new Order(id => new ResetFirstOut(id, by, c.Alarm)));
    }

    private static void MapMetrics(IEndpointRouteBuilder api)
    {
        api.MapGet("/rigs/{rig}/alarm-metrics", (string rig, Rigs rigs) => RigApi.With(rigs, rig, async r => Results.Ok(await r.Ask(core => Describe(core.Plant.AlarmMeter)))))
            .Needs(Permission.View).WithSummary("The AlarmMetrics object of OPC UA part 9, since its last reset").Produces<AlarmMetricsSeen>().ProducesProblem(404);
        CommandEndpoint.Post<PlainCommand>(api, "/rigs/{rig}/alarm-metrics/reset", Permission.Acknowledge, "Reset the AlarmMetrics object; changes no alarm",
            (_, by, _) => new Order(id => new ResetAlarmMeter(id, by)));
        CommandEndpoint.Post<PlainCommand>(api, "/rigs/{rig}/panel/silence", Permission.Acknowledge, "Silence the panel's horn until the next alarm; acknowledges nothing",
            (_, by, _) => new Order(id => new SilenceHorn(id, by)));
        CommandEndpoint.Post<PlainCommand>(api, "/rigs/{rig}/remarks", Permission.Acknowledge, "Put a remark, the reason of the command, into the record of the batch; changes nothing",
            (c, by, _) => new Order(id => new Remark(id, by, c.Reason)));
    }

    private static AlarmMetricsSeen Describe(in AlarmMeterReading m) => new(
        m.AlarmCount, Math.Round(m.StartTime.TotalSeconds, 1), Math.Round(m.MaximumActiveState.TotalSeconds, 1), Math.Round(m.MaximumUnAck.TotalSeconds, 1),
        m.CurrentAlarmRate, m.MaximumAlarmRate, Math.Round(m.AverageAlarmRate, 2), m.MaximumReAlarmCount);

    private static void MapProtection(IEndpointRouteBuilder api)
    {
        CommandEndpoint.Post<Bypass>(api, "/rigs/{rig}/trips/{name}/bypass", Permission.Guarded, "Bypass a cause or a row of class process for a time, with a reason",
            (c, by, trip) => CommandEndpoint.Minutes(c.Minutes) is { } time ? new Order(id => new BypassTrip(id, by, trip, c.Cause, c.Channel, time, c.Reason)) : CommandEndpoint.NoTime);
        CommandEndpoint.Post<PlainCommand>(api, "/rigs/{rig}/trips/{name}/start-up-override", Permission.Guarded, "Start-up override that a row declares, with a reason",
            (c, by, trip) => new Order(id => new OverrideStartUp(id, by, trip, c.Reason)));
        CommandEndpoint.Post<PlainCommand>(api, "/rigs/{rig}/trips/{name}/end-bypass", Permission.TowardsSafe, "End the bypass or start-up override of a row before its time",
            (_, by, trip) => new Order(id => new EndBypass(id, by, trip)));
        CommandEndpoint.Post<PlainCommand>(api, "/rigs/{rig}/trips/{name}/first-out/clear", Permission.Operate, "Forget what came first in a row that is not tripped",
            (_, by, trip) => new Order(id => new ClearFirstOut(id, by, trip)));
    }

    private static void MapValues(IEndpointRouteBuilder api)
    {
        CommandEndpoint.Post<TimedValue>(api, "/rigs/{rig}/outputs/{name}/force", Permission.Guarded, "Hold an output at a value for a time, with a reason; a trip wins over it",
            (c, by, output) => Held(c) ?? new Order(id => new ForceOutput(id, by, output, c.Value, CommandEndpoint.Minutes(c.Minutes)!.Value, c.Reason)));
        CommandEndpoint.Post<PlainCommand>(api, "/rigs/{rig}/outputs/{name}/end-force", Permission.TowardsSafe, "Let a forced output go",
            (_, by, output) => new Order(id => new EndForce(id, by, output)));
        CommandEndpoint.Post<TimedValue>(api, "/rigs/{rig}/tags/{name}/substitute", Permission.Guarded, "Give a tag a value by hand for a time, with a reason",
            (c, by, tag) => Held(c) ?? new Order(id => new SubstituteTag(id, by, tag, c.Value, CommandEndpoint.Minutes(c.Minutes)!.Value, c.Reason)));
        CommandEndpoint.Post<PlainCommand>(api, "/rigs/{rig}/tags/{name}/end-substitute", Permission.TowardsSafe, "Let a tag read its instrument again",
            (_, by, tag) => new Order(id => new EndSubstitute(id, by, tag)));
    }

    /// <summary>Null while value, time and picture are in order.</summary>
    private static Order? Held(TimedValue asked) =>
        !double.IsFinite(asked.Value) ? new Order("the value is not a number")
        : CommandEndpoint.Minutes(asked.Minutes) is null ? CommandEndpoint.NoTime
        : CommandEndpoint.TooOld(asked.SeenAt) is { } old ? new Order(old)
        : null;
}
