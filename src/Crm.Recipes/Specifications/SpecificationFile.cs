using System.Collections.Immutable;
using Crm.Plant.Lots;
using Crm.Plant.Quantities;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Specifications;

/// <summary>Reads a product specification.</summary>
public static class SpecificationFile
{
    public static (Specification? Value, ImmutableArray<Diagnostic> Diagnostics) Read(string path)
    {
        Findings findings = new(path);
        return SourceFile.Bytes(path, findings) is { } bytes ? Read(path, bytes) : (null, findings.InOrder());
    }

    /// <param name="path">Only named in the diagnostics.</param>
    public static (Specification? Value, ImmutableArray<Diagnostic> Diagnostics) Read(string path, ReadOnlySpan<byte> bytes)
    {
        Findings findings = new(path);
        if (SourceFile.Open(bytes, "specification", findings) is not { } fields) return (null, findings.InOrder());
        string name = fields.Text("specification");
        string version = fields.Text("version");
        string source = fields.Text("source");
        YamlNode? list = fields.Need("limits");
        ImmutableArray<YamlNode> items = fields.Items("limits");
        if (list is not null && items.IsEmpty) findings.Add(list, DiagnosticCodes.StepEmpty, "the specification limits nothing", "add a limit");
        SortedSet<string> seen = new(StringComparer.Ordinal);
        Specification specification = new(name, version, source, [.. items.Select(item => Limit(item, source, seen, findings)).OfType<SpecificationLimit>()]);
        fields.Close();
        return (findings.Count == 0 ? specification : null, findings.InOrder());
    }

    private static SpecificationLimit? Limit(YamlNode node, string fileSource, SortedSet<string> seen, Findings findings)
    {
        if (Fields.Open(node, findings, "a limit") is not { } fields) return null;
        string analyte = fields.Text("analyte");
        if (analyte.Length > 0 && !seen.Add(analyte)) findings.Add(node, DiagnosticCodes.NameTwice, $"'{analyte}' is limited twice", "one line per analyte, with at_least and at_most");
        (double? least, string? leastUnit) = Bound(fields, "at_least");
        (double? most, string? mostUnit) = Bound(fields, "at_most");
        string source = fields.Text("source", fileSource);
        fields.Close();
        string unit = leastUnit ?? mostUnit ?? "%";
        if (least is null && most is null) findings.Add(node, DiagnosticCodes.SpecificationBounds, $"'{analyte}' has no bound", "add at_least or at_most");
        if (leastUnit is not null && mostUnit is not null && leastUnit != mostUnit) findings.Add(node, DiagnosticCodes.SpecificationBounds, $"'{analyte}' is bounded in {leastUnit} and {mostUnit}", "use one unit");
        else if (least > most) findings.Add(node, DiagnosticCodes.SpecificationBounds, $"nothing can have '{analyte}' both above {Values.Plain(least.Value)} and below {Values.Plain(most.Value)} {unit}", "swap the bounds");
        return new SpecificationLimit(analyte, unit, least, most, source);
    }

    /// <summary>A bound in <c>ppm</c> or <c>%</c> by mass, the two units specifications are written in.</summary>
    private static (double? Value, string? Unit) Bound(Fields fields, string key)
    {
        if (fields.Find(key) is not { } node || Values.Text(node, fields.Findings, key) is not { } text) return (null, null);
        Unit unit = Units.Of(text.Contains('%') ? "%" : "ppm");
        double value = Values.Quantity(node, fields.Findings, key, unit, 0, unit.Symbol == "%" ? 100 : 1e6, bare: false);
        return (value, unit.Symbol);
    }
}
