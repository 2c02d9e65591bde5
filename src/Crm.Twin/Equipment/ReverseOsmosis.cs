using Crm.Chemistry;
using Crm.Chemistry.Numerics;
using Crm.Chemistry.Properties;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Twin.Faults;
using Crm.Twin.Models;

namespace Crm.Twin.Equipment;

/// <summary>
/// Reverse osmosis or nanofiltration module behind a positive-displacement pump. With a concentrate valve the pressure follows from what pump, membrane and valve pass;
/// without one the skid keeps pressure and largest recovery itself. All ions pass a reverse osmosis membrane in the same proportion, so that both streams
/// stay neutral; those of nanofiltration as <see cref="Nanofiltration"/> says. Gypsum above its solubility fouls the membrane; the permeate flush takes part of that off.
/// </summary>
internal sealed class ReverseOsmosis : UnitModel
{
    public static readonly string[] Roles = ["feed_flow", "permeate_flow", "permeate_conductivity", "pressure", "concentrate_flow"];

    private const double Channel = 0.3;             // L that stay in the vessel
    private const double Relief = 1.25;             // of the pump's pressure
    private const double PressureTime = 3;          // s
    private const double Look = 5;                  // s between solutions of the module
    private const double LoosePermeability = 3e-11;         // m/(s Pa), of a nanofiltration membrane [G]
    private const double PumpEfficiency = 0.8;      // WaterTAP, seawater-type reverse osmosis [R]
    private const double Fouls = 2e-5, Flushes = 1e-3;      // 1/s at full supersaturation, 1/s while flushing [G]

    private readonly double area, recovery, highest, valveFlow, flushFlow;
    private readonly int pump, valve, flush;
    private readonly Membrane membrane;
    private readonly string? permeateTo, concentrateTo;
    private readonly Nanofiltration? pores;
    private double feedLitres, permeateLitres, concentrateLitres, bar, osmotic, salt, valveOpen, sinceLook = Look, fouled, lost, torn, blocked = 1;

    /// <param name="pores">Of a nanofiltration membrane; null: reverse osmosis.</param>
    public ReverseOsmosis(EquipmentDefinition definition, RigDefinition rig, Nanofiltration? pores = null)
        : base(definition, rig, Roles)
    {
        this.pores = pores;
        area = Option("area", 2.5);
        recovery = Option("recovery", 0.75);
        highest = Option("pressure", 60);
        valveFlow = Option("valve_flow", 30);
        flushFlow = Option("flush_flow", 30);
        membrane = new Membrane(Option("water_permeability", pores is null ? 4.2e-12 : LoosePermeability), Option("salt_permeability", 3.5e-8), Option("polarisation", 1.1), 25);
        pump = Output("feed_pump") >= 0 ? Output("feed_pump") : Output("hp_pump");
        valve = Output("concentrate_valve");
        flush = Output("flush_valve");
        permeateTo = Named("permeate");
        concentrateTo = Named("concentrate");
        if (valve >= 0) Holdup.Aq[Aqueous.H2O] = Channel / Aqueous.Mass[Aqueous.H2O];
    }

    /// <summary>L/h and bar, without osmosis.</summary>
    private double Permeability => 3.6e11 * membrane.WaterPermeability * area * (1 - fouled) * (1 - lost);

    public override double Admits(string port) => valve < 0 ? double.MaxValue : Permeate(Relief * highest) + Concentrate(Relief * highest);

    public override void Suffer(FaultKind kind, double size)
    {
        if (kind == FaultKind.UnitBlocked) blocked = size;
        if (kind == FaultKind.UnitFouled) lost = size;
        if (kind == FaultKind.UnitTorn) torn = size;
    }

    public override void Accept(Works works, Mixture parcel, string port, double dt)
    {
        if (port == "flush")
        {
            fouled *= Math.Exp(-Flushes * dt);
            Reject(works, parcel, dt);
            return;
        }
        double litres = parcel.Volume;
        feedLitres += litres;
        double feed = litres / dt * 3600;
        Observe(parcel, feed, dt);
        bar += ((valve < 0 ? highest * works.PinShare(pump) : Steady(feed)) - bar) * (1 - Math.Exp(-dt / PressureTime));
        double pressed = 1e2 * bar * litres, capacity = parcel.HeatCapacity;        // J: what the pump does, membrane and valve turn into heat
        if (capacity > 1e-9)
        {
            parcel.Temperature += pressed / capacity;
            works.Heat.Book(HeatFlow.Work, pressed);
        }
        double taken = Math.Clamp(Permeate(bar) / Math.Max(feed, 1e-9) + torn, 0, valve < 0 ? recovery : 0.995);
        Mixture permeate = new() { Temperature = parcel.Temperature };
        if (pores is null) Split(parcel, permeate, taken);
        else Sieve(pores, parcel, permeate, taken);
        permeateLitres += permeate.LiquorVolume;
        if (permeate.LiquorVolume > 1e-6) Values[2] = Solution.Conductivity(permeate, 7);
        if (permeateTo is not null) works.Send(permeateTo, permeate, port, dt);
        else permeate.MoveTo(parcel, 1, 1);
        Reject(works, parcel, dt);
    }

    private void Split(Mixture parcel, Mixture permeate, double taken)
    {
        double passing = Math.Min(taken, taken * salt + torn);
        for (int i = 0; i < Aqueous.Count; i++) Pass(parcel, permeate, i, i is Aqueous.H2O or Aqueous.H2O2 ? taken : passing);
    }

