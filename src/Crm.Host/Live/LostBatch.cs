using Crm.Control;
using Crm.Plant.Campaigns;
using Crm.Plant.Ports;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.UnitOperations;

namespace Crm.Host.Live;

/// <summary>A batch whose controller was lost, as far as its record goes.</summary>
/// <param name="Record">Durable events of the batch, in order.</param>
/// <param name="Away">Time since the last of them, by the machine's clock.</param>
public sealed record LostBatch(IReadOnlyList<BatchEvent> Record, TimeSpan Away)
{
    /// <summary>Plant time now: that of the last record, and the absence.</summary>
    public TimeSpan Now => (Record.Count == 0 ? TimeSpan.Zero : Record[^1].At) + Away;

    /// <summary>Batches that stood beside the first one, each with its place in a campaign, in the order they were added.</summary>
    public IReadOnlyList<PlannedBatch> Further { get; init; } = [];

    public PlantController ComeBack(RigDefinition rig, ControlRecipe recipe, IReadOnlyList<IBus> buses, IJournal journal) =>
        PlantController.Recover(rig, [new PlannedBatch(PlantController.FirstBatch, recipe, PlannedStart.AtOnce), .. Further], buses, UnitOperationCatalogue.All, journal, Record, Away);
}
