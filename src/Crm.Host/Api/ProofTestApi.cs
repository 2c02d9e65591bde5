using System.Globalization;
using Crm.Contracts;
using Crm.Control;
using Crm.Host.Access;
using Crm.Host.Service;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Host.Api;

/// <summary>Proof tests of the protection, the day they are judged by (SAF-30), and votes as they stand.</summary>
public static class ProofTestApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/rigs/{rig}/proof-tests", (string rig, Rigs rigs) => RigApi.With(rigs, rig, async r => Results.Ok(await r.Ask(core => ProofTestText.All(core).ToArray()))))
            .Needs(Permission.View).WithSummary("Rows of protection that declare a proof test, when the last one passed and when the next is due").Produces<IReadOnlyList<ProofTestSeen>>().ProducesProblem(404);
        CommandEndpoint.Post<PlainCommand>(api, "/rigs/{rig}/trips/{name}/proof-test", Permission.Guarded, "The proof test of a row was done today and passed; the reason says what was found",
            (c, by, trip) => new Order(id => new ProofTested(id, by, trip, c.Reason)));
        CommandEndpoint.Post<CalendarDay>(api, "/rigs/{rig}/day", Permission.Operate, "Tell what day it is: proof tests and expiry of lots are judged by it",
            (c, by, _) => DateOnly.TryParseExact(c.Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new Order(id => new SetDay(id, by, day)) : new Order("day: yyyy-MM-dd"));
        api.MapGet("/rigs/{rig}/tags/{name}/votes", (string rig, string name, Rigs rigs) => RigApi.With(rigs, rig, async r =>
            await r.Ask(core => VoteText.Of(core, name)) is { } seen ? Results.Ok(seen) : Results.Problem($"there is no tag {name}, or the rig has not been scanned yet", statusCode: 404)))
            .Needs(Permission.View).WithSummary("What an instrument votes with others: value or trip, every channel, and the vote that is left").Produces<IReadOnlyList<VoteSeen>>().ProducesProblem(404);
    }
}
