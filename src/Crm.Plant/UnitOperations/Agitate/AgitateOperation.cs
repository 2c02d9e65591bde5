namespace Crm.Plant.UnitOperations;

/// <summary>Sets the agitator and does nothing else.</summary>
public sealed class AgitateOperation : IUnitOperation
{
    public UnitOperationDescription Description { get; } = new(
        "agitate",
        "Agitate",
        "Sets the agitator's speed; ends by the step's until, after a time, or at once at speed 0. The speed stays when the phase has ended.",
        [],
        [
            ParameterDefinition.Number("speed", "Speed", "rpm", 0, 1000, null, "Agitator speed."),
            ParameterDefinition.Number("for", "For", "s", 0, 604800, null, "Time; absent: ends by the step's conditions.", optional: true),
        ],
        [
            Surroundings.AgitatorOutput with { Required = true }, Surroundings.AgitatorSpeed,
        ],
        [],
        RepeatSafe: true)
    {
        Effects =
        [
            Surroundings.Turns,
        ],
    };

    public PhaseMemory Begin(PhaseContext context) => NoMemory.Instance;

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory) => memory;

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        if (context.Agitate("speed") is { } still) return context.Faulted(memory, still);
        double speed = context.Number("speed");
        bool done = speed == 0 || (context.Has("for") && context.Contact >= context.SecondsOr("for", 0));
        double progress = context.Has("for") ? Inputs.Share(context.Contact / context.SecondsOr("for", 1), 1) : double.NaN;
        return new(memory, done ? PhaseVerdict.Done : PhaseVerdict.Continue, speed == 0 ? "agitator off" : $"agitating at {speed.F("0")} rpm", progress);
    }
}

/// <summary>Memory of operations that need none.</summary>
public sealed record NoMemory : PhaseMemory
{
    public static readonly NoMemory Instance = new();
}
