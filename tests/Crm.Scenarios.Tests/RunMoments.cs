namespace Crm.Scenarios.Tests;

/// <summary>One undisturbed run, forked when each of some steps has been on for a while; each fault meets a copy of its own.</summary>
internal sealed class RunMoments
{
    private readonly SortedDictionary<string, PilotRun> forks = new(StringComparer.Ordinal);
    private readonly PilotRun plant;

    /// <param name="minutes">By step: how long it has been on when the run is forked.</param>
    /// <param name="longest">Plant time after which a step that never came is given up.</param>
    public RunMoments(PilotRun plant, IReadOnlyDictionary<string, double> minutes, TimeSpan longest)
    {
        this.plant = plant;
        SortedDictionary<string, TimeSpan> since = new(StringComparer.Ordinal);
        for (TimeSpan look = TimeSpan.Zero; forks.Count < minutes.Count && plant.Now < longest; plant.Scan())
        {
            if (plant.Now < look) continue;
            look = plant.Now + TimeSpan.FromSeconds(5);
            foreach ((string moment, double least) in minutes)
            {
                if (forks.ContainsKey(moment) || !plant.IsDoing(moment)) continue;
                if (!since.TryGetValue(moment, out TimeSpan start)) since[moment] = plant.Now;
                else if (plant.Now - start >= TimeSpan.FromMinutes(least)) forks[moment] = plant.Fork();
            }
        }
    }

    public PilotRun At(string moment) => forks.TryGetValue(moment, out PilotRun? run) ? run : throw new InvalidOperationException($"the run never came to {moment}: {plant.Story}");
}
