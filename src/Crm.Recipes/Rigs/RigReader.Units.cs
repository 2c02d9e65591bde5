using System.Collections.Immutable;
using System.Globalization;
using Crm.Chemistry.Hazards;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Quantities;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Rigs;

/// <summary>Units with their tags and outputs.</summary>
internal sealed partial class RigReader
{
    private static readonly ImmutableArray<(string, OutputRole)> roles =
    [
        ("feed", OutputRole.Feed), ("heat", OutputRole.Heat), ("cool", OutputRole.Cool), ("agitate", OutputRole.Agitate),
        ("transfer", OutputRole.Transfer), ("valve", OutputRole.Valve), ("gas", OutputRole.Gas), ("service", OutputRole.Service),
    ];

    private static readonly ImmutableArray<(string, FailEnforcer)> enforcers =
    [
        ("drive", FailEnforcer.Drive), ("io_module", FailEnforcer.IoModule), ("relay", FailEnforcer.Relay), ("process", FailEnforcer.Process),
    ];

    private static readonly TimeSpan longestFeedLapse = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan longestHeatLapse = TimeSpan.FromSeconds(60);

    private void ReadUnits()
    {
        file.Need("units");
        foreach (YamlEntry entry in file.Named("units"))
        {
            Name(entry.Key);
            unitNames.Add(entry.Key.Text);
            if (Fields.Open(entry.Value, findings, $"unit {entry.Key.Text}") is not { } fields) continue;
            (double? gross, double? working) = Volume(fields);
            UnitDraft unit = new(entry.Key.Text, entry.Key, fields, fields.Flag("service", false), gross, working);
            units.Add(unit);
            foreach (YamlEntry tag in fields.Named("tags")) ReadTag(unit, tag);
            foreach (YamlEntry output in fields.Named("outputs")) ReadOutput(unit, output);
        }
    }

    private UnitDefinition Finish(UnitDraft unit, int ordinal)
    {
        Fields fields = unit.Fields;
        ReadLines(unit);
        UnitDefinition definition = new(
            ordinal,
            unit.Name,
            fields.Text("label"),
            fields.Text("class"),
            unit.IsService,
            unit.Gross,
            unit.Working,
            States(unit),
            Dosing(unit))
        {
            Coupled = Coupled(unit),
            Restart = Restart(unit),
            Filtrate = Filtrate(unit),
            Outlets = Outlets(unit),
            Opening = Opening(unit),
            Pool = Pool(unit),
            MadeOf = MadeOf(fields),
        };
        if (fields.Find("draws") is not null) drawsOf[unit.Name] = fields.Named("draws");
        fields.Close();
        return definition;
    }

    /// <summary><c>made_of: glass</c>: what the contents touch.</summary>
    private string MadeOf(Fields unit)
    {
        string material = unit.Text("made_of", "");
        if (material.Length > 0 && !ConstructionMaterials.Words.Contains(material))
            findings.Add(
                unit.Find("made_of")!, DiagnosticCodes.ChoiceUnknown, $"'made_of' cannot be '{material}'",
                "expected one of: " + string.Join(", ", ConstructionMaterials.Words) + "; another has its rows in chemistry/construction-materials.csv first");
        return material;
    }

    /// <summary><c>restart: {after: 15 min, jog: 15 s, speed: 80 rpm, mix: 3 min, rise: 1.5 K}</c>, for stirred units.</summary>
    private RestartRule? Restart(UnitDraft unit)
    {
        if (Fields.Open(unit.Fields.Find("restart"), findings, $"restart of {unit.Name}") is not { } fields) return null;
        RestartRule rule = new(
            fields.Duration("after"), fields.Duration("jog"), fields.Quantity("speed", Units.Of("rpm"), 1), fields.Duration("mix"), fields.Quantity("rise", Units.Of("K"), 0.1, 20));
        fields.Close();
        string[] missing = [.. new[] { "agitator_speed", "temperature" }.Where(t => !tagNames.ContainsKey(unit.Name + "." + t)).Select(t => "tag " + t)];
        if (outputs.All(o => o.Definition.Name != unit.Name + ".agitator")) missing = [.. missing, "output agitator"];
        if (missing.Length > 0)
            findings.Add(fields.Map, DiagnosticCodes.RigHold, $"{unit.Name} cannot restart so: it has no {string.Join(" and no ", missing)}", "a unit that is jogged and watched has an agitator, its speed and a temperature");
        if (rule.Jog <= TimeSpan.Zero || rule.Mix <= TimeSpan.Zero)
            findings.Add(fields.Map, DiagnosticCodes.RigHold, "jog or mix lasts no time", "jog and mix are more than nothing");
        return rule;
    }

