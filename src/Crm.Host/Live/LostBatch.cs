using Crm.Control;
using Crm.Plant.Campaigns;
using Crm.Plant.Ports;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Differences;

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

    /// <param name="recipe">What the first batch was started with.</param>
    /// <exception cref="InvalidDataException">A change of its steps is on record that cannot be read again.</exception>
    public PlantController ComeBack(RigDefinition rig, ControlRecipe recipe, IReadOnlyList<IBus> buses, IJournal journal) => PlantController.Recover(
        rig, [.. All(recipe).Select(b => b with { Recipe = Revised(b, rig) ?? throw new InvalidDataException($"the recipe of batch {b.Name} does not read again") })],
        buses, UnitOperationCatalogue.All, journal, Record, Away);

    /// <summary>The first batch whose steps were changed while it ran to something that cannot be read any more; null when there is none.</summary>
    public PlannedBatch? Unreadable(ControlRecipe recipe, RigDefinition rig) => All(recipe).FirstOrDefault(b => Revised(b, rig) is null);

    private IEnumerable<PlannedBatch> All(ControlRecipe recipe) => Further.Prepend(new PlannedBatch(PlantController.FirstBatch, recipe, PlannedStart.AtOnce));

    /// <summary>What a batch ran on in the end: the recipe it was started with, or that of the last change of its steps that was accepted.</summary>
    private ControlRecipe? Revised(PlannedBatch batch, RigDefinition rig) =>
        Record.LastOrDefault(e => e.Kind == BatchEventKind.Revision && e.Batch == batch.Name && e.Data.ContainsKey(BatchRevision.TextKey)) is { } change
            ? RevisionText.Again(batch.Recipe, change.Data[BatchRevision.TextKey], change.Data[BatchRevision.HashKey], UnitOperationCatalogue.Descriptions, rig)
            : batch.Recipe;
}
