using System.Globalization;
using Crm.Plant.Ports;

namespace Crm.Twin.Tests;

/// <summary>
/// The whole chain from black mass to dried carbonate, walked by driving pins and hands directly. What it finds is chemistry, not control.
/// </summary>
internal sealed class LithiumWalk
{
    private readonly Driver d;
    private readonly Action<string> say;

    public LithiumWalk(long seed, Action<string> say)
    {
        this.say = say;
        Plant = new TwinPlant(TestRig.Lithium(), TwinFile.Lithium(), seed);
        d = new Driver(TestRig.Lithium(), Plant);
    }

    private LithiumWalk(LithiumWalk other)
    {
        say = other.say;
        Plant = (TwinPlant)other.Plant.Fork();
        d = new Driver(TestRig.Lithium(), Plant, 1, other.d.Now);
    }

    public TwinPlant Plant { get; }

    /// <summary>The same plant from here on, independent of this one.</summary>
    public LithiumWalk Fork() => new(this);

    public double Hours => d.Now.TotalHours;

    public Portion Crude { get; private set; } = null!;

    public Portion Product { get; private set; } = null!;

    public Portion Residue { get; private set; } = null!;

    public double LithiumIn { get; private set; }

    public Portion Leachate { get; private set; } = null!;

    /// <summary>From black mass to washed crude carbonate.</summary>
    public void ToCarbonate()
    {
        Leach();
        FilterLeach();
        RemoveIron();
        Hydroxides();
        Concentrate();
        Carbonate();
    }

    public void Leach(double peroxide = 1.8, double minutes = 120)
    {
        Transfer("leach.water_pump", () => d["leach.level"] >= 23.5);
        d.Set("leach.agitator", 250);
        Portion feed = Plant.Hands.Charge("leach", "black_mass", 3);
        LithiumIn = feed.Mass * feed.MassFractions["Li"];
        d.Hold("leach", 45);
        Dose("leach.acid_pump", "leach.acid_scale", 3.45, 50);
        d.Hold("leach", 70);
        d.Until(() => d["leach.temperature"] > 68, 7200);
        Show("acid in, hot", "leach");
        if (peroxide > 0) Dose("leach.peroxide_pump", "leach.peroxide_scale", peroxide, 60);
        d.Run(minutes * 60);
        Show("leached", "leach");
        d.Hold("leach", 60);
        d.Until(() => d["leach.temperature"] < 61, 7200);
        Plant.Hands.Charge("leach", "iron_powder", 0.1);
        d.Run(5400);
        Show("cemented", "leach");
        Leachate = Plant.Hands.Sample("leach", 0.02);
    }

    public void FilterLeach()
    {
        d.Set("filter1.divert", 0);
        d.Set("neutralise.agitator", 150);
        Transfer("filter1.feed_pump", () => d["leach.level"] < 0.01);
        d.Set("leach.agitator", 0);
        d.Hold("leach", double.NaN);
        Blow("filter1");
        Wash("filter1", 4);
        Residue = Discharge("filter1", "graphite-residue");
    }

    public void RemoveIron()
    {
        d.Hold("neutralise", 40);
        Dose("neutralise.peroxide_pump", "neutralise.peroxide_scale", 0.35, 80);
        d.Run(1200);
        ToPh(3.5, 30);
        Show("pH 3.5", "neutralise");
        Dose("neutralise.alum_pump", "neutralise.alum_scale", 0.9, 50);
        d.Run(900);
        ToPh(5.2, 15);
        d.Run(1800);
        Show("pH 5.2", "neutralise");
        d.Set("filter2.divert", 0);
        Transfer("filter2.feed_pump", () => d["neutralise.level"] < 0.01);
        Blow("filter2");
        Wash("filter2", 6);
        Discharge("filter2", "iron-aluminium");
    }

