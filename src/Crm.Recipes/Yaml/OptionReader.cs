using System.Collections.Immutable;
using Crm.Plant.Quantities;
using Crm.Plant.Twins;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.Yaml;

/// <summary>Option values by name: numbers in the option's unit; what was not written is absent.</summary>
internal sealed record OptionsRead(
    ImmutableSortedDictionary<string, double> Numbers,
    ImmutableSortedDictionary<string, string> Words,
    ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, double>> Maps,
    ImmutableSortedDictionary<string, ImmutableArray<string>> Lists);

/// <summary>Reads the options that a catalogue declares: equipment of the twin, buses and instruments alike.</summary>
internal static class OptionReader
{
    /// <param name="what">Whose options these are, for messages: <c>dosing-pump of acid_drive</c>.</param>
    /// <param name="code">Diagnostic of an option that is missing.</param>
    public static OptionsRead Read(Fields fields, ImmutableArray<OptionDefinition> options, string what, string code)
    {
        Findings findings = fields.Findings;
        var numbers = Empty<double>();
        var words = Empty<string>();
        var maps = Empty<ImmutableSortedDictionary<string, double>>();
        var lists = Empty<ImmutableArray<string>>();
        foreach (OptionDefinition option in options)
        {
            YamlNode? node = fields.Find(option.Name);
            if (node is null && option.Required)
                findings.Add(fields.Map, code, $"{what} has no '{option.Name}'", $"{option.Meaning} {option.Unit}".Trim());
            if (node is null) continue;
            Unit unit = Units.Find(option.Unit) ?? Unit.One;
            switch (option.Kind)
            {
                case OptionKind.Number:
                    numbers[option.Name] = Values.Quantity(node, findings, option.Name, unit, option.Low, option.High, bare: false);
                    break;
                case OptionKind.Name:
                    words[option.Name] = Word(node, findings, option);
                    break;
                case OptionKind.Map:
                    maps[option.Name] = Numbers(fields.Named(option.Name), findings, unit, option.Low, option.High);
                    break;
                default:
                    lists[option.Name] = fields.Texts(option.Name);
                    break;
            }
        }

        return new OptionsRead(numbers.ToImmutable(), words.ToImmutable(), maps.ToImmutable(), lists.ToImmutable());
    }

    /// <summary>Names to numbers, all in one unit.</summary>
    public static ImmutableSortedDictionary<string, double> Numbers(ImmutableArray<YamlEntry> entries, Findings findings, Unit unit, double low, double high) =>
        entries.ToImmutableSortedDictionary(e => e.Key.Text, e => Values.Quantity(e.Value, findings, e.Key.Text, unit, low, high, bare: true), StringComparer.Ordinal);

    private static string Word(YamlNode node, Findings findings, OptionDefinition option) => option.Choices.IsEmpty
        ? Values.Text(node, findings, option.Name) ?? ""
        : Values.Choice(node, findings, option.Name, [.. option.Choices.Select(c => (c, c))], option.Choices[0]);

    private static ImmutableSortedDictionary<string, T>.Builder Empty<T>() => ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
}
