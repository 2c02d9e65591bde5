using Crm.Plant.Expressions;
using Crm.Plant.Lots;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Procedures;
using Crm.Recipes.Schemas;
using Crm.Recipes.Specifications;
using Crm.Plant.Twins;

namespace Crm.Recipes.Tests;

/// <summary>What the valid files compile to.</summary>
public sealed class CompiledTests
{
    private static readonly RigDefinition rig = SmallPlant.ReadRig();
    private static readonly ControlRecipe recipe = SmallPlant.ReadRecipe();

    [Fact]
    public void Names_become_ordinals_in_the_order_of_the_file()
    {
        Assert.Equal(Enumerable.Range(0, rig.Tags.Length), rig.Tags.Select(t => t.Ordinal));
        Assert.Equal(Enumerable.Range(0, rig.Outputs.Length), rig.Outputs.Select(o => o.Ordinal));
        Assert.All(rig.Tags, t => Assert.Equal(t.Ordinal, rig.Tag(t.Name)));
        Assert.Equal(TimeSpan.FromMilliseconds(100), rig.ScanPeriod);
        Assert.Equal(64, rig.ContentHash.Length);
    }

    [Fact]
    public void An_output_has_every_member()
    {
        OutputDefinition cooling = rig.Outputs[rig.Output("leach.cooling")];
        Assert.Equal(new FailRule(SafeValue.At(100), FailEnforcer.IoModule), cooling.Fail);
        Assert.Equal(new LapseRule(TimeSpan.FromSeconds(60), SafeValue.KeepLast), cooling.Lapse);
        Assert.Equal(SafeValue.At(100), cooling.Trip);
        Assert.Equal(50, rig.Outputs[rig.Output("leach.agitator")].RatePerSecond);
    }

    [Fact]
    public void The_phase_state_table_has_seven_cells_for_every_output()
    {
        PhaseStateTable table = rig.Units[rig.Unit("leach")].States;
        Assert.Equal(5, table.Rows.Length);
        Assert.All(table.Rows, row => Assert.Equal(PhaseStateTable.States.Length, row.Cells.Length));
        StateRow cooling = table.Rows.Single(r => r.Output == rig.Output("leach.cooling"));
        Assert.Equal(new StateCell(SafeValue.KeepLast, 0, 40), cooling.Cells[PhaseStateTable.Column(PhaseState.Holding)]);
        Assert.True(double.IsNaN(cooling.Cells[PhaseStateTable.Column(PhaseState.Held)].Setpoint));
        Assert.Equal(SafeValue.At(100), cooling.Cells[PhaseStateTable.Column(PhaseState.Aborting)].Value);
        Assert.Equal((TimeSpan.FromHours(4), PhaseCommand.Stop), (table.LongestHold, table.AfterLongestHold));
    }

    /// <summary>SAF-08: a bad cause input trips unless the file says otherwise.</summary>
    [Fact]
    public void A_trip_has_causes_effects_and_a_command()
    {
        TripDefinition trip = Assert.Single(rig.Trips);
        Assert.Equal([BadInput.Trip, BadInput.UseLastGoodFor], trip.Causes.Select(c => c.WhenBad));
        Assert.Equal("leach.temperature > 85 degC", trip.Causes[0].Text);
        Assert.Equal(TimeSpan.FromSeconds(2), trip.Causes[1].Delay);
        Assert.Equal((PhaseCommand.Hold, true, "leach"), (trip.Command, trip.Latch, Assert.Single(trip.Units)));
        Assert.Contains(new EffectDefinition(rig.Output("leach.cooling"), SafeValue.At(100)), trip.Effects);
    }

