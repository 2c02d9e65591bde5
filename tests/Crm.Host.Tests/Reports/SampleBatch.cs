using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Balances;
using Crm.Plant.Lots;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Host.Tests.Reports;

/// <summary>A plausible lithium batch made of events alone: 3 kg of black mass to lithium carbonate in 26 hours.</summary>
internal static class SampleBatch
{
    public static readonly TimeSpan End = TimeSpan.FromHours(26.4);

    public static readonly ImmutableArray<ReagentDefinition> Reagents =
    [
        new("sulfuric_acid", "Sulfuric acid 98 %", "H2SO4", 0.98, 1.836, 10, "corrosive"),
        new("sodium_hydroxide", "Sodium hydroxide 30 %", "NaOH", 0.30, 1.33, 25, "corrosive"),
        new("sodium_carbonate", "Soda solution 24 %", "Na2CO3", 0.24, 1.25, 20, ""),
        new("hydrogen_peroxide", "Hydrogen peroxide 30 %", "H2O2", 0.30, 1.11, 5, "oxidiser"),
    ];

    public static readonly Specification BatteryGrade = new("Li2CO3 battery grade", "2024", "After a producer's data sheet; see the recipe's sources",
    [
        new("assay", "%", 99.5, null, "data sheet"), new("Na", "ppm", null, 250, "data sheet"), new("SO4", "ppm", null, 800, "data sheet"),
        new("Ca", "ppm", null, 50, "data sheet"), new("Ni", "ppm", null, 10, "data sheet"), new("Fe", "ppm", null, 10, "data sheet"),
    ]);

    public static readonly ProductDefinition Product = new("Li2CO3", "Li2CO3", "Li", 0.70, BatteryGrade);

    public static BatchRecord Record(BatchOutcome outcome = BatchOutcome.Complete, bool simulated = true)
    {
        var events = Events();
        return new(
            "lithium-black-mass-to-carbonate-7", "0.1.0",
            new("lithium/black-mass-to-carbonate", "1.0.0", "Lithium carbonate from NMC black mass", new string('a', 64)),
            new("lithium-pilot", "1.0.0", new string('b', 64), simulated ? new string('c', 64) : null),
            simulated ? 7UL : null, outcome, outcome == BatchOutcome.Complete ? "All steps ended." : "Aborted by ana.",
            End, Product,
            [new("charge", "Dry black mass", 3, "kg", 1, 3.5, true), new("acid", "Sulfuric acid over the assay's demand", 1.1, "x stoichiometric", 1, 1.5, false)],
            events, BatchBalance.Compute(events, Product, Reagents, End), History(),
            simulated ? new TwinTruth([new("Li", 0.1052, 0.1052, 0.0836), new("Co", 0.1510, 0.1510, 0), new("Ni", 0.4490, 0.44900001, 0), new("Na", 1.968, 1.9680002, 0.00002)])
            {
                Heat = new(-1e6, 2e6, System.Collections.Immutable.ImmutableSortedDictionary.CreateRange([KeyValuePair.Create("Heaters", 7.2e6), KeyValuePair.Create("Hall", -4.2e6), KeyValuePair.Create("Work", 0.0)])),
            } : null);
    }

