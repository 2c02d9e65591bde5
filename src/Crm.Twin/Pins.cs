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
    private readonly RigDefinition rig;
    private double[] value, planned, integral, wear, stiction, leak;
    private long[] validUntil;
    private byte[] fault;
    private double span;

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
        for (int i = 0; i < n; i++)
        {
            SafeValue fail = rig.Outputs[i].Fail.Value;
            value[i] = planned[i] = fail.Keep ? Math.Clamp(0, rig.Outputs[i].Low, rig.Outputs[i].High) : fail.Value;
            validUntil[i] = long.MaxValue;
        }
    }

    public double this[int output] => value[output];

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

    /// <summary>Lets time pass from <paramref name="from"/> to <paramref name="to"/>; devices fall at their own instant within it.</summary>
    public void Elapse(long from, long to)
    {
        double dt = (to - from) / (double)TimeSpan.TicksPerSecond;
        span += dt;
        for (int i = 0; i < value.Length; i++)
        {
            if (validUntil[i] < to) Fall(i, from, to);
            else integral[i] += value[i] * dt;
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

    private void Settle(int i)
    {
        double low = rig.Outputs[i].Low, high = rig.Outputs[i].High;
        value[i] = fault[i] switch
        {
            1 => Math.Clamp(0, low, high),
            2 => high,
            _ => Moved(i, low, high),
        };
    }

    private double Moved(int i, double low, double high)
    {
        double wanted = planned[i] * wear[i];
        if (leak[i] > 0) wanted = Math.Max(wanted, leak[i] * high);
        wanted = Math.Clamp(wanted, low, high);
        return stiction[i] > 0 && Math.Abs(wanted - value[i]) <= stiction[i] * (high - low) ? value[i] : wanted;
    }
}
