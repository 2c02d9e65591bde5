using System.Net.Http.Headers;
using System.Net.WebSockets;

namespace Crm.Hmi.Server;

/// <summary>
/// Passes the browser's requests on to the controller under the person's session. It judges nothing but that the request comes from a
/// page of ours; what a person may do is the controller's business.
/// </summary>
public static class Relay
{
    private const int LargestMessage = 64 * 1024;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/rigs/{rig}/stream", Stream);
        app.Map("/api/v1/{**rest}", Forward);
    }

    /// <summary>A browser names the page a request comes from; one without it is no page of anybody.</summary>
    public static bool FromHere(HttpContext context)
    {
        string origin = context.Request.Headers.Origin.ToString();
        return origin.Length == 0
            ? context.Request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none"
            : Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == context.Request.Host.Value;
    }

    private static async Task Forward(HttpContext context, Controller controller)
    {
        if (SignInEndpoints.Token(context) is not { } token)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (!HttpMethods.IsGet(context.Request.Method) && !FromHere(context))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), context.Request.Path + context.Request.QueryString);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
            if (MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)) request.Content.Headers.ContentType = type;
        }

        try
        {
            using var answer = await controller.Send(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            // A report has its styles in it: the controller says what it may do, which is less than a page of ours.
            if (answer.Headers.TryGetValues("Content-Security-Policy", out var policy)) context.Response.Headers.ContentSecurityPolicy = policy.ToArray();
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException && !context.Response.HasStarted)
        {
            await Results.Problem("the controller does not answer", statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context);
        }
    }

    private static async Task Stream(string rig, HttpContext context, Controller controller, HmiWatch watch)
    {
        if (!context.WebSockets.IsWebSocketRequest || SignInEndpoints.Token(context) is not { } token || !FromHere(context))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        using var there = new ClientWebSocket();
        there.Options.RemoteCertificateValidationCallback = controller.Trust;
        there.Options.SetRequestHeader("Authorization", "Bearer " + token);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            limit.CancelAfter(TimeSpan.FromSeconds(3));
            await there.ConnectAsync(controller.Stream($"/api/v1/rigs/{Uri.EscapeDataString(rig)}/stream{context.Request.QueryString}"), limit.Token);
            watch.Answered();
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            if (there.HttpStatusCode == 0 && !context.RequestAborted.IsCancellationRequested) watch.Gone(gone);
            context.Response.StatusCode = there.HttpStatusCode == System.Net.HttpStatusCode.Unauthorized ? StatusCodes.Status401Unauthorized : StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using var here = await context.WebSockets.AcceptWebSocketAsync();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        watch.StreamOpened();
        try
        {
            await Task.WhenAny(Pump(there, here, ended.Token), Pump(here, there, ended.Token));
            await ended.CancelAsync();
            await Close(here, there.CloseStatus == WebSocketCloseStatus.PolicyViolation ? WebSocketCloseStatus.PolicyViolation : WebSocketCloseStatus.EndpointUnavailable);
            await Close(there, WebSocketCloseStatus.EndpointUnavailable);
        }
        finally
        {
            watch.StreamClosed();
        }
    }

    private static async Task Pump(WebSocket from, WebSocket to, CancellationToken stop)
    {
        byte[] buffer = new byte[LargestMessage];
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var part = await from.ReceiveAsync(buffer.AsMemory(), stop);
                if (part.MessageType == WebSocketMessageType.Close) return;
                await to.SendAsync(buffer.AsMemory(0, part.Count), part.MessageType, part.EndOfMessage, stop);
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side left; the caller closes the other.
        }
    }

    private static async Task Close(WebSocket socket, WebSocketCloseStatus why)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived) await socket.CloseOutputAsync(why, null, limit.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // It is gone already.
        }
    }
}
