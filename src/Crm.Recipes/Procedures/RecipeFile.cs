using System.Collections.Immutable;
using System.Text;
using Crm.Plant.Procedure;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Blocks;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Expressions;
using Crm.Recipes.ProcessChecks;
using Crm.Recipes.Specifications;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Procedures;

/// <summary>Reads a recipe and binds it to a rig.</summary>
public static class RecipeFile
{
    public static (ControlRecipe? Value, ImmutableArray<Diagnostic> Diagnostics) Read(
        string path, ImmutableArray<UnitOperationDescription> operations, RigDefinition rig)
    {
        Findings findings = new(path);
        return SourceFile.Bytes(path, findings) is { } bytes ? Read(path, bytes, operations, rig) : (null, findings.InOrder());
    }

    /// <param name="path">Named in the diagnostics; the specification is looked for beside it.</param>
    public static (ControlRecipe? Value, ImmutableArray<Diagnostic> Diagnostics) Read(
        string path, ReadOnlySpan<byte> bytes, ImmutableArray<UnitOperationDescription> operations, RigDefinition rig) =>
        Read(path, bytes, operations, rig, SpecificationFile.Read);

    /// <param name="specification">Reads the specification at a path.</param>
    /// <param name="blocks">Reads a file of blocks at a path; null: from disk.</param>
    public static (ControlRecipe? Value, ImmutableArray<Diagnostic> Diagnostics) Read(
        string path, ReadOnlySpan<byte> bytes, ImmutableArray<UnitOperationDescription> operations, RigDefinition rig, ReadSpecification specification, ReadBytes? blocks = null)
    {
        (ControlRecipe? recipe, ImmutableArray<Diagnostic> all, _, _) = ReadAll(path, bytes, operations, rig, specification, blocks, []);
        return (recipe, all);
    }

    /// <summary>How every expression of a recipe was understood, in the order of its lines; with the findings when it cannot be read.</summary>
    public static (ImmutableArray<UnderstoodExpression> Expressions, ImmutableArray<Diagnostic> Diagnostics) Explain(
        string path, ImmutableArray<UnitOperationDescription> operations, RigDefinition rig)
    {
        Findings findings = new(path);
        if (SourceFile.Bytes(path, findings) is not { } bytes) return ([], findings.InOrder());
        (_, ImmutableArray<Diagnostic> all, ImmutableArray<UnderstoodExpression> expressions, _) = ReadAll(path, bytes, operations, rig, SpecificationFile.Read, null, []);
        return ([.. expressions.Distinct().OrderBy(e => e.File.Length > 0).ThenBy(e => e.File, StringComparer.Ordinal).ThenBy(e => e.Line)], all);
    }

    /// <summary>Mistakes of a recipe, or where it has none what can be reckoned of its chemistry: problems and advice.</summary>
    /// <param name="twin">Twin of the rig, which knows what its materials hold and how its vessels are cooled; null: there is none.</param>
    /// <param name="specification">Reads the specification at a path; null: from disk.</param>
    public static ImmutableArray<Diagnostic> Check(
        string path, ReadOnlySpan<byte> bytes, ImmutableArray<UnitOperationDescription> operations, RigDefinition rig, TwinDefinition? twin, ReadSpecification? specification = null, ReadBytes? blocks = null)
    {
        (ControlRecipe? recipe, ImmutableArray<Diagnostic> all, _, RecipeReader? reader) = ReadAll(path, bytes, operations, rig, specification ?? SpecificationFile.Read, blocks, []);
        return recipe is null ? all : ProcessCheck.Of(path, recipe, rig, twin, reader?.Places);
    }

    /// <param name="slots">That are handed out already: those of the recipe a running batch was started with.</param>
    internal static (ControlRecipe? Recipe, ImmutableArray<Diagnostic> Diagnostics, ImmutableArray<UnderstoodExpression> Expressions, RecipeReader? Reader) ReadAll(
        string path, ReadOnlySpan<byte> bytes, ImmutableArray<UnitOperationDescription> operations, RigDefinition rig, ReadSpecification specification, ReadBytes? blocks, ImmutableArray<Slot> slots)
    {
        if (FormulaFile.Is(path, bytes))
        {
            ImmutableArray<UnderstoodExpression> understood = [];
            (ControlRecipe? formulated, ImmutableArray<Diagnostic> found) = FormulaFile.Read(path, bytes, specification, of =>
            {
                (ControlRecipe? read, ImmutableArray<Diagnostic> mistakes, understood, _) = Master(of, operations, rig, specification, blocks);
                return (read, mistakes);
            });
            return (formulated, found, understood, null);
        }

        Findings findings = new(path);
        if (SourceFile.Open(bytes, "recipe", findings) is not { } fields) return (null, findings.InOrder(), [], null);
        RecipeReader reader = new(fields, operations, rig, specification, blocks ?? SourceFile.Bytes, slots);
        ControlRecipe recipe = reader.Read(SourceFile.Hash(bytes)) with { File = path, Text = Encoding.UTF8.GetString(bytes) };
        ImmutableArray<Diagnostic> all = [.. findings.InOrder(), .. reader.Elsewhere];
        return (all.IsEmpty ? recipe : null, all, [.. reader.Expressions], reader);
    }

    /// <summary>The recipe that a formula file names. A formula has the procedure of a recipe, not of another formula.</summary>
    private static (ControlRecipe? Recipe, ImmutableArray<Diagnostic> Diagnostics, ImmutableArray<UnderstoodExpression> Expressions, RecipeReader? Reader) Master(
        string path, ImmutableArray<UnitOperationDescription> operations, RigDefinition rig, ReadSpecification specification, ReadBytes? blocks)
    {
        Findings findings = new(path);
        byte[]? bytes = blocks is null ? SourceFile.Bytes(path, findings) : blocks(path);
        if (bytes is null && findings.Count == 0) findings.Add(1, 1, DiagnosticCodes.FileMissing, "the file cannot be opened: there is none", "check the path");
        if (bytes is not null && FormulaFile.Is(path, bytes)) findings.Add(1, 1, DiagnosticCodes.FileKind, "this is a formula file; a formula is of a recipe");
        return bytes is null || findings.Count > 0 ? (null, findings.InOrder(), [], null) : ReadAll(path, bytes, operations, rig, specification, blocks, []);
    }

    /// <summary>The rig a recipe was written for; null with the reasons when the file does not say.</summary>
    public static (string? Value, ImmutableArray<Diagnostic> Diagnostics) RigOf(string path)
    {
        Findings findings = new(path);
        if (SourceFile.Bytes(path, findings) is not { } bytes) return (null, findings.InOrder());
        if (!FormulaFile.Is(path, bytes)) return RigOf(bytes, findings);
        if (FormulaFile.Of(path, bytes, findings) is not { } master) return (null, findings.InOrder());
        return RigOf(SourceFile.Bytes(master)!, new Findings(master));
    }

    private static (string? Value, ImmutableArray<Diagnostic> Diagnostics) RigOf(byte[] bytes, Findings findings)
    {
        if (SourceFile.Open(bytes, "recipe", findings) is not { } fields) return (null, findings.InOrder());
        string rig = fields.Text("rig");
        return (rig.Length == 0 ? null : rig, findings.InOrder());
    }
}
