namespace Crm.Scenarios.Tests;

/// <summary>One undisturbed run, forked when each of some steps has been on for a while; each fault meets a copy of its own.</summary>
internal sealed class RunMoments
{
    private static readonly TimeSpan every = TimeSpan.FromSeconds(5);

    private readonly SortedDictionary<string, PilotRun> forks = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, TimeSpan> since = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, double> minutes;
    private TimeSpan next;

    /// <param name="minutes">By step: how long it has been on when the run is forked.</param>
    public RunMoments(IReadOnlyDictionary<string, double> minutes) => this.minutes = minutes;

    /// <param name="longest">Plant time after which a step that never came is given up.</param>
    public RunMoments(PilotRun plant, IReadOnlyDictionary<string, double> minutes, TimeSpan longest)
        : this(minutes)
    {
        for (; forks.Count < minutes.Count && plant.Now < longest; plant.Scan()) Look(plant.Now, plant.IsDoing, plant.Fork);
        Story = plant.Story;
    }

    /// <summary>Where the run stood when looking ended.</summary>
    public string Story { get; set; } = "";

    /// <summary>Forks the run where a step has been on for long enough.</summary>
    public void Look(TimeSpan now, Func<string, bool> isDoing, Func<PilotRun> fork)
    {
        if (now < next || forks.Count == minutes.Count) return;
        next = now + every;
        foreach ((string moment, double least) in minutes)
        {
            if (forks.ContainsKey(moment) || !isDoing(moment)) continue;
            if (!since.TryGetValue(moment, out TimeSpan start)) since[moment] = now;
            else if (now - start >= TimeSpan.FromMinutes(least)) forks[moment] = fork();
        }
    }

    public PilotRun At(string moment) => forks.TryGetValue(moment, out PilotRun? run) ? run : throw new InvalidOperationException($"the run never came to {moment}: {Story}");
}
