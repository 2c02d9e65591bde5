using System.Collections.Immutable;
using Crm.Actors;
using Crm.Plant.Allocation;
using Crm.Plant.Campaigns;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;

namespace Crm.Control;

/// <summary>One batch of the plant: its frozen recipe, what walks it and where it stands.</summary>
/// <param name="chainOf">What stands against commands to a batch that is walked by an interpreter.</param>
internal sealed class BatchOnRig(ProcedureInterpreter interpreter, Func<ProcedureInterpreter, CommandChain> chainOf, BatchMemory memory)
{
    public int Number => Memory.Number;

    public string Id => Memory.Id;

    /// <summary>Frozen; another only by a reviewed change of steps to come.</summary>
    public ControlRecipe Recipe => Interpreter.Recipe;

    public ProcedureInterpreter Interpreter { get; private set; } = interpreter;

    public CommandChain Chain { get; private set; } = chainOf(interpreter);

    public BatchMemory Memory { get; } = memory;

    public BatchState State => Memory.State;

    /// <summary>Its place in a campaign.</summary>
    public PlannedStart Plan { get; init; } = PlannedStart.AtOnce;

    public ActorRef<BatchMessage> Actor { get; set; }

    /// <summary>What its record told after a lost controller; null for a batch that was begun here.</summary>
    public RecoveredBatch? Recovered { get; init; }

    public ImmutableArray<InterruptedStep> Interrupted { get; set; } = [];

    public IReadOnlyList<BatchEvent> RecordBefore { get; set; } = [];

    public RecoveryAssessment? Assessment { get; set; }

    /// <summary>Other steps, which a review has accepted.</summary>
    public void Revise(StepRevision steps)
    {
        Interpreter = Interpreter.Revised(State, steps, Memory.Image);
        Chain = chainOf(Interpreter);
    }

    public BatchOnRig Fork(PlantRecord record)
    {
        BatchMemory memory = Memory.Fork(record);
        return new BatchOnRig(Interpreter, chainOf, memory)
        {
            Recovered = Recovered is { } back ? back with { State = memory.State } : null,
            Interrupted = Interrupted,
            RecordBefore = RecordBefore,
            Assessment = Assessment,
            Plan = Plan,
        };
    }
}

/// <summary>A batch of the plant, in a line.</summary>
/// <param name="Units">Units that are its own now.</param>
/// <param name="Waits">What it waits for of others: <c>filter2, held by batch B7 since 3:12</c>; empty when nothing.</param>
public sealed record BatchView(string Id, string Recipe, string Version, PhaseState State, string Reason, ImmutableArray<string> Units, string Waits)
{
    public bool IsOver => State is PhaseState.Complete or PhaseState.Stopped or PhaseState.Aborted;
}

/// <summary>A unit or service that is taken.</summary>
/// <param name="Amount">In <paramref name="Measure"/>; 1 for a unit.</param>
public sealed record AllocationView(string Resource, string Owner, double Amount, string Measure, TimeSpan Since)
{
    internal static AllocationView Of(AllocationState state, Holding holding) =>
        new(holding.Resource, holding.Owner, holding.Amount, state.Resource(holding.Resource)?.Measure ?? "", holding.Since);
}
