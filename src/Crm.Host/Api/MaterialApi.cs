using Crm.Contracts;
using Crm.Host.Access;
using Crm.Host.Service;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Host.Api;

/// <summary>What lies where on a rig, of which lots, and what is left on the shelf.</summary>
public static class MaterialApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/rigs/{rig}/materials", (string rig, Rigs rigs) => RigApi.With(rigs, rig, async r =>
            await r.Ask(MaterialText.Of) is { } seen ? Results.Ok(seen) : Results.Problem("the rig has not been scanned yet", statusCode: 503)))
            .Needs(Permission.View).WithSummary("The material book: every vessel, tank, filter and column with contents, lots, whose, clean or dirty; every lot with what is left, strength and expiry; what lots made here are made of")
            .Produces<MaterialsSeen>().ProducesProblem(404);
}
