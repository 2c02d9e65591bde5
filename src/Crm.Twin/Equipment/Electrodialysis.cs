using Crm.Chemistry;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Twin.Faults;
using Crm.Twin.Models;

namespace Crm.Twin.Equipment;

/// <summary>
/// Stack of bipolar membrane electrodialysis with its rectifier: brine, acid and base are pumped through compartments of their own and run back to where they came from. The holdup is the electrode rinse,
/// whose water goes off as hydrogen and oxygen; chloride does not come to the electrodes.
/// </summary>
internal sealed class Electrodialysis : UnitModel
{
    public static readonly string[] Roles =
        ["current", "voltage", "power", "brine_flow", "acid_flow", "base_flow", "brine_conductivity", "acid_conductivity", "base_conductivity", "temperature", "charge", "rinse_level"];

    private const int Brine = 0, Acid = 1, Base = 2;
    private const double CoolingTime = 1800;        // s, membranes and frames lose little [G]
    private const double Rise = 2;                  // s, rectifier
    private const double Look = 5;                  // s between two states of the stack
    private const double TornTime = 20;             // s in which a wholly torn membrane would mix acid and base [G]

    private static readonly string[] Ports = ["brine_pump", "acid_pump", "base_pump"];
    private static readonly double Drag = LawConstants.Of("bipolar electrodialysis", "drag");

    private readonly int rectifier;
    private readonly double held, highest;
    private readonly BipolarStack sound;
    private readonly string?[] back;
    private Mixture[] compartments;
    private double[] litres = new double[3], gas = new double[Gas.Count];
    private BipolarLiquors liquors;
    private BipolarFluxes fluxes;
    private double asked, pending, sinceLook = Look, fouled, torn, charge;

    public Electrodialysis(EquipmentDefinition definition, RigDefinition rig, double ambient)
        : base(definition, rig, Roles)
    {
        rectifier = Output("rectifier");
        held = Option("compartment", 0.3);
        highest = Option("voltage", 30);
        sound = new BipolarStack((int)Option("triplets", 10), Option("area", 0.05), Option("resistance", 2.65e-3), Option("gap", 7.6e-4));
        back = [Named("brine"), Named("acid"), Named("base")];
        compartments = [.. Enumerable.Range(0, 3).Select(_ => Water(held, ambient))];
        Water(Option("rinse", 3), ambient).MoveTo(Holdup, 1, 1);
        Holdup.Temperature = ambient;
        Values[9] = ambient;
    }

    private static Mixture Water(double litres, double ambient)
    {
        Mixture water = new() { Temperature = ambient };
        water.Aq[Aqueous.H2O] = litres * Crm.Chemistry.Water.Density(ambient) / Aqueous.Mass[Aqueous.H2O];
        return water;
    }

    /// <summary>Fouled membranes conduct less.</summary>
    private BipolarStack Stack => fouled > 0 ? sound with { Resistance = sound.Resistance / Math.Max(1 - fouled, 0.01) } : sound;

    public override double Admits(string port) => double.MaxValue;

    public override void Suffer(FaultKind kind, double size)
    {
        if (kind == FaultKind.UnitFouled) fouled = size;
        if (kind == FaultKind.UnitTorn) torn = size;
    }

    public override void Accept(Works works, Mixture parcel, string port, double dt)
    {
        int k = Math.Max(0, Array.IndexOf(Ports, port));
        litres[k] += parcel.Volume;
        Moved += parcel.Volume;
        Mixture here = compartments[k];
        parcel.MoveTo(here, 1, 1);
        double over = here.Volume - held;
        if (over <= 0 || back[k] is not { } tank) return;
        Mixture returned = new() { Temperature = here.Temperature };
        here.MoveTo(returned, over / here.Volume, over / here.Volume);
        works.Send(tank, returned, "return", dt);
    }

    /// <summary>The three liquors, as a drain of their lines would give them; the rinse of the electrodes is none of them.</summary>
    public override Mixture Standing()
    {
        Mixture all = new();
        foreach (Mixture m in compartments) m.Copy().MoveTo(all, 1, 1);
        return all;
    }

