using Crm.Control;
using Crm.Host.CommandLine;
using Crm.Host.Runs;
using Crm.Plant.Phases;
using Crm.Plant.Ports;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;

namespace Crm.Scenarios.Tests;

/// <summary>A batch on the vanadium pilot as <c>crm run</c> composes it, with its record in memory; forked wherever a fault is to meet it.</summary>
internal sealed class SlagRun
{
    private readonly TwinRig plant;

    public SlagRun(RunInputs inputs, int seed)
        : this(new TwinRig(inputs, seed, new MemoryJournal()) { Unattended = true })
    {
    }

    private SlagRun(TwinRig plant)
    {
        this.plant = plant;
        plant.Control.OnEvent = Events.Add;
    }

    /// <summary>Since the start, or since the fork.</summary>
    public List<BatchEvent> Events { get; } = [];

    public RigDefinition Rig => plant.Rig;

    public TimeSpan Now => plant.Now;

    public PhaseState State => plant.Control.BatchState;

    public string Story => $"{State} ({plant.Control.BatchReason}) at {Now}: {string.Join("; ", plant.Control.Snapshot().Steps.Select(s => $"{s.Id} {s.State}"))}";

    public bool AtRest => State is PhaseState.Held or PhaseState.Stopped or PhaseState.Aborted;

    /// <summary>The unit's step is HELD, whatever the rest of the batch does (scope of the exception).</summary>
    public bool IsHeld(string unit) => plant.Control.Snapshot().Steps.Any(s => s.Unit == unit && s.State == PhaseState.Held);

    public bool RunUntil(Func<SlagRun, bool> predicate, TimeSpan limit)
    {
        for (TimeSpan end = Now + limit; Now < end;)
        {
            plant.Scan();
            if (predicate(this)) return true;
        }

        return false;
    }

    public SlagRun Fork() => new(plant.Fork(new MemoryJournal()));

    public void Break(string fault) => plant.Inject(new PlantFault(fault, Now));

    public double Pin(string output) => plant.Pin(Rig.Output(output));

    public double Reads(string tag) => plant.Control.Frame!.Image[Rig.Tag(tag)].Value;

    public PlantFrame Frame => plant.Control.Frame!;

    public bool IsDoing(string step) => plant.Control.Snapshot().Steps.Any(s => s.Id == step);

    public static RunInputs Load(string recipeFile)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Crm.sln"))) root = root.Parent;
        string folder = Path.Combine(root!.FullName, "hardware", "vanadium-pilot");
        var (rig, rigProblems) = RigFiles.Rig(Path.Combine(folder, "rig.yaml"));
        Assert.Empty(rigProblems);
        var (twin, twinProblems) = RigFiles.Twin(Path.Combine(folder, "twin.yaml"), rig!);
        Assert.Empty(twinProblems);
        var (recipe, recipeProblems) = RigFiles.Recipe(Path.Combine(root.FullName, "recipes", "vanadium", recipeFile), rig);
        Assert.Empty(recipeProblems);
        return new RunInputs(recipe!, rig!, twin!);
    }
}
