using Crm.Plant.Records;
using Crm.Plant.Rigs;

namespace Crm.Plant.UnitOperations;

/// <summary>Crystallises by a reagent (soda ash into hot lithium liquor): doses a mass as fast as the corridor lets it, then flushes the line.</summary>
public sealed class ReactCrystalliseOperation : IUnitOperation
{
    private static readonly TimeSpan TareTime = TimeSpan.FromSeconds(4);

    /// <summary>Share of the line's full rate below which a pump does not dose evenly.</summary>
    private const double LeastPumpShare = 0.03;

    /// <summary>The pump slows so that what remains would last this long.</summary>
    private static readonly TimeSpan Taper = TimeSpan.FromSeconds(20);

    public UnitOperationDescription Description { get; } = new(
        "crystallise_react",
        "Crystallise by reagent",
        "Doses a mass of reagent, slower when the supersaturation reaches the top of its corridor, with seeding; flushes the dosing line and ages.",
        [],
        [
            DosingLines.Reagent,
            ParameterDefinition.Number("amount", "Amount", "kg", 0.001, 1000, null, "Mass of reagent as bought."),
            ParameterDefinition.Number("rate", "Rate", "kg/h", 0.001, 1000, null, "Dosing rate at the foot of the corridor."),
            Surroundings.Temperature(optional: false),
            ParameterDefinition.Number("age", "Ageing", "s", 0, 604800, 0, "Time at temperature after dosing."),
            ParameterDefinition.Number("flush", "Flush", "s", 0, 600, 20, "Time the dosing line is flushed, after dosing and before it goes on after a hold; where the unit has a flush valve."),
            Corridor.Low, Corridor.Top, Seeding.Seed, Seeding.Rate,
            Surroundings.Agitator,
        ],
        [
            Surroundings.TemperatureTag(true), Surroundings.Loop(true), Corridor.Tag, Seeding.Feeder, Seeding.Proof,
            new("flush_valve", RoleKind.Output, "on/off", false, "Flushes the dosing line, so that it does not set."),
            Surroundings.AgitatorOutput, Surroundings.AgitatorSpeed,
        ],
        ["at any time: the pump stops, what was dosed stays counted"],
        RepeatSafe: false)
    {
        Effects =
        [
            new("pump on", "drum scale falls", TimeSpan.FromSeconds(45), "pump or line"),
            new("seed feeder on", "turbidity rises", Seeding.ShowTime, "seeds do not show"),
            new("drive stands", "supersaturation falls", Corridor.ComesDown, "does not come down"),
        ],
    };

    public PhaseMemory Begin(PhaseContext context) => ReactCrystalliseMemory.Fresh;

