using Crm.Chemistry;
using Crm.Chemistry.Properties;
using Crm.Twin.Models;

namespace Crm.Twin.Checks.Models;

internal static class EvaporationCases
{
    private const double HighestCelsius = 370;      // below the critical point

    public static readonly (string Name, Func<CaseInputs, CaseOutputs> Run)[] All =
    [
        ("mvc-evaporator", Split),
        ("brine-boiling-pressure", Boiling),
        ("evaporator-heat-transfer", Transfer),
        ("mvc-energy", Compression),
        ("brine-concentrator-energy", Concentrator),
    ];

    private static CaseOutputs Split(CaseInputs x)
    {
        double water = x.Positive("feed_water_kg_per_s"), solids = x.Fraction("feed_tds_mass_fraction"), recovery = x.Share("recovery_mass"), celsius = Boil(x, "brine_temperature_c");
        x.Complete();
        var split = EvaporatorSplit.Of(water, solids, recovery);
        return new CaseOutputs()
            .Add("vapour_kg_per_s", split.Vapour).Add("brine_water_kg_per_s", split.BrineWater).Add("brine_tds_kg_per_s", split.BrineSolids)
            .Add("evaporator_pressure_pa", SodiumChlorideBrine.BoilingPressure(split.BrineFraction, celsius));
    }

    private static CaseOutputs Boiling(CaseInputs x)
    {
        double celsius = Boil(x, "temperature_c"), fraction = x.Fraction("tds_mass_fraction");
        x.Complete();
        return new CaseOutputs()
            .Add("pressure_pa", SodiumChlorideBrine.BoilingPressure(fraction, celsius)).Add("boiling_point_elevation_k", SodiumChlorideBrine.BoilingPointRise(fraction, celsius));
    }

    private static CaseOutputs Transfer(CaseInputs x)
    {
        double conductance = x.NotNegative("u_w_per_m2_k") * x.NotNegative("area_m2");
        bool mean = x.Has("mean_temperature_difference_k"), ends = x.Has("dt_in_k") | x.Has("dt_out_k");
        if (mean == ends) x.Refuse("mean_temperature_difference_k", "give either the mean difference, or dt_in_k and dt_out_k");
        double difference = mean ? x.NotNegative("mean_temperature_difference_k") : ends ? BrineEvaporator.MeanDifference(x.NotNegative("dt_in_k"), x.NotNegative("dt_out_k")) : 0;
        bool fed = x.Has("feed_water_kg_per_s") | x.Has("feed_tds_kg_per_s") | x.Has("feed_temperature_c") | x.Has("brine_temperature_c");
        double water = fed ? x.Positive("feed_water_kg_per_s") : 1, solids = fed ? x.NotNegative("feed_tds_kg_per_s") : 0;
        double feedTemperature = fed ? x.Celsius("feed_temperature_c") : 0, celsius = fed ? Boil(x, "brine_temperature_c") : 0;
        double? distillate = x.Has("distillate_kg_per_s") ? x.Positive("distillate_kg_per_s") : null;
        x.Complete();
        double heat = conductance * difference;
        var outputs = new CaseOutputs().Add("mean_temperature_difference_k", difference).Add("heat_w", heat);
        if (fed) Vapour(outputs, BrineEvaporator.Vapour(heat, water + solids, solids / (water + solids), feedTemperature, celsius));
        return distillate is { } made ? outputs.Add("heat_per_kg_vapour_j_per_kg", heat / made) : outputs;
    }

    private static void Vapour(CaseOutputs outputs, double vapour)
    {
        outputs.Add("vapour_kg_per_s", vapour);
        if (vapour < 0) outputs.Remark("the heat does not bring the feed to the boil: the vapour is negative");
    }

    private static CaseOutputs Compression(CaseInputs x)
    {
        double suction = x.Celsius("vapour_temperature_c"), density = x.Positive("distillate_density_kg_per_m3");
        var compressor = new VapourCompressor(x.Positive("pressure_ratio"), x.Positive("heat_capacity_ratio"), x.Bounded("compressor_efficiency", double.Epsilon, 1, "above 0, up to 1"));
        var law = x.Word("vapour_enthalpy_law", "constant-cp", "saturation-line") == "constant-cp" ? VapourLaw.ConstantHeatCapacity : VapourLaw.SaturationLine;
        double cp = 0;
        if (law == VapourLaw.ConstantHeatCapacity) cp = x.Positive("vapour_cp_j_per_kg_k");
        else if (x.Has("vapour_cp_j_per_kg_k")) x.Refuse("vapour_cp_j_per_kg_k", "belongs to the law constant-cp only");
        x.Complete();
        double work = compressor.Work(suction, law, cp);
        return new CaseOutputs()
            .Add("isentropic_outlet_temperature_c", compressor.Outlet(suction)).Add("compressor_work_j_per_kg", work).Add("specific_energy_kwh_per_m3", work * density / 3.6e6);
    }

    private static CaseOutputs Concentrator(CaseInputs x)
    {
        double flow = PhysicalConstants.Hour * x.NotNegative("flow_m3_per_s"), solids = x.NotNegative("tds_mg_per_l"), recovery = x.Share("water_recovery");
        x.Complete();
        double energy = BrineConcentrator.SpecificEnergy(solids, recovery, flow);
        return new CaseOutputs().Add("specific_energy_kwh_per_m3", energy).Add("power_kw", energy * flow);
    }

    private static double Boil(CaseInputs x, string name) => x.Bounded(name, 0, HighestCelsius, "from 0 to 370 °C, below the critical point of water");
}
