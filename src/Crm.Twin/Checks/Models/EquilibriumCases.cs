using System.Collections.Immutable;
using Crm.Chemistry;
using Crm.Chemistry.Equilibrium;

namespace Crm.Twin.Checks.Models;

internal static class EquilibriumCases
{
    private const double DaviesUpTo = 0.5;      // mol/kg

    public static readonly (string Name, Func<CaseInputs, CaseOutputs> Run)[] All =
    [
        ("bisulfate-equilibrium", Sulfuric),
        ("aqueous-equilibrium", Aqueous),
        ("hydroxide-onset", Onset),
        ("titration-curve", Titrate),
    ];

    private static CaseOutputs Sulfuric(CaseInputs x)
    {
        double dissociation = Math.Pow(10, -x.Number("bisulfate_pka2"));
        string[] names = ["H", "SO4", "HSO4"];
        var feed = x.Map("feed_mg_per_l", 0, double.MaxValue, "0 or above");
        var masses = x.Map("molar_mass_g_per_mol", double.Epsilon, double.MaxValue, "above 0");
        x.Only(feed, names, "none of H, SO4, HSO4");
        double[] grams = x.Entries(masses, names), mol = [.. names.Select((n, i) => (feed.Find(n) ?? 0) / 1000 / grams[i])];
        x.Complete();
        double sulfate = mol[1] + mol[2], h = Bisulfate.FreeHydrogen(mol[0] + mol[2], sulfate, dissociation), bound = Bisulfate.Bound(h, sulfate, dissociation);
        return new CaseOutputs()
            .Add("h_mg_per_l", 1000 * grams[0] * h).Add("so4_mg_per_l", 1000 * grams[1] * (sulfate - bound)).Add("hso4_mg_per_l", 1000 * grams[2] * bound).Add("ph", -Math.Log10(h));
    }

    private static CaseOutputs Aqueous(CaseInputs x)
    {
        var activity = x.Word("activity_model", "ideal", "davies") == "ideal" ? ActivityModel.Ideal : ActivityModel.Davies;
        double kw = x.OptionalNumber("log10_kw") ?? -14.0;
        double? held = x.OptionalNumber("fixed_ph");
        var charges = x.Map("basis_charge");
        ImmutableArray<string> basis = [.. charges.Names];
        if (!basis.Contains(AqueousSystem.ProtonName)) x.Refuse("basis_charge", "must contain H+");
        if (basis.Contains(AqueousSystem.HydroxideName)) x.Refuse("basis_charge", "OH- is always a species, made of H2O - H+; it cannot be a basis species");
        var formed = x.Has("species") ? [.. x.Items("species").Select(s => Species(s, basis))] : ImmutableArray<FormedSpecies>.Empty;
        var solids = x.Has("solids") ? [.. x.Items("solids").Select(s => Solid(s, basis))] : ImmutableArray<(PureSolid Solid, double Initial)>.Empty;
        var initial = x.Map("initial_mol_per_kg", 0, double.MaxValue, "0 or above", mayBeEmpty: true);
        string[] dissolved = [.. basis, AqueousSystem.HydroxideName, .. formed.Select(f => f.Name)];
        foreach (var twice in dissolved.Concat(solids.Select(s => s.Solid.Name)).GroupBy(n => n).Where(g => g.Count() > 1)) x.Refuse("species", $"the name {twice.Key} is used twice");
        x.Only(initial, dissolved, "neither a basis species, nor OH-, nor one of species");
        x.Complete();
        AqueousSystem system = new(basis, [.. charges.Entries.Select(c => c.Value)], formed, [.. solids.Select(s => s.Solid)], kw, activity);
        double[] totals = Totals(system, initial, solids);
        var state = EquilibriumSolver.Solve(system, totals, held);
        var outputs = new CaseOutputs()
            .Add("molality_mol_per_kg", system.Species.Select(s => s.Name), state.Molality).Add("ph", state.Ph).Add("ionic_strength_mol_per_kg", state.IonicStrength)
            .Add("solid_mol_per_kg", system.Solids.Select(s => s.Name), state.Solid).Add("dissolved_total_mol_per_kg", basis, state.Dissolved).Add("water_activity", state.WaterActivity);
        return activity == ActivityModel.Davies && state.IonicStrength > DaviesUpTo ? outputs.Remark($"ionic strength {state.IonicStrength:G3} mol/kg: Davies is meant for up to {DaviesUpTo}") : outputs;
    }

    private static FormedSpecies Species(CaseInputs x, ImmutableArray<string> basis) => new(x.Word("name"), Formation(x, basis), x.Number("log10_k"), x.Number("charge"));

    private static (PureSolid Solid, double Initial) Solid(CaseInputs x, ImmutableArray<string> basis) =>
        (new PureSolid(x.Word("name"), Formation(x, basis), x.Number("log10_ksp")), x.NotNegativeOr("initial_mol_per_kg", 0));

    private static ImmutableArray<double> Formation(CaseInputs x, ImmutableArray<string> basis)
    {
        var formation = x.Map("formation");
        x.Only(formation, basis, "not in basis_charge");
        return [.. basis.Select(b => formation.Find(b) ?? 0)];
    }

    private static double[] Totals(AqueousSystem system, NumberMap initial, ImmutableArray<(PureSolid Solid, double Initial)> solids)
    {
        double[] totals = new double[system.Basis.Length];
        for (int b = 0; b < totals.Length; b++)
        {
            foreach (var species in system.Species) totals[b] += species.Formation[b] * (initial.Find(species.Name) ?? 0);
            foreach (var (solid, amount) in solids) totals[b] += solid.Formation[b] * amount;
        }
        return totals;
    }

    private static CaseOutputs Onset(CaseInputs x)
    {
        var constants = x.Map("log10_k");
        var counts = x.Map("hydroxide_count", double.Epsilon, double.MaxValue, "above 0");
        double onset = x.Positive("onset_mol_per_l"), complete = x.Positive("complete_mol_per_l");
        double[] orders = x.Entries(counts, constants.Names);
        x.Complete();
        return new CaseOutputs()
            .Add("onset_ph", constants.Names, constants.Entries.Select((k, i) => Hydroxides.SaturationPh(k.Value, orders[i], onset)))
            .Add("complete_ph", constants.Names, constants.Entries.Select((k, i) => Hydroxides.SaturationPh(k.Value, orders[i], complete)));
    }

    private static CaseOutputs Titrate(CaseInputs x)
    {
        double sample = x.Positive("sample_volume_ml"), kw = Math.Pow(10, -x.Number("pkw"));
        double strong = x.NotNegativeOr("sample_strong_cation_mol_per_l", 0) - x.NotNegativeOr("sample_strong_anion_mol_per_l", 0);
        ImmutableArray<WeakAcid> acids = [.. x.Items("weak_acids").Select(Acid)];
        double sign = x.Word("titrant", "strong-base", "strong-acid") == "strong-base" ? 1 : -1, titrant = x.NotNegative("titrant_mol_per_l");
        double[] volumes = x.Numbers("titrant_volume_ml", 0, double.MaxValue, "0 or above");
        x.Complete();
        Titration beaker = new(kw, strong, acids);
        return new CaseOutputs().Add("ph", volumes.Select(v => beaker.Ph(v / sample, sign * titrant)));
    }

    private static WeakAcid Acid(CaseInputs x)
    {
        x.Word("name");
        return new WeakAcid(x.NotNegative("total_mol_per_l"), x.Number("base_charge"), [.. x.NumbersOrNone("log10_beta")]);
    }
}
