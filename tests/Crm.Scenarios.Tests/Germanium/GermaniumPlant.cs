using Crm.Control;
using Crm.Host.CommandLine;
using Crm.Host.Runs;
using Crm.Plant.Phases;
using Crm.Plant.Ports;
using Crm.Plant.Records;
using Crm.Plant.Rigs;

namespace Crm.Scenarios.Tests.Germanium;

/// <summary>The germanium pilot on its twin, with a recipe of the repository or of these tests.</summary>
internal sealed class GermaniumPlant
{
    private readonly TwinRig plant;

    public GermaniumPlant(string recipe, int seed)
        : this(new TwinRig(Load(recipe), seed, new MemoryJournal()) { Unattended = true })
    {
    }

    private GermaniumPlant(TwinRig plant)
    {
        this.plant = plant;
        plant.Control.OnEvent = Events.Add;
    }

    /// <summary>Events since the start, or since the fork.</summary>
    public List<BatchEvent> Events { get; } = [];

    public TimeSpan Now => plant.Now;

    public PhaseState State => plant.Control.BatchState;

    public RigDefinition Rig => plant.Rig;

    public string Story => $"{State} ({plant.Control.BatchReason}) at {Now}: {string.Join("; ", plant.Control.Snapshot().Steps.Select(s => $"{s.Id} {s.State}"))}";

    public GermaniumPlant Fork() => new(plant.Fork(new MemoryJournal()));

    public void Scan() => plant.Scan();

    public void Break(string fault) => plant.Inject(new PlantFault(fault, Now));

    public double Pin(string output) => plant.Pin(Rig.Output(output));

    public double Reads(string tag) => plant.Control.Frame!.Image[Rig.Tag(tag)].Value;

    public bool IsDoing(string step) => plant.Control.Snapshot().Steps.Any(s => s.Id.EndsWith("/" + step, StringComparison.Ordinal));

    /// <summary>True when it came about before <paramref name="limit"/> of plant time went by.</summary>
    public bool RunUntil(Func<GermaniumPlant, bool> predicate, TimeSpan limit)
    {
        for (TimeSpan end = Now + limit; Now < end;)
        {
            Scan();
            if (predicate(this)) return true;
        }

        return false;
    }

    private static RunInputs Load(string recipe)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Crm.sln"))) root = root.Parent;
        string folder = Path.Combine(root!.FullName, "hardware", "germanium-pilot");
        var (rig, rigProblems) = RigFiles.Rig(Path.Combine(folder, "rig.yaml"));
        Assert.Empty(rigProblems);
        var (twin, twinProblems) = RigFiles.Twin(Path.Combine(folder, "twin.yaml"), rig!);
        Assert.Empty(twinProblems);
        var (read, recipeProblems) = RigFiles.Recipe(Path.Combine(root.FullName, recipe), rig);
        Assert.Empty(recipeProblems);
        return new RunInputs(read!, rig!, twin!);
    }
}