    /// <summary><c>coupled: [leach]</c>: process units that are held with this one when a phase's scope says so.</summary>
    private ImmutableArray<string> Coupled(UnitDraft unit)
    {
        ImmutableArray<string> coupled = unit.Fields.Texts("coupled");
        foreach (string other in coupled)
        {
            UnitDraft? found = units.FirstOrDefault(u => u.Name == other);
            if (found is not null && !found.IsService && other != unit.Name) continue;
            string problem = found is null ? $"there is no unit '{other}'" : other == unit.Name ? $"{other} is coupled with itself" : $"{other} is a plant service, which no batch holds";
            findings.Add(unit.Fields.Find("coupled")!, DiagnosticCodes.RigUnit, problem, Nearest.Suggest(other, units.Where(u => !u.IsService && u.Name != unit.Name).Select(u => u.Name)));
        }

        return coupled;
    }

    private (double? Gross, double? Working) Volume(Fields unit)
    {
        if (Fields.Open(unit.Find("volume"), findings, $"volume of {unit.What}") is not { } fields) return (null, null);
        double gross = fields.Quantity("gross", Units.Of("L"), 0.001);
        double working = fields.Quantity("working", Units.Of("L"), 0.001);
        fields.Close();
        if (working > gross)
            findings.Add(
                fields.Map, DiagnosticCodes.RigVolume,
                $"working volume {Values.Plain(working)} L is more than gross {Values.Plain(gross)} L",
                "liquor needs headspace");
        return (gross, working);
    }

    private void ReadTag(UnitDraft unit, YamlEntry entry)
    {
        Name(entry.Key);
        string name = unit.Name + "." + entry.Key.Text;
        if (Fields.Open(entry.Value, findings, $"tag {name}") is not { } fields) return;
        Unit measure = Measure(fields);
        bool isSwitch = measure.Dimension.Switch == 1;
        (double low, double high) = isSwitch && !fields.Has("span") ? (0, 1) : fields.Range("span", measure);
        (string bus, string address) = Address(fields, "from", "tag " + name);
        Bound(fields.Find("from"), bus, address, measure, low, high, isOutput: false);
        TagDefinition tag = new(
            tags.Count,
            name,
            fields.Text("label"),
            measure.Symbol,
            low,
            high,
            fields.Duration("stale_after"),
            KeepRule(fields, measure),
            bus,
            address,
            isSwitch && !fields.Has("decimals") ? 0 : (int)fields.Number("decimals", Plant.Quantities.Unit.One, 0, 9),
            isSwitch && !fields.Has("u") ? 0 : fields.Number("u", measure.Difference, 0));
        if (fields.Find("plausible") is { } plausible) plausibleOf.Add((tag.Ordinal, plausible));
        fields.Close();
        if (tag.StaleAfter <= TimeSpan.Zero && fields.Find("stale_after") is { } stale)
            findings.Add(stale, DiagnosticCodes.ValueRange, "a reading cannot be stale at once", "write how old a reading may be");
        if (!tagNames.TryAdd(name, RigNames.Of(tag))) return;
        tags.Add(tag);
    }

    private Keep KeepRule(Fields tag, Unit measure)
    {
        if (Fields.Open(tag.Need("keep"), findings, $"keep of {tag.What}") is not { } fields) return default;
        Keep keep = new(fields.Number("deadband", measure.Difference, 0), fields.Duration("at_least_every"));
        fields.Close();
        return keep;
    }

