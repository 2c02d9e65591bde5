using System.Collections.Concurrent;
using System.Collections.Immutable;
using Crm.Host.Runs;
using Crm.Plant.Ports;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Twins;
using Crm.Twin.Uncertainty;

namespace Crm.Host.Ensembles;

/// <summary>How strongly a parameter moves a figure.</summary>
/// <param name="Strength">Standardised rank coefficient, -1..1; its square is about the share of the scatter.</param>
public readonly record struct Driver(string Parameter, double Strength);

/// <summary>One figure over the members that finished: nine of ten lie in the interval.</summary>
/// <param name="Missed">Members that finished and miss the bound.</param>
/// <param name="Drivers">Parameters that chance does not explain, strongest first.</param>
public sealed record EnsembleFigure(FigureDefinition Definition, Interval Interval, int Members, int Missed, ImmutableArray<Driver> Drivers);

/// <summary>Many batches on twins that differ as far as their numbers are unknown: what can be promised of the recipe, and what to measure first.</summary>
/// <param name="Asked">Members asked for; fewer were run when it was interrupted.</param>
public sealed record Ensemble(
    string Recipe, string RecipeHash, string Rig, string TwinHash, int Seed, int Asked, ImmutableArray<UncertainParameter> Parameters,
    ImmutableArray<EnsembleMember> Members, ImmutableArray<EnsembleFigure> Figures)
{
    /// <summary>What was typed to run one batch of it: <c>crm run RECIPE --set …</c>, without seed and parameters.</summary>
    public string Command { get; init; } = "crm run";

    /// <summary>What all members have otherwise than the twin file.</summary>
    public ImmutableArray<TwinChange> TwinChanges { get; init; } = [];

    public IEnumerable<EnsembleMember> Finished => Members.Where(m => m.Outcome == BatchOutcome.Complete);

    /// <param name="jobs">Members run at a time; the result does not depend on it.</param>
    /// <param name="done">After each member, from any thread.</param>
    public static Ensemble Run(RunInputs inputs, IReadOnlyList<PlantFault> faults, int members, int seed, int jobs, Action<EnsembleMember> done, Interrupt interrupt)
    {
        ImmutableArray<ImmutableArray<double>> drawn = LatinHypercube.Draw(inputs.Twin.Uncertain, members, seed);
        var ran = new ConcurrentBag<EnsembleMember>();
        Parallel.For(0, members, new ParallelOptions { MaxDegreeOfParallelism = jobs }, (i, loop) =>
        {
            if (interrupt.Asked) loop.Stop();
            if (loop.IsStopped) return;
            EnsembleMember member = EnsembleMember.Run(inputs, faults, i + 1, seed + i, drawn[i], interrupt);
            if (member.Outcome == BatchOutcome.Interrupted) return;
            ran.Add(member);
            done(member);
        });
        return Of(inputs.Recipe, inputs.Rig.Name, inputs.Twin, seed, members, [.. ran.OrderBy(m => m.Number)]);
    }

    internal static Ensemble Of(ControlRecipe recipe, string rig, TwinDefinition twin, int seed, int asked, ImmutableArray<EnsembleMember> members)
    {
        ImmutableArray<EnsembleMember> finished = [.. members.Where(m => m.Outcome == BatchOutcome.Complete)];
        return new Ensemble(
            recipe.Id, recipe.ContentHash, rig, twin.ContentHash, seed, asked, twin.Uncertain, members,
            [.. FigureDefinition.Of(recipe.Product, finished).Select(f => Figure(f, twin.Uncertain, finished)).Where(f => f.Members > 0)])
        { TwinChanges = twin.Changes };
    }

    private static EnsembleFigure Figure(FigureDefinition definition, ImmutableArray<UncertainParameter> parameters, ImmutableArray<EnsembleMember> finished)
    {
        EnsembleMember[] told = [.. finished.Where(m => double.IsFinite(definition.Value(m)))];
        double[] values = [.. told.Select(definition.Value)];
        double[] strengths = Drivers.Of([.. parameters.Select((_, i) => told.Select(m => m.Multipliers[i]).ToArray())], values);
        var drivers = parameters.Select((p, i) => new Driver(p.Name, strengths[i])).Where(d => d.Strength != 0).OrderByDescending(d => Math.Abs(d.Strength));
        return new EnsembleFigure(definition, Interval.Of(values), told.Length, values.Count(v => v < definition.Least || v > definition.Most), [.. drivers]);
    }
}
