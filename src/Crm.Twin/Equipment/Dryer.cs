using Crm.Chemistry;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Twin.Kinetics;

namespace Crm.Twin.Equipment;

/// <summary>Heated vacuum tray dryer. Free water leaves by the vapour pressure over the chamber pressure; what it carried stays as residue.</summary>
internal sealed class Dryer : UnitModel
{
    public static readonly string[] Roles = ["temperature", "pressure", "mass", "wall_temperature", "heater_power"];

    private readonly int heater, vacuum;
    private readonly double power, trayHeat, lossUa, contactUa;
    private double[] gas = new double[Gas.Count];
    private double wall, mbar = 1013;

    public Dryer(EquipmentDefinition definition, RigDefinition rig, double ambient)
        : base(definition, rig, Roles)
    {
        heater = Output("heater");
        vacuum = Output("vacuum_pump");
        power = Option("heater_power", 1500);
        trayHeat = Option("tray_heat", 12e3);
        lossUa = Option("loss_ua", 4);
        contactUa = Option("contact_ua", 15);
        wall = ambient;
        Holdup.Temperature = ambient;
    }

    protected override double WallHeat => 1500;

    public override double HeatHeld => Sensible + trayHeat * (wall - PhysicalConstants.StandardTemperature);

    public override void Step(Works works, double dt)
    {
        double pump = works.PinShare(vacuum);
        mbar += ((pump > 0.05 ? 1013 - 973 * Math.Min(1, pump) : 1013) - mbar) * (1 - Math.Exp(-dt / 40));
        double watts = wall < 200 ? works.PinShare(heater) * power : 0;
        (wall, Holdup.Temperature) = Body.Step(new Body(trayHeat, wall, watts + lossUa * works.Ambient, lossUa), new Body(Capacity, Holdup.Temperature, 0, 0), contactUa, dt);
        works.Heat.Book(HeatFlow.Heaters, watts * dt);
        works.Heat.Book(HeatFlow.Hall, lossUa * (works.Ambient - wall) * dt);
        double hydroxide = Math.Max(0, -Holdup.Aq[Aqueous.H]);                      // is no moisture, and lithium's dries as the monohydrate
        double floor = 3e-4 * Holdup.SolidMass / Aqueous.Mass[Aqueous.H2O] + hydroxide + Math.Min(hydroxide, Holdup.Aq[Aqueous.Li]);        // bound moisture, 0.03 % of the solids [G]
        double water = Holdup.Aq[Aqueous.H2O] - floor;
        double drive = Water.VapourPressure(Holdup.Temperature) / 101325 - 0.3 * mbar / 1013;
        if (water > 0 && drive > 0)
        {
            Array.Clear(gas);
            double before = Sensible, chloride = 0;
            double mol = water * (1 - Math.Exp(-1.5e-3 * Math.Min(drive, 3) * dt));
            double acid = Math.Max(0, Math.Min(Holdup.Aq[Aqueous.H], Holdup.Aq[Aqueous.Cl]));
            if (acid > 0) chloride = Rates.Run(ResidueReactions.HydrogenChlorideOut, Holdup, gas, acid * mol / water);      // hydrochloric acid leaves with its water
            double vapour = Rates.Run(Reactions.Evaporation, Holdup, gas, mol);
            works.Heat.Book(HeatFlow.Reactions, chloride);
            works.Heat.Book(HeatFlow.Evaporation, vapour);
            Close(works, before, chloride + vapour, gas);
            works.Vent(Unit, gas, dt, true);
        }
        Values[0] = Holdup.Temperature;
        Values[1] = mbar;
        Values[2] = Holdup.Mass;
        Values[3] = wall;
        Values[4] = watts / 1000;
        works.Use(watts + 400 * pump);
        Moved = 0;
    }

    protected override void CopyState() => gas = new double[Gas.Count];
}
