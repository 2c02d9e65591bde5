using System.Collections.Immutable;
using Crm.Plant.Lots;
using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Procedures;

/// <summary>Reads what a batch is to make: the product, how much of its element, and the specification it must meet.</summary>
internal sealed class ProductReader(Findings findings, ReadSpecification specifications)
{
    private static readonly Specification none = new("", "", "", []);

    /// <summary>Mistakes in the specification file.</summary>
    public ImmutableArray<Diagnostic> Elsewhere { get; private set; } = [];

    public ProductDefinition Read(YamlNode? node)
    {
        if (Fields.Open(node, findings, "the product") is not { } fields) return new ProductDefinition("", "", "", 0, none);
        string name = fields.Text("name");
        string compound = fields.Text("formula", name);
        string element = fields.Text("element");
        double recovery = fields.Need("recovery") is { } share ? Recovery(share) : 0;
        YamlNode? path = fields.Need("specification");
        ImmutableArray<string> also = fields.Texts("also");
        foreach (YamlNode wrong in fields.Items("also").Where(n => n is YamlScalar s && !Chemistry.MolarMass.IsElement(s.Text)))
            findings.Add(wrong, DiagnosticCodes.ChoiceUnknown, $"'{((YamlScalar)wrong).Text}' is no element", "write symbols: also: [Ni, Co]");
        fields.Close();
        return new ProductDefinition(name, compound, element, recovery, path is null ? none : Specification(path)) { Also = also };
    }

    /// <summary><c>&gt;= 70 %</c> or <c>70 %</c>, as a fraction.</summary>
    public double Recovery(YamlNode node)
    {
        if (Values.Text(node, findings, "recovery") is not { } text) return 0;
        YamlScalar number = (YamlScalar)node with { Text = text.StartsWith(">=", StringComparison.Ordinal) ? text[2..].Trim() : text };
        return Values.Quantity(number, findings, "recovery", Units.Of("%"), 0, 100, bare: false) / 100;
    }

    /// <summary>The specification at a path from the folder of the file that names it.</summary>
    public Specification Specification(YamlNode node)
    {
        if (Values.Text(node, findings, "specification") is not { } path) return none;
        (Specification? read, ImmutableArray<Diagnostic> mistakes) = SourceFile.Beside(findings.File, path) is { } beside ? specifications(beside) : (null, []);
        if (read is null && mistakes.IsEmpty || mistakes.Any(m => m.Code == DiagnosticCodes.FileMissing))
            findings.Add(
                node, DiagnosticCodes.FileMissing, $"the specification '{path}' cannot be opened",
                "the path starts at the folder of this file");
        else Elsewhere = mistakes;
        return read ?? none;
    }
}
