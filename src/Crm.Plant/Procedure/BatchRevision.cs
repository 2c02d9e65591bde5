using System.Collections.Immutable;

namespace Crm.Plant.Procedure;

/// <summary>A change of a running batch, waiting for another person's review and taken as a whole: adjustable formula values, steps to come, or both.</summary>
/// <param name="By">Author.</param>
/// <param name="Values">In the unit of each parameter.</param>
public sealed record BatchRevision(string By, TimeSpan At, string Reason, ImmutableSortedDictionary<string, double> Values)
{
    /// <summary>In the record: the recipe as it is written after the change. With it a controller that comes back reads what the batch runs on.</summary>
    public const string TextKey = "steps.text";

    /// <summary>In the record: hash of the procedure after the change, with its blocks.</summary>
    public const string HashKey = "steps.hash";

    /// <summary>Other steps; null when only values change.</summary>
    public StepRevision? Steps { get; init; }
}

/// <summary>Other steps for a running batch: the recipe anew, for the same rig, with what differs from the one it runs on.</summary>
/// <param name="Recipe">Its slots begin with those of the recipe the batch runs on, in their order: phases that run read values by slot.</param>
/// <param name="Against">Hash of the procedure it was compared with: a batch that runs on another by now takes it no more.</param>
/// <param name="Changes">In the order of the procedure.</param>
/// <param name="Advice">What the checks of its chemistry have to say, for author and reviewer.</param>
public sealed record StepRevision(ControlRecipe Recipe, string Against, ImmutableArray<StepChange> Changes, ImmutableArray<string> Advice);

/// <summary>One step that is new, gone, moved or different.</summary>
/// <param name="Was">Id in the recipe the batch runs on; empty for a new step.</param>
/// <param name="Is">Id from now on; empty for a step that is gone.</param>
/// <param name="Words">In process words.</param>
public sealed record StepChange(string Was, string Is, string Words);