    public void Hydroxides()
    {
        Transfer("neutralise.return_pump", () => d["clear_tank.level"] < 0.05);
        ToPh(9, 40);
        d.Run(1800);
        ToPh(11, 10);
        d.Run(1800);
        Show("pH 11", "neutralise");
        d.Set("filter2.divert", 1);
        Transfer("filter2.feed_pump", () => d["neutralise.level"] < 0.01);
        d.Hold("neutralise", double.NaN);
        d.Set("neutralise.agitator", 0);
        Blow("filter2");
        Wash("filter2", 8);
        Discharge("filter2", "mixed-hydroxide");
        Show("brine", "brine_tank");
    }

    public void Concentrate(double litres = 9.5)
    {
        d.Set("concentrate.agitator", 150);
        d.Set("concentrate.feed_pump", 100);
        d.Until(() => d["concentrate.level"] > 20, 7200);
        d.Set("concentrate.heater", 100);
        d.Until(() =>
        {
            d.Set("concentrate.feed_pump", d["concentrate.level"] < 25 ? 60 : 0);
            return d["brine_tank.level"] < 0.05 && d["concentrate.level"] < litres;
        }, 60 * 3600);
        Show("concentrated", "concentrate");
        d.Set("concentrate.heater", 0);
        d.Hold("concentrate", 45);
        d.Until(() => d["concentrate.temperature"] < 50, 7200);
        d.Set("coolcryst.agitator", 150);
        Transfer("coolcryst.feed_pump", () => d["concentrate.level"] < 0.01);
        d.Hold("concentrate", double.NaN);
        d.Hold("coolcryst", 2);
        d.Until(() => d["coolcryst.temperature"] < 2.5, 10 * 3600);
        d.Run(3600);
        Show("mirabilite", "coolcryst");
        d.Set("salt_filter.divert", 0);
        d.Set("carbonation.agitator", 200);
        Transfer("salt_filter.feed_pump", () => d["coolcryst.level"] < 0.01);
        d.Hold("coolcryst", double.NaN);
        Blow("salt_filter");
        Wash("salt_filter", 0.6);
        Discharge("salt_filter", "glauber-salt");
    }

    public void Carbonate(double kg = 5.0)
    {
        d.Hold("carbonation", 90);
        d.Until(() => d["carbonation.temperature"] > 88, 3 * 3600);
        Show("before carbonate", "carbonation");
        Dose("carbonation.carbonate_pump", "carbonation.carbonate_scale", kg, 70);
        d.Run(2700);
        Show("carbonated", "carbonation");
        d.Set("hot_filter.divert", 0);
        Transfer("hot_filter.feed_pump", () => d["carbonation.level"] < 0.01);
        d.Hold("carbonation", double.NaN);
        d.Set("carbonation.agitator", 0);
        Blow("hot_filter");
        d.Set("hot_filter.divert", 2);
        Wash("hot_filter", 1.0);
        Crude = Discharge("hot_filter", "crude");
        Plant.Hands.Book("mother_tank", "carbonate-mother-liquor");
    }

    public void Polish(double litres = 12)
    {
        Transfer("bicarbonation.water_pump", () => d["bicarbonation.level"] >= litres);
        d.Set("bicarbonation.agitator", 300);
        d.Hold("bicarbonation", 22);
        Plant.Hands.Charge("bicarbonation", "lot:crude", Crude.Mass);
        d.Set("bicarbonation.co2_valve", 60);
        d.Run(5 * 3600);
        Show("bicarbonated", "bicarbonation");
        d.Set("bicarbonation.co2_valve", 0);
        d.Set("decompose.agitator", 150);
        d.Set("polish.feed_pump", 60);
        d.Until(() => d["bicarbonation.level"] < 0.01, 6 * 3600);
        d.Set("polish.feed_pump", 0);
        Show("clean", "decompose");
        double vent = 0;
        for (double celsius = 23; celsius < 95.5; celsius += 0.7)
        {
            d.Hold("decompose", celsius);
            d.Run(60);
            vent = Math.Max(vent, d["decompose.vent_flow"]);
        }
        say(F($"    largest vent flow while heating {vent:0.0} L/min"));
        d.Hold("decompose", 104);
        d.Until(() => d["decompose.level"] < 0.45 * litres, 20 * 3600);
        Show("decomposed", "decompose");
        d.Set("hot_filter.divert", 1);
        Transfer("hot_filter.feed_pump", () => d["decompose.level"] < 0.01);
        d.Hold("decompose", double.NaN);
        Blow("hot_filter");
        d.Set("hot_filter.divert", 2);
        Wash("hot_filter", 0.8);
        Portion wet = Discharge("hot_filter", "wet-product");
        Product = Dry("wet-product", wet.Mass, "product");
        Plant.Hands.Book("polish_mother_tank", "polish-mother-liquor");
    }