    /// <summary>What a tear lets through is feed as it is; the rest goes through the pores.</summary>
    private void Sieve(Nanofiltration membranePores, Mixture parcel, Mixture permeate, double taken)
    {
        double through = torn < 1 ? Math.Clamp((taken - torn) / (1 - torn), 0, 0.999) : 0, beside = Math.Min(torn, taken);
        double[] share = membranePores.Permeated(parcel.Aq, through);
        for (int i = 0; i < Aqueous.Count; i++) Pass(parcel, permeate, i, i == Aqueous.H2O ? taken : beside + (1 - beside) * share[i]);
    }

    /// <summary>Share of the ions that the first of the permeate leaves behind: what is left of the osmotic pressure between the two sides.</summary>
    private static double Retained(Nanofiltration membranePores, Mixture feed)
    {
        const double First = 0.01;
        double[] passed = membranePores.Permeated(feed.Aq, First);
        for (int i = 0; i < passed.Length; i++) passed[i] *= feed.Aq[i];
        return Math.Clamp(1 - Aqueous.Ions(passed) / Math.Max(First * Aqueous.Ions(feed.Aq), 1e-12), 0, 1);
    }

    private static void Pass(Mixture parcel, Mixture permeate, int species, double share)
    {
        double moved = parcel.Aq[species] * share;
        parcel.Aq[species] -= moved;
        permeate.Aq[species] += moved;
    }

    public override void Step(Works works, double dt)
    {
        valveOpen = works.PinShare(valve);
        if (works.Pin(flush) > 0.5 && permeateTo is not null) Accept(works, works.Of(permeateTo).Draw(Math.Min(flushFlow * dt / 3600, works.Of(permeateTo).Reachable)), "flush", dt);
        if (feedLitres <= 0) bar *= Math.Exp(-dt / PressureTime);
        Values[0] = feedLitres / dt * 3600;
        Values[1] = permeateLitres / dt * 3600;
        Values[3] = 1 + bar;
        Values[4] = concentrateLitres / dt * 3600;
        works.Use(feedLitres / dt * 1e-3 * bar * 1e5 / PumpEfficiency);
        feedLitres = permeateLitres = concentrateLitres = 0;
        Moved = 0;
    }

    /// <summary>Solves the module for osmotic back-pressure and salt passage at the present flow and pressure.</summary>
    private void Observe(Mixture feed, double flow, double dt)
    {
        sinceLook += dt;
        if (sinceLook < Look) return;
        sinceLook = 0;
        double fraction = SodiumChlorideBrine.FractionOfIons(Aqueous.Ions(feed.Aq) / Math.Max(feed.Water, 1e-6));
        osmotic = 1e-5 * (pores is null ? 1 : Retained(pores, feed)) * SodiumChlorideBrine.OsmoticPressure(membrane.Polarisation * fraction, feed.Temperature);
        salt = 0.05;
        double gypsum = feed.Aq[Aqueous.Ca] > 1e-9 ? Salts.Supersaturation(feed, Speciation.Of(feed), Solid.Gypsum) : 0;
        double kilograms = flow / 3600 * feed.Mass / Math.Max(feed.Volume, 1e-9), drive = 1e5 * bar;
        if (drive < 1e5 || kilograms <= 0) return;
        fouled = Math.Min(0.95, fouled + Fouls * Look * Math.Clamp(4 * gypsum - 1, 0, 5));       // the channel concentrates some fourfold
        if (pores is not null) return;
        double whole = (1 - fouled) * (1 - lost);
        try
        {
            MembraneFlux mean = new ReverseOsmosisModule(membrane with { WaterPermeability = membrane.WaterPermeability * whole }, area, 0.3e5).Solve(kilograms, fraction, drive);
            if (mean.Water <= 0) return;
            osmotic = Math.Max(0, bar - mean.Water / (1000 * membrane.WaterPermeability * whole) * 1e-5);
            salt = fraction <= 0 ? 0.01 : Math.Clamp(mean.Salt * area / (kilograms * fraction) / Math.Max(mean.Water * area / (kilograms * (1 - fraction)), 1e-6), 0, 1);
        }
        catch (NoSolutionException)
        {
            // No pressure drives the membrane at one end, or the water would all be taken: the feed's own osmotic pressure stands.
        }
    }

    private void Reject(Works works, Mixture parcel, double dt)
    {
        parcel.MoveTo(Holdup, 1, 1);
        double over = Holdup.Volume - (valve < 0 ? 0 : Channel);
        if (over <= 0 || concentrateTo is null) return;
        Mixture concentrate = new() { Temperature = Holdup.Temperature };
        Holdup.MoveTo(concentrate, Math.Min(1, over / Holdup.Volume), Math.Min(1, over / Holdup.Volume));
        concentrateLitres += concentrate.Volume;
        works.Send(concentrateTo, concentrate, "concentrate", dt);
    }

    /// <summary>L/h of permeate at a pressure.</summary>
    private double Permeate(double pressure) => Permeability * Math.Max(0, pressure - osmotic);

    /// <summary>L/h through the concentrate valve at a pressure.</summary>
    private double Concentrate(double pressure) => valve < 0 ? 0 : valveOpen * valveFlow / Math.Sqrt(blocked) * Math.Sqrt(Math.Max(0, pressure));

    /// <summary>bar at which membrane and valve pass the feed; the relief valve holds it below its own.</summary>
    private double Steady(double feed)
    {
        double low = 0, high = Relief * highest;
        if (Permeate(high) + Concentrate(high) <= feed) return high;
        for (int i = 0; i < 40; i++)
        {
            double p = 0.5 * (low + high);
            if (Permeate(p) + Concentrate(p) < feed) low = p;
            else high = p;
        }
        return high;
    }
}
