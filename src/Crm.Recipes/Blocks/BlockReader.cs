using System.Collections.Immutable;
using Crm.Plant.Quantities;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Blocks;

/// <summary>Reads <c>blocks:</c>, of a recipe or of a file that recipes share.</summary>
internal static class BlockReader
{
    public static readonly ImmutableArray<(string Word, BlockParameterType Value)> Types =
    [
        ("quantity", BlockParameterType.Quantity), ("condition", BlockParameterType.Condition), ("unit", BlockParameterType.Unit),
        ("reagent", BlockParameterType.Reagent), ("name", BlockParameterType.Name), ("text", BlockParameterType.Text), ("list", BlockParameterType.List),
    ];

    public static ImmutableArray<BlockDefinition> Read(Fields file) => [.. file.Named("blocks").Select(e => Block(e, file.Findings)).OfType<BlockDefinition>()];

    /// <summary>Letters, digits, '-' and '_'.</summary>
    public static bool IsName(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static BlockDefinition? Block(YamlEntry entry, Findings findings)
    {
        string name = entry.Key.Text;
        if (!IsName(name)) findings.Add(entry.Key, DiagnosticCodes.NameWrong, $"'{name}' cannot be the name of a block", "use letters, digits, '-' and '_'");
        if (Fields.Open(entry.Value, findings, $"block {name}") is not { } fields) return null;
        fields.Text("title");
        ImmutableArray<BlockParameter> parameters = [.. fields.Named("parameters").Select(p => Parameter(p, findings)).OfType<BlockParameter>()];
        YamlNode? steps = fields.Need("steps");
        fields.Close();
        if (steps is null) return null;
        if (steps is not YamlSequence { Items.IsEmpty: false } list)
        {
            findings.Add(steps, DiagnosticCodes.StepEmpty, $"block {name} has no steps", "write them as in a unit procedure, each starting with '- '");
            return null;
        }

        CheckPlaceholders(fields, name, list, findings);
        return new BlockDefinition(name, findings.File, entry.Key, parameters, list);
    }

    private static void CheckPlaceholders(Fields block, string name, YamlSequence steps, Findings findings)
    {
        ImmutableArray<YamlEntry> declared = block.Named("parameters");
        (string Name, YamlScalar At)[] used = [.. Placeholders.Of(steps)];
        foreach ((string parameter, YamlScalar at) in used.Where(u => declared.All(d => d.Key.Text != u.Name)))
            findings.Add(at, DiagnosticCodes.BlockParameter, $"block {name} has no parameter '{parameter}'", Nearest.Suggest(parameter, declared.Select(d => d.Key.Text)));
        foreach (YamlEntry parameter in declared.Where(d => used.All(u => u.Name != d.Key.Text)))
            findings.Add(parameter.Key, DiagnosticCodes.BlockParameter, $"no step of block {name} uses its parameter '{parameter.Key.Text}'", $"write ${parameter.Key.Text} where it is meant, or remove it");
    }

    private static BlockParameter? Parameter(YamlEntry entry, Findings findings)
    {
        string name = entry.Key.Text;
        if (name.Length == 0 || !char.IsAsciiLetterLower(name[0]) || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
            findings.Add(entry.Key, DiagnosticCodes.NameWrong, $"'{name}' cannot be the name of a parameter", "use lower-case letters, digits and '_', a letter first");
        if (Fields.Open(entry.Value, findings, $"parameter {name}") is not { } fields) return null;
        BlockParameterType type = fields.Choice("type", Types);
        fields.Text("label", name);
        (Unit measure, double low, double high) = type == BlockParameterType.Quantity ? Measure(fields) : (Unit.One, double.NegativeInfinity, double.PositiveInfinity);
        string equipment = type == BlockParameterType.Unit ? fields.Text("class", "") : "";
        YamlNode? otherwise = fields.Find("default");
        fields.Close();
        BlockParameter parameter = new(name, type, measure, low, high, equipment, otherwise);
        if (otherwise is not null) CheckForm(new BlockArgument("", parameter, otherwise), findings);
        if (otherwise is YamlScalar && type == BlockParameterType.Quantity) Values.Quantity(otherwise, findings, "default", measure, low, high, bare: false);
        return parameter;
    }

    private static (Unit Measure, double Low, double High) Measure(Fields parameter)
    {
        Findings findings = parameter.Findings;
        Unit measure = Unit.One;
        if (parameter.Need("unit") is { } node && Values.Text(node, findings, "unit") is { } symbol)
        {
            measure = Units.Find(symbol) ?? Unit.One;
            if (Units.Find(symbol) is null) Values.UnknownUnit(node, findings, symbol, Unit.One);
        }

        if (parameter.Find("range") is not { } range) return (measure, double.NegativeInfinity, double.PositiveInfinity);
        (double low, double high) = Values.Range(range, findings, "range", measure, bare: false);
        return (measure, low, high);
    }

    /// <summary>What can be said of an argument without knowing the rig.</summary>
    public static bool CheckForm(BlockArgument argument, Findings findings)
    {
        (_, BlockParameter parameter, YamlNode value) = argument;
        string? wrong = parameter.Type switch
        {
            BlockParameterType.List when value is not YamlSequence => "expected a list: [a, b]",
            not BlockParameterType.List when value is not YamlScalar { Text.Length: > 0 } => "expected a value",
            BlockParameterType.Name when !IsName(((YamlScalar)value).Text) => "use letters, digits, '-' and '_'",
            _ => null,
        };
        if (wrong is null) return true;
        string text = value is YamlScalar scalar ? $"'{scalar.Text}'" : value.Kind;
        findings.Add(value, DiagnosticCodes.BlockArgument, $"{text} stands for '{parameter.Name}', a {Types.First(t => t.Value == parameter.Type).Word}", wrong);
        return false;
    }
}
