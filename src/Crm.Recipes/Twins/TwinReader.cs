using System.Collections.Immutable;
using Crm.Plant.Quantities;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Twins;

/// <summary>Checks that every unit of the rig has equipment behind it that measures its tags and obeys its outputs.</summary>
internal sealed class TwinReader(Fields file, ImmutableArray<EquipmentKind> catalogue, RigDefinition rig)
{
    private readonly Findings findings = file.Findings;

    public TwinDefinition Read(string hash)
    {
        string name = file.Text("twin");
        if (name.Length > 0 && name != rig.Name)
            findings.Add(
                file.Find("twin")!, DiagnosticCodes.RecipeRig, $"the twin is of rig '{name}'", $"this is rig '{rig.Name}'");
        file.Text("version", "");
        file.Text("title", "");
        ImmutableSortedDictionary<string, double> ambient = Ambient();
        YamlNode? at = file.Need("equipment");
        ImmutableArray<YamlEntry> written = file.Named("equipment");
        ImmutableArray<EquipmentDefinition> equipment = [.. written.Select(Equipment).OfType<EquipmentDefinition>()];
        if (at is not null) Missing(at, written);
        ImmutableArray<MaterialDefinition> materials = [.. file.Named("materials").Select(Material).OfType<MaterialDefinition>()];
        ImmutableArray<SensorDefinition> sensors = [.. file.Named("sensors").Select(Sensor).OfType<SensorDefinition>()];
        ImmutableArray<PipeDefinition> pipes = [.. file.Named("pipes").Select(Pipe).OfType<PipeDefinition>()];
        TwinDefinition twin = new(name, hash, equipment, materials, sensors, ambient) { Pipes = pipes };
        ImmutableArray<UncertainParameter> uncertain = new UncertainReader(findings, catalogue, twin).Read(file.Named("uncertain"));
        file.Close();
        return twin with { Uncertain = uncertain };
    }

    private ImmutableSortedDictionary<string, double> Ambient()
    {
        ImmutableSortedDictionary<string, double>.Builder values = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (YamlEntry entry in file.Named("ambient"))
        {
            if (Values.Text(entry.Value, findings, entry.Key.Text) is not { } text) continue;
            QuantityProblem problem = QuantityText.Parse(text, out Quantity quantity, out string symbol);
            if (problem == QuantityProblem.UnknownUnit) Values.UnknownUnit(entry.Value, findings, symbol, Unit.One);
            else if (problem != QuantityProblem.None)
                findings.Add(
                    entry.Value, DiagnosticCodes.NumberWrong, $"'{entry.Key.Text}: {text}' is not a number",
                    "for example '20 degC'");
            else values[entry.Key.Text] = quantity.Unit.To(Units.Canonical(quantity.Unit), quantity.Value);
        }

        return values.ToImmutable();
    }

    private void Missing(YamlNode at, ImmutableArray<YamlEntry> written)
    {
        foreach (UnitDefinition unit in rig.Units.Where(u => written.All(e => e.Key.Text != u.Name)))
        {
            bool silent = rig.Tags.All(t => !IsOf(unit.Name, t.Name)) && rig.Outputs.All(o => !IsOf(unit.Name, o.Name));
            if (!silent)
                findings.Add(
                    at, DiagnosticCodes.TwinEquipment, $"unit {unit.Name} has no equipment behind it",
                    $"add '{unit.Name}: {{model: …}}'");
        }
    }

    private static bool IsOf(string unit, string name) => name.StartsWith(unit + ".", StringComparison.Ordinal);

    private EquipmentDefinition? Equipment(YamlEntry entry)
    {
        string unit = entry.Key.Text;
        if (rig.Unit(unit) < 0)
            findings.Add(
                entry.Key, DiagnosticCodes.RigUnit, $"the rig has no unit '{unit}'",
                Nearest.Suggest(unit, rig.Units.Select(u => u.Name)));
        if (Fields.Open(entry.Value, findings, $"equipment of {unit}") is not { } fields) return null;
        string model = fields.Text("model");
        EquipmentKind? kind = catalogue.FirstOrDefault(k => k.Name == model);
        if (kind is null)
        {
            if (model.Length > 0)
                findings.Add(
                    fields.Find("model")!, DiagnosticCodes.TwinModel, $"there is no equipment model '{model}'",
                    Nearest.Suggest(model, catalogue.Select(k => k.Name)));
            return null;
        }

        EquipmentDefinition equipment = Options(fields, unit, kind, entry.Key.Line);
        fields.Close(DiagnosticCodes.TwinOption);
        Fits(entry.Key, unit, kind);
        return equipment;
    }

    private static EquipmentDefinition Options(Fields fields, string unit, EquipmentKind kind, int line)
    {
        OptionsRead read = OptionReader.Read(fields, kind.Options, $"{kind.Name} of {unit}", DiagnosticCodes.TwinOption);
        return new EquipmentDefinition(unit, kind.Name, read.Numbers, read.Words, read.Maps, read.Lists, line);
    }

