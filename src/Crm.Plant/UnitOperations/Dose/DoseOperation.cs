using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>Doses a mass of a reagent by the loss in weight of its drum.</summary>
public sealed class DoseOperation : IUnitOperation
{
    /// <summary>The pump slows so that what remains would last this long, and the last grams do not overshoot.</summary>
    private static readonly TimeSpan Taper = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan TareTime = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(8);

    /// <summary>Part of <see cref="SettleTime"/> in which the smoothed scale comes to rest.</summary>
    private static readonly TimeSpan Calms = TimeSpan.FromSeconds(2);

    /// <summary>kg that the drum may lose from then on, of a pump that has stopped.</summary>
    private const double StillFalls = 0.002;

    /// <summary>Share of the line's full rate below which a pump does not dose evenly.</summary>
    private const double LeastPumpShare = 0.03;

    public UnitOperationDescription Description { get; } = new(
        "dose",
        "Dose",
        "Doses a mass of reagent at a rate or over a time, measured by the loss in weight of its drum; slows at the end.",
        [],
        [
            DosingLines.Reagent,
            ParameterDefinition.Number("amount", "Amount", "kg", 0, 1000, null, "Mass of reagent as bought."),
            ParameterDefinition.Number("rate", "Rate", "kg/h", 0.001, 1000, null, "Dosing rate at most; absent: the line's full rate, or amount over time.", optional: true),
            ParameterDefinition.Number("over", "Over", "s", 1, 86400, null, "Time over which the amount is spread evenly.", optional: true),
            Surroundings.Temperature(),
            Surroundings.Agitator,
            ParameterDefinition.Number("outstanding", "Outstanding", "kg", 0.001, 1000, null, "Unreacted reagent at most, estimated with the half-life; above it the pump pauses.", optional: true),
            ParameterDefinition.Number("half_life", "Half-life", "s", 1, 86400, 600, "Half-life of the reagent in the vessel, for the estimate of what is outstanding."),
            ParameterDefinition.Number("flush", "Flush", "s", 0, 600, 0, "Time the dosing line is flushed after the dose, so that nothing sets in it; where the unit has a flush valve."),
        ],
        [
            new("flush_valve", RoleKind.Output, "on/off", false, "Flushes the dosing line with water."),
            Surroundings.Loop(false), Surroundings.AgitatorOutput, Surroundings.AgitatorSpeed,
        ],
        ["at any time: the pump stops, what was dosed stays counted"],
        RepeatSafe: false)
    {
        Effects = [new("pump on", "drum scale falls", TimeSpan.FromSeconds(45), "pump or line"), new("pump off", "drum scale stays", TimeSpan.FromSeconds(45), "delivers too much")],
    };

