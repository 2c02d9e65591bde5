using System.Collections.Immutable;
using Crm.Plant.Alarms;
using Crm.Plant.Expressions;
using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Expressions;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Rigs;

/// <summary>Alarms: what they look at, when they speak, what a person does about them.</summary>
internal sealed partial class RigReader
{
    private static readonly ImmutableArray<(string, AlarmPriority)> priorities =
        [("critical", AlarmPriority.Critical), ("high", AlarmPriority.High), ("medium", AlarmPriority.Medium), ("low", AlarmPriority.Low)];

    /// <summary>On-delay of a hold: what made it hold is the alarm to hear first.</summary>
    private static readonly TimeSpan causeSpeaksFirst = TimeSpan.FromSeconds(30);

    /// <summary>Words that fill a field and say nothing (ALM-01).</summary>
    private static readonly ImmutableArray<string> blanks = ["-", "–", "?", "n/a", "na", "none", "tbd", "todo", "unknown", "see manual"];

    private ImmutableArray<AlarmDefinition> Alarms(RigDefinition rig)
    {
        SortedSet<string> seen = new(StringComparer.Ordinal);
        ImmutableArray<AlarmDefinition>.Builder alarms = ImmutableArray.CreateBuilder<AlarmDefinition>();
        foreach (YamlNode node in file.Items("alarms"))
        {
            if (Fields.Open(node, findings, "an alarm") is not { } fields) continue;
            string id = fields.Text("id");
            Once(seen, id, fields.Find("id") ?? node, "alarms");
            AlarmDefinition alarm = Looked(fields, alarms.Count, id, rig);
            alarm = Spoken(fields, alarm with { Suppressions = [.. alarm.Suppressions, .. fields.Items("suppress").Select(n => Suppression(n, id, rig)).OfType<AlarmSuppression>()] });
            alarms.Add(alarm);
            fields.Close();
        }

        return alarms.ToImmutable();
    }

    /// <summary>Exactly one of <c>when</c>, <c>deviation</c>, <c>unmoved</c>, <c>held</c> and <c>tripped</c>.</summary>
    private AlarmDefinition Looked(Fields fields, int ordinal, string id, RigDefinition rig)
    {
        AlarmDefinition blank = new(ordinal, id, "", always, TimeSpan.Zero, TimeSpan.Zero, AlarmPriority.Low, "", "", TimeSpan.Zero);
        int kinds = new[] { "when", "deviation", "unmoved", "held", "tripped" }.Count(fields.Has);
        if (kinds != 1)
            findings.Add(
                fields.Map, DiagnosticCodes.AlarmForm, kinds == 0 ? $"alarm {id} looks at nothing" : $"alarm {id} looks at several things",
                "write one of 'when: condition', 'deviation: {loop, beyond}', 'unmoved: {tag, by, within}', 'held: unit' and 'tripped: row'");
        if (fields.Find("deviation") is { } deviation) return Deviation(deviation, blank);
        if (fields.Find("unmoved") is { } unmoved) return Unmoved(unmoved, blank);
        if (fields.Find("held") is { } held)
        {
            string name = UnitOf(held, "held", rig, out int unit);
            return unit < 0 ? blank : blank with { Kind = AlarmKind.Held, Unit = unit, ConditionText = $"{name} held" };
        }

        if (fields.Find("tripped") is { } tripped)
        {
            string name = TripOf(tripped, rig, out int row);
            return row < 0 ? blank : blank with { Kind = AlarmKind.Tripped, Trip = row, ConditionText = $"{name} tripped", Suppressions = [new(SuppressionKind.StartUp, "start-up", -1, [], null, TimeSpan.Zero)] };
        }

        return fields.Find("when") is { } when && Conditions.Read(when, "when", names, findings) is { } condition ? Limit(fields, blank, condition) : blank;
    }

    private AlarmDefinition Limit(Fields fields, AlarmDefinition blank, Condition condition)
    {
        Comparison? main = AlarmDeadband.MainLimit(condition.Expression);
        int mainTag = main is null ? -1 : AlarmDeadband.LimitedTag(main);
        TagDefinition? tag = mainTag < 0 ? null : tags[mainTag];
        double? own = tag is null ? null : fields.OptionalQuantity("deadband", Units.Of(tag.Unit).Difference, 0);
        if (tag is null && fields.Find("deadband") is { } vain)
            findings.Add(vain, DiagnosticCodes.AlarmDeadband, $"alarm {blank.Id} compares no tag with a number", "leave 'deadband' out");
        double Band(int t) => t == mainTag && own is { } written ? written : SignalDefaults.Of(tags[t])?.DeadbandOf(tags[t]) ?? 0;
        bool scaled = main?.Left is Scaled;
        return blank with
        {
            Kind = AlarmKind.Limit,
            Condition = condition.Expression,
            ConditionText = condition.Text,
            Hold = AlarmDeadband.Relax(condition.Expression, Band),
            Deadband = tag is null ? 0 : Band(mainTag),
            Subject = tag is null ? AlarmSubject.None : new AlarmSubject(mainTag, tag.IsSwitch || scaled ? double.NaN : ((Constant)main!.Right).Value, tag.Unit),
        };
    }

