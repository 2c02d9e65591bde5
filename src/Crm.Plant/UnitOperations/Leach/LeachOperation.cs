using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>Leaches suspended solids at temperature for a time, keeping the pH from rising by acid, slower when gas comes off.</summary>
public sealed class LeachOperation : IUnitOperation
{
    private static readonly TimeSpan TareTime = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan PhSmoothing = TimeSpan.FromSeconds(3);

    /// <summary>Acid goes on for at most this long, then it is mixed in and looked at.</summary>
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Mixing = TimeSpan.FromSeconds(45);

    /// <summary>K from the temperature that count as reached.</summary>
    private const double Near = 1.5;

    public UnitOperationDescription Description { get; } = new(
        "leach",
        "Leach",
        "Leaches at a temperature for a time; adds acid when the pH rises, and less when gas comes off.",
        [],
        [
            Surroundings.Temperature(optional: false),
            Surroundings.Agitator with { Optional = false, Meaning = "Speed that keeps the solids up." },
            ParameterDefinition.Number("for", "For", "s", 1, 604800, null, "Time at temperature (contact clock); absent: ends by the step's conditions.", optional: true),
            DosingLines.Reagent with { Optional = true, Meaning = "Acid that keeps the pH down; absent: none." },
            ParameterDefinition.Number("ph", "pH at most", "pH", 0, 14, 1.5, "Acid is added above this pH."),
            ParameterDefinition.Number("rate", "Rate", "kg/h", 0.001, 1000, null, "Acid rate at most; absent: the line's full rate.", optional: true),
            ParameterDefinition.Number("at_most_amount", "At most", "kg", 0.001, 1000, 1000, "Fault when this much acid did not keep the pH down."),
            ParameterDefinition.Number("vent", "Vent flow", "L/min", 0.1, 10000, null, "Above this vent flow no acid is added.", optional: true),
        ],
        [
            Surroundings.TemperatureTag(true), Surroundings.Loop(true), Surroundings.AgitatorOutput with { Required = true }, Surroundings.AgitatorSpeed,
            new("ph", RoleKind.Tag, "pH", false, "Tells when acid is used up."),
            new("vent_flow", RoleKind.Tag, "L/min", false, "Gas that comes off."),
        ],
        ["at any time: acid stops, what was dosed stays counted"],
        RepeatSafe: false)
    {
        Effects =
        [
            new("heater on", "temperature follows", TimeSpan.FromMinutes(12), "heater gives no heat"),
            new("acid pump on", "drum scale falls", TimeSpan.FromSeconds(45), "pump or line"),
            new("agitator on", "speed comes", TimeSpan.FromMinutes(1), "agitator does not turn"),
        ],
    };

