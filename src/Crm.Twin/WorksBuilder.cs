using System.Collections.Immutable;
using Crm.Chemistry;
using Crm.Chemistry.Crystallisation;
using Crm.Plant.Materials;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Plant.Twins;
using Crm.Twin.Equipment;
using Crm.Twin.Sensors;

namespace Crm.Twin;

/// <summary>Puts the works together from rig and twin file; collects every misfit before it refuses.</summary>
internal sealed class WorksBuilder(RigDefinition rig, TwinDefinition twin)
{
    /// <summary>Ending of a tag that reads back what an output of its unit does: <c>heater_feedback</c>.</summary>
    public const string Feedback = "_feedback";

    private readonly List<string> misfits = [];
    private readonly double ambient = twin.Ambient.GetValueOrDefault("temperature", 20);

    public Works Build(out ImmutableArray<SensorModel> sensors)
    {
        UnitModel[] units = [.. twin.Equipment.OrderBy(e => rig.Unit(e.Unit)).Select(Make).OfType<UnitModel>()];
        foreach (UnitDefinition unit in rig.Units)
        {
            bool silent = !rig.Tags.Any(t => t.Name.StartsWith(unit.Name + ".", StringComparison.Ordinal));
            if (!silent && !units.Any(u => u.Unit == unit.Name)) misfits.Add($"unit {unit.Name}: no equipment");
        }
        ImmutableSortedDictionary<string, int> index = units.Select((u, i) => (u.Unit, i)).ToImmutableSortedDictionary(p => p.Unit, p => p.i, StringComparer.Ordinal);
        CheckNames(index);
        Drum[] drums = [.. rig.Units.SelectMany(u => u.DosingLines.Select(d => MakeDrum(u, d))).OfType<Drum>()];
        sensors = [.. rig.Tags.Select(t => Bind(t, units, index, drums))];
        ImmutableArray<Pipe[]> pipes = Pipes(units, index);
        if (misfits.Count > 0) throw new ArgumentException("the twin file does not fit the rig: " + string.Join("; ", misfits));
        Works works = new(units, index, pipes, drums, rig, ambient, new Feeds(rig, twin), [.. twin.Pipes.Select(p => Line(p, drums))]);
        foreach (EquipmentDefinition e in twin.Equipment) Stand(e, units);
        foreach (MaterialDefinition material in twin.Materials) works.Stores.Stock(material.Name, Minerals(material), LotsOf(material.Name));
        if (!works.Stores.Materials.ContainsKey("iron_powder")) works.Stores.Stock("iron_powder", Iron(), LotsOf("iron_powder"));
        foreach (StockLot lot in drums.Select(d => d.Reagent).Distinct(StringComparer.Ordinal).SelectMany(r => LotsOf(r).Skip(1)))
            works.Stores.Shelf[lot.Id] = Reagents.Of(Filled(rig.Reagent(lot.Material)!, lot), ambient);
        if (misfits.Count > 0) throw new ArgumentException("the twin file does not fit the rig: " + string.Join("; ", misfits));
        return works;
    }

    /// <summary>What stands in a unit at the start: litres of a material of the twin file.</summary>
    private void Stand(EquipmentDefinition e, UnitModel[] units)
    {
        if (!e.Names.TryGetValue("contents", out string? name)) return;
        if (twin.Materials.FirstOrDefault(m => m.Name == name) is not { } material)
        {
            misfits.Add($"equipment {e.Unit}: contents: no material '{name}'");
            return;
        }

        Mixture perKg = Minerals(material);
        double litres = e.Numbers.GetValueOrDefault("contents_amount"), kilograms = litres / perKg.Volume;
        UnitModel unit = units.First(u => u.Unit == e.Unit);
        Mixture standing = new() { Temperature = ambient };
        for (int i = 0; i < Aqueous.Count; i++) standing.Aq[i] = perKg.Aq[i] * kilograms;
        for (int i = 0; i < Solid.Count; i++) standing.Solid[i] = perKg.Solid[i] * kilograms;
        if (perKg.Crystals is { } moments) standing.Crystals = [.. moments.Select(x => x * kilograms)];
        unit.Charge(standing);
    }

