using System.Collections.Immutable;
using Crm.Plant.Alarms;
using Crm.Plant.Loops;
using Crm.Plant.Quantities;
using Crm.Plant.Materials;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Expressions;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Rigs;

/// <summary>
/// Compiles a rig file: names become ordinals in the order of the file. First all names (buses, tags, outputs), then loops, then
/// everything that refers to them.
/// </summary>
internal sealed partial class RigReader
{
    private readonly Fields file;
    private readonly Findings findings;
    private readonly List<UnitDraft> units = [];
    private readonly List<TagDefinition> tags = [];
    private readonly List<OutputDraft> outputs = [];
    private readonly List<LoopDefinition> loops = [];
    private readonly List<TransferLine> lines = [];
    private readonly SortedDictionary<string, NamedTag> tagNames = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, OutputDraft> outputNames = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> loopNames = new(StringComparer.Ordinal);
    private readonly SortedSet<string> unitNames = new(StringComparer.Ordinal);
    private readonly SortedSet<string> outputWords = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> addresses = new(StringComparer.Ordinal);
    private readonly RigNames names;
    private ImmutableArray<BusDefinition> buses = [];
    private ImmutableArray<ReagentDefinition> reagents = [];
    private ImmutableArray<(string Unit, DosingLine Line)> dosingLines = [];

    private readonly BusCatalogue? catalogue;

    /// <param name="catalogue">What buses and instruments there are; null leaves them unchecked.</param>
    public RigReader(Fields file, BusCatalogue? catalogue = null)
    {
        this.file = file;
        this.catalogue = catalogue;
        findings = file.Findings;
        names = new RigNames(tagNames, outputWords);
    }

    public RigDefinition Read(string hash)
    {
        string name = file.Text("rig");
        string version = file.Text("version");
        file.Text("title", "");
        TimeSpan scan = Scan();
        file.Need("buses");
        buses = [.. file.Named("buses").Select(Bus)];
        reagents = [.. file.Named("reagents").Select(Reagent)];
        ReadUnits();
        NoneIsBlind();
        foreach (UnitDraft unit in units) ReadLoops(unit);
        ResolveCascades();
        ImmutableArray<UnitDefinition> definitions = [.. units.Select((unit, ordinal) => Finish(unit, ordinal))];
        dosingLines = [.. definitions.SelectMany(u => u.DosingLines.Select(l => (u.Name, l)))];
        ReadPlausible();
        RigDefinition rig = new(
            name,
            version,
            hash,
            scan,
            definitions,
            [.. tags],
            [.. outputs.Select(o => o.Definition)],
            [.. loops],
            Trips(),
            Permissives(),
            [],
            reagents,
            [.. lines],
            Duties(),
            buses)
        {
            Shift = Shift(),
            HardWired = [.. file.Named("hard_wired").Select(HardWired)],
        };
        CompatibilityTable compatibility = Compatibility();
        rig = InstrumentAlarms.AddTo(rig with { Alarms = Alarms(rig), Shared = SharedResources(), Stock = StockLots(compatibility), Compatibility = compatibility, Permissions = Permissions() });
        rig = rig with { Panel = Panel(rig), Units = [.. rig.Units.Select(u => u with { Draws = Draws(u, rig.Shared) }).Select(u => drawnBy.TryGetValue(u.Name, out var only) ? u with { DrawnBy = only } : u)] };
        file.Close();
        return rig;
    }

    private TimeSpan Scan()
    {
        TimeSpan scan = file.Duration("scan");
        if (file.Find("scan") is { } node && (scan < TimeSpan.FromMilliseconds(10) || scan > TimeSpan.FromSeconds(10)))
            findings.Add(node, DiagnosticCodes.ValueRange, "the scan period is outside 10 ms..10 s", "usual is 100 ms");
        return scan;
    }

