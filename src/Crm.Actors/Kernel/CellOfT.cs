namespace Crm.Actors.Kernel;

internal enum Offered : byte
{
    Accepted,
    OldestDropped,
    NewestDropped,
    Full,
    Closed,
}

/// <summary>An actor with its mailbox, timers and watches.</summary>
internal sealed class Cell<T> : Cell
{
    private readonly record struct NamedTimer(string Key, long Timer, T Message, bool Periodic);

    private readonly record struct Watch(int Id, Func<Terminated, T> Adapt);

    private readonly Func<Actor<T>> _factory;
    private readonly ActorContext<T> _context;
    private RingBuffer<T> _mailbox;
    private bool _closed;
    private Actor<T>? _behavior;
    private List<NamedTimer>? _timers;
    private List<Watch>? _watches;

    public Cell(ActorSystem system, int id, int parent, string path, Func<Actor<T>> factory, ActorOptions options)
        : base(system, id, parent, path, options)
    {
        _factory = factory;
        _context = new ActorContext<T>(this);
    }

    private Cell(Cell<T> source, ActorSystem system) : base(source, system)
    {
        _factory = source._factory;
        _context = new ActorContext<T>(this);
        _mailbox = source._mailbox.Copy();
        _closed = source._closed;
        _behavior = source._behavior?.Fork();
        _timers = source._timers?.ToList();
        _watches = source._watches?.ToList();
    }

    public int Capacity => Options.Capacity;

    protected override int Waiting => _mailbox.Count;

    public override Cell Fork(ActorSystem system) => new Cell<T>(this, system);

    public Offered Offer(T message, out T dropped)
    {
        if (!Shared)
            return Accept(message, out dropped);
        lock (this)
            return Accept(message, out dropped);
    }

    public override bool Turn()
    {
        bool any = Shared ? TakeLocked(out var control, out T message) : Take(out control, out message);
        if (control is not null)
            Obey(control);
        else if (any)
            Handle(message);
        return any;
    }

    public void Become(Actor<T> next)
    {
        RequireRunning();
        _behavior = next;
    }

    public void StartTimer(string key, TimeSpan delay, T message, bool periodic)
    {
        RequireRunning();
        CancelTimer(key);
        long timer = System.Schedule(Id, delay, periodic ? delay : TimeSpan.Zero);
        (_timers ??= []).Add(new NamedTimer(key, timer, message, periodic));
    }

    public bool CancelTimer(string key)
    {
        int index = _timers?.FindIndex(t => t.Key == key) ?? -1;
        if (index < 0)
            return false;
        System.Cancel(_timers![index].Timer);
        _timers.RemoveAt(index);
        return true;
    }

    public void StartWatch(int other, Func<Terminated, T> adapt)
    {
        RequireRunning();
        EndWatch(other);
        (_watches ??= []).Add(new Watch(other, adapt));
        if (!System.Post(other, new Control(ControlKind.Watch, Id)))
            System.Post(Id, new Control(ControlKind.Terminated, other, Path: ActorSystem.NameOfUnknown(other)));
    }

    public void EndWatch(int other)
    {
        if (_watches?.RemoveAll(w => w.Id == other) > 0)
            System.Post(other, new Control(ControlKind.Unwatch, Id));
    }

    protected override void Create()
    {
        _behavior = _factory();
        _behavior.Started(_context);
    }

    protected override void Release()
    {
        var last = _behavior;
        _behavior = null;
        last?.Stopped(_context);
    }

    protected override void CloseMailbox()
    {
        RingBuffer<T> rest;
        lock (this)
        {
            _closed = true;
            rest = _mailbox;
            _mailbox = default;
        }
        while (rest.Count > 0)
            System.Bury(Id, Path, rest.Take(), DeadLetterReason.NoSuchActor);
    }

    protected override void Disengage()
    {
        if (_timers is not null)
            foreach (var timer in _timers)
                System.Cancel(timer.Timer);
        _timers = null;
        if (_watches is not null)
            foreach (var watch in _watches)
                System.Post(watch.Id, new Control(ControlKind.Unwatch, Id));
        _watches = null;
    }

    protected override void OnTimer(long timer)
    {
        int index = _timers?.FindIndex(t => t.Timer == timer) ?? -1;
        if (index < 0)
            return;
        var rung = _timers![index];
        if (!rung.Periodic)
            _timers.RemoveAt(index);
        Handle(rung.Message);
    }

    protected override void OnTerminated(in Terminated terminated)
    {
        int id = terminated.ActorId;
        int index = _watches?.FindIndex(w => w.Id == id) ?? -1;
        if (index < 0)
            return;
        var adapt = _watches![index].Adapt;
        _watches.RemoveAt(index);
        try
        {
            Append(adapt(terminated));
        }
        catch (Exception e)
        {
            Fail(e, terminated);
        }
    }

    /// <summary>Behind what the dead actor told before, and beyond the capacity.</summary>
    private void Append(T message)
    {
        lock (this)
            _mailbox.Add(message);
        System.Wake(this, 1);
    }

    private void Handle(T message)
    {
        try
        {
            _behavior!.Receive(message, _context);
        }
        catch (Exception e)
        {
            Fail(e, message);
        }
    }

    private bool TakeLocked(out Control? control, out T message)
    {
        lock (this)
            return Take(out control, out message);
    }

    private bool Take(out Control? control, out T message)
    {
        message = default!;
        control = TakeControl();
        if (control is not null)
            return true;
        if (State != CellState.Running || _mailbox.Count == 0)
            return false;
        message = _mailbox.Take();
        return true;
    }

    private Offered Accept(T message, out T dropped)
    {
        dropped = message;
        if (_closed)
            return Offered.Closed;
        if (_mailbox.Count < Options.Capacity)
        {
            _mailbox.Add(message);
            return Offered.Accepted;
        }
        if (Options.Overflow == Overflow.Fail)
            return Offered.Full;
        if (Options.Overflow == Overflow.DropNewest)
            return Offered.NewestDropped;
        dropped = _mailbox.Take();
        _mailbox.Add(message);
        return Offered.OldestDropped;
    }
}
