namespace Crm.Plant.Outputs;

/// <summary>Who holds an output at its fail value when our process is gone.</summary>
public enum FailEnforcer
{
    Drive,
    IoModule,
    Relay,

    /// <summary>Our own process; refused for dosing and heating on hardware, for it cannot hold a pin after it died.</summary>
    Process,
}

/// <summary>What an output does in the process; decides what STOP and HOLD must reach first and how strict the checker is.</summary>
public enum OutputRole
{
    /// <summary>Feeds material or reagent into a unit: off in one scan on HOLD and STOP.</summary>
    Feed,
    Heat,
    Cool,
    Agitate,

    /// <summary>Moves liquor, slurry or filtrate between units.</summary>
    Transfer,
    Valve,
    Gas,
    Service,
}

/// <summary>A value an output is driven to, or the order to leave it where it is.</summary>
/// <param name="Value">In the output's unit; ignored when <paramref name="Keep"/>.</param>
public readonly record struct SafeValue(double Value, bool Keep)
{
    public static readonly SafeValue KeepLast = new(0, true);

    public static SafeValue At(double value) => new(value, false);

    public override string ToString() => Keep ? "keep" : Value.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The physical value on loss of power, bus or cable, and who enforces it.</summary>
public readonly record struct FailRule(SafeValue Value, FailEnforcer By);

/// <summary>How long a demand lives without renewal, and what follows.</summary>
public readonly record struct LapseRule(TimeSpan After, SafeValue Value);

/// <summary>One actuator of the rig. There are no defaults: the rig file states every member (DESIGN section 2).</summary>
/// <param name="Ordinal">Index into every plan and pin array.</param>
/// <param name="Unit">Unit symbol; <c>on/off</c> for a switch (0 or 1).</param>
/// <param name="Trip">Value when the whole rig trips (first scan, internal fault): every effect starts tripped (SAF-04).</param>
/// <param name="RatePerSecond">Largest change per second in normal moves; null is unlimited. Protection is never slowed by it.</param>
public sealed record OutputDefinition(
    int Ordinal,
    string Name,
    string Label,
    string Unit,
    double Low,
    double High,
    OutputRole Role,
    FailRule Fail,
    LapseRule Lapse,
    SafeValue Trip,
    double? RatePerSecond,
    string Bus,
    string Address)
{
    /// <summary>
    /// Where it goes when protection has let go and nobody asks; null: as its lapse rule says. For an output that lapses to keep, so that
    /// what a trip forced does not stand for hours after the reset.
    /// </summary>
    public SafeValue? AfterReset { get; init; }

    public bool IsSwitch => Unit == "on/off";
}
