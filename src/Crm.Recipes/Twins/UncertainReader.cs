using System.Collections.Immutable;
using Crm.Plant.Quantities;
using Crm.Plant.Twins;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Twins;

/// <summary>Reads <c>uncertain:</c> of a twin file: which of its numbers are not well known, how far off they may be, and who says so.</summary>
internal sealed class UncertainReader(Findings findings, ImmutableArray<EquipmentKind> catalogue, TwinDefinition twin)
{
    /// <summary>Wider than this nothing can be said of a pilot.</summary>
    private const double WidestFactor = 100, WidestRelative = 1;

    public ImmutableArray<UncertainParameter> Read(ImmutableArray<YamlEntry> entries) => [.. entries.Select(Parameter).OfType<UncertainParameter>()];

    private UncertainParameter? Parameter(YamlEntry entry)
    {
        if (Fields.Open(entry.Value, findings, $"uncertain {entry.Key.Text}") is not { } fields) return null;
        fields.Need("of");
        ImmutableArray<YamlNode> items = fields.Items("of");
        ImmutableArray<string> addresses = fields.Texts("of");
        bool byFactor = fields.Has("factor"), relative = fields.Has("sd");
        if (byFactor == relative)
            findings.Add(entry.Key, DiagnosticCodes.TwinUncertain, $"{entry.Key.Text} has {(byFactor ? "two spreads" : "no spread")}", "write 'factor: 1.5' or 'sd: 10 %': one standard deviation");
        double size = byFactor ? fields.Number("factor", Unit.One, 1, WidestFactor) : relative ? fields.Quantity("sd", Unit.One, 0, WidestRelative) : 0;
        string source = fields.Text("source");
        fields.Close();
        (double lowest, double highest) = (0.0, double.PositiveInfinity);
        for (int i = 0; i < addresses.Length; i++)
        {
            if (TwinParameter.Value(twin, addresses[i]) is not { } value)
            {
                findings.Add(
                    items[i], DiagnosticCodes.TwinUncertain, $"the twin file writes no number '{addresses[i]}'",
                    Nearest.Suggest(addresses[i], TwinParameter.Addresses(twin)) is { Length: > 0 } near ? near : "write the option with its value under equipment first");
                continue;
            }

            if (value == 0) findings.Add(items[i], DiagnosticCodes.TwinUncertain, $"{addresses[i]} is 0: a multiplier leaves it so", "write what it may be instead");
            if (value <= 0) continue;
            (double low, double high) = TwinParameter.Option(twin, catalogue, addresses[i]) is { } option ? (option.Low, option.High) : (0, 1);
            (lowest, highest) = (Math.Max(lowest, low / value), Math.Min(highest, high / value));
        }

        return addresses.IsEmpty || byFactor == relative ? null : new UncertainParameter(entry.Key.Text, addresses, byFactor ? SpreadKind.Factor : SpreadKind.Relative, size, source, lowest, highest);
    }
}
