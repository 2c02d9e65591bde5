using Crm.Contracts;
using Crm.Host.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Host.Api;

/// <summary>The administrator's: who has an account and may do what. Everything is on the record of every rig (SEC-11).</summary>
internal static class AccountApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/accounts", (Gatehouse gatehouse) => Results.Ok(gatehouse.People))
            .Needs(Permission.ManageAccounts).WithSummary("People with an account").Produces<IReadOnlyList<AccountSeen>>();

        api.MapPost("/accounts", async (NewAccount asked, HttpContext context, Gatehouse gatehouse, AuditTrail audit) =>
            await SessionApi.Told(context, audit, $"account {asked.Name} as {string.Join(", ", asked.Roles)}", "made", await Task.Run(() => gatehouse.Add(asked))))
            .Needs(Permission.ManageAccounts).WithSummary("Make an account").ProducesProblem(409);

        api.MapPost("/accounts/{name}/password", async (string name, NewPassword asked, HttpContext context, Gatehouse gatehouse, AuditTrail audit) =>
            await SessionApi.Told(context, audit, $"password of {name}", "set anew", await Task.Run(() => gatehouse.ResetPassword(name, asked.Password))))
            .Needs(Permission.ManageAccounts).WithSummary("Another password for an account, which opens it again when it was closed; its sessions end").ProducesProblem(409);

        api.MapPost("/accounts/{name}/roles", async (string name, NewRoles asked, HttpContext context, Gatehouse gatehouse, AuditTrail audit) =>
            await SessionApi.Told(context, audit, $"roles of {name}, to {string.Join(", ", asked.Roles)},", "changed", gatehouse.ChangeRoles(name, asked.Roles)))
            .Needs(Permission.ManageAccounts).WithSummary("Other roles for an account, at once").ProducesProblem(409);

        api.MapPost("/accounts/{name}/close", async (string name, HttpContext context, Gatehouse gatehouse, AuditTrail audit) =>
            await SessionApi.Told(context, audit, $"account {name}", "closed", gatehouse.Close(name)))
            .Needs(Permission.ManageAccounts).WithSummary("Close an account: its sessions end, nobody signs in to it, its name is not used again").ProducesProblem(409);
    }
}
