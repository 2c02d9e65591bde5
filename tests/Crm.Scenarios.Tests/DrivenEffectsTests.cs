using System.Reflection;
using Crm.Plant.Procedure;
using Crm.Plant.UnitOperations;
using Crm.Scenarios.Tests.Chloride;
using Crm.Scenarios.Tests.Germanium;
using Crm.Scenarios.Tests.NickelCobalt;
using Crm.Scenarios.Tests.RareEarth;
using Crm.Scenarios.Tests.Refinery;
using Crm.Scenarios.Tests.Vanadium;

namespace Crm.Scenarios.Tests;

/// <summary>
/// Each effect that an operation expects, on every rig whose recipes use the operation, with the fault it names when the effect does not come: driven on the
/// rig's twin to the pins, or listed here. Operation by operation they are all driven on the toy plant (FurtherOperationTests); S88-20, SAF-28.
/// </summary>
public sealed class DrivenEffectsTests
{
    private static readonly string[] water = ["tests/Crm.Scenarios.Tests/Germanium/water-run.yaml"];

    private static readonly string[] titration = ["tests/Crm.Scenarios.Tests/Germanium/titration-run.yaml"];

    /// <summary>Operation of each moment of the slag hours.</summary>
    private static readonly SortedDictionary<string, string> slag = new(StringComparer.Ordinal)
    {
        ["filling"] = "fill",
        ["warming"] = "heat",
        ["cooling"] = "cool",
        ["washing"] = "wash",
        ["ageing"] = "react",
        ["returning"] = "transfer",
        ["drying"] = "dry",
        ["extracting"] = "extract",
        ["calcining"] = "calcine",
        ["precipitating"] = "crystallise_react",
        ["leaching"] = "leach",
        ["filtering"] = "filter",
        ["dosing alum"] = "dose",
        ["acidifying"] = "dose_to_ph",
        ["boiling"] = "evaporate",
        ["crystallising"] = "crystallise_evaporate",
    };

    /// <summary>Driven by tests of another form: FaultTests of the leach, and the scenarios of the bench kit that CI runs.</summary>
    private static readonly (string Rig, string Operation, string Words)[] elsewhere =
    [
        ("lithium-pilot", "dose", "pump or line"), ("lithium-pilot", "heat", "heater relay stuck"),
        ("bench-kit", "dose_to_ph", "pump or line"), ("bench-kit", "heat", "heater gives no heat"),
    ];

    /// <summary>Not driven on this rig's twin, and why it cannot be or makes no sense there.</summary>
    private static readonly SortedDictionary<string, string> notThere = new(StringComparer.Ordinal)
    {
        ["bench-kit fill: agitator does not turn"] = Hand,
        ["bench-kit react: agitator does not turn"] = Hand,
        ["lithium-refinery crystallise_cool: seeds do not show"] = NoSeed,
        ["lithium-refinery crystallise_evaporate: seeds do not show"] = NoSeed,
        ["lithium-chloride evaporate: no feed from"] = "its carbonation is filled before it boils and fed by nothing while it does",
        ["lithium-chloride wash: wash channels"] = "its residue and its crystals hardly resist: a crack passes hardly more than they do",
        ["lithium-refinery evaporate: no feed from"] = "its evaporator is filled before it boils and fed by nothing while it does",
        ["lithium-refinery reverse_osmosis: gives no permeate"] = "a twentieth of so small a concentrate is less than its meter tells: the alarm nf-permeate-low speaks instead",
        ["lithium-refinery wash: wash channels"] = "its cakes are coarse crystals: a crack passes hardly more than they do",
        ["nickel-cobalt-pilot crystallise_cool: cooling takes no heat out"] = "its litre or two of slurry lose to the hall what the slow programme asks; the step before, cool, names the dead valve",
        ["nickel-cobalt-pilot crystallise_cool: seeds do not show"] = NoSeed,
        ["nickel-cobalt-pilot crystallise_evaporate: seeds do not show"] = NoSeed,
        ["nickel-cobalt-pilot evaporate: no feed from"] = "its crystalliser is filled before it boils and fed by nothing while it does",
        ["nickel-cobalt-pilot wash: wash channels"] = "its hydroxide cake is so tight that a crack passes hardly more than the pump gives, and its crystals are coarse",
        ["nickel-cobalt-pilot reverse_osmosis: gives no permeate"] = "the row ro-overpressure is quicker on so small a skid",
        ["vanadium-pilot crystallise_evaporate: seeds do not show"] = NoSeed,
        ["vanadium-pilot crystallise_react: seeds do not show"] = NoSeed,
        ["vanadium-pilot leach: pump or line"] = "the slag's own soda keeps the leach alkaline: no recipe of the rig gives its leach a reagent",
    };

    private const string Hand = "the bench is stirred by a hand switch: no output, no speed";

    private const string NoSeed = "no recipe of the rig seeds by a feeder, and the rig has none";