    private Unit Measure(Fields fields)
    {
        if (fields.Need("unit") is not { } node || Values.Text(node, findings, "unit") is not { } symbol) return Plant.Quantities.Unit.One;
        if (Units.Find(symbol) is { } unit) return unit;
        Values.UnknownUnit(node, findings, symbol, Plant.Quantities.Unit.One);
        return Plant.Quantities.Unit.One;
    }

    /// <summary><c>bus.address</c>; the address is the driver's business, the same one twice is a mistake.</summary>
    private (string Bus, string Address) Address(Fields fields, string key, string what)
    {
        if (fields.Need(key) is not { } node || Values.Text(node, findings, key) is not { } text) return ("", "");
        int dot = text.IndexOf('.');
        string bus = dot < 0 ? text : text[..dot];
        string address = dot < 0 ? "" : text[(dot + 1)..];
        if (buses.All(b => b.Name != bus))
            findings.Add(node, DiagnosticCodes.RigBus, $"there is no bus '{bus}'", Nearest.Suggest(bus, buses.Select(b => b.Name)));
        else if (address.Length == 0)
            findings.Add(node, DiagnosticCodes.RigBus, $"'{text}' has no address on the bus", $"write {bus}.address");
        else if (!addresses.TryAdd(key + " " + text, node.Line))
            findings.Add(
                node, DiagnosticCodes.RigAddress,
                $"{what} has the address '{text}' of line {addresses[key + " " + text].ToString(CultureInfo.InvariantCulture)}",
                "one address, one signal");
        return (bus, address);
    }

    private void ReadOutput(UnitDraft unit, YamlEntry entry)
    {
        Name(entry.Key);
        string name = unit.Name + "." + entry.Key.Text;
        if (Fields.Open(entry.Value, findings, $"output {name}") is not { } fields) return;
        Unit measure = Measure(fields);
        (double low, double high) = measure.Dimension.Switch == 1 && !fields.Has("span") ? (0, 1) : fields.Range("span", measure);
        OutputRole role = fields.Choice("role", roles);
        (string bus, string address) = Address(fields, "to", "output " + name);
        Bound(fields.Find("to"), bus, address, measure, low, high, isOutput: true);
        OutputDefinition blank = new(outputs.Count, name, fields.Text("label"), measure.Symbol, low, high, role, default, default, default, null, bus, address);
        OutputDraft draft = new(blank, measure, unit.Name);
        draft = draft with
        {
            Definition = blank with
            {
                Fail = Fail(fields, draft),
                Lapse = Lapse(fields, draft),
                Trip = fields.Need("trip") is { } trip ? Off(trip, "trip", draft) : default,
                RatePerSecond = fields.Find("rate") is { } rate ? Rate(rate, measure) : null,
                AfterReset = fields.Find("after_reset") is { } rest ? Off(rest, "after_reset", draft) : null,
            },
        };
        YamlNode? confirm = fields.Find("confirm");
        fields.Close();
        outputWords.Add(name);
        if (!outputNames.TryAdd(name, draft)) return;
        outputs.Add(draft);
        if (confirm is not null) confirmOf.Add((draft, confirm));
    }

    private FailRule Fail(Fields output, OutputDraft draft)
    {
        if (Fields.Open(output.Need("fail"), findings, $"fail of {output.What}") is not { } fields) return default;
        SafeValue value = fields.Need("value") is { } node ? Off(node, "value", draft) : default;
        FailEnforcer by = fields.Choice("by", enforcers);
        fields.Close();
        if (by == FailEnforcer.Process && draft.Definition.Role is OutputRole.Feed or OutputRole.Heat)
            findings.Add(
                fields.Find("by")!, DiagnosticCodes.RigFailProcess,
                $"{output.What} cannot be held by our own process: it may be the one that died",
                "use drive, io_module or relay");
        return new FailRule(value, by);
    }

