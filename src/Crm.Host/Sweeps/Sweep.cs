using System.Collections.Concurrent;
using System.Collections.Immutable;
using Crm.Host.Checkpoints;
using Crm.Host.CommandLine;
using Crm.Host.Ensembles;
using Crm.Host.Runs;
using Crm.Plant.Ports;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Recipes.Procedures;

namespace Crm.Host.Sweeps;

/// <summary>One run of a sweep.</summary>
/// <param name="At">Which value of each axis it has.</param>
/// <param name="Came">It came to the moment asked for; of a sweep to the end, it completed.</param>
public sealed record SweepPoint(ImmutableArray<int> At, bool Came, EnsembleMember Member);

/// <summary>
/// The batch once for every combination of the values that are varied, all with the same seed: what differs between two runs is what was varied.
/// The result depends neither on how many run at a time nor on the shards it was dealt into.
/// </summary>
/// <param name="Points">In the order of the combinations, the last axis fastest.</param>
/// <param name="Figures">What is told of each run.</param>
public sealed record Sweep(
    ControlRecipe Recipe, string Rig, int Seed, ImmutableArray<VaryAxis> Axes, Moment? To, Shard Shard, int Asked, ImmutableArray<SweepPoint> Points, ImmutableArray<FigureDefinition> Figures)
{
    public const int MostRuns = 100_000;

    /// <summary>How many of the asked runs are this shard's.</summary>
    public int Own => Enumerable.Range(0, Asked).Count(Shard.Takes);

    /// <param name="jobs">Runs at a time.</param>
    /// <param name="done">After each run, from any thread.</param>
    /// <exception cref="UsageException">The recipe refuses a value, or has no such step; every one is named.</exception>
    public static Sweep Run(
        RunInputs inputs, IReadOnlyList<PlantFault> faults, ImmutableArray<VaryAxis> axes, Moment? to, Shard shard, int seed, int jobs, Action<SweepPoint> done, Interrupt interrupt)
    {
        long all = axes.Aggregate(1L, (n, axis) => Math.Min(n * axis.Values.Length, long.MaxValue / 1000));
        if (all > MostRuns) throw new UsageException($"--vary: {all} runs, {MostRuns} at most");
        if (to?.Unknown([inputs.Recipe]) is { } unknown) throw new UsageException($"--to {to.Words}: {unknown}");
        int[] mine = [.. Enumerable.Range(0, (int)all).Where(shard.Takes)];
        ControlRecipe[] recipes = Recipes(inputs.Recipe, axes, mine);
        var points = new ConcurrentBag<(int Run, SweepPoint Point)>();
        Parallel.For(0, mine.Length, new ParallelOptions { MaxDegreeOfParallelism = jobs }, (i, loop) =>
        {
            if (interrupt.Asked) loop.Stop();
            if (loop.IsStopped) return;
            MomentWatch? until = to is null ? null : new MomentWatch(to);
            EnsembleMember member = EnsembleMember.Run(inputs with { Recipe = recipes[i] }, faults, mine[i] + 1, seed, [], interrupt, until);
            if (interrupt.Asked && member.Outcome == BatchOutcome.Interrupted) return;
            var point = new SweepPoint(Places(axes, mine[i]), until?.HasCome(member.Lasted) ?? member.Outcome == BatchOutcome.Complete, member);
            points.Add((mine[i], point));
            done(point);
        });
        ImmutableArray<SweepPoint> ordered = [.. points.OrderBy(p => p.Run).Select(p => p.Point)];
        return new Sweep(inputs.Recipe, inputs.Rig.Name, seed, axes, to, shard, (int)all, ordered, SweepFigures.Of(inputs.Recipe.Product, to, ordered));
    }

    /// <summary>Which value of each axis a run has.</summary>
    public static ImmutableArray<int> Places(ImmutableArray<VaryAxis> axes, int run)
    {
        int[] at = new int[axes.Length];
        for (int a = axes.Length - 1; a >= 0; a--) (run, at[a]) = Math.DivRem(run, axes[a].Values.Length);
        return [.. at];
    }

    private static ControlRecipe[] Recipes(ControlRecipe recipe, ImmutableArray<VaryAxis> axes, int[] runs)
    {
        var problems = new List<string>();
        foreach (VaryAxis axis in axes)
            problems.AddRange(axis.Values.Select(v => (Value: v, FormulaSetting.Apply(recipe, axis.Name, v).Refusal)).Where(v => v.Refusal is not null).Select(v => $"--vary {axis.Name}={v.Value}: {v.Refusal}"));
        if (problems.Count > 0) throw new UsageException(string.Join("\n     ", problems.Distinct()));
        return [.. runs.Select(run => FormulaSetting.ApplyAll(recipe, axes.Zip(Places(axes, run)).ToDictionary(v => v.First.Name, v => v.First.Values[v.Second], StringComparer.Ordinal)).Value)];
    }
}
