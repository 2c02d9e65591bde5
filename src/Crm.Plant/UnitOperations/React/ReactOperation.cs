namespace Crm.Plant.UnitOperations;

/// <summary>Holds a temperature while a reaction runs.</summary>
public sealed class ReactOperation : IUnitOperation
{
    /// <summary>K from the temperature within which the reaction time counts.</summary>
    private const double Near = 3;

    public UnitOperationDescription Description { get; } = new(
        "react",
        "React",
        "Holds temperature and agitation; ends by the step's until or at_most, or after a time at temperature.",
        [],
        [
            Surroundings.Temperature(optional: false),
            ParameterDefinition.Number("for", "For", "s", 0, 604800, null, "Contact time from the moment the temperature was first reached; absent: ends by the step's conditions.", optional: true),
            Surroundings.Agitator,
        ],
        [
            Surroundings.TemperatureTag(true), Surroundings.Loop(true), Surroundings.AgitatorOutput, Surroundings.AgitatorSpeed,
        ],
        [],
        RepeatSafe: true)
    {
        Effects =
        [
            new("loop to the temperature", "temperature comes", TimeSpan.FromMinutes(12), "does not come to temperature"),
            Surroundings.Turns,
        ],
    };

    public PhaseMemory Begin(PhaseContext context) => ReactMemory.Fresh;

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory) => (ReactMemory)memory with { Comes = ThermalWatch.Fresh };

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var react = (ReactMemory)memory;
        if (context.Unusable("temperature") is { } unusable) return context.Faulted(react, unusable);
        if (context.Maintain() is { } still) return context.Faulted(react, still);
        double temperature = context.Read("temperature").Value;
        double asked = context.Number("temperature");
        react = react with { Comes = react.Comes.Next(temperature, asked, asked > temperature ? +1 : -1, context.Elapsed, out bool stays) };
        if (stays) return context.Faulted(react, $"{context.Unit.Name} does not come to temperature: {temperature.F("0.0")} degC, {asked.F("0.0")} degC asked");
        if (react.Reached is null && Math.Abs(temperature - context.Number("temperature")) <= Near) react = react with { Reached = context.Contact };

        TimeSpan time = react.Reached is { } since ? context.Contact - since : TimeSpan.Zero;
        bool timed = context.Has("for");
        bool done = timed && react.Reached is not null && time >= context.SecondsOr("for", 0);
        string doing = react.Reached is null
            ? $"coming to temperature: {temperature.F("0.0")} of {context.Number("temperature").F("0.0")} degC"
            : $"reacting {time.TotalMinutes.F("0")} min" + (timed ? $" of {context.SecondsOr("for", 0).TotalMinutes.F("0")} min" : "") + $" at {temperature.F("0.0")} degC";
        double progress = timed ? Inputs.Share(time / context.SecondsOr("for", 1), 1) : double.NaN;
        return new(react, done ? PhaseVerdict.Done : PhaseVerdict.Continue, doing, progress);
    }
}

/// <param name="Reached">Contact clock when the temperature was first reached.</param>
public sealed record ReactMemory(TimeSpan? Reached) : PhaseMemory
{
    public static readonly ReactMemory Fresh = new((TimeSpan?)null);

    /// <summary>Does the temperature come, and come back when it was lost?</summary>
    public ThermalWatch Comes { get; init; } = ThermalWatch.Fresh;
}
