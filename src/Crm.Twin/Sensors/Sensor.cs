using System.Collections.Immutable;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Plant.Twins;

namespace Crm.Twin.Sensors;

public enum SensorFault : byte
{
    None,
    Frozen,
    Dead,
}

/// <summary>The fixed properties of one simulated instrument.</summary>
/// <param name="Source">Unit index of the true value; -1 for a drum scale, <see cref="FromPin"/> for the device behind an output.</param>
/// <param name="Slot">Value slot of the unit, drum index, or output ordinal.</param>
internal sealed record SensorModel(int Tag, int Source, int Slot, double Low, double High, double Lag, double Noise, double Resolution)
{
    public const int FromPin = -2;

    /// <summary>s, by role, within the ranges of instrument makers (glass electrode 5 to 30, platinum 10 to 60, well of a Pt100 10 to 30) [G].</summary>
    private static readonly SortedDictionary<string, double> Lags = new(StringComparer.Ordinal)
    {
        ["temperature"] = 8,
        ["jacket_temperature"] = 5,
        ["ph"] = 10,
        ["orp"] = 20,
        ["conductivity"] = 3,
        ["density"] = 5,
        ["pressure"] = 1,
        ["hydrogen"] = 10,
        ["hf"] = 20,
        ["oxygen"] = 10,
        ["vent_flow"] = 3,
        ["filtrate_flow"] = 3,
        ["wash_flow"] = 3,
        ["condensate_flow"] = 5,
        ["level"] = 2,
    };

    public static SensorModel Of(TagDefinition tag, SensorDefinition? departure, int source, int slot)
    {
        string role = tag.Name[(tag.Name.LastIndexOf('.') + 1)..];
        if (role.EndsWith("_b", StringComparison.Ordinal) || role.EndsWith("_c", StringComparison.Ordinal)) role = role[..^2];
        double lag = departure?.Lag ?? (tag.IsSwitch ? 0 : Lags.GetValueOrDefault(role, 0.5));
        double noise = departure?.Noise ?? (tag.IsSwitch ? 0 : tag.StandardUncertainty / 4);
        double resolution = departure?.Resolution ?? (tag.IsSwitch ? 1 : Math.Pow(10, -tag.Decimals));
        return new SensorModel(tag.Ordinal, source, slot, tag.Low, tag.High, lag, noise, resolution);
    }
}

/// <summary>State of one simulated instrument: lagged value, its own noise stream, its fault.</summary>
internal struct Sensor
{
    private ulong stream;
    private double lagged, frozen, elapsed, gain;
    private bool begun;
    private ImmutableArray<SensorEffect> effects;

    public SensorFault Fault;

    public Sensor(ulong seed) => stream = seed | 1;

    /// <summary>Adds something that is wrong from now on.</summary>
    public void Add(SensorEffect effect)
    {
        effects = SensorEffect.With(effects, effect);
        elapsed = double.NaN;       // the lag may have changed
    }

    /// <summary>Reads the truth at once next time: whoever put something on the scale has waited until it stood still.</summary>
    public void Settle() => begun = false;

    public Reading Read(SensorModel model, double truth, double dt, TimeSpan now)
    {
        if (!begun)
        {
            lagged = truth;
            begun = true;
        }
        if (dt != elapsed)
        {
            elapsed = dt;
            double lag = model.Lag + (effects.IsDefault ? 0 : SensorEffect.Sum(effects, SensorEffectKind.Slow));
            gain = lag <= 0 ? 1 : 1 - Math.Exp(-dt / lag);
        }
        lagged += (truth - lagged) * gain;
        if (Fault == SensorFault.Dead) return Reading.Bad(Reason.DeviceFailure, now, Origin.Simulated);
        if (Fault == SensorFault.Frozen) return Reading.Good(frozen, now, Origin.Simulated);
        double value = model.Noise > 0 ? lagged + model.Noise * Deviate() : lagged;
        if (!effects.IsDefault)
        {
            if (Chance() < SensorEffect.Sum(effects, SensorEffectKind.Dropout)) return Reading.Bad(Reason.DeviceFailure, now, Origin.Simulated);
            value = Upset(value, now.TotalSeconds);
        }
        if (model.Resolution > 0) value = Math.Round(value / model.Resolution) * model.Resolution;
        frozen = Math.Clamp(value, model.Low, model.High);
        bool outside = value < model.Low - 0.02 * (model.High - model.Low) || value > model.High + 0.02 * (model.High - model.Low);
        return outside ? new Reading(frozen, Quality.Uncertain, Reason.OutOfRange, now, Origin.Simulated) : Reading.Good(frozen, now, Origin.Simulated);
    }

    private double Upset(double value, double now)
    {
        value = SensorEffect.Distort(effects, value, now) + SensorEffect.Sum(effects, SensorEffectKind.Noise) * Deviate();
        double spike = SensorEffect.Sum(effects, SensorEffectKind.Spike), chance = Chance();
        return chance < 0.5 * SensorEffect.SpikeShare ? value - spike : chance < SensorEffect.SpikeShare ? value + spike : value;
    }

    /// <summary>0 to 1.</summary>
    private double Chance()
    {
        Step();
        return (stream >> 11) * (1.0 / (1UL << 53));
    }

    private void Step()
    {
        stream ^= stream << 13;
        stream ^= stream >> 7;
        stream ^= stream << 17;
    }

    /// <summary>Unit variance, bounded at 3.5: sum of four uniforms from one xorshift word.</summary>
    private double Deviate()
    {
        Step();
        ulong w = stream;
        double sum = (w & 0xffff) + ((w >> 16) & 0xffff) + ((w >> 32) & 0xffff) + (w >> 48);
        return (sum / 65535.0 - 2) * 1.7320508;
    }

    /// <summary>Start of a stream from the seed and the tag's name (FNV-1a, then mixed): adding a tag leaves the others' noise alone.</summary>
    public static ulong Seed(long seed, string name)
    {
        ulong hash = 14695981039346656037UL ^ (ulong)seed;
        foreach (char c in name) hash = (hash ^ c) * 1099511628211UL;
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccdUL;
        return hash ^ (hash >> 33);
    }
}
