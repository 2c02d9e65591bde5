using Crm.Chemistry;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;

namespace Crm.Twin.Equipment;

/// <summary>Heated vacuum tray dryer. Free water leaves by the vapour pressure over the chamber pressure; what it carried stays as residue.</summary>
internal sealed class Dryer : UnitModel
{
    public static readonly string[] Roles = ["temperature", "pressure", "mass", "wall_temperature", "heater_power"];

    private readonly int heater, vacuum;
    private readonly double power, trayHeat, lossUa, contactUa;
    private double[] gas = new double[Gas.Count];
    private double tray, wall, mbar = 1013;

    public Dryer(EquipmentDefinition definition, RigDefinition rig, double ambient)
        : base(definition, rig, Roles)
    {
        heater = Output("heater");
        vacuum = Output("vacuum_pump");
        power = Option("heater_power", 1500);
        trayHeat = Option("tray_heat", 12e3);
        lossUa = Option("loss_ua", 4);
        contactUa = Option("contact_ua", 15);
        tray = wall = ambient;
        Holdup.Temperature = ambient;
    }

    public override void Step(Works works, double dt)
    {
        double pump = works.PinShare(vacuum);
        mbar += ((pump > 0.05 ? 1013 - 973 * Math.Min(1, pump) : 1013) - mbar) * (1 - Math.Exp(-dt / 40));
        double capacity = 1500 + Holdup.HeatCapacity;
        double watts = wall < 200 ? works.PinShare(heater) * power : 0;
        (wall, tray) = Body.Step(new Body(trayHeat, wall, watts + lossUa * works.Ambient, lossUa), new Body(capacity, tray, 0, 0), contactUa, dt);
        double floor = 3e-4 * Holdup.SolidMass / Aqueous.Mass[Aqueous.H2O];         // bound moisture, 0.03 % of the solids [G]
        double water = Holdup.Aq[Aqueous.H2O] - floor;
        double drive = Water.VapourPressure(tray) / 101325 - 0.3 * mbar / 1013;
        if (water > 0 && drive > 0)
        {
            Array.Clear(gas);
            double mol = water * (1 - Math.Exp(-1.5e-3 * Math.Min(drive, 3) * dt));
            double acid = Math.Max(0, Math.Min(Holdup.Aq[Aqueous.H], Holdup.Aq[Aqueous.Cl]));
            if (acid > 0) ResidueReactions.HydrogenChlorideOut.Apply(Holdup, gas, acid * mol / water);      // hydrochloric acid leaves with its water
            double done = Reactions.Evaporation.Apply(Holdup, gas, mol);
            tray += done * Reactions.Evaporation.Heat / capacity;
            works.Vent(Unit, gas, dt, true);
        }
        Holdup.Temperature = tray;
        Values[0] = tray;
        Values[1] = mbar;
        Values[2] = Holdup.Mass;
        Values[3] = wall;
        Values[4] = watts / 1000;
        works.Use(watts + 400 * pump);
        Moved = 0;
    }

    protected override void CopyState() => gas = new double[Gas.Count];
}
