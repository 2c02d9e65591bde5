using System.Collections.Immutable;
using Crm.Chemistry.Equilibrium;
using Crm.Twin.Models;

namespace Crm.Twin.Checks.Models;

internal static class ExtractionCases
{
    public static readonly (string Name, Func<CaseInputs, CaseOutputs> Run)[] All =
    [
        ("sx-counter-current-ph", Cascade),
        ("sx-batch-cation-exchange", Contact),
        ("sx-ph-isotherm-cascade", Isotherms),
        ("settler-weir", Weir),
    ];

    private static CaseOutputs Cascade(CaseInputs x)
    {
        int stages = x.Count("stages", 1);
        double aqueousFlow = x.Positive("aqueous_flow_l_per_h"), organicFlow = x.Positive("organic_flow_l_per_h");
        double dissociation = Math.Pow(10, -x.Number("bisulfate_pka2")), density = x.Positive("extractant_density_g_per_l");
        string extractant = x.Word("extractant");
        var aqueous = x.Map("aqueous_feed_mg_per_l", 0, double.MaxValue, "0 or above");
        var organic = x.Map("organic_feed_mg_per_l", 0, double.MaxValue, "0 or above");
        var charges = x.Map("metal_charge", mayBeEmpty: true);
        var masses = x.Map("molar_mass_g_per_mol", double.Epsilon, double.MaxValue, "above 0");
        var laws = Laws(x);
        var held = x.Map("constant_distribution", 0, double.MaxValue, "0 or above", mayBeEmpty: true);
        string[] metals = [.. charges.Names];
        x.Only(aqueous, [.. metals, "H", "HSO4", "SO4"], "neither a metal of metal_charge nor one of H, HSO4, SO4");
        x.Only(organic, [.. metals, extractant], "neither a metal of metal_charge nor the extractant");
        foreach (string metal in metals.Where(m => laws.ContainsKey(m) && held.Find(m) is not null)) x.Refuse("constant_distribution", $"{metal} has a correlation as well: which one holds?");
        double hydrogen = x.Entry(masses, "H"), bisulfate = x.Entry(masses, "HSO4"), sulfate = x.Entry(masses, "SO4"), reagent = x.Entry(masses, extractant);
        var extracted = metals.Select(m => new ExtractedMetal(charges.Find(m)!.Value, x.Entry(masses, m), laws.TryGetValue(m, out var law) ? law : DistributionLaw.Held(x.Entry(held, m))))
            .ToImmutableArray();
        x.Complete();
        double bound = At(aqueous, "HSO4") / 1000 / bisulfate, total = At(aqueous, "SO4") / 1000 / sulfate + bound;
        var cascade = new ExtractionCascade(stages, aqueousFlow, organicFlow, total, dissociation, reagent, density, extracted);
        var state = cascade.Solve(new CascadeFeed(
            [.. metals.Select(m => At(aqueous, m))], At(aqueous, "H") / 1000 / hydrogen + bound, [.. metals.Select(m => At(organic, m))], At(organic, extractant) / 1000 / reagent));
        double free = state.Free[^1], held2 = Bisulfate.Bound(free, total, dissociation);
        return new CaseOutputs()
            .Add("raffinate_mg_per_l", [.. metals, "H", "HSO4", "SO4"], [.. state.Aqueous.Select(m => m[^1]), 1000 * hydrogen * free, 1000 * bisulfate * held2, 1000 * sulfate * (total - held2)])
            .Add("loaded_organic_mg_per_l", [.. metals, extractant], [.. state.Organic.Select(m => m[0]), 1000 * reagent * state.Extractant[0]])
            .Add("stage_ph", state.Free.Select(h => -Math.Log10(h)));
    }

    /// <summary>What a solution's map does not name is not in it.</summary>
    private static double At(NumberMap solution, string name) => solution.Find(name) ?? 0;

    private static SortedDictionary<string, DistributionLaw> Laws(CaseInputs x)
    {
        var laws = new SortedDictionary<string, DistributionLaw>(StringComparer.Ordinal);
        foreach (var (name, law) in x.Objects("correlation")) laws[name] = new DistributionLaw(law.Number("m0"), law.Number("m1"), law.Number("b0"), law.Number("b1"), null);
        return laws;
    }

    private static CaseOutputs Contact(CaseInputs x)
    {
        double charge = x.Positive("metal_charge"), dimers = x.Positive("dimers_per_metal"), constant = x.Number("log10_kex"), ratio = x.Positive("oa_ratio");
        double[] monomer = x.Numbers("extractant_monomer_mol_per_l", 0, double.MaxValue, "0 or above");
        double[] acid = x.Numbers("initial_h_mol_per_l", 0, double.MaxValue, "0 or above"), metal = x.Numbers("initial_metal_mol_per_l", 0, double.MaxValue, "0 or above");
        if (acid.Length != monomer.Length || metal.Length != monomer.Length) x.Refuse("initial_metal_mol_per_l", $"the three arrays have {monomer.Length}, {acid.Length} and {metal.Length} values, expected equal lengths");
        x.Complete();
        var contact = new CationExchange(charge, dimers, constant, ratio);
        return new CaseOutputs().Add("distribution_ratio", monomer.Select((e, i) => contact.DistributionRatio(e, acid[i], metal[i])));
    }

    private static CaseOutputs Isotherms(CaseInputs x)
    {
        int stages = x.Count("stages", 1);
        double ratio = x.Positive("oa_ratio"), ph = x.Number("ph");
        var isotherms = x.Objects("isotherm").Select(i => (i.Name, Law: new ExtractionIsotherm(
            i.Inputs.Number("ph50"), i.Inputs.Number("k"), i.Inputs.Bounded("emax_percent", 0, 100, "from 0 to 100")))).ToArray();
        if (isotherms.Length == 0) x.Refuse("isotherm", "names no metal");
        x.Complete();
        double[] ratios = [.. isotherms.Select(i => i.Law.DistributionRatio(ph))];
        return new CaseOutputs()
            .Add("raffinate_fraction", isotherms.Select(i => i.Name), ratios.Select(d => ExtractionIsotherm.Raffinate(d * ratio, stages)))
            .Add("distribution_ratio", isotherms.Select(i => i.Name), ratios);
    }

    private static CaseOutputs Weir(CaseInputs x)
    {
        double flow = x.NotNegative("organic_flow_l_per_h") / 3.6e6, heavy = x.NotNegative("heavy_phase_height_m");
        var weir = new SettlerWeir(x.NotNegative("weir_height_m"), x.Positive("weir_width_m"), x.Positive("discharge_coefficient"));
        x.Complete();
        var outputs = new CaseOutputs().Add("crest_m", weir.Crest(flow)).Add("light_phase_height_m", weir.LightPhase(flow, heavy));
        return weir.LightPhase(flow, heavy) < 0 ? outputs.Remark("the heavy phase stands above the weir: no light phase is left") : outputs;
    }
}
