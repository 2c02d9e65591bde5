using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>Boils liquor down to a level; with a source it is fed at constant level until the source is empty.</summary>
public sealed class EvaporateOperation : IUnitOperation
{
    /// <summary>Share of the working volume at which the level is kept while feeding.</summary>
    private const double KeptLevel = 0.85;

    /// <summary>L below the kept level at which the feed pump is fully open.</summary>
    private const double FeedBand = 3;

    /// <summary>Share of the pump's flow at which the last of the source is drawn in.</summary>
    private const double DrainShare = 0.5;

    public UnitOperationDescription Description { get; } = new(
        "evaporate",
        "Evaporate",
        "Boils down to a level. With a source: keeps the level by feed until the source is empty, then boils down.",
        [],
        [
            ParameterDefinition.Number("to", "To", "L", 0.1, 10000, null, "Level at the end."),
            Pipework.From with { Optional = true, Meaning = "Source of the feed; absent: what is in the unit." },
            ParameterDefinition.Number("temperature", "Temperature", "degC", 30, 150, null, "Setpoint of the loop; above the boiling point the heater gives all it has."),
            Surroundings.Agitator,
        ],
        [
            Surroundings.TemperatureTag(true), Surroundings.Loop(true),
            new("level", RoleKind.Tag, "L", true, "Tells how far it is."),
            new("condensate_flow", RoleKind.Tag, "L/h", true, "Proof that it boils."),
            new("feed_flow", RoleKind.Tag, "L/h", false, "Proof that it is fed."),
            Surroundings.AgitatorOutput, Surroundings.AgitatorSpeed,
        ],
        [],
        RepeatSafe: true)
    {
        Effects =
        [
            new("heater on", "temperature rises or condensate comes", TimeSpan.FromMinutes(20), "heater gives no heat"),
            new("at the setpoint", "condensate comes", TimeSpan.FromMinutes(20), "gives no condensate"),
            new("feed valve open", "feed meter shows it", TimeSpan.FromMinutes(4), "no feed from"),
            Surroundings.Turns,
        ],
    };

    public PhaseMemory Begin(PhaseContext context) => EvaporateMemory.Fresh;

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory) =>
        (EvaporateMemory)memory with { Level = Smoothed.Unset, Boiling = BoilingWatch.Fresh, NoFeed = default };

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var boil = (EvaporateMemory)memory;
        string? fault = context.Maintain() ?? context.Unusable("temperature", "level", "condensate_flow");
        if (fault is not null) return context.Faulted(boil, fault);
        Smoothed level = boil.Level.Next(context.Read("level").Value, context.Elapsed, TimeSpan.FromSeconds(10));
        boil = boil with { Level = level, Start = double.IsNaN(boil.Start) ? level.Value : boil.Start };
        if (!Feed(context, ref boil, out bool filling, out fault)) return context.Faulted(boil, fault!);

        double temperature = context.Read("temperature").Value;
        double condensate = context.Read("condensate_flow").Value;
        boil = boil with { Boiling = boil.Boiling.Next(temperature, condensate, filling, context, out fault), Condensed = boil.Condensed + (condensate * context.Elapsed.TotalHours) };
        if (fault is not null) return context.Faulted(boil, fault);
        double to = context.Number("to");
        bool done = boil.SourceEmpty && level.Value <= to;
        string doing = $"evaporating {level.Value.F("0.0")} to {to.F("0.0")} L at {temperature.F("0.0")} degC, {condensate.F("0.0")} L/h condensate" + (boil.SourceEmpty ? "" : ", feeding");
        return new(boil, done ? PhaseVerdict.Done : PhaseVerdict.Continue, doing, boil.SourceEmpty ? Inputs.Share(boil.Start - level.Value, boil.Start - to) : double.NaN);
    }

    /// <summary>Keeps the level from the source. False with a fault.</summary>
    private static bool Feed(PhaseContext context, ref EvaporateMemory boil, out bool filling, out string? fault)
    {
        filling = false;
        fault = null;
        if (boil.SourceEmpty) return true;
        if (!context.Has("from"))
        {
            boil = boil with { SourceEmpty = true };
            return true;
        }

        string from = context.Name("from");
        int tag = context.TagOf(from, "level");
        if (context.Line(from, context.Unit.Name) is not { } line) return Fails(context.NoLine(from), out fault);
        if (context.UnusableTag(tag, from + ".level") is { } unusable) return Fails(unusable, out fault);
        boil = boil with { Source = boil.Source.Next(context.Read(tag).Value, context.Elapsed, Inputs.LevelSmoothing) };
        boil = Fed(context, boil, line, out filling, out fault);
        return fault is null;
    }

    private static EvaporateMemory Fed(PhaseContext context, EvaporateMemory boil, TransferLine line, out bool filling, out string? fault)
    {
        double kept = Math.Max(KeptLevel * (context.Unit.WorkingVolume ?? 0), context.Number("to"));
        bool low = boil.Source.Value <= Pipework.EmptyLevel;
        double open = Math.Clamp((kept - boil.Level.Value) / FeedBand, 0, 1);
        double flow = line.FullRate * (low ? Math.Max(open, DrainShare) : open);
        Reading fed = context.Read("feed_flow");
        bool dry = context.HasTag("feed_flow") && !fed.IsBad && flow > 0.1 * line.FullRate && fed.Value < 0.2 * flow;
        boil = boil with
        {
            Below = boil.Below.Next(low, context.Elapsed),
            NoFeed = boil.NoFeed.Next(dry, context.Elapsed),
        };
        bool nothingComes = boil.NoFeed.For >= FilterParts.NoFlowTime;
        boil = boil with
        {
            SourceEmpty = boil.Below.For >= Pipework.RunOn || (nothingComes && boil.Source.Value <= FilterParts.Heel),
            Start = boil.Level.Value,
        };
        filling = flow > 0.3 * line.FullRate;
        context.Pump(line, boil.SourceEmpty ? 0 : flow);
        fault = nothingComes && !boil.SourceEmpty ? $"no feed from {line.From}: {fed.Value.F("0.0")} L/h, {flow.F("0.0")} L/h expected" : null;
        return boil;
    }

    private static bool Fails(string text, out string? fault)
    {
        fault = text;
        return false;
    }
}

