using Crm.Contracts;
using Crm.Host.Access;
using Crm.Host.Service;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Crm.Host.Api;

/// <summary>Metadata of an endpoint: what its caller must be allowed.</summary>
public sealed record Needs(Permission Permission);

/// <summary>The only place that lets a request through. An endpoint that declares nothing lets nobody through.</summary>
public sealed class AccessGate(RequestDelegate next, Gatehouse gatehouse, Rigs rigs, AuditTrail audit)
{
    private const string Scheme = "Bearer ";

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not { } endpoint)
        {
            await Refuse(context, StatusCodes.Status404NotFound, "there is nothing here");
            return;
        }

        var needed = endpoint.Metadata.GetMetadata<Needs>()?.Permission;
        var person = Token(context) is { } token ? gatehouse.Find(token) : null;
        if (needed == Permission.Public)
        {
            context.Items[typeof(Person)] = person;
            await next(context);
        }
        else if (person is null)
        {
            await Refuse(context, StatusCodes.Status401Unauthorized, "sign in first");
        }
        else if (needed is not { } permission || !Roles.May(person.Roles, permission))
        {
            var rig = context.Request.RouteValues.GetValueOrDefault("rig") is string name ? rigs.Find(name) : null;
            await audit.Refused(person.Name, $"{context.Request.Method} {context.Request.Path} refused: {needed} is not granted", rig);
            await Refuse(context, StatusCodes.Status403Forbidden, $"{string.Join(", ", person.Roles)} may not do this: it needs {needed?.ToString() ?? "a permission that nobody has"}");
        }
        else
        {
            context.Items[typeof(Person)] = person;
            await next(context);
        }
    }

    public static string? Token(HttpContext context)
    {
        string header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.Ordinal) ? header[Scheme.Length..] : null;
    }

    private static Task Refuse(HttpContext context, int status, string detail) => Results.Problem(detail, statusCode: status).ExecuteAsync(context);
}

public static class AccessRules
{
    /// <summary>Declares what an endpoint asks of its caller.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, Permission permission)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Needs(permission));

    /// <summary>The person behind the request; the gate has let them through.</summary>
    public static Person Person(this HttpContext context) => (Person)context.Items[typeof(Person)]!;
}
