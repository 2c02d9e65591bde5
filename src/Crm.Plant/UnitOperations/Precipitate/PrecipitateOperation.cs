using Crm.Plant.Records;

namespace Crm.Plant.UnitOperations;

/// <summary>Neutralises or precipitates: doses to a pH and holds it while the solids age, topping up what ageing takes.</summary>
public sealed class PrecipitateOperation : IUnitOperation
{
    private static readonly DoseToPhOperation dosing = new();

    private static readonly TimeSpan FarTime = TimeSpan.FromMinutes(10);

    public UnitOperationDescription Description { get; } = new(
        "precipitate",
        "Precipitate",
        "Doses to a pH in pulses, then ages the solids at that pH, topping up when it drifts back.",
        [],
        [
            .. dosing.Description.Parameters,
            ParameterDefinition.Number("age", "Ageing", "s", 0, 604800, 1800, "Time at the pH after it was reached first."),
            ParameterDefinition.Number("drift", "Drift", "pH", 0.02, 2, 0.2, "The pH may drift back this far before it is topped up."),
        ],
        dosing.Description.Roles,
        ["between pulses", "while ageing"],
        RepeatSafe: false)
    {
        Effects =
        [
            new("pump on", "drum scale falls", TimeSpan.FromSeconds(45), "pump or line"),
            new("a quarter of the amount allowed in", "pH moves", TimeSpan.FromHours(1), "pH does not move"),
            new("ageing", "pH stays near", FarTime, "is past"),
        ],
    };

    public PhaseMemory Begin(PhaseContext context) => new PrecipitateMemory((DoseToPhMemory)dosing.Begin(context), TimeSpan.Zero, false, default);

    /// <summary>The dosing part starts small again: no surge of base after a hold.</summary>
    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory)
    {
        var solids = (PrecipitateMemory)memory;
        return solids with { Dosing = (DoseToPhMemory)dosing.Resume(context, solids.Dosing), Past = default };
    }

    public PhaseMemory? Recover(IReadOnlyList<BatchEvent> recorded) =>
        dosing.Recover(recorded) is DoseToPhMemory memory ? new PrecipitateMemory(memory, TimeSpan.Zero, false, default) : null;

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var solids = (PrecipitateMemory)memory;
        bool ages = solids.Reached && solids.Dosing.Stage == DoseToPhStage.Done;
        double lacks = solids.Dosing.Direction * (context.Number("target") - context.Read("ph").Value);
        bool drifted = ages && !context.Read("ph").IsBad && lacks > context.Number("drift");
        if (drifted) solids = solids with { Dosing = solids.Dosing with { Stage = DoseToPhStage.Mix, InStage = TimeSpan.Zero, Pulses = solids.Dosing.Pulses.Restarted() } };

        PhaseStep step = dosing.Step(context, solids.Dosing);
        solids = solids with { Dosing = (DoseToPhMemory)step.Memory };
        if (step.Verdict == PhaseVerdict.Fault) return step with { Memory = solids };
        bool reached = solids.Reached || step.Verdict == PhaseVerdict.Done;
        solids = solids with { Reached = reached, Aged = solids.Aged + (reached ? context.Elapsed : TimeSpan.Zero), Past = solids.Past.Next(reached && -lacks > 1, context.Elapsed) };
        if (solids.Past.For >= FarTime)
            return context.Faulted(solids, $"{context.Unit.Name} pH {context.Read("ph").Value.F()} is past {context.Number("target").F()} while ageing: reagent leaks in or electrode drifts");
        if (!reached) return step with { Memory = solids };
        TimeSpan age = context.SecondsOr("age", 0);
        bool done = solids.Aged >= age && solids.Dosing.Stage == DoseToPhStage.Done;
        string doing = $"ageing {solids.Aged.TotalMinutes.F("0")} of {age.TotalMinutes.F("0")} min, {step.Doing}";
        return new(solids, done ? PhaseVerdict.Done : PhaseVerdict.Continue, doing, age > TimeSpan.Zero ? Inputs.Share(solids.Aged / age, 1) : 1, null, step.AtPausePoint);
    }

    public void End(PhaseContext context, PhaseMemory memory) => dosing.End(context, ((PrecipitateMemory)memory).Dosing);
}

/// <param name="Aged">Time since the pH was reached first.</param>
/// <param name="Past">How long the pH has been far beyond the target.</param>
public sealed record PrecipitateMemory(DoseToPhMemory Dosing, TimeSpan Aged, bool Reached, Lasting Past) : PhaseMemory;
