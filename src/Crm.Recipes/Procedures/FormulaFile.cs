using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Crm.Plant.Lots;
using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Procedures;

/// <summary>
/// A formula of its own (S88: header, formula and procedure are apart): names the recipe whose procedure it runs, the size of the batch, and values that differ. What it makes of them is
/// a recipe like any other, with its own id and version.
/// </summary>
internal static class FormulaFile
{
    public static bool Is(string path, ReadOnlySpan<byte> bytes) => SourceKind.Of(path, bytes).Value == SourceKind.Formula;

    /// <summary>The path of the recipe that a formula file on disk names; null with the findings when it names none that can be opened.</summary>
    public static string? Of(string path, ReadOnlySpan<byte> bytes, Findings findings)
    {
        if (SourceFile.Open(bytes, SourceKind.Formula, findings) is not { } file || file.Need("of") is not { } node || Values.Text(node, findings, "of") is not { } of) return null;
        if (SourceFile.Beside(path, of) is { } master && SourceFile.Bytes(master) is not null) return master;
        Missing(node, of, findings);
        return null;
    }

    /// <param name="read">Reads the recipe at a path: with the procedure or, when it has mistakes, with those.</param>
    public static (ControlRecipe? Recipe, ImmutableArray<Diagnostic> Diagnostics) Read(
        string path, ReadOnlySpan<byte> bytes, ReadSpecification specifications, Func<string, (ControlRecipe? Recipe, ImmutableArray<Diagnostic> Diagnostics)> read)
    {
        Findings findings = new(path);
        if (SourceFile.Open(bytes, SourceKind.Formula, findings) is not { } file) return (null, findings.InOrder());
        string id = file.Text("formula"), version = file.Text("version"), title = file.Text("title");
        ProductReader products = new(findings, specifications);
        (ControlRecipe? recipe, ImmutableArray<Diagnostic> elsewhere) = Procedure(file, read);
        if (recipe is not null)
        {
            string hash = SourceFile.Hash(Encoding.UTF8.GetBytes(SourceFile.Hash(bytes) + '\n' + recipe.ContentHash));
            recipe = Sized(file, Product(file, products, recipe)) with { Id = id, Version = version, Title = title, ProcedureOf = $"{recipe.Id} {recipe.Version}", ContentHash = hash };
            foreach (YamlEntry entry in file.Named("values")) recipe = Set(entry, recipe, findings);
            if (!file.Has("size") && file.Named("values").IsEmpty && !file.Has("specification") && !file.Has("recovery"))
                findings.Add(file.Map, DiagnosticCodes.StepEmpty, "the formula is that of the recipe itself", "give 'values', 'size', 'specification' or 'recovery'");
            file.Close();
        }

        ImmutableArray<Diagnostic> all = [.. findings.InOrder(), .. elsewhere, .. products.Elsewhere];
        return (all.IsEmpty ? recipe : null, all);
    }

    private static (ControlRecipe? Recipe, ImmutableArray<Diagnostic> Elsewhere) Procedure(Fields file, Func<string, (ControlRecipe?, ImmutableArray<Diagnostic>)> read)
    {
        if (file.Need("of") is not { } node || Values.Text(node, file.Findings, "of") is not { } of) return (null, []);
        string? master = SourceFile.Beside(file.Findings.File, of);
        (ControlRecipe? recipe, ImmutableArray<Diagnostic> found) = master is null ? (null, []) : read(master);
        if (master is not null && !found.Any(d => d.Code == DiagnosticCodes.FileMissing && d.Line == 1 && d.Column == 1)) return (recipe, found);
        Missing(node, of, file.Findings);
        return (null, []);
    }

    private static void Missing(YamlNode node, string of, Findings findings) =>
        findings.Add(node, DiagnosticCodes.FileMissing, $"the recipe '{of}' cannot be opened", "the path starts at the folder of this file");

    private static ControlRecipe Product(Fields file, ProductReader products, ControlRecipe recipe)
    {
        ProductDefinition product = recipe.Product;
        if (file.Find("specification") is { } path) product = product with { Specification = products.Specification(path) };
        if (file.Find("recovery") is { } share) product = product with { LeastRecovery = products.Recovery(share) };
        return recipe with { Product = product };
    }

    private static ControlRecipe Sized(Fields file, ControlRecipe recipe)
    {
        if (file.Find("size") is not { } node) return recipe;
        double size = Values.Quantity(node, file.Findings, "size", Unit.One, 0, 1000, bare: true);
        (ControlRecipe? sized, string? refusal) = FormulaSetting.Apply(recipe, FormulaSetting.Size, size.ToString("R", CultureInfo.InvariantCulture));
        if (refusal is not null && size > 0) file.Findings.Add(node, DiagnosticCodes.FormulaRange, refusal);
        else if (refusal is not null) file.Findings.Add(node, DiagnosticCodes.ValueRange, refusal);
        return sized ?? recipe;
    }

    private static ControlRecipe Set(YamlEntry entry, ControlRecipe recipe, Findings findings)
    {
        string name = entry.Key.Text;
        if (recipe.Formula.All(p => p.Name != name))
        {
            findings.Add(entry.Key, DiagnosticCodes.FormulaUnknown, $"the formula of {recipe.ProcedureOf} has no '{name}'", Nearest.Suggest(name, recipe.Formula.Select(p => p.Name)));
            return recipe;
        }

        if (Values.Text(entry.Value, findings, name) is not { } text) return recipe;
        (ControlRecipe? changed, string? refusal) = FormulaSetting.Apply(recipe, name, text);
        if (refusal is not null) findings.Add(entry.Value, DiagnosticCodes.FormulaRange, refusal);
        return changed ?? recipe;
    }
}