    [Fact]
    public void Each_expected_effect_of_each_rigs_operations_is_driven_on_its_twin_or_listed()
    {
        (string Rig, string Operation, string Words)[] tried =
        [
            .. elsewhere,
            .. Inline(typeof(BenchFaultTests), "bench-kit", IdleRigs.RecipesOf("bench-kit")),
            .. Inline(typeof(SlagFaultTests), "vanadium-pilot", IdleRigs.RecipesOf("vanadium-pilot")),
            .. Inline(typeof(CarbonateFaultTests), "lithium-pilot", IdleRigs.RecipesOf("lithium-pilot")),
            .. Inline(typeof(HydrolysisFaultTests), "germanium-pilot", IdleRigs.RecipesOf("germanium-pilot")),
            .. Inline(typeof(ExtractionFaultTests), "germanium-pilot", IdleRigs.RecipesOf("germanium-pilot")),
            .. Inline(typeof(ColumnAndMembraneFaultTests), "germanium-pilot", water),
            .. Inline(typeof(OxalateFaultTests), "rare-earth-pilot", IdleRigs.RecipesOf("rare-earth-pilot")),
            .. Inline(typeof(ManganeseFaultTests), "nickel-cobalt-pilot", IdleRigs.RecipesOf("nickel-cobalt-pilot")),
            .. Inline(typeof(CobaltFaultTests), "nickel-cobalt-pilot", IdleRigs.RecipesOf("nickel-cobalt-pilot")),
            .. Inline(typeof(NickelFaultTests), "nickel-cobalt-pilot", IdleRigs.RecipesOf("nickel-cobalt-pilot")),
            .. Inline(typeof(OxideFaultTests), "rare-earth-pilot", IdleRigs.RecipesOf("rare-earth-pilot")),
            .. Inline(typeof(HeatAndTitrationFaultTests), "germanium-pilot", titration),
            .. Inline(typeof(ChlorideLoopFaultTests), "lithium-chloride", IdleRigs.RecipesOf("lithium-chloride")),
            .. Inline(typeof(HydroxideFaultTests), "lithium-refinery", IdleRigs.RecipesOf("lithium-refinery")),
            .. Inline(typeof(PotashFaultTests), "lithium-refinery", ["recipes/lithium/sulfate-to-carbonate-potash.yaml"]),
            .. SlagFaultTests.Faults.Select(f => ("vanadium-pilot", slag[f.Data.Item1], f.Data.Item3)),
        ];
        var untried = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string rig in IdleRigs.Recipes.Keys)
            foreach (UnitOperationDescription operation in Used(rig))
                foreach (ExpectedEffect effect in operation.Effects)
                    if (!tried.Any(t => t.Rig == rig && (t.Operation == operation.Name || IsOfAll(effect)) && Names(t.Words, effect.Fault))) untried.Add($"{rig} {operation.Name}: {effect.Fault}");
        Assert.True(untried.SetEquals(notThere.Keys), $"not driven: {string.Join(" | ", untried.Except(notThere.Keys))}; driven by now: {string.Join(" | ", notThere.Keys.Except(untried))}");
    }

    /// <summary>Every operation that stirs judges its agitator by the same code.</summary>
    private static bool IsOfAll(ExpectedEffect effect) => effect.Fault.StartsWith("agitator", StringComparison.Ordinal);

    /// <summary>A heater's row of the matrix names what the operation would have named later: no heat, or a temperature that does not come.</summary>
    private static bool Names(string words, string fault) => words.Contains(fault, StringComparison.Ordinal) || fault.Contains(words, StringComparison.Ordinal)
        || ((words.EndsWith("heater-astray", StringComparison.Ordinal) || words.EndsWith("heater-unconfirmed", StringComparison.Ordinal))
            && (fault.StartsWith("heater", StringComparison.Ordinal) || fault == "does not come to temperature"));

    private static IEnumerable<UnitOperationDescription> Used(string rig)
    {
        string[] names = [.. IdleRigs.RecipesOf(rig).SelectMany(r => Phases(rig, r)).Select(p => p.Operation).Distinct()];
        return UnitOperationCatalogue.Descriptions.Where(d => names.Contains(d.Name));
    }

    private static IEnumerable<(string Rig, string Operation, string Words)> Inline(Type tests, string rig, IEnumerable<string> recipes)
    {
        PhaseNode[] phases = [.. recipes.SelectMany(r => Phases(rig, r))];
        foreach (InlineDataAttribute row in tests.GetMethods().SelectMany(m => m.GetCustomAttributes<InlineDataAttribute>()))
        {
            object?[] data = row.Data;
            yield return (rig, phases.First(p => p.Id == (string)data[0]! || p.Id.EndsWith("/" + data[0], StringComparison.Ordinal)).Operation, (string)data[2]!);
        }
    }

    private static IEnumerable<PhaseNode> Phases(string rig, string recipe)
    {
        var tree = new ProcedureTree(PilotFiles.Load(rig, recipe).Recipe.Procedure);
        for (int node = 0; node < tree.Count; node++)
            if (tree[node] is PhaseNode phase) yield return phase;
    }
}
