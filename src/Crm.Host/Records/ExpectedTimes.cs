using Crm.Contracts;
using Crm.Host.Service;
using Crm.Host.Workshop;
using Crm.Plant.Balances;
using Crm.Plant.Procedure;

namespace Crm.Host.Records;

/// <summary>When the steps of a batch are to be expected: as the twin predicted for it, else as an earlier batch of its recipe took.</summary>
internal static class ExpectedTimes
{
    /// <summary>Earlier batches looked at, the newest first.</summary>
    private const int Most = 50;

    private static readonly ExpectedCourse unknown = new("", "", 0, []);

    /// <param name="recipeOf">Recipe that a batch on record ran on; null when it is not at hand.</param>
    public static ExpectedCourse Of(RigService rig, RecordBook book, RecordedBatch batch, ControlRecipe recipe, Func<RecordedBatch, ControlRecipe?> recipeOf)
    {
        var kept = rig.Place is { } place ? Predictions.Of(place).Read(batch.Key) : null;
        if (kept is { Steps.Count: > 0 } && kept.Identity == FrozenRecipe.Identity(recipe)) return new ExpectedCourse("prediction", kept.At, kept.Seconds, kept.Steps);
        foreach (var earlier in book.Batches().Where(b => b.Key != batch.Key && b.State == nameof(Plant.Phases.PhaseState.Complete)).Take(Most))
        {
            if (recipeOf(earlier) is not { } its || its.Id != recipe.Id) continue;
            var (seconds, steps) = Course([.. BatchFile.Record(rig, earlier, book.Entries(earlier), its, isCurrent: false, withTrends: false).Result.Timeline.Select(Step)]);
            return new ExpectedCourse("batch", earlier.Key, seconds, steps);
        }

        return unknown;
    }

    /// <summary>The same steps counted from the first of them, which is START, and how long all took, s.</summary>
    public static (double Seconds, IReadOnlyList<ExpectedStep> Steps) Course(IReadOnlyList<ExpectedStep> steps)
    {
        if (steps.Count == 0) return (0, steps);
        double start = steps.Min(s => s.From);
        return (steps.Max(s => s.To) - start, [.. steps.OrderBy(s => s.From).Select(s => new ExpectedStep(s.Step, Math.Round(s.From - start, 1), Math.Round(s.To - start, 1)))]);
    }

    private static ExpectedStep Step(StepSpan span) => new(span.Step, span.From.TotalSeconds, span.To.TotalSeconds);
}
