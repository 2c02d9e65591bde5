using Crm.Actors.Kernel;

namespace Crm.Actors;

/// <summary>
/// Actors on a fixed pool of threads in real time, for hardware. An actor with <see cref="ActorOptions.Pinned"/> has a thread of its own
/// and may wait in it. Never forked. Tell, ask and stop from any thread.
/// </summary>
public sealed class ThreadedSystem : ActorSystem, IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly TimerQueue _timers = new();
    private readonly ITimer _alarm;
    private readonly Workers _pool;
    private bool _closed;

    /// <param name="threads">Size of the pool; 0 takes the number of processors.</param>
    public ThreadedSystem(TimeProvider time, int threads = 0, IActorObserver? observer = null) : base(observer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        _time = time;
        _start = time.GetTimestamp();
        _alarm = time.CreateTimer(_ => RingDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _pool = new Workers("actors", threads == 0 ? Environment.ProcessorCount : threads);
    }

    public override TimeSpan Now => _time.GetElapsedTime(_start);

    internal override bool IsShared => true;

    private protected override bool InTurn => Workers.InTurn;

    /// <summary>Stops all actors, waits for them, and ends the threads.</summary>
    /// <returns>False when some were still at work after <paramref name="patience"/>; their threads end when they do.</returns>
    public bool Shutdown(TimeSpan patience)
    {
        if (InTurn)
            throw new InvalidOperationException("An actor cannot wait for its own end.");
        lock (Registry)
            _closed = true;
        StopAll();
        bool gone = WaitUntilGone(patience);
        lock (_timers)
            _alarm.Dispose();
        _pool.Close();
        return gone;
    }

    /// <summary><see cref="Shutdown"/> with five seconds of patience.</summary>
    public void Dispose() => Shutdown(s_patience);

    internal override void Wake(Cell cell, int turns)
    {
        if (turns > 0)
            Workers.Wake(cell);
    }

    internal override long Schedule(int owner, TimeSpan delay, TimeSpan period)
    {
        lock (_timers)
        {
            long timer = _timers.Add(owner, Now + delay, period);
            SetAlarm();
            return timer;
        }
    }

    internal override void Cancel(long timer)
    {
        lock (_timers)
            _timers.Cancel(timer);
    }

    internal override void Remove(Cell cell)
    {
        if (cell.IsPinned)
            cell.Workers!.Close();
        base.Remove(cell);
    }

    private protected override void Prepare(Cell cell)
    {
        if (_closed)
            throw new InvalidOperationException($"The system is shut down; {cell.Path} cannot be spawned.");
        cell.Workers = cell.IsPinned ? new Workers(cell.Path, 1) : _pool;
    }

    private bool WaitUntilGone(TimeSpan patience)
    {
        long since = _time.GetTimestamp();
        lock (Registry)
        {
            while (Alive > 0)
            {
                var left = patience - _time.GetElapsedTime(since);
                if (left <= TimeSpan.Zero || !Monitor.Wait(Registry, left))
                    return Alive == 0;
            }
            return true;
        }
    }

    private void RingDue()
    {
        while (TakeDue(out int owner, out long timer, out long missed))
            Ring(owner, timer, missed);
        lock (_timers)
            SetAlarm();
    }

    private bool TakeDue(out int owner, out long timer, out long missed)
    {
        lock (_timers)
            return _timers.TryTakeDue(Now, out owner, out timer, out missed);
    }

    /// <summary>Rounded up to a millisecond, the grain of the platform's timers: one that rings early would ring in vain.</summary>
    private void SetAlarm()
    {
        if (_timers.NextDue is not { } due)
            return;
        double wait = Math.Clamp(Math.Ceiling((due - Now).TotalMilliseconds), 0, int.MaxValue);
        _alarm.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
    }
}
