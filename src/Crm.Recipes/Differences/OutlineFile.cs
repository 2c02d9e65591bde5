using System.Collections.Immutable;
using Crm.Plant.Lots;
using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Plant.Rigs;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Blocks;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Procedures;
using Crm.Recipes.Specifications;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Differences;

/// <summary>Reads a recipe, or a formula file with the procedure of its recipe, as it is written. Whatever it names is read by the caller: from disk, from git, from an approved copy.</summary>
public static class OutlineFile
{
    /// <param name="read">Reads the recipe and what it names: its procedure, files of blocks, the specification.</param>
    public static (RecipeOutline? Value, ImmutableArray<Diagnostic> Diagnostics) Read(string path, ImmutableArray<UnitOperationDescription> operations, RigDefinition rig, ReadBytes read)
    {
        if (read(path) is not { } bytes) return (null, [Missing(path)]);
        return FormulaFile.Is(path, bytes) ? Formula(path, bytes, operations, rig, read) : Recipe(path, bytes, operations, rig, read);
    }

    /// <summary>The rig that a recipe, or the recipe of a formula file, was written for.</summary>
    public static (string? Value, ImmutableArray<Diagnostic> Diagnostics) RigOf(string path, ReadBytes read)
    {
        if (read(path) is not { } bytes) return (null, [Missing(path)]);
        Findings findings = new(path);
        bool isFormula = FormulaFile.Is(path, bytes);
        if (SourceFile.Open(bytes, isFormula ? SourceKind.Formula : "recipe", findings) is not { } fields) return (null, findings.InOrder());
        if (isFormula && SourceFile.Beside(path, fields.Text("of")) is { } of) return RigOf(of, read);
        string rig = fields.Text("rig");
        return (rig.Length == 0 ? null : rig, findings.InOrder());
    }

    private static (RecipeOutline?, ImmutableArray<Diagnostic>) Recipe(string path, byte[] bytes, ImmutableArray<UnitOperationDescription> operations, RigDefinition rig, ReadBytes read)
    {
        Findings findings = new(path);
        if (SourceFile.Open(bytes, "recipe", findings) is not { } fields) return (null, findings.InOrder());
        RecipeReader reader = new(fields, operations, rig, Specification(read), read, []);
        ControlRecipe recipe = reader.Read(SourceFile.Hash(bytes));
        ImmutableArray<Diagnostic> all = [.. findings.InOrder(), .. reader.Elsewhere];
        return (all.IsEmpty ? RecipeOutline.Of(recipe, reader.Expanded, reader.StepIds) : null, all);
    }

    /// <summary>The recipe's outline with the head, product and values of the formula file.</summary>
    private static (RecipeOutline?, ImmutableArray<Diagnostic>) Formula(string path, byte[] bytes, ImmutableArray<UnitOperationDescription> operations, RigDefinition rig, ReadBytes read)
    {
        RecipeOutline? master = null;
        (ControlRecipe? recipe, ImmutableArray<Diagnostic> all) = FormulaFile.Read(path, bytes, Specification(read), of =>
        {
            (master, ImmutableArray<Diagnostic> found) = Read(of, operations, rig, read);
            return (master?.Recipe, found);
        });
        return (recipe is null || master is null ? null : With(recipe, master), all);
    }

    /// <summary>The outline of a recipe with the values of a batch, or of a formula, of it.</summary>
    public static RecipeOutline With(ControlRecipe recipe, RecipeOutline master) => master with { Recipe = recipe, Items = Valued(recipe, master) };

    private static ImmutableArray<RecipeItem> Valued(ControlRecipe recipe, RecipeOutline master) =>
    [
        .. master.Items.Where(i => i.Section != "specification").Select(item => item.Section switch
        {
            "head" when item.Name is "recipe" or "version" or "title" => item with { Facts = [new RecipeFact("", item.Name switch { "recipe" => recipe.Id, "version" => recipe.Version, _ => recipe.Title })] },
            "product" when item.Name == "recovery" => item with { Facts = [new RecipeFact("", ">= " + new Quantity(100 * recipe.Product.LeastRecovery, Units.Of("%")))] },
            "formula" when recipe.Formula.FirstOrDefault(p => p.Name == item.Name) is { } now => item with { Facts = [.. item.Facts.Select(f => f.Aspect == "value" ? Valued(f, now) : f)] },
            _ => item,
        }),
        .. OutlineItems.Specification(recipe.Product.Specification),
    ];

    private static RecipeFact Valued(RecipeFact written, FormulaParameter now)
    {
        string value = new Quantity(now.Value, Units.Of(now.Unit)).ToString();
        return WrittenValue.Same(written.Words, value) ? written : written with { Words = value };
    }

    private static ReadSpecification Specification(ReadBytes read) =>
        path => read(path) is { } written ? SpecificationFile.Read(path, written) : ((Specification?)null, [Missing(path)]);

    private static Diagnostic Missing(string path) => new(path, 1, 1, DiagnosticCodes.FileMissing, "the file cannot be opened", "check the path");
}
