using Crm.Chemistry;
using Crm.Chemistry.Crystallisation;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Twin.Faults;
using Crm.Twin.Kinetics;

namespace Crm.Twin.Equipment;

/// <summary>
/// Agitated, jacketed vessel: leaching, neutralisation, crystallisation, carbonation, evaporation. One solution chemistry for all duties;
/// options say how it is heated, cooled, sparged and where its vapour goes.
/// </summary>
internal sealed class StirredVessel : UnitModel
{
    private const int Temperature = 0, Jacket = 1, Ph = 2, Orp = 3, Level = 4, Speed = 5, Current = 6, Vent = 7, Foam = 8, Cooling = 9, Conductivity = 10,
        Density = 11, Condensate = 12, CarbonDioxide = 13, Pressure = 14, Feed = 15, HeaterPower = 16, ContentMass = 17, GasScale = 18, Supersaturation = 19, Turbidity = 20, CrystalSize = 21;

    private const double WallShare = 0.5;           // of the way from contents to jacket, where liquor and wall touch: films of equal resistance [G]

    public static readonly string[] Roles =
    [
        "temperature", "jacket_temperature", "ph", "orp", "level", "agitator_speed", "agitator_current", "vent_flow", "foam", "cooling_flow", "conductivity",
        "density", "condensate_flow", "co2_flow", "pressure", "feed_flow",
        "heater_power", "mass", "co2_scale", "supersaturation", "turbidity", "crystal_size",
    ];

    private readonly int agitator, heater, cooling, co2Valve;
    private double scaled = 1;
    private WallScale scale = new();
    private readonly double heaterPower, jacketUa, jacketHeat, vesselHeat, lossUa, coolingFlow, coolingTemperature, co2Full, sweep, purge, stirredAbove, reactionRate, scaling;
    private readonly bool covered, pulsed, showsCrystals, showsSize;
    private readonly SaltTrim salts;
    private readonly string? condensateTo, compressor;
    private readonly Recompression? recompression;
    private double[] gas = new double[Gas.Count];
    private const double Condensed = 60;            // degC behind the condenser, at most [G]
    private const double JacketLoss = 2;            // W/K, jacket to the hall [G]

    private double heated, recovered, pending, jacket, rpm, boilOff, gasRate, foamIndex, inflow;
    private double lastPh = 7;

    public StirredVessel(EquipmentDefinition definition, RigDefinition rig, double ambient)
        : base(definition, rig, Roles)
    {
        agitator = Output("agitator");
        heater = Output("heater");
        // A relay gives its heat in pulses shorter than a coarse step.
        pulsed = heater >= 0 && rig.Outputs[heater].IsSwitch;
        cooling = Output("cooling");
        co2Valve = Output("co2_valve");
        heaterPower = Option("heater_power", 4000);
        jacketUa = Option("jacket_ua", 180);
        jacketHeat = Option("jacket_heat", 30e3);
        vesselHeat = Option("vessel_heat", 15e3);
        lossUa = Option("loss_ua", 3);
        coolingFlow = Option("cooling_flow", 10);
        coolingTemperature = Option("cooling_temperature", double.NaN);
        co2Full = Option("co2_flow", 0);
        sweep = Option("sweep", 0);
        purge = Option("purge", 2);
        stirredAbove = Option("stirred_above", 30);
        covered = Option("covered", 1) > 0;
        reactionRate = Option("reaction_rate", 1);
        scaling = Option("scaling", 1);
        salts = new SaltTrim(Option("crystal_rate", 1), Option("inclusion", 1), Option("solubility", 1));
        condensateTo = Named("condensate");
        compressor = Named("compressor");
        recompression = Option("compression", 1) > 1 ? new Recompression(Option("compression", 1), Option("compressor_efficiency", 0.75)) : null;
        showsCrystals = rig.Tag(definition.Unit, "supersaturation") >= 0;
        showsSize = rig.Tag(definition.Unit, "crystal_size") >= 0;
        jacket = ambient;
        Values[Temperature] = Values[Jacket] = ambient;
        Values[Ph] = 7;
        Values[Orp] = 200;
        Values[Density] = 1;
        Values[Pressure] = 1.013;
        Holdup.Temperature = ambient;
    }

