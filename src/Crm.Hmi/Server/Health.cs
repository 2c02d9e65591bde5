namespace Crm.Hmi.Server;

/// <summary>For those who keep the box running: whether who opens a page would see a plant that is well. Nobody needs to sign in.</summary>
internal static class Health
{
    /// <summary>As long as a page takes to say that the controller is gone.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary><c>/health</c>: what the controller says of itself, or 503 when it does not answer.</summary>
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/health", async (HttpContext context, Controller controller) =>
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(Limit);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/health");
            using var answer = await controller.Send(request, HttpCompletionOption.ResponseContentRead, limit.Token);
            return Results.Text(await answer.Content.ReadAsStringAsync(limit.Token), statusCode: (int)answer.StatusCode);
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException)
        {
            return Results.Text("the controller does not answer\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    });
}
