namespace Crm.Hmi.Server;

/// <summary>What the HMI notices of itself: the controller lost and back, requests that fail, streams that are open. Says each change once, and of the rest at most a line a minute. Thread-safe.</summary>
public sealed partial class HmiWatch(ILogger<HmiWatch> log, TimeProvider clock)
{
    /// <summary>Requests that fail and are told singly in a minute; the others are counted.</summary>
    public const int MostAMinute = 10;

    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly long began = clock.GetTimestamp();
    private long? lost;
    private long requests, failed;
    private int inMinute, streams, toldStreams;

    public int Streams => Volatile.Read(ref streams);

    public void Ready(int port, string transport, Uri controller) =>
        Started(log, port, transport, controller.GetLeftPart(UriPartial.Authority), Math.Round(clock.GetElapsedTime(began).TotalSeconds, 2));

    /// <summary>The controller has answered, whatever it said.</summary>
    public void Answered()
    {
        lock (gate)
        {
            if (lost is not { } since) return;
            lost = null;
            Back(log, Math.Round(clock.GetElapsedTime(since).TotalSeconds, 1));
        }
    }

    /// <summary>The controller did not answer; said once until it does.</summary>
    public void Gone(Exception why)
    {
        lock (gate)
        {
            if (lost is not null) return;
            lost = clock.GetTimestamp();
            Lost(log, why is OperationCanceledException ? "no answer in time" : why.GetBaseException().Message);
        }
    }

    /// <summary>A request was answered.</summary>
    /// <param name="path">Without its query.</param>
    public void Request(string method, string path, int status)
    {
        Interlocked.Increment(ref requests);
        // That the controller is gone is said once, and not for every page that asks for it.
        if (status < StatusCodes.Status500InternalServerError || status == StatusCodes.Status503ServiceUnavailable) return;
        lock (gate)
        {
            failed++;
            if (++inMinute <= MostAMinute) Failed(log, method, Plain(path), status);
        }
    }

    public void StreamOpened() => Interlocked.Increment(ref streams);

    public void StreamClosed() => Interlocked.Decrement(ref streams);

    /// <summary>Once a minute: what was too many to be said singly, and how many streams are open when that changed.</summary>
    public void Minute()
    {
        lock (gate)
        {
            if (inMinute > MostAMinute) More(log, inMinute - MostAMinute);
            inMinute = 0;
            int now = Streams;
            if (now != toldStreams) Open(log, now);
            toldStreams = now;
        }
    }

    public void Stopping() => Ended(log, Interlocked.Read(ref requests), Interlocked.Read(ref failed), Streams);

    /// <summary>A one-time link is a key: it is in no log.</summary>
    private static string Plain(string path) => path.StartsWith("/sign-in/", StringComparison.OrdinalIgnoreCase) ? "/sign-in/…" : path;

    [LoggerMessage(Level = LogLevel.Information, Message = "HMI on port {Port}, {Transport}, for the controller at {Controller}, after {StartSeconds} s")]
    private static partial void Started(ILogger log, int port, string transport, string controller, double startSeconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The controller does not answer: {Reason}")]
    private static partial void Lost(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The controller answers again, after {GoneSeconds} s")]
    private static partial void Back(ILogger log, double goneSeconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} failed with {Status}")]
    private static partial void Failed(ILogger log, string method, string path, int status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{More} requests more failed in the last minute")]
    private static partial void More(ILogger log, int more);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Streams} streams open")]
    private static partial void Open(ILogger log, int streams);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: {Requests} requests, {FailedRequests} failed, {Streams} streams open")]
    private static partial void Ended(ILogger log, long requests, long failedRequests, int streams);
}
