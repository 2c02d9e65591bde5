using System.Collections.Concurrent;
using Crm.Host.Runs;
using Crm.Plant.Twins;

namespace Crm.Host.Scenarios;

/// <summary>Several scenarios: those that begin at moments of the same undisturbed run share it, each going on from the plant as it was there.</summary>
internal static class ScenarioSet
{
    public static ScenarioResult[] Run(IReadOnlyList<(Scenario Scenario, RunInputs Inputs)> set, int jobs)
    {
        var results = new ScenarioResult[set.Count];
        var starts = new ConcurrentDictionary<(string Run, string Moment), ScenarioStart>();
        int[] fromTheStart = [.. Enumerable.Range(0, set.Count).Where(i => set[i].Scenario.From.Length == 0)];
        int[] later = [.. Enumerable.Range(0, set.Count).Except(fromTheStart)];
        var shared = later.GroupBy(i => ScenarioStart.Key(set[i].Scenario, set[i].Inputs), StringComparer.Ordinal).Select(g => (Action)(() =>
        {
            foreach (var (moment, start) in ScenarioStart.Reach(set[g.First()].Inputs, set[g.First()].Scenario.Seed, g.Select(i => set[i].Scenario.From))) starts[(g.Key, moment)] = start;
        }));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = jobs };
        Parallel.Invoke(parallel, [.. shared, .. fromTheStart.Select(i => (Action)(() => results[i] = new ScenarioRun(set[i].Scenario, set[i].Inputs).Run()))]);
        Parallel.ForEach(later, parallel, i =>
        {
            (Scenario scenario, RunInputs inputs) = set[i];
            ScenarioStart start = starts[(ScenarioStart.Key(scenario, inputs), scenario.From)];
            results[i] = start.Image is null ? ScenarioRun.NotBegun(scenario, start) : new ScenarioRun(scenario, inputs, start).Run();
        });
        return results;
    }
}
