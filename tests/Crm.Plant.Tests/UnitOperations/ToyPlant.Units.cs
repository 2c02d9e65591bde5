namespace Crm.Plant.Tests.UnitOperations;

/// <summary>Physics of the further units, by hand-calculable rules; faults are switches.</summary>
internal sealed partial class ToyPlant
{
    private double lastTemperature = 20;
    private bool filled = true;

    /// <summary>Outputs whose device stays fully on, whatever it is told.</summary>
    public HashSet<string> Stuck { get; } = new(StringComparer.Ordinal);

    /// <summary>Pumps that give 40 % of what they should.</summary>
    public HashSet<string> Worn { get; } = new(StringComparer.Ordinal);

    /// <summary>What an instrument shows instead of the truth.</summary>
    public Dictionary<string, double> Force { get; } = new(StringComparer.Ordinal);

    /// <summary>Share of acid and base that a slurry spends slowly (150 s), and what is not spent yet, mol.</summary>
    public double SlowShare { get; set; }

    private double Unspent { get; set; }

    /// <summary>Crystals that let supersaturation come down.</summary>
    public bool Crystals { get; set; } = true;

    /// <summary>Share of the dirt that one rinse leaves.</summary>
    public double RinseLeaves { get; set; } = 0.05;

    private void MoveUnits(TimeSpan elapsed)
    {
        double hours = elapsed.TotalHours, minutes = elapsed.TotalMinutes;
        values["vessel.mass"] = this["vessel.mass"] + (Alive("vessel.feeder") / 100 * 30 * hours);
        Flow("vessel", "store", Alive("vessel.out_pump") * 0.6 * hours);
        Crystallise(minutes, hours);
        Rinse();
        Heater(minutes);
        values["extractor.mixer_speed"] = Alive("extractor.mixer");
        values["extractor.aqueous_flow"] = Flow("tank", "", Alive("extractor.aqueous_pump") * 0.6 * hours) / hours;
        values["extractor.organic_flow"] = Alive("extractor.organic_pump") * 0.6;
        values["extractor.strip_flow"] = Alive("extractor.strip_pump") * 0.2;
        values["calciner.temperature"] += (Alive("calciner.heater") * 0.3 * minutes) - ((values["calciner.temperature"] - 20) * 0.01 * minutes);
        values["calciner.heater_power"] = Alive("calciner.heater") * 0.5;
        values["calciner.sweep_flow"] = Alive("calciner.sweep") * 0.2;
        Membranes(hours);
        Split(hours);
    }

    private void Crystallise(double minutes, double hours)
    {
        double cooled = Math.Max(0, lastTemperature - values["vessel.temperature"]);
        lastTemperature = values["vessel.temperature"];
        if (Alive("vessel.seed_feeder") > 0)
        {
            Crystals = true;
            values["vessel.turbidity"] += Alive("vessel.seed_feeder") * 0.05 * minutes;
        }

        double made = (cooled * 0.02) + (Alive("vessel.base_pump") / 100 * 12 * hours * 0.3) + (values["vessel.condensate_flow"] * hours * 0.15);
        double grown = Crystals ? (values["vessel.supersaturation"] - 1) * (1 - Math.Exp(-minutes / 5)) : 0;
        values["vessel.supersaturation"] += made - grown;
    }

    /// <summary>Every time it is emptied it leaves a share of its dirt.</summary>
    private void Rinse()
    {
        if (values["vessel.level"] > 2) filled = true;
        if (filled && values["vessel.level"] < 0.1)
        {
            filled = false;
            values["vessel.conductivity"] *= RinseLeaves;
        }

    }

    private void Heater(double minutes)
    {
        bool heats = setpoint > values["vessel.temperature"] + 0.05 && !Dead.Contains("vessel.heater");
        if (Stuck.Contains("vessel.heater")) values["vessel.temperature"] += 1 * minutes;
        values["vessel.heater_power"] = heats || Stuck.Contains("vessel.heater") ? 40 : 0;
    }

    private void Membranes(double hours)
    {
        double pump = Alive("ro.feed_pump");
        double valve = Dead.Contains("ro.concentrate_valve") ? 0 : Pin("ro.concentrate_valve");
        double fed = Flow("tank", "", pump * 2 * hours) / hours;
        double pressure = fed <= 0 ? 0 : Math.Min(pump * 30 / Math.Max(valve, 5), 90);
        values["ro.pressure"] = pressure;
        values["ro.permeate_flow"] = Dead.Contains("ro.membrane") ? 0 : Math.Min(pressure, fed);
        values["ro.concentrate_flow"] = valve <= 0 ? 0 : Math.Max(fed - values["ro.permeate_flow"], 0);
    }

    /// <summary>Ten volts and half an ohm; fouled, ten times that; torn, the brine stays as it is.</summary>
    private void Split(double hours)
    {
        foreach (string liquor in (ReadOnlySpan<string>)["brine", "acid", "base"]) values[$"stack.{liquor}_flow"] = Alive($"stack.{liquor}_pump") * 0.6;
        double asked = Alive("stack.rectifier");
        bool fouled = Dead.Contains("stack.membranes");
        values["stack.current"] = fouled ? Math.Min(asked, 4) : asked;
        values["stack.voltage"] = asked <= 0 ? 0 : 10 + ((fouled ? 5 : 0.5) * values["stack.current"]);
        if (!Dead.Contains("stack.torn")) values["stack.brine_conductivity"] = this["stack.brine_conductivity"] - (2 * values["stack.current"] * hours);
    }
}
