using Crm.Chemistry;
using Crm.Chemistry.Equilibrium;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;

namespace Crm.Twin.Equipment;

/// <summary>Extraction fan and scrubber: caustic against acid gases, or acid against ammonia.</summary>
internal sealed class Scrubber : UnitModel
{
    public static readonly string[] Roles = ["fan_running", "flow", "ph", "pressure_drop"];

    /// <summary>Sump of 20 L with 2 mol caustic (0.4 %) at the start [G].</summary>
    private const double SumpVolume = 20, SumpBase = 2;

    private readonly int fan;
    private double speed, caught;

    public Scrubber(EquipmentDefinition definition, RigDefinition rig)
        : base(definition, rig, Roles) => fan = Output("fan");

    public override void Step(Works works, double dt)
    {
        double wanted = works.ScrubberLost ? 0 : works.PinShare(fan);
        speed += (wanted - speed) * (1 - Math.Exp(-dt / 4));
        works.ExtractionFlow = speed * Option("air_flow", 120);
        Values[0] = speed > 0.3 ? 1 : 0;
        Values[1] = works.ExtractionFlow;
        double now = works.ScrubbedFluoride + works.Stores.Scrubbed(Gas.NH3) + works.Stores.Scrubbed(Gas.SO3) + works.Stores.ScrubbedChloride;
        if (Values[2] == 0 || Math.Abs(now - caught) > 1e-4)
        {
            caught = now;
            Values[2] = SumpPh(works.Stores, Option("acid", 0));
        }
        Values[3] = 12 * speed * speed;
        works.Use(550 * speed);
    }

    /// <summary>pH of the sump, ideal and at 25 degC, with what it has caught since the start.</summary>
    /// <param name="acid">mol of sulfuric acid that stand in it; 0: caustic.</param>
    private double SumpPh(Stores stores, double acid)
    {
        double sulfuric = acid + stores.Scrubbed(Gas.SO3);
        return new Titration(1e-14, ((acid > 0 ? 0 : Option("caustic", SumpBase)) - sulfuric - stores.ScrubbedChloride) / SumpVolume,
            [
                new WeakAcid(stores.ScrubbedFluoride / SumpVolume, -1, [3.18]), new WeakAcid(sulfuric / SumpVolume, -1, [1.99]),
                new WeakAcid(stores.Scrubbed(Gas.NH3) / SumpVolume, 0, [9.252]),
            ]).Ph(0, 0);
    }
}

internal sealed class Ventilation : UnitModel
{
    public static readonly string[] Roles = ["running", "flow"];

    private readonly int fan;
    private double speed;

    public Ventilation(EquipmentDefinition definition, RigDefinition rig)
        : base(definition, rig, Roles) => fan = Output("fan");

    public override void Step(Works works, double dt)
    {
        speed += (works.PinShare(fan) - speed) * (1 - Math.Exp(-dt / 6));
        works.VentilationFlow = speed * Option("air_flow", 800);
        Values[0] = speed > 0.3 ? 1 : 0;
        Values[1] = works.VentilationFlow;
    }
}

internal sealed class Nitrogen : UnitModel
{
    public static readonly string[] Roles = ["pressure", "flow"];

    private readonly int valve;

    public Nitrogen(EquipmentDefinition definition, RigDefinition rig)
        : base(definition, rig, Roles) => valve = Output("valve");

    public override void Step(Works works, double dt)
    {
        double open = works.PinShare(valve);
        Values[0] = Option("supply_pressure", 6) - 0.3 * open;
        Values[1] = open * Option("gas_flow", 50);
    }
}

/// <summary>Chilled cooling-water circuit shared by all jackets.</summary>
internal sealed class CoolingWater : UnitModel
{
    public static readonly string[] Roles = ["flow", "temperature", "pressure"];

    private readonly int pump;
    private double speed;

    public CoolingWater(EquipmentDefinition definition, RigDefinition rig)
        : base(definition, rig, Roles) => pump = Output("pump");

    public override void Step(Works works, double dt)
    {
        speed += (works.PinShare(pump) - speed) * (1 - Math.Exp(-dt / 3));
        works.CoolingShare = speed;
        works.CoolingTemperature = Option("temperature", 12);
        Values[0] = speed * Option("water_flow", 40);
        Values[1] = works.CoolingTemperature + (1 - speed) * (works.Ambient - works.CoolingTemperature);
        Values[2] = 1 + 2.5 * speed;
    }
}

/// <summary>Gas detectors in the extraction hood.</summary>
internal sealed class GasDetection : UnitModel
{
    public static readonly string[] Roles = ["hydrogen", "hf", "oxygen", "co2", "ammonia", "arsine", "hydrogen_chloride"];

    public GasDetection(EquipmentDefinition definition, RigDefinition rig)
        : base(definition, rig, Roles) => Values[2] = 20.9;

    public override void Step(Works works, double dt)
    {
        Values[0] = works.HoodHydrogen / 0.04 * 100;        // lower explosive limit 4 vol-% ([G])
        Values[1] = works.HoodFluoride * 1e6;
        Values[2] = 20.9 * (1 - works.HoodCarbonDioxide - works.HoodHydrogen) + 79 * works.HoodOxygen;
        Values[4] = works.HoodAmmonia * 1e6;
        Values[3] = 420 + 1e5 * works.HoodCarbonDioxide;       // a tenth of the hood's excess reaches the room [G]
        Values[5] = works.HoodArsine * 1e6;
        Values[6] = works.HoodChloride * 1e6;
    }
}

/// <summary>Lamps and horn: they do what they are told and nothing follows in the process.</summary>
internal sealed class LampPanel(EquipmentDefinition definition, RigDefinition rig) : UnitModel(definition, rig, [])
{
    public override void Step(Works works, double dt)
    {
    }
}

/// <summary>Energy meter of the rig: heaters, agitators, pumps and fans, and a standing load.</summary>
internal sealed class Electricity : UnitModel
{
    public static readonly string[] Roles = ["power", "energy"];

    private double joule;

    public Electricity(EquipmentDefinition definition, RigDefinition rig)
        : base(definition, rig, Roles)
    {
    }

    public override void Step(Works works, double dt)
    {
        double watts = works.Load + Option("standing", 300);
        joule += watts * dt;
        Values[0] = watts / 1000;
        Values[1] = joule / 3.6e6;
    }
}
