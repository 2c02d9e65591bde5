using System.Collections.Immutable;
using Crm.Control;
using Crm.Host.Runs;
using Crm.Plant.Phases;
using Crm.Plant.Ports;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;

namespace Crm.Scenarios.Tests;

/// <summary>
/// The lithium pilot as <c>crm run</c> composes it: the repository's own files, the twin, all control layers, the unattended technician;
/// only the record is in memory. Virtual time, one call of <see cref="Scan"/> is one scan and one exchange with every bus.
/// </summary>
internal sealed class LithiumPlant
{
    /// <summary>Inside the band of a pin that is where it must be; pins are written, not measured.</summary>
    public const double PinTolerance = 1e-9;

    private static readonly Lazy<RunInputs> Files = new(() => PilotFiles.Load("lithium-pilot", "recipes/lithium/black-mass-to-carbonate.yaml"));

    private readonly TwinRig plant;
    private readonly MemoryJournal journal = new();

    public LithiumPlant(long seed)
    {
        plant = new TwinRig(Inputs, (int)seed, journal) { Unattended = true };
        Control.OnEvent = Events.Add;
    }

    private LithiumPlant(TwinRig plant)
    {
        this.plant = plant;
        Control.OnEvent = Events.Add;
    }

    public PlantController Control => plant.Control;

    public static RunInputs Inputs => Files.Value;

    public static RigDefinition Rig => Inputs.Rig;

    /// <summary>Events since the start, or since the fork.</summary>
    public List<BatchEvent> Events { get; } = [];

    public TimeSpan Now => plant.Now;

    public PhaseState State => Control.BatchState;

    public string Reason => Control.BatchReason;

    public PlantTruth Truth => plant.Truth;

    public PlantSnapshot Seen => Control.Snapshot();

    public PlantFrame? Frame => Control.Frame;

    /// <summary>Plant time until which the last plan holds at the devices.</summary>
    public TimeSpan ValidUntil => Control.Frame!.Plan.ValidUntil;

    public bool IsOver => PhaseTable.IsTerminal(State);

    public void Scan() => plant.Scan();

    public void Scan(int times)
    {
        for (int i = 0; i < times; i++) Scan();
    }

    public void RunTo(TimeSpan until, Action<LithiumPlant>? afterScan = null)
    {
        while (Now < until)
        {
            Scan();
            afterScan?.Invoke(this);
        }
    }

    /// <summary>True when it came about before <paramref name="limit"/> of plant time went by.</summary>
    public bool RunUntil(Func<LithiumPlant, bool> predicate, TimeSpan limit)
    {
        for (TimeSpan end = Now + limit; Now < end;)
        {
            Scan();
            if (predicate(this)) return true;
        }

        return false;
    }

    /// <summary>An independent copy that goes on from here. Nobody answers its prompts: the technician stays behind.</summary>
    public LithiumPlant Fork(IJournal? journal = null) => new(plant.Fork(journal ?? new MemoryJournal()));

    /// <summary>An independent copy for the tests that are the same on every pilot.</summary>
    public PilotRun ForkAsPilot() => new(plant.Fork(new MemoryJournal()));

    /// <summary>The process was killed: the twin goes on alone, a new controller knows the record and nothing else.</summary>
    public LithiumPlant ComeBack(TimeSpan away) => new(plant.ComeBack(away, journal.Durable, new MemoryJournal()));

    public RecoveryAssessment? Assessment => Control.Assessment;

    public CommandReply Ask(OperatorCommand command) => Control.Command(command);

    public void Break(string fault) => plant.Inject(new PlantFault(fault, Now));

    /// <summary>A person's command to the batch; it takes effect with the next scan.</summary>
    public CommandReply Command(PhaseCommand command) => Control.Command(new CommandBatch(long.MaxValue - (long)command, "test", command, "asked by the test"));

    public double Pin(int output) => plant.Pin(output);

    public double Pin(string output) => plant.Pin(OutputOf(output));

    public double[] Pins() => [.. Rig.Outputs.Select(o => plant.Pin(o.Ordinal))];

    public double Reads(string tag) => Control.Frame!.Image[Rig.Tag(tag)].Value;

    /// <param name="step">Its whole id, or the last part of it.</param>
    public bool IsDoing(string step) => Control.Snapshot().Steps.Any(s => s.Id == step || s.Id.EndsWith("/" + step, StringComparison.Ordinal));

    /// <summary>Units with a phase in progress.</summary>
    public ImmutableArray<UnitDefinition> ActiveUnits() =>
        [.. Control.Snapshot().Steps.Where(s => s.Unit.Length > 0).Select(s => Rig.Units[Rig.Unit(s.Unit)]).DistinctBy(u => u.Ordinal)];

    public string Story => $"{State} ({Reason}) at {Now}: {string.Join("; ", Control.Snapshot().Steps.Select(s => $"{s.Id} {s.State}"))}";

    private static int OutputOf(string name)
    {
        int ordinal = Rig.Output(name);
        return ordinal >= 0 ? ordinal : throw new ArgumentException($"the rig has no output {name}");
    }
}
