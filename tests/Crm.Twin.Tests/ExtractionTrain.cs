using System.Collections.Immutable;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;

namespace Crm.Twin.Tests;

/// <summary>The twin of <see cref="TestRig.Extraction"/>: three extraction and two strip stages, acid at the raffinate's end.</summary>
internal static class ExtractionTrain
{
    public static readonly RigDefinition Rig = TestRig.Extraction();

    public static TwinPlant Plant(long seed = 1) => new(Rig, Definition(), seed);

    private static TwinDefinition Definition()
    {
        EquipmentDefinition[] equipment =
        [
            Tank("feed_tank", ("volume", 60), ("initial", 30)), Tank("organic_tank", ("volume", 40), ("organic", 18), ("amine", 0.2), ("modifier", 0.05)),
            Tank("strip_tank", ("volume", 40), ("initial", 20)), Tank("scrub_tank", ("volume", 40), ("initial", 20)), Tank("raffinate_tank", ("volume", 80)), Tank("product_tank", ("volume", 40)),
            Of("extraction", "mixer-settler", [("stages", 3), ("strip_stages", 2), ("mixer_volume", 0.3), ("settler_volume", 1)],
                [("organic", "organic_tank"), ("raffinate", "raffinate_tank"), ("raffinate_recycle", "feed_tank"), ("strip_product", "product_tank"), ("strip_recycle", "strip_tank")]),
            Of("calciner", "calciner", [("heater_power", 3000)], []), Of("scrubber", "scrubber", [("air_flow", 120), ("acid", 20)], []), Of("ventilation", "ventilation", [], []),
            Of("nitrogen", "nitrogen", [], []), Of("cooling_water", "cooling-water", [], []), Of("gas", "gas-detection", [], []),
        ];
        MaterialDefinition Material(string name, string mineral) => new(name, ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create(mineral, 1.0)]), "test");
        return new TwinDefinition("extraction", "", [.. equipment], [Material("metavanadate", "NH4VO3"), Material("vanadate", "NaVO3")], [],
            ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("temperature", 25.0)]));
    }

    private static EquipmentDefinition Tank(string unit, params (string, double)[] numbers) => Of(unit, "tank", numbers, []);

    private static EquipmentDefinition Of(string unit, string model, (string Name, double Value)[] numbers, (string Name, string Value)[] names) => new(
        unit, model, numbers.ToImmutableSortedDictionary(n => n.Name, n => n.Value, StringComparer.Ordinal), names.ToImmutableSortedDictionary(n => n.Name, n => n.Value, StringComparer.Ordinal),
        ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, double>>.Empty, ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty, 0);
}
