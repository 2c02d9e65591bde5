namespace Crm.Actors.Kernel;

internal enum CellState : byte
{
    Created,
    Running,

    /// <summary>Failed, waits for its children to stop.</summary>
    Restarting,

    /// <summary>Failed, waits for its back-off to end.</summary>
    BackingOff,

    /// <summary>Takes no message, waits for its children to stop.</summary>
    Stopping,
    Stopped,
}

/// <summary>
/// The life of one actor, whatever its message type: start, failure, restart, stop, children and watchers. Other actors are known by
/// id only, so that a copy is valid in a forked system. Only <see cref="Post"/> and <see cref="HasWork"/> (and the mailbox of
/// <see cref="Cell{T}"/>) are called from outside the actor's own turn; they lock the cell itself, which saves an object per actor, and
/// the mailbox does so in the threaded system only.
/// </summary>
internal abstract class Cell
{
    private readonly ActorOptions _options;
    private readonly int _parent;
    private Queue<Control>? _controls;
    private List<int>? _children;
    private List<int>? _watchers;
    private List<TimeSpan>? _restarts;
    private Exception? _failure;
    private long _backOffTimer;
    private TimeSpan _backOff;

    /// <summary>1 while the cell waits for or is in a turn of the threaded system.</summary>
    public int Scheduled;

    /// <summary>The threads that run this cell in the threaded system.</summary>
    public Workers? Workers;

    protected Cell(ActorSystem system, int id, int parent, string path, ActorOptions options)
    {
        (System, Id, _parent, Path, _options) = (system, id, parent, path, options);
        Shared = system.IsShared;
    }

    protected Cell(Cell source, ActorSystem system) : this(system, source.Id, source._parent, source.Path, source._options)
    {
        State = source.State;
        _controls = source._controls is { } c ? new(c) : null;
        _children = source._children?.ToList();
        _watchers = source._watchers?.ToList();
        _restarts = source._restarts?.ToList();
        (_failure, _backOffTimer, _backOff) = (source._failure, source._backOffTimer, source._backOff);
    }

    public ActorSystem System { get; }

    public int Id { get; }

    public string Path { get; }

    public bool IsRoot => _parent == 0;

    public bool IsPinned => _options.Pinned;

    protected bool Shared { get; }

    protected CellState State { get; private set; }

    protected ActorOptions Options => _options;

    /// <summary>Obeys one control or handles one message. False when there was nothing to do.</summary>
    public abstract bool Turn();

    public abstract Cell Fork(ActorSystem system);

    /// <summary>False when the actor is gone and will not obey.</summary>
    public bool Post(Control control)
    {
        lock (this)
            return Append(control);
    }

    public bool HasWork()
    {
        lock (this)
            return _controls is { Count: > 0 } || (State == CellState.Running && Waiting > 0);
    }

    public void AddChild(int id) => (_children ??= []).Add(id);

    public void RequireRunning()
    {
        if (State != CellState.Running)
            throw new InvalidOperationException($"{Path} is stopping: it can no longer spawn, watch, become or start timers.");
    }

    protected abstract int Waiting { get; }

    protected abstract void Create();

    protected abstract void Release();

    /// <summary>Refuses messages from now on; those waiting become dead letters.</summary>
    protected abstract void CloseMailbox();

    /// <summary>Forgets timers and watches.</summary>
    protected abstract void Disengage();

    protected abstract void OnTimer(long timer);

    protected abstract void OnTerminated(in Terminated terminated);

    protected Control? TakeControl() => _controls is { Count: > 0 } waiting ? waiting.Dequeue() : null;

    protected void Obey(Control control)
    {
        switch (control.Kind)
        {
            case ControlKind.Start: Launch(); break;
            case ControlKind.Stop: Stop(null); break;
            case ControlKind.Fail: Fail(control.Failure!, null); break;
            case ControlKind.Timer: Ring(control.Timer); break;
            case ControlKind.Watch: (_watchers ??= []).Add(control.Other); break;
            case ControlKind.Unwatch: _watchers?.Remove(control.Other); break;
            case ControlKind.Terminated: OnTerminated(new Terminated(control.Other, control.Path, control.Failure)); break;
            case ControlKind.ChildStopped: ForgetChild(control.Other); break;
        }
    }

