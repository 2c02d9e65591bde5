using Crm.Plant.Records;
using Crm.Plant.Rigs;

namespace Crm.Plant.UnitOperations;

/// <summary>Feeds liquor and doses reagent in ratio to what has really come in; both wait while too much reagent is unreacted.</summary>
public sealed class DoseRatioOperation : IUnitOperation
{
    /// <summary>The pump makes up for what is behind in this time.</summary>
    private static readonly TimeSpan CatchUp = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan TareTime = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan BehindTime = TimeSpan.FromMinutes(3);

    /// <summary>Share of the reagent that may be missing, and kg that always may.</summary>
    private const double BehindShare = 0.15;
    private const double BehindLeast = 0.05;

    public UnitOperationDescription Description { get; } = new(
        "dose_ratio",
        "Dose in ratio",
        "Feeds liquor along a line and doses reagent in ratio to the metered feed; both pause while too much reagent is unreacted.",
        [],
        [
            DosingLines.Reagent,
            Pipework.From,
            ParameterDefinition.Number("ratio", "Ratio", "kg/L", 0.0001, 10, null, "kg of reagent for every litre fed."),
            ParameterDefinition.Number("feed", "Feed", "L/h", 0.1, 10000, null, "Flow of the feed."),
            ParameterDefinition.Number("volume", "Volume", "L", 0.1, 10000, null, "Volume to feed; absent: until the source is empty.", optional: true),
            Pipework.Leave(),
            ParameterDefinition.Number("outstanding", "Outstanding", "kg", 0.001, 1000, null, "Unreacted reagent at most, by its half-life; above it feed and pump pause.", optional: true),
            ParameterDefinition.Number("half_life", "Half-life", "s", 1, 86400, 600, "Half-life of the reagent in the vessel."),
            Surroundings.Temperature(),
            Surroundings.Agitator,
        ],
        [
            new("feed_flow", RoleKind.Tag, "L/h", true, "Meters the feed that the ratio counts on."),
            Surroundings.Loop(false), Surroundings.AgitatorOutput, Surroundings.AgitatorSpeed,
        ],
        ["at any time: both pumps stop, what was dosed stays counted"],
        RepeatSafe: false)
    {
        Effects =
        [
            new("feed pump on", "feed meter shows it", TimeSpan.FromMinutes(1), "line blocked or pump does not run"),
            new("reagent pump on", "drum scale falls", TimeSpan.FromSeconds(45), "pump or line"),
            new("reagent in ratio", "dosed mass follows the feed", BehindTime, "falls behind its ratio"),
        ],
    };

