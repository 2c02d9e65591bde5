using System.Collections.Concurrent;
using System.Globalization;
using Crm.Actors.Kernel;

namespace Crm.Actors;

/// <summary>
/// A tree of actors and the means to reach them. <see cref="DeterministicSystem"/> runs it on one thread in virtual time,
/// <see cref="ThreadedSystem"/> on threads in real time; actors cannot tell which.
/// </summary>
public abstract class ActorSystem
{
    /// <summary>Most actors spawned in the life of one system. Ids are not used twice, so 8 bytes of each stay behind.</summary>
    public const int MaxActors = 1 << 20;

    private readonly IActorObserver? _observer;
    private readonly ConcurrentDictionary<int, Promise> _promises = new();
    private volatile Cell?[] _cells = new Cell?[16];
    private int _lastId;
    private int _lastAsk;
    private Tally _tally;

    private protected ActorSystem(IActorObserver? observer) => _observer = observer;

    private protected ActorSystem(ActorSystem source, IActorObserver? observer)
    {
        _observer = observer;
        _lastId = source._lastId;
        _lastAsk = source._lastAsk;
        _tally = source._tally;
        Failure = source.Failure;
        Alive = source.Alive;
    }

    /// <summary>Time since the system was made.</summary>
    public abstract TimeSpan Now { get; }

    public ActorCounters Counters => _tally.Read();

    /// <summary>Actors that have not stopped.</summary>
    public int Alive { get; private set; }

    /// <summary>The failure that was escalated beyond the top and stopped the system, or null.</summary>
    public Exception? Failure { get; private set; }

    internal abstract bool IsShared { get; }

    /// <summary>Guards the registry; pulsed when an actor is gone.</summary>
    private protected object Registry { get; } = new();

    /// <summary>True on a thread that is inside an actor's turn.</summary>
    private protected abstract bool InTurn { get; }

    /// <summary>Spawns an actor at the top of the tree. It starts in its own turn.</summary>
    /// <param name="name">The last part of its path, for logs.</param>
    /// <param name="factory">
    /// Makes a new instance for the start and each restart. Shared by all forks: it captures immutable things only.
    /// </param>
    /// <param name="options">Mailbox, supervision, thread; <see cref="ActorOptions.Default"/> when left out.</param>
    public ActorRef<T> Spawn<T>(string name, Func<Actor<T>> factory, ActorOptions? options = null) =>
        Spawn(null, name, factory, options);

    /// <summary>Puts a message in the mailbox of an actor. Messages of one sender to one actor keep their order.</summary>
    /// <exception cref="MailboxFullException">The mailbox is full and its policy is <see cref="Overflow.Fail"/>.</exception>
    public void Tell<T>(ActorRef<T> to, T message) => Deliver(to, message);

    /// <summary>Stops an actor and its children after the message it is at; messages waiting become dead letters.</summary>
    public void Stop<T>(ActorRef<T> actor) => Post(actor.Id, Control.Stop);

    public bool IsAlive<T>(ActorRef<T> actor) => Find(actor.Id) is not null;

    /// <summary>
    /// Asks from outside the actors (a command line, a web page, a test). In the deterministic system the answer comes when the system
    /// is run, and the timeout is virtual. The question does not live on in forks.
    /// </summary>
    /// <param name="request">Makes the message from the address the reply is to be told to.</param>
    /// <exception cref="AskFailedException">In the task: no reply in time, or nobody to ask.</exception>
    /// <exception cref="InvalidOperationException">Called inside an actor: it must tell, and be told.</exception>
    public Task<TReply> Ask<T, TReply>(ActorRef<T> to, Func<ActorRef<TReply>, T> request, TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        if (InTurn)
            throw new InvalidOperationException("An actor does not ask: it tells, and is told.");
        int id = -1 - (Interlocked.Increment(ref _lastAsk) & 0x3FFFFFFF);
        var promise = new Promise<TReply>();
        _promises[id] = promise;
        promise.Timer = Schedule(id, timeout, TimeSpan.Zero);
        try
        {
            if (!Deliver(to, request(new ActorRef<TReply>(id))))
                Break(id, $"{NameOfUnknown(to.Id)} took no message.");
        }
        catch (MailboxFullException e)
        {
            Break(id, e.Message);
        }
        return promise.Task;
    }

    internal static string NameOfUnknown(int id) => string.Create(CultureInfo.InvariantCulture, $"#{id}");

    /// <summary>Lets the cell have <paramref name="turns"/> more turns.</summary>
    internal abstract void Wake(Cell cell, int turns);

    /// <param name="period">Zero for a single shot.</param>
    internal abstract long Schedule(int owner, TimeSpan delay, TimeSpan period);

    internal abstract void Cancel(long timer);