    /// <summary>The three liquors; the rinse of the electrodes stays.</summary>
    public override void Drain(Mixture into)
    {
        foreach (Mixture m in compartments) m.MoveTo(into, 1, 1);
    }

    public override void Step(Works works, double dt)
    {
        asked += (works.Pin(rectifier) - asked) * (1 - Math.Exp(-dt / Rise));
        sinceLook += dt;
        if (sinceLook >= Look) Observe();
        double current = asked > 0.01 && Wet ? Stack.Current(asked, highest, liquors) : 0, volts = Stack.Voltage(current, liquors);
        pending += dt;
        if (current > 0) Pass(works, current, volts, dt);
        if (torn > 0) Tear(works, dt);
        foreach (Mixture m in compartments) Drift(works, m, 0, 1.0 / 3, CoolingTime, dt);
        charge += current * dt / 3600;
        Values[0] = current;
        Values[1] = current > 0 ? volts : asked > 0.01 ? highest : 0;
        Values[2] = current * volts / 1000;
        for (int k = 0; k < 3; k++) Values[3 + k] = litres[k] / dt * 3600;
        Values[9] = compartments.Max(m => m.Temperature);
        Values[10] = charge;
        Values[11] = Holdup.Volume;
        works.Use(current * volts);
        Array.Clear(litres);
        Moved = 0;
    }

    private bool Wet => compartments.All(m => m.LiquorVolume > 0.3 * held) && Holdup.LiquorVolume > 0.1;

    /// <summary>Strengths and conductivities, as the last step has left them.</summary>
    private void Observe()
    {
        sinceLook = 0;
        double[] conducts = new double[3];
        for (int k = 0; k < 3; k++) conducts[k] = Values[6 + k] = compartments[k].LiquorVolume > 0.3 * held ? Solution.Conductivity(compartments[k], Speciation.Of(compartments[k]).Ph) : 0;
        liquors = new(Salt(compartments[Brine]), Free(compartments[Acid], 1), Free(compartments[Base], -1), conducts[Brine], conducts[Acid], conducts[Base]);
    }

    /// <summary>eq/L of cations other than the proton.</summary>
    private static double Salt(Mixture m)
    {
        double sum = 0;
        for (int i = Aqueous.Li; i < Aqueous.Count; i++) sum += Math.Max(0, Aqueous.Charge[i]) * Math.Max(0, m.Aq[i]);
        return sum / Math.Max(m.LiquorVolume, 1e-9);
    }

    private static double Free(Mixture m, int sign) => Math.Max(0, sign * m.Aq[Aqueous.H]) / Math.Max(m.LiquorVolume, 1e-9);

    /// <summary>Moves what the current carries; what it spends beyond the splitting of water warms the liquors.</summary>
    private void Pass(Works works, double current, double volts, double dt)
    {
        fluxes = Stack.Fluxes(current, liquors);
        (Mixture brine, Mixture acid, Mixture caustic) = (compartments[Brine], compartments[Acid], compartments[Base]);
        double before = compartments.Sum(m => m.Enthalpy), free = Unmixed();
        double cations = Carry(brine, caustic, 1, fluxes.Cations * dt), anions = Carry(brine, acid, -1, fluxes.Anions * dt);
        double across = 0.5 * fluxes.Salt * dt, crossed = Carry(caustic, acid, 1, across), crossing = Carry(acid, caustic, -1, across);
        // What keeps each liquor neutral: protons are what the cations and anions have left behind (OH- is water less a proton, so a proton moved the other way is the same).
        Move(caustic, acid, Aqueous.H, cations - crossed - crossing);
        Move(acid, brine, Aqueous.H, cations - anions);
        double heat = current * volts * dt - PhysicalConstants.Neutralisation * (Unmixed() - free);
        double capacity = compartments.Sum(m => m.HeatCapacity), now = compartments.Sum(m => m.Enthalpy);
        foreach (Mixture m in compartments) m.Temperature += (before + heat - now) / Math.Max(capacity, 1e-9);
        works.Heat.Book(HeatFlow.Work, heat);
        Electrolyse(works, current, dt);
    }