    public static ImmutableArray<BatchEvent> Events()
    {
        var events = new List<BatchEvent>();
        foreach (var (step, label, unit, operation, from, to) in Steps) AddStep(events, step, label, unit, operation, from, to);
        for (int portion = 0; portion < 4; portion++)
            events.Add(At(0.6 + (0.15 * portion), BatchEventKind.LotConsumed, "BM-2026-04", $"Portion {portion + 1} of the black mass went in", "technician",
                "material=black_mass kind=feed mass_kg=0.75 mass_u_kg=0.0005 " + Assay("Li 0.0351 0.0004 Ni 0.150 0.0015 Co 0.0502 0.0006 Mn 0.081 0.0009 Cu 0.0195 0.0003 Al 0.0110 0.0003 H2O 0.004 0.001")));
        events.Add(At(0.55, BatchEventKind.Answer, "leach/charge", "weighed 0.750 kg of lot BM-2026-04", "technician", ""));
        Dose(events, 2.2, "sulfuric_acid", 3.92, 0.006);
        Dose(events, 4.0, "hydrogen_peroxide", 0.84, 0.003);
        Dose(events, 9.3, "sodium_hydroxide", 9.61, 0.008);
        Dose(events, 18.0, "sodium_carbonate", 3.12, 0.006);
        events.Add(At(6.0, BatchEventKind.LabResult, "pls", "pls: Li 3.4 g/kg, Co 4.9 g/kg", "laboratory", "sample=pls place=neutralise mass_kg=0.05 mass_u_kg=0.0002 " + Assay("Li 0.0034 0.00005 Co 0.0049 0.0001 Ni 0.0146 0.0002 Mn 0.0079 0.0001 Na 0.0003 0.00005 SO4 0.12 0.002")));
        Lot(events, 6.5, "graphite-residue", "residue", 1.92, "Li 0.0006 0.0001 Ni 0.0021 0.0001 Co 0.0007 0.0001 Mn 0.0012 0.0001 Cu 0.0300 0.0006 Al 0.0035 0.0002 Na 0.0004 0.0001 SO4 0.006 0.0005 H2O 0.42 0.01");
        Lot(events, 8.8, "iron-aluminium-cake", "residue", 0.31, "Li 0.0011 0.0001 Ni 0.004 0.0003 Co 0.0012 0.0001 Mn 0.0010 0.0001 Al 0.078 0.002 Na 0.02 0.002 SO4 0.06 0.003 H2O 0.61 0.01");
        Lot(events, 11.5, "mixed-hydroxide", "intermediate", 3.05, "Li 0.0012 0.0001 Ni 0.1440 0.0015 Co 0.0482 0.0006 Mn 0.0779 0.0009 Na 0.004 0.0003 SO4 0.012 0.0006 H2O 0.58 0.01");
        Lot(events, 16.2, "glauber-salt", "salt", 9.02, "Li 0.00018 0.00003 Na 0.1392 0.0012 SO4 0.2930 0.0025 H2O 0.04 0.004");
        Lot(events, 19.5, "crude-carbonate", "intermediate", 0.52, "Li 0.168 0.002 Na 0.0040 0.0002 SO4 0.006 0.0003 H2O 0.11 0.01");
        Lot(events, 19.8, "carbonate-mother-liquor", "liquor", 8.9, "Li 0.0009 0.00003 Na 0.0741 0.0012 SO4 0.1120 0.0020 H2O 0.81 0.01");
        events.Add(At(20.2, BatchEventKind.LotConsumed, "crude-carbonate", "The crude went to bicarbonation", "technician", "material=lot:crude-carbonate kind=intermediate mass_kg=0.5195 mass_u_kg=0.0005"));
        Lot(events, 25.2, "polish-mother-liquor", "liquor", 7.1, "Li 0.0003 0.00001 Na 0.0001 0.00001 SO4 0.0002 0.00002 H2O 0.99 0.005");
        Lot(events, 26.3, "LC-7", "product", 0.4435, "Li 0.1874 0.0009 assay 0.9972 0.0007 Na 0.00012 0.000012 SO4 0.00031 0.00003 Ca 0.000021 0.000003 Ni 0.000002 0.0000005 Fe 0.0000094 0.0000006 H2O 0.0008 0.0002");
        events.Add(At(3.35, BatchEventKind.LimitReached, "leach/peroxide", "leach.temperature > 78 degC: peroxide paused", "condition leach.temperature > 78 degC", ""));
        events.Add(At(10.4, BatchEventKind.AlarmRaised, "filter2-pressure-high", "Filter 2 pressure high", "condition filter2.pressure > 3 bar", "priority=2"));
        events.Add(At(10.62, BatchEventKind.AlarmCleared, "filter2-pressure-high", "Filter 2 pressure high", "condition", ""));
        events.Add(At(13.1, BatchEventKind.Trip, "concentrate-overheat", "Concentrator too hot: heater off, cooling on", "protection concentrate-overheat", ""));
        events.Add(At(13.3, BatchEventKind.TripReset, "concentrate-overheat", "Reset", "technician", ""));
        events.Add(At(26.4, BatchEventKind.Note, "water", "Water totals", "recipe", "water.fresh_l=31.2 water.returned_l=96.4 water.evaporation_l=1.8 water.holdup_change_l=12.6 water.crystal_l=4.8"));
        events.Add(At(26.4, BatchEventKind.Note, "energy", "Energy totals", "recipe", "energy.heating_kwh=48.31 energy.pumps_kwh=2.9 energy.agitators_kwh=3.4 energy.reverse_osmosis_kwh=1.15"));
        return [.. events.OrderBy(e => e.At).Select((e, i) => e with { Scan = (long)(e.At.TotalSeconds * 10) })];
    }