    /// <summary>A loop's process value away from its working setpoint, to either side, while the loop controls.</summary>
    private AlarmDefinition Deviation(YamlNode node, AlarmDefinition blank)
    {
        if (Fields.Open(node, findings, $"deviation of alarm {blank.Id}") is not { } fields) return blank;
        int loop = fields.Need("loop") is { } named && Values.Text(named, findings, "loop") is { } text ? LoopNamed(named, text) : -1;
        TagDefinition? tag = loop < 0 || loops[loop].ProcessValue < 0 ? null : tags[loops[loop].ProcessValue];
        double beyond = fields.Quantity("beyond", tag is null ? Units.Of("K") : Units.Of(tag.Unit).Difference, 1e-9);
        fields.Close();
        if (tag is null) return blank;
        Expression deviation = new Absolute(new SlotValue(loop, tag.Ordinal));
        double band = SignalDefaults.Of(tag)?.DeadbandOf(tag) ?? 0;
        double inner = Math.Min(band, beyond / 2);
        return blank with
        {
            Kind = AlarmKind.Deviation,
            Condition = new Comparison(ComparisonOperator.Greater, deviation, new Constant(beyond)),
            Hold = new Comparison(ComparisonOperator.Greater, deviation, new Constant(beyond - inner)),
            ConditionText = $"{tag.Name} more than {Values.Plain(beyond)} {Units.Of(tag.Unit).Difference} from the setpoint of {loops[loop].Name}",
            Deadband = inner,
            Subject = new AlarmSubject(tag.Ordinal, beyond, tag.Unit),
            Suppressions = [new AlarmSuppression(SuppressionKind.LoopIdle, $"{loops[loop].Name} does not control", loop, [], null, TimeSpan.Zero)],
        };
    }

    private int LoopNamed(YamlNode at, string name)
    {
        if (loopNames.TryGetValue(name, out int loop)) return loop;
        findings.Add(at, DiagnosticCodes.RigLoop, $"there is no loop '{name}'", Nearest.Suggest(name, loopNames.Keys));
        return -1;
    }

    /// <summary>A tag that stands still: a scale while its pump is told to run, or an instrument that is frozen.</summary>
    private AlarmDefinition Unmoved(YamlNode node, AlarmDefinition blank)
    {
        if (Fields.Open(node, findings, $"unmoved of alarm {blank.Id}") is not { } fields) return blank;
        NamedTag? named = fields.Need("tag") is { } at ? AnyTag(at) : null;
        TagDefinition? tag = named is { Ordinal: >= 0 } found ? tags[found.Ordinal] : null;
        double by = fields.Quantity("by", tag is null ? Plant.Quantities.Unit.One : Units.Of(tag.Unit).Difference, 0);
        TimeSpan within = fields.Duration("within");
        OutputDraft? output = Output(fields.Find("output"), "output", null);
        double above = output is null ? 0 : fields.Quantity("above", output.Unit);
        fields.Close();
        if (tag is null) return blank;
        string when = output is null ? "" : $" while {output.Definition.Name} is above {Values.Plain(above)} {output.Unit}";
        return blank with
        {
            Kind = AlarmKind.Unmoved,
            ConditionText = $"{tag.Name} moves less than {Values.Plain(by)} {Units.Of(tag.Unit).Difference} in {Values.Plain(within.TotalMinutes)} min{when}",
            Subject = new AlarmSubject(tag.Ordinal, by, tag.Unit),
            Stillness = new AlarmStillness(tag.Ordinal, by, within, output?.Definition.Ordinal ?? -1, above),
        };
    }

    private NamedTag? AnyTag(YamlNode node)
    {
        if (Values.Text(node, findings, "tag") is not { } text) return null;
        if (tagNames.TryGetValue(text, out NamedTag tag)) return tag;
        findings.Add(node, DiagnosticCodes.RigTag, $"there is no tag '{text}'", Nearest.Suggest(text, tagNames.Keys));
        return null;
    }

