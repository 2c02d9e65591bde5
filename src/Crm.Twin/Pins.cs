using Crm.Plant.Outputs;
using Crm.Plant.Rigs;

namespace Crm.Twin;

/// <summary>
/// Output devices: each holds the last plan's value until it lapses and then takes its fail value by itself; device faults override both.
/// Their integral over time is kept exactly between physics steps. A worn device moves less than it is told, a sticking one not at small
/// changes, a leaking one never quite to zero.
/// </summary>
internal sealed class Pins
{
    /// <summary>Ticks from one slug of air to the next.</summary>
    private const long AirEvery = 20 * TimeSpan.TicksPerSecond;

    private readonly RigDefinition rig;
    private double[] value, planned, integral, wear, stiction, leak, play, air;
    private long[] validUntil;
    private byte[] fault;
    private double span;
    private bool dark;

    public Pins(RigDefinition rig)
    {
        this.rig = rig;
        int n = rig.Outputs.Length;
        value = new double[n];
        planned = new double[n];
        integral = new double[n];
        validUntil = new long[n];
        fault = new byte[n];
        wear = [.. Enumerable.Repeat(1.0, n)];
        stiction = new double[n];
        leak = new double[n];
        play = new double[n];
        air = new double[n];
        for (int i = 0; i < n; i++)
        {
            SafeValue fail = rig.Outputs[i].Fail.Value;
            value[i] = planned[i] = fail.Keep ? Math.Clamp(0, rig.Outputs[i].Low, rig.Outputs[i].High) : fail.Value;
            validUntil[i] = long.MaxValue;
        }
    }

    public double this[int output] => value[output];

    /// <summary>What stands at each output, by ordinal: the same array as long as the devices live.</summary>
    public double[] Values => value;

    public void Write(int output, double wanted, TimeSpan until)
    {
        OutputDefinition definition = rig.Outputs[output];
        planned[output] = double.IsNaN(wanted) ? value[output] : Math.Clamp(wanted, definition.Low, definition.High);
        validUntil[output] = until.Ticks;
        Settle(output);
    }

    public void Fail(int output, bool stuckOn)
    {
        fault[output] = stuckOn ? (byte)2 : (byte)1;
        Settle(output);
    }

    /// <param name="factor">Of the demand that it delivers.</param>
    public void Wear(int output, double factor)
    {
        wear[output] = factor;
        Settle(output);
    }

    /// <param name="share">Of the range: smaller changes do not move it.</param>
    public void Stick(int output, double share) => stiction[output] = share;

    /// <param name="share">Of full that always passes.</param>
    public void Leak(int output, double share)
    {
        leak[output] = share;
        Settle(output);
    }

    /// <param name="share">Of the range: so far it is driven back before it follows.</param>
    public void Play(int output, double share) => play[output] = share;

    /// <summary>Nothing comes for this share of every <see cref="AirEvery"/>, though the device runs and says so.</summary>
    public void Air(int output, double share) => air[output] = share;

    /// <summary>Without mains every device falls to its fail value; back, it waits there for the next plan.</summary>
    public void Power(bool on)
    {
        dark = !on;
        for (int i = 0; i < value.Length; i++)
        {
            SafeValue fail = rig.Outputs[i].Fail.Value;
            if (!fail.Keep) planned[i] = fail.Value;
            validUntil[i] = long.MaxValue;
            Settle(i);
        }
    }

    /// <summary>Lets time pass from <paramref name="from"/> to <paramref name="to"/>; devices fall at their own instant within it.</summary>
    public void Elapse(long from, long to)
    {
        double dt = (to - from) / (double)TimeSpan.TicksPerSecond;
        span += dt;
        for (int i = 0; i < value.Length; i++)
        {
            if (validUntil[i] < to) Fall(i, from, to);
            else integral[i] += Delivered(i, from, to) * dt;
        }
    }

    /// <summary>Averages since the last call, into <paramref name="averages"/>.</summary>
    public void Average(double[] averages)
    {
        for (int i = 0; i < value.Length; i++)
        {
            averages[i] = span > 0 ? integral[i] / span : value[i];
            integral[i] = 0;
        }
        span = 0;
    }

    public Pins Copy()
    {
        Pins copy = (Pins)MemberwiseClone();
        copy.value = (double[])value.Clone();
        copy.planned = (double[])planned.Clone();
        copy.integral = (double[])integral.Clone();
        copy.validUntil = (long[])validUntil.Clone();
        copy.fault = (byte[])fault.Clone();
        copy.wear = (double[])wear.Clone();
        copy.stiction = (double[])stiction.Clone();
        copy.leak = (double[])leak.Clone();
        copy.play = (double[])play.Clone();
        copy.air = (double[])air.Clone();
        return copy;
    }

    private void Fall(int i, long from, long to)
    {
        long at = Math.Clamp(validUntil[i], from, to);
        integral[i] += value[i] * (at - from) / TimeSpan.TicksPerSecond;
        SafeValue fail = rig.Outputs[i].Fail.Value;
        if (!fail.Keep) planned[i] = fail.Value;
        validUntil[i] = long.MaxValue;
        Settle(i);
        integral[i] += value[i] * (to - at) / TimeSpan.TicksPerSecond;
    }

    /// <summary>What comes of it: the value, less while air passes.</summary>
    private double Delivered(int i, long from, long to) => air[i] > 0 && ((from + to) / 2) % AirEvery < air[i] * AirEvery ? 0 : value[i];

    private void Settle(int i)
    {
        double low = rig.Outputs[i].Low, high = rig.Outputs[i].High;
        value[i] = (dark ? 3 : fault[i]) switch
        {
            1 => Math.Clamp(0, low, high),
            2 => high,
            3 => planned[i],
            _ => Moved(i, low, high),
        };
    }

    private double Moved(int i, double low, double high)
    {
        double wanted = planned[i] * wear[i];
        if (leak[i] > 0) wanted = Math.Max(wanted, leak[i] * high);
        wanted = Math.Clamp(wanted, low, high);
        if (play[i] > 0) wanted = Math.Clamp(value[i], wanted - play[i] * (high - low) / 2, wanted + play[i] * (high - low) / 2);
        return stiction[i] > 0 && Math.Abs(wanted - value[i]) <= stiction[i] * (high - low) ? value[i] : wanted;
    }
}
