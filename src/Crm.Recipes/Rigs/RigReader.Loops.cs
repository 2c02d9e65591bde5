using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Loops;
using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Expressions;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Rigs;

/// <summary>Loops: parameters, limits and what they follow. Legs and curves are read beside.</summary>
internal sealed partial class RigReader
{
    private static readonly ImmutableArray<(string, bool)> actions = [("reverse", true), ("direct", false)];

    private static readonly ImmutableArray<(string, bool)> forms = [("standard", false), ("series", true)];

    private static readonly ImmutableArray<(string, WindupRule)> windups =
        [("back_calculation", WindupRule.BackCalculation), ("clamping", WindupRule.Clamping), ("both", WindupRule.Both)];

    private static readonly ImmutableArray<(string, BadValueRule)> badValues =
        [("safe", BadValueRule.Safe), ("hold", BadValueRule.Hold), ("manual", BadValueRule.Manual)];

    private static readonly ImmutableArray<(string, bool)> uncertainValues = [("good", false), ("bad", true)];

    private readonly List<(YamlNode Node, int Loop, UnitDraft Unit)> cascades = [];

    private void ReadLoops(UnitDraft unit)
    {
        foreach (YamlEntry entry in unit.Fields.Named("loops"))
        {
            Name(entry.Key);
            string name = unit.Name + "." + entry.Key.Text;
            if (Fields.Open(entry.Value, findings, $"loop {name}") is not { } fields) continue;
            LoopDefinition loop = Loop(fields, name, unit);
            fields.Close();
            loopNames[name] = loop.Ordinal;
            loops.Add(loop);
        }
    }

    private LoopDefinition Loop(Fields fields, string name, UnitDraft unit)
    {
        Unit one = Plant.Quantities.Unit.One;
        NamedTag? pv = Tag(fields.Need("pv"), "pv", unit);
        Unit measure = pv?.Unit ?? one;
        (double low, double high) = fields.Range("output", Units.Of("%"));
        (double lowest, double highest) = fields.Range("setpoint", measure);
        LoopTuning tuning = Tuning(fields, name);
        LoopDefinition loop = new(
            loops.Count,
            name,
            fields.Text("label", name),
            pv?.Ordinal ?? -1,
            tuning.Gain,
            TimeSpan.FromSeconds(tuning.IntegralTime),
            TimeSpan.FromSeconds(tuning.DerivativeTime),
            tuning.SetpointWeight,
            low,
            high,
            lowest,
            highest,
            fields.Find("setpoint_rate") is { } rate ? Rate(rate, measure) : null,
            [.. fields.Items("legs").Select(leg => Leg(leg, unit, low, high)).OfType<SplitLeg>()])
        {
            DerivativeWeight = tuning.DerivativeWeight,
            DerivativeFilter = tuning.DerivativeFilter,
            FilterTime = TimeSpan.FromSeconds(tuning.FilterTime),
            TrackingTime = fields.Has("tracking_time") ? fields.Duration("tracking_time") : null,
            Windup = fields.Choice("windup", windups, WindupRule.BackCalculation),
            WhenBad = fields.Choice("when_bad", badValues, BadValueRule.Safe),
            UncertainIsBad = fields.Choice("uncertain", uncertainValues, false),
            OutputRate = fields.Find("output_rate") is { } outputRate ? Rate(outputRate, Units.Of("%")) : null,
            ManualLimits = fields.Has("manual") ? fields.Range("manual", Units.Of("%")) : null,
            SetpointRateDown = fields.Find("setpoint_rate_down") is { } down ? Rate(down, measure) : null,
            SetpointTracks = fields.Flag("setpoint_tracks", false),
            Ratio = Ratio(fields, name, unit, measure),
            FeedForward = FeedForward(fields, name, unit),
            Tracking = Tracking(fields, name, unit),
            Curve = Curve(fields, "titration"),
            FreezeWithin = fields.Has("freeze_within") ? fields.Number("freeze_within", measure.Difference, 0) : 0,
            DeadTime = fields.Duration("dead_time", TimeSpan.Zero),
            Watch = Watch(fields, name, measure),
            Voted = Voted(fields, name, unit, pv),
        };
        if (fields.Find("autotune") is { } autotune) loop = loop with { Autotune = Autotune(autotune, name, measure) };
        if (fields.Find("sets") is { } sets) cascades.Add((sets, loop.Ordinal, unit));
        else if (loop.Legs.IsEmpty) findings.Add(fields.Find("legs") ?? fields.Map, DiagnosticCodes.RigLegs, $"loop {name} drives nothing", "add a leg: {output, from, to, gives}, or 'sets: {loop, from, to, gives}'");
        if (loop.FreezeWithin == 0 && loop.Legs.Any(l => l.Least > 0))
            findings.Add(
                fields.Find("legs")!, DiagnosticCodes.RigLoop, $"an actuator of {name} has a least stroke, and nothing says when the loop rests in it",
                "add 'freeze_within': the error within which the integral stands still");
        return loop;
    }