    private static readonly (string Step, string Label, string Unit, string Operation, double From, double To)[] Steps =
    [
        ("leach", "Leach", "leach", "", 0, 6.6), ("leach/lineup", "Line up", "leach", "", 0, 0.1), ("leach/fill", "Fill with recycled water", "leach", "fill", 0.1, 0.5),
        ("leach/charge", "Charge black mass", "leach", "", 0.5, 1.1), ("leach/acid", "Dose sulfuric acid", "leach", "dose", 1.1, 2.2), ("leach/heat", "Heat to 70 °C", "leach", "heat", 2.2, 2.9),
        ("leach/peroxide", "Dose peroxide", "leach", "dose", 2.9, 4.6), ("leach/react", "React", "leach", "react", 4.6, 5.6), ("filter1/press", "Filter leach slurry", "filter1", "filter", 5.6, 6.3),
        ("filter1/wash", "Wash cake", "filter1", "wash", 6.3, 6.5), ("neutralise/iron", "Dose caustic to pH 5.2", "neutralise", "dose_to_ph", 6.6, 8.0), ("filter2/iron", "Filter iron cake", "filter2", "filter", 8.0, 8.7),
        ("neutralise/mhp", "Dose caustic to pH 11", "neutralise", "dose_to_ph", 8.9, 10.2), ("filter2/mhp", "Filter hydroxide", "filter2", "filter", 10.2, 11.4), ("concentrate/evaporate", "Concentrate to 9 L", "concentrate", "evaporate", 11.5, 14.6),
        ("coolcryst/cool", "Cool to 2 °C", "coolcryst", "cool", 14.7, 15.7), ("salt_filter/press", "Filter Glauber's salt", "salt_filter", "filter", 15.7, 16.1), ("carbonation/dose", "Dose soda at 90 °C", "carbonation", "dose", 16.6, 18.2),
        ("hot_filter/crude", "Filter crude carbonate", "hot_filter", "filter", 18.3, 18.9), ("hot_filter/discharge", "Take out crude", "hot_filter", "", 18.9, 19.6), ("bicarbonation/sparge", "Dissolve in CO₂ water", "bicarbonation", "sparge", 20.2, 21.9),
        ("polish/feed", "Ion exchange", "polish", "polish", 21.9, 23.0), ("decompose/boil", "Decompose at 95 °C", "decompose", "evaporate", 22.1, 24.4), ("hot_filter/polish", "Filter carbonate", "hot_filter", "filter", 24.4, 24.9), ("dryer/dry", "Dry", "dryer", "dry", 25.0, 26.2),
    ];

    private static void AddStep(List<BatchEvent> events, string step, string label, string unit, string operation, double from, double to)
    {
        events.Add(At(from, BatchEventKind.StepStarted, step, label + " started", "recipe", "") with { Data = operation.Length > 0 ? Data(("node", "phase"), ("label", label), ("unit", unit), ("operation", operation)) : Data(("node", step.Contains('/') ? "prompt" : "unit"), ("label", label)) });
        if (operation.Length > 0) events.Add(At(from, BatchEventKind.PhaseState, step, "Running", "recipe", "to=RUNNING"));
        if (step == "concentrate/evaporate")
        {
            events.Add(At(13.1, BatchEventKind.PhaseState, step, "Held", "protection concentrate-overheat", "to=HELD"));
            events.Add(At(13.5, BatchEventKind.PhaseState, step, "Running", "technician", "to=RUNNING"));
        }

        if (operation.Length == 0 && step.Contains('/')) events.Add(At(from, BatchEventKind.Prompt, step, label + "?", "recipe", ""));
        events.Add(At(to, BatchEventKind.StepEnded, step, label + " ended", "recipe", ""));
    }

