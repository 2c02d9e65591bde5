using Crm.Host.Runs;
using Crm.Plant.Records;
using Crm.Plant.UnitOperations;
using Crm.Store.Images;

namespace Crm.Host.Scenarios;

/// <summary>A rig on its twin with its unattended technician, its record and its meters' totals: what a scenario runs, and what it can begin from.</summary>
public sealed class ScenarioPlant
{
    private readonly RunInputs inputs;
    private readonly UnwrittenJournal journal = new();

    public ScenarioPlant(RunInputs inputs, int seed)
    {
        this.inputs = inputs;
        Rig = new TwinRig(inputs, seed, journal) { Unattended = true };
        Totals = new UtilityTotals(inputs.Rig);
        Rig.Control.OnEvent = Events.Add;
        Rig.Control.OnFrame = Totals.Observe;
    }

    public TwinRig Rig { get; }

    public List<BatchEvent> Events { get; } = [];

    public UtilityTotals Totals { get; }

    public byte[] Image()
    {
        using var image = new MemoryStream();
        StateImage.Write(image, [.. Rig.Owned, Events, Totals], Known);
        return image.ToArray();
    }

    /// <summary>Goes on from the image of a plant that was composed of the same files, with the same seed.</summary>
    public void Restore(byte[] image)
    {
        StateImage.Read(new MemoryStream(image), [.. Rig.Owned, Events, Totals], Known);
        Rig.Resume();
    }

    private KnownObjects Known => new([inputs.Recipe, inputs.Rig, inputs.Twin, .. UnitOperationCatalogue.All], journal);
}
