using System.Collections.Immutable;
using System.Diagnostics;
using Crm.Host.CommandLine;
using Crm.Instruments.Buses;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;

namespace Crm.Host.Live;

/// <summary>The real buses of a rig, each on a thread of its own, and the clock that scan and buses share.</summary>
public sealed class LiveBuses : IDisposable
{
    /// <summary>Devices name themselves and are guarded before they are first read.</summary>
    private static readonly TimeSpan Beginning = TimeSpan.FromSeconds(3);

    private readonly long began = Stopwatch.GetTimestamp();
    private readonly TimeSpan start;
    private readonly ImmutableArray<BusThread> threads;

    /// <param name="at">Other places than the rig file's, by bus.</param>
    /// <param name="start">Plant time now: zero, or after a lost controller its last record and the absence.</param>
    /// <exception cref="UsageException">A bus is only simulated or is none, a place is none, or libmodbus is missing.</exception>
    public LiveBuses(RigDefinition rig, IReadOnlyDictionary<string, string> at, TimeSpan start)
    {
        this.start = start;
        if (at.Keys.FirstOrDefault(name => rig.Buses.All(b => b.Name != name)) is { } unknown)
            throw new UsageException($"--at {unknown}: the rig has no such bus; it has {string.Join(", ", rig.Buses.Select(b => b.Name))}");
        if (rig.Buses.FirstOrDefault(b => !BusBuilder.IsReal(b)) is { } simulated)
            throw new UsageException($"--live: bus {simulated.Name} of {rig.Name} has the driver '{simulated.Driver}': simulated only, there is nothing to drive");
        Buses = [.. rig.Buses.Select(b => Open(rig, b, at.GetValueOrDefault(b.Name)))];
        threads = [.. Buses.Select(b => new BusThread(rig, b, Beginning))];
    }

    public ImmutableArray<ModbusBus> Buses { get; }

    public IReadOnlyList<IBus> Threads => [.. threads];

    /// <summary>Monotonic plant time: on hardware the machine's own.</summary>
    public TimeSpan Now => start + Stopwatch.GetElapsedTime(began);

    /// <summary>Exchanges that have ended, of the bus with the fewest.</summary>
    public long Completed => threads.Min(t => t.Completed);

    public void Dispose()
    {
        foreach (BusThread thread in threads) thread.Dispose();
    }

    private ModbusBus Open(RigDefinition rig, BusDefinition bus, string? at)
    {
        try
        {
            return BusBuilder.Open(rig, bus, TimeProvider.System, () => Now, at);
        }
        catch (DllNotFoundException)
        {
            throw new UsageException("libmodbus is not installed: apt-get install libmodbus5");
        }
        catch (ArgumentException wrong)
        {
            throw new UsageException($"bus {bus.Name}: {wrong.Message}");
        }
    }
}
