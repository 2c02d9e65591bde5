using Crm.Chemistry.Properties;
using Crm.Twin.Models;

namespace Crm.Twin.Checks.Models;

internal static class MembraneCases
{
    private const double ProductDensity = 995;      // kg/m3: the brine law at w = 0

    public static readonly (string Name, Func<CaseInputs, CaseOutputs> Run)[] All = [("ro-module", Module), ("ro-plant-energy", Energy), ("nanofiltration", Sieving)];

    private static CaseOutputs Module(CaseInputs x)
    {
        double feed = x.Positive("feed_kg_per_s"), fraction = x.Fraction("feed_nacl_mass_fraction"), pressure = x.NotNegative("feed_pressure_pa");
        double drop = x.NotNegative("channel_pressure_drop_pa"), permeatePressure = x.NotNegative("permeate_pressure_pa"), celsius = x.Celsius("temperature_c");
        var module = new ReverseOsmosisModule(
            new Membrane(x.NotNegative("water_permeability_m_per_s_pa"), x.NotNegative("salt_permeability_m_per_s"), x.Positive("polarisation_modulus"), celsius), x.NotNegative("area_m2"), drop);
        x.Complete();
        var flux = module.Solve(feed, fraction, pressure - permeatePressure);
        return new CaseOutputs()
            .Add("water_flux_kg_per_m2_s", flux.Water).Add("salt_flux_kg_per_m2_s", flux.Salt)
            .Add("permeate_water_kg_per_s", flux.Water * module.Area).Add("permeate_salt_kg_per_s", flux.Salt * module.Area);
    }

    private static CaseOutputs Sieving(CaseInputs x)
    {
        var feed = x.Map("feed_mol_per_m3", 0, double.MaxValue, "0 or above");
        var charge = x.Map("charge");
        var passage = x.Map("passage", double.Epsilon, double.MaxValue, "above 0");
        double[] charges = x.Entries(charge, feed.Names), passages = x.Entries(passage, feed.Names);
        double recovery = x.Bounded("recovery", double.Epsilon, Math.BitDecrement(1), "between 0 and 1");
        x.Complete();
        double[] mol = [.. feed.Entries.Select(e => e.Value)];
        double[] share = new Nanofiltration(charges, passages).Permeated(mol, recovery);
        return new CaseOutputs()
            .Add("permeate_mol_per_m3", feed.Names, mol.Select((c, i) => c * share[i] / recovery))
            .Add("retention", feed.Names, share.Select(s => 1 - s / recovery))
            .Add("permeate_charge_mol_per_m3", mol.Select((c, i) => charges[i] * c * share[i] / recovery).Sum());
    }

    private static CaseOutputs Energy(CaseInputs x)
    {
        double flow = x.Positive("feed_flow_m3_per_s"), fraction = x.Fraction("feed_nacl_mass_fraction"), pressure = x.NotNegative("membrane_feed_pressure_pa");
        double brine = x.NotNegative("ro_brine_pressure_pa"), product = x.Positive("product_water_kg_per_s");
        var exchange = new PressureExchange(x.Share("px_efficiency"), x.Bounded("pump_efficiency", double.Epsilon, 1, "above 0, up to 1"), x.NotNegative("atmospheric_pressure_pa"));
        double exchanged = (x.NotNegative("px_feed_water_kg_per_s") + x.NotNegative("px_feed_salt_kg_per_s")) / SodiumChlorideBrine.Density(fraction);
        x.Complete();
        double power = exchange.Power(flow, exchanged, pressure, brine), volume = product / ProductDensity;
        var outputs = new CaseOutputs()
            .Add("px_feed_outlet_pressure_pa", exchange.OutletPressure(brine)).Add("volumetric_recovery", volume / flow)
            .Add("pump_power_w", power).Add("specific_energy_kwh_per_m3", power / (3.6e6 * volume));
        return exchanged > flow ? outputs.Remark("the exchanger gets more than the whole feed") : outputs;
    }
}
