using System.Collections.Immutable;
using Crm.Chemistry;
using Crm.Chemistry.Crystallisation;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Twin.Faults;

namespace Crm.Twin.Equipment;

/// <summary>
/// Pressure filter: the holdup is the cake with its liquor. Darcy resistance, by the size of the crystals in the cake, limits the feed, liquor beyond the cake's retention leaves as
/// filtrate to where the divert valve points, washing displaces with 1-exp(-n R).
/// </summary>
internal sealed class Filter : UnitModel
{
    public static readonly string[] Roles = ["pressure", "filtrate_flow", "wash_flow", "cake_mass", "temperature"];

    private const double Passing = 1e-4;        // share of the solids that goes through the cloth [G]
    private const double CoolingTime = 3600;    // s, cake in its frame [G]
    private const double Heel = 0.03;           // L held by an empty filter
    private const double Exchange = 900;        // s in which the liquor of the open pores has been between the crystals [G], set so that washing costs what it did
    private const double Clinging = 0.125;      // fine cakes hold more liquor and wash worse, power of their fineness [G]

    private readonly int divert, airValve;
    private readonly double area, resistance, medium, retention, washIndex, highest, blown;
    private readonly ImmutableArray<string> destinations;
    private double blocked = 1, cracked, open = 1, fineness = 1, clinging = 1, feedLitres, washLitres, outLitres, pending;

    public Filter(EquipmentDefinition definition, RigDefinition rig, double ambient)
        : base(definition, rig, Roles)
    {
        divert = Output("divert");
        airValve = Output("air_valve");
        area = Option("area", 0.25);
        resistance = 1e9 * Option("resistance", 100);
        medium = 1e9 * Option("medium", 30);
        retention = Option("retention", 0.8);
        washIndex = Option("wash_index", 1.5);
        highest = Option("pressure", 4);
        blown = Option("blown", 0.6);
        destinations = Listed("destinations");
        Holdup.Temperature = ambient;
    }

    public override double Admits(string port) => highest * 1e5 / Drag(IsWash(port)) * 3.6e6;

    /// <summary>Pa per m3/s: viscosity over area times resistance.</summary>
    private double Drag(bool wash) => blocked * 1e-3 / area * (wash && cracked > 0 ? 1 / ((1 - cracked) / Whole + cracked / medium) : Whole);

    /// <summary>Medium and cake, 1/m. In the cracks the medium alone resists; wash finds them, slurry fills them.</summary>
    private double Whole => medium + resistance * fineness * Holdup.SolidMass / area;

    /// <summary>Share of the wash that goes through the cracks and displaces nothing.</summary>
    private double Lost => cracked <= 0 ? 0 : cracked / medium / ((1 - cracked) / Whole + cracked / medium);

    public override void Suffer(FaultKind kind, double size)
    {
        if (kind == FaultKind.UnitBlocked) blocked = size;
        if (kind == FaultKind.UnitCracked) cracked = size;
    }

    private static bool IsWash(string port) => port.StartsWith("wash", StringComparison.Ordinal);

    private double Retained => Heel + retention * clinging * open * Holdup.SolidMass;

    public override void Accept(Works works, Mixture parcel, string port, double dt)
    {
        open = 1;
        if (IsWash(port))
        {
            washLitres += parcel.LiquorVolume;
            Wash(works, parcel, dt);
            return;
        }
        feedLitres += parcel.Volume;
        Mixture through = new() { Temperature = parcel.Temperature };
        parcel.MoveTo(through, 0, Passing);
        parcel.MoveTo(Holdup, 1, 1);
        Drain(works, through, dt);
    }

    /// <summary>Water put on the cake pushes out more solute than its volume would when well mixed: index n above 1.</summary>
    private void Wash(Works works, Mixture wash, double dt)
    {
        double held = Holdup.LiquorVolume, water = wash.LiquorVolume * (1 - Lost);
        Mixture filtrate = new() { Temperature = Holdup.Temperature };
        double missing = Math.Max(0, Retained - held);
        double acting = Math.Max(0, water - missing);
        if (held > 1e-6 && acting > 0)
        {
            double part = 1 - Math.Exp(-washIndex / clinging * acting / held);
            Holdup.MoveTo(filtrate, part, 0);
        }
        wash.MoveTo(Holdup, 1, 1);
        double back = Math.Min(Math.Max(0, Retained - Holdup.LiquorVolume) / 0.01802, 0.95 * filtrate.Aq[Aqueous.H2O]);
        filtrate.MoveOne(Holdup, Aqueous.H2O, back);
        Drain(works, filtrate, dt);
    }

    private void Drain(Works works, Mixture filtrate, double dt)
    {
        double held = Holdup.LiquorVolume, excess = held - Retained;
        if (excess > 0) Holdup.MoveTo(filtrate, Math.Min(1, excess / held), 0);
        double litres = filtrate.Volume;
        if (litres <= 0 || destinations.Length == 0)
        {
            filtrate.MoveTo(Holdup, 1, 1);
            return;
        }
        outLitres += litres;
        int position = Math.Clamp((int)Math.Round(works.Pin(divert)), 0, destinations.Length - 1);
        works.Send(destinations[position], filtrate, "filtrate", dt);
    }

    public override void Step(Works works, double dt)
    {
        bool air = works.Pin(airValve) > 0.5;
        if (air)
        {
            open += (blown - open) * (1 - Math.Exp(-dt / 90));
            if (Holdup.LiquorVolume > Retained + 1e-4) Drain(works, new Mixture { Temperature = Holdup.Temperature }, dt);
        }
        fineness = CrystalSizes.Fineness(Holdup);
        clinging = fineness == 1 ? 1 : Math.Pow(fineness, Clinging);
        pending += dt;
        if (pending >= 10) Equilibrate(works);
        double flow = (feedLitres + washLitres) / dt / 1000;
        double target = 1.0 + Math.Max(Drag(washLitres > 0) * flow / 1e5, air ? 1.5 : 0);
        Values[0] += (target - Values[0]) * (1 - Math.Exp(-dt / 3));
        Values[1] = outLitres / dt * 3600;
        Values[2] = washLitres / dt * 3600;
        Values[3] = Holdup.Mass;
        Values[4] = Holdup.Temperature;
        feedLitres = washLitres = outLitres = 0;
        Moved = 0;
    }

    /// <summary>Soluble crystals dissolve into the wash liquor: washing costs product.</summary>
    private void Equilibrate(Works works)
    {
        Drift(works, Holdup, 0, 1, CoolingTime, pending);
        double soluble = Holdup.Solid[Solid.GeO2];
        foreach (CrystalKinetics crystal in CrystalKinetics.All) soluble += Holdup.Solid[crystal.Solid];
        if (soluble > 1e-6 && Holdup.Water > 0.01) Dissolve(works);
        pending = 0;
    }

    private void Dissolve(Works works)
    {
        double before = Sensible, heat = 0;
        if (Holdup.Solid[Solid.GeO2] > 0) heat = GermaniumSolids.Step(Holdup, Speciation.Of(Holdup), pending, true);
        Mixture between = new() { Temperature = Holdup.Temperature };
        Holdup.MoveTo(between, 1 - Math.Exp(-pending / Exchange), 1);
        heat += Salts.Step(between, Speciation.Of(between), pending, 1, SaltTrim.AsTabled, 0);
        between.MoveTo(Holdup, 1, 1);
        works.Heat.Book(HeatFlow.Crystallisation, heat);
        Hold(before + heat);
    }
}
