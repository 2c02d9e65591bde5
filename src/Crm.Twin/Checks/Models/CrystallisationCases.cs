using System.Collections.Immutable;
using Crm.Chemistry;
using Crm.Chemistry.Precipitation;
using Crm.Twin.Models;

namespace Crm.Twin.Checks.Models;

internal static class CrystallisationCases
{
    public static readonly (string Name, Func<CaseInputs, CaseOutputs> Run)[] All =
    [
        ("oxalate-precipitation", Oxalate),
        ("solubility-cooling", Cooling),
        ("reactive-crystallisation-yield", Reactive),
        ("struvite", Struvite),
        ("evaporative-crystalliser", Evaporative),
        ("msmpr", Population),
    ];

    private static CaseOutputs Oxalate(CaseInputs x)
    {
        double dose = x.NotNegative("oxalic_acid_dose_g_per_l");
        var feed = x.Map("feed_mg_per_l", 0, double.MaxValue, "0 or above");
        var characteristic = x.Map("characteristic_dose_g_per_l", double.Epsilon, double.MaxValue, "above 0");
        var exponent = x.Map("exponent", double.Epsilon, double.MaxValue, "above 0");
        double? flow = x.Has("flow_l_per_h") ? x.NotNegative("flow_l_per_h") : null;
        var atoms = x.Has("metal_atoms_per_formula") ? x.Map("metal_atoms_per_formula", double.Epsilon, double.MaxValue, "above 0") : null;
        OxalateDose[] laws = [.. feed.Names.Select(m => new OxalateDose(x.Entry(characteristic, m), x.Entry(exponent, m)))];
        if (flow is not null)
        {
            foreach (string metal in feed.Names.Where(m => !MolarMass.IsElement(m))) x.Refuse("feed_mg_per_l", $"{metal} is no element: the solid's amount needs its atomic mass");
        }
        x.Complete();
        double[] share = [.. laws.Select(l => l.Precipitated(dose))];
        var outputs = new CaseOutputs().Add("mother_liquor_mg_per_l", feed.Names, feed.Entries.Select((f, i) => f.Value * (1 - share[i])));
        if (flow is not { } litres) return outputs;
        return outputs.Add("solid_mol_per_h", feed.Names, feed.Entries.Select((f, i) =>
            litres * f.Value * share[i] / (1000 * MolarMass.Of(f.Key) * (atoms?.Find(f.Key) ?? (f.Key == "Ca" ? 1 : 2)))));
    }

    private static CaseOutputs Cooling(CaseInputs x)
    {
        double water = x.NotNegative("water_kg"), start = x.NotNegative("start_solubility_g_per_100g"), end = x.NotNegative("end_solubility_g_per_100g");
        double mass = x.Positive("anhydrous_molar_mass_g_per_mol"), crystalMass = mass + PhysicalConstants.WaterMolarMass * x.NotNegativeOr("hydrate_water", 0);
        bool calcined = x.Has("calcined_molar_mass_g_per_mol") | x.Has("calcined_mol_per_mol_salt");
        double product = calcined ? x.Positive("calcined_molar_mass_g_per_mol") * x.NotNegative("calcined_mol_per_mol_salt") : 0;
        x.Complete();
        var result = CoolingCrystallisation.Between(water, start, end, mass / crystalMass);
        var outputs = new CaseOutputs().Add("crystals_kg", result.Crystals).Add("salt_removed_fraction", result.Removed).Add("liquor_water_kg", result.LiquorWater);
        return calcined ? outputs.Add("calcined_kg", result.Crystals / crystalMass * product) : outputs;
    }

    private static CaseOutputs Reactive(CaseInputs x)
    {
        double cation = x.NotNegative("cation_mol_per_kg"), cations = x.Positive("cations_per_formula"), anions = x.Positive("anions_per_formula");
        double anion = x.NotNegative("anion_over_stoichiometry") * cation * anions / cations;
        double product = x.NotNegative("solubility_product_molal"), mass = x.Positive("crystal_molar_mass_g_per_mol");
        x.Complete();
        double extent = IonProduct.Extent([(cation, cations), (anion, anions)], product);
        return new CaseOutputs().Add("crystals_g_per_kg", extent * mass).Add("cation_yield", cation > 0 ? cations * extent / cation : 0);
    }

    private static CaseOutputs Struvite(CaseInputs x)
    {
        double magnesium = x.NotNegative("mg_mmol_per_l"), ammonium = x.NotNegative("ammonium_total_mmol_per_l"), phosphate = x.NotNegative("phosphate_total_mmol_per_l");
        double product = x.NotNegative("conditional_product_mol3_per_l3"), mass = x.Positive("struvite_molar_mass_g_per_mol");
        x.Complete();
        double extent = 1000 * IonProduct.Extent([(magnesium / 1000, 1), (ammonium / 1000, 1), (phosphate / 1000, 1)], product);
        return new CaseOutputs().Add("p_removed_mmol_per_l", extent).Add("p_recovery", phosphate > 0 ? extent / phosphate : 0).Add("struvite_g_per_l", extent * mass / 1000);
    }

    private static CaseOutputs Evaporative(CaseInputs x)
    {
        double feed = x.Positive("feed_kg_per_s"), fraction = x.Fraction("feed_nacl_mass_fraction"), feedTemperature = x.Celsius("feed_temperature_c");
        var unit = new EvaporativeCrystalliser(
            x.Bounded("operating_temperature_c", 0, 300, "from 0 to 300 °C"), x.Share("crystal_yield"), x.Positive("median_size_mm") / 1000, x.Positive("growth_rate_m_per_s"),
            x.Positive("size_factor"), x.Positive("souders_brown_m_per_s"), x.Positive("crystal_density_kg_per_m3"), x.Number("crystallisation_heat_j_per_kg"));
        x.Complete();
        var s = unit.Solve(feed, fraction, feedTemperature);
        return new CaseOutputs()
            .Add("saturation_mass_fraction", s.Saturation).Add("crystals_kg_per_s", s.Crystals).Add("liquor_nacl_kg_per_s", s.LiquorSalt).Add("liquor_water_kg_per_s", s.LiquorWater)
            .Add("vapour_kg_per_s", s.Vapour).Add("residence_time_h", s.Residence / PhysicalConstants.Hour).Add("suspension_volume_m3", s.SuspensionVolume)
            .Add("operating_pressure_pa", s.Pressure).Add("heat_duty_kw", s.Duty / 1000).Add("vapour_diameter_m", s.VapourDiameter);
    }

    private static CaseOutputs Population(CaseInputs x)
    {
        var unit = new Msmpr(x.Positive("growth_rate_m_per_s"), PhysicalConstants.Hour * x.Positive("residence_time_h"), x.Positive("crystal_density_kg_per_m3"), x.Positive("shape_factor"));
        double magma = x.NotNegative("magma_density_kg_per_m3");
        double? size = x.Has("query_size_um") ? x.NotNegative("query_size_um") : null;
        x.Complete();
        var outputs = new CaseOutputs()
            .Add("mass_mean_size_um", 1e6 * unit.MassMean).Add("mass_median_size_um", 1e6 * unit.MassMedian)
            .Add("n0_per_m4", unit.NucleusDensity(magma)).Add("nucleation_rate_per_m3_s", unit.NucleationRate(magma));
        return size is { } micrometres ? outputs.Add("cumulative_mass_fraction", unit.MassBelowSize(1e-6 * micrometres)) : outputs;
    }
}