    public override bool Suspends => rpm >= stirredAbove || agitator < 0;

    private bool Stirred => Suspends;

    public override void Step(Works works, double dt)
    {
        rpm += (works.Pin(agitator) - rpm) * (1 - Math.Exp(-dt / 2.0));
        pending += dt;
        double power = HeaterWatts(works);
        bool compresses = compressor is null || works.Of(compressor) is Compressor { Compresses: true };
        double drawn = compresses && recompression is not null ? recompression.Electricity(power, Values[Condensate] / 3600, Holdup.Temperature, jacket) : power;
        heated += power * dt;
        recovered += (power - drawn) * dt;
        double co2 = works.PinShare(co2Valve) * co2Full;
        double wanted = Moved > 0 || pulsed || co2 > 0 || foamIndex > 0.1 ? 1 : rpm > 5 || jacket > works.Ambient + 3 ? 2 : 10;
        if (pending >= wanted - 1e-9)
        {
            Integrate(works, pending, co2);
            pending = heated = recovered = 0;
        }
        Values[Level] = Holdup.Volume;
        Values[Speed] = rpm;
        Values[ContentMass] = Holdup.Mass;
        Values[Feed] = inflow * 3600 / dt;
        Values[GasScale] = works.Stores.CarbonDioxideMass;
        Values[HeaterPower] = power / 1000;
        works.Use(drawn + 1e-5 * rpm * rpm * rpm);
        inflow = 0;
        Moved = 0;
    }

    private void Integrate(Works works, double dt, double co2)
    {
        Array.Clear(gas);
        boilOff = 0;
        double before = Sensible, heat = 0;
        if (Holdup.Water > 0.02)
        {
            Speciation s = Speciation.Of(Holdup);
            heat = React(works, s, dt, co2);
            lastPh = Speciation.Of(Holdup).Ph;
        }
        Close(works, before, heat, gas);
        Heat(works, dt);
        Evaporate(works, dt);
        double made = 0;
        foreach (int i in Gas.Bubbles) made += gas[i];
        gasRate = made / dt;
        works.Vent(Unit, gas, dt, covered);
        Show(works, dt, co2);
    }

    private double React(Works works, Speciation s, double dt, double co2)
    {
        double alkali = Math.Max(0, -Holdup.Aq[Aqueous.H]);
        double heat = LeachKinetics.Step(Holdup, s, reactionRate * dt, Stirred, gas) + MineralLeach.Step(Holdup, s, reactionRate * dt, Stirred, gas);
        if (Hydroxides.Step(Holdup, dt, Stirred, out double hydroxides)) s = Speciation.Of(Holdup);
        double hydroxide = Math.Max(0, -Holdup.Aq[Aqueous.H]);
        double crystals = Salts.Step(Holdup, s, dt, Stirred ? 1 : 6, salts, agitator < 0 ? 1 : Stirred ? rpm / CrystalKinetics.UsualSpeed : 0), brought = 0;
        crystals += scale.Step(Holdup, s, Holdup.Temperature + WallShare * (jacket - Holdup.Temperature), jacketUa * Wetted, scaling, salts, dt);
        alkali -= hydroxide - Math.Max(0, -Holdup.Aq[Aqueous.H]);      // what crystallised as hydroxide has met no proton
        Oxyanions.Step(Holdup, s, dt, Stirred ? 1 : 6);
        if (s.Ammonia > 0) heat += GasTransfer.StripAmmonia(Holdup, s, (purge + sweep) / 60 / 24 * dt, gas);
        heat += ResidueKinetics.Step(Holdup, s, reactionRate * dt, Stirred, gas);
        heat += GermaniumSolids.Step(Holdup, s, dt, Stirred);
        if (Holdup.Aq[Aqueous.Cl] + Holdup.Aq[Aqueous.GeCl4] > 1e-6) heat += Chlorides.Step(Holdup, s, dt, Stirred, gas);
        if (co2 > 0)
        {
            double supplied = works.TakeCarbonDioxide(co2 * dt / 60 / 24.0);    // L/min at 20 degC, 24 L/mol
            brought = Gas.HeatCapacity[Gas.CO2] * supplied * (works.Ambient - PhysicalConstants.StandardTemperature);
            heat += GasTransfer.Sparge(Holdup, s, supplied, 1 + Option("overpressure", 0), Stirred, dt, gas);
        }
        else if (Holdup.Aq[Aqueous.CO3] > 1e-9)
        {
            heat += GasTransfer.Strip(Holdup, s, Stirred, dt, gas);
        }
        if (Holdup.Aq[Aqueous.F] > 1e-9) heat += GasTransfer.ReleaseFluoride(Holdup, s, dt, gas);
        heat += hydroxides + PhysicalConstants.Neutralisation * (alkali - Math.Max(0, -Holdup.Aq[Aqueous.H]));
        works.Heat.Book(HeatFlow.Reactions, heat);
        works.Heat.Book(HeatFlow.Crystallisation, crystals);
        works.Heat.Book(HeatFlow.Supplies, brought);
        return heat + crystals + brought;
    }