    /// <summary>The line has stood with reagent: it is flushed before dosing goes on.</summary>
    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory)
    {
        var react = (ReactCrystalliseMemory)memory;
        return react with { Tally = react.Tally.Reopened(), Rate = 0, Corridor = Corridor.Fresh, Flushed = TimeSpan.Zero, InStage = TimeSpan.Zero };
    }

    public PhaseMemory? Recover(IReadOnlyList<BatchEvent> recorded) =>
        DosingTally.Recovered(recorded) is { } tally ? ReactCrystalliseMemory.Fresh with { Tally = tally, Flushed = TimeSpan.Zero } : null;

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var react = (ReactCrystalliseMemory)memory;
        string reagent = context.Name("reagent");
        if (context.DosingLine(reagent) is not { } line) return context.Faulted(react, $"{context.Unit.Name} has no dosing line for {reagent}");
        string? fault = context.Maintain() ?? context.Unusable("temperature", "supersaturation") ?? context.UnusableTag(line.Scale, "scale of " + reagent);
        if (fault is not null) return context.Faulted(react with { Rate = 0 }, fault);
        DosingTally tally = react.Tally.Next(context.Read(line.Scale).Value, react.Rate, context.Elapsed, context.Rig.Tags[line.Scale].StandardUncertainty, reagent, out string? pump);
        Seeding seeds = react.Seeds.Next(context, out string? unseen);
        Corridor corridor = react.Corridor.Next(context, out string? high);
        react = react with { Tally = tally, Seeds = seeds, Corridor = corridor, InStage = react.InStage + context.Elapsed };
        fault = pump ?? unseen ?? high;
        return fault is not null ? context.Faulted(react with { Rate = 0 }, fault) : Act(context, react, line);
    }

    public void End(PhaseContext context, PhaseMemory memory)
    {
        var react = (ReactCrystalliseMemory)memory;
        if (context.DosingLine(context.Name("reagent")) is not { } line || double.IsNaN(react.Tally.Tare)) return;
        DosingTally.Account(context, line, Math.Max(react.Tally.GoneBy(context.Read(line.Scale)), 0), context.Number("amount"));
    }

    private static PhaseStep Act(PhaseContext context, ReactCrystalliseMemory react, DosingLine line)
    {
        double amount = context.Number("amount");
        if (double.IsNaN(react.Tally.Tare))
        {
            context.Pump(line, 0);
            if (react.InStage < TareTime) return new(react, PhaseVerdict.Continue, $"reading the {line.Reagent} scale", 0);
            DosingTally tared = react.Tally.Tared();
            tared.RecordTare(context, line.Reagent);
            return new(react with { Tally = tared }, PhaseVerdict.Continue, "starting", 0);
        }

        double lacks = amount - react.Tally.Dosed - (react.Rate * DosingTally.Smoothing.TotalHours);
        bool dosed = react.Dosed || lacks <= 0;
        bool flushes = context.HasOutput("flush_valve") && react.Flushed < context.SecondsOr("flush", 20);
        if (dosed != react.Dosed) flushes = context.HasOutput("flush_valve");
        react = react with { Dosed = dosed, Flushed = dosed != react.Dosed ? TimeSpan.Zero : react.Flushed + context.Elapsed, Aged = dosed ? react.Aged + context.Elapsed : TimeSpan.Zero };
        context.Drive("flush_valve", flushes ? 1 : 0);
        double speed = dosed || flushes ? 0 : react.Seeds.Waits(context) && context.Read("supersaturation").Value >= context.Number("corridor_low") ? 0 : Corridor.Speed(context);
        double most = Math.Min(context.Number("rate") * speed, lacks / Taper.TotalHours);
        double rate = context.Pump(line, speed > 0 ? Math.Max(most, LeastPumpShare * line.FullRate) : 0);
        bool done = dosed && !flushes && react.Aged >= context.SecondsOr("age", 0);
        string doing = $"{react.Tally.Dosed.F()} of {amount.F()} kg {line.Reagent}, supersaturation {context.Read("supersaturation").Value.F()}"
            + (flushes ? ", flushing the line" : dosed ? $", ageing {react.Aged.TotalMinutes.F("0")} min" : react.Seeds.Waits(context) ? ", waits for seeds" : "");
        return new(react with { Rate = rate }, done ? PhaseVerdict.Done : PhaseVerdict.Continue, doing, Inputs.Share(react.Tally.Dosed, amount));
    }
}

/// <param name="Rate">kg/h the pump was last told.</param>
/// <param name="Dosed">All reagent is in.</param>
/// <param name="Flushed">Time the line has been flushed since dosing ended or a hold.</param>
public sealed record ReactCrystalliseMemory(
    DosingTally Tally, double Rate, Seeding Seeds, Corridor Corridor, bool Dosed, TimeSpan Flushed, TimeSpan Aged, TimeSpan InStage) : PhaseMemory
{
    public static readonly ReactCrystalliseMemory Fresh =
        new(DosingTally.Fresh, 0, Seeding.Fresh, Corridor.Fresh, false, TimeSpan.FromDays(1), TimeSpan.Zero, TimeSpan.Zero);
}