    /// <summary>Words, delays and what a person does.</summary>
    private AlarmDefinition Spoken(Fields fields, AlarmDefinition alarm) => alarm with
    {
        Text = fields.Text("text"),
        OnDelay = Delay(fields, "on_delay", alarm),
        OffDelay = Delay(fields, "off_delay", alarm),
        ReAlarm = fields.Find("re_alarm") is { } again ? Values.Duration(again, findings, "re_alarm") : null,
        Latch = fields.Flag("latch", false),
        Group = fields.Text("group", ""),
        Priority = fields.Choice("priority", priorities),
        Cause = Said(fields, "cause"),
        Consequence = Said(fields, "consequence"),
        Response = Said(fields, "response"),
        TimeToRespond = fields.Duration("time_to_respond"),
    };

    /// <summary>The delay written, else that of the signal's class; what must move and what trips have their own time and need none; a hold lets its cause speak first.</summary>
    private TimeSpan Delay(Fields fields, string key, AlarmDefinition alarm)
    {
        if (fields.Find(key) is { } node) return Values.Duration(node, findings, key);
        if (alarm.Kind is AlarmKind.Unmoved or AlarmKind.Tripped) return TimeSpan.Zero;
        if (alarm.Kind == AlarmKind.Held) return key == "on_delay" ? causeSpeaksFirst : TimeSpan.Zero;
        SignalDefaults? usual = alarm.Subject.Tag < 0 ? null : SignalDefaults.Of(tags[alarm.Subject.Tag]);
        if (usual is { } known) return known.Delay;
        if (alarm.ConditionText.Length > 0)
            findings.Add(
                fields.Map, DiagnosticCodes.AlarmDelay, $"alarm {alarm.Id} has no '{key}', and its signal no usual one",
                "flow, level, pressure, temperature, pH, ORP and conductivity have; add " + key);
        return TimeSpan.Zero;
    }

    private string Said(Fields fields, string key)
    {
        string text = fields.Text(key).Trim();
        if (fields.Find(key) is { } node && (text.Length < 3 || blanks.Contains(text.ToLowerInvariant())))
            findings.Add(node, DiagnosticCodes.AlarmBlank, $"'{key}: {text}' says nothing", "what needs no response is an event, not an alarm");
        return text;
    }

    private AlarmSuppression? Suppression(YamlNode node, string alarm, RigDefinition rig)
    {
        if (Fields.Open(node, findings, $"a suppression of alarm {alarm}") is not { } fields) return null;
        TimeSpan afterwards = fields.Duration("and_for", TimeSpan.Zero);
        var rules = new List<AlarmSuppression>();
        if (fields.Find("idle") is { } idle) rules.Add(new(SuppressionKind.UnitIdle, $"no phase on {UnitOf(idle, "idle", rig, out int unit)}", unit, [], null, afterwards));
        if (fields.Find("not_running") is { } phase)
        {
            string name = UnitOf(phase, "not_running", rig, out int unit);
            ImmutableArray<string> operations = Operations(fields);
            string what = operations.IsEmpty ? "no phase" : string.Join(" or ", operations);
            rules.Add(new(SuppressionKind.PhaseNotRunning, $"{name} is not running {what}", unit, operations, null, afterwards));
        }

        if (fields.Find("trip") is YamlScalar { Text: "start-up" }) rules.Add(new(SuppressionKind.StartUp, "start-up", -1, [], null, afterwards));
        else if (fields.Find("trip") is { } trip) rules.Add(new(SuppressionKind.Trip, $"trip {TripOf(trip, rig, out int row)}", row, [], null, afterwards));
        if (fields.Find("when") is { } when && Conditions.Read(when, "when", names, findings) is { } condition)
            rules.Add(new(SuppressionKind.Condition, condition.Text, -1, [], condition.Expression, afterwards));
        int written = new[] { "idle", "not_running", "trip", "when" }.Count(fields.Has);
        if (written != 1)
            findings.Add(
                node, DiagnosticCodes.AlarmSuppression, $"a suppression of alarm {alarm} looks at {(written == 0 ? "nothing" : "several things")}",
                "write one of idle, not_running, trip and when for each");
        fields.Close();
        return rules.FirstOrDefault(r => r.Target >= 0 || r.Kind is SuppressionKind.Condition or SuppressionKind.StartUp);
    }

    private string UnitOf(YamlNode node, string key, RigDefinition rig, out int ordinal)
    {
        string name = Unit(node, key);
        ordinal = rig.Unit(name);
        return name;
    }

    private string TripOf(YamlNode node, RigDefinition rig, out int ordinal)
    {
        string id = Values.Text(node, findings, "trip") ?? "";
        ordinal = rig.Trips.FirstOrDefault(t => t.Id == id)?.Ordinal ?? -1;
        if (id.Length > 0 && ordinal < 0) findings.Add(node, DiagnosticCodes.RigTrip, $"there is no trip '{id}'", Nearest.Suggest(id, rig.Trips.Select(t => t.Id)));
        return id;
    }
}