    [Fact]
    public void Step_ids_are_paths_and_unique()
    {
        string[] ids = [.. Walk(recipe.Procedure).Select(n => n.Id)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Contains("leach/acid-dose", ids);
        Assert.Contains("leach/fill", ids);
        Assert.Contains("leach-2/agitate", ids);
        Assert.Contains("leach/acid-leach", ids);
    }

    [Fact]
    public void A_multiple_of_the_stoichiometric_amount_becomes_kilograms()
    {
        PhaseNode dose = Phase("leach/acid-dose");
        Expression amount = dose.Arguments["amount"].Number!;
        Slot demand = recipe.Slots.Single(s => s.Kind == SlotKind.Stoichiometric);
        Slot factor = recipe.Slots.Single(s => s is { Kind: SlotKind.Formula, Name: "acid" });
        Assert.Equal(new Arithmetic(ArithmeticOperator.Multiply, new SlotValue(factor.Number, -1), new SlotValue(demand.Number, -1)), amount);
        Assert.Equal("sulfuric_acid", demand.Name);
        Assert.Equal("sulfuric_acid", dose.Arguments["reagent"].Name);
        Assert.Equal(0.5, recipe.Demands[0].MolPerMol["Li"]);
    }

    [Fact]
    public void Values_arrive_in_the_unit_of_the_parameter_and_defaults_are_filled_in()
    {
        Assert.Equal(new Constant(24), Phase("leach/fill").Arguments["to"].Number);
        Assert.Equal(new Constant(1), Phase("leach/heat").Arguments["rate"].Number);
        Assert.Equal(new Constant(3600), Phase("leach/react").AtLeast);
        Assert.Equal(Consequence.Continue, Phase("leach/react").ThenAtMost);
        Assert.Equal(Consequence.Hold, Phase("leach/heat").OnFault);
        Assert.Equal(new Expectation(rig.Tag("leach.temperature"), 2, TimeSpan.FromMinutes(10), "leach.temperature rises 2 K within 10 min"), Phase("leach/acid-dose").Expectations[0]);
    }

    [Fact]
    public void Windows_clocks_and_results_are_slots()
    {
        Slot plateau = recipe.Slots.Single(s => s.Function == "plateau");
        Assert.Equal((rig.Tag("leach.orp"), TimeSpan.FromMinutes(10)), (plateau.Tag, plateau.Over));
        GateNode gate = Walk(recipe.Procedure).OfType<GateNode>().Single();
        Slot copper = recipe.Slots[Assert.Single(gate.WaitFor)];
        Assert.Equal((SlotKind.Lab, "pls.Cu"), (copper.Kind, copper.Name));
        Assert.Equal(Enumerable.Range(0, recipe.Slots.Length), recipe.Slots.Select(s => s.Number));
    }

    [Fact]
    public void The_product_brings_its_specification()
    {
        Assert.Equal(("Li", 0.7), (recipe.Product.MainElement, recipe.Product.LeastRecovery));
        Assert.Equal(new SpecificationLimit("Na", "ppm", null, 250, "test"), recipe.Product.Specification.Limits[1]);
        Assert.Equal(99.5, recipe.Product.Specification.Limits[0].Least);
    }

    [Theory]
    [InlineData("{analyte: Na, at_most: 250 ppm, source: test}", "{analyte: Na}", "SPECIFICATION-BOUNDS")]
    [InlineData("at_most: 250 ppm", "at_most: 250 ppm, at_least: 300 ppm", "SPECIFICATION-BOUNDS")]
    [InlineData("at_most: 250 ppm", "at_most: 250 mg/L", "UNIT-MISMATCH")]
    [InlineData("analyte: Na", "analyte: assay", "NAME-TWICE")]
    [InlineData("analyte: Na, at_most", "analyte: Na, at_mots", "KEY-UNKNOWN")]
    public void A_broken_specification_is_refused(string old, string replacement, string code)
    {
        string text = BrokenFile.Edit(SmallPlant.Specification, old, replacement);
        BrokenFile.Refused(SpecificationFile.Read("spec.yaml", SmallPlant.Bytes(text)), code, 7);
    }

    [Fact]
    public void The_twin_is_read_in_the_units_of_its_catalogue()
    {
        TwinDefinition twin = SmallPlant.Whole(SmallPlant.TryTwin(SmallPlant.Twin));
        Assert.Equal(200, twin.Equipment.Single(e => e.Unit == "recycled_water").Numbers["volume"], 1e-9);
        Assert.Equal(4000, twin.Equipment.Single(e => e.Unit == "leach").Numbers["heater_power"], 1e-9);
        Assert.Equal(["leach", "recycled_water"], twin.Equipment.Single(e => e.Unit == "filter1").Lists["destinations"]);
        Assert.Equal(20, twin.Ambient["temperature"]);
        Assert.Equal(1.013, twin.Ambient["pressure"], 1e-9);
        Assert.Equal([("warming", SpreadKind.Relative, 0.1), ("nickel", SpreadKind.Factor, 1.5)], twin.Uncertain.Select(u => (u.Name, u.Kind, u.Size)));
        Assert.Equal(1 / 0.6, twin.Uncertain[1].Highest, 1e-9);
    }

    [Fact]
    public void A_long_line_is_named_by_its_pump()
    {
        TwinDefinition twin = SmallPlant.Whole(SmallPlant.TryTwin(SmallPlant.Twin.Replace("materials:", "pipes:\n  leach.water_pump: {holdup: 250 mL}\n  leach.acid_pump: {holdup: 0.1 L}\nmaterials:", StringComparison.Ordinal)));
        Assert.Equal([0.25, 0.1], twin.Pipes.Select(p => Math.Round(p.Holdup, 9)));
    }

    [Theory]
    [InlineData("model: vessel, volume: 50 L", "model: vesel, volume: 50 L", "TWIN-MODEL", "vesel")]
    [InlineData("volume: 50 L, ", "", "TWIN-OPTION", "  leach:")]
    [InlineData("volume: 50 L, ", "volume: 50 L, colour: red, ", "TWIN-OPTION", "colour")]
    [InlineData("volume: 50 L", "volume: 50 kg", "UNIT-MISMATCH", "50 kg")]
    [InlineData("  scrubber: {model: fan}\n", "", "TWIN-EQUIPMENT", "  leach:")]
    [InlineData("scrubber: {model: fan}", "scrubber: {model: filter, destinations: []}", "TWIN-SENSE", "scrubber:")]
    [InlineData("scrubber: {model: fan}", "scrubber: {model: filter, destinations: []}", "TWIN-OBEY", "scrubber:")]
    [InlineData("materials:", "pipes:\n  leach.heater: {holdup: 1 L}\nmaterials:", "TWIN-PIPE", "leach.heater: {")]
    [InlineData("materials:", "pipes:\n  leach.wather_pump: {holdup: 1 L}\nmaterials:", "RIG-OUTPUT", "leach.wather_pump")]
    [InlineData("materials:", "pipes:\n  leach.water_pump: {holdup: 1 kg}\nmaterials:", "UNIT-MISMATCH", "leach.water_pump")]
    [InlineData("LiNiO2: 0.6", "LiNiO2: 0.8", "TWIN-MATERIAL", "black_mass")]
    [InlineData("leach.ph: {lag", "leach.hp: {lag", "RIG-TAG", "leach.hp")]
    [InlineData("twin: bench", "twin: pilot", "RECIPE-RIG", "twin: pilot")]
    [InlineData("leach.heater_power, leach.volume", "leach.heater_power, leach.colour", "TWIN-UNCERTAIN", "warming")]
    [InlineData("of: black_mass.LiNiO2", "of: black_mass.LiF", "TWIN-UNCERTAIN", "nickel")]
    [InlineData(", factor: 1.5", "", "TWIN-UNCERTAIN", "nickel")]
    [InlineData(", factor: 1.5", ", factor: 1.5, sd: 5 %", "TWIN-UNCERTAIN", "nickel")]
    [InlineData(", factor: 1.5", ", factor: 0.5", "VALUE-RANGE", "nickel")]
    [InlineData(", factor: 1.5, source: test", ", factor: 1.5", "KEY-MISSING", "nickel")]
    public void A_broken_twin_is_refused(string old, string replacement, string code, string marker)
    {
        string text = BrokenFile.Edit(SmallPlant.Twin, old, replacement);
        BrokenFile.Refused(SmallPlant.TryTwin(text), code, BrokenFile.LineOf(text, marker));
    }

    /// <summary>S88-16: a value outside its limits is refused before the start.</summary>
    [Theory]
    [InlineData("charge", "2.5 kg", null)]
    [InlineData("charge", "2500 g", null)]
    [InlineData("charge", "5 kg", "outside its range")]
    [InlineData("charge", "2.5", "expected a value in kg")]
    [InlineData("charge", "lots", "no value")]
    [InlineData("chrage", "2 kg", "did you mean 'charge'?")]
    public void A_formula_value_may_be_set_within_its_range(string name, string text, string? refusal)
    {
        (ControlRecipe? set, string? reason) = FormulaSetting.Apply(recipe, name, text);
        if (refusal is null) Assert.Equal(2.5, set!.Formula.Single(p => p.Name == "charge").Value, 1e-12);
        else Assert.Contains(refusal, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_schema_is_json_and_names_every_operation_and_parameter()
    {
        using System.Text.Json.JsonDocument schema = System.Text.Json.JsonDocument.Parse(RecipeSchema.Json(SmallPlant.Operations));
        System.Text.Json.JsonElement words = schema.RootElement.GetProperty("$defs").GetProperty("step").GetProperty("properties");
        foreach (Plant.UnitOperations.UnitOperationDescription operation in SmallPlant.Operations)
        {
            System.Text.Json.JsonElement properties = words.GetProperty(operation.Name).GetProperty("properties");
            Assert.All(operation.Parameters, p => Assert.NotEmpty(properties.GetProperty(p.Name).GetProperty("description").GetString()!));
        }

        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.RootElement.GetProperty("$schema").GetString());
    }

    [Fact]
    public void Every_code_is_explained() => Assert.All(DiagnosticCodes.All, code => Assert.True(code.Value.EndsWith('.') && code.Key.All(c => char.IsAsciiLetterUpper(c) || c == '-'), code.Key));

    private static PhaseNode Phase(string id) => Walk(recipe.Procedure).OfType<PhaseNode>().Single(p => p.Id == id);

    private static IEnumerable<ProcedureNode> Walk(ProcedureNode node) => [node, .. Children(node).SelectMany(Walk)];

    private static IEnumerable<ProcedureNode> Children(ProcedureNode node) => node switch
    {
        SequenceNode sequence => sequence.Children,
        ParallelNode parallel => parallel.Branches,
        UnitProcedureNode unit => unit.Children,
        OperationNode operation => operation.Children,
        _ => [],
    };
}