    private UnitModel? Make(EquipmentDefinition e)
    {
        UnitModel? made = e.Model switch
        {
            "stirred-vessel" => new StirredVessel(e, rig, ambient),
            "tank" => new Tank(e, rig, ambient),
            "filter" => new Filter(e, rig, ambient),
            "resin-column" => new ResinColumn(e, rig, ambient),
            "dryer" => new Dryer(e, rig, ambient),
            "reverse-osmosis" => new ReverseOsmosis(e, rig),
            "nanofiltration" => new ReverseOsmosis(e, rig, MembranePores.Of(e)),
            "electrodialysis" => new Electrodialysis(e, rig, ambient),
            "mixer-settler" => new MixerSettler(e, rig, ambient),
            "calciner" => new Calciner(e, rig, ambient),
            "degasser" => new Degasser(e, rig),
            "scrubber" => new Scrubber(e, rig),
            "ventilation" => new Ventilation(e, rig),
            "nitrogen" => new Nitrogen(e, rig),
            "cooling-water" => new CoolingWater(e, rig),
            "gas-detection" => new GasDetection(e, rig),
            "annunciator" => new LampPanel(e, rig),
            "electricity" => new Electricity(e, rig),
            "vapour-compressor" => new Compressor(e, rig),
            _ => null,
        };
        if (made is null) misfits.Add($"unit {e.Unit}: no model '{e.Model}', known: {string.Join(", ", TwinCatalogue.Kinds.Select(k => k.Name))}");
        if (rig.Unit(e.Unit) < 0) misfits.Add($"equipment {e.Unit}: the rig has no such unit");
        return made;
    }

    private void CheckNames(ImmutableSortedDictionary<string, int> index)
    {
        foreach (EquipmentDefinition e in twin.Equipment)
        {
            IEnumerable<string> named = e.Names.Where(n => n.Key is not ("extractant" or "contents")).Select(n => n.Value).Concat(e.Lists.Values.SelectMany(l => l));
            foreach (string name in named.Where(n => !index.ContainsKey(n))) misfits.Add($"equipment {e.Unit}: no unit '{name}'");
            foreach (string species in MembranePores.Unknown(e)) misfits.Add($"equipment {e.Unit}: no dissolved species '{species}', known: {string.Join(", ", Aqueous.Names)}");
            if (Ring(e.Unit, e.Unit, [])) misfits.Add($"equipment {e.Unit}: what it passes on comes back to it through filters, columns and membranes alone; put a tank between");
        }
    }

    private Drum? MakeDrum(UnitDefinition unit, DosingLine line)
    {
        ReagentDefinition? reagent = rig.Reagent(line.Reagent);
        if (reagent is not null && LotsOf(line.Reagent) is [var first, ..])
            return new Drum(unit.Name, line.Reagent, line.Pump, line.Scale, line.FullRate, Reagents.Of(Filled(reagent, first), ambient)) { Lots = [first.Id] };
        if (reagent is not null) return new Drum(unit.Name, line.Reagent, line.Pump, line.Scale, line.FullRate, Reagents.Of(reagent, ambient));
        misfits.Add($"unit {unit.Name}: no reagent '{line.Reagent}'");
        return null;
    }

    /// <summary>A dosing line stands full of its reagent, which its drum lacks, every other line of water.</summary>
    private LongLine Line(PipeDefinition pipe, Drum[] drums)
    {
        Mixture content = new() { Temperature = ambient };
        if (drums.FirstOrDefault(d => d.Pump == pipe.Pump) is { } drum) drum.Contents.MoveTo(content, Math.Min(1, pipe.Holdup / drum.Contents.Volume), 0);
        else content.Aq[Aqueous.H2O] = pipe.Holdup * Water.Density(ambient) / Aqueous.Mass[Aqueous.H2O];
        return new LongLine(pipe.Pump, pipe.Holdup, content);
    }

    /// <summary>Whether a unit that holds nothing back gets its own outflow back in the same instant.</summary>
    private bool Ring(string at, string first, HashSet<string> seen) =>
        twin.Equipment.FirstOrDefault(e => e.Unit == at) is { Model: "filter" or "resin-column" or "reverse-osmosis" or "nanofiltration" } passing && seen.Add(at)
        && passing.Names.Where(n => n.Key != "source").Select(n => n.Value).Concat(passing.Lists.Values.SelectMany(l => l)).Any(next => next == first || Ring(next, first, seen));

    private ImmutableArray<StockLot> LotsOf(string material) => [.. rig.Stock.Where(l => l.Material == material)];

    /// <summary>A lot without a strength is what the rig file says of the reagent.</summary>
    private static ReagentDefinition Filled(ReagentDefinition reagent, StockLot lot) => reagent with { Stock = lot.Remaining, MassFraction = lot.Strength < 1 ? lot.Strength : reagent.MassFraction };

