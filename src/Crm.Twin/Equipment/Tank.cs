using Crm.Chemistry;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Twin.Kinetics;

namespace Crm.Twin.Equipment;

/// <summary>Unstirred tank; may overflow into another and may take make-up water. Degassing of its contents is done by the degasser.</summary>
internal sealed class Tank : UnitModel
{
    public static readonly string[] Roles = ["level", "conductivity", "temperature", "ph", "makeup_total", "organic_volume"];

    private const double CoolingTime = 7200;        // s, standing tank [G]

    private readonly int makeupValve;
    private readonly double makeupFlow, overflowAt;
    private readonly string? overflowTo;
    private double sinceShown = 60, made;

    public Tank(EquipmentDefinition definition, RigDefinition rig, double ambient)
        : base(definition, rig, Roles)
    {
        makeupValve = Output("makeup_valve");
        makeupFlow = Option("makeup_flow", 300);
        overflowTo = Named("overflow");
        overflowAt = Option("overflow_at", 0.95 * GrossVolume);
        Holdup.Temperature = ambient;
        Holdup.Aq[Aqueous.H2O] = Option("initial", 0) * Water.Density(ambient) / Aqueous.Mass[Aqueous.H2O];
        if (Option("organic", 0) > 0) Holdup.Organic = Fresh(definition, Named("extractant") is { } name ? CationExchanger.Find(name) : null, Option("organic", 0));
    }

    /// <summary>mol of each component of fresh organic, by the unit's options.</summary>
    public static double[] Fresh(EquipmentDefinition definition, CationExchanger? exchanger, double litres)
    {
        double Part(string option, double otherwise) => definition.Numbers.GetValueOrDefault(option, otherwise);
        return exchanger is null
            ? ExtractionStage.FreshOrganic(litres, Part("amine", 0.2), Part("modifier", 0.05))
            : ExtractionStage.FreshOrganic(litres, exchanger.Acid, Part("extractant_share", 0.2), Part("modifier", 0.05));
    }

    public override double Admits(string port) => overflowTo is not null ? double.MaxValue : base.Admits(port);

    public override void Step(Works works, double dt)
    {
        double open = works.PinShare(makeupValve);
        if (open > 0 && Holdup.Volume < GrossVolume)
        {
            double mol = works.TakeWater(open * makeupFlow / 3600 * dt);
            Mixture fresh = new() { Temperature = works.Ambient };
            fresh.Aq[Aqueous.H2O] = mol;
            made += fresh.Volume;
            works.Heat.Book(HeatFlow.Supplies, fresh.Enthalpy);
            Accept(works, fresh, "makeup_valve", dt);
        }
        if (overflowTo is not null && Holdup.Volume > overflowAt) works.Send(overflowTo, Draw(Holdup.Volume - overflowAt), "overflow", dt);
        Drift(works, Holdup, 0, 1, CoolingTime, dt);
        sinceShown += dt;
        Values[0] = Holdup.Volume;
        Values[2] = Holdup.Temperature;
        Values[4] = made;
        Values[5] = Holdup.OrganicVolume;
        if (Moved > 0 && sinceShown >= 5 || sinceShown >= 60) Show();
        Moved = 0;
    }

    private void Show()
    {
        sinceShown = 0;
        bool wet = Holdup.LiquorVolume > 0.2;
        Speciation s = wet ? Speciation.Of(Holdup) : default;
        Values[3] = wet ? s.Ph : 7;
        Values[1] = wet ? Solution.Conductivity(Holdup, s.Ph) : 0;
    }
}

/// <summary>Blows air through the contents of one tank and drives dissolved CO2 out.</summary>
internal sealed class Degasser : UnitModel
{
    public static readonly string[] Roles = ["ph", "running", "flow"];

    private readonly int blower;
    private readonly string? tank;
    private double[] gas = new double[Gas.Count];
    private double pending;

    public Degasser(EquipmentDefinition definition, RigDefinition rig)
        : base(definition, rig, Roles)
    {
        blower = Output("blower");
        tank = Named("tank");
        Values[0] = 7;
    }

    public override void Step(Works works, double dt)
    {
        double on = works.PinShare(blower);
        Values[1] = on > 0.05 ? 1 : 0;
        Values[2] = on * Option("air_flow", 5);
        pending += dt;
        if (tank is null || pending < 10) return;
        UnitModel treated = works.Of(tank);
        Mixture m = treated.Holdup;
        if (m.LiquorVolume > 0.5)
        {
            Speciation s = Speciation.Of(m);
            Array.Clear(gas);
            double excess = Math.Max(0, s.CarbonDioxide - 1.3e-5) * m.Water, before = treated.Sensible, heat = 0;
            if (on > 0.05) heat = Rates.Run(Reactions.CarbonDioxideOut, m, gas, excess * (1 - Math.Exp(-pending * on / 300)));
            works.Heat.Book(HeatFlow.Reactions, heat);
            treated.Close(works, before, heat, gas);
            works.Vent(Unit, gas, pending, true);
            Values[0] = s.Ph;
        }
        pending = 0;
    }

    protected override void CopyState() => gas = new double[Gas.Count];
}
