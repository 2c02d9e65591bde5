namespace Crm.Plant.Alarms;

/// <summary>What the alarms remember: their states and the delay that runs.</summary>
internal sealed class AlarmMemory
{
    public AlarmMemory(int count)
    {
        Status = new AlarmStatus[count];
        Turning = new bool[count];
        TurningSince = new TimeSpan[count];
    }

    private AlarmMemory(AlarmMemory other)
    {
        Status = other.Status;
        Turning = (bool[])other.Turning.Clone();
        TurningSince = (TimeSpan[])other.TurningSince.Clone();
    }

    /// <summary>Replaced, never written to: frames share it.</summary>
    public AlarmStatus[] Status { get; set; }

    /// <summary>The condition differs from the alarm's state and the on or off delay runs.</summary>
    public bool[] Turning { get; }

    public TimeSpan[] TurningSince { get; }

    public AlarmMemory Fork() => new(this);
}