    private TimeSpan Shift()
    {
        TimeSpan shift = file.Duration("shift", AlarmMetrics.UsualShift);
        bool fits = shift >= TimeSpan.FromHours(1) && shift.Ticks % TimeSpan.TicksPerHour == 0 && TimeSpan.TicksPerDay % shift.Ticks == 0;
        if (file.Find("shift") is { } node && !fits) findings.Add(node, DiagnosticCodes.RigShift, "a day is not a whole number of such shifts", "4 h, 6 h, 8 h, 12 h or 24 h are usual");
        return fits ? shift : AlarmMetrics.UsualShift;
    }

    private BusDefinition Bus(YamlEntry entry)
    {
        Name(entry.Key);
        ImmutableSortedDictionary<string, string>.Builder options = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (Fields.Open(entry.Value, findings, $"bus {entry.Key.Text}") is not { } fields) return new BusDefinition(entry.Key.Text, "", options.ToImmutable());
        string driver = fields.Text("driver");
        foreach (YamlEntry option in fields.Map.Entries.Where(e => e.Key.Text is not ("driver" or "devices")))
        {
            if (Values.Text(option.Value, findings, option.Key.Text) is { } text) options[option.Key.Text] = text;
        }

        BusDefinition bus = new(entry.Key.Text, driver, options.ToImmutable());
        return catalogue is null ? bus : Known(bus, fields, catalogue);
    }

    private ReagentDefinition Reagent(YamlEntry entry)
    {
        Name(entry.Key);
        if (Fields.Open(entry.Value, findings, $"reagent {entry.Key.Text}") is not { } fields) return new ReagentDefinition(entry.Key.Text, "", "", 1, 1, 0, "");
        ReagentDefinition reagent = new(
            entry.Key.Text,
            fields.Text("label"),
            fields.Text("species"),
            fields.Quantity("strength", Units.Of("wt%"), 0, 100) / 100,
            fields.Quantity("density", Units.Of("kg/L"), 0.05, 20),
            fields.Quantity("stock", Units.Of("kg"), 0),
            fields.Text("hazard"));
        fields.Close();
        return reagent;
    }

    /// <summary>Names are part of expressions: lower case, digits and underscores.</summary>
    private void Name(YamlScalar key)
    {
        string text = key.Text;
        bool good = text.Length > 0 && char.IsAsciiLetterLower(text[0]) && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
        if (!good)
            findings.Add(
                key, DiagnosticCodes.NameWrong, $"'{text}' cannot be a name",
                "use lower-case letters, digits and '_', a letter first");
    }

    /// <summary>A role of the unit (<c>heater</c>) or a full name (<c>leach.heater</c>).</summary>
    private static string Full(UnitDraft unit, string name) => name.Contains('.') ? name : unit.Name + "." + name;

    private OutputDraft? Output(YamlNode? node, string key, UnitDraft? owner)
    {
        if (node is null || Values.Text(node, findings, key) is not { } text) return null;
        string full = owner is null ? text : Full(owner, text);
        if (outputNames.TryGetValue(full, out OutputDraft? output)) return output;
        findings.Add(node, DiagnosticCodes.RigOutput, $"there is no output '{full}'", Nearest.Suggest(full, outputNames.Keys));
        return null;
    }

    private NamedTag? Tag(YamlNode? node, string key, UnitDraft owner)
    {
        if (node is null || Values.Text(node, findings, key) is not { } text) return null;
        string full = Full(owner, text);
        if (tagNames.TryGetValue(full, out NamedTag tag)) return tag;
        findings.Add(node, DiagnosticCodes.RigTag, $"there is no tag '{full}'", Nearest.Suggest(full, tagNames.Keys));
        return null;
    }

    private string Unit(YamlNode? node, string key)
    {
        if (node is null || Values.Text(node, findings, key) is not { } text) return "";
        if (!unitNames.Contains(text))
            findings.Add(
                node, DiagnosticCodes.RigUnit, $"there is no unit '{text}'", Nearest.Suggest(text, unitNames));
        return text;
    }

    /// <summary>Reports the second of two things that must have different names.</summary>
    private void Once(ISet<string> seen, string name, YamlNode at, string what)
    {
        if (!seen.Add(name)) findings.Add(at, DiagnosticCodes.RigDuplicate, $"there are two {what} '{name}'", "rename one");
    }
}
