namespace Crm.Actors.Kernel;

/// <summary>
/// Timers of one system in order of due time, then of creation. A timer belongs to an actor (id above 0) or an ask (below 0).
/// </summary>
internal sealed class TimerQueue
{
    private const int CancelledKept = 64;

    private readonly record struct Entry(long Timer, int Owner, TimeSpan Period);

    private readonly PriorityQueue<Entry, (TimeSpan Due, long Order)> _queue;
    private readonly HashSet<long> _live;
    private long _lastTimer;
    private long _lastOrder;

    public TimerQueue()
    {
        _queue = new();
        _live = [];
    }

    private TimerQueue(TimerQueue source)
    {
        _queue = new(source._queue.UnorderedItems);
        _live = [.. source._live];
        _lastTimer = source._lastTimer;
        _lastOrder = source._lastOrder;
    }

    /// <summary>When the next timer is due, or null.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            while (_queue.TryPeek(out var entry, out var when))
            {
                if (_live.Contains(entry.Timer))
                    return when.Due;
                _queue.Dequeue();
            }
            return null;
        }
    }

    /// <param name="period">Zero for a single shot.</param>
    public long Add(int owner, TimeSpan due, TimeSpan period)
    {
        long timer = ++_lastTimer;
        _live.Add(timer);
        _queue.Enqueue(new Entry(timer, owner, period), (due, ++_lastOrder));
        return timer;
    }

    public void Cancel(long timer)
    {
        _live.Remove(timer);
        if (_queue.Count > 2 * _live.Count + CancelledKept)
            DropCancelled();
    }

    /// <summary>Takes one timer due by <paramref name="now"/>; a periodic one is set again on its grid, which does not drift.</summary>
    /// <param name="missed">Whole periods that passed unnoticed because the caller came late.</param>
    public bool TryTakeDue(TimeSpan now, out int owner, out long timer, out long missed)
    {
        (owner, timer, missed) = (0, 0, 0);
        if (NextDue is not { } due || due > now)
            return false;
        var entry = _queue.Dequeue();
        (owner, timer) = (entry.Owner, entry.Timer);
        if (entry.Period == TimeSpan.Zero)
        {
            _live.Remove(timer);
            return true;
        }
        missed = (now - due).Ticks / entry.Period.Ticks;
        _queue.Enqueue(entry, (due + entry.Period * (missed + 1), ++_lastOrder));
        return true;
    }

    public TimerQueue Copy() => new(this);

    private void DropCancelled()
    {
        var kept = _queue.UnorderedItems.Where(item => _live.Contains(item.Element.Timer)).ToArray();
        _queue.Clear();
        _queue.EnqueueRange(kept);
    }
}
