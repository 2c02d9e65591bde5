using System.Globalization;
using Crm.Contracts;
using Crm.Control;
using Crm.Host.Access;
using Crm.Host.Runs;
using Crm.Host.Service;
using Crm.Plant.Protection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Host.Api;

/// <summary>What runs here, and the hard-wired protections that commissioning ticks, with who and when (SAF-33).</summary>
public static class AboutApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/rigs/{rig}/about", (string rig, Rigs rigs) => RigApi.With(rigs, rig, async r => Results.Ok(await r.Ask(Describe))))
            .Needs(Permission.View).WithSummary("Software, rig, checksums, and the hard-wired protections that are assumed present").Produces<AboutRig>().ProducesProblem(404);
        CommandEndpoint.Post<PlainCommand>(api, "/rigs/{rig}/hard-wired/{name}/tick", Permission.Guarded, "A hard-wired protection was seen to work today; the reason says what was found",
            (c, by, name) => new Order(id => new TickHardWired(id, by, name, DateOnly.FromDateTime(DateTime.UtcNow), c.Reason)));
        CommandEndpoint.Post<PlainCommand>(api, "/rigs/{rig}/hard-wired/{name}/withdraw", Permission.Guarded, "A hard-wired protection is not taken for granted any more, with a reason",
            (c, by, name) => new Order(id => new TickHardWired(id, by, name, null, c.Reason)));
        CommandEndpoint.Post<SetAside>(api, "/rigs/{rig}/hard-wired/{name}/set-aside", Permission.Guarded, "Let a real rig be started for a time though nobody has ticked that hard-wired protection, with a reason, as a bypass",
            (c, by, name) => CommandEndpoint.Minutes(c.Minutes) is { } time ? new Order(id => new SetHardWiredAside(id, by, name, time, c.Reason)) : CommandEndpoint.NoTime);
        CommandEndpoint.Post<PlainCommand>(api, "/rigs/{rig}/hard-wired/{name}/end-set-aside", Permission.TowardsSafe, "START waits for that hard-wired protection again",
            (_, by, name) => new Order(id => new EndHardWiredAside(id, by, name)));
    }

    private static AboutRig Describe(RigCore core) => new(
        "Crm " + BatchFolder.Software, core.Rig.Name, core.Rig.Version, core.IsTwin, core.Rig.ContentHash, core.Plant.ProtectionChecksum,
        [.. core.Rig.HardWired.Select(h => Describe(h, core.Plant.HardWired[h.Ordinal]))]);

    private static HardWiredSeen Describe(HardWiredProtection protection, in HardWiredTick tick) => new(
        protection.Name, protection.What, protection.Proof, tick.By, tick.IsTicked ? DateOnly.FromDayNumber(tick.Day).ToString("O", CultureInfo.InvariantCulture) : "", tick.Note);
}
