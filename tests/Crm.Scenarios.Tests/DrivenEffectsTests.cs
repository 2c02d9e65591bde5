using System.Reflection;
using Crm.Plant.Procedure;
using Crm.Plant.UnitOperations;
using Crm.Scenarios.Tests.Germanium;
using Crm.Scenarios.Tests.Vanadium;

namespace Crm.Scenarios.Tests;

/// <summary>
/// Each effect that an operation expects, on every rig whose recipes use the operation, with the fault it names when the effect does not come: driven on the
/// rig's twin to the pins, or listed here. Operation by operation they are all driven on the toy plant (FurtherOperationTests); S88-20, SAF-28.
/// </summary>
public sealed class DrivenEffectsTests
{
    private static readonly string[] water = ["tests/Crm.Scenarios.Tests/Germanium/water-run.yaml"];

    /// <summary>Operation of each moment of the slag hours.</summary>
    private static readonly SortedDictionary<string, string> slag = new(StringComparer.Ordinal)
    {
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

    /// <summary>Not driven on this rig's twin: tried on the toy plant only, or on another rig by the same code.</summary>
    private static readonly string[] onlyToy =
    [
        "bench-kit dose_to_ph: pH does not move",
        "bench-kit dose_to_ph: pH goes the wrong way",
        "bench-kit fill: L moved in", "bench-kit fill: agitator does not turn", "bench-kit react: agitator does not turn",    // stirred by a hand switch
        "bench-kit heat: heater relay stuck",
        "bench-kit react: does not come to temperature",
        "germanium-pilot cool: cooling takes no heat out",
        "germanium-pilot dose: delivers too much",
        "germanium-pilot dose_to_ph: pH does not move",
        "germanium-pilot dose_to_ph: pH goes the wrong way",
        "germanium-pilot dose_to_ph: pump or line",
        "germanium-pilot evaporate: gives no condensate",
        "germanium-pilot evaporate: no feed from",
        "germanium-pilot heat: heater gives no heat",
        "germanium-pilot heat: heater relay stuck",
        "germanium-pilot precipitate: is past",
        "germanium-pilot precipitate: pH does not move",
        "germanium-pilot precipitate: pump or line",
        "germanium-pilot react: does not come to temperature",
        "germanium-pilot reverse_osmosis: gives no permeate",
        "germanium-pilot transfer: L moved in",
        "germanium-pilot wash: may have cracked",
        "germanium-pilot wash: wash channels",
        "lithium-pilot dose: delivers too much",
        "lithium-pilot dose_to_ph: pH does not move",
        "lithium-pilot dose_to_ph: pH goes the wrong way",
        "lithium-pilot evaporate: gives no condensate",
        "lithium-pilot evaporate: no feed from",
        "lithium-pilot react: does not come to temperature",
        "lithium-pilot wash: may have cracked",
        "lithium-pilot wash: wash channels",
        "vanadium-pilot cool: cooling takes no heat out",
        "vanadium-pilot crystallise_evaporate: does not come down",
        "vanadium-pilot crystallise_evaporate: seeds do not show",
        "vanadium-pilot crystallise_react: does not come down",
        "vanadium-pilot crystallise_react: seeds do not show",
        "vanadium-pilot dose: delivers too much",
        "vanadium-pilot dose_to_ph: pH does not move",
        "vanadium-pilot dose_to_ph: pH goes the wrong way",
        "vanadium-pilot dry: draws no vacuum",
        "vanadium-pilot dry: heater gives no heat",
        "vanadium-pilot evaporate: gives no condensate",
        "vanadium-pilot evaporate: no feed from",
        "vanadium-pilot extract: continuous, ",
        "vanadium-pilot extract: profile does not become steady",
        "vanadium-pilot fill: L moved in",
        "vanadium-pilot heat: heater gives no heat",
        "vanadium-pilot heat: heater relay stuck",
        "vanadium-pilot leach: pump or line",
        "vanadium-pilot react: does not come to temperature",
        "vanadium-pilot transfer: L moved in",
        "vanadium-pilot wash: may have cracked",
        "vanadium-pilot wash: takes no wash",
        "vanadium-pilot wash: wash channels",
    ];

    [Fact]
    public void Each_expected_effect_of_each_rigs_operations_is_driven_on_its_twin_or_listed()
    {
        (string Rig, string Operation, string Words)[] tried =
        [
            .. elsewhere,
            .. Inline(typeof(CarbonateFaultTests), "lithium-pilot", IdleRigs.RecipesOf("lithium-pilot")),
            .. Inline(typeof(HydrolysisFaultTests), "germanium-pilot", IdleRigs.RecipesOf("germanium-pilot")),
            .. Inline(typeof(ColumnAndMembraneFaultTests), "germanium-pilot", water),
            .. SlagFaultTests.Faults.Select(f => ("vanadium-pilot", slag[f.Data.Item1], f.Data.Item3)),
        ];
        var untried = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string rig in IdleRigs.Recipes.Keys)
            foreach (UnitOperationDescription operation in Used(rig))
                foreach (ExpectedEffect effect in operation.Effects)
                    if (!tried.Any(t => t.Rig == rig && (t.Operation == operation.Name || IsOfAll(effect)) && Names(t.Words, effect.Fault))) untried.Add($"{rig} {operation.Name}: {effect.Fault}");
        Assert.True(untried.SetEquals(onlyToy), $"not driven: {string.Join(" | ", untried.Except(onlyToy))}; driven by now: {string.Join(" | ", onlyToy.Except(untried))}");
    }

    /// <summary>Every operation that stirs judges its agitator by the same code.</summary>
    private static bool IsOfAll(ExpectedEffect effect) => effect.Fault.StartsWith("agitator", StringComparison.Ordinal);

    /// <summary>A heater's row of the matrix names what the operation would have named later.</summary>
    private static bool Names(string words, string fault) => words.Contains(fault, StringComparison.Ordinal) || fault.Contains(words, StringComparison.Ordinal)
        || (words.EndsWith("-heater-astray", StringComparison.Ordinal) && fault.StartsWith("heater", StringComparison.Ordinal));

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
