using Crm.Store;

namespace Crm.Host.Service;

/// <summary>How long scans take and how late they are. Written by the controller thread, read by the metrics.</summary>
public sealed class ScanMeter
{
    private long overruns;

    /// <summary>Time a scan takes.</summary>
    public Durations Took { get; } = new(0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1);

    /// <summary>Time between when a scan was due and when it began.</summary>
    public Durations Late { get; } = new(0.0001, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25);

    /// <summary>Scans that took longer than the time to the next one.</summary>
    public long Overruns => Volatile.Read(ref overruns);

    /// <param name="allowed">Wall time to the next scan.</param>
    public void Scanned(TimeSpan took, TimeSpan allowed, TimeSpan late)
    {
        Took.Add(took);
        Late.Add(late);
        if (took > allowed) overruns++;
    }
}
