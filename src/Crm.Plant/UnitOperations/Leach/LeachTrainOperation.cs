using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>One tank of a leaching train: fed at a residence time, its level kept by what it passes on to the next.</summary>
public sealed class LeachTrainOperation : IUnitOperation
{
    /// <summary>L of level at which the discharge goes from nothing to twice the feed.</summary>
    private const double Band = 2;

    public UnitOperationDescription Description { get; } = new(
        "leach_train",
        "Leach in train",
        "Feeds the tank at a residence time and passes as much on, at constant level, until the source is empty.",
        [],
        [
            Pipework.From,
            ParameterDefinition.Named("to", "To", ParameterKind.Place, "Next tank of the train."),
            ParameterDefinition.Number("volume", "Volume", "L", 0.5, 10000, null, "Level that is kept."),
            ParameterDefinition.Number("residence", "Residence time", "s", 60, 604800, null, "Mean residence time: the feed is volume over this."),
            Surroundings.Temperature(),
            Surroundings.Agitator,
            Pipework.Leave(),
        ],
        [
            new("level", RoleKind.Tag, "L", true, "Level that is kept."),
            Surroundings.Loop(false), Surroundings.AgitatorOutput, Surroundings.AgitatorSpeed,
        ],
        ["at any time"],
        RepeatSafe: true)
    {
        Effects =
        [
            new("feed pump on", "source falls", TimeSpan.FromMinutes(10), "L moved in"),
            new("discharge pump on", "level comes back", TimeSpan.FromMinutes(10), "level does not come back"),
        ],
    };

    private static readonly TimeSpan HighTime = TimeSpan.FromMinutes(10);

    public PhaseMemory Begin(PhaseContext context) => TrainMemory.Fresh;

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory) =>
        (TrainMemory)memory with { Level = Smoothed.Unset, Source = Smoothed.Unset, Fed = VolumeWatch.Fresh, High = default };

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var train = (TrainMemory)memory;
        string from = context.Name("from"), to = context.Name("to");
        if (context.Line(from, context.Unit.Name) is not { } feed) return context.Faulted(train, context.NoLine(from));
        if (context.Line(context.Unit.Name, to) is not { } onward) return context.Faulted(train, $"{context.Unit.Name} has no line to {to}");
        string? fault = context.Maintain() ?? context.Unusable("level") ?? context.UnusableTag(context.TagOf(from, "level"), from + ".level") ?? context.Brimming(to);
        if (fault is not null) return context.Faulted(train, fault);

        double volume = context.Number("volume");
        double flow = Math.Min(volume / context.SecondsOr("residence", 3600).TotalHours, feed.FullRate);
        train = train with
        {
            Level = train.Level.Next(context.Read("level").Value, context.Elapsed, Inputs.LevelSmoothing),
            Source = train.Source.Next(context.Read(context.TagOf(from, "level")).Value, context.Elapsed, Inputs.LevelSmoothing),
        };
        bool empty = train.Source.Value <= context.Bottom();
        train = train with { Empty = train.Empty.Next(empty, context.Elapsed), High = train.High.Next(train.Level.Value > volume + (2 * Band), context.Elapsed) };
        bool done = train.Empty.For >= context.RunOnTime();
        double discharge = done ? 0 : Math.Clamp(((train.Level.Value - volume) / Band) + 1, 0, 2) * flow;
        double fed = context.Pump(feed, done ? 0 : flow);
        double passed = context.Pump(onward, discharge);
        VolumeWatch watch = empty ? VolumeWatch.Fresh : train.Fed.Next(train.Source.Value, fed, -1, context.Elapsed, $"{from} to {context.Unit.Name}", out fault);
        train = train with { Fed = watch, Passed = train.Passed + (passed * context.Elapsed.TotalHours) };
        if (train.High.For >= HighTime) fault ??= $"{context.Unit.Name} level does not come back: {train.Level.Value.F("0.0")} L, {volume.F("0.0")} L kept: line to {to} blocked or pump worn";
        if (fault is not null) return context.Faulted(train, fault);
        string doing = $"{train.Passed.F("0.0")} L passed on to {to} at {flow.F("0.0")} L/h, {train.Level.Value.F("0.0")} L here, {train.Source.Value.F("0.0")} L in {from}";
        return new(train, done ? PhaseVerdict.Done : PhaseVerdict.Continue, doing, double.NaN);
    }
}

/// <param name="Passed">L that the discharge pump was told to move.</param>
/// <param name="High">How long the level has been well above the kept one.</param>
public sealed record TrainMemory(Smoothed Level, Smoothed Source, VolumeWatch Fed, double Passed, Lasting Empty, Lasting High) : PhaseMemory
{
    public static readonly TrainMemory Fresh = new(Smoothed.Unset, Smoothed.Unset, VolumeWatch.Fresh, 0, default, default);
}