    private LapseRule Lapse(Fields output, OutputDraft draft)
    {
        if (Fields.Open(output.Need("lapse"), findings, $"lapse of {output.What}") is not { } fields) return default;
        TimeSpan after = fields.Duration("after");
        SafeValue value = fields.Need("value") is { } node ? Off(node, "value", draft) : default;
        fields.Close();
        if (draft.Definition.Role == OutputRole.Feed && after > longestFeedLapse)
            findings.Add(
                fields.Find("after")!, DiagnosticCodes.RigLapseFeed,
                $"{output.What} feeds on for {Values.Plain(after.TotalSeconds)} s without being asked",
                "at most 1 s for role feed");
        if (draft.Definition.Role == OutputRole.Heat && after > longestHeatLapse)
            findings.Add(
                fields.Find("after")!, DiagnosticCodes.RigLapseHeat,
                $"{output.What} heats on for {Values.Plain(after.TotalSeconds)} s without being asked",
                "at most 60 s for role heat");
        return new LapseRule(after, value);
    }

    /// <summary>A safe value; that of a feed or heater is off.</summary>
    private SafeValue Off(YamlNode node, string key, OutputDraft output)
    {
        SafeValue value = OutputValue(node, key, output);
        if (output.Definition.Role is OutputRole.Feed or OutputRole.Heat && (value.Keep || value.Value != 0))
            findings.Add(
                node, DiagnosticCodes.RigSafeValue,
                $"'{key}' of {output.Definition.Name} leaves a {output.Definition.Role.ToString().ToLowerInvariant()} on",
                "write 0 or off");
        return value;
    }

    /// <summary><c>keep</c>, <c>off</c>, <c>on</c>, <c>closed</c>, <c>open</c> or a value in the output's unit, within its span.</summary>
    private SafeValue OutputValue(YamlNode node, string key, OutputDraft output)
    {
        OutputDefinition definition = output.Definition;
        switch ((node as YamlScalar)?.Text)
        {
            case "keep": return SafeValue.KeepLast;
            case "off" or "closed": return SafeValue.At(0);
            case "on" or "open": return SafeValue.At(definition.High);
        }

        int before = findings.Count;
        double value = Values.Quantity(node, findings, key, output.Unit, double.NegativeInfinity, double.PositiveInfinity, bare: true);
        if (findings.Count == before && (value < definition.Low || value > definition.High))
            findings.Add(
                node, DiagnosticCodes.RigSpan, $"{Values.Plain(value)} is outside the span of {definition.Name}",
                "expected " + Values.Bounds(definition.Low, definition.High, output.Unit));
        return SafeValue.At(value);
    }

    /// <summary><c>50 per s</c> in the given unit, or a rate quantity such as <c>3 K/min</c>; per second.</summary>
    private double? Rate(YamlNode node, Unit measure)
    {
        if (Values.Text(node, findings, "rate") is not { } text) return null;
        Unit perSecond = measure.Difference.Per(Units.Of("s"));
        string[] parts = text.Split(" per ", 2, StringSplitOptions.TrimEntries);
        bool read = QuantityText.Parse(parts[0], out Quantity quantity, out _) == QuantityProblem.None;
        if (read && parts.Length == 1 && quantity.Unit.Matches(perSecond)) return quantity.Unit.To(perSecond, quantity.Value);
        bool measured = quantity.Unit == Plant.Quantities.Unit.One || (quantity.Unit?.Matches(measure.Difference) ?? false);
        if (read && measured && parts.Length == 2 && Units.Find(parts[1]) is { Dimension.Time: 1 } time && quantity.Value > 0)
            return (quantity.Unit == Plant.Quantities.Unit.One ? quantity.Value : quantity.Unit!.To(measure.Difference, quantity.Value)) / time.Factor;
        findings.Add(node, DiagnosticCodes.NumberWrong, $"'{text}' is not a rate", $"for example '5 per s' in {measure.Difference}");
        return null;
    }
}