    internal ActorRef<T> Spawn<T>(Cell? parent, string name, Func<Actor<T>> factory, ActorOptions? options)
    {
        Cell<T> cell;
        lock (Registry)
        {
            if (_lastId == MaxActors)
                throw new ActorLimitException(MaxActors);
            int id = ++_lastId;
            string path = parent is null ? name : $"{parent.Path}/{name}";
            cell = new Cell<T>(this, id, parent?.Id ?? 0, path, factory, options ?? ActorOptions.Default);
            Prepare(cell);
            Register(cell);
        }
        parent?.AddChild(cell.Id);
        Post(cell.Id, Control.Start);
        return new ActorRef<T>(cell.Id);
    }

    internal bool Post(int id, Control control)
    {
        if (Find(id) is not { } cell || !cell.Post(control))
            return false;
        Wake(cell, 1);
        return true;
    }

    internal virtual void Remove(Cell cell)
    {
        lock (Registry)
        {
            _cells[cell.Id] = null;
            Alive--;
            Monitor.PulseAll(Registry);
        }
    }

    /// <param name="parent">0: beyond the top, the system stops.</param>
    internal void Escalate(int parent, Exception failure)
    {
        if (parent != 0)
        {
            Post(parent, new Control(ControlKind.Fail, Failure: failure));
            return;
        }
        Failure ??= failure;
        StopAll();
    }

    internal void Report(in ActorFailure failure)
    {
        Interlocked.Increment(ref _tally.Failures);
        try
        {
            _observer?.Failed(failure);
        }
        catch (Exception)
        {
            Interlocked.Increment(ref _tally.ObserverFailures);
        }
    }

    internal void Bury<T>(int id, string path, T message, DeadLetterReason reason)
    {
        _tally.Count(reason);
        try
        {
            _observer?.DeadLetter(new DeadLetter(id, path, message, reason));
        }
        catch (Exception)
        {
            Interlocked.Increment(ref _tally.ObserverFailures);
        }
    }

    internal void CountRestart() => Interlocked.Increment(ref _tally.Restarts);

    internal void CountMergedTicks(long ticks) => Interlocked.Add(ref _tally.MergedTicks, ticks);

    private protected virtual void Prepare(Cell cell)
    {
    }

    private protected void StopAll()
    {
        foreach (var cell in _cells)
            if (cell is { IsRoot: true })
                Post(cell.Id, Control.Stop);
    }

    private protected void Ring(int owner, long timer, long missed)
    {
        if (missed > 0)
            CountMergedTicks(missed);
        if (owner < 0)
            Break(owner, "No reply in time.");
        else
            Post(owner, new Control(ControlKind.Timer, Timer: timer));
    }

    private protected void CopyCells(ActorSystem source)
    {
        var cells = new Cell?[source._cells.Length];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = source._cells[i]?.Fork(this);
        _cells = cells;
    }

    private protected Cell? Find(int id)
    {
        var cells = _cells;
        return (uint)id < (uint)cells.Length ? cells[id] : null;
    }

    private bool Deliver<T>(ActorRef<T> to, T message)
    {
        if (Find(to.Id) is not Cell<T> cell)
            return Reply(to, message);
        switch (cell.Offer(message, out T dropped))
        {
            case Offered.Accepted:
                Wake(cell, 1);
                return true;
            case Offered.OldestDropped:
                Bury(cell.Id, cell.Path, dropped, DeadLetterReason.DroppedOldest);
                return true;
            case Offered.NewestDropped:
                Bury(cell.Id, cell.Path, dropped, DeadLetterReason.DroppedNewest);
                return false;
            case Offered.Full:
                Interlocked.Increment(ref _tally.Refused);
                throw new MailboxFullException(cell.Path, cell.Capacity);
            default:
                Bury(cell.Id, cell.Path, dropped, DeadLetterReason.NoSuchActor);
                return false;
        }
    }

    private bool Reply<T>(ActorRef<T> to, T message)
    {
        if (to.Id < 0 && _promises.TryRemove(to.Id, out var waiting) && waiting is Promise<T> promise)
        {
            Cancel(promise.Timer);
            promise.Fulfil(message);
            return true;
        }
        Bury(to.Id, NameOfUnknown(to.Id), message, to.Id < 0 ? DeadLetterReason.LateReply : DeadLetterReason.NoSuchActor);
        return false;
    }

    private void Break(int ask, string reason)
    {
        if (!_promises.TryRemove(ask, out var promise))
            return;
        Cancel(promise.Timer);
        promise.Fail(new AskFailedException(reason));
    }

    private void Register(Cell cell)
    {
        if (cell.Id >= _cells.Length)
        {
            var larger = new Cell?[_cells.Length * 2];
            _cells.CopyTo(larger, 0);
            _cells = larger;
        }
        _cells[cell.Id] = cell;
        Alive++;
    }
}
