using Crm.Chemistry;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Twin.Kinetics;

namespace Crm.Twin.Equipment;

/// <summary>
/// Electric muffle with trays under sweep air: dries, then calcines what <see cref="Calcination"/> knows, such as ammonium metavanadate, and what salts the liquor left. Off-gas is ducted to the
/// scrubber.
/// </summary>
internal sealed class Calciner : UnitModel
{
    public static readonly string[] Roles = ["temperature", "wall_temperature", "heater_power", "sweep_flow", "mass", "offgas_ammonia", "dust"];

    private const double Radiation = 2.5;               // contact grows with the cube of the mean temperature over 293 K, limited [G]

    private readonly int heater, sweep;
    private readonly double power, wallHeat, trayHeat, lossUa, contactUa, sweepFlow;
    private double[] gas = new double[Gas.Count];
    private double wall, ammonia, air, dust;

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
        wall = ambient;
        Holdup.Temperature = ambient;
        Values[0] = Values[1] = ambient;
    }

    private double Bed => Holdup.Temperature;

    protected override double WallHeat => trayHeat;

    public override double HeatHeld => Sensible + wallHeat * (wall - PhysicalConstants.StandardTemperature);

    public override void Step(Works works, double dt)
    {
        air += (works.PinShare(sweep) * sweepFlow - air) * (1 - Math.Exp(-dt / 5));
        double watts = wall < 900 ? works.PinShare(heater) * power : 0;
        Array.Clear(gas);
        if (Holdup.Mass > 1e-6) React(works, dt);
        double mean = (0.5 * (wall + Bed) + 273.15) / 293.15, contact = contactUa * (1 + Math.Min(Radiation * mean * mean * mean / 10, 12));
        double swept = air / 60 * Gas.AirHeat;
        (wall, Holdup.Temperature) = Body.Step(new Body(wallHeat, wall, watts + lossUa * works.Ambient, lossUa), new Body(Capacity, Bed, swept * works.Ambient, swept), contact, dt);
        works.Heat.Book(HeatFlow.Heaters, watts * dt);
        works.Heat.Book(HeatFlow.Hall, lossUa * (works.Ambient - wall) * dt);
        works.Heat.Book(HeatFlow.Vent, swept * (works.Ambient - Bed) * dt);
        works.Vent(Unit, gas, dt, true);
        ammonia += (1e6 * gas[Gas.NH3] / dt * 24 * 60 / Math.Max(air, 1) - ammonia) * (1 - Math.Exp(-dt / 20));
        dust += (0.02 + (Holdup.Solid[Solid.V2O5] > 1e-3 ? 0.002 * Math.Max(0, air - sweepFlow) : 0) - dust) * (1 - Math.Exp(-dt / 60));
        Show(watts);
        works.Use(watts + 40);
        Moved = 0;
    }

    /// <summary>Dries and decomposes.</summary>
    private void React(Works works, double dt)
    {
        double before = Sensible, water = Holdup.Aq[Aqueous.H2O], vapour = 0;
        double drive = Water.VapourPressure(Math.Min(Bed, 180)) / 101325 - 0.05;
        if (water > 1e-9 && drive > 0 && air > 1) vapour = Run(Reactions.Evaporation, water, 1.2e-3 * Math.Min(drive, 3), dt);
        double heat = Bed < 120 ? 0 : Calcination.Step(Holdup, dt, water <= Calcination.Dry, gas);
        works.Heat.Book(HeatFlow.Evaporation, vapour);
        works.Heat.Book(HeatFlow.Reactions, heat);
        Close(works, before, vapour + heat, gas);
    }

    private double Run(Reaction reaction, double left, double rate, double dt) =>
        left <= 0 ? 0 : reaction.Heat * reaction.Apply(Holdup, gas, left * (1 - Math.Exp(-rate * dt)));

    private void Show(double watts)
    {
        Values[0] = Bed;
        Values[1] = wall;
        Values[2] = watts / 1000;
        Values[3] = air;
        Values[4] = Holdup.Mass;
        Values[5] = ammonia;
        Values[6] = dust;
    }

    protected override void CopyState() => gas = new double[Gas.Count];
}
