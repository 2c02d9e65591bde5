using Crm.Host.Checkpoints;
using Crm.Host.Runs;
using Crm.Plant.Phases;
using Crm.Plant.Quantities;
using Crm.Plant.Twins;

namespace Crm.Host.Scenarios;

/// <summary>Where a scenario begins: the plant at its moment, or why that never came.</summary>
public sealed record ScenarioStart(TimeSpan At, byte[]? Image, string Problem)
{
    /// <summary>Scenarios with the same key have one undisturbed run in common.</summary>
    public static string Key(Scenario scenario, RunInputs inputs) => string.Join('\n',
        [inputs.RecipePath, FormattableString.Invariant($"{scenario.Seed}"), .. scenario.Settings.Select(s => $"{s.Key}={s.Value}"), "", .. scenario.TwinSettings.Select(s => $"{s.Key}={s.Value}")]);

    /// <summary>Runs undisturbed through all the moments and keeps the plant at each.</summary>
    public static IReadOnlyDictionary<string, ScenarioStart> Reach(RunInputs inputs, int seed, IEnumerable<string> moments)
    {
        var plant = new ScenarioPlant(inputs, seed);
        SortedDictionary<string, ScenarioStart> reached = new(StringComparer.Ordinal);
        List<(string Words, MomentWatch Watch)> open = [.. moments.Distinct(StringComparer.Ordinal).Select(words => (words, new MomentWatch(Moment.Parse(words))))];
        foreach ((_, MomentWatch watch) in open) watch.Follow(plant.Rig.Control);
        while (open.Count > 0 && Blocked(plant.Rig) is null)
        {
            plant.Rig.Scan();
            for (int i = open.Count - 1; i >= 0; i--)
            {
                if (!open[i].Watch.HasCome(plant.Rig.Now)) continue;
                reached[open[i].Words] = new ScenarioStart(plant.Rig.Now, plant.Image(), "");
                open.RemoveAt(i);
            }
        }

        foreach ((string words, _) in open) reached[words] = new ScenarioStart(plant.Rig.Now, null, $"the moment {words} never came: {Blocked(plant.Rig)}");
        return reached;
    }

    private static string? Blocked(TwinRig rig) =>
        rig.Control.BatchState is PhaseState.Held or PhaseState.Stopped or PhaseState.Aborted or PhaseState.Complete ? $"the batch was {rig.Control.BatchState} at {PlantClock.Text(rig.Now)}{(rig.Control.BatchReason.Length > 0 ? ": " + rig.Control.BatchReason : "")}"
        : rig.Now > Moment.Longest ? $"not within {Moment.Longest.TotalDays:0} days" : null;
}
