using System.Collections.Immutable;
using Crm.Control;
using Crm.Host.Live;
using Crm.Host.Technician;
using Crm.Plant.Campaigns;
using Crm.Plant.Materials;
using Crm.Plant.Ports;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Plant.UnitOperations;
using Crm.Twin;

namespace Crm.Host.Runs;

/// <summary>
/// A rig on its twin, whole: the twin behind the wires, every control layer, the bench with its laboratory and the unattended technician.
/// One thread, virtual time: one call of <see cref="Scan"/> is one scan and one exchange with every bus. Whatever runs a batch on a twin
/// runs it through here: <c>crm run</c>, the service, the tests.
/// </summary>
public sealed class TwinRig : IRunningRig
{
    private readonly RunInputs inputs;
    private readonly UnattendedTechnician? technician;
    private readonly TwinPlant twin;

    /// <summary>Movements whose lots have been brought; bringing them again changes nothing, so a copy begins without.</summary>
    private ImmutableSortedDictionary<string, (Movement Movement, Image Begun)>? supplied;

    /// <param name="seed">Seed of the twin's noise and of the laboratory's scatter.</param>
    public TwinRig(RunInputs inputs, int seed, IJournal journal)
        : this(inputs, new TwinPlant(inputs.Rig, inputs.Twin, seed), seed, TimeSpan.Zero, twin => New(inputs, twin, journal))
    {
    }

    /// <summary>
    /// The controller of a simulated plant was lost, and the plant with it: the batch comes back from its record to a twin as it was at the very
    /// start, and its assessment says what has moved.
    /// </summary>
    public TwinRig(RunInputs inputs, int seed, IJournal journal, LostBatch lost)
        : this(inputs, Aged(new TwinPlant(inputs.Rig, inputs.Twin, seed), lost.Now), seed, lost.Now, twin => lost.ComeBack(inputs.Rig, inputs.Recipe, Buses(inputs.Rig, twin), journal))
    {
    }

    private static TwinPlant Aged(TwinPlant twin, TimeSpan now)
    {
        twin.AdvanceTo(now);
        return twin;
    }

    private TwinRig(RunInputs inputs, TwinPlant twin, int? seed, TimeSpan now, Func<TwinPlant, PlantController> controller)
    {
        this.inputs = inputs;
        this.twin = twin;
        Now = now;
        Control = controller(twin);
        if (seed is not { } drawn) return;
        Bench = new TwinBench(twin.Hands, drawn);
        technician = new UnattendedTechnician(Bench);
    }

    public RigDefinition Rig => inputs.Rig;

    public PlantController Control { get; }

    /// <summary>Scale and laboratory; a copy that goes on alone has none.</summary>
    public TwinBench? Bench { get; }

    /// <summary>The corner of the bench that belongs to a batch: the first one's is the bench itself.</summary>
    public TwinBench? BenchOf(string batch) => technician?.BenchOf(Control, batch);

    /// <summary>Plant time of the last scan.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>Content of the twin file.</summary>
    public string TwinHash => inputs.Twin.ContentHash;

    /// <summary>The simulated technician answers prompts, resets trips and starts the batch.</summary>
    public bool Unattended { get; set; }

    public PlantTruth Truth => twin.Truth();

    public void Scan()
    {
        Now += Rig.ScanPeriod;
        twin.AdvanceTo(Now);
        Control.Scan(Now);
        Supply();
        if (Unattended) Attend();
    }

    /// <summary>Told when the simulated technician is asked for what the twin cannot give, a lot that a lost twin had made; nobody listens in a run, which ends with it.</summary>
    public Action<string>? CannotAttend { get; set; }

    private void Attend()
    {
        try
        {
            technician?.Work(Control, Now);
        }
        catch (ArgumentException missing) when (CannotAttend is not null)
        {
            Unattended = false;
            CannotAttend(missing.Message);
        }
    }

    /// <summary>What begins to draw from other lots than before has them brought: a drum is topped up, or changed, before the first gram is drawn.</summary>
    private void Supply()
    {
        if (ReferenceEquals(Control.Movements, supplied)) return;
        supplied = Control.Movements;
        foreach ((_, (Movement movement, _)) in supplied)
            if (!movement.Lots.IsEmpty) twin.Hands.Supply(movement.To, movement.Material, movement.Lots);
    }

    /// <summary>All that changes while it runs, in a fixed order, for an image of its state.</summary>
    /// <exception cref="InvalidOperationException">It cannot be kept; says why.</exception>
    public ImmutableArray<object> Owned => [.. twin.Owned, .. Control.Owned, .. Bench is { } bench ? [bench, technician!] : ImmutableArray<object>.Empty];

    /// <summary>Goes on from the scan whose state it has been filled with.</summary>
    public void Resume() => Now = Control.Frame?.Now ?? throw new InvalidOperationException("no scan to go on from");

    /// <summary>What the device at the end of the wire does.</summary>
    public double Pin(int output) => twin.Pin(output);

    /// <summary>Breaks something in the twin.</summary>
    public void Inject(PlantFault fault) => twin.Inject(fault);

    /// <summary>An independent copy that goes on from here. Nobody answers its prompts: observers and technician stay behind.</summary>
    public TwinRig Fork(IJournal journal) => new(inputs, (TwinPlant)twin.Fork(), null, Now, t => Control.Fork(Buses(inputs.Rig, t), journal));

    /// <summary>The controller was lost: a copy of the twin goes on alone for a time, then a new controller knows the record and nothing else.</summary>
    /// <param name="record">Durable events of the batch, in order.</param>
    public TwinRig ComeBack(TimeSpan away, IReadOnlyList<BatchEvent> record, IJournal journal)
    {
        var alone = (TwinPlant)twin.Fork();
        TimeSpan back = Now + away;
        alone.AdvanceTo(back);
        TimeSpan last = record.Count == 0 ? TimeSpan.Zero : record[^1].At;
        return new TwinRig(inputs, alone, null, back,
            t => PlantController.Recover(inputs.Rig, inputs.Batches, Buses(inputs.Rig, t), UnitOperationCatalogue.All, journal, record, back - last));
    }

    private static PlantController New(RunInputs inputs, TwinPlant twin, IJournal journal)
    {
        ImmutableArray<PlannedBatch> batches = inputs.Batches;
        var control = new PlantController(inputs.Rig, inputs.Recipe, Buses(inputs.Rig, twin), UnitOperationCatalogue.All, journal, batches[0].Name)
        {
            NominalDemand = inputs.NominalDemand,
        };
        foreach (PlannedBatch batch in batches.Skip(1)) control.Add(batch.Name, batch.Recipe, batch.Start);
        return control;
    }

    private static ImmutableArray<IBus> Buses(RigDefinition rig, TwinPlant twin) => [.. rig.Buses.Select(b => (IBus)twin.Bus(b.Name))];
}
