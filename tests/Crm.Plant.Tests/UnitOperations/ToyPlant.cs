using Crm.Plant.Outputs;
using Crm.Plant.Tags;

namespace Crm.Plant.Tests.UnitOperations;

/// <summary>
/// A plant simple enough to be predicted by hand: volumes add up, temperatures follow their setpoint, the pH is that of a buffered acid.
/// Faults are switches.
/// </summary>
internal sealed partial class ToyPlant(int seed = 1)
{
    private readonly Random noise = new(seed);
    private readonly double[] pins = new double[ToyRig.Rig.Outputs.Length];
    private readonly Dictionary<string, double> values = new(StringComparer.Ordinal)
    {
        ["vessel.temperature"] = 20,
        ["vessel.level"] = 20,
        ["tank.level"] = 40,
        ["vessel.acid_scale"] = 15,
        ["vessel.base_scale"] = 18,
        ["dryer.temperature"] = 20,
        ["dryer.pressure"] = 1013,
        ["column.bed_level"] = 100,
        ["extractor.interface"] = 50,
        ["extractor.mixer_conductivity"] = 0.01,
        ["organic.level"] = 30,
        ["store.level"] = 0,
        ["extractor.organic_level"] = 30,
        ["calciner.temperature"] = 20,
        ["vessel.supersaturation"] = 1,
        ["vessel.turbidity"] = 20,
        ["vessel.conductivity"] = 10,
    };

    private double setpoint = double.NaN;
    private double shownPh = double.NaN;
    private long scan;

