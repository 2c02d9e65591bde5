using Crm.Actors.Kernel;

namespace Crm.Actors;

/// <summary>
/// Actors on the caller's thread in virtual time: same tells, same order, every time. Messages are delivered in the order they were told,
/// over all mailboxes; with a shuffle seed the next actor is drawn at random and each mailbox keeps its order. Nothing runs until
/// <see cref="Step"/>, <see cref="RunUntilIdle"/> or <see cref="AdvanceTo"/> is called. Not for use from several threads.
/// </summary>
public sealed class DeterministicSystem : ActorSystem
{
    private readonly TimerQueue _timers;
    private readonly long _stepLimit;
    private RingBuffer<int> _turns;
    private SplitMix _random;
    private TimeSpan _now;
    private bool _inTurn;

    /// <param name="observer">Told of dead letters and failures.</param>
    /// <param name="shuffleSeed">Given in fault campaigns only; print it.</param>
    /// <param name="stepLimit">Most steps at one instant of virtual time before <see cref="StepLimitException"/>.</param>
    public DeterministicSystem(IActorObserver? observer = null, ulong? shuffleSeed = null, long stepLimit = 10_000_000) : base(observer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stepLimit, 1);
        ShuffleSeed = shuffleSeed;
        _random = new SplitMix(shuffleSeed ?? 0);
        _stepLimit = stepLimit;
        _timers = new TimerQueue();
    }

    private DeterministicSystem(DeterministicSystem source, IActorObserver? observer) : base(source, observer)
    {
        ShuffleSeed = source.ShuffleSeed;
        _random = source._random;
        _stepLimit = source._stepLimit;
        _timers = source._timers.Copy();
        _turns = source._turns.Copy();
        _now = source._now;
        CopyCells(source);
    }

    public ulong? ShuffleSeed { get; }

    public override TimeSpan Now => _now;

    /// <summary>When the next timer is due, or null.</summary>
    public TimeSpan? NextDue => _timers.NextDue;

    internal override bool IsShared => false;

    private protected override bool InTurn => _inTurn;

    /// <summary>Takes one step at the present instant: a message, a timer due now or a kernel notice. False when idle.</summary>
    public bool Step() => StepTo(_now);

    /// <summary>
    /// As <see cref="Step"/>; when idle, time first moves on to the next timer due, not beyond <paramref name="limit"/>.
    /// </summary>
    public bool StepTo(TimeSpan limit)
    {
        ForbidInTurn();
        while (_turns.Count == 0)
            if (!RingNext(limit))
                return false;
        if (ShuffleSeed is not null)
            _turns.BringForward(_random.Next(_turns.Count));
        var cell = Find(_turns.Take());
        _inTurn = true;
        try
        {
            cell?.Turn();
        }
        finally
        {
            _inTurn = false;
        }
        return true;
    }

    /// <summary>Steps until nothing is left to do at the present instant.</summary>
    /// <exception cref="StepLimitException">It did not come to rest. Nothing is lost; running may go on.</exception>
    public void RunUntilIdle()
    {
        for (long steps = 0; Step(); steps++)
            if (steps >= _stepLimit)
                throw new StepLimitException(_stepLimit, _now, ShuffleSeed);
    }

    /// <summary>Runs to <paramref name="time"/>, stopping at every instant a timer is due.</summary>
    public void AdvanceTo(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, _now);
        RunUntilIdle();
        while (StepTo(time))
            RunUntilIdle();
        _now = time;
    }

    /// <summary>
    /// A second system in the same state, down to messages waiting and timers running: from here both go their own way. Possible between
    /// any two steps; references to actors are valid in both. Pending asks stay behind.
    /// </summary>
    public DeterministicSystem Fork(IActorObserver? observer = null)
    {
        ForbidInTurn();
        return new DeterministicSystem(this, observer);
    }

    internal override void Wake(Cell cell, int turns)
    {
        for (int i = 0; i < turns; i++)
            _turns.Add(cell.Id);
    }

    internal override long Schedule(int owner, TimeSpan delay, TimeSpan period) => _timers.Add(owner, _now + delay, period);

    internal override void Cancel(long timer) => _timers.Cancel(timer);

    /// <summary>
    /// Moves time to the next timer due by <paramref name="limit"/> and rings all that are due with it. False: there is none.
    /// </summary>
    private bool RingNext(TimeSpan limit)
    {
        if (_timers.NextDue is not { } due || due > limit)
            return false;
        _now = due;
        while (_timers.TryTakeDue(_now, out int owner, out long timer, out long missed))
            Ring(owner, timer, missed);
        return true;
    }

    private void ForbidInTurn()
    {
        if (_inTurn)
            throw new InvalidOperationException("Called from inside an actor; the system is stepped and forked from outside.");
    }
}
