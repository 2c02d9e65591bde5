using Crm.Plant.Rigs;

namespace Crm.Plant.Alarms;

/// <summary>What the alarms remember: their states, the delay that runs, and the figures about them.</summary>
internal sealed class AlarmMemory
{
    public AlarmMemory(RigDefinition rig)
    {
        int count = rig.Alarms.Length;
        Status = new AlarmStatus[count];
        Turning = new bool[count];
        TurningSince = new TimeSpan[count];
        RuleHeldAt = new TimeSpan[count];
        StillFrom = new double[count];
        StillSince = new TimeSpan[count];
        Array.Fill(StillFrom, double.NaN);
        Metrics = new AlarmMetrics([.. rig.Alarms.Select(a => a.Priority)], rig.Shift);
        Meter = new AlarmMeter(count);
    }

    private AlarmMemory(AlarmMemory other)
    {
        Status = other.Status;
        Turning = (bool[])other.Turning.Clone();
        TurningSince = (TimeSpan[])other.TurningSince.Clone();
        RuleHeldAt = (TimeSpan[])other.RuleHeldAt.Clone();
        StillFrom = (double[])other.StillFrom.Clone();
        StillSince = (TimeSpan[])other.StillSince.Clone();
        FirstOuts = other.FirstOuts;
        InstrumentsStir = other.InstrumentsStir;
        Metrics = other.Metrics.Fork();
        Meter = other.Meter.Fork();
    }

    /// <summary>Replaced, never written to: frames share it.</summary>
    public AlarmStatus[] Status { get; set; }

    /// <summary>The condition differs from <see cref="AlarmStatus.Stands"/> and the on or off delay runs.</summary>
    public bool[] Turning { get; }

    public TimeSpan[] TurningSince { get; }

    /// <summary>Plant time at which the rule in force was last true.</summary>
    public TimeSpan[] RuleHeldAt { get; }

    /// <summary>Where a tag that must move stood when its window began; NaN: no window runs.</summary>
    public double[] StillFrom { get; }

    public TimeSpan[] StillSince { get; }

    /// <summary>Bit per group: its first-out is taken (ALM-13). Groups by their order in the rig file.</summary>
    public ulong FirstOuts { get; set; }

    /// <summary>An instrument or device alarm is not at rest; while none is and no tag is bad they need no judging.</summary>
    public bool InstrumentsStir { get; set; } = true;

    public AlarmMetrics Metrics { get; private set; }

    /// <summary>What is counted since the last reset by a person (ALM-20).</summary>
    public AlarmMeter Meter { get; }

    /// <summary>Figures begin anew.</summary>
    public void ForgetFigures(RigDefinition rig) => Metrics = new AlarmMetrics([.. rig.Alarms.Select(a => a.Priority)], rig.Shift);

    public AlarmMemory Fork() => new(this);
}
