using System.Collections.Immutable;
using Crm.Control;
using Crm.Host.Checkpoints;
using Crm.Host.Runs;
using Crm.Plant.Balances;
using Crm.Plant.Phases;
using Crm.Plant.Ports;
using Crm.Plant.Records;
using Crm.Plant.Twins;

namespace Crm.Host.Ensembles;

/// <summary>One batch of an ensemble: what was drawn for it and what came of it.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Seed">Of noise and laboratory scatter; another in every member.</param>
/// <param name="Multipliers">In the order of the twin's uncertain parameters.</param>
/// <param name="Good">In specification, balances closed, recovery reached.</param>
public sealed record EnsembleMember(
    int Number, int Seed, ImmutableArray<double> Multipliers, BatchOutcome Outcome, string Reason, TimeSpan Lasted, bool Good, BatchResult Result)
{
    /// <summary>Runs the batch on a twin that departs from its file by the multipliers. Nothing is written: the result is all that is kept.</summary>
    /// <param name="to">When its moment has come the run ends there; null: it runs to its end.</param>
    public static EnsembleMember Run(
        RunInputs inputs, IReadOnlyList<PlantFault> faults, int number, int seed, ImmutableArray<double> multipliers, Interrupt interrupt, MomentWatch? to = null)
    {
        TwinDefinition twin = inputs.Twin.Uncertain.Zip(multipliers).Aggregate(inputs.Twin, (t, drawn) => drawn.First.Apply(t, drawn.Second));
        var events = ImmutableArray.CreateBuilder<BatchEvent>();
        var totals = new UtilityTotals(inputs.Rig);
        var rig = new TwinRig(inputs with { Twin = twin }, seed, new UnwrittenJournal()) { Unattended = true };
        foreach (PlantFault fault in faults) rig.Inject(fault);
        rig.Control.OnEvent = events.Add;
        rig.Control.OnFrame = totals.Observe;
        to?.Follow(rig.Control);
        RunEnd ended = TwinRun.ToItsEnd(rig, null, _ => { }, interrupt, to is null ? null : to.HasCome);
        events.Add(totals.Note(ended.At, ended.Scan));
        BatchResult result = BatchBalance.Compute(events.ToImmutable(), inputs.Recipe.Product, inputs.Rig.Reagents, ended.At);
        bool good = ended.Outcome == BatchOutcome.Complete && RunSummary.IsGood(result, inputs.Recipe.Product);
        return new EnsembleMember(number, seed, multipliers, ended.Outcome, ended.Reason, ended.At, good, result);
    }
}
