using Crm.Host.Checkpoints;
using Crm.Host.Runs;
using Crm.Plant.Phases;
using Crm.Plant.Quantities;
using Crm.Plant.Twins;

namespace Crm.Host.Scenarios;

/// <summary>Where a scenario begins: the plant at its moment, or why that never came.</summary>
public sealed record ScenarioStart(TimeSpan At, byte[]? Image, string Problem)
{
    /// <summary>How often the steps are looked at, plant time.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    /// <summary>Scenarios with the same key have one undisturbed run in common.</summary>
    public static string Key(Scenario scenario, RunInputs inputs) => string.Join('\n',
        [inputs.RecipePath, FormattableString.Invariant($"{scenario.Seed}"), .. scenario.Settings.Select(s => $"{s.Key}={s.Value}"), "", .. scenario.TwinSettings.Select(s => $"{s.Key}={s.Value}")]);

    /// <summary>Runs undisturbed through all the moments and keeps the plant at each.</summary>
    public static IReadOnlyDictionary<string, ScenarioStart> Reach(RunInputs inputs, int seed, IEnumerable<string> moments)
    {
        var plant = new ScenarioPlant(inputs, seed);
        SortedDictionary<string, ScenarioStart> reached = new(StringComparer.Ordinal);
        List<(string Words, Moment Moment, TimeSpan? Begun)> open = [.. moments.Distinct(StringComparer.Ordinal).Select(Opened)];
        for (TimeSpan look = TimeSpan.Zero; open.Count > 0 && Blocked(plant.Rig) is null;)
        {
            plant.Rig.Scan();
            if (plant.Rig.Now < look) continue;
            look = plant.Rig.Now + Round;
            for (int i = open.Count - 1; i >= 0; i--)
            {
                (string words, Moment moment, TimeSpan? begun) = open[i];
                if (begun is null && moment.HasBegun(plant.Rig)) open[i] = (words, moment, begun = plant.Rig.Now);
                if (begun is null || plant.Rig.Now < begun + moment.After) continue;
                reached[words] = new ScenarioStart(plant.Rig.Now, plant.Image(), "");
                open.RemoveAt(i);
            }
        }

        foreach ((string words, _, _) in open) reached[words] = new ScenarioStart(plant.Rig.Now, null, $"the moment {words} never came: {Blocked(plant.Rig)}");
        return reached;
    }

    private static (string Words, Moment Moment, TimeSpan? Begun) Opened(string words)
    {
        Moment moment = Moment.Parse(words);
        return (words, moment, moment.Step.Length == 0 ? TimeSpan.Zero : null);
    }

    private static string? Blocked(TwinRig rig) =>
        rig.Control.BatchState is PhaseState.Held or PhaseState.Stopped or PhaseState.Aborted or PhaseState.Complete ? $"the batch was {rig.Control.BatchState} at {PlantClock.Text(rig.Now)}{(rig.Control.BatchReason.Length > 0 ? ": " + rig.Control.BatchReason : "")}"
        : rig.Now > Moment.Longest ? $"not within {Moment.Longest.TotalDays:0} days" : null;
}
