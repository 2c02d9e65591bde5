using Crm.Chemistry;
using Crm.Plant.Balances;
using Crm.Plant.Lots;
using Crm.Twin.Models;

namespace Crm.Twin.Checks.Models;

internal static class PlantCases
{
    public static readonly (string Name, Func<CaseInputs, CaseOutputs> Run)[] All =
    [
        ("gas-evolution", Gas),
        ("cstr-washout", Washout),
        ("jacket-heating", Jacket),
        ("water-indicators", WaterFigures),
        ("recovery-verdict", Verdict),
    ];

    private static CaseOutputs Gas(CaseInputs x)
    {
        double solid = x.NotNegative("solid_kg");
        var atoms = x.Map("formula_atoms", double.Epsilon, double.MaxValue, "above 0");
        var gas = x.Map("gas_mol_per_atom", 0, double.MaxValue, "0 or above", mayBeEmpty: true);
        double volume = x.Has("molar_volume_l_per_mol") ? x.Positive("molar_volume_l_per_mol") : PhysicalConstants.NormalMolarVolume;
        double? limit = x.Has("limit_volume_percent") ? x.Bounded("limit_volume_percent", double.Epsilon, 100, "above 0, up to 100") : null;
        foreach (string name in atoms.Names.Concat(gas.Names).Where(n => !MolarMass.IsElement(n))) x.Refuse("formula_atoms", $"{name} is no element");
        x.Complete();
        double evolved = GasFromSolid.Volume(solid, [.. atoms.Entries.Select(a => (a.Key, a.Value, gas.Find(a.Key) ?? 0))], volume);
        var outputs = new CaseOutputs().Add("gas_nm3", evolved);
        return limit is { } percent ? outputs.Add("dilution_air_nm3", GasFromSolid.DilutionAir(evolved, percent / 100)) : outputs;
    }

    private static CaseOutputs Washout(CaseInputs x)
    {
        double volume = x.Positive("total_volume_l"), flow = x.NotNegative("flow_l_per_h"), hours = x.NotNegative("time_h");
        int tanks = x.Count("tanks", 1);
        x.Complete();
        double[] tracer = new double[tanks];
        new TanksInSeries(tanks, volume / tanks, flow).Advance(tracer, 1, hours);
        return new CaseOutputs().Add("outlet_over_feed", tracer[^1]);
    }

    private static CaseOutputs Jacket(CaseInputs x)
    {
        double capacity = x.Positive("mass_kg") * x.Positive("cp_j_per_kg_k"), conductance = x.NotNegative("ua_w_per_k");
        double start = x.Celsius("start_temperature_c"), jacket = x.Celsius("jacket_temperature_c"), minutes = x.NotNegative("time_min");
        x.Complete();
        return new CaseOutputs().Add("temperature_c", new JacketedContent(capacity, conductance).Advance(start, jacket, 60 * minutes));
    }

    private static CaseOutputs WaterFigures(CaseInputs x)
    {
        var flows = new WaterFlows(
            x.NotNegative("fresh_water_l"), x.NotNegative("water_in_feed_l"), x.NotNegative("returned_water_l"), x.NotNegative("water_in_wet_solids_l"), x.NotNegative("crystal_water_l"),
            x.NotNegative("evaporation_l"), x.NotNegative("liquid_discharge_l"), x.Number("holdup_change_l"));
        double product = x.NotNegative("product_kg");
        x.Complete();
        var figures = WaterIndicators.From(flows, product);
        return new CaseOutputs()
            .Add("recycle_rate_of_use", figures.RecycleRateOfUse ?? double.NaN).Add("recycled_over_withdrawal", figures.RecycledOverWithdrawal ?? double.NaN)
            .Add("specific_fresh_water_l_per_kg", figures.SpecificFreshWater ?? double.NaN).Add("closure_error", figures.ClosureError ?? double.NaN);
    }

    private static CaseOutputs Verdict(CaseInputs x)
    {
        var recovered = x.Map("recovered_over_input", 0, double.MaxValue, "0 or above");
        x.Only(recovered, RecoveryTargets.Elements, "none of the metals of Annex XII: " + string.Join(", ", RecoveryTargets.Elements));
        x.Complete();
        var verdicts = RecoveryTargets.Judge(recovered.Entries.ToDictionary(e => e.Key, e => new Measured(e.Value, 0), StringComparer.Ordinal));
        return new CaseOutputs()
            .Add("verdict_2027", verdicts.Select(v => KeyValuePair.Create(v.Element, Word(v.Meets2027))))
            .Add("verdict_2031", verdicts.Select(v => KeyValuePair.Create(v.Element, Word(v.Meets2031))));
    }

    private static string Word(bool meets) => meets ? "pass" : "fail";
}
