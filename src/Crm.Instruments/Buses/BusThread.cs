using Crm.Plant.Outputs;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Instruments.Buses;

/// <summary>
/// A bus on a thread of its own, so that the scan never waits: an exchange leaves the plan, the newest one only, and takes the readings
/// as they last came, each with its own time. When the device hangs, its tags go stale and its plan is not renewed.
/// </summary>
public sealed class BusThread : IBus, IDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(5);

    private readonly IBus bus;
    private readonly int[] tags;
    private readonly Lock gate = new();
    private readonly AutoResetEvent arrived = new(false);
    private readonly Reading[] latest;
    private readonly Thread thread;
    private readonly TimeSpan first;
    private readonly ManualResetEventSlim begun = new(false);
    private OutputPlan? waiting;
    private string? fault;
    private bool isClosing;

    /// <param name="first">The very first exchange may wait so long for its readings, so that a rig does not begin blind; later ones never wait.</param>
    public BusThread(RigDefinition rig, IBus bus, TimeSpan first = default)
    {
        this.bus = bus;
        this.first = first;
        tags = [.. rig.Tags.Where(t => t.Bus == bus.Name).Select(t => t.Ordinal)];
        latest = new Reading[rig.Tags.Length];
        Array.Fill(latest, Reading.Never);
        thread = new Thread(Run) { Name = "bus " + bus.Name, IsBackground = true };
        thread.Start();
    }

    public string Name => bus.Name;

    /// <summary>Plans that a newer one replaced before the bus came to them.</summary>
    public long Overtaken { get; private set; }

    /// <summary>Exchanges the thread has ended.</summary>
    public long Completed { get; private set; }

    /// <summary>Never waits for the device.</summary>
    /// <exception cref="BusFaultException">The last exchange that ended was lost.</exception>
    public void Exchange(OutputPlan plan, Span<Reading> readings)
    {
        lock (gate)
        {
            if (waiting is not null) Overtaken++;
            waiting = plan;
            arrived.Set();
        }

        if (!begun.IsSet && first > TimeSpan.Zero) begun.Wait(first);
        Collect(readings);
    }

    public bool IsBeside => true;

    /// <inheritdoc/>
    public void Collect(Span<Reading> readings)
    {
        lock (gate)
        {
            if (fault is not null) throw new BusFaultException(fault);
            foreach (int tag in tags) readings[tag] = latest[tag];
        }
    }

    /// <summary>Ends the thread after the exchange at hand, then the bus.</summary>
    public void Dispose()
    {
        lock (gate) isClosing = true;
        arrived.Set();
        bool ended = thread.Join(patience);
        if (ended) arrived.Dispose();
        if (ended && bus is IDisposable disposable) disposable.Dispose();
    }

    private void Run()
    {
        var readings = new Reading[latest.Length];
        Array.Fill(readings, Reading.Never);
        while (Next() is { } plan)
        {
            string? problem = null;
            try
            {
                bus.Exchange(plan, readings);
            }
            catch (Exception lost)
            {
                problem = lost.Message;
            }

            lock (gate)
            {
                readings.CopyTo(latest.AsSpan());
                fault = problem;
                Completed++;
            }

            begun.Set();
        }
    }

    private OutputPlan? Next()
    {
        while (true)
        {
            lock (gate)
            {
                if (isClosing) return null;
                if (waiting is { } plan)
                {
                    waiting = null;
                    return plan;
                }
            }

            arrived.WaitOne();
        }
    }
}