    public HashSet<string> Dead { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Bad { get; } = new(StringComparer.Ordinal);

    /// <summary>mol/L of strong acid not yet neutralised (negative: base in excess), and of a weak acid (pKa 5) as buffer.</summary>
    public double StrongAcid { get; set; } = 0.3;

    public double Buffer { get; set; } = 0.1;

    /// <summary>mol/L of a divalent metal that precipitates as hydroxide (pKsp 15.2, nickel).</summary>
    public double Metal { get; set; }

    public double BoilingPoint { get; set; } = 101;

    public TimeSpan Now { get; private set; }

    public double Dosed(string drum) => (drum == "acid" ? 15 : 18) - values[$"vessel.{drum}_scale"];

    public double this[string tag]
    {
        get => values.GetValueOrDefault(tag);
        set => values[tag] = value;
    }

    public double Pin(string output) => pins[ToyRig.Output(output)];

    public double Setpoint => setpoint;

    /// <summary>Demands take effect, then the plant moves.</summary>
    public void Move(IEnumerable<Demand> demands, TimeSpan elapsed)
    {
        double[] before = [.. pins];
        Array.Clear(pins);
        setpoint = double.NaN;
        foreach (Demand demand in demands)
        {
            if (demand.IsLoop) setpoint = demand.Value;
            else pins[demand.Target] = demand.Keep ? before[demand.Target] : demand.Value;
        }

        Now += elapsed;
        double hours = elapsed.TotalHours;
        Dose("acid", 8, hours, +2 * 10.2);
        Dose("base", 12, hours, -7.5);
        values["vessel.feed_flow"] = Flow("tank", "vessel", Alive("vessel.water_pump") * 3 * hours) / hours;
        Flow("vessel", "tank", Alive("vessel.feed_pump") * 0.6 * hours);
        values["filter.filtrate_flow"] = Flow("vessel", "", Alive("filter.feed_pump") * 0.8 * hours) / hours;
        values["filter.pressure"] = 0.03 * Pin("filter.feed_pump");
        values["filter.wash_flow"] = Flow("tank", "", Alive("filter.wash_pump") * 0.6 * hours) / hours;
        values["column.inlet_flow"] = Flow("vessel", "tank", Alive("column.feed_pump") * 0.2 * hours) / hours;
        values["vessel.co2_flow"] = 0.3 * Alive("vessel.co2_valve");
        double spent = Unspent * (1 - Math.Exp(-elapsed.TotalSeconds / 150));
        Unspent -= spent;
        StrongAcid += spent / Math.Max(values["vessel.level"], 1);
        Heat(elapsed);
        MoveUnits(elapsed);
        values["vessel.agitator_speed"] = Dead.Contains("vessel.agitator") ? 0 : Pin("vessel.agitator");
    }

    public Image Look()
    {
        var readings = new Reading[ToyRig.Rig.Tags.Length];
        foreach (TagDefinition tag in ToyRig.Rig.Tags)
        {
            double value = (Force.TryGetValue(tag.Name, out double forced) ? forced : values.GetValueOrDefault(tag.Name)) + (Noise(tag.Name) * ((2 * noise.NextDouble()) - 1));
            readings[tag.Ordinal] = Bad.Contains(tag.Name) ? Reading.Bad(Reason.Stale, Now) : Reading.Good(value, Now);
        }

        return new Image(++scan, Now, readings);
    }

    private static double Noise(string tag) => tag switch
    {
        _ when tag.EndsWith("level", StringComparison.Ordinal) => 0.1,
        _ when tag.EndsWith("scale", StringComparison.Ordinal) || tag.EndsWith("mass", StringComparison.Ordinal) => 0.003,
        "vessel.ph" => 0.02,
        _ => 0,
    };

    private double Alive(string output) => Dead.Contains(output) ? 0 : Stuck.Contains(output) ? 100 : Pin(output) * (Worn.Contains(output) ? 0.4 : 1);

    private void Dose(string drum, double full, double hours, double molPerKg)
    {
        double kg = Alive($"vessel.{drum}_pump") / 100 * full * hours;
        values[$"vessel.{drum}_scale"] -= kg;
        Unspent += kg * molPerKg * SlowShare;
        StrongAcid += kg * molPerKg * (1 - SlowShare) / Math.Max(values["vessel.level"], 1);
        values["vessel.level"] += kg / 1.3;
    }

    private double Flow(string from, string to, double litres)
    {
        double moved = Math.Min(litres, values[from + ".level"]);
        values[from + ".level"] -= moved;
        if (to.Length > 0) values[to + ".level"] += moved;
        return moved;
    }

    private void Heat(TimeSpan elapsed)
    {
        double minutes = elapsed.TotalMinutes;
        bool boils = values["vessel.temperature"] >= BoilingPoint && setpoint > BoilingPoint && !Dead.Contains("vessel.heater");
        values["vessel.condensate_flow"] = boils && !Dead.Contains("vessel.condenser") ? 9 : 0;
        if (boils) values["vessel.level"] -= Math.Min(values["vessel.level"], 9 * elapsed.TotalHours);
        if (!double.IsNaN(setpoint))
        {
            double wish = Math.Clamp(setpoint - values["vessel.temperature"], -1.5 * minutes, 1.5 * minutes);
            if ((wish > 0 && !Dead.Contains("vessel.heater")) || (wish < 0 && !Dead.Contains("vessel.cooling") && !Stuck.Contains("vessel.heater")))
                values["vessel.temperature"] = Math.Min(values["vessel.temperature"] + wish, BoilingPoint);
        }

        values["dryer.temperature"] += (Alive("dryer.heater") * 0.03 * minutes) - ((values["dryer.temperature"] - 20) * 0.01 * minutes);
        values["dryer.pressure"] = Alive("dryer.vacuum_pump") > 0 ? 60 : 1013;
        double lag = 1 - Math.Exp(-elapsed.TotalSeconds / 15);
        shownPh = double.IsNaN(shownPh) ? TruePh() : shownPh + ((TruePh() - shownPh) * lag);
        values["vessel.ph"] = shownPh;
    }

    /// <summary>Charge balance of strong acid, weak acid, hydroxide precipitate and water, solved by bisection.</summary>
    public double TruePh()
    {
        double low = 0, high = 14;
        for (int i = 0; i < 60; i++)
        {
            double ph = (low + high) / 2;
            double h = Math.Pow(10, -ph);
            double precipitated = Math.Max(0, Metal - (6.3e-16 * h * h / 1e-28));
            double charge = h - (1e-14 / h) - (Buffer * 1e-5 / (1e-5 + h)) - (2 * precipitated) - StrongAcid;
            if (charge > 0) low = ph;
            else high = ph;
        }

        return (low + high) / 2;
    }
}