    private static void Dose(List<BatchEvent> events, double hours, string reagent, double mass, double u) =>
        events.Add(At(hours, BatchEventKind.Dose, "dose/" + reagent, $"{reagent} dosed", "recipe", FormattableString.Invariant($"reagent={reagent} mass_kg={mass} mass_u_kg={u}")));

    private static void Lot(List<BatchEvent> events, double hours, string lot, string kind, double mass, string assay) =>
        events.Add(At(hours, BatchEventKind.LotProduced, lot, $"Lot {lot} made", "technician", FormattableString.Invariant($"material={lot} kind={kind} mass_kg={mass} mass_u_kg={0.0005 + (0.0002 * mass)} ") + Assay(assay)));

    private static string Assay(string triples)
    {
        string[] words = triples.Split(' ');
        return string.Join(' ', Enumerable.Range(0, words.Length / 3).Select(i => $"element.{words[3 * i]}={words[(3 * i) + 1]} element.{words[3 * i]}.u={words[(3 * i) + 2]}"));
    }

    private static BatchEvent At(double hours, BatchEventKind kind, string subject, string text, string cause, string data) => new(
        TimeSpan.FromSeconds(Math.Round(hours * 3600, 1)), 0, kind, subject, text, cause,
        Data([.. data.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => (pair.Split('=')[0], pair.Split('=')[1]))]));

    private static ImmutableSortedDictionary<string, string> Data(params (string Key, string Value)[] pairs) =>
        pairs.ToImmutableSortedDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);

    private static ImmutableArray<HistorySeries> History() =>
    [
        Series("leach.temperature", "Leach temperature", "degC", t => t < 2 ? 21 + (6 * t) : t < 6 ? 70 + (9 * Math.Exp(-(t - 3.3) * (t - 3.3) * 8)) : 40 - t, (4.9, 5.05)),
        Series("leach.jacket_temperature", "Jacket temperature", "degC", t => t < 2 ? 20 + (5 * t) : t < 6 ? 66 + (8 * Math.Sin(t * 9)) : 30, null),
        Series("leach.ph", "Leach pH", "pH", t => t < 1.1 ? 7.2 : t < 2.2 ? 7.2 - (5.9 * (t - 1.1) / 1.1) : 1.3 + (0.05 * Math.Sin(t * 20)), null),
        Series("leach.orp", "Leach ORP", "mV vs Ag/AgCl", t => 320 + (260 / (1 + Math.Exp(-4 * (t - 3.4)))), null),
        Series("leach.level", "Leach level", "L", t => t < 0.1 ? 0 : t < 0.5 ? 24 * (t - 0.1) / 0.4 : t < 5.6 ? 24 + (t * 0.6) : Math.Max(0, 27.4 - (40 * (t - 5.6))), null),
        Series("concentrate.temperature", "Concentrator temperature", "degC", t => t < 11.5 ? 20 : t < 14.6 ? Math.Min(103, 20 + (120 * (t - 11.5))) : 90 - (3 * (t - 14.6)), null),
        Series("concentrate.density", "Liquor density", "kg/L", t => t < 11.5 ? 1.08 : t < 14.6 ? 1.08 + (0.06 * (t - 11.5)) : 1.27, null),
    ];

    private static HistorySeries Series(string tag, string label, string unit, Func<double, double> value, (double From, double To)? gap)
    {
        var points = Enumerable.Range(0, 1585).Select(i => i / 60.0).Select(hours => gap is { } g && hours > g.From && hours < g.To
            ? new HistoryPoint(hours * 3600, double.NaN, Quality.Bad)
            : new HistoryPoint(hours * 3600, Math.Round(value(hours), 3), Quality.Good));
        return new(tag, label, unit, [.. points]);
    }
}
