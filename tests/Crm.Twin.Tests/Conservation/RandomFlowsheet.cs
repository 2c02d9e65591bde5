using System.Collections.Immutable;
using System.Globalization;
using Crm.Chemistry;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;

namespace Crm.Twin.Tests.Flowsheets;

/// <summary>
/// A flowsheet drawn at random: tanks, agitated vessels, filters, columns, membranes, mixer-settlers, dryers and calciners joined as a twin file may join them, with reagents and
/// feed materials of random composition. The same seed draws the same.
/// </summary>
internal sealed class RandomFlowsheet
{
    private static readonly string[] Reagents = ["sulfuric_acid", "hydrogen_peroxide", "sodium_hydroxide", "aluminium_sulfate", "sodium_carbonate", "sodium_vanadate"];

    private readonly Random random;
    private readonly List<(string Unit, string Tags, string Outputs)> units = [];
    private readonly List<(string Unit, string Reagent, string Pump, string Scale, double Full)> dosing = [];
    private readonly List<(string Name, string From, string To, string Pump, double Full)> lines = [];
    private readonly List<EquipmentDefinition> equipment = [];
    private readonly SortedDictionary<string, string> classes = new(StringComparer.Ordinal);
    private readonly List<string> holding = [], standing = [], passing = [];

    public RandomFlowsheet(int seed)
    {
        random = new Random(seed);
        // What a pipe may lead to has to be named before the pipe: tanks and vessels hold, the others pass on at once and only to later ones.
        string[] passes = [.. Named("filter", 0, 2), .. Named("column", 0, 2), .. Named("membrane", 0, 1)];
        random.Shuffle(passes);
        holding.AddRange([.. Named("tank", 3, 6), .. Named("vessel", 1, 4)]);
        standing.AddRange([.. Named("train", 0, 1), .. Named("dryer", 0, 1), .. Named("calciner", 0, 1)]);
        passing.AddRange(passes);
        foreach (string unit in (string[])[.. holding, .. standing, .. passing]) Make(unit);
        Services();
        for (int i = random.Next(1, 5); i > 0; i--) Dose(Any(holding));
        Rig = TestRig.Of("random", [.. units], [.. dosing], [.. lines], u => classes.GetValueOrDefault(u, "service"));
        Twin = new TwinDefinition("random", "", [.. equipment], [.. Enumerable.Range(0, 4).Select(Material)], [],
            ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("temperature", 10 + 20 * random.NextDouble())]))
        {
            Pipes = [.. Rig.Lines.Select(l => l.Pump).Concat(Rig.Units.SelectMany(u => u.DosingLines).Select(d => d.Pump)).Distinct().Where(_ => Chance(0.3)).Select(p => new PipeDefinition(p, Between(0.05, 3)))],
        };
    }

    public RigDefinition Rig { get; }

    public TwinDefinition Twin { get; }

    /// <summary>Units that solids may be charged into by hand.</summary>
    public IReadOnlyList<string> Places => [.. holding, .. standing, .. passing.Where(p => p.StartsWith("filter", StringComparison.Ordinal))];

    /// <summary>Units, what they pass on to, and pipes: for whoever reads a failure.</summary>
    public override string ToString() => string.Join("; ", equipment.Where(e => !e.Names.IsEmpty || !e.Lists.IsEmpty)
        .Select(e => $"{e.Unit} ({e.Model}) -> {string.Join(", ", e.Names.Values.Concat(e.Lists.Values.SelectMany(l => l)))}")
        .Concat(lines.Select(l => $"{l.From} -> {l.To} by {l.Pump}")));

    private string[] Named(string kind, int least, int most) => [.. Enumerable.Range(1, random.Next(least, most + 1)).Select(i => kind + i.ToString(CultureInfo.InvariantCulture))];

    private string Any(IReadOnlyList<string> of) => of[random.Next(of.Count)];

    private double Between(double low, double high) => low + random.NextDouble() * (high - low);

    private bool Chance(double share) => random.NextDouble() < share;

    private void Make(string unit)
    {
        string kind = unit.TrimEnd('1', '2', '3', '4', '5', '6');
        Action<string> make = kind switch { "tank" => Tank, "vessel" => Vessel, "train" => Train, "filter" => Filter, "column" => Column, "membrane" => Membrane, "dryer" => Dryer, _ => Calciner };
        make(unit);
    }

    private void Tank(string unit)
    {
        double volume = Between(30, 150);
        bool organic = Chance(0.25), makeup = Chance(0.4);
        Put(unit, "tank", "tank", [("volume", volume), ("initial", organic ? 0 : Chance(0.2) ? 0 : Between(0.1, 0.7) * volume), ("organic", organic ? Between(5, 20) : 0), ("overflow_at", 0.9 * volume), ("makeup_flow", Between(10, 500))],
            Chance(0.4) ? [("overflow", Sink(unit))] : [], [], "level conductivity temperature", makeup ? "makeup_valve!" : "");
        Pipe(unit, "feed_pump", 200);
    }

    private void Vessel(string unit)
    {
        bool gas = Chance(0.3);
        Put(unit, "stirred-vessel", "leach-reactor",
            [("volume", Between(15, 80)), ("heater_power", Between(0, 8000)), ("jacket_ua", Between(20, 400)), ("cooling_flow", Between(0, 20)), ("co2_flow", gas ? Between(1, 20) : 0), ("overpressure", gas ? Between(0, 1) : 0),
             ("sweep", Chance(0.4) ? Between(5, 100) : 0), ("purge", Between(0, 10)), ("stirred_above", Between(10, 60)), ("covered", random.Next(2)), ("crystal_rate", Between(0.2, 5)), ("inclusion", Between(0, 10))],
            Chance(0.6) ? [("condensate", Sink(unit))] : [], [], "temperature level ph", gas ? "agitator heater cooling co2_valve" : "agitator heater cooling");
        Pipe(unit, "feed_pump", 150);
        if (Chance(0.5)) Pipe(unit, "other_pump", 60);
    }

    private void Filter(string unit)
    {
        Put(unit, "filter", "filter", [("area", Between(0.02, 0.5)), ("resistance", Between(5, 1000)), ("retention", Between(0.2, 3)), ("blown", Between(0.3, 0.9)), ("wash_index", Between(0.5, 2))], [],
            [("destinations", [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Sink(unit))])], "pressure cake_mass", "air_valve! divert");
        Pipe(unit, "feed_pump", 80);
        Pipe(unit, "wash_pump", 60);
    }

    private void Column(string unit)
    {
        (string, string)[] names = Chance(0.5) ? [("outlet", Sink(unit)), ("drain", Sink(unit))] : [("outlet", Sink(unit))];
        (string, string[])[] lists = Chance(0.5) ? [("destinations", [Sink(unit), Sink(unit)])] : [];
        Put(unit, "resin-column", "ion-exchange", [("bed_volume", Between(0.5, 8)), ("capacity", Between(0.5, 2)), ("anion", random.Next(2))], names, lists, "bed_level outlet_ph", "divert drain_valve");
        Pipe(unit, "feed_pump", 30);
        // A pump that belongs to the column and leads past it from vessel to vessel goes through its bed.
        if (Chance(0.4)) lines.Add(("through", Any(holding), Any(holding), Owned(unit, "through_pump"), Between(5, 40)));
    }

    private void Membrane(string unit)
    {
        string extra = Chance(0.5) ? "concentrate_valve flush_valve" : "";
        Put(unit, Chance(0.4) ? "nanofiltration" : "reverse-osmosis", "reverse-osmosis", [("area", Between(0.5, 5)), ("recovery", Between(0.3, 0.9)), ("pressure", Between(10, 60))],
            [("permeate", Sink(unit)), ("concentrate", Sink(unit))], [], "feed_flow permeate_flow pressure", extra);
        Pipe(unit, "feed_pump", 80);
    }

    private void Train(string unit)
    {
        (string, string)[] ends = [("organic", Any(holding)), ("raffinate", Any(holding)), ("raffinate_recycle", Any(holding)), ("strip_product", Any(holding)), ("strip_recycle", Any(holding))];
        Put(unit, "mixer-settler", "extraction", [("stages", random.Next(1, 5)), ("scrub_stages", random.Next(3)), ("strip_stages", random.Next(1, 4)), ("mixer_volume", Between(0.2, 2)), ("settler_volume", Between(0.5, 5)), ("entrainment", Between(0, 2000))],
            [.. ends.Where(_ => Chance(0.9))], [], "interface level ph", "mixer divert! ventilation!");
        foreach (string pump in (string[])["aqueous_pump", "organic_pump", "scrub_pump", "strip_pump"]) Pipe(unit, pump, 20);
    }

    private void Dryer(string unit) => Put(unit, "dryer", "dryer", [("volume", 30), ("heater_power", Between(200, 3000))], [], [], "temperature mass", "heater vacuum_pump");

    private void Calciner(string unit) => Put(unit, "calciner", "calciner", [("heater_power", Between(1000, 6000))], [], [], "temperature mass", "heater sweep");

    private void Services()
    {
        Put("scrubber", "scrubber", "service", [("air_flow", 120)], [], [], "flow", "fan!");
        Put("ventilation", "ventilation", "service", [], [], [], "flow", "fan!");
        Put("nitrogen", "nitrogen", "service", [], [], [], "pressure", "valve!");
        Put("cooling_water", "cooling-water", "service", [("temperature", Between(5, 20))], [], [], "flow", "pump");
        if (Chance(0.5)) Put("degasser", "degasser", "service", [], [("tank", Any(holding))], [], "ph", "blower!");
    }

    /// <summary>Somewhere this unit may pass on to: what holds, or what passes on further down.</summary>
    private string Sink(string unit) => Any([.. holding.Where(h => h != unit), .. standing, .. passing.Skip(passing.IndexOf(unit) + 1)]);

    private void Pipe(string to, string pump, double most) => lines.Add((pump, Any([.. holding.Where(h => h != to)]), to, Owned(to, pump), Between(0.1, 1) * most));

    /// <summary>Adds an output to a unit; its name in the rig.</summary>
    private string Owned(string unit, string output)
    {
        int at = units.FindIndex(u => u.Unit == unit);
        units[at] = units[at] with { Outputs = $"{units[at].Outputs} {output}" };
        return $"{unit}.{output}";
    }

    private void Dose(string unit)
    {
        string reagent = Reagents[random.Next(Reagents.Length)];
        if (dosing.Exists(d => d.Unit == unit && d.Reagent == reagent)) return;
        int at = units.FindIndex(u => u.Unit == unit);
        units[at] = units[at] with { Tags = $"{units[at].Tags} {reagent}_scale" };
        Owned(unit, $"{reagent}_pump");
        dosing.Add((unit, reagent, $"{reagent}_pump", $"{reagent}_scale", Between(1, 20)));
    }

    private void Put(string unit, string model, string unitClass, (string, double)[] numbers, (string, string)[] names, (string, string[])[] lists, string tags, string outputs)
    {
        units.Add((unit, tags, outputs));
        classes[unit] = unitClass;
        equipment.Add(new EquipmentDefinition(unit, model,
            numbers.ToImmutableSortedDictionary(n => n.Item1, n => n.Item2, StringComparer.Ordinal), names.ToImmutableSortedDictionary(n => n.Item1, n => n.Item2, StringComparer.Ordinal),
            ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, double>>.Empty, lists.ToImmutableSortedDictionary(l => l.Item1, l => l.Item2.ToImmutableArray(), StringComparer.Ordinal), 0));
    }

    /// <summary>Some minerals of those there are, or salts in water; kg of each per kg.</summary>
    private MaterialDefinition Material(int number)
    {
        bool liquor = Chance(0.4);
        string[] known = liquor ? [.. Dissolved()] : Solid.Names;
        var minerals = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        double left = liquor ? 0.3 : 0.95;
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            double share = left * random.NextDouble();
            left -= share;
            minerals[known[random.Next(known.Length)]] = share;
        }

        if (liquor) minerals["H2O"] = 1 - minerals.Where(m => m.Key != "H2O").Sum(m => m.Value);
        return new MaterialDefinition("feed" + number.ToString(CultureInfo.InvariantCulture), minerals.ToImmutable(), "drawn");
    }

    private static IEnumerable<string> Dissolved() => Crm.Twin.Reagents.Dissolved.Where(s => s != "H2O");
}