    /// <summary>mol of acid and base that would neutralise each other if they met: half of what all hold.</summary>
    private double Unmixed() => 0.5 * (compartments.Sum(m => Math.Abs(m.Aq[Aqueous.H])) - Math.Abs(compartments.Sum(m => m.Aq[Aqueous.H])));

    /// <summary>Ions of one sign from one liquor to another in proportion to what each conducts, with the water they drag along.</summary>
    /// <returns>eq that went.</returns>
    private static double Carry(Mixture from, Mixture to, int sign, double equivalents)
    {
        double conducts = 0, there = 0;
        for (int i = Aqueous.H; i < Aqueous.Count; i++)
        {
            if (Aqueous.Charge[i] * sign <= 0 || from.Aq[i] <= 0) continue;
            conducts += Aqueous.Conductance[i] * from.Aq[i];
            there += Math.Abs(Aqueous.Charge[i]) * from.Aq[i];
        }
        double wanted = Math.Min(equivalents, 0.5 * there), went = 0;
        if (wanted <= 0 || conducts <= 0) return 0;
        for (int i = Aqueous.H; i < Aqueous.Count; i++)
        {
            if (Aqueous.Charge[i] * sign <= 0 || from.Aq[i] <= 0) continue;
            double valence = Math.Abs(Aqueous.Charge[i]), moved = Math.Min(wanted * Aqueous.Conductance[i] * from.Aq[i] / conducts / valence, 0.9 * from.Aq[i]);
            Move(from, to, i, moved);
            went += moved * valence;
        }
        Move(from, to, Aqueous.H2O, Math.Min(Drag * went, 0.01 * from.Aq[Aqueous.H2O]));
        return went;
    }

    private static void Move(Mixture from, Mixture to, int component, double mol)
    {
        from.Aq[component] -= mol;
        to.Aq[component] += mol;
    }

    /// <summary>One pair of electrodes for the whole stack: water of the rinse to hydrogen and oxygen, drawn off to the scrubber.</summary>
    private void Electrolyse(Works works, double current, double dt)
    {
        double before = Sensible, mol = Math.Min(current * dt / (2 * BipolarStack.Faraday), 0.5 * Holdup.Aq[Aqueous.H2O]);
        Array.Clear(gas);
        Holdup.Aq[Aqueous.H2O] -= mol;
        gas[Gas.H2] = mol;
        gas[Gas.O2] = 0.5 * mol;
        Close(works, before, 0, gas);
        works.Vent(Unit, gas, dt, covered: true);
    }

    /// <summary>A torn bipolar membrane lets acid and base through to each other.</summary>
    private void Tear(Works works, double dt)
    {
        double part = 0.5 * (1 - Math.Exp(-torn * dt / TornTime)), free = Unmixed();
        Mixture acid = new() { Temperature = compartments[Acid].Temperature }, caustic = new() { Temperature = compartments[Base].Temperature };
        compartments[Acid].MoveTo(acid, part, part);
        compartments[Base].MoveTo(caustic, part, part);
        acid.MoveTo(compartments[Base], 1, 1);
        caustic.MoveTo(compartments[Acid], 1, 1);
        double heat = PhysicalConstants.Neutralisation * (free - Unmixed()), capacity = compartments.Sum(m => m.HeatCapacity);
        foreach (Mixture m in compartments) m.Temperature += heat / Math.Max(capacity, 1e-9);
        works.Heat.Book(HeatFlow.Reactions, heat);
    }

    /// <summary>What the current moves now, for tests.</summary>
    internal BipolarFluxes Now => fluxes;

    public override void AddHidden(double[] kg)
    {
        foreach (Mixture m in compartments) m.AddElements(kg);
    }

    public override double HeatHeld => Sensible + compartments.Sum(m => m.Enthalpy);

    public override double HiddenCharge => compartments.Sum(m => m.ChargeMol);

    protected override void CopyState()
    {
        compartments = [.. compartments.Select(m => m.Copy())];
        litres = (double[])litres.Clone();
        gas = new double[Gas.Count];
    }
}
