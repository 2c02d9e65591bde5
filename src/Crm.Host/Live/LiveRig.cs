using Crm.Control;
using Crm.Host.Runs;
using Crm.Plant.Ports;
using Crm.Plant.Procedure;
using Crm.Plant.Rigs;
using Crm.Plant.UnitOperations;

namespace Crm.Host.Live;

/// <summary>
/// A rig on its real buses, whole: the same controllers as on the twin, by the machine's clock. Whoever calls <see cref="Scan"/> is the
/// scan's thread; the buses wait on threads of their own, so that a scan never does. What was not scanned in time lapses at the devices.
/// </summary>
public sealed class LiveRig : IRunningRig, IDisposable
{
    private readonly LiveBuses buses;

    /// <param name="at">Other places than the rig file's, by bus.</param>
    /// <param name="release">Which recipes may be started.</param>
    /// <param name="lost">The batch comes back HELD from its record; null begins with a new one.</param>
    /// <exception cref="CommandLine.UsageException">A bus cannot be driven.</exception>
    public LiveRig(RigDefinition rig, ControlRecipe recipe, IReadOnlyDictionary<string, string> at, IJournal journal, IRecipeRelease release, LostBatch? lost = null)
    {
        Rig = rig;
        Now = lost?.Now ?? TimeSpan.Zero;
        buses = new LiveBuses(rig, at, Now);
        Control = lost is null
            ? new PlantController(rig, recipe, buses.Threads, UnitOperationCatalogue.All, journal)
            : lost.ComeBack(rig, recipe, buses.Threads, journal);
        Control.Release = release;
    }

    public RigDefinition Rig { get; }

    public PlantController Control { get; }

    public TimeSpan Now { get; private set; }

    public void Scan()
    {
        Now = buses.Now;
        Control.Scan(Now);
    }

    /// <summary>Where the buses are, and what happened on their wires.</summary>
    public IEnumerable<string> Wires => buses.Buses.SelectMany(b => b.Devices.Select(d => $"{b.Name}.{d.Name} at {b.Place}: {d.Counters}"));

    public void Dispose() => buses.Dispose();
}
