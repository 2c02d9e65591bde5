using System.Collections.Immutable;
using Crm.Control;
using Crm.Host.CommandLine;
using Crm.Host.Runs;
using Crm.Host.Technician;
using Crm.Plant.Phases;
using Crm.Plant.Ports;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.UnitOperations;
using Crm.Twin;

namespace Crm.Scenarios.Tests;

/// <summary>
/// The lithium pilot as <c>crm run</c> composes it: the repository's own files, the twin, all control layers, the unattended technician;
/// only the record is in memory. Virtual time, one call of <see cref="Scan"/> is one scan and one exchange with every bus.
/// </summary>
internal sealed class LithiumPlant
{
    /// <summary>Inside the band of a pin that is where it must be; pins are written, not measured.</summary>
    public const double PinTolerance = 1e-9;

    private static readonly Lazy<RunInputs> Files = new(Load);

    private readonly TwinPlant twin;
    private readonly PlantController control;
    private readonly UnattendedTechnician? technician;
    private readonly MemoryJournal journal = new();

    public LithiumPlant(long seed)
    {
        twin = new TwinPlant(Inputs.Rig, Inputs.Twin, seed);
        control = new PlantController(Inputs.Rig, Inputs.Recipe, Buses(twin), UnitOperationCatalogue.All, journal) { OnEvent = Events.Add };
        technician = new UnattendedTechnician(twin.Hands, (int)seed);
    }

    private LithiumPlant(LithiumPlant from, IJournal journal)
    {
        twin = (TwinPlant)from.twin.Fork();
        control = from.control.Fork(Buses(twin), journal);
        control.OnEvent = Events.Add;
        Now = from.Now;
    }

    public PlantController Control => control;

    /// <summary>The process was killed: the twin goes on alone, a new controller knows the record and nothing else.</summary>
    private LithiumPlant(LithiumPlant from, TimeSpan away)
    {
        twin = (TwinPlant)from.twin.Fork();
        Now = from.Now + away;
        twin.AdvanceTo(Now);
        TimeSpan last = from.journal.Durable.Count == 0 ? TimeSpan.Zero : from.journal.Durable[^1].At;
        control = PlantController.Recover(Inputs.Rig, Inputs.Recipe, Buses(twin), UnitOperationCatalogue.All, journal, from.journal.Durable, Now - last);
        control.OnEvent = Events.Add;
    }

    public static RunInputs Inputs => Files.Value;

    public static RigDefinition Rig => Inputs.Rig;

    /// <summary>Events since the start, or since the fork.</summary>
    public List<BatchEvent> Events { get; } = [];

    public TimeSpan Now { get; private set; }

    public PhaseState State => control.BatchState;

    public string Reason => control.BatchReason;

    public PlantTruth Truth => twin.Truth();

    public PlantSnapshot Seen => control.Snapshot();

    public PlantFrame? Frame => control.Frame;

    /// <summary>Plant time until which the last plan holds at the devices.</summary>
    public TimeSpan ValidUntil => control.Frame!.Plan.ValidUntil;

    public bool IsOver => PhaseTable.IsTerminal(State);

    public void Scan()
    {
        Now += Rig.ScanPeriod;
        twin.AdvanceTo(Now);
        control.Scan(Now);
        technician?.Work(control, Now);
    }

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
    public LithiumPlant Fork(IJournal? journal = null) => new(this, journal ?? new MemoryJournal());

    public LithiumPlant ComeBack(TimeSpan away) => new(this, away);

    public RecoveryAssessment? Assessment => control.Assessment;

    public CommandReply Ask(OperatorCommand command) => control.Command(command);

    public void Break(string fault) => twin.Inject(new PlantFault(fault, Now));

    /// <summary>A person's command to the batch; it takes effect with the next scan.</summary>
    public CommandReply Command(PhaseCommand command) => control.Command(new CommandBatch(long.MaxValue - (long)command, "test", command, "asked by the test"));

    public double Pin(int output) => twin.Pin(output);

    public double Pin(string output) => twin.Pin(OutputOf(output));

    public double[] Pins() => [.. Rig.Outputs.Select(o => twin.Pin(o.Ordinal))];

    public double Reads(string tag) => control.Frame!.Image[Rig.Tag(tag)].Value;

    public bool IsDoing(string step) => control.Snapshot().Steps.Any(s => s.Id == step);

    /// <summary>Units with a phase in progress.</summary>
    public ImmutableArray<UnitDefinition> ActiveUnits() =>
        [.. control.Snapshot().Steps.Where(s => s.Unit.Length > 0).Select(s => Rig.Units[Rig.Unit(s.Unit)]).DistinctBy(u => u.Ordinal)];

    public string Story => $"{State} ({Reason}) at {Now}: {string.Join("; ", control.Snapshot().Steps.Select(s => $"{s.Id} {s.State}"))}";

    private static int OutputOf(string name)
    {
        int ordinal = Rig.Output(name);
        return ordinal >= 0 ? ordinal : throw new ArgumentException($"the rig has no output {name}");
    }

    private static ImmutableArray<IBus> Buses(TwinPlant twin) => [.. Rig.Buses.Select(b => twin.Bus(b.Name))];

    private static RunInputs Load()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Crm.sln"))) root = root.Parent;
        string rigFolder = Path.Combine(root!.FullName, "hardware", "lithium-pilot");
        var (rig, rigProblems) = RigFiles.Rig(Path.Combine(rigFolder, "rig.yaml"));
        Assert.Empty(rigProblems);
        var (twin, twinProblems) = RigFiles.Twin(Path.Combine(rigFolder, "twin.yaml"), rig!);
        Assert.Empty(twinProblems);
        var (recipe, recipeProblems) = RigFiles.Recipe(Path.Combine(root.FullName, "recipes", "lithium", "black-mass-to-carbonate.yaml"), rig);
        Assert.Empty(recipeProblems);
        return new RunInputs(recipe!, rig!, twin!);
    }
}