    /// <summary>Every tag must be something the model measures, every output something it obeys.</summary>
    private void Fits(YamlScalar at, string unit, EquipmentKind kind)
    {
        foreach (string tag in rig.Tags.Select(t => t.Name).Where(n => IsOf(unit, n)))
        {
            if (!Covered(kind.Senses, First(tag[(unit.Length + 1)..])))
                findings.Add(
                    at, DiagnosticCodes.TwinSense, $"model {kind.Name} cannot measure {tag}",
                    "it measures: " + string.Join(", ", kind.Senses));
        }

        foreach (string output in rig.Outputs.Select(o => o.Name).Where(n => IsOf(unit, n)))
        {
            if (!Covered(kind.Obeys, output[(unit.Length + 1)..]))
                findings.Add(
                    at, DiagnosticCodes.TwinObey, $"model {kind.Name} does nothing with {output}",
                    "it obeys: " + string.Join(", ", kind.Obeys));
        }
    }

    /// <summary>The role of the first of several instruments on one quantity: <c>temperature_b</c> measures what <c>temperature</c> does.</summary>
    private static string First(string role) =>
        role.EndsWith("_b", StringComparison.Ordinal) || role.EndsWith("_c", StringComparison.Ordinal) ? role[..^2] : role;

    /// <summary><c>*</c> in front of or behind a word stands for any letters.</summary>
    private static bool Covered(ImmutableArray<string> words, string role) => words.Any(word =>
        word == role
        || (word.EndsWith('*') && role.StartsWith(word[..^1], StringComparison.Ordinal))
        || (word.StartsWith('*') && role.EndsWith(word[1..], StringComparison.Ordinal)));

    private MaterialDefinition? Material(YamlEntry entry)
    {
        if (Fields.Open(entry.Value, findings, $"material {entry.Key.Text}") is not { } fields) return null;
        fields.Text("label", "");
        fields.Need("minerals");
        ImmutableSortedDictionary<string, double> minerals = OptionReader.Numbers(fields.Named("minerals"), findings, Unit.One, 0, 1);
        string source = fields.Text("source");
        double? size = fields.OptionalQuantity("size", Units.Of("um"), 0.1, 1e4);
        fields.Close();
        double sum = minerals.Values.Sum();
        if (sum is > 1.000001 or <= 0)
            findings.Add(
                entry.Key, DiagnosticCodes.TwinMaterial,
                $"the minerals of {entry.Key.Text} sum to {Values.Plain(sum)} kg/kg",
                "expected more than 0 and at most 1; the rest is inert");
        return new MaterialDefinition(entry.Key.Text, minerals, source) { Size = size };
    }

    private PipeDefinition? Pipe(YamlEntry entry)
    {
        int pump = rig.Output(entry.Key.Text);
        if (pump < 0)
            findings.Add(
                entry.Key, DiagnosticCodes.RigOutput, $"the rig has no output '{entry.Key.Text}'",
                Nearest.Suggest(entry.Key.Text, rig.Outputs.Select(o => o.Name)));
        else if (!rig.Lines.Any(l => l.Pump == pump) && !rig.Units.SelectMany(u => u.DosingLines).Any(d => d.Pump == pump))
            findings.Add(entry.Key, DiagnosticCodes.TwinPipe, $"{entry.Key.Text} drives no line and no dosing line of the rig", "name the pump of one");
        if (Fields.Open(entry.Value, findings, $"pipe {entry.Key.Text}") is not { } fields) return null;
        double holdup = fields.Quantity("holdup", Units.Of("L"), 0.01, 100);
        fields.Close();
        return new PipeDefinition(pump, holdup);
    }

    private SensorDefinition? Sensor(YamlEntry entry)
    {
        int tag = rig.Tag(entry.Key.Text);
        if (tag < 0)
            findings.Add(
                entry.Key, DiagnosticCodes.RigTag, $"the rig has no tag '{entry.Key.Text}'",
                Nearest.Suggest(entry.Key.Text, rig.Tags.Select(t => t.Name)));
        if (Fields.Open(entry.Value, findings, $"sensor {entry.Key.Text}") is not { } fields) return null;
        Unit unit = tag < 0 ? Unit.One : (Units.Find(rig.Tags[tag].Unit) ?? Unit.One).Difference;
        double? lag = fields.OptionalQuantity("lag", Units.Of("s"), 0, 86400);
        double? noise = fields.Has("noise") ? fields.Number("noise", unit, 0) : null;
        double? resolution = fields.Has("resolution") ? fields.Number("resolution", unit, 0) : null;
        fields.Close();
        return new SensorDefinition(tag, lag, noise, resolution);
    }
}
