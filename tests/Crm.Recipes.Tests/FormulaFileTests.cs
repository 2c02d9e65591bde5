using System.Collections.Immutable;
using Crm.Plant.Procedure;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Procedures;
using Crm.Recipes.Specifications;

namespace Crm.Recipes.Tests;

/// <summary>One procedure, several formulas: a file of values that runs the procedure of a recipe, scaled with the size of the batch where the recipe says so.</summary>
public sealed class FormulaFileTests
{
    private const string Formula = """
        format: 1
        formula: small/gentle
        version: "2.0.0"
        title: A third more, and gently
        of: ../small.yaml
        size: 1.1
        values:
          warm: 65 degC
          acid: 1.3 x stoichiometric
        specification: specs/technical.yaml
        recovery: ">= 40 %"

        """;

    private static (ControlRecipe? Value, ImmutableArray<Diagnostic> Diagnostics) Read(string text, string of = SmallPlant.Recipe) => RecipeFile.Read(
        "recipes/formulas/gentle.yaml", SmallPlant.Bytes(text), SmallPlant.Operations, SmallPlant.ReadRig(), path => path == "recipes/formulas/specs/none.yaml"
            ? (null, [new Diagnostic(path, 1, 1, DiagnosticCodes.FileMissing, "none", "")])
            : SpecificationFile.Read(path, SmallPlant.Bytes(SmallPlant.Specification.Replace("battery", "technical", StringComparison.Ordinal))),
        path => path switch
        {
            "recipes/formulas/../small.yaml" => SmallPlant.Bytes(of),
            "recipes/formulas/other.yaml" => SmallPlant.Bytes(Formula),
            _ => null,
        });

    [Fact]
    public void It_is_the_recipe_with_its_own_values_size_and_grade()
    {
        ControlRecipe own = SmallPlant.ReadRecipe(), formula = SmallPlant.Whole(Read(Formula));
        Assert.Equal(("small/gentle", "2.0.0", "A third more, and gently"), (formula.Id, formula.Version, formula.Title));
        Assert.Equal($"{own.Id} {own.Version}", formula.ProcedureOf);
        Assert.Equal(
            own.Formula.Select(p => (p.Name, p.Name switch { "warm" => 65.0, "acid" => 1.3, _ when p.Scales => p.Value * 1.1, _ => p.Value })),
            formula.Formula.Select(p => (p.Name, p.Value)));
        Assert.Equal(0.4, formula.Product.LeastRecovery);
        Assert.Equal(own.Product.MainElement, formula.Product.MainElement);
        Assert.Equal(own.Procedure.Children.Length, formula.Procedure.Children.Length);
    }

    [Fact]
    public void Its_content_is_that_of_both_files()
    {
        string hash = SmallPlant.Whole(Read(Formula)).ContentHash;
        Assert.Equal(hash, SmallPlant.Whole(Read(Formula)).ContentHash);
        Assert.NotEqual(hash, SmallPlant.Whole(Read(Formula + "# more\n")).ContentHash);
        Assert.NotEqual(hash, SmallPlant.Whole(Read(Formula, SmallPlant.Recipe + "# more\n")).ContentHash);
        Assert.NotEqual(hash, SmallPlant.ReadRecipe().ContentHash);
    }

