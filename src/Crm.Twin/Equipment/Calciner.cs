using Crm.Chemistry;
using Crm.Chemistry.Crystallisation;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;

namespace Crm.Twin.Equipment;

/// <summary>
/// Electric muffle with trays under sweep air: dries, then decomposes ammonium metavanadate to V2O5, ammonia and water, and what ammonium salts the
/// liquor left. Off-gas is ducted to the scrubber.
/// </summary>
internal sealed class Calciner : UnitModel
{
    public static readonly string[] Roles = ["temperature", "wall_temperature", "heater_power", "sweep_flow", "mass", "offgas_ammonia", "dust"];

    private const double Reference = 300;               // degC of the rate constants
    private const double MetavanadateRate = 2e-3, MetavanadateEnergy = 110e3;       // 1/s, J/mol [G]: some minutes at 350 degC
    private const double SulfateRate = 3e-4, SulfateEnergy = 120e3;                 // ammonium sulfate goes between 280 and 400 degC [G]
    private const double Radiation = 2.5;               // contact grows with the cube of the mean temperature over 293 K, limited [G]

    private readonly int heater, sweep;
    private readonly double power, wallHeat, trayHeat, lossUa, contactUa, sweepFlow;
    private double[] gas = new double[Gas.Count];
    private double wall, bed, ammonia, air, dust;

    public Calciner(EquipmentDefinition definition, RigDefinition rig, double ambient)
        : base(definition, rig, Roles)
    {
        heater = Output("heater");
        sweep = Output("sweep");
        power = Option("heater_power", 3000);
        wallHeat = Option("wall_heat", 12e3);
        trayHeat = Option("tray_heat", 2e3);
        lossUa = Option("loss_ua", 2.5);
        contactUa = Option("contact_ua", 6);
        sweepFlow = Option("sweep_flow", 40);
        wall = bed = ambient;
        Holdup.Temperature = ambient;
        Values[0] = Values[1] = ambient;
    }

    public override void Step(Works works, double dt)
    {
        air += (works.PinShare(sweep) * sweepFlow - air) * (1 - Math.Exp(-dt / 5));
        double watts = wall < 900 ? works.PinShare(heater) * power : 0;
        Array.Clear(gas);
        double heat = Holdup.Mass > 1e-6 ? React(dt) : 0;
        double mean = (0.5 * (wall + bed) + 273.15) / 293.15, contact = contactUa * (1 + Math.Min(Radiation * mean * mean * mean / 10, 12));
        double capacity = trayHeat + Holdup.HeatCapacity, swept = air / 60 * 1.2;       // W/K: litres of air a second at 1.2 J/(L K)
        (wall, bed) = Body.Step(new Body(wallHeat, wall, watts + lossUa * works.Ambient, lossUa), new Body(capacity, bed, heat / dt + swept * works.Ambient, swept), contact, dt);
        Holdup.Temperature = bed;
        works.Vent(Unit, gas, dt, true);
        ammonia += (1e6 * gas[Gas.NH3] / dt * 24 * 60 / Math.Max(air, 1) - ammonia) * (1 - Math.Exp(-dt / 20));
        dust += (0.02 + (Holdup.Solid[Solid.V2O5] > 1e-3 ? 0.002 * Math.Max(0, air - sweepFlow) : 0) - dust) * (1 - Math.Exp(-dt / 60));
        Show(watts);
        works.Use(watts + 40);
        Moved = 0;
    }

    /// <returns>Heat given off, J; negative while it dries and decomposes.</returns>
    private double React(double dt)
    {
        double heat = 0, water = Holdup.Aq[Aqueous.H2O];
        double drive = Water.VapourPressure(Math.Min(bed, 180)) / 101325 - 0.05;
        if (water > 1e-9 && drive > 0 && air > 1) heat += Run(Reactions.Evaporation, water, 1.2e-3 * Math.Min(drive, 3), dt);
        if (bed < 120) return heat;
        double metavanadate = MetavanadateRate * Arrhenius.Ratio(MetavanadateEnergy, Reference, bed);
        double crystals = Holdup.Solid[Solid.NH4VO3];
        heat += Run(Reactions.MetavanadateDecomposes, 0.5 * crystals, metavanadate, dt);
        if (crystals > 0) Free((crystals - Holdup.Solid[Solid.NH4VO3]) / crystals);
        if (crystals > 0) CrystalSizes.Keep(Holdup, Solid.NH4VO3, Holdup.Solid[Solid.NH4VO3] / crystals);
        if (water > 1e-3 || Holdup.Aq[Aqueous.NH4] <= 1e-12) return heat;
        heat += Run(Reactions.ResidueDecomposes, 0.5 * Math.Min(Holdup.Aq[Aqueous.NH4], Holdup.Aq[Aqueous.VO3]), metavanadate, dt);
        return heat + Run(Reactions.AmmoniumSulfateDecomposes, Math.Min(0.5 * Holdup.Aq[Aqueous.NH4], Holdup.Aq[Aqueous.SO4]),
            SulfateRate * Arrhenius.Ratio(SulfateEnergy, Reference, bed), dt);
    }

    /// <summary>Liquor shut in the crystals comes free as they fall apart.</summary>
    private void Free(double part)
    {
        for (int i = 0; i < Aqueous.Count; i++)
        {
            double freed = Holdup.Occluded[i] * part;
            Holdup.Occluded[i] -= freed;
            Holdup.Aq[i] += freed;
        }
    }

    private double Run(Reaction reaction, double left, double rate, double dt) =>
        left <= 0 ? 0 : reaction.Heat * reaction.Apply(Holdup, gas, left * (1 - Math.Exp(-rate * dt)));

    private void Show(double watts)
    {
        Values[0] = bed;
        Values[1] = wall;
        Values[2] = watts / 1000;
        Values[3] = air;
        Values[4] = Holdup.Mass;
        Values[5] = ammonia;
        Values[6] = dust;
    }

    protected override void CopyState() => gas = new double[Gas.Count];
}
