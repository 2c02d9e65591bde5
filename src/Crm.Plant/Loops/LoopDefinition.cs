using System.Collections.Immutable;
using Crm.Plant.Loops.Tuning;
using Crm.Plant.Tags;

namespace Crm.Plant.Loops;

/// <summary>
/// One leg of a split range: controller output from..to (percent) drives the output from <paramref name="AtFrom"/> to
/// <paramref name="AtTo"/>. Legs may leave a gap or overlap (PID-13).
/// </summary>
/// <param name="Output">Output ordinal.</param>
public readonly record struct SplitLeg(int Output, double From, double To, double AtFrom, double AtTo)
{
    /// <summary>Percent of the leg's travel to percent of its stroke, both 0 to 100; null is a straight line.</summary>
    public Characteristic? Curve { get; init; }

    /// <summary>Share of the stroke below which the actuator does nothing (a dosing pump's least stroke), 0 to 1: it gets 0 then.</summary>
    public double Least { get; init; }

    /// <summary>For a relay: power by time.</summary>
    public RelayCycle? Cycle { get; init; }
}

/// <summary>A PI(D) loop in ISA standard form: u = Kc (b r - y + 1/Ti ∫e dt + Td d(c r - y)/dt).</summary>
/// <param name="ProcessValue">Tag ordinal: the name and unit of what is controlled, and its value where nothing is voted.</param>
/// <param name="Gain">Kc, percent of controller output per unit of the process value (of the curve's where there is one); negative for direct action.</param>
/// <param name="IntegralTime">Ti; zero switches integral action off.</param>
/// <param name="SetpointWeight">b, 0 to 1.</param>
/// <param name="OutputLow">Controller output limits, percent; -100..100 for a heat/cool split.</param>
/// <param name="SetpointRate">Largest setpoint move up (and down, unless said otherwise) in process-value units per second; null is a step.</param>
public sealed record LoopDefinition(
    int Ordinal,
    string Name,
    string Label,
    int ProcessValue,
    double Gain,
    TimeSpan IntegralTime,
    TimeSpan DerivativeTime,
    double SetpointWeight,
    double OutputLow,
    double OutputHigh,
    double SetpointLow,
    double SetpointHigh,
    double? SetpointRate,
    ImmutableArray<SplitLeg> Legs)
{
    private const double UsualAutotuneStep = 20;
    private const double UsualAutotuneMost = 5;

    /// <summary>c, 0 to 1: 0 takes the derivative of the process value only.</summary>
    public double DerivativeWeight { get; init; }

    /// <summary>N.</summary>
    public double DerivativeFilter { get; init; } = LoopTuning.UsualFilter;

    /// <summary>Second-order filter on the process value; zero is none.</summary>
    public TimeSpan FilterTime { get; init; }

    /// <summary>Tt; null is the usual of the parameters.</summary>
    public TimeSpan? TrackingTime { get; init; }

    public WindupRule Windup { get; init; }

    public BadValueRule WhenBad { get; init; }

    /// <summary>An uncertain process value counts as bad (PID-12).</summary>
    public bool UncertainIsBad { get; init; }

    /// <summary>Largest move of the controller output either way, percent per second; null is unlimited (PID-11).</summary>
    public double? OutputRate { get; init; }

    /// <summary>Limits of a person's output in manual, percent; null is the loop's own (PID-11).</summary>
    public (double Low, double High)? ManualLimits { get; init; }

    /// <summary>Largest setpoint move down, units per second; null is as up.</summary>
    public double? SetpointRateDown { get; init; }

    /// <summary>The setpoint follows the process value in MAN and LO (PID-10).</summary>
    public bool SetpointTracks { get; init; }

    /// <summary>Several instruments on the process value; null is <see cref="ProcessValue"/> alone.</summary>
    public VotedValue? Voted { get; init; }

    public CascadeLeg? Cascade { get; init; }

    public RatioRule? Ratio { get; init; }

    public FeedForwardRule? FeedForward { get; init; }

    public TrackingRule? Tracking { get; init; }

    /// <summary>Titration curve: process value to reagent taken; error and gain are in its units (PID-22).</summary>
    public Characteristic? Curve { get; init; }

    /// <summary>While an actuator is below its least stroke and the error within this, the integral stands still (PID-22), process-value units.</summary>
    public double FreezeWithin { get; init; }

    /// <summary>θ of the process as last identified; zero is not known. For the sampling rule only (PID-21).</summary>
    public TimeSpan DeadTime { get; init; }

    public LoopWatchRule? Watch { get; init; }

    public AutotuneRule Autotune { get; init; } = new(UsualAutotuneStep, UsualAutotuneMost, 0, TimeSpan.FromHours(2));

    /// <summary>The parameters of the rig file; those in use may be others after a tuning.</summary>
    public LoopTuning Tuning => new(
        Gain, IntegralTime.TotalSeconds, DerivativeTime.TotalSeconds, SetpointWeight, DerivativeWeight, DerivativeFilter, FilterTime.TotalSeconds);

    /// <summary>Heats with one sign of its output and cools with the other.</summary>
    public bool IsSplit => OutputLow < 0 && OutputHigh > 0;

    /// <summary>
    /// A heat/cool split with next to nothing to do is tuned by swings across its middle: one side alone would take hours to undo what it did.
    /// The proposal is then made for the steeper side.
    /// </summary>
    /// <param name="standing">Output that holds the process value, percent.</param>
    public bool SwingsAcross(double standing) => IsSplit && Math.Abs(standing) < RelayTest.LeastSwing * Autotune.Step;

    /// <summary>Whether one of these loops sets this one, below it in a cascade.</summary>
    public bool IsSetBy(IReadOnlyList<LoopDefinition> loops) => loops.Any(l => l.Cascade?.Loop == Ordinal);

    /// <summary>What the loop controls by.</summary>
    public Reading Measured(Image image) => Voted?.Of(image) ?? image[ProcessValue];

    /// <summary>It controls by this tag, alone or among others.</summary>
    public bool Reads(int tag) => Voted?.Tags.Contains(tag) ?? ProcessValue == tag;

    public double LegalSetpoint(double setpoint) => Math.Clamp(setpoint, SetpointLow, SetpointHigh);
}
