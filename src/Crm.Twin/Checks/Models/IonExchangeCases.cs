using Crm.Twin.Models;

namespace Crm.Twin.Checks.Models;

internal static class IonExchangeCases
{
    public static readonly (string Name, Func<CaseInputs, CaseOutputs> Run)[] All = [("ix-langmuir", Langmuir), ("ix-clark", Clark)];

    private static CaseOutputs Langmuir(CaseInputs x)
    {
        double flow = x.Positive("flow_m3_per_s"), feed = x.Positive("feed_kg_per_m3"), charge = x.Positive("charge"), molar = x.Positive("molar_mass_kg_per_mol");
        double diffusivity = x.Positive("diffusivity_m2_per_s"), viscosity = x.Positive("viscosity_pa_s"), density = x.Positive("liquid_density_kg_per_m3");
        double service = x.Positive("service_rate_bv_per_h"), depth = x.Positive("bed_depth_m"), separation = x.Positive("langmuir_inverse_separation");
        int columns = x.Count("columns", 1);
        double capacity = x.Positive("max_capacity_eq_per_kg"), bulk = x.Positive("bulk_density_kg_per_l"), porosity = x.Bounded("porosity", double.Epsilon, Math.BitDecrement(1), "between 0 and 1");
        double diameter = x.Positive("resin_diameter_m"), time = x.NotNegative("dimensionless_time");
        x.Complete();
        var bed = new BedSize(BedSize.VolumeFor(flow, service), depth, columns);
        double velocity = flow * depth / bed.Volume;
        var front = new LangmuirFront(separation, capacity, LangmuirFront.UnitsOf(velocity, viscosity / density, diffusivity, diameter, porosity, depth));
        double ratio = front.Breakthrough(time), loading = front.Loading(ratio), equivalents = feed / molar * charge / 1000, partition = loading * bulk / equivalents;
        return new CaseOutputs()
            .Add("velocity_m_per_s", velocity).Add("column_diameter_m", bed.Diameter).Add("c_over_c0", ratio).Add("equilibrium_capacity_eq_per_kg", loading)
            .Add("partition_ratio", partition).Add("breakthrough_time_s", (time * partition + porosity) * depth / velocity)
            .Add("ion_removed_mol", loading * bulk * 1000 * bed.Volume / charge).Add("transfer_units", front.TransferUnits).Add("separation_factor", 1 / separation);
    }

    private static CaseOutputs Clark(CaseInputs x)
    {
        double flow = x.Positive("flow_m3_per_s"), service = x.Positive("service_rate_bv_per_h"), velocity = x.Positive("velocity_m_per_s");
        int columns = x.Count("columns", 1), trapezoids = x.Count("trapezoids", 2);
        double n = x.Bounded("freundlich_n", Math.BitIncrement(1), double.MaxValue, "above 1"), half = x.Positive("bed_volumes_at_half_breakthrough"), volumes = x.Positive("bed_volumes_at_breakthrough");
        double ratio = Ratio(x, "c_over_c0"), first = Ratio(x, "first_c_over_c0");
        double[] query = x.Has("query_c_over_c0") ? x.Numbers("query_c_over_c0", double.Epsilon, Math.BitDecrement(1), "between 0 and 1") : [];
        x.Complete();
        double volume = BedSize.VolumeFor(flow, service), depth = velocity * volume / flow;
        var curve = ClarkCurve.Through(n, half, volumes, ratio, depth, velocity);
        var outputs = new CaseOutputs()
            .Add("bed_depth_m", depth).Add("column_diameter_m", new BedSize(volume, depth, columns).Diameter).Add("breakthrough_time_s", curve.Seconds(volumes))
            .Add("mass_transfer_coefficient_per_s", curve.RateConstant).Add("average_c_over_c0", curve.MeanRatio(first, ratio, trapezoids));
        return query.Length > 0 ? outputs.Add("query_time_s", query.Select(curve.Time)) : outputs;
    }

    private static double Ratio(CaseInputs x, string name) => x.Bounded(name, double.Epsilon, Math.BitDecrement(1), "between 0 and 1");
}
