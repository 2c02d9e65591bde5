namespace Crm.Plant.Tags;

/// <summary>The bands of a 4 to 20 mA signal (NE 43, with the split of NE-01 to NE-03), from lowest to highest current.</summary>
public enum CurrentZone : byte
{
    /// <summary>Below 0.5 mA: the loop is open, or nothing is connected.</summary>
    OpenLoop,

    /// <summary>0.5 to 3.6 mA: the transmitter reports its own failure downwards.</summary>
    FailureLow,

    /// <summary>Between 3.6 and 3.8 mA: neither a measurement nor a declared failure.</summary>
    UnderRange,

    /// <summary>3.8 to 4 mA: a measurement just below the span.</summary>
    SaturatedLow,
    Normal,

    /// <summary>20 to 20.5 mA: a measurement just above the span.</summary>
    SaturatedHigh,

    /// <summary>Between 20.5 and 21 mA.</summary>
    OverRange,

    /// <summary>21 to 22 mA: the transmitter reports its own failure upwards.</summary>
    FailureHigh,

    /// <summary>Above 22 mA: short circuit or a fault of the supply.</summary>
    Overcurrent,
}

/// <summary>Which way a transmitter drives its current when it fails; a property of each instrument (NE-03).</summary>
public enum FailureDirection : byte
{
    Low,
    High,
}

/// <summary>What the classification of one signal remembers from scan to scan. Start with <see cref="Fresh"/>.</summary>
/// <param name="Zone">The zone that is reported.</param>
/// <param name="BadScans">Scans in a row that the current has been in a failure band, while that is being qualified.</param>
public readonly record struct CurrentState(CurrentZone Zone, int BadScans)
{
    public static readonly CurrentState Fresh = new(CurrentZone.Normal, 0);
}

/// <summary>
/// A 4 to 20 mA signal turned into a reading. Pure: the caller keeps the <see cref="CurrentState"/>. Control never sees a value from a
/// failure band; between the bands the value is held to the range end and is uncertain.
/// </summary>
/// <param name="Low">Value at 4 mA, in the unit of the tag.</param>
/// <param name="High">Value at 20 mA.</param>
/// <param name="QualifyingScans">Scans in a row a failure band must be seen before the reading turns bad; uncertain meanwhile.</param>
public readonly record struct CurrentLoop(double Low, double High, FailureDirection Fails = FailureDirection.Low, int QualifyingScans = CurrentLoop.UsualQualifyingScans)
{
    public const int UsualQualifyingScans = 2;

    /// <summary>mA by which the current must come back over an edge before a worse zone is left.</summary>
    public const double Hysteresis = 0.05;

    /// <summary>The band of a current, without memory. What is not a number is an open loop.</summary>
    public static CurrentZone Classify(double milliampere) => milliampere switch
    {
        double.NaN or < 0.5 => CurrentZone.OpenLoop,
        <= 3.6 => CurrentZone.FailureLow,
        < 3.8 => CurrentZone.UnderRange,
        < 4 => CurrentZone.SaturatedLow,
        <= 20 => CurrentZone.Normal,
        <= 20.5 => CurrentZone.SaturatedHigh,
        < 21 => CurrentZone.OverRange,
        <= 22 => CurrentZone.FailureHigh,
        _ => CurrentZone.Overcurrent,
    };

    public static bool IsFailure(CurrentZone zone) => zone <= CurrentZone.FailureLow || zone >= CurrentZone.FailureHigh;

    /// <summary>A failure current on the side this transmitter does not fail to: look at the wiring, not at the transmitter.</summary>
    public bool IsUndeclared(CurrentZone zone) => zone == (Fails == FailureDirection.Low ? CurrentZone.FailureHigh : CurrentZone.FailureLow);

    /// <summary>One scan: the reading of a current and the state to hand in at the next.</summary>
    public (Reading Reading, CurrentState State) Read(in CurrentState state, double milliampere, TimeSpan at, Origin origin = Origin.Measured)
    {
        CurrentZone zone = Settled(state.Zone, milliampere);
        if (!IsFailure(zone)) return (Of(zone, milliampere, at, origin), new CurrentState(zone, 0));
        int seen = IsFailure(state.Zone) ? QualifyingScans : state.BadScans + 1;
        if (seen >= QualifyingScans) return (Reading.Bad(Because(zone), at, origin), new CurrentState(zone, 0));
        CurrentZone meanwhile = zone <= CurrentZone.FailureLow ? CurrentZone.UnderRange : CurrentZone.OverRange;
        return (Of(meanwhile, milliampere, at, origin), new CurrentState(meanwhile, seen));
    }

    /// <summary>A worse zone is entered at its edge and left <see cref="Hysteresis"/> beyond it, so that noise at an edge does not flicker.</summary>
    private static CurrentZone Settled(CurrentZone was, double milliampere)
    {
        CurrentZone now = Classify(milliampere);
        if (was < CurrentZone.Normal && now > was)
        {
            CurrentZone back = Classify(milliampere - Hysteresis);
            return back > was ? back : was;
        }

        if (was > CurrentZone.Normal && now < was)
        {
            CurrentZone back = Classify(milliampere + Hysteresis);
            return back < was ? back : was;
        }

        return now;
    }

    private Reading Of(CurrentZone zone, double milliampere, TimeSpan at, Origin origin) => zone switch
    {
        CurrentZone.UnderRange => new Reading(Low, Quality.Uncertain, Reason.OutOfRange, at, origin),
        CurrentZone.OverRange => new Reading(High, Quality.Uncertain, Reason.OutOfRange, at, origin),
        _ => Reading.Good(Low + (High - Low) * (milliampere - 4) / 16, at, origin),
    };

    private static Reason Because(CurrentZone zone) => zone switch
    {
        CurrentZone.OpenLoop => Reason.OpenLoop,
        CurrentZone.Overcurrent => Reason.Overcurrent,
        _ => Reason.DeviceFailure,
    };
}