    protected override double WallHeat => vesselHeat + scale.HeatCapacity;

    public override double HeatHeld => Sensible + jacketHeat * (jacket - PhysicalConstants.StandardTemperature);

    public override void Accept(Works works, Mixture parcel, string port, double dt)
    {
        inflow += parcel.Volume;
        base.Accept(works, parcel, port, dt);
    }

    public override void Suffer(FaultKind kind, double size)
    {
        if (kind == FaultKind.UnitScaled) scaled = size;
    }

    /// <summary>The heater's own limiter opens at 190 degC in the jacket.</summary>
    private double HeaterWatts(Works works) => jacket < 190 ? works.PinShare(heater) * heaterPower : 0;

    /// <summary>Wall in touch with the contents over that of the half-full vessel.</summary>
    private double Wetted => Math.Clamp(Holdup.Volume / (0.5 * GrossVolume), 0.08, 1);

    public override void AddHidden(double[] kg) => scale.AddElements(kg);

    /// <summary>Jacket against contents with their wall; sweep and purge leave with the contents' temperature.</summary>
    private void Heat(Works works, double dt)
    {
        double flow = works.PinShare(cooling) * coolingFlow * works.CoolingShare;
        double coolant = double.IsNaN(coolingTemperature) ? works.CoolingTemperature : coolingTemperature;
        double shaft = Impeller.Watts(rpm, GrossVolume, Holdup.Mass), swept = (sweep + purge) / 60 * Gas.AirHeat, hall = works.Ambient;
        double wetted = jacketUa / (scaled * scale.Resistance(jacketUa)) * Wetted * (Stirred ? 1 : 0.35);
        double carried = flow / 60 * 4180 * 0.8;        // W/K, 0.8 of the coolant's approach used
        (jacket, Holdup.Temperature) = Body.Step(
            new Body(jacketHeat, jacket, heated / dt + carried * coolant + JacketLoss * hall, carried + JacketLoss),
            new Body(Capacity, Holdup.Temperature, shaft + (lossUa + swept) * hall, lossUa + swept), wetted, dt);
        works.Heat.Book(HeatFlow.Heaters, heated - recovered);
        works.Heat.Book(HeatFlow.Condenser, recovered);
        works.Heat.Book(HeatFlow.Work, shaft * dt);
        works.Heat.Book(HeatFlow.Coolant, carried * (coolant - jacket) * dt);
        works.Heat.Book(HeatFlow.Hall, (JacketLoss * (hall - jacket) + lossUa * (hall - Holdup.Temperature)) * dt);
        works.Heat.Book(HeatFlow.Vent, swept * (hall - Holdup.Temperature) * dt);
        Values[Cooling] = flow;
    }

