using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using Crm.Plant.Tags;

namespace Crm.Twin.Sensors;

/// <summary>
/// The simulated instruments of one bus: lagged value, noise stream and fault of each. Most are sound and are worked out several at a time, lane by
/// lane as they would be one by one; what has a fault or is disturbed is read by itself afterwards. Read ten times a second, it is the hottest loop of the twin.
/// </summary>
internal sealed class SensorBank
{
    private const double Deviation = 1.7320508;
    private const double Middle = 2;
    private const double Word = 65535.0;

    private readonly ImmutableArray<int> tags;
    private readonly ImmutableArray<SensorModel> models;
    private readonly int[] sources, slots;

    // By place on the bus, filled up to whole vectors; never written to after the start.
    private readonly double[] noise, resolution, low, high, under, over;

    // What the instruments remember.
    private readonly ulong[] streams;
    private readonly double[] lagged, shown, gains;
    private readonly bool[] begun;
    private readonly SensorFault[] faults;
    private readonly ImmutableArray<SensorEffect>[] effects;
    private double elapsed;

    /// <summary>Places of those that have a fault or are disturbed, in order.</summary>
    private ImmutableArray<int> upset = [];

    // Within one reading only.
    private readonly double[] truth, outside;

    /// <param name="tags">Of the bus, in its order.</param>
    /// <param name="models">By tag.</param>
    /// <param name="units">Number of units.</param>
    public SensorBank(ImmutableArray<int> tags, ImmutableArray<SensorModel> models, int units, Func<int, ulong> seed)
    {
        this.tags = tags;
        this.models = [.. tags.Select(t => models[t])];
        (sources, slots) = ([.. this.models.Select(m => m.Source switch { >= 0 => m.Source, SensorModel.FromPin => units, _ => units + 1 })], [.. this.models.Select(m => m.Slot)]);
        noise = Lanes(m => m.Noise);
        resolution = Lanes(m => m.Resolution);
        low = Lanes(m => m.Low);
        high = Lanes(m => m.High);
        under = Lanes(m => m.Under);
        over = Lanes(m => m.Over);
        streams = new ulong[noise.Length];
        for (int i = 0; i < tags.Length; i++) streams[i] = seed(tags[i]) | 1;
        (lagged, shown, gains, truth, outside) = (new double[noise.Length], new double[noise.Length], new double[noise.Length], new double[noise.Length], new double[noise.Length]);
        begun = new bool[tags.Length];
        faults = new SensorFault[tags.Length];
        effects = [.. tags.Select(_ => ImmutableArray<SensorEffect>.Empty)];
    }

    private SensorBank(SensorBank other)
    {
        (tags, models, sources, slots) = (other.tags, other.models, other.sources, other.slots);
        (noise, resolution, low, high, under, over) = (other.noise, other.resolution, other.low, other.high, other.under, other.over);
        streams = [.. other.streams];
        (lagged, shown, gains) = ([.. other.lagged], [.. other.shown], [.. other.gains]);
        begun = [.. other.begun];
        faults = [.. other.faults];
        effects = [.. other.effects];
        (elapsed, upset) = (other.elapsed, other.upset);
        (truth, outside) = (new double[noise.Length], new double[noise.Length]);
    }

    public SensorBank Copy() => new(this);

    public void Fail(int tag, SensorFault fault)
    {
        faults[tags.IndexOf(tag)] = fault;
        FindUpset();
    }

    /// <summary>Adds something that is wrong from now on.</summary>
    public void Add(int tag, SensorEffect effect)
    {
        int i = tags.IndexOf(tag);
        effects[i] = SensorEffect.With(effects[i], effect);
        elapsed = double.NaN;       // the lag may have changed
        FindUpset();
    }

    /// <summary>Reads the truth at once next time: whoever put something on the scale has waited until it stood still.</summary>
    public void Settle(int tag) => begun[tags.IndexOf(tag)] = false;

    /// <summary>Reads all of them, by tag.</summary>
    /// <param name="values">What the units show, by unit and slot; then what stands at the outputs, by output, and kg in the drums.</param>
    /// <param name="dt">s since the reading before.</param>
    public void Read(double[][] values, double dt, TimeSpan now, Span<Reading> readings)
    {
        for (int i = 0; i < sources.Length; i++)
        {
            truth[i] = values[sources[i]][slots[i]];
            if (begun[i]) continue;
            lagged[i] = truth[i];
            begun[i] = true;
        }

        if (dt != elapsed) Elapse(dt);
        Span<double> before = stackalloc double[upset.Length];
        for (int k = 0; k < before.Length; k++) before[k] = shown[upset[k]];
        for (int at = 0; at < noise.Length; at += Vector<double>.Count) ReadSound(at);
        for (int i = 0; i < models.Length; i++)
            readings[tags[i]] = outside[i] != 0 ? new Reading(shown[i], Quality.Uncertain, Reason.OutOfRange, now, Origin.Simulated) : Reading.Good(shown[i], now, Origin.Simulated);
        for (int k = 0; k < before.Length; k++) readings[tags[upset[k]]] = ReadUpset(upset[k], before[k], now);
    }

    private void FindUpset() => upset = [.. Enumerable.Range(0, models.Length).Where(i => faults[i] != SensorFault.None || effects[i].Length > 0)];

