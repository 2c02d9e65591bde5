using System.Collections.Immutable;

namespace Crm.Plant.Loops;

/// <summary>One leg of a split range: controller output from..to (percent) drives the output from <paramref name="AtFrom"/> to <paramref name="AtTo"/>.</summary>
/// <param name="Output">Output ordinal.</param>
public readonly record struct SplitLeg(int Output, double From, double To, double AtFrom, double AtTo);

/// <summary>A PI(D) loop in ISA standard form: u = Kc (b r - y + 1/Ti ∫e dt - Td dy/dt).</summary>
/// <param name="ProcessValue">Tag ordinal.</param>
/// <param name="Gain">Kc, percent of controller output per unit of the process value; negative for direct action.</param>
/// <param name="IntegralTime">Ti; zero switches integral action off.</param>
/// <param name="SetpointWeight">b, 0 to 1.</param>
/// <param name="OutputLow">Controller output limits, percent; -100..100 for a heat/cool split.</param>
/// <param name="SetpointRate">Largest setpoint move in process-value units per second; null is a step.</param>
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
    ImmutableArray<SplitLeg> Legs);
