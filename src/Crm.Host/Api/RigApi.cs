using System.Diagnostics;
using System.Net.WebSockets;
using Crm.Contracts;
using Crm.Host.Access;
using Crm.Host.Service;
using Crm.Store.History;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Host.Api;

/// <summary>What can be seen of a rig.</summary>
public static class RigApi
{
    private const int MostPens = 32;
    private const int MostEvents = 500;

    /// <summary>s.</summary>
    private const double LongestAgo = 3.2e9;

    /// <summary>A client that takes a message longer than this is gone.</summary>
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);

    /// <summary>How often a stream asks whether its session still stands.</summary>
    private static readonly TimeSpan SessionLooked = TimeSpan.FromSeconds(2);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/rigs", async (Rigs rigs) => Results.Ok(await Task.WhenAll(rigs.All.Select(Name))))
            .Needs(Permission.View).WithSummary("Rigs of this controller").Produces<IReadOnlyList<RigName>>();

        api.MapGet("/rigs/{rig}", (string rig, string? batch, Rigs rigs) => With(rigs, rig, async r =>
            await r.Batch(batch ?? "") is { } seen ? Results.Ok(r.Description with { Recipe = seen.Recipe, Steps = seen.Steps }) : BatchApi.NoBatch(batch ?? "")))
            .Needs(Permission.View).WithSummary("Units, tags, outputs, loops, alarms, rows of protection, and the procedure of a batch (the current one when none is named)").Produces<RigDescription>().ProducesProblem(404);

        api.MapGet("/rigs/{rig}/snapshot", (string rig, string? batch, Rigs rigs) => With(rigs, rig, async r =>
            !await r.Ask(core => core.Plant.Has(batch ?? "")) ? BatchApi.NoBatch(batch ?? "")
            : await r.Snapshot(batch ?? "") is { } seen ? Results.Ok(seen) : Results.Problem("the rig has not been scanned yet", statusCode: 503)))
            .Needs(Permission.View).WithSummary("The last frame, and where batch and plant stand").Produces<Snapshot>().ProducesProblem(404);

        api.MapGet("/rigs/{rig}/trends", (string rig, string tags, double from, double to, int columns, Rigs rigs) => With(rigs, rig, r => Task.FromResult(Trends(r, tags, from, to, columns))))
            .Needs(Permission.View).WithSummary("History of a range of plant time (s; below zero is before this controller began), folded to pixel columns: first, lowest, highest, last").Produces<Trend>().ProducesProblem(400).ProducesProblem(404);

        api.MapGet("/rigs/{rig}/events", (string rig, long? after, Rigs rigs) => With(rigs, rig, async r =>
            Results.Ok(await r.Ask(core => core.Story.After(after ?? 0, MostEvents)))))
            .Needs(Permission.View).WithSummary("What happened, oldest first").Produces<IReadOnlyList<EventSeen>>().ProducesProblem(404);

        api.MapGet("/rigs/{rig}/why-not", (string rig, string? unit, string? operation, string? output, Rigs rigs) => With(rigs, rig, async r =>
            Results.Ok(new WhyNot(await r.Ask(core => output is not null ? Reasons.OfOutput(core, output) : Reasons.OfUnit(core, unit ?? "", operation ?? ""))))))
            .Needs(Permission.View).WithSummary("What stands against driving an output, or starting an operation on a unit").Produces<WhyNot>().ProducesProblem(404);

        api.MapGet("/rigs/{rig}/explanation", (string rig, string? batch, Rigs rigs) => With(rigs, rig, async r =>
        {
            if (await r.Ask(core => core.Plant.Has(batch ?? "") ? core.Plant.Explain(batch ?? "") : null) is not { } why) return BatchApi.NoBatch(batch ?? "");
            return Results.Ok(new PlantExplanation(why.Title, [.. why.Parts.Select(p => new PlantExplanationPart(p.Heading, p.Lines))]));
        })).Needs(Permission.View).WithSummary("Why the plant stands where it stands, and what to do").Produces<PlantExplanation>().ProducesProblem(404);

        api.MapGet("/rigs/{rig}/recovery", (string rig, Rigs rigs) => With(rigs, rig, async r =>
            await r.Ask(core => RecoveryText.Of(core.Plant, core.Look())) is { } found ? Results.Ok(found) : Results.Problem("nothing came back from a lost controller, or it has been decided", statusCode: 404)))
            .Needs(Permission.View).WithSummary("After a lost controller: what ran, what was energised, how long nobody was in charge, what moved, what may become of each step").Produces<Recovery>().ProducesProblem(404);

        api.MapGet("/rigs/{rig}/stream", (string rig, string? batch, HttpContext context, Rigs rigs) => With(rigs, rig, async r =>
            await r.Ask(core => core.Plant.Has(batch ?? "")) ? await Stream(r, batch ?? "", context) : BatchApi.NoBatch(batch ?? "")))
            .Needs(Permission.View).WithSummary("WebSocket: frames ten times a second, the situation when it changed; slow clients get folded frames").ProducesProblem(400).ProducesProblem(404);
    }

    /// <summary>Finds the rig, or says which there are.</summary>
    public static async Task<IResult> With(Rigs rigs, string name, Func<RigService, Task<IResult>> use) =>
        rigs.Find(name) is { } rig
            ? await use(rig)
            : Results.Problem($"there is no rig {name}; there are {string.Join(", ", rigs.All.Select(r => r.Rig.Name))}", statusCode: StatusCodes.Status404NotFound);

    private static Task<RigName> Name(RigService rig) => rig.Ask(core =>
    {
        var seen = core.Look();
        return new RigName(
            rig.Rig.Name, rig.Description.Twin, seen.Batch.ToString(), rig.Description.Recipe.Title,
            [.. Enumerable.Range(1, 4).Select(priority => seen.Alarms.Count(a => (int)a.Definition.Priority == priority))], seen.Alarms.Count(a => a.Status.IsUnacknowledged),
            seen.RigTrip.IsTripped || seen.Trips.Length > 0, seen.Prompts.Length);
    });

    private static IResult Trends(RigService rig, string tags, double from, double to, int columns)
    {
        string[] names = tags.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] unknown = [.. names.Where(n => HistoryChannel.Find(rig.Rig, n) < 0)];
        if (unknown.Length > 0) return Results.Problem($"there is no tag or output {string.Join(", ", unknown)}", statusCode: 400);
        if (names.Length is 0 or > MostPens) return Results.Problem($"1 to {MostPens} tags, separated by commas", statusCode: 400);
        if (!double.IsFinite(from) || !double.IsFinite(to) || to <= from || Math.Max(-from, to) > LongestAgo) return Results.Problem("from and to are plant time in seconds, from before to, both within a hundred years", statusCode: 400);
        if (columns is < 1 or > HistoryColumns.Most) return Results.Problem($"columns: 1 to {HistoryColumns.Most}", statusCode: 400);
        double step = Math.Max(to - from, 1e-3) / columns;
        return Results.Ok(new Trend(from, step, rig.History.Oldest, [.. names.Select(n => Pen(n, rig.History.Columns(HistoryChannel.Find(rig.Rig, n), from, step, columns)))]));
    }

    private static TrendPen Pen(string tag, HistoryColumns of) => new(tag, of.First, of.Low, of.High, of.Last);

    private static async Task<IResult> Stream(RigService rig, string batch, HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest) return Results.Problem("this is a WebSocket", statusCode: 400);
        if (rig.Hub.Join(batch) is not { } client) return Results.Problem($"{StreamHub.MostClients} streams are open already", statusCode: 503);
        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            var listening = Listen(socket, ended);
            await Send(socket, client, () => Knows(context), ended.Token);
            // The other side has a moment to close it too.
            ended.CancelAfter(CloseLimit);
            await listening;
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or IOException)
        {
            // The client left; nothing depended on it.
        }
        finally
        {
            rig.Hub.Leave(client);
        }

        return Results.Empty;
    }

    /// <summary>A session that is over, or whose account was closed, has no stream either.</summary>
    private static bool Knows(HttpContext context) => AccessGate.Token(context) is { } token && context.RequestServices.GetRequiredService<Gatehouse>().Find(token) is not null;

    private static async Task Send(WebSocket socket, StreamClient client, Func<bool> knows, CancellationToken ended)
    {
        long looked = Stopwatch.GetTimestamp();
        while (socket.State == WebSocketState.Open && !ended.IsCancellationRequested)
        {
            if (Stopwatch.GetElapsedTime(looked) > SessionLooked)
            {
                looked = Stopwatch.GetTimestamp();
                if (!knows())
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.PolicyViolation, "sign in again", ended);
                    return;
                }
            }

            var (situation, frame) = await client.Next(ended);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ended);
            limit.CancelAfter(SendLimit);
            if (situation.Length > 0) await socket.SendAsync(situation, WebSocketMessageType.Text, true, limit.Token);
            if (frame is not null) await socket.SendAsync(frame.Bytes, WebSocketMessageType.Text, true, limit.Token);
        }
    }

    /// <summary>Clients say nothing on the stream; reading notices that they close it.</summary>
    private static async Task Listen(WebSocket socket, CancellationTokenSource ended)
    {
        byte[] nothing = new byte[256];
        try
        {
            while (socket.State == WebSocketState.Open)
            {
                var received = await socket.ReceiveAsync(nothing, ended.Token);
                if (received.MessageType != WebSocketMessageType.Close) continue;
                if (socket.State == WebSocketState.CloseReceived) await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                break;
            }
        }
        finally
        {
            await ended.CancelAsync();
        }
    }
}
