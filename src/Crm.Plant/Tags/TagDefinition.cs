namespace Crm.Plant.Tags;

/// <summary>How a tag is kept in the history: on a change of at least <paramref name="Deadband"/> (tag units) or after <paramref name="AtLeastEvery"/>.</summary>
public readonly record struct Keep(double Deadband, TimeSpan AtLeastEvery);

/// <summary>One measured value of the rig. Compiled once; inside the plant a tag is its ordinal.</summary>
/// <param name="Ordinal">Index into every <see cref="Image"/>.</param>
/// <param name="Name">Dotted name as people write it, <c>leach.temperature</c>; a plant service's tag has the service as its first part.</param>
/// <param name="Unit">Unit symbol as declared, for example <c>degC</c>, <c>L/h</c>, <c>mV vs Ag/AgCl</c>; <c>on/off</c> for a switch (0 or 1).</param>
/// <param name="Low">Lower end of the span, in <paramref name="Unit"/>.</param>
/// <param name="High">Upper end of the span, in <paramref name="Unit"/>.</param>
/// <param name="StaleAfter">A reading older than this is bad.</param>
/// <param name="Bus">Name of the bus that carries it.</param>
/// <param name="Address">Address on that bus, as its driver understands it.</param>
/// <param name="Decimals">Digits after the point that the instrument's accuracy justifies.</param>
/// <param name="StandardUncertainty">One standard uncertainty of a reading, in <paramref name="Unit"/>; used by the balances.</param>
public sealed record TagDefinition(
    int Ordinal,
    string Name,
    string Label,
    string Unit,
    double Low,
    double High,
    TimeSpan StaleAfter,
    Keep Keep,
    string Bus,
    string Address,
    int Decimals,
    double StandardUncertainty)
{
    public bool IsSwitch => Unit == "on/off";

    /// <summary>What the process allows the value to do; null when nothing is declared (NE-11).</summary>
    public Plausibility? Plausible { get; init; }
}
