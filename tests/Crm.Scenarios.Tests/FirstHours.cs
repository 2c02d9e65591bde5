using System.Globalization;

namespace Crm.Scenarios.Tests;

/// <summary>
/// One undisturbed run over the first eight hours, forked on its way; every scenario about the leach starts from one of its forks, so
/// that the hours before are computed once.
/// </summary>
public sealed class FirstHours
{
    /// <summary>Seed of the plant under test.</summary>
    internal const long Seed = 7;

    private static readonly TimeSpan Length = TimeSpan.FromHours(8);
    private static readonly TimeSpan FirstInstant = TimeSpan.FromMinutes(31);

    public FirstHours()
    {
        IsDeep = Environment.GetEnvironmentVariable("CRM_DEEP") == "1";
        InstantSeed = int.TryParse(Environment.GetEnvironmentVariable("CRM_SEED"), CultureInfo.InvariantCulture, out int seed) ? seed : 20260101;
        var instants = new Queue<TimeSpan>(Instants());
        var plant = new LithiumPlant(Seed);
        var trace = new RunTrace();
        var forks = new List<LithiumPlant>();
        plant.RunTo(Length, p =>
        {
            if (p.Now <= RunTrace.Length) trace.Add(p);
            if (BetweenPhases is null && p.Now >= OnceWrong[0]) BetweenPhases = p.Fork();
            if (Filling is null && p.Now >= TimeSpan.FromMinutes(40)) Filling = p.Fork();
            if (BeforeAcid is null && p.Now >= TimeSpan.FromMinutes(83)) BeforeAcid = p.Fork();
            if (Dosing is null && p.Now >= TimeSpan.FromMinutes(200) && p.IsDoing("leach/peroxide")) Dosing = p.Fork();
            if (instants.Count == 0 || p.Now < instants.Peek()) return;
            while (instants.Count > 0 && p.Now >= instants.Peek()) instants.Dequeue();
            if (IsDeep) ForkChecks.All(p, Findings);
            else forks.Add(p.Fork());
            Checked++;
        });
        foreach (var fork in forks) ForkChecks.All(fork, Findings);
        trace.Take(plant.Events);
        Trace = trace;
    }

    /// <summary>At full size a fork after every scan, a quarter of an hour of processor time; sampled otherwise.</summary>
    internal bool IsDeep { get; }

    internal int InstantSeed { get; }

    internal int Checked { get; private set; }

    internal SortedDictionary<string, List<string>> Findings { get; } = new(StringComparer.Ordinal);

    /// <summary>The phase that covers the impeller is COMPLETING.</summary>
    internal LithiumPlant? BetweenPhases { get; private set; }

    /// <summary>Water in the reactor and stirred, the first portion asked for; no temperature control on.</summary>
    internal LithiumPlant? Filling { get; private set; }

    internal LithiumPlant? BeforeAcid { get; private set; }

    /// <summary>Peroxide going in at 70 degC.</summary>
    internal LithiumPlant? Dosing { get; private set; }

    internal RunTrace Trace { get; }

    /// <summary>Instants at which a cell was once found wrong; tried on every run, whatever the seed.</summary>
    private static readonly TimeSpan[] OnceWrong =
    [
        new(0, 0, 33, 22, 400),
        new(0, 0, 33, 35, 900),
        new(0, 0, 37, 19, 600),
        new(0, 1, 24, 23, 300),
        new(0, 2, 17, 1, 400),
        new(0, 7, 22, 43, 100),
    ];

    private IEnumerable<TimeSpan> Instants()
    {
        TimeSpan span = Length - FirstInstant;
        if (IsDeep) return Enumerable.Range(0, (int)(span / LithiumPlant.Rig.ScanPeriod)).Select(s => FirstInstant + s * LithiumPlant.Rig.ScanPeriod);
        const int samples = 120;
        var random = new Random(InstantSeed);
        return Enumerable.Range(0, samples).Select(i => FirstInstant + span * ((i + random.NextDouble()) / samples)).Concat(OnceWrong).Order();
    }
}

[CollectionDefinition(Name)]
public sealed class FirstHoursShared : ICollectionFixture<FirstHours>
{
    public const string Name = "first hours";
}