    public PhaseMemory Begin(PhaseContext context) => LeachMemory.Fresh;

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory)
    {
        var leach = (LeachMemory)memory;
        return leach with { Tally = leach.Tally.Reopened(), Rate = 0, Doses = false, InStage = TimeSpan.Zero, Ph = Smoothed.Unset, Heat = ThermalWatch.Fresh };
    }

    public PhaseMemory? Recover(IReadOnlyList<BatchEvent> recorded) =>
        DosingTally.Recovered(recorded) is { } tally ? LeachMemory.Fresh with { Tally = tally } : null;

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var leach = (LeachMemory)memory;
        string? fault = context.Maintain() ?? context.Unusable("temperature");
        if (fault is not null) return context.Faulted(leach with { Rate = 0 }, fault);
        double temperature = context.Read("temperature").Value, asked = context.Number("temperature");
        leach = leach with { InStage = leach.InStage + context.Elapsed, Heat = leach.Heat.Next(temperature, asked, +1, context.Elapsed, out bool cold) };
        if (leach.Reached is null && Math.Abs(temperature - asked) <= Near) leach = leach with { Reached = context.Contact };
        if (cold) return context.Faulted(leach with { Rate = 0 }, $"{context.Unit.Name} heater gives no heat: {temperature.F("0.0")} degC, {asked.F("0.0")} degC asked{HeaterWatch.Cause(context)}");
        if (context.Has("reagent")) leach = Acid(context, leach, out fault);
        if (fault is not null) return context.Faulted(leach with { Rate = 0 }, fault);

        TimeSpan time = leach.Reached is { } since ? context.Contact - since : TimeSpan.Zero;
        bool done = context.Has("for") && leach.Reached is not null && time >= context.SecondsOr("for", 0);
        string doing = (leach.Reached is null ? $"coming to temperature: {temperature.F("0.0")} of {asked.F("0.0")} degC" : $"leaching {time.TotalMinutes.F("0")} min at {temperature.F("0.0")} degC")
            + (context.Has("reagent") ? $", pH {leach.Ph.Value.F()}, {leach.Tally.Dosed.F()} kg {context.Name("reagent")}" : "");
        if (done && context.Has("reagent") && context.DosingLine(context.Name("reagent")) is { } line) context.Pump(line, 0);
        return new(leach, done ? PhaseVerdict.Done : PhaseVerdict.Continue, doing, context.Has("for") ? Inputs.Share(time / context.SecondsOr("for", 1), 1) : double.NaN);
    }

    public void End(PhaseContext context, PhaseMemory memory)
    {
        var leach = (LeachMemory)memory;
        if (!context.Has("reagent") || context.DosingLine(context.Name("reagent")) is not { } line || double.IsNaN(leach.Tally.Tare)) return;
        DosingTally.Account(context, line, Math.Max(leach.Tally.GoneBy(context.Read(line.Scale)), 0), leach.Tally.Commanded);
    }

    private static LeachMemory Acid(PhaseContext context, LeachMemory leach, out string? fault)
    {
        string reagent = context.Name("reagent");
        if (context.DosingLine(reagent) is not { } line)
        {
            fault = $"{context.Unit.Name} has no dosing line for {reagent}";
            return leach;
        }

        fault = context.Unusable("ph") ?? context.UnusableTag(line.Scale, "scale of " + reagent);
        if (fault is not null) return leach;
        double scaleError = context.Rig.Tags[line.Scale].StandardUncertainty;
        leach = leach with
        {
            Tally = leach.Tally.Next(context.Read(line.Scale).Value, leach.Rate, context.Elapsed, scaleError, reagent, out fault),
            Ph = leach.Ph.Next(context.Read("ph").Value, context.Elapsed, PhSmoothing),
        };
        bool high = leach.Ph.Value > context.Number("ph");
        if (high && leach.Tally.Dosed >= context.Number("at_most_amount"))
            fault ??= $"{leach.Tally.Dosed.F()} kg {reagent} did not keep the pH at {context.Number("ph").F()}: it is {leach.Ph.Value.F()}";
        if (double.IsNaN(leach.Tally.Tare)) return Tared(context, leach, line);
        Reading vent = context.Read("vent_flow");
        bool gas = context.Has("vent") && (vent.IsBad || vent.Value > context.Number("vent"));
        bool doses = leach.Doses ? leach.InStage < Pulse && high && !gas : leach.InStage >= Mixing && high && !gas;
        double rate = context.Pump(line, doses && fault is null ? Math.Min(context.NumberOr("rate", line.FullRate), line.FullRate) : 0);
        return leach with { Rate = rate, Doses = doses, InStage = doses == leach.Doses ? leach.InStage : TimeSpan.Zero };
    }

    private static LeachMemory Tared(PhaseContext context, LeachMemory leach, DosingLine line)
    {
        context.Pump(line, 0);
        if (leach.InStage < TareTime) return leach;
        DosingTally tared = leach.Tally.Tared();
        tared.RecordTare(context, line.Reagent);
        return leach with { Tally = tared };
    }
}

/// <param name="Reached">Contact clock when the temperature was first reached.</param>
/// <param name="Rate">kg/h the acid pump was last told.</param>
/// <param name="Doses">In a pulse of acid.</param>
public sealed record LeachMemory(TimeSpan? Reached, DosingTally Tally, Smoothed Ph, double Rate, bool Doses, TimeSpan InStage, ThermalWatch Heat) : PhaseMemory
{
    public static readonly LeachMemory Fresh = new(null, DosingTally.Fresh, Smoothed.Unset, 0, false, TimeSpan.Zero, ThermalWatch.Fresh);
}
