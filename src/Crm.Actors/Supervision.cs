namespace Crm.Actors;

/// <summary>What becomes of an actor that threw.</summary>
public enum Directive
{
    /// <summary>Stops; watchers are told with the failure.</summary>
    Stop,

    /// <summary>A fresh instance from the factory after a back-off; the mailbox is kept, the failing message is not repeated.</summary>
    Restart,

    /// <summary>Stops and counts as a failure of its parent; at the top the whole system stops.</summary>
    Escalate,
}

/// <summary>The answer to failures of one actor.</summary>
public sealed record Supervision
{
    public static readonly Supervision Stop = new() { Directive = Directive.Stop };
    public static readonly Supervision Escalate = new() { Directive = Directive.Escalate };

    private Supervision()
    {
    }

    public Directive Directive { get; private init; }

    /// <summary>Most restarts within <see cref="Window"/>; the next failure is answered with <see cref="GiveUp"/>.</summary>
    public int Limit { get; private init; }

    public TimeSpan Window { get; private init; }

    /// <summary>Wait before the first restart in the window; doubled for each further one up to <see cref="MaxBackOff"/>.</summary>
    public TimeSpan BackOff { get; private init; }

    public TimeSpan MaxBackOff { get; private init; }

    public Directive GiveUp { get; private init; }

    /// <summary>Restart with exponential back-off, at most <paramref name="limit"/> times within <paramref name="window"/>.</summary>
    /// <param name="giveUp">What follows at the limit: <see cref="Directive.Stop"/> or <see cref="Directive.Escalate"/>.</param>
    public static Supervision Restart(
        int limit, TimeSpan window, TimeSpan backOff, TimeSpan maxBackOff, Directive giveUp = Directive.Stop)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(backOff, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBackOff, backOff);
        if (giveUp == Directive.Restart)
            throw new ArgumentException("Giving up means Stop or Escalate.", nameof(giveUp));
        return new Supervision
        {
            Directive = Directive.Restart,
            Limit = limit,
            Window = window,
            BackOff = backOff,
            MaxBackOff = maxBackOff,
            GiveUp = giveUp,
        };
    }

    /// <summary>The wait before restart number <paramref name="earlier"/> + 1 within the window.</summary>
    internal TimeSpan BackOffAfter(int earlier)
    {
        var wait = BackOff;
        for (int i = 0; i < earlier && wait > TimeSpan.Zero && wait < MaxBackOff; i++)
            wait = wait > MaxBackOff / 2 ? MaxBackOff : wait * 2;
        return wait;
    }
}
