using Crm.Chemistry;

namespace Crm.Twin.Equipment;

/// <summary>
/// A line that holds back what it holds: plug flow. It is always full, so that as much leaves it as comes in, but what leaves is what came in a line's
/// volume before. Kept in <see cref="Segments"/> parcels: a front is that much blurred. Temperatures do not change on the way.
/// </summary>
internal sealed class LongLine
{
    private const int Segments = 40;

    private readonly double holdup;

    /// <summary>The first is the next to leave.</summary>
    private List<Mixture> parcels;

    /// <param name="holdup">L.</param>
    /// <param name="content">What it stands full of.</param>
    public LongLine(int pump, double holdup, Mixture content)
    {
        Pump = pump;
        this.holdup = holdup;
        parcels = [content];
    }

    /// <summary>Output that drives it.</summary>
    public int Pump { get; }

    public IReadOnlyList<Mixture> Parcels => parcels;

    /// <returns>As many litres as came, from the other end.</returns>
    public Mixture Push(Mixture parcel)
    {
        if (parcels.Count > 0 && parcels[^1].Volume + parcel.Volume <= holdup / Segments) parcel.MoveTo(parcels[^1], 1, 1);
        else parcels.Add(parcel.Copy());
        Mixture leaves = new() { Temperature = parcels[0].Temperature };
        double over = parcels.Sum(p => p.Volume) - holdup;
        while (parcels.Count > 0 && parcels[0].Volume is var first && first <= over)
        {
            parcels[0].MoveTo(leaves, 1, 1);
            parcels.RemoveAt(0);
            over -= first;
        }

        if (over > 0 && parcels.Count > 0) parcels[0].MoveTo(leaves, over / parcels[0].Volume, over / parcels[0].Volume);
        return leaves;
    }

    public LongLine Copy()
    {
        LongLine copy = (LongLine)MemberwiseClone();
        copy.parcels = [.. parcels.Select(p => p.Copy())];
        return copy;
    }
}
