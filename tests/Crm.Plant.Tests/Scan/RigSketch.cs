using System.Collections.Immutable;
using Crm.Plant.Alarms;
using Crm.Plant.Expressions;
using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.Tests.Scan;

/// <summary>True when a tag is above a limit; bad when the tag is.</summary>
public sealed record Above(int Tag, double Limit) : Expression
{
    public override ImmutableArray<int> Tags => [Tag];

    public override Reading Evaluate(IExpressionScope scope)
    {
        Reading reading = scope.Image[Tag];
        return reading.IsBad ? reading : reading with { Value = reading.Value > Limit ? 1 : 0 };
    }
}

/// <summary>An expression with a bug: it throws when a tag is above a limit.</summary>
public sealed record Broken(int Tag, double Limit) : Expression
{
    public override ImmutableArray<int> Tags => [Tag];

    public override Reading Evaluate(IExpressionScope scope) =>
        scope.Image[Tag].Value > Limit ? throw new InvalidOperationException("broken on purpose") : scope.Image[Tag] with { Value = 0 };
}

/// <summary>A rig put together in a test; ordinals are given in order of adding.</summary>
public sealed class RigSketch
{
    private readonly List<TagDefinition> tags = [];
    private readonly List<OutputDefinition> outputs = [];
    private readonly List<LoopDefinition> loops = [];
    private readonly List<TripDefinition> trips = [];
    private readonly List<AlarmDefinition> alarms = [];
    private readonly List<PermissiveDefinition> permissives = [];
    private readonly List<UnitDefinition> units = [];

    public TimeSpan Period { get; init; } = TimeSpan.FromMilliseconds(100);

    public int Tag(string name, double staleAfter = 2, string bus = "bus", string unit = "degC")
    {
        tags.Add(new TagDefinition(
            tags.Count, name, name, unit, -1e6, 1e6, TimeSpan.FromSeconds(staleAfter), new Keep(0, TimeSpan.Zero), bus, name, 1, 0.1));
        return tags.Count - 1;
    }

    public int Output(
        string name, double low = 0, double high = 100, SafeValue? trip = null, SafeValue? lapse = null, double lapseAfter = 1, double? rate = null, string unit = "%")
    {
        var fail = new FailRule(SafeValue.At(0), FailEnforcer.Drive);
        var rule = new LapseRule(TimeSpan.FromSeconds(lapseAfter), lapse ?? SafeValue.At(0));
        outputs.Add(new OutputDefinition(
            outputs.Count, name, name, unit, low, high, OutputRole.Feed, fail, rule, trip ?? SafeValue.At(0), rate, "bus", name));
        return outputs.Count - 1;
    }

    public int Loop(
        string name, int pv, double gain, double ti, double td, double low, double high, double? setpointRate, double b, params SplitLeg[] legs)
    {
        loops.Add(new LoopDefinition(
            loops.Count, name, name, pv, gain, TimeSpan.FromSeconds(ti), TimeSpan.FromSeconds(td), b, low, high, -1000, 1000, setpointRate, [.. legs]));
        return loops.Count - 1;
    }

    /// <summary>Changes a loop that was added.</summary>
    public void Change(int loop, Func<LoopDefinition, LoopDefinition> change) => loops[loop] = change(loops[loop]);

    /// <summary>Changes an output that was added.</summary>
    public void ChangeOutput(int output, Func<OutputDefinition, OutputDefinition> change) => outputs[output] = change(outputs[output]);

    public static CauseDefinition Cause(string text, Expression when, double delay = 0, BadInput bad = BadInput.Trip, double lastGoodFor = 0) =>
        new(text, when, TimeSpan.FromSeconds(delay), bad, TimeSpan.FromSeconds(lastGoodFor));

    public int Trip(string id, bool latch, CauseDefinition[] causes, EffectDefinition[] effects, PhaseCommand command = PhaseCommand.None, params string[] on)
    {
        trips.Add(new TripDefinition(trips.Count, id, "test", [.. causes], [.. effects], [.. on], command, latch));
        return trips.Count - 1;
    }

    /// <summary>Another version of a trip that was added: class, bypass, reset permit.</summary>
    public void Change(int trip, Func<TripDefinition, TripDefinition> how) => trips[trip] = how(trips[trip]);

    public void ChangeTag(int tag, Func<TagDefinition, TagDefinition> how) => tags[tag] = how(tags[tag]);

    public int Alarm(string id, Expression when, double onDelay = 0, double offDelay = 0)
    {
        alarms.Add(new AlarmDefinition(
            alarms.Count, id, id, when, TimeSpan.FromSeconds(onDelay), TimeSpan.FromSeconds(offDelay), AlarmPriority.High, "c", "r", TimeSpan.FromMinutes(5)));
        return alarms.Count - 1;
    }

    /// <summary>An alarm with more than condition and delays.</summary>
    public int Alarm(string id, Expression when, double onDelay, double offDelay, Func<AlarmDefinition, AlarmDefinition> more)
    {
        int ordinal = Alarm(id, when, onDelay, offDelay);
        alarms[ordinal] = more(alarms[ordinal]);
        return ordinal;
    }

    public void Permissive(string unit, string text, Expression need, params string[] operations) =>
        permissives.Add(new PermissiveDefinition(unit, [.. operations], text, need));

    public int Unit(string name)
    {
        var states = new PhaseStateTable([], TimeSpan.FromHours(4), PhaseCommand.Stop, TimeSpan.FromMinutes(5));
        units.Add(new UnitDefinition(units.Count, name, name, "vessel", false, null, null, states, []));
        return units.Count - 1;
    }

    public RigDefinition Build() => new(
        "sketch", "1", "", Period, [.. units], [.. tags], [.. outputs], [.. loops], [.. trips], [.. permissives], [.. alarms], [], [], [], []);
}