    private void Evaporate(Works works, double dt)
    {
        if (Holdup.Water < 0.05) return;
        double ions = Aqueous.Ions(Holdup.Aq) / Holdup.Water;
        double boiling = Water.BoilingPoint(ions);
        double mol = 0;
        if (sweep > 0 && Holdup.Temperature > 40) mol = GasTransfer.Sweep(Holdup, sweep / 60 / 24 * dt, 1 / (1 + 0.018 * ions));
        double before = Sensible, warm = Gas.HeatCapacity[Gas.H2O] * (Holdup.Temperature - PhysicalConstants.StandardTemperature);
        double leaves = warm - Reactions.Evaporation.Heat, left = Aqueous.HeatCapacity[Aqueous.H2O] * (boiling - PhysicalConstants.StandardTemperature);     // J/mol, vapour and what it would have held as liquor
        mol = Math.Max(mol, Capacity * (Holdup.Temperature - boiling) / (leaves - left));
        if (mol <= 0) return;
        double done = Reactions.Evaporation.Apply(Holdup, gas, Math.Min(mol, 0.3 * Holdup.Aq[Aqueous.H2O]));
        Hold(before - done * leaves);
        boilOff = done;
        if (condensateTo is null)
        {
            works.Heat.Book(HeatFlow.Evaporation, done * Reactions.Evaporation.Heat);
            works.Heat.Book(HeatFlow.Vent, -done * warm);
            return;
        }
        gas[Gas.H2O] -= done;
        Mixture condensate = new() { Temperature = Holdup.Temperature };
        double mist = 3e-5 * done * 0.018 / Math.Max(Holdup.LiquorMass, 1e-6);      // entrained liquor, mass ratio [G]
        Holdup.MoveTo(condensate, Math.Min(mist, 0.1), 0, 0);
        double vapour = condensate.Enthalpy + done * leaves;
        condensate.Aq[Aqueous.H2O] += done;
        condensate.Temperature = Math.Min(condensate.Temperature, Condensed);
        works.Heat.Book(HeatFlow.Condenser, condensate.Enthalpy - vapour);
        works.Send(condensateTo, condensate, "condensate", dt);
    }

    private void Show(Works works, double dt, double co2)
    {
        bool wet = Holdup.LiquorVolume > 0.3;
        double gasLitres = gasRate * 60 * 24 * (Holdup.Temperature + 273.15) / 293.15;
        foamIndex += (gasLitres / Math.Max(5, Holdup.Volume) - foamIndex) * (1 - Math.Exp(-dt / 30));
        Values[Temperature] = Holdup.Temperature;
        Values[Jacket] = jacket;
        Values[Ph] = wet ? lastPh : 7;
        Values[Orp] = wet ? Solution.Redox(Holdup, lastPh) : 200;
        double fill = Math.Clamp(Holdup.Volume / GrossVolume, 0, 1);
        Values[Current] = rpm <= 1 ? 0 : 0.25 + 1.6e-5 * rpm * rpm * (0.2 + fill * (1 + Holdup.SolidMass / Math.Max(1, Holdup.Mass)));
        Values[Vent] = (covered ? purge : 0) + gasLitres;
        Values[Foam] = foamIndex > 1.0 ? 1 : 0;
        Values[Conductivity] = wet ? Solution.Conductivity(Holdup, lastPh) : 0;
        Values[Density] = wet ? Holdup.LiquorMass / Holdup.LiquorVolume : 1;
        Values[Condensate] = boilOff * 0.018 / dt * 3600;
        Values[CarbonDioxide] = co2;
        if (showsCrystals) ShowCrystals(wet);
        if (showsSize) Values[CrystalSize] = wet ? 1e6 * CrystalSizes.MassMean(Holdup) : 0;
        Values[Pressure] = 1.013 + 0.02 * Math.Min(gasLitres / 50, 2) + (co2 > 0 ? Option("overpressure", 0) : 0);
    }

    private void ShowCrystals(bool wet)
    {
        Values[Supersaturation] = wet ? Salts.Furthest(Holdup, Speciation.Of(Holdup)) : 0;
        Values[Turbidity] = wet ? 100 * (1 - Math.Exp(-40 * Holdup.SolidVolume / Math.Max(Holdup.Volume, 1e-6))) : 0;
    }

    protected override void CopyState()
    {
        gas = new double[Gas.Count];
        scale = scale.Copy();
    }
}
