namespace Crm.Actors.Tests;

/// <summary>An actor written in the test. Without state of its own, so it forks to itself.</summary>
internal sealed class Script<T>(
    Action<T, ActorContext<T>> receive, Action<ActorContext<T>>? started = null, Action? stopped = null) : Actor<T>
{
    public override void Receive(T message, ActorContext<T> context) => receive(message, context);

    public override void Started(ActorContext<T> context) => started?.Invoke(context);

    public override void Stopped(ActorContext<T> context) => stopped?.Invoke();

    public override Actor<T> Fork() => this;
}

/// <summary>Keeps what it is told of, from any thread.</summary>
internal sealed class Observer : IActorObserver
{
    private readonly List<DeadLetter> _letters = [];
    private readonly List<ActorFailure> _failures = [];

    public DeadLetter[] Letters
    {
        get
        {
            lock (_letters)
                return [.. _letters];
        }
    }

    public ActorFailure[] Failures
    {
        get
        {
            lock (_failures)
                return [.. _failures];
        }
    }

    public void DeadLetter(in DeadLetter letter)
    {
        lock (_letters)
            _letters.Add(letter);
    }

    public void Failed(in ActorFailure failure)
    {
        lock (_failures)
            _failures.Add(failure);
    }
}

/// <summary>A clock the test moves. Rings due alarms on the caller's thread.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<Alarm> _alarms = [];
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_alarms)
            return _now.Ticks;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state);
        lock (_alarms)
            _alarms.Add(alarm);
        alarm.Change(dueTime, period);
        return alarm;
    }

    public void Advance(TimeSpan by)
    {
        Alarm[] due;
        lock (_alarms)
        {
            _now += by;
            due = [.. _alarms.Where(a => a.Due <= _now)];
            foreach (var alarm in due)
                alarm.Due = TimeSpan.MaxValue;
        }
        foreach (var alarm in due)
            alarm.Ring();
    }

    private sealed class Alarm(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan Due { get; set; } = TimeSpan.MaxValue;

        public void Ring() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._alarms)
                Due = dueTime < TimeSpan.Zero ? TimeSpan.MaxValue : time._now + dueTime;
            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

internal static class Size
{
    /// <summary>CRM_DEEP=1 runs stress and property tests at full size.</summary>
    public static int Of(int sampled, int full) => Environment.GetEnvironmentVariable("CRM_DEEP") == "1" ? full : sampled;
}
