using System.Collections.Immutable;
using Crm.Twin.Faults;

namespace Crm.Twin.Sensors;

/// <summary>What can be wrong with a measuring chain while it still answers.</summary>
internal enum SensorEffectKind
{
    /// <summary>Added, in the tag's unit.</summary>
    Offset,

    /// <summary>Grows without bound, the tag's unit per hour.</summary>
    Drift,

    /// <summary>Factor on the reading.</summary>
    Gain,

    /// <summary>Factor on the distance from pH 7: an aged glass electrode.</summary>
    Slope,

    /// <summary>pH at which alkali ions move the glass as much as hydrogen does: above it the reading stands still.</summary>
    Alkaline,

    /// <summary>Reads high by this much for each pH unit below 1.</summary>
    Acid,

    /// <summary>Standard deviation added, in the tag's unit.</summary>
    Noise,

    /// <summary>Lag added by a coating, s.</summary>
    Slow,

    /// <summary>One reading in a hundred is off by this much, either way.</summary>
    Spike,

    /// <summary>Share of readings that do not come.</summary>
    Dropout,

    /// <summary>Wired the wrong way round: the amount, low end and high end of the span together, less the value.</summary>
    Reversed,
}

/// <param name="From">s of plant time at which it began.</param>
internal readonly record struct SensorEffect(SensorEffectKind Kind, double Amount, double From)
{
    /// <summary>Share of readings that spike.</summary>
    public const double SpikeShare = 0.01;

    private const double AcidBelow = 1;

    /// <exception cref="InvalidOperationException">The fault is of no measuring chain.</exception>
    public static SensorEffectKind Of(FaultKind kind) => kind switch
    {
        FaultKind.TagOffset => SensorEffectKind.Offset,
        FaultKind.TagDrift => SensorEffectKind.Drift,
        FaultKind.TagGain => SensorEffectKind.Gain,
        FaultKind.TagSlope => SensorEffectKind.Slope,
        FaultKind.TagAlkaline => SensorEffectKind.Alkaline,
        FaultKind.TagAcid => SensorEffectKind.Acid,
        FaultKind.TagNoise => SensorEffectKind.Noise,
        FaultKind.TagSlow => SensorEffectKind.Slow,
        FaultKind.TagSpike => SensorEffectKind.Spike,
        FaultKind.TagDropout => SensorEffectKind.Dropout,
        FaultKind.TagReversed => SensorEffectKind.Reversed,
        _ => throw new InvalidOperationException($"{kind} is no sensor fault"),
    };

    /// <summary>The lawful part of what the chain does to a value; noise, lag, spikes and dropouts are the sensor's own.</summary>
    public double Distort(double value, double now) => Kind switch
    {
        SensorEffectKind.Offset => value + Amount,
        SensorEffectKind.Drift => value + Amount * (now - From) / 3600,
        SensorEffectKind.Gain => value * Amount,
        SensorEffectKind.Slope => 7 + Amount * (value - 7),
        SensorEffectKind.Alkaline => -Math.Log10(Math.Pow(10, -value) + Math.Pow(10, -Amount)),
        SensorEffectKind.Reversed => Amount - value,
        SensorEffectKind.Acid => value < AcidBelow ? value + Amount * (AcidBelow - value) : value,
        _ => value,
    };

    /// <summary>All of them in the order in which a signal passes: electrode first, then amplifier.</summary>
    public static double Distort(ImmutableArray<SensorEffect> effects, double value, double now)
    {
        foreach (var effect in effects) value = effect.Distort(value, now);
        return value;
    }

    /// <summary>Sum of one kind.</summary>
    public static double Sum(ImmutableArray<SensorEffect> effects, SensorEffectKind kind)
    {
        double sum = 0;
        foreach (var effect in effects)
        {
            if (effect.Kind == kind) sum += effect.Amount;
        }
        return sum;
    }

    /// <summary>With one more, electrode effects before the amplifier's; one that began at the same time is replaced: it has grown.</summary>
    public static ImmutableArray<SensorEffect> With(ImmutableArray<SensorEffect> effects, SensorEffect more) =>
        [.. (effects.IsDefault ? [] : effects).Where(e => e.Kind != more.Kind || e.From != more.From).Append(more).OrderBy(e => Rank(e.Kind))];

    private static int Rank(SensorEffectKind kind) => kind switch
    {
        SensorEffectKind.Alkaline or SensorEffectKind.Acid => 0,
        SensorEffectKind.Slope => 1,
        SensorEffectKind.Gain => 2,
        SensorEffectKind.Reversed => 4,
        _ => 3,
    };
}
