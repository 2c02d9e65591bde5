using Crm.Control;
using Crm.Host.Runs;
using Crm.Plant.Phases;
using Crm.Plant.Ports;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;

namespace Crm.Scenarios.Tests;

/// <summary>A batch on a pilot's twin as <c>crm run</c> composes it, with its record in memory; forked wherever a fault is to meet it.</summary>
internal sealed class PilotRun
{
    private readonly TwinRig plant;

    public PilotRun(RunInputs inputs, int seed)
        : this(new TwinRig(inputs, seed, new MemoryJournal()) { Unattended = true })
    {
    }

    internal PilotRun(TwinRig plant)
    {
        this.plant = plant;
        plant.Control.OnEvent = Events.Add;
    }

    /// <summary>Since the start, or since the fork.</summary>
    public List<BatchEvent> Events { get; } = [];

    public RigDefinition Rig => plant.Rig;

    public TimeSpan Now => plant.Now;

    public PhaseState State => plant.Control.BatchState;

    public PlantFrame Frame => plant.Control.Frame!;

    public string Story => $"{State} ({plant.Control.BatchReason}) at {Now}: {string.Join("; ", plant.Control.Snapshot().Steps.Select(s => $"{s.Id} {s.State}"))}";

    public bool AtRest => State is PhaseState.Held or PhaseState.Stopped or PhaseState.Aborted;

    /// <summary>An independent copy; its commands go on in number, for one that was given before is not taken again.</summary>
    public PilotRun Fork() => new(plant.Fork(new MemoryJournal())) { commands = commands };

    public void Scan() => plant.Scan();

    /// <summary>True when it came about before <paramref name="limit"/> of plant time went by.</summary>
    /// <param name="every">Scans from one look to the next: looking into record and steps costs more than a scan does.</param>
    public bool RunUntil(Func<PilotRun, bool> predicate, TimeSpan limit, int every = 1)
    {
        int scans = 0;
        for (TimeSpan end = Now + limit; Now < end;)
        {
            Scan();
            if (++scans % every == 0 && predicate(this)) return true;
        }

        return false;
    }

    public void Break(string fault) => plant.Inject(new PlantFault(fault, Now));

    /// <summary>A person's command to the batch; it takes effect with the next scan.</summary>
    public CommandReply Command(PhaseCommand command) => plant.Control.Command(new CommandBatch(++commands, "test", command, "asked by the test"));

    /// <summary>A person's command of any kind, under the number it is given.</summary>
    public CommandReply Command(Func<long, OperatorCommand> command) => plant.Control.Command(command(++commands));

    /// <summary>A person's command to the step of a unit.</summary>
    public CommandReply Command(string unit, PhaseCommand command) => plant.Control.Command(new CommandPhase(++commands, "test", unit, command, "asked by the test"));

    public string Reason => plant.Control.BatchReason;

    private long commands = long.MaxValue / 2;

    public double Pin(string output) => plant.Pin(Rig.Output(output));

    public double Reads(string tag) => Frame.Image[Rig.Tag(tag)].Value;

    /// <param name="step">Its whole id, or the last part of it.</param>
    public bool IsDoing(string step) => plant.Control.Snapshot().Steps.Any(s => s.Id == step || s.Id.EndsWith("/" + step, StringComparison.Ordinal));

    /// <summary>A step of the recipe drives the unit.</summary>
    public bool IsRunning(string unit) => plant.Control.Snapshot().Steps.Any(s => s.Unit == unit && s.State is PhaseState.Running or PhaseState.Starting or PhaseState.Completing);

    /// <summary>The unit's step is on its way to HELD.</summary>
    public bool IsHolding(string unit) => plant.Control.Snapshot().Steps.Any(s => s.Unit == unit && s.State == PhaseState.Holding);

    /// <summary>The unit's step is HELD, whatever the rest of the batch does (scope of the exception).</summary>
    public bool IsHeld(string unit) => plant.Control.Snapshot().Steps.Any(s => s.Unit == unit && s.State == PhaseState.Held);
}
