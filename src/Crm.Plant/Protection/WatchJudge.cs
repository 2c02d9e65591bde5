using Crm.Plant.Loops;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Plant.Protection;

/// <summary>Judges the causes that look back in time. A bad input gives a bad answer; what follows is the cause's own rule (SAF-08).</summary>
internal static class WatchJudge
{
    /// <summary>Part of the band by which a loop must come nearer to its setpoint to be working.</summary>
    private const double NearerParts = 3;

    public static WatchMemory? MemoryOf(CauseDefinition cause) => cause.Watch switch
    {
        null => null,
        BalanceWatch balance => new WatchMemory([.. balance.Tags], balance.Doses.Length),
        { } watch => new WatchMemory([.. watch.Tags], 1),
    };

    /// <param name="open">Whether every gate of the cause is open.</param>
    public static Reading Judge(WatchDefinition watch, WatchMemory memory, ScanState state, bool open)
    {
        Image image = state.Scope.Image;
        if (watch is ErrorWatch error)
        {
            // Of several instruments one may be bad: the loop goes on by the others, and is judged by what it sees.
            Reading measured = error.Measured(image);
            if (measured.IsBad) return Blind(watch, memory, measured, open, state.Now);
            return Reading.Good(Off(error, memory, state, measured.Value, open) && open ? 1 : 0, state.Now);
        }

        foreach (int tag in memory.Tags)
            if (image[tag].IsBad) return Blind(watch, memory, image[tag], open, state.Now);
        bool holds = watch switch
        {
            ChangeWatch w => Changed(w, memory, image[w.Tag].Value, state.Now, open),
            TotalWatch w => Total(w, memory, state),
            MixingWatch w => Mixing(w, memory, image[w.Scale].Value, state.Now),
            BalanceWatch w => Balance(w, memory, image, state.Now, open),
            _ => throw new ArgumentOutOfRangeException(nameof(watch), watch.GetType().Name),
        };
        return Reading.Good(holds && open ? 1 : 0, state.Now);
    }

    // A closed gate is a known false whatever the tag says; the window starts again with the first good reading.
    private static Reading Blind(WatchDefinition watch, WatchMemory memory, in Reading bad, bool open, TimeSpan now)
    {
        if (watch is ChangeWatch or BalanceWatch) memory.BeginAnew();
        return open ? bad : Reading.Good(0, now);
    }

    private static bool Changed(ChangeWatch watch, WatchMemory memory, double value, TimeSpan now, bool open)
    {
        if (!open)
        {
            memory.BeginAnew();
            return false;
        }

        memory.Sample(value, now, watch.Within);
        return watch.Kind switch
        {
            ChangeKind.Rises => value - memory.Lowest >= watch.Amount,
            ChangeKind.Falls => memory.Highest - value >= watch.Amount,
            _ => memory.IsFull && value - memory.Oldest < watch.Amount,
        };
    }

    private static bool Total(TotalWatch watch, WatchMemory memory, ScanState state)
    {
        ref ScaleFall scale = ref memory.Scales[0];
        scale.Take(state.Scope.Image[watch.Scale].Value, watch.Band);
        if (watch.Since.Evaluate(state.Scope).Value != 0) scale.Restart();
        return scale.Total >= watch.Amount;
    }

    private static bool Mixing(MixingWatch watch, WatchMemory memory, double value, TimeSpan now)
    {
        ref ScaleFall scale = ref memory.Scales[0];
        if (scale.Take(value, watch.Band) > 0) memory.LastAt = now;
        else if (now - memory.LastAt >= watch.Mixing) scale.Restart();
        return scale.Total >= watch.Least;
    }

    // A loop at full power is far from its setpoint and well all the same, as long as it gets nearer: that begins the sum anew.
    private static bool Off(ErrorWatch watch, WatchMemory memory, ScanState state, double value, bool open)
    {
        ref LoopMemory loop = ref state.Loops[watch.Loop];
        TimeSpan since = memory.Begun ? state.Now - memory.LastAt : TimeSpan.Zero;
        double off = loop.Setpoint - value;
        double beyond = Math.Abs(off) - watch.OffBy;
        bool counts = open && loop.Running && beyond > 0 && watch.Reach?.Acts(state, off > 0) != false;
        bool nearer = memory.Begun && Math.Sign(off) * (value - memory.Mark) >= watch.OffBy / NearerParts;
        if (!counts || !memory.Begun || nearer)
        {
            memory.Sum = 0;
            memory.Mark = value;
        }
        else
        {
            memory.Sum += beyond * since.TotalSeconds;
        }

        memory.Begun = counts;
        memory.LastAt = state.Now;
        return memory.Sum >= watch.Sum;
    }

    private static bool Balance(BalanceWatch watch, WatchMemory memory, Image image, TimeSpan now, bool open)
    {
        double dosed = 0;
        for (int i = 0; i < watch.Doses.Length; i++)
        {
            DoseTerm dose = watch.Doses[i];
            memory.Scales[i].Take(image[dose.Scale].Value, dose.Band);
            dosed += memory.Scales[i].Total / dose.Density;
        }

        if (!open)
        {
            memory.BeginAnew();
            return false;
        }

        double unexplained = image[watch.Level].Value - dosed;
        memory.Sample(unexplained, now, watch.Within);
        return unexplained - memory.Lowest >= watch.Tolerance || memory.Highest - unexplained >= watch.Tolerance;
    }
}
