using System.Collections.Immutable;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.Tests;

/// <summary>A recipe is validated before it can become a control recipe (S88-13, S88-15, S88-16).</summary>
public sealed class BrokenRecipeTests
{
    public static TheoryData<string, string, string, string> Edits => new()
    {
        { "version: \"1.0.0\"\n", "", "KEY-MISSING", "format: 1" },
        { "rig: bench", "rig: pilot", "RECIPE-RIG", "rig: pilot" },
        { "recovery: \">= 70 %\"", "recovery: \">= 170 %\"", "VALUE-RANGE", "170 %" },
        { "value: 3 kg", "value: 3 banana", "UNIT-UNKNOWN", "banana" },
        { "value: 3 kg", "value: 4 kg", "FORMULA-RANGE", "value: 4 kg" },
        { "range: 1..3.5 kg", "range: 1..3.5 L", "UNIT-MISMATCH", "3.5 L" },
        { "  warm: {value", "  idle: {value: 1 kg, range: 0..2 kg}\n  warm: {value", "FORMULA-UNUSED", "idle:" },
        { "  warm: {value", "  Warm: {value", "NAME-WRONG", "Warm:" },
        { "warm: {value: 70 degC", "warm: {value: hot", "NUMBER-WRONG", "value: hot" },
        { "sulfuric_acid: {of: lots", "nitric_acid: {of: lots", "REAGENT-UNKNOWN", "nitric_acid" },
        { "sulfuric_acid: {of: lots", "sulfuric_acid: {of: air", "CHOICE-UNKNOWN", "of: air" },
        { "sulfuric_acid: {of: lots", "sulfuric_acid: {of: sample brine, in: leach.level", "SAMPLE-UNKNOWN", "brine" },
        { "sulfuric_acid: {of: lots", "sulfuric_acid: {of: sample pls", "KEY-MISSING", "of: sample pls" },
        { "sulfuric_acid: {of: lots", "sulfuric_acid: {of: sample pls, in: leach.ph", "UNIT-MISMATCH", "leach.ph," },
        { "stoichiometry:\n  sulfuric_acid: {of: lots, per: {Li: 0.5, Ni: 1}}\n", "", "STOICHIOMETRY-MISSING", "amount: acid" },
        { "- unit: leach\n", "- unit: leech\n", "PLACE-UNKNOWN", "leech" },
        { "- unit: leach\n", "- unit: scrubber\n", "UNIT-SERVICE", "unit: scrubber" },
        { "- fill: {", "- fil: {", "STEP-UNKNOWN", "- fil:" },
        { "- fill: {", "- fill: {scope: plant, ", "CHOICE-UNKNOWN", "scope: plant" },
        { "- fill: {", "- fill: {attended: 0 min, ", "VALUE-RANGE", "attended: 0 min" },
        { "- fill: {from: recycled_water, to: 24 L}", "- fill", "STEP-FORM", "- fill" },
        { "- fill: {from: recycled_water, to: 24 L}", "- {fill: {from: recycled_water, to: 24 L}, heat: {to: warm}}", "STEP-FORM", "{fill:" },
        { "  - gate:", "  - heat: {to: 60 degC}\n  - gate:", "STEP-PLACE", "- heat: {to: 60" },
        { "          - agitate: {speed: 200 rpm, until: leach.level < 1 L, at_most: 3 h}\n", "          []\n", "STEP-EMPTY", "[]" },
        { "from: recycled_water, to: 24 L", "from: recycled_water, too: 24 L", "PARAMETER-UNKNOWN", "too:" },
        { "from: recycled_water, to: 24 L", "from: recycled_water", "PARAMETER-MISSING", "- fill:" },
        { "from: recycled_water, to: 24 L", "from: recycled_water, to: 24 kg", "EXPR-UNIT", "24 kg" },
        { "from: recycled_water, to: 24 L", "from: recycled_water, to: 40 L", "VOLUME-EXCEEDED", "40 L" },
        { "from: recycled_water, to: 24 L", "from: filter1, to: 24 L", "LINE-MISSING", "filter1, to" },
        { "from: recycled_water, to: 24 L", "from: rainwater, to: 24 L", "PLACE-UNKNOWN", "rainwater" },
        { "mass: charge / 2", "mass: charge / 2 L", "EXPR-UNIT", "2 L" },
        { "mass: charge / 2", "mass: chrage / 2", "EXPR-NAME", "chrage" },
        { "reagent: sulfuric_acid", "reagent: sulphuric_acid", "REAGENT-UNKNOWN", "sulphuric" },
        { "rate: 4 kg/h", "rate: 12 kg/h", "PARAMETER-RANGE", "12 kg/h" },
        { "rate: 4 kg/h", "rate: 400 kg/h", "PARAMETER-RANGE", "400 kg/h" },
        { "agitator: 300 rpm", "agitator: 500 rpm", "PARAMETER-RANGE", "500 rpm" },
        { "agitator: 300 rpm", "agitator: 300", "UNIT-MISSING", "agitator: 300" },
        { "rises 2 K within 10 min", "rises a bit", "EXPECT-FORM", "a bit" },
        { "expect: [{leach.temperature:", "expect: [{leach.heat:", "EXPR-NAME", "leach.heat:" },
        { ", then: hold, message: Too hot", ", then: panic, message: Too hot", "CHOICE-UNKNOWN", "panic" },
        { ", message: Too hot", "", "KEY-MISSING", "limits:" },
        { "heat: {to: warm", "heat: {to: 98 degC", "PARAMETER-RANGE", "98 degC" },
        { "pause_when: leach.foam on", "pause_when: leach.level on", "EXPR-TYPE", "leach.level on" },
        { "plateau(leach.orp, 10 min)", "plato(leach.orp, 10 min)", "EXPR-FUNCTION", "plato" },
        { "plateau(leach.orp, 10 min)", "plateau(leach.orp)", "EXPR-SYNTAX", "plateau(leach.orp)" },
        { "until: \"plateau(leach.orp, 10 min) and slope(leach.ph, 10 min) < 0.01 pH/min\"", "until: plateau(leach.orp, 10 min)", "PARAMETER-UNKNOWN", "until: plateau" },
        { "at_least: 60 min", "at_least: 180 min", "CLOCK-ORDER", "180 min" },
        { "name: pls, from: leach, amount: 50 g", "name: pls, from: leach, amount: 50 L", "UNIT-MISMATCH", "50 L" },
        { "  - parallel:\n", "  - sample: {name: pls, from: leach, amount: 5 g, analytes: [Li], turnaround: 1 h}\n  - parallel:\n", "NAME-TWICE", "amount: 5 g" },
        { "      - unit: filter1\n", "      - unit: leach\n", "PARALLEL-UNIT", "  - unit: leach\n        steps:\n          - filter" },
        { "- filter: {from: leach, pressure: 3 bar}", "- heat: {to: warm}", "OPERATION-ROLE", "          - heat: {to: warm}\n          - discharge" },
        { "- agitate: {speed: 200 rpm,", "- filter: {from: leach,", "OPERATION-CLASS", "- filter: {from: leach, until" },
        { "- discharge: {from: filter1, lot: graphite", "- discharge: {id: acid-dose, from: filter1, lot: graphite", "", "" },
        { "- heat: {to: warm", "- heat: {id: acid-dose, to: warm", "STEP-ID", "- heat: {id" },
        { "lab(pls.Cu)", "lab(brine.Cu)", "SAMPLE-UNKNOWN", "brine" },
        { "lab(pls.Cu)", "lab(pls.Fe)", "ANALYTE-UNKNOWN", "pls.Fe" },
        { "lab(pls.Cu) < 20 mg/kg", "lab(pls.Cu) < 20 mg/L", "EXPR-UNIT", "mg/L" },
        { "lab(pls.Cu) < 20 mg/kg", "1 < 2", "GATE-BLIND", "1 < 2" },
        { "material: black_mass", "material: lot:crude", "LOT-UNKNOWN", "lot:crude" },
        { "kind: residue", "kind: rubbish", "CHOICE-UNKNOWN", "rubbish" },
    };

