using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Outputs;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Xunit;

namespace Crm.Twin.Tests.Flowsheets;

/// <summary>
/// Nothing is made and nothing is lost, whatever is joined to whatever, fed with whatever and broken: each element to 1e-9 of what there was, the charge to 1e-9 of what the ions
/// carry, heat to 1e-6 of what was held and turned over. Some thousand seconds of a few flowsheets; with CRM_DEEP=1 10^5 s of many. CRM_SEED draws others.
/// </summary>
public sealed class FlowsheetTests(ITestOutputHelper output)
{
    private const double Relative = 1e-9, RelativeHeat = 1e-6;

    private static bool IsDeep { get; } = Environment.GetEnvironmentVariable("CRM_DEEP") == "1";

    private static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("CRM_SEED"), CultureInfo.InvariantCulture, out int seed) ? seed : 20261121;

    [Fact]
    public void Every_element_the_charge_and_heat_are_conserved_on_random_flowsheets()
    {
        int flowsheets = IsDeep ? 24 : 12, steps = IsDeep ? 100_000 : 1500;
        double worst = 0, charge = 0, heat = 0;
        var flows = new SortedDictionary<string, double>(StringComparer.Ordinal);
        int driven = 0;
        // What is drawn depends on the rows of chemistry/: some more flowsheets where none of these has, say, anything that boils.
        for (int i = 0; i < flowsheets || (i < 4 * flowsheets && flows.Values.Any(f => f == 0)); i++)
        {
            driven = i + 1;
            Drift drift = Drive(Seed + i, steps);
            worst = Math.Max(worst, drift.Element);
            charge = Math.Max(charge, drift.Charge);
            heat = Math.Max(heat, drift.Heat);
            foreach ((string name, double joule) in drift.Flows) flows[name] = flows.GetValueOrDefault(name) + Math.Abs(joule);
        }

        output.WriteLine($"CRM_SEED={Seed}, {driven} flowsheets of {steps} s, deep {IsDeep} (CRM_DEEP=1)");
        output.WriteLine("MJ turned over: " + string.Join(", ", flows.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Key} {f.Value * 1e-6:0.###}"))));
        Assert.All(flows, f => Assert.True(f.Value > 0, $"no flowsheet has any heat of {f.Key}: it is not tested"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"largest drift of an element {worst:0.0e+0}, of the charge {charge:0.0e+0}, of heat {heat:0.0e+0}"));
    }

    /// <summary>Found by CRM_DEEP=1: a vessel whose last water is that of its caustic, a hydroxide melt; its salts were reckoned per kg of hardly any water.</summary>
    [Fact]
    public void A_vessel_of_molten_caustic_still_has_a_level() => Drive(20261132, 38_000);

    /// <summary>Drives one flowsheet and judges it every thousand seconds and at its end.</summary>
    internal static Drift Drive(int seed, int steps)
    {
        var sheet = new RandomFlowsheet(seed);
        var plant = new TwinPlant(sheet.Rig, sheet.Twin, seed);
        var hands = new RandomHands(seed, sheet, plant);
        PlantTruth began = plant.Truth();
        Drift drift = default;
        for (int second = 1; second <= steps; second++)
        {
            hands.Act();
            Assert.True(hands.NoNumber is null, $"{hands.NoNumber} reads no number; seed {seed} at {second} s: {hands.Said}; {sheet}");
            if (second % 1000 == 0 || second == steps) drift = Judge(plant.Truth(), $"seed {seed} at {second} s: {hands.Said}; {sheet}");
        }

        Assert.True(began.Places.Count(p => plant.Truth().Places[p.Key].Any(e => Math.Abs(e.Value - p.Value[e.Key]) > 1e-6)) > 3, $"seed {seed}: nothing moves; {sheet}");
        return drift;
    }

    private static Drift Judge(PlantTruth truth, string where)
    {
        double worst = 0;
        foreach ((string element, double initial) in truth.Initial)
        {
            double drift = Math.Abs(truth.Places.Values.Sum(p => p.GetValueOrDefault(element)) - initial) / Math.Max(initial, 1e-3);
            Assert.True(drift <= Relative, $"{element} drifts by {drift:0.0e+0}; {where}");
            worst = Math.Max(worst, drift);
            foreach ((string place, var held) in truth.Places)
                Assert.True(held.GetValueOrDefault(element) > -1e-9 || element == "H", $"{place} holds {held.GetValueOrDefault(element):0.0e+0} kg of {element}; {where}");
        }

        double carried = Math.Max(1, (truth.Initial.GetValueOrDefault("S") / 0.032 * 2) + (truth.Initial.GetValueOrDefault("Na") / 0.023));
        double charge = Math.Abs(truth.ChargeImbalanceMol) / carried;
        Assert.True(charge <= Relative, $"charge off by {truth.ChargeImbalanceMol:0.0e+0} of {carried:0.#} mol; {where}");
        double heat = HeatDrift(truth.Heat!);
        Assert.True(heat <= RelativeHeat, $"heat off by {truth.Heat!.Imbalance:0.0e+0} J of {truth.Heat.Turned:0.0e+0} J turned over; {where}");
        return new Drift(worst, charge, heat, truth.Heat!.Flows);
    }

    /// <param name="Element">Largest of any element, relative to what the plant held of it.</param>
    internal readonly record struct Drift(double Element, double Charge, double Heat, ImmutableSortedDictionary<string, double> Flows);

    /// <summary>What the account cannot explain, of all that came and went and what is held.</summary>
    internal static double HeatDrift(HeatTruth heat) => Math.Abs(heat.RelativeError);
}
