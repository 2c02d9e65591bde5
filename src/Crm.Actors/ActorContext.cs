using Crm.Actors.Kernel;

namespace Crm.Actors;

/// <summary>What an actor can do besides changing its own state. Valid only while it handles a message; not to be kept.</summary>
public sealed class ActorContext<T>
{
    private readonly Cell<T> _cell;

    internal ActorContext(Cell<T> cell) => _cell = cell;

    public ActorRef<T> Self => new(_cell.Id);

    /// <summary>Names from the top, such as <c>rig/bus</c>.</summary>
    public string Path => _cell.Path;

    /// <summary>Time since the system was made: virtual in the deterministic system, monotonic in the threaded one.</summary>
    public TimeSpan Now => _cell.System.Now;

    /// <inheritdoc cref="ActorSystem.Tell"/>
    public void Tell<TOther>(ActorRef<TOther> to, TOther message) => _cell.System.Tell(to, message);

    /// <summary>
    /// A child: stopped when this actor stops or restarts, its failures escalate to this one.
    /// </summary>
    /// <inheritdoc cref="ActorSystem.Spawn"/>
    public ActorRef<TChild> Spawn<TChild>(string name, Func<Actor<TChild>> factory, ActorOptions? options = null)
    {
        _cell.RequireRunning();
        return _cell.System.Spawn(_cell, name, factory, options);
    }

    /// <summary>Handles the following messages with <paramref name="next"/>. A restart begins with the factory's behaviour again.</summary>
    public void Become(Actor<T> next) => _cell.Become(next);

    /// <summary>Stops this actor after the current message; messages waiting become dead letters.</summary>
    public void Stop() => Stop(Self);

    /// <inheritdoc cref="ActorSystem.Stop"/>
    public void Stop<TOther>(ActorRef<TOther> other) => _cell.System.Stop(other);

    /// <summary>
    /// Death watch: when <paramref name="other"/> is gone (or already was), this actor receives what <paramref name="adapt"/> makes of
    /// it, after everything <paramref name="other"/> told it before. Ends with a restart of this actor.
    /// </summary>
    /// <param name="adapt">Pure: it is shared by all forks.</param>
    public void Watch<TOther>(ActorRef<TOther> other, Func<Terminated, T> adapt) => _cell.StartWatch(other.Id, adapt);

    public void Unwatch<TOther>(ActorRef<TOther> other) => _cell.EndWatch(other.Id);

    /// <summary>
    /// Receives <paramref name="message"/> once after <paramref name="delay"/>, ahead of waiting messages. Replaces the timer of the same
    /// key. A cancelled timer is never received, and every timer is cancelled by a stop or restart.
    /// </summary>
    public void StartTimer(string key, TimeSpan delay, T message)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        _cell.StartTimer(key, delay, message, periodic: false);
    }

    /// <summary>
    /// As <see cref="StartTimer"/>, every <paramref name="period"/> on a grid that does not drift. A tick that finds the one before still
    /// waiting is merged with it and counted.
    /// </summary>
    public void StartPeriodicTimer(string key, TimeSpan period, T message)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero);
        _cell.StartTimer(key, period, message, periodic: true);
    }

    /// <summary>False when there was no such timer.</summary>
    public bool CancelTimer(string key) => _cell.CancelTimer(key);
}
