using System.Globalization;

namespace Crm.Instruments.Buses;

/// <summary>What happened on the wire with one device since the bus was opened.</summary>
public sealed class DeviceCounters
{
    private readonly long[] faults = new long[Enum.GetValues<FaultKind>().Length];

    /// <summary>Requests sent.</summary>
    public long Requests { get; private set; }

    /// <summary>Writes of which it was unknown whether the device got them.</summary>
    public long WritesUnknown { get; internal set; }

    /// <summary>Of these, found done when read back.</summary>
    public long WritesFoundDone { get; internal set; }

    /// <summary>Of these, found not done when read back.</summary>
    public long WritesFoundLost { get; internal set; }

    /// <summary>Fresh plans that were written and fed the device's watchdog.</summary>
    public long Feeds { get; internal set; }

    /// <summary>Plans that had run out before they could be written.</summary>
    public long PlansExpired { get; internal set; }

    /// <summary>Times the watchdog was programmed.</summary>
    public long Guarded { get; internal set; }

    public long this[FaultKind kind] => faults[(int)kind];

    internal void Count(ModbusFault fault)
    {
        Requests++;
        if (!fault.IsNone) faults[(int)fault.Kind]++;
    }

    internal void CountRefused(FaultKind kind) => faults[(int)kind]++;

    public override string ToString()
    {
        string seen = string.Join(", ", Enum.GetValues<FaultKind>().Where(k => this[k] > 0).Select(k => string.Create(CultureInfo.InvariantCulture, $"{this[k]} {k}")));
        return string.Create(CultureInfo.InvariantCulture, $"{Requests} requests") + (seen.Length > 0 ? ": " + seen : "");
    }
}