    public PhaseMemory Begin(PhaseContext context) => DoseMemory.Fresh with { At = context.Contact };

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory)
    {
        var dose = (DoseMemory)memory;
        dose = dose with { Tally = dose.Tally.Reopened(), Rate = 0 };
        // Back from a lost controller nobody knows what has not reacted: the most that the step allows is taken to be there.
        return dose.At == TimeSpan.Zero ? dose with { At = context.Contact, Outstanding = context.NumberOr("outstanding", 0) } : dose;
    }

    public PhaseMemory? Recover(IReadOnlyList<BatchEvent> recorded) =>
        DosingTally.Recovered(recorded) is { } tally ? DoseMemory.Fresh with { Stage = DoseStage.Dosing, Tally = tally } : null;

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var dose = (DoseMemory)memory;
        string reagent = context.Name("reagent");
        if (context.DosingLine(reagent) is not { } line) return context.Faulted(dose, $"{context.Unit.Name} has no dosing line for {reagent}");
        if (context.Maintain() is { } still) return context.Faulted(dose, still);
        if (context.UnusableTag(line.Scale, "scale of " + reagent) is { } unusable) return context.Faulted(dose, unusable);

        TagDefinition scale = context.Rig.Tags[line.Scale];
        DosingTally tally = dose.Tally.Next(context.Read(line.Scale).Value, dose.Rate, context.Elapsed, scale.StandardUncertainty, reagent, out string? fault);
        dose = dose with { Tally = tally, Outstanding = Remaining(context, dose), At = context.Contact, InStage = dose.InStage + context.Elapsed };
        double amount = context.Number("amount");
        fault ??= RunsWithoutEnd(tally, amount, reagent);
        if (fault is not null) return context.Faulted(dose with { Rate = 0 }, fault);
        return dose.Stage switch
        {
            DoseStage.Taring => Taring(context, dose, line, amount),
            DoseStage.Dosing => Dosing(context, dose, line, amount),
            DoseStage.Flushing => Flushing(context, dose, line),
            _ => Settling(context, dose, line, amount),
        };
    }

    public void End(PhaseContext context, PhaseMemory memory)
    {
        var dose = (DoseMemory)memory;
        if (context.DosingLine(context.Name("reagent")) is not { } line || double.IsNaN(dose.Tally.Tare)) return;
        double gone = dose.Stage is DoseStage.Flushing or DoseStage.Done ? dose.Tally.Dosed : dose.Tally.GoneBy(context.Read(line.Scale));
        DosingTally.Account(context, line, Math.Max(gone, 0), context.Number("amount"));
    }

    private static PhaseStep Taring(PhaseContext context, DoseMemory dose, DosingLine line, double amount)
    {
        context.Pump(line, 0);
        if (amount <= 0) return new(dose with { Stage = DoseStage.Done, Rate = 0 }, PhaseVerdict.Done, "nothing to dose", 1);
        if (dose.InStage < TareTime) return new(dose, PhaseVerdict.Continue, $"reading the {line.Reagent} scale", 0);
        DosingTally tared = dose.Tally.Tared();
        tared.RecordTare(context, line.Reagent);
        return new(dose with { Stage = DoseStage.Dosing, Tally = tared, InStage = TimeSpan.Zero }, PhaseVerdict.Continue, "starting", 0);
    }

    private static PhaseStep Dosing(PhaseContext context, DoseMemory dose, DosingLine line, double amount)
    {
        double underWay = dose.Rate * DosingTally.Smoothing.TotalHours;
        double remaining = amount - dose.Tally.Dosed - underWay;
        if (remaining <= 0)
        {
            context.Pump(line, 0);
            return new(dose with { Stage = DoseStage.Settling, Rate = 0, InStage = TimeSpan.Zero }, PhaseVerdict.Continue, "settling", 1);
        }

        bool waits = dose.Waits ? dose.Outstanding > 0.8 * context.NumberOr("outstanding", double.MaxValue) : dose.Outstanding > context.NumberOr("outstanding", double.MaxValue);
        double tapered = Math.Max(LeastPumpShare * line.FullRate, remaining / Taper.TotalHours);
        double rate = context.Pump(line, waits ? 0 : Math.Min(AskedRate(context, line, amount), tapered));
        string doing = $"dosing {dose.Tally.Dosed.F()} of {amount.F()} kg {line.Reagent}" + (waits ? $", waits: {dose.Outstanding.F()} kg outstanding" : "");
        return new(dose with { Rate = rate, Waits = waits }, PhaseVerdict.Continue, doing, Inputs.Share(dose.Tally.Dosed, amount));
    }

    private static PhaseStep Settling(PhaseContext context, DoseMemory dose, DosingLine line, double amount)
    {
        context.Pump(line, 0);
        string doing = $"dosed {dose.Tally.Dosed.F("0.000")} of {amount.F("0.000")} kg {line.Reagent}";
        if (dose.Stage == DoseStage.Done) return new(dose with { Rate = 0 }, PhaseVerdict.Done, doing, 1);
        if (dose.InStage < Calms) dose = dose with { Calm = dose.Tally.Scale.Value };
        if (dose.InStage < SettleTime) return new(dose, PhaseVerdict.Continue, doing, 1);
        // A pump that does not stop is looked at until the tally names it: once the step is over nobody would.
        if (dose.Calm - dose.Tally.Scale.Value > StillFalls) return new(dose with { InStage = TimeSpan.Zero }, PhaseVerdict.Continue, doing + ", the drum still falls", 1);
        bool lacks = amount - dose.Tally.Dosed > Math.Max(0.01 * amount, 0.005);
        bool flushes = context.HasOutput("flush_valve") && context.SecondsOr("flush", 0) > TimeSpan.Zero;
        DoseStage next = lacks ? DoseStage.Dosing : flushes ? DoseStage.Flushing : DoseStage.Done;
        return new(dose with { Stage = next, InStage = TimeSpan.Zero }, next == DoseStage.Done ? PhaseVerdict.Done : PhaseVerdict.Continue, doing, 1);
    }

    /// <summary>A hold in between begins it anew by the phase-state table; what was flushed before counts all the same.</summary>
    private static PhaseStep Flushing(PhaseContext context, DoseMemory dose, DosingLine line)
    {
        TimeSpan time = context.SecondsOr("flush", 0);
        bool over = dose.InStage >= time;
        context.Pump(line, 0);
        context.Drive("flush_valve", over ? 0 : 1);
        string doing = $"flushing the {line.Reagent} line, {dose.InStage.TotalSeconds.F("0")} of {time.TotalSeconds.F("0")} s";
        return new(over ? dose with { Stage = DoseStage.Done, Rate = 0 } : dose with { Rate = 0 }, over ? PhaseVerdict.Done : PhaseVerdict.Continue, doing, 1);
    }

    private static double AskedRate(PhaseContext context, DosingLine line, double amount)
    {
        double rate = context.NumberOr("rate", line.FullRate);
        return context.Has("over") ? Math.Min(rate, amount / context.SecondsOr("over", 1).TotalHours) : rate;
    }

    /// <summary>Estimate of what has not reacted yet, kg: grows by what the pump gives, decays all the time (contact clock).</summary>
    private static double Remaining(PhaseContext context, DoseMemory dose)
    {
        TimeSpan since = context.Contact - dose.At;
        double decayed = dose.Outstanding * Math.Exp(-Math.Log(2) * since.TotalSeconds / context.NumberOr("half_life", 600));
        return decayed + (dose.Rate * context.Elapsed.TotalHours);
    }

    /// <summary>Catches amounts too small for the scale to be judged window by window.</summary>
    private static string? RunsWithoutEnd(DosingTally tally, double amount, string reagent) =>
        tally.Commanded > (1.5 * amount) + 0.1
            ? $"{reagent} pump or line: {tally.Dosed.F()} kg gone, {tally.Commanded.F()} kg expected since the start: pump worn"
            : null;
}

public enum DoseStage
{
    Taring,
    Dosing,
    Settling,
    Flushing,
    Done,
}

/// <param name="Rate">kg/h the pump was last told.</param>
/// <param name="Outstanding">Estimate of the unreacted reagent, kg.</param>
/// <param name="At">Contact clock at the last step.</param>
/// <param name="Waits">The pump pauses until less is outstanding.</param>
public sealed record DoseMemory(DoseStage Stage, DosingTally Tally, double Rate, double Outstanding, TimeSpan At, TimeSpan InStage, bool Waits) : PhaseMemory
{
    /// <summary>Scale when it had come to rest after the pump stopped, kg; NaN before.</summary>
    public double Calm { get; init; } = double.NaN;

    public static readonly DoseMemory Fresh = new(DoseStage.Taring, DosingTally.Fresh, 0, 0, TimeSpan.Zero, TimeSpan.Zero, false);
}
