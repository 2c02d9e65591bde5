using System.Collections.Immutable;

namespace Crm.Host.Service;

/// <summary>Hands frames and situations to every client. Publishing costs one short lock a client and never waits for a network.</summary>
public sealed class StreamHub
{
    public const int MostClients = 200;

    private readonly Lock gate = new();
    private ImmutableArray<StreamClient> clients = [];
    private FoldedFrame? frame;
    private readonly Dictionary<string, ReadOnlyMemory<byte>> situations = new(StringComparer.Ordinal);

    public int Clients => clients.Length;

    /// <summary>Batches that somebody looks at; empty is the current one, and is always among them.</summary>
    public IReadOnlyCollection<string> Watched => [.. clients.Select(c => c.Batch).Append("").Distinct()];

    /// <summary>Frames that were folded into a later one because a client was slow.</summary>
    public long Folded => clients.Sum(c => c.Folded);

    /// <summary>Streams refused because too many were open.</summary>
    public long Refused { get; private set; }

    /// <param name="batch">Batch it looks at; empty: the current one.</param>
    /// <returns>Null when there are too many clients already.</returns>
    public StreamClient? Join(string batch = "")
    {
        lock (gate)
        {
            if (clients.Length >= MostClients)
            {
                Refused++;
                return null;
            }

            var client = new StreamClient(batch);
            if (situations.TryGetValue(batch, out var situation)) client.Offer(situation);
            if (frame is not null) client.Offer(frame);
            clients = clients.Add(client);
            return client;
        }
    }

    public void Leave(StreamClient client)
    {
        lock (gate) clients = clients.Remove(client);
    }

    public void Publish(FoldedFrame next)
    {
        lock (gate)
        {
            // Its events were told to those who were there; a later client begins with the values.
            frame = new FoldedFrame(next.Message with { Events = [], Spreads = [] });
            foreach (var client in clients) client.Offer(next);
        }
    }

    public void Publish(string batch, ReadOnlyMemory<byte> next)
    {
        lock (gate)
        {
            situations[batch] = next;
            foreach (var client in clients)
                if (client.Batch == batch) client.Offer(next);
        }
    }
}

/// <summary>What one client has not been sent yet: at most one folded frame and the newest situation.</summary>
public sealed class StreamClient(string batch)
{
    public string Batch => batch;

    private readonly Lock gate = new();
    private readonly SemaphoreSlim news = new(0, 1);
    private FoldedFrame? frame;
    private ReadOnlyMemory<byte> situation;

    public long Folded { get; private set; }

    public void Offer(FoldedFrame next)
    {
        lock (gate)
        {
            if (frame is not null) Folded++;
            frame = frame is null ? next : FoldedFrame.Fold(frame, next);
            Signal();
        }
    }

    public void Offer(ReadOnlyMemory<byte> next)
    {
        lock (gate)
        {
            situation = next;
            Signal();
        }
    }

    /// <summary>The next messages, situation first.</summary>
    public async ValueTask<(ReadOnlyMemory<byte> Situation, FoldedFrame? Frame)> Next(CancellationToken stop)
    {
        await news.WaitAsync(stop).ConfigureAwait(false);
        lock (gate)
        {
            var taken = (situation, frame);
            (situation, frame) = (default, null);
            return taken;
        }
    }

    private void Signal()
    {
        if (news.CurrentCount == 0) news.Release();
    }
}