    public PhaseMemory Begin(PhaseContext context) => DoseRatioMemory.Fresh with { At = context.Contact };

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory)
    {
        var dose = (DoseRatioMemory)memory;
        dose = dose with { Tally = dose.Tally.Reopened(), Rate = 0, Feed = 0, Flow = FlowWatch.Fresh, Behind = default, Level = Smoothed.Unset };
        // Back from a lost controller nobody knows what has not reacted: the most that the step allows is taken to be there.
        return double.IsNaN(dose.Fed) ? dose with { At = context.Contact, Outstanding = context.NumberOr("outstanding", 0) } : dose;
    }

    /// <summary>The scale knows what was dosed; what was fed follows from the ratio.</summary>
    public PhaseMemory? Recover(IReadOnlyList<BatchEvent> recorded) =>
        DosingTally.Recovered(recorded) is { } tally ? DoseRatioMemory.Fresh with { Tally = tally, Fed = double.NaN } : null;

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var dose = (DoseRatioMemory)memory;
        string reagent = context.Name("reagent"), from = context.Name("from");
        if (context.DosingLine(reagent) is not { } line) return context.Faulted(dose, $"{context.Unit.Name} has no dosing line for {reagent}");
        if (context.Line(from, context.Unit.Name) is not { } feed) return context.Faulted(dose, context.NoLine(from));
        string? fault = context.Maintain() ?? context.Unusable("feed_flow") ?? context.UnusableTag(line.Scale, "scale of " + reagent)
            ?? context.UnusableTag(context.TagOf(from, "level"), from + ".level");
        if (fault is not null) return context.Faulted(dose with { Rate = 0, Feed = 0 }, fault);

        dose = Seen(context, dose, line, feed, out fault);
        if (fault is not null) return context.Faulted(dose with { Rate = 0, Feed = 0 }, fault);
        if (double.IsNaN(dose.Tally.Tare)) return Taring(context, dose, line, feed);
        return Feeding(context, dose, line, feed);
    }

    public void End(PhaseContext context, PhaseMemory memory)
    {
        var dose = (DoseRatioMemory)memory;
        if (context.DosingLine(context.Name("reagent")) is not { } line || double.IsNaN(dose.Tally.Tare)) return;
        DosingTally.Account(context, line, Math.Max(dose.Tally.GoneBy(context.Read(line.Scale)), 0), context.Number("ratio") * dose.Fed);
    }

    private static DoseRatioMemory Seen(PhaseContext context, DoseRatioMemory dose, DosingLine line, TransferLine feed, out string? fault)
    {
        double flow = Math.Max(context.Read("feed_flow").Value, 0);
        double decay = Math.Exp(-Math.Log(2) * (context.Contact - dose.At).TotalSeconds / context.NumberOr("half_life", 600));
        double scaleError = context.Rig.Tags[line.Scale].StandardUncertainty;
        DosingTally tally = dose.Tally.Next(context.Read(line.Scale).Value, dose.Rate, context.Elapsed, scaleError, line.Reagent, out string? pump);
        FlowWatch watch = dose.Flow.Next(flow, dose.Feed, feed.FullRate, context.Elapsed, $"{feed.From} to {context.Unit.Name}", out fault);
        dose = dose with
        {
            Tally = tally,
            Flow = watch,
            Fed = (double.IsNaN(dose.Fed) ? tally.Dosed / context.Number("ratio") : dose.Fed) + (double.IsNaN(tally.Tare) ? 0 : flow * context.Elapsed.TotalHours),
            Outstanding = (dose.Outstanding * decay) + (dose.Rate * context.Elapsed.TotalHours),
            At = context.Contact,
            Level = dose.Level.Next(context.Read(context.TagOf(feed.From, "level")).Value, context.Elapsed, Inputs.LevelSmoothing),
            InStage = dose.InStage + context.Elapsed,
        };
        double lacks = (context.Number("ratio") * dose.Fed) - tally.Dosed;
        dose = dose with { Behind = dose.Behind.Next(lacks > BehindLeast + (BehindShare * tally.Dosed), context.Elapsed) };
        fault = pump ?? fault;
        if (fault is null && dose.Behind.For >= BehindTime)
            fault = $"{line.Reagent} falls behind its ratio: {tally.Dosed.F()} kg for {dose.Fed.F("0.0")} L, {(context.Number("ratio") * dose.Fed).F()} kg due";
        return dose;
    }

    private static PhaseStep Taring(PhaseContext context, DoseRatioMemory dose, DosingLine line, TransferLine feed)
    {
        context.Pump(line, 0);
        context.Pump(feed, 0);
        if (dose.InStage < TareTime) return new(dose, PhaseVerdict.Continue, $"reading the {line.Reagent} scale", 0);
        DosingTally tared = dose.Tally.Tared();
        tared.RecordTare(context, line.Reagent);
        return new(dose with { Tally = tared }, PhaseVerdict.Continue, "starting", 0);
    }

    private static PhaseStep Feeding(PhaseContext context, DoseRatioMemory dose, DosingLine line, TransferLine feed)
    {
        bool fedAll = dose.Ended || (context.Has("volume") ? dose.Fed >= context.Number("volume") : dose.Level.Value <= context.Bottom());
        double most = context.NumberOr("outstanding", double.MaxValue);
        bool waits = dose.Outstanding > (dose.Waits ? 0.8 * most : most);
        double lacks = (context.Number("ratio") * dose.Fed) - dose.Tally.Dosed - (dose.Rate * DosingTally.Smoothing.TotalHours);
        double asked = fedAll || waits ? 0 : Math.Min(context.Number("feed"), feed.FullRate);
        double rate = waits || lacks <= 0 ? 0 : Math.Min((context.Number("ratio") * asked) + (lacks / CatchUp.TotalHours), line.FullRate);
        bool done = fedAll && lacks <= 0.005;
        dose = dose with { Feed = context.Pump(feed, asked), Rate = context.Pump(line, done ? 0 : rate), Waits = waits, Ended = fedAll };
        string doing = $"{dose.Tally.Dosed.F()} kg {line.Reagent} for {dose.Fed.F("0.0")} L" + (waits ? $", waits: {dose.Outstanding.F()} kg outstanding" : "");
        return new(dose, done ? PhaseVerdict.Done : PhaseVerdict.Continue, doing, context.Has("volume") ? Inputs.Share(dose.Fed, context.Number("volume")) : double.NaN);
    }
}

/// <param name="Fed">L by the feed meter.</param>
/// <param name="Rate">kg/h the reagent pump was last told.</param>
/// <param name="Feed">L/h the feed pump was last told.</param>
/// <param name="Outstanding">Estimate of the unreacted reagent, kg; decays on the contact clock, also while held.</param>
public sealed record DoseRatioMemory(
    DosingTally Tally, double Fed, double Rate, double Feed, double Outstanding, TimeSpan At, TimeSpan InStage, bool Waits, bool Ended,
    FlowWatch Flow, Lasting Behind, Smoothed Level) : PhaseMemory
{
    public static readonly DoseRatioMemory Fresh =
        new(DosingTally.Fresh, 0, 0, 0, 0, TimeSpan.Zero, TimeSpan.Zero, false, false, FlowWatch.Fresh, default, Smoothed.Unset);
}