    private void Elapse(double dt)
    {
        elapsed = dt;
        for (int i = 0; i < models.Length; i++)
        {
            double lag = models[i].Lag + SensorEffect.Sum(effects[i], SensorEffectKind.Slow);
            gains[i] = lag <= 0 ? 1 : 1 - Math.Exp(-dt / lag);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReadSound(int at)
    {
        var follows = new Vector<double>(lagged, at);
        follows += (new Vector<double>(truth, at) - follows) * new Vector<double>(gains, at);
        follows.CopyTo(lagged, at);
        var loud = new Vector<double>(noise, at);
        var value = Vector.ConditionalSelect(Vector.GreaterThan(loud, Vector<double>.Zero), follows + loud * Deviates(at, loud), follows);
        Show(at, value);
    }

    /// <summary>Rounds to what the instrument can tell, within its range; notes what lies outside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Show(int at, Vector<double> value)
    {
        var step = new Vector<double>(resolution, at);
        value = Vector.ConditionalSelect(Vector.GreaterThan(step, Vector<double>.Zero), Vector.Round(value / step) * step, value);
        var (lowest, highest) = (new Vector<double>(low, at), new Vector<double>(high, at));
        var held = Vector.ConditionalSelect(Vector.GreaterThan(value, highest), highest, value);
        Vector.ConditionalSelect(Vector.LessThan(value, lowest), lowest, held).CopyTo(shown, at);
        var beyond = Vector.LessThan(value, new Vector<double>(under, at)) | Vector.GreaterThan(value, new Vector<double>(over, at));
        Vector.ConditionalSelect(beyond, Vector<double>.One, Vector<double>.Zero).CopyTo(outside, at);
    }

    /// <summary>Unit variance, bounded at 3.5: sum of four uniforms from one xorshift word. The streams of noiseless instruments stand still.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<double> Deviates(int at, Vector<double> loud)
    {
        var before = new Vector<ulong>(streams, at);
        var w = before ^ Vector.ShiftLeft(before, 13);
        w ^= Vector.ShiftRightLogical(w, 7);
        w ^= Vector.ShiftLeft(w, 17);
        Vector.ConditionalSelect(Vector.AsVectorUInt64(Vector.GreaterThan(loud, Vector<double>.Zero)), w, before).CopyTo(streams, at);
        var mask = new Vector<ulong>(0xffff);
        var sum = (w & mask) + (Vector.ShiftRightLogical(w, 16) & mask) + (Vector.ShiftRightLogical(w, 32) & mask) + Vector.ShiftRightLogical(w, 48);
        return (Vector.ConvertToDouble(Vector.AsVectorInt64(sum)) / new Vector<double>(Word) - new Vector<double>(Middle)) * new Vector<double>(Deviation);
    }

    /// <summary>One that does not show what a sound one would.</summary>
    /// <param name="before">What it showed last.</param>
    private Reading ReadUpset(int i, double before, TimeSpan now)
    {
        SensorModel model = models[i];
        shown[i] = before;
        if (faults[i] == SensorFault.Dead) return Reading.Bad(Reason.DeviceFailure, now, Origin.Simulated);
        if (faults[i] == SensorFault.Frozen) return Reading.Good(before, now, Origin.Simulated);
        double value = model.Noise > 0 ? lagged[i] + model.Noise * Deviate(streams[i]) : lagged[i];
        if (Chance(i) < SensorEffect.Sum(effects[i], SensorEffectKind.Dropout)) return Reading.Bad(Reason.DeviceFailure, now, Origin.Simulated);
        value = Disturbed(i, value, now.TotalSeconds);
        if (model.Resolution > 0) value = Math.Round(value / model.Resolution) * model.Resolution;
        shown[i] = Math.Clamp(value, model.Low, model.High);
        bool beyond = value < model.Under || value > model.Over;
        return beyond ? new Reading(shown[i], Quality.Uncertain, Reason.OutOfRange, now, Origin.Simulated) : Reading.Good(shown[i], now, Origin.Simulated);
    }

    private double Disturbed(int i, double value, double now)
    {
        value = SensorEffect.Distort(effects[i], value, now) + SensorEffect.Sum(effects[i], SensorEffectKind.Noise) * Deviate(Step(i));
        double spike = SensorEffect.Sum(effects[i], SensorEffectKind.Spike), chance = Chance(i);
        return chance < 0.5 * SensorEffect.SpikeShare ? value - spike : chance < SensorEffect.SpikeShare ? value + spike : value;
    }

    /// <summary>0 to 1.</summary>
    private double Chance(int i) => (Step(i) >> 11) * (1.0 / (1UL << 53));

    private ulong Step(int i)
    {
        ulong w = streams[i];
        w ^= w << 13;
        w ^= w >> 7;
        return streams[i] = w ^ (w << 17);
    }

    private static double Deviate(ulong w) => (((w & 0xffff) + ((w >> 16) & 0xffff) + ((w >> 32) & 0xffff) + (w >> 48)) / Word - Middle) * Deviation;

    /// <summary>Start of a stream from the seed and the tag's name (FNV-1a, then mixed): adding a tag leaves the others' noise alone.</summary>
    public static ulong Seed(long seed, string name)
    {
        ulong hash = 14695981039346656037UL ^ (ulong)seed;
        foreach (char c in name) hash = (hash ^ c) * 1099511628211UL;
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccdUL;
        return hash ^ (hash >> 33);
    }

    private double[] Lanes(Func<SensorModel, double> value)
    {
        int whole = (models.Length + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        double[] lanes = new double[whole];
        for (int i = 0; i < models.Length; i++) lanes[i] = value(models[i]);
        return lanes;
    }
}