    private LoopTuning Tuning(Fields fields, string name)
    {
        Unit one = Plant.Quantities.Unit.One;
        double gain = fields.Number("gain", one);
        double integral = fields.Duration("ti").TotalSeconds;
        double derivative = fields.Duration("td", TimeSpan.Zero).TotalSeconds;
        bool series = fields.Choice("form", forms, false);
        LoopTuning tuning = series ? LoopTuning.FromSeries(gain, integral, derivative) : new LoopTuning(gain, integral, derivative, 1);
        tuning = tuning with
        {
            SetpointWeight = fields.Has("b") ? fields.Number("b", one, 0, 1) : 1,
            DerivativeWeight = fields.Has("c") ? fields.Number("c", one, 0, 1) : 0,
            DerivativeFilter = fields.Has("n") ? fields.Number("n", one, LoopTuning.LeastFilter, LoopTuning.MostFilter) : LoopTuning.UsualFilter,
            FilterTime = fields.Duration("filter", TimeSpan.Zero).TotalSeconds,
        };
        if (fields.Has("gain") && tuning.WhyNot() is { } why) findings.Add(fields.Find("gain")!, DiagnosticCodes.RigLoopTuning, $"loop {name}: {why}");
        if (fields.Find("action") is { } action && fields.Choice("action", actions) != gain > 0)
            findings.Add(
                action, DiagnosticCodes.RigLoopTuning, $"the gain of loop {name} acts the other way round",
                "reverse (heating, dosing up to a value) has a positive gain, direct (cooling) a negative one");
        return tuning;
    }

    /// <summary>Which loop sets which, once all names are known.</summary>
    private void ResolveCascades()
    {
        foreach ((YamlNode node, int ordinal, UnitDraft unit) in cascades)
        {
            LoopDefinition loop = loops[ordinal];
            if (Fields.Open(node, findings, $"'sets' of {loop.Name}") is not { } fields) continue;
            int below = Loop(fields.Need("loop"), unit);
            Unit measure = below >= 0 && loops[below].ProcessValue >= 0 ? tagNames[tags[loops[below].ProcessValue].Name].Unit : Plant.Quantities.Unit.One;
            double from = fields.Number("from", Units.Of("%"));
            double to = fields.Number("to", Units.Of("%"));
            (double atFrom, double atTo) = fields.Range("gives", measure, ascending: false);
            fields.Close();
            if (below < 0) continue;
            if (from == to || atFrom == atTo) findings.Add(node, DiagnosticCodes.RigLegs, $"'sets' of {loop.Name} has no width");
            if (!loop.Legs.IsEmpty) findings.Add(node, DiagnosticCodes.RigLegs, $"loop {loop.Name} has outputs and sets another loop", "leave out one of them");
            if (loops.Any(l => l.Ordinal != ordinal && l.Cascade?.Loop == below)) findings.Add(node, DiagnosticCodes.RigLoop, $"two loops set {loops[below].Name}");
            loops[ordinal] = loop with { Cascade = new CascadeLeg(below, from, to, atFrom, atTo), Legs = [] };
            if (!LoopTree.IsRing(loops, ordinal)) continue;
            findings.Add(node, DiagnosticCodes.RigLoop, $"loop {loop.Name} sets itself in the end");
            loops[ordinal] = loop;
        }
    }

    /// <summary>A loop drives an output itself, or through the loops it sets.</summary>
    private bool Drives(int loop, int output)
    {
        for (int steps = 0; steps <= loops.Count && loops[loop].Cascade is { } leg; steps++) loop = leg.Loop;
        return loops[loop].Legs.Any(leg => leg.Output == output);
    }

    private RatioRule? Ratio(Fields loop, string name, UnitDraft unit, Unit measure)
    {
        if (Fields.Open(loop.Find("ratio"), findings, $"ratio of {name}") is not { } fields) return null;
        NamedTag? wild = Tag(fields.Need("of"), "of", unit);
        double bias = fields.Has("bias") ? fields.Number("bias", measure.Difference) : 0;
        fields.Close();
        return wild is { } tag ? new RatioRule(tag.Ordinal, bias) : null;
    }

    private FeedForwardRule? FeedForward(Fields loop, string name, UnitDraft unit)
    {
        if (Fields.Open(loop.Find("feed_forward"), findings, $"feed_forward of {name}") is not { } fields) return null;
        NamedTag? from = Tag(fields.Need("from"), "from", unit);
        double gain = fields.Number("gain", Plant.Quantities.Unit.One);
        double zero = fields.Has("zero") ? fields.Number("zero", from?.Unit ?? Plant.Quantities.Unit.One) : 0;
        fields.Close();
        return from is { } tag ? new FeedForwardRule(tag.Ordinal, gain, zero) : null;
    }

    private TrackingRule? Tracking(Fields loop, string name, UnitDraft unit)
    {
        if (Fields.Open(loop.Find("track"), findings, $"track of {name}") is not { } fields) return null;
        Condition? when = fields.Need("when") is { } text ? Conditions.Read(text, "when", names, findings) : null;
        NamedTag? from = fields.Find("from") is { } tag ? Tag(tag, "from", unit) : null;
        double value = from is null ? fields.Number("value", Units.Of("%")) : 0;
        fields.Close();
        return when is null ? null : new TrackingRule(when.Expression, from?.Ordinal ?? -1, value);
    }

    private LoopWatchRule? Watch(Fields loop, string name, Unit measure)
    {
        if (Fields.Open(loop.Find("watch"), findings, $"watch of {name}") is not { } fields) return null;
        LoopWatchRule rule = new(
            fields.Has("deviation") ? fields.Number("deviation", measure.Difference, 0) : 0,
            fields.Duration("for"),
            fields.Has("oscillation") ? fields.Number("oscillation", measure.Difference, 0) : 0);
        fields.Close();
        return rule;
    }

    private AutotuneRule Autotune(YamlNode node, string name, Unit measure)
    {
        AutotuneRule usual = new(20, 5, 0, TimeSpan.FromHours(2));
        if (Fields.Open(node, findings, $"autotune of {name}") is not { } fields) return usual;
        AutotuneRule rule = new(
            fields.Number("swing", Units.Of("%"), 0.1, 50),
            fields.Number("most", measure.Difference, 0),
            fields.Has("hysteresis") ? fields.Number("hysteresis", measure.Difference, 0) : 0,
            fields.Duration("at_most", usual.Longest));
        fields.Close();
        return rule;
    }
}