    protected void Fail(Exception exception, object? message)
    {
        if (State != CellState.Running)
        {
            System.Report(new ActorFailure(Id, Path, exception, message, Directive.Stop, TimeSpan.Zero));
            return;
        }
        var decision = Decide(out var backOff);
        System.Report(new ActorFailure(Id, Path, exception, message, decision, backOff));
        if (decision == Directive.Restart)
        {
            Restart(backOff);
            return;
        }
        if (decision == Directive.Escalate)
            System.Escalate(_parent, exception);
        Stop(exception);
    }

    private Directive Decide(out TimeSpan backOff)
    {
        backOff = TimeSpan.Zero;
        var rule = _options.Supervision;
        if (rule.Directive != Directive.Restart)
            return rule.Directive;
        _restarts ??= [];
        var now = System.Now;
        _restarts.RemoveAll(at => now - at >= rule.Window);
        if (_restarts.Count >= rule.Limit)
            return rule.GiveUp;
        backOff = rule.BackOffAfter(_restarts.Count);
        _restarts.Add(now);
        return Directive.Restart;
    }

    private void Restart(TimeSpan backOff)
    {
        State = CellState.Restarting;
        _backOff = backOff;
        Disengage();
        StopChildren();
        if (_children is not { Count: > 0 })
            WaitForRestart();
    }

    private void WaitForRestart()
    {
        Guarded(Release);
        State = CellState.BackingOff;
        _backOffTimer = System.Schedule(Id, _backOff, TimeSpan.Zero);
    }

    private void Ring(long timer)
    {
        if (State != CellState.BackingOff || timer != _backOffTimer)
        {
            OnTimer(timer);
            return;
        }
        System.CountRestart();
        Launch();
        if (State == CellState.Running)
            System.Wake(this, Waiting);
    }

    private void Launch()
    {
        State = CellState.Running;
        try
        {
            Create();
        }
        catch (Exception e)
        {
            Fail(e, null);
        }
    }

    private void Stop(Exception? failure)
    {
        if (State is CellState.Stopping or CellState.Stopped)
            return;
        if (State == CellState.BackingOff)
            System.Cancel(_backOffTimer);
        State = CellState.Stopping;
        _failure = failure;
        Disengage();
        CloseMailbox();
        StopChildren();
        if (_children is not { Count: > 0 })
            Finish();
    }

    private void Finish()
    {
        Guarded(Release);
        foreach (var late in CloseControls())
            if (late.Kind == ControlKind.Watch)
                (_watchers ??= []).Add(late.Other);
        System.Remove(this);
        if (_watchers is not null)
            foreach (int watcher in _watchers)
                System.Post(watcher, new Control(ControlKind.Terminated, Id, Failure: _failure, Path: Path));
        if (!IsRoot)
            System.Post(_parent, new Control(ControlKind.ChildStopped, Id));
    }

    private void StopChildren()
    {
        if (_children is not null)
            foreach (int child in _children)
                System.Post(child, Control.Stop);
    }

    private void ForgetChild(int child)
    {
        _children?.Remove(child);
        if (_children is { Count: > 0 })
            return;
        if (State == CellState.Stopping)
            Finish();
        else if (State == CellState.Restarting)
            WaitForRestart();
    }

    private void Guarded(Action hook)
    {
        try
        {
            hook();
        }
        catch (Exception e)
        {
            System.Report(new ActorFailure(Id, Path, e, null, Directive.Stop, TimeSpan.Zero));
        }
    }

    private bool Append(Control control)
    {
        if (State == CellState.Stopped)
            return false;
        if (control.Kind == ControlKind.Timer && _controls is not null && _controls.Contains(control))
            System.CountMergedTicks(1);
        else
            (_controls ??= new(2)).Enqueue(control);
        return true;
    }

    private IEnumerable<Control> CloseControls()
    {
        lock (this)
        {
            State = CellState.Stopped;
            var rest = _controls;
            _controls = null;
            return rest ?? Enumerable.Empty<Control>();
        }
    }
}