    public static TheoryData<string, string> Files => new()
    {
        { "nonsense", "KEY-UNKNOWN" },
        { "banana", "UNIT-UNKNOWN" },
        { "truncated", "YAML-SYNTAX" },
        { "binary", "FILE-BINARY" },
        { "empty", "FILE-EMPTY" },
    };

    [Fact]
    public void The_small_recipe_is_valid() => SmallPlant.ReadRecipe();

    [Theory]
    [MemberData(nameof(Edits))]
    public void A_broken_recipe_is_refused_with_code_and_line(string old, string replacement, string code, string marker)
    {
        string text = BrokenFile.Edit(SmallPlant.Recipe, old, replacement);
        if (code.Length == 0) SmallPlant.Whole(SmallPlant.TryRecipe(text));
        else BrokenFile.Refused(SmallPlant.TryRecipe(text), code, BrokenFile.LineOf(text, marker));
    }

    /// <summary>The five cases of the acceptance command for broken recipes.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_that_is_no_recipe_is_refused_with_place(string which, string code)
    {
        byte[] bytes = which switch
        {
            "nonsense" => SmallPlant.Bytes(SmallPlant.Recipe + "nonsense_key: 1\n"),
            "banana" => SmallPlant.Bytes(BrokenFile.Edit(SmallPlant.Recipe, " kg", " banana")),
            "truncated" => SmallPlant.Bytes(SmallPlant.Recipe)[..300],
            "binary" => [0, 0xff, 0xfe, .. " binary"u8],
            _ => [],
        };
        (object? recipe, ImmutableArray<Diagnostic> diagnostics) = SmallPlant.TryRecipe(bytes);
        Assert.Null(recipe);
        Assert.Contains(diagnostics, d => d.Code == code);
        Assert.All(diagnostics, d => Assert.Matches(@"^recipe\.yaml:\d+:\d+: error ", d.ToString()));
        if (bytes.Length == 0) Assert.StartsWith("recipe.yaml:1:1: error ", diagnostics[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_in_a_formula_value_is_told_once()
    {
        (_, ImmutableArray<Diagnostic> diagnostics) = SmallPlant.TryRecipe(BrokenFile.Edit(SmallPlant.Recipe, "value: 3 kg", "value: 3 banana"));
        Assert.Equal("UNIT-UNKNOWN", Assert.Single(diagnostics).Code);
    }
}