/// <param name="Source">Level of the source, L.</param>
/// <param name="Start">Level when boiling down began, L.</param>
/// <param name="Condensed">L of condensate by its meter.</param>
public sealed record EvaporateMemory(
    Smoothed Level,
    Smoothed Source,
    double Start,
    double Condensed,
    bool SourceEmpty,
    Lasting Below,
    Lasting NoFeed,
    BoilingWatch Boiling) : PhaseMemory
{
    public static readonly EvaporateMemory Fresh = new(Smoothed.Unset, Smoothed.Unset, double.NaN, 0, false, default, default, BoilingWatch.Fresh);
}

/// <summary>Heat must show as a rising temperature or as condensate; judged over windows in which no cold feed fills the unit.</summary>
/// <param name="From">Temperature at the start of the window, degC; NaN before.</param>
/// <param name="Condensed">L in the window.</param>
public readonly record struct BoilingWatch(double From, double Condensed, TimeSpan Over)
{
    public static readonly BoilingWatch Fresh = new(double.NaN, 0, TimeSpan.Zero);

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(20);
    private const double LeastGain = 0.5;
    private const double LeastCondensate = 0.05;

    public BoilingWatch Next(double temperature, double condensate, bool filling, PhaseContext context, out string? fault)
    {
        fault = null;
        if (filling || double.IsNaN(From)) return new(temperature, 0, TimeSpan.Zero);
        BoilingWatch next = this with { Condensed = Condensed + (condensate * context.Elapsed.TotalHours), Over = Over + context.Elapsed };
        if (next.Over < Window) return next;
        if (temperature - From < LeastGain && next.Condensed < LeastCondensate)
        {
            bool hot = temperature >= context.Number("temperature") - 3;
            fault = hot
                ? $"{context.Unit.Name} gives no condensate at {temperature.F("0.0")} degC: it does not boil at this setpoint, or the condenser is blocked"
                : $"{context.Unit.Name} heater gives no heat: {temperature.F("0.0")} degC, no condensate in {Window.TotalMinutes.F("0")} min";
        }

        return new(temperature, 0, TimeSpan.Zero);
    }
}
