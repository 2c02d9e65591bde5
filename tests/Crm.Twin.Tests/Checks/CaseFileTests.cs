using System.Text;
using Crm.Twin.Checks;
using Xunit;

namespace Crm.Twin.Tests.Checks;

/// <summary>Files, names and types that do not fit are refused with their place; nothing is assumed.</summary>
public sealed class CaseFileTests
{
    private const string Weir = """{"organic_flow_l_per_h":50,"weir_height_m":0.5,"weir_width_m":0.5,"heavy_phase_height_m":0.25,"discharge_coefficient":0.583}""";

    [Theory]
    [InlineData("{", "1:", "not JSON")]
    [InlineData("[]", "1:1", "object")]
    [InlineData("""{"schema":2,"cases":[]}""", "1:11", "schema 1")]
    [InlineData("""{"cases":[]}""", "1:1", "no \"schema\"")]
    [InlineData("{\"schema\":1,\n \"cases\":[{\"id\":\"A\"}]}", "2:11", "no \"model\"")]
    [InlineData("{\"schema\":1,\n \"case\":[]}", "2:2", "\"case\"")]
    [InlineData("""{"schema":1,"schema":1,"cases":[]}""", "1:13", "twice")]
    [InlineData("""{"schema":1,"cases":[],"a":1e999}""", "1:28", "too large")]
    public void A_file_that_does_not_follow_the_schema_is_refused_with_its_place(string text, string place, string why)
    {
        var error = Assert.Throws<CaseFileException>(() => CaseFile.Read(Encoding.UTF8.GetBytes(text)));
        Assert.StartsWith(place, error.Place.ToString(), StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"value":1}""")]
    [InlineData("""{"value":1,"rel":0.1,"abs":0.1}""")]
    [InlineData("""{"value":0,"rel":0.1}""")]
    [InlineData("""{"value":[],"abs":0.1}""")]
    [InlineData("""{"value":["a"],"abs":0.1}""")]
    [InlineData("""{"value":1,"abs":-0.1}""")]
    [InlineData("""{"text":"a","abs":0.1}""")]
    [InlineData("""{"text":1}""")]
    [InlineData("3")]
    public void An_expectation_has_exactly_one_of_three_forms(string expected) =>
        Assert.Throws<CaseFileException>(() => RunCase.Case("settler-weir", Weir, "crest_m", expected));

    [Fact]
    public void The_same_id_twice_is_refused()
    {
        string one = """{"id":"A","model":"m","title":"","inputs":{},"expected":{"x":{"text":"a"}},"source":""}""";
        Assert.Contains("already taken", Assert.Throws<CaseFileException>(() => CaseFile.Read(Encoding.UTF8.GetBytes($$"""{"schema":1,"cases":[{{one}},{{one}}]}"""))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("settler-wier", Weir, "unknown model")]
    [InlineData("settler-weir", """{"organic_flow":50}""", "unknown input organic_flow")]
    [InlineData("settler-weir", """{"weir_width_m":1}""", "input organic_flow_l_per_h is missing")]
    [InlineData("settler-weir", """{"weir_width_m":"1"}""", "expected a number")]
    [InlineData("settler-weir", """{"weir_width_m":0}""", "expected above 0")]
    [InlineData("settler-weir", """{"weir_width_m":true}""", "expected a number")]
    [InlineData("cstr-washout", """{"total_volume_l":1,"flow_l_per_h":1,"time_h":1,"tanks":1.5}""", "whole number")]
    [InlineData("cstr-washout", """{"total_volume_l":1,"flow_l_per_h":1,"time_h":1,"tanks":0}""", "whole number")]
    [InlineData("shrinking-core", """{"control":"film"}""", "one of: reaction, product-layer")]
    [InlineData("shrinking-core", """{"control":"reaction"}""", "give conversion")]
    [InlineData("shrinking-core", """{"control":"reaction","time_min":[1]}""", "calibration_conversion is missing")]
    [InlineData("electrolyte-density", """{"temperature_c":25}""", "exactly one of")]
    [InlineData("electrolyte-density", """{"temperature_c":25,"mass_fraction":{"CsI":0.1}}""", "no density coefficients")]
    [InlineData("electrolyte-density", """{"temperature_c":25,"mass_fraction":{"NaCl":0.1},"coefficients":{"NaCl":[1,2]}}""", "expected 5")]
    [InlineData("electrolyte-conductivity", """{"temperature_c":100,"molality_mol_per_kg":{"NaCl":0.1}}""", "from 5 to 90")]
    [InlineData("electrolyte-conductivity", """{"temperature_c":25,"molality_mol_per_kg":{"CsI":0.1}}""", "CsI")]
    [InlineData("mvc-energy", """{"vapour_enthalpy_law":"saturation-line","vapour_cp_j_per_kg_k":1900}""", "constant-cp only")]
    [InlineData("hydroxide-onset", """{"log10_k":{"Cu":8},"hydroxide_count":{"Zn":2},"onset_mol_per_l":1,"complete_mol_per_l":1}""", "no entry for Cu")]
    [InlineData("recovery-verdict", """{"recovered_over_input":{"Mn":0.9}}""", "names Mn")]
    [InlineData("gas-evolution", """{"solid_kg":1,"formula_atoms":{"Xx":1},"gas_mol_per_atom":{}}""", "Xx is no element")]
    [InlineData("aqueous-equilibrium", """{"activity_model":"ideal","basis_charge":{"Na+":1},"initial_mol_per_kg":{}}""", "must contain H+")]
    [InlineData("aqueous-equilibrium", """{"activity_model":"ideal","basis_charge":{"H+":1},"initial_mol_per_kg":{"Cl-":1}}""", "names Cl-")]
    [InlineData("aqueous-equilibrium", """{"activity_model":"ideal","basis_charge":{"H+":1},"initial_mol_per_kg":{},"species":[{"name":"A","formation":{"B+":1},"log10_k":1,"charge":0}]}""", "names B+")]
    [InlineData("aqueous-equilibrium", """{"activity_model":"ideal","basis_charge":{"H+":1},"initial_mol_per_kg":{},"species":[{"name":"A","formation":{"H+":1},"log10_k":1,"charge":0,"gamma":1}]}""", "unknown input species[0].gamma")]
    public void What_does_not_fit_the_model_fails_the_case_and_is_named(string model, string inputs, string why) =>
        Assert.Contains(why, RunCase.Failure(model, inputs), StringComparison.Ordinal);

    [Theory]
    [InlineData("aqueous-equilibrium", """{"activity_model":"ideal","basis_charge":{"H+":1,"Cl-":-1},"initial_mol_per_kg":{}}""", "Cl- has a total of 0")]
    [InlineData("solubility-cooling", """{"water_kg":1,"start_solubility_g_per_100g":90,"end_solubility_g_per_100g":85,"anhydrous_molar_mass_g_per_mol":106,"hydrate_water":10}""", "sets solid")]
    [InlineData("mvc-evaporator", """{"feed_water_kg_per_s":1,"feed_tds_mass_fraction":0.5,"recovery_mass":0.6,"brine_temperature_c":70}""", "more distillate")]
    [InlineData("sx-counter-current-ph", """{"stages":1,"aqueous_flow_l_per_h":1,"organic_flow_l_per_h":1,"bisulfate_pka2":2,"extractant":"E","extractant_density_g_per_l":900,"aqueous_feed_mg_per_l":{"H":10,"Fe":50000},"organic_feed_mg_per_l":{"E":1000},"metal_charge":{"Fe":3},"molar_mass_g_per_mol":{"H":1,"SO4":96,"HSO4":97,"E":322,"Fe":55.8},"correlation":{},"constant_distribution":{"Fe":10}}""", "does not converge")]
    [InlineData("titration-curve", """{"sample_volume_ml":1,"pkw":14,"weak_acids":[],"titrant":"strong-acid","titrant_mol_per_l":200,"titrant_volume_ml":[10]}""", "no solution")]
    [InlineData("ix-clark", """{"flow_m3_per_s":0.002,"service_rate_bv_per_h":12,"velocity_m_per_s":0.004,"columns":2,"freundlich_n":1.5,"bed_volumes_at_half_breakthrough":900,"bed_volumes_at_breakthrough":950,"c_over_c0":0.1,"first_c_over_c0":0.01,"trapezoids":6}""", "no rising curve")]
    public void What_has_no_solution_fails_the_case_and_says_why(string model, string inputs, string why) =>
        Assert.Contains(why, RunCase.Failure(model, inputs), StringComparison.Ordinal);

    [Fact]
    public void An_output_that_does_not_exist_fails_and_the_real_ones_are_named()
    {
        var result = RunCase.Quantity("settler-weir", Weir, "crest");
        Assert.False(result.Passed);
        Assert.Contains("crest_m", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("crest_m", """{"value":[0.000614],"abs":1e-5}""")]
    [InlineData("crest_m", """{"text":"high"}""")]
    public void A_form_that_is_not_the_outputs_fails(string quantity, string expected) => Assert.False(RunCase.Quantity("settler-weir", Weir, quantity, expected).Passed);

    /// <summary>0/0 of an idle plant: never a pass.</summary>
    [Fact]
    public void Not_a_number_never_passes() => Assert.False(RunCase.Quantity(
        "water-indicators",
        """{"fresh_water_l":0,"water_in_feed_l":0,"returned_water_l":0,"water_in_wet_solids_l":0,"crystal_water_l":0,"evaporation_l":0,"liquid_discharge_l":0,"holdup_change_l":0,"product_kg":0}""",
        "closure_error", """{"value":0,"abs":1e300}""").Passed);

    [Fact]
    public void A_map_key_may_hold_dots_and_parentheses() => Assert.True(RunCase.Quantity(
        "arrhenius-ratio", """{"from_temperature_c":60,"to_temperature_c":60,"activation_energy_kj_per_mol":{"Fe(OH)3.x":50}}""", "rate_ratio.Fe(OH)3.x", """{"value":1,"rel":1e-12}""").Passed);
}
