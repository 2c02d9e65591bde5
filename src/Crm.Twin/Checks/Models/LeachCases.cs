using System.Collections.Immutable;
using Crm.Chemistry;
using Crm.Twin.Models;

namespace Crm.Twin.Checks.Models;

internal static class LeachCases
{
    public static readonly (string Name, Func<CaseInputs, CaseOutputs> Run)[] All =
    [
        ("leach-cstr", x => Train(x, false)),
        ("leach-cstr-train", x => Train(x, true)),
        ("shrinking-core", Core),
        ("arrhenius-ratio", Ratio),
    ];

    private static CaseOutputs Train(CaseInputs x, bool many)
    {
        double flow = x.Positive("liquid_feed_l_per_h"), acid = x.Positive("sulfuric_acid_mol_per_l"), solids = x.NotNegative("solid_feed_kg_per_h");
        double volume = x.NotNegative("tank_volume_l"), density = x.Positive("solid_density_kg_per_l"), dissociation = Math.Pow(10, -x.Number("bisulfate_pka2"));
        double inert = x.Share("inert_mass_fraction");
        var fractions = x.Map("solid_feed_mass_fraction", 0, 1, "from 0 to 1");
        var rates = x.Map("rate_constant_mol_per_kg_h", 0, double.MaxValue, "0 or above");
        var orders = x.Map("acid_order");
        var acids = x.Map("acid_mol_per_mol_oxide", 0, double.MaxValue, "0 or above");
        var masses = x.Map("molar_mass_g_per_mol", double.Epsilon, double.MaxValue, "above 0");
        int tanks = many ? x.Count("tanks", 1) : 1;
        var minerals = fractions.Entries.Select(f => new LeachMineral(f.Value, x.Entry(masses, f.Key), x.Entry(rates, f.Key), x.Entry(orders, f.Key), x.Entry(acids, f.Key)))
            .ToImmutableArray();
        double sum = minerals.Sum(m => m.MassFraction);
        if (sum > 1 + 1e-9) x.Refuse("solid_feed_mass_fraction", $"the oxides add up to {sum:G6}, more than the whole");
        x.Complete();
        var states = new LeachTank(minerals, flow, solids, volume, density, acid, dissociation).Train(tanks, 2 * acid);
        var outputs = new CaseOutputs().Add("conversion", fractions.Names, states[^1].Conversion).Add("ph", states[^1].Ph);
        if (many) outputs.Add("tank_ph", states.Select(s => s.Ph));
        return sum + inert > 1.005 ? outputs.Remark($"oxides and inerts add up to {sum + inert:G4} kg/kg") : outputs;
    }

    private static CaseOutputs Core(CaseInputs x)
    {
        var control = x.Word("control", "reaction", "product-layer") == "reaction" ? ShrinkingCoreControl.Reaction : ShrinkingCoreControl.ProductLayer;
        bool byConversion = x.Has("conversion"), calibrated = x.Has("calibration_conversion") | x.Has("calibration_time_min") | x.Has("time_min");
        double[] conversion = byConversion ? x.Numbers("conversion", 0, 1, "from 0 to 1") : [];
        double known = calibrated ? x.Bounded("calibration_conversion", double.Epsilon, 1, "above 0, up to 1") : 1, minutes = calibrated ? x.Positive("calibration_time_min") : 1;
        double[] times = calibrated ? x.Numbers("time_min", 0, double.MaxValue, "0 or above") : [];
        if (!byConversion && !calibrated) x.Refuse("conversion", "give conversion, or calibration_conversion with calibration_time_min and time_min");
        x.Complete();
        var outputs = new CaseOutputs();
        if (byConversion) outputs.Add("time_over_tau", conversion.Select(c => ShrinkingCore.TimeOverTau(control, c)));
        if (!calibrated) return outputs;
        double tau = minutes / ShrinkingCore.TimeOverTau(control, known);
        return outputs.Add("tau_min", tau).Add("conversion_at_time", times.Select(t => ShrinkingCore.Conversion(control, t / tau)));
    }

    private static CaseOutputs Ratio(CaseInputs x)
    {
        double from = x.Celsius("from_temperature_c"), to = x.Celsius("to_temperature_c");
        var energies = x.Map("activation_energy_kj_per_mol");
        x.Complete();
        return new CaseOutputs().Add("rate_ratio", energies.Names, energies.Entries.Select(e => Arrhenius.Ratio(1000 * e.Value, from, to)));
    }
}