    public Portion Dry(string lot, double kg, string name)
    {
        Plant.Hands.Charge("dryer", "lot:" + lot, kg);
        d.Set("dryer.vacuum_pump", 100);
        for (int i = 0; i < 6 * 360; i++)
        {
            d.Set("dryer.heater", d["dryer.temperature"] < 115 ? 100 : 0);
            d.Run(10);
        }
        d.Set("dryer.heater", 0);
        d.Set("dryer.vacuum_pump", 0);
        return Discharge("dryer", name);
    }

    private void Dose(string pump, string scale, double kg, double percent)
    {
        double start = d[scale];
        d.Set(pump, percent);
        d.Until(() => start - d[scale] >= kg, 24 * 3600);
        d.Set(pump, 0);
    }

    private void ToPh(double target, double percent)
    {
        double start = d["neutralise.caustic_scale"];
        for (int i = 0; i < 20000; i++)
        {
            double gap = target - d["neutralise.ph"];
            if (gap < 0.03) break;
            d.Set("neutralise.caustic_pump", percent * Math.Clamp(gap, 0.03, 1));
            d.Run(5);
            d.Set("neutralise.caustic_pump", 0);
            d.Run(gap < 0.6 ? 25 : 5);
        }
        say(F($"    caustic {start - d["neutralise.caustic_scale"]:0.000} kg to pH {target}"));
    }

    private void Transfer(string pump, Func<bool> done)
    {
        d.Set(pump, 100);
        double took = d.Until(done, 12 * 3600);
        d.Set(pump, 0);
        d.Run(10);
        if (took > 11.9 * 3600) say("    !! " + pump + " did not finish");
    }

    private void Blow(string filter)
    {
        d.Set(filter + ".air_valve", 1);
        d.Run(300);
        d.Set(filter + ".air_valve", 0);
    }

    private void Wash(string filter, double litres)
    {
        double percent = 40, sum = 0;
        d.Set(filter + ".wash_pump", percent);
        d.Until(() => (sum += d[filter + ".wash_flow"] / 3600) >= litres, 4 * 3600);
        d.Set(filter + ".wash_pump", 0);
        Blow(filter);
    }

    private Portion Discharge(string place, string lot)
    {
        Portion p = Plant.Hands.Discharge(place, lot);
        say(F($"{Hours,6:0.0} h  lot {lot}: {p.Mass:0.000} kg; ") + string.Join(" ", p.MassFractions.Where(f => f.Value > 1e-7).Select(f => F($"{f.Key} {f.Value * 1e6:0}"))));
        return p;
    }

    private void Show(string what, string place)
    {
        IPlantModel fork = Plant.Fork();
        Portion p = fork.Hands.Sample(place, 1000);
        string tags = string.Join(" ", new[] { "temperature", "ph", "orp", "level" }.Where(r => d.Rig.Tag(place + "." + r) >= 0).Select(r => F($"{r} {d[place + "." + r]:0.00}")));
        say(F($"{Hours,6:0.0} h  {what}: {tags} H2 {d["gas.hydrogen"]:0.0}%LEL hf {d["gas.hf"]:0.00} mass {p.Mass:0.00}; ")
            + string.Join(" ", p.MassFractions.Where(f => f.Key is "Li" or "Na" or "SO4" or "CO3" or "Ni" or "Cu" or "Fe" or "Al" or "F" or "Ca" or "Mg" or "H2O2" && f.Value > 1e-7).Select(f => F($"{f.Key} {f.Value * p.Mass * 1000:0.000}g"))));
        say("          " + Plant.Describe(place));
    }

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
