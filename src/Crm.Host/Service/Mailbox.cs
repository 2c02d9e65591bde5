using System.Collections.Concurrent;

namespace Crm.Host.Service;

/// <summary>
/// What other threads want done between two scans. Bounded: when it is full the caller is told so at once and the scan is not delayed.
/// </summary>
public sealed class Mailbox : IDisposable
{
    public const int Limit = 1024;

    private readonly ConcurrentQueue<Action> waiting = new();
    private readonly SemaphoreSlim wake = new(0, 1);
    private int count;
    private volatile bool closed;

    public int Depth => Volatile.Read(ref count);

    /// <summary>Runs <paramref name="work"/> on the controller thread.</summary>
    /// <exception cref="ControllerBusyException">The mailbox is full, or the controller is stopping.</exception>
    public Task<T> Ask<T>(Func<T> work)
    {
        if (closed) throw new ControllerBusyException("the controller is stopping");
        if (Interlocked.Increment(ref count) > Limit)
        {
            Interlocked.Decrement(ref count);
            throw new ControllerBusyException($"{Limit} requests wait already");
        }

        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Enqueue(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        Wake();
        return done.Task;
    }

    /// <summary>Controller thread: does what waited when it was called.</summary>
    public void Drain()
    {
        for (int left = Depth; left > 0 && waiting.TryDequeue(out var work); left--)
        {
            Interlocked.Decrement(ref count);
            work();
        }
    }

    /// <summary>Controller thread: waits until something is asked or the time is over.</summary>
    public void Wait(TimeSpan most)
    {
        if (Depth == 0 && most > TimeSpan.Zero) wake.Wait(most);
    }

    public void Wake()
    {
        try
        {
            if (wake.CurrentCount == 0) wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke it in this instant.
        }
    }

    /// <summary>Takes nothing more; what waits is still done by the last <see cref="Drain"/>.</summary>
    public void Close() => closed = true;

    public void Dispose() => wake.Dispose();
}

/// <summary>The controller cannot take more requests now.</summary>
public sealed class ControllerBusyException(string message) : Exception(message);