    private SensorModel Bind(TagDefinition tag, UnitModel[] units, ImmutableSortedDictionary<string, int> index, Drum[] drums)
    {
        SensorDefinition? departure = twin.Sensors.FirstOrDefault(s => s.Tag == tag.Ordinal);
        int drum = Array.FindIndex(drums, d => d.Scale == tag.Ordinal);
        if (drum >= 0) return SensorModel.Of(tag, departure, -1, drum);
        int dot = tag.Name.LastIndexOf('.');
        string unit = dot < 0 ? tag.Name : tag.Name[..dot], role = tag.Name[(dot + 1)..];
        int at = index.GetValueOrDefault(unit, -1);
        int slot = at < 0 ? -1 : units[at].Slot(role);
        int output = slot < 0 && role.EndsWith(Feedback, StringComparison.Ordinal) ? rig.Output(unit, role[..^Feedback.Length]) : -1;
        if (output >= 0) return SensorModel.Of(tag, departure, SensorModel.FromPin, output);
        if (slot < 0) misfits.Add($"tag {tag.Name}: its equipment cannot measure '{role}'");
        return SensorModel.Of(tag, departure, Math.Max(at, 0), Math.Max(slot, 0));
    }

    private ImmutableArray<Pipe[]> Pipes(UnitModel[] units, ImmutableSortedDictionary<string, int> index)
    {
        List<Pipe> pipes = [];
        foreach (TransferLine line in rig.Lines)
        {
            if (!index.TryGetValue(line.From, out int from) || !index.TryGetValue(line.To, out int to))
            {
                misfits.Add($"line {line.Name}: from or to is no unit");
                continue;
            }
            int owner = index.GetValueOrDefault(line.Unit, -1);
            int through = owner >= 0 && units[owner] is ResinColumn && line.To != line.Unit && line.From != line.Unit ? owner : -1;
            if (units[from] is ResinColumn) continue;       // second half of a line through a column
            if (owner >= 0 && units[owner] is ReverseOsmosis) to = owner;
            pipes.Add(new Pipe(line.Pump, Full(line.Pump), line.FullRate, from, to, through, Role(line.Pump), rig.Output(line.Unit, "suction")));
        }
        foreach (EquipmentDefinition e in twin.Equipment) Implicit(e, index, pipes);
        return [.. pipes.GroupBy(p => p.Pump).OrderBy(g => g.Key).Select(g => g.ToArray())];
    }

    /// <summary>Feed that the twin file declares for a unit whose pump has no line in the rig.</summary>
    private void Implicit(EquipmentDefinition e, ImmutableSortedDictionary<string, int> index, List<Pipe> pipes)
    {
        if (!e.Names.TryGetValue("source", out string? source) || !index.TryGetValue(source, out int from)) return;
        int pump = rig.Output(e.Unit, "feed_pump");
        if (pump < 0 || pipes.Any(p => p.Pump == pump)) return;
        pipes.Add(new Pipe(pump, Full(pump), e.Numbers.GetValueOrDefault("feed_flow", 60), from, index[e.Unit], -1, "feed_pump", -1));
    }

    private double Full(int output) => rig.Outputs[output].High > 0 ? rig.Outputs[output].High : 1;

    private string Role(int output)
    {
        string name = rig.Outputs[output].Name;
        return name[(name.LastIndexOf('.') + 1)..];
    }

    private Mixture Minerals(MaterialDefinition material)
    {
        foreach (string mineral in material.Minerals.Keys.Where(k => Solid.IndexOf(k) < 0 && !Reagents.Dissolved.Contains(k)))
            misfits.Add($"material {material.Name}: no mineral '{mineral}', known: {string.Join(", ", Solid.Names)}, and in solution {string.Join(", ", Reagents.Dissolved)}");
        Mixture perKg = Feeds.PerKg(material);
        perKg.Temperature = ambient;
        if (material.Size is not null && perKg.Crystals is null)
            misfits.Add($"material {material.Name}: size: none of its minerals has one, only {string.Join(", ", CrystalKinetics.All.Select(k => Solid.Names[k.Solid]))} have");
        return perKg;
    }

    private Mixture Iron()
    {
        Mixture m = new() { Temperature = ambient };
        m.Solid[Solid.Fe] = 0.99 / Solid.Mass[Solid.Fe];
        m.Solid[Solid.C] = 0.01 / Solid.Mass[Solid.C];
        return m;
    }
}
