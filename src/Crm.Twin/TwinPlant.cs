using System.Collections.Immutable;
using Crm.Chemistry;
using Crm.Chemistry.Crystallisation;
using Crm.Plant.Outputs;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Plant.Twins;
using Crm.Twin.Equipment;
using Crm.Twin.Faults;
using Crm.Twin.Sensors;

namespace Crm.Twin;

/// <summary>
/// The simulated plant of one rig. Pins are integrated exactly, the process steps once a second (quiet vessels up to ten), sensors answer
/// at every exchange. Single-threaded; <see cref="Fork"/> copies all of it.
/// </summary>
public sealed class TwinPlant : IPlantModel
{
    private const long Second = TimeSpan.TicksPerSecond;

    private readonly RigDefinition rig;
    private readonly ImmutableSortedDictionary<string, TwinBus> buses;
    private readonly TwinDefinition twin;
    private ImmutableSortedDictionary<string, double> initial;
    private readonly Pins pins;
    private readonly Works works;
    private readonly SortedSet<string> lost;
    private readonly List<(long At, Fault Fault)> pending, growing;
    private readonly double[] averages;
    private readonly double[][] values;
    private long now, stepped, powerBack;

    /// <exception cref="ArgumentException">The twin file does not fit the rig; the message lists every misfit.</exception>
    public TwinPlant(RigDefinition rig, TwinDefinition twin, long seed)
    {
        this.rig = rig;
        this.twin = twin;
        works = new WorksBuilder(rig, twin).Build(out ImmutableArray<SensorModel> models);
        pins = new Pins(rig);
        values = Values(works, pins);
        averages = new double[rig.Outputs.Length];
        lost = new SortedSet<string>(StringComparer.Ordinal);
        pending = [];
        growing = [];
        buses = rig.Buses.ToImmutableSortedDictionary(b => b.Name, b => new TwinBus(this, b.Name, rig, tags => new SensorBank(tags, models, works.Units.Length, tag => SensorBank.Seed(seed, rig.Tags[tag].Name))), StringComparer.Ordinal);
        pins.Average(averages);
        works.Heat.Open(works.HeatHeld);
        works.Step(averages, 0.001);
        initial = Truth().Places.Values.Aggregate(ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal), Sum);
    }

    private TwinPlant(TwinPlant other)
    {
        rig = other.rig;
        twin = other.twin;
        works = other.works.Copy();
        pins = other.pins.Copy();
        values = Values(works, pins);
        averages = new double[other.averages.Length];
        lost = new SortedSet<string>(other.lost, StringComparer.Ordinal);
        pending = [.. other.pending];
        growing = [.. other.growing];
        powerBack = other.powerBack;
        buses = other.buses.ToImmutableSortedDictionary(b => b.Key, b => b.Value.Of(this), StringComparer.Ordinal);
        initial = other.initial;
        now = other.now;
        stepped = other.stepped;
    }

    public IRigHands Hands => new TwinHands(works, this);

    /// <summary>Somebody has put something on a scale and waited until it stood still.</summary>
    internal void Settle(int scale) => SensorsOf(scale).Settle(scale);

    /// <summary>Ids that <see cref="Inject"/> knows for a rig.</summary>
    public static IEnumerable<string> FaultIds(RigDefinition rig) => FaultList.Ids(rig);

    /// <summary>Why <see cref="Inject"/> would refuse a fault, or null.</summary>
    /// <param name="twin">Null where the twin file is not known: feeds cannot be judged then.</param>
    public static string? FaultProblem(RigDefinition rig, TwinDefinition? twin, string id) => FaultList.Problem(rig, twin, id);

    /// <summary>Faults with a size that one tag or output can have, with example sizes.</summary>
    public static IEnumerable<string> SizedFaults(RigDefinition rig, string name) => FaultList.Samples(rig, name);

    /// <summary>What may be wrong with the feeds of a twin, with example sizes.</summary>
    public static IEnumerable<string> FeedFaults(RigDefinition rig, TwinDefinition twin) => FeedFault.Samples(rig, twin);

    public void AdvanceTo(TimeSpan until)
    {
        while (now < until.Ticks)
        {
            long next = Math.Min(until.Ticks, stepped + Second);
            if (pending.Count > 0) next = BeginFaults(next);
            if (powerBack > now && powerBack < next) next = powerBack;
            pins.Elapse(now, next);
            now = next;
            if (powerBack > 0 && now >= powerBack) PowerReturns();
            if (now - stepped < Second) continue;
            stepped = now;
            Grow();
            pins.Average(averages);
            works.Step(averages, 1);
        }
        if (pending.Count > 0) BeginFaults(now);
    }

    public IBus Bus(string name) => buses.TryGetValue(name, out TwinBus? bus)
        ? bus
        : throw new ArgumentException($"no bus '{name}'; known: {string.Join(", ", buses.Keys)}");

    public double Pin(int output) => pins[output];

    public void Inject(PlantFault fault)
    {
        pending.Add((fault.At.Ticks, FaultList.Parse(rig, twin, fault.Id)));
        BeginFaults(now);
    }

    public PlantTruth Truth()
    {
        SortedDictionary<string, double[]> places = new(StringComparer.Ordinal);
        double charge = works.Stores.Charge;
        foreach (UnitModel unit in works.Units)
        {
            double[] kg = new double[Elements.Count];
            unit.Holdup.AddElements(kg);
            unit.AddHidden(kg);
            places[unit.Unit] = kg;
            charge += unit.Holdup.ChargeMol + unit.HiddenCharge;
        }
        foreach (Drum drum in works.Drums)
        {
            places["drum:" + drum.Unit + "." + drum.Reagent] = Kilograms([drum.Contents]);
            charge += drum.Contents.ChargeMol;
        }
        foreach (LongLine line in works.LongLines)
        {
            places["line:" + rig.Outputs[line.Pump].Name] = Kilograms(line.Parcels);
            charge += line.Parcels.Sum(p => p.ChargeMol);
        }
        works.Stores.AddPlaces((name, kg) => places[name] = kg);
        return new PlantTruth(places.ToImmutableSortedDictionary(p => p.Key, p => Named(p.Value), StringComparer.Ordinal), initial ?? Empty, charge) { Heat = works.Heat.Truth(works.HeatHeld) };
    }

    private static double[] Kilograms(IEnumerable<Mixture> held)
    {
        double[] kg = new double[Elements.Count];
        foreach (Mixture mixture in held) mixture.AddElements(kg);
        return kg;
    }

    public IPlantModel Fork() => new TwinPlant(this);

    /// <summary>All that changes while it runs, in a fixed order, for an image of its state.</summary>
    public ImmutableArray<object> Owned => [this, works, pins, .. buses.Values];

    /// <summary>Moles and Sauter sizes in one unit in words, for tests and tuning only.</summary>
    internal string Describe(string unit)
    {
        Mixture m = works.Of(unit).Holdup;
        IEnumerable<string> liquor = m.Aq.Select((n, i) => (Aqueous.Names[i], n)).Where(p => Math.Abs(p.n) > 1e-6).Select(p => FormattableString.Invariant($"{p.Item1} {p.n:0.####}"));
        IEnumerable<string> solids = m.Solid.Select((n, i) => (Solid.Names[i], n)).Where(p => p.n > 1e-6).Select(p => FormattableString.Invariant($"{p.Item1} {p.n:0.####}"));
        IEnumerable<string> sizes = CrystalKinetics.All.Where(k => m.Solid[k.Solid] > 1e-6).Select(k => FormattableString.Invariant($"{Solid.Names[k.Solid]} {1e6 * CrystalSizes.Sauter(m, k):0} um"));
        return string.Join(" ", liquor) + " | " + string.Join(" ", solids) + " | " + string.Join(" ", sizes);
    }

    /// <summary>kg of an element in the liquor of one unit, for tests and tuning only.</summary>
    internal double Dissolved(string unit, string element)
    {
        Mixture liquor = new();
        works.Of(unit).Holdup.Copy().MoveTo(liquor, 1, 0);
        return Kilograms([liquor])[Elements.IndexOf(element)];
    }

    internal void Exchange(TwinBus bus, OutputPlan plan, Span<Reading> readings)
    {
        if (powerBack > 0 || lost.Contains(bus.Name)) throw new BusFaultException($"bus {bus.Name}: no answer");
        foreach (int output in bus.Outputs) pins.Write(output, plan.Values[output], plan.ValidUntil);
        bus.Sensors.Read(values, bus.Elapsed(now), new TimeSpan(now), readings);
    }

    private static readonly ImmutableSortedDictionary<string, double> Empty = ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

    /// <summary>Starts what is due; the next instant at which something starts, at most <paramref name="next"/>.</summary>
    private long BeginFaults(long next)
    {
        for (int i = pending.Count - 1; i >= 0; i--)
        {
            (long at, Fault fault) = pending[i];
            if (at > now)
            {
                next = Math.Min(next, at);
                continue;
            }
            Begin(fault, now);
            pending.RemoveAt(i);
        }
        return next;
    }

    /// <summary>A fault that grows is there with its sound size, and with more of it in every step.</summary>
    private void Begin(Fault fault, long at)
    {
        if (fault.Over > TimeSpan.Zero) growing.Add((at, fault));
        Suffer(fault.Over > TimeSpan.Zero ? fault with { Size = fault.Sound } : fault, at);
    }

    private void Grow()
    {
        for (int i = growing.Count - 1; i >= 0; i--)
        {
            (long at, Fault fault) = growing[i];
            double share = Math.Min(1, (now - at) / (double)fault.Over.Ticks);
            Suffer(fault with { Size = fault.Sound + (fault.Size - fault.Sound) * share }, at);
            if (share >= 1) growing.RemoveAt(i);
        }
    }

    private void PowerReturns()
    {
        powerBack = 0;
        pins.Power(true);
    }

    private void Suffer(Fault fault, long at)
    {
        switch (fault.Kind)
        {
            case FaultKind.OutputFail: pins.Fail(fault.Ordinal, false); break;
            case FaultKind.OutputStuckOn: pins.Fail(fault.Ordinal, true); break;
            case FaultKind.TagFrozen: SensorsOf(fault.Ordinal).Fail(fault.Ordinal, SensorFault.Frozen); break;
            case FaultKind.TagDead: SensorsOf(fault.Ordinal).Fail(fault.Ordinal, SensorFault.Dead); break;
            case FaultKind.BusLost: lost.Add(fault.Bus); break;
            case FaultKind.ScrubberLost: works.ScrubberLost = true; break;
            case FaultKind.OutputWear: pins.Wear(fault.Ordinal, fault.Size); break;
            case FaultKind.OutputStiction: pins.Stick(fault.Ordinal, fault.Size); break;
            case FaultKind.OutputBacklash: pins.Play(fault.Ordinal, fault.Size); break;
            case FaultKind.OutputSpill: works.Spill(fault.Ordinal, fault.Size); break;
            case FaultKind.OutputAir: pins.Air(fault.Ordinal, fault.Size); break;
            case FaultKind.PowerCut:
                powerBack = Math.Max(powerBack, at + TimeSpan.FromSeconds(fault.Size).Ticks);
                pins.Power(false);
                break;
            case FaultKind.FeedChange:
                // The scale of a drum does not move: other matter of the same mass has been delivered, and counts as having been there from the start.
                double[] gained = works.Feeds.Change(works, fault.Feed, fault.Component, fault.Size);
                initial = Sum(initial, Named(gained));
                works.Weigh();
                break;
            case FaultKind.OutputLeak: pins.Leak(fault.Ordinal, fault.Size); break;
            case FaultKind.UnitCrud or FaultKind.UnitThirdPhase or FaultKind.UnitOrganicLeak or FaultKind.UnitJackleg or FaultKind.UnitInversion
                or FaultKind.UnitBlocked or FaultKind.UnitCracked or FaultKind.UnitFouled or FaultKind.UnitTorn or FaultKind.UnitScaled:
                works.Of(rig.Units[fault.Ordinal].Name).Suffer(fault.Kind, fault.Size);
                break;
            default: SensorsOf(fault.Ordinal).Add(fault.Ordinal, new SensorEffect(SensorEffect.Of(fault.Kind), fault.Size, new TimeSpan(at).TotalSeconds)); break;
        }
    }

    private static double[][] Values(Works works, Pins pins) => [.. works.Units.ToArray().Select(u => u.Values), pins.Values, works.Weighed];

    private SensorBank SensorsOf(int tag) => buses[rig.Tags[tag].Bus].Sensors;

    private static ImmutableSortedDictionary<string, double> Named(double[] kg)
    {
        ImmutableSortedDictionary<string, double>.Builder builder = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        for (int e = 0; e < kg.Length; e++) builder[Elements.Symbols[e]] = kg[e];
        return builder.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, double> Sum(ImmutableSortedDictionary<string, double> a, ImmutableSortedDictionary<string, double> b)
    {
        foreach ((string element, double kg) in b) a = a.SetItem(element, a.GetValueOrDefault(element) + kg);
        return a;
    }
}