    [Theory]
    [InlineData("of: ../small.yaml", "of: ../smal.yaml", "FILE-MISSING", "of: ../smal")]
    [InlineData("of: ../small.yaml\n", "", "KEY-MISSING", "format: 1")]
    [InlineData("of: ../small.yaml", "of: [a]", "KIND-WRONG", "of: [a]")]
    [InlineData("size: 1.1", "size: 2", "FORMULA-RANGE", "size: 2")]
    [InlineData("size: 1.1", "size: 0", "VALUE-RANGE", "size: 0")]
    [InlineData("size: 1.1", "size: big", "NUMBER-WRONG", "size: big")]
    [InlineData("size: 1.1", "size: 1.1 kg", "UNIT-MISMATCH", "size: 1.1 kg")]
    [InlineData("warm: 65 degC", "worm: 65 degC", "FORMULA-UNKNOWN", "worm:")]
    [InlineData("warm: 65 degC", "warm: 95 degC", "FORMULA-RANGE", "warm: 95")]
    [InlineData("warm: 65 degC", "warm: 65 kg", "FORMULA-RANGE", "warm: 65 kg")]
    [InlineData("warm: 65 degC", "warm: {value: 65 degC}", "KIND-WRONG", "warm: {")]
    [InlineData("warm: 65 degC", "warm: 65 degC\n  warm: 66 degC", "KEY-DUPLICATE", "warm: 66")]
    [InlineData("recovery: \">= 40 %\"", "recovery: \">= 140 %\"", "VALUE-RANGE", "recovery:")]
    [InlineData("specs/technical.yaml", "specs/none.yaml", "FILE-MISSING", "specification:")]
    [InlineData("version: \"2.0.0\"\n", "", "KEY-MISSING", "format: 1")]
    [InlineData("title:", "titel:", "KEY-UNKNOWN", "titel:")]
    [InlineData("format: 1", "format: 2", "FILE-FORMAT", "format: 2")]
    public void A_mistake_is_told_at_its_line(string written, string instead, string code, string marker)
    {
        string text = BrokenFile.Edit(Formula, written, instead);
        BrokenFile.Refused(Read(text), code, BrokenFile.LineOf(text, marker));
    }

    [Fact]
    public void A_formula_of_a_formula_and_one_that_changes_nothing_are_refused()
    {
        (ControlRecipe? value, ImmutableArray<Diagnostic> found) = Read(BrokenFile.Edit(Formula, "../small.yaml", "other.yaml"));
        Assert.Null(value);
        Assert.Contains(found, d => d.Code == "FILE-KIND" && d.Message.Contains("a formula is of a recipe", StringComparison.Ordinal));
        BrokenFile.Refused(Read("format: 1\nformula: a/b\nversion: \"1\"\ntitle: Same\nof: ../small.yaml\n"), "STEP-EMPTY", 1);
    }

    [Fact]
    public void Mistakes_of_the_recipe_are_told_in_the_recipe()
    {
        string broken = BrokenFile.Edit(SmallPlant.Recipe, "rig: ", "rick: ");
        (ControlRecipe? value, ImmutableArray<Diagnostic> found) = Read(Formula, broken);
        Assert.Null(value);
        Assert.All(found, d => Assert.Equal("recipes/formulas/../small.yaml", d.File));
    }

    /// <summary>The order of names does not decide: 'acid' stands before 'size' in the alphabet and keeps its value all the same.</summary>
    [Fact]
    public void A_value_that_is_given_is_not_scaled()
    {
        ControlRecipe own = SmallPlant.ReadRecipe();
        (ControlRecipe set, var refusals) = FormulaSetting.ApplyAll(own, new Dictionary<string, string> { ["charge"] = "2 kg", ["size"] = "1.1" });
        Assert.Empty(refusals);
        Assert.Equal(2, set.Formula.Single(p => p.Name == "charge").Value);
        (_, refusals) = FormulaSetting.ApplyAll(own, new Dictionary<string, string> { ["size"] = "3", ["acid"] = "9 x stoichiometric" });
        Assert.Equal(["size", "acid"], refusals.Select(r => r.Name));
        Assert.Contains("at 3 times the batch charge would be 9 kg, its range is 1..3.5 kg; sizes from 0.333 to 1.167 go", refusals[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void No_parameter_is_called_size()
    {
        string text = BrokenFile.Edit(SmallPlant.Recipe, "formula:\n", "formula:\n  size: {value: 1 kg, range: 1..2 kg}\n");
        BrokenFile.Refused(SmallPlant.TryRecipe(text), "NAME-WRONG", BrokenFile.LineOf(text, "size: {value"));
    }
}
