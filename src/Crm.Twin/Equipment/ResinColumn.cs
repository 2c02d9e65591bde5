using System.Collections.Immutable;
using Crm.Chemistry;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Twin.Faults;
using Crm.Twin.Models;

namespace Crm.Twin.Equipment;

/// <summary>
/// Cartridge and a bed of resin in slices from top to bottom, each with its liquor and its load. The holdup is what the cartridge has caught. A drained
/// bed takes in air, and once dry it channels for good.
/// </summary>
internal sealed class ResinColumn : UnitModel
{
    public static readonly string[] Roles = ["inlet_flow", "pressure", "outlet_conductivity", "bed_level", "outlet_ph"];

    private const int Slices = 8;
    private const double Passes = 0.0005;           // share of the solids through the cartridge [G]
    private const double Bypass = 0.002;            // of the liquor along the wall [G]
    private const double Channels = 0.15;           // in a bed that has been dry [G]
    private const double Viscosity = 1e-6, Diffusivity = 7e-10, Bead = 6e-4, Porosity = 0.4;      // m2/s, m2/s, m [G]
    private const double BeadHeat = 2000;           // J/(K L of bed), wet beads [G]
    private const double CoolingTime = 3600;        // s [G]
    private const double Quiet = 20;                // s between steps of a bed without flow

    private readonly Resin resin;
    private readonly int divert, drain;
    private readonly double bed, held, depth, filmRate, resistance, drainFlow;
    private readonly string? outlet, drainTo;
    private readonly ImmutableArray<string> destinations;
    private Mixture[] liquor;
    private double[][] load;
    private double litres, pending, cooling, blocked = 1, conductivity, ph = 7;
    private bool dried;

    public ResinColumn(EquipmentDefinition definition, RigDefinition rig, double ambient)
        : base(definition, rig, Roles)
    {
        bed = Option("bed_volume", 1.5);
        held = Option("void", Porosity) * bed / Slices;
        depth = Option("depth", 0.6);
        filmRate = Option("film_rate", double.NaN);
        resistance = Option("resistance", 0.03);
        drainFlow = Option("drain_flow", 60);
        resin = Option("anion", 0) > 0 ? new AnionResin(Option("capacity", 1.2)) : new ChelatingResin(Option("capacity", 1.2));
        divert = Output("divert");
        drain = Output("drain_valve");
        outlet = Named("outlet");
        drainTo = Named("drain");
        destinations = Listed("destinations");
        liquor = new Mixture[Slices];
        load = new double[Slices][];
        for (int i = 0; i < Slices; i++)
        {
            liquor[i] = new Mixture { Temperature = ambient };
            liquor[i].Aq[Aqueous.H2O] = held * Water.Density(ambient) / Aqueous.Mass[Aqueous.H2O];
            load[i] = new double[Aqueous.Count];
            resin.Fresh(load[i], bed / Slices);
        }
        Values[1] = 1;
        Values[3] = 100;
        Values[4] = 7;
    }

    public override double Admits(string port) => double.MaxValue;

    /// <summary>Cartridge, liquor and what the beads hold: a core of the bed, eluted in the laboratory.</summary>
    public override Mixture Standing()
    {
        Mixture all = Holdup.Copy();
        for (int i = 0; i < Slices; i++)
        {
            liquor[i].Copy().MoveTo(all, 1, 1);
            for (int k = 0; k < Aqueous.Count; k++) all.Aq[k] += load[i][k];
        }
        return all;
    }

    public override void Suffer(FaultKind kind, double size)
    {
        if (kind == FaultKind.UnitBlocked) blocked = size;
    }

    public override void Accept(Works works, Mixture parcel, string port, double dt)
    {
        Treat(works.Heat, parcel, dt);
        string? to = destinations.Length > 0 ? destinations[Math.Clamp((int)Math.Round(works.Pin(divert)), 0, destinations.Length - 1)] : outlet;
        // Organic without water has no liquor, and solids have none either: what is there goes on.
        if (parcel.Mass <= 0) return;
        if (to is null) parcel.MoveTo(Holdup, 1, 1);
        else works.Send(to, parcel, "effluent", dt);
    }

    /// <summary>Puts a parcel on top of the bed and leaves in it what came out below.</summary>
    /// <param name="account">Takes the heat of sorption.</param>
    public void Treat(HeatLedger account, Mixture parcel, double dt)
    {
        double volume = parcel.LiquorVolume, flow = volume / dt;
        litres += volume;
        parcel.MoveTo(Holdup, 0, 1 - Passes);
        Mixture beside = new() { Temperature = parcel.Temperature };
        parcel.MoveTo(beside, dried ? Channels : Bypass, 0);
        for (int i = 0; i < Slices; i++)
        {
            Mixture here = liquor[i];
            parcel.MoveTo(here, 1, 1, 1, Beads(i));
            Exchange(account, i, Film(flow, dt, here.LiquorVolume), dt);
            double over = here.LiquorVolume - held;
            if (over > 0) here.MoveTo(parcel, over / (over + held), 1);
        }
        beside.MoveTo(parcel, 1, 1);
        pending = 0;
        if (parcel.LiquorVolume < 1e-4) return;
        ph = Speciation.Of(parcel).Ph;
        conductivity = Solution.Conductivity(parcel, ph);
    }

    public override void Step(Works works, double dt)
    {
        double open = works.PinShare(drain);
        if (open > 0) Drain(works, open * drainFlow * dt / 3600, dt);
        pending += dt;
        if (litres == 0 && pending >= Quiet) Stand(works.Heat);
        cooling += dt;
        if (cooling >= Quiet) Cool(works);
        double there = 0;
        foreach (Mixture m in liquor) there += m.LiquorVolume;
        Values[0] = litres / dt * 3600;
        Values[1] = 1.0 + resistance * blocked * Values[0] * (1 + 4 * Holdup.SolidMass);
        Values[2] = conductivity;
        Values[3] = Math.Min(100, 100 * there / (held * Slices));
        Values[4] = ph;
        dried |= Values[3] < 50;
        litres = 0;
        Moved = 0;
    }

    /// <summary>Part of the way to equilibrium the film lets a slice go: by an option, or by the Sherwood correlation.</summary>
    private double Film(double flow, double dt, double volume)
    {
        double perSecond = filmRate / 3600;
        if (double.IsNaN(filmRate))
        {
            double velocity = Math.Max(flow, 1e-4) / bed * depth;
            perSecond = LangmuirFront.UnitsOf(velocity, Viscosity, Diffusivity, Bead, Porosity, depth) * velocity / depth;
        }
        return 1 - Math.Exp(-perSecond * dt * (bed / Slices) / Math.Max(volume, 1e-6));
    }

    private void Stand(HeatLedger account)
    {
        for (int i = 0; i < Slices; i++)
        {
            if (liquor[i].LiquorVolume > 1e-4) Exchange(account, i, Film(0, pending, liquor[i].LiquorVolume), pending);
        }
        pending = 0;
    }

    /// <summary>J/K of a slice without its liquor: wet beads, and what they have taken up.</summary>
    private double Beads(int slice)
    {
        double sum = BeadHeat * bed / Slices;
        for (int k = 0; k < Aqueous.Count; k++) sum += load[slice][k] * Aqueous.HeatCapacity[k];
        return sum;
    }

    /// <summary>What goes from liquor to beads keeps its heat capacity and its temperature; heat of sorption warms both.</summary>
    private void Exchange(HeatLedger account, int slice, double film, double dt)
    {
        double heat = resin.Exchange(liquor[slice], load[slice], bed / Slices, film, dt);
        if (heat == 0) return;
        liquor[slice].Temperature += heat / (liquor[slice].HeatCapacity + Beads(slice));
        account.Book(HeatFlow.Sorption, heat);
    }

    private void Cool(Works works)
    {
        for (int i = 0; i < Slices; i++) Drift(works, liquor[i], Beads(i), 1.0 / Slices, CoolingTime, cooling);
        cooling = 0;
    }

    /// <summary>Liquor leaves at the bottom and air comes in from the top.</summary>
    private void Drain(Works works, double litres, double dt)
    {
        Mixture gone = new() { Temperature = liquor[^1].Temperature };
        for (int i = Slices - 1; i >= 0; i--)
        {
            double there = liquor[i].LiquorVolume, take = Math.Min(there, litres - gone.LiquorVolume);
            if (take > 1e-9) liquor[i].MoveTo(gone, there - take < 1e-6 ? 1 : take / there, 1);
            for (int above = i - 1; above >= 0 && liquor[i].LiquorVolume < held - 1e-9; above--) Sink(liquor[above], liquor[i], Beads(i));
        }
        if (gone.LiquorVolume <= 0) return;
        string? to = drainTo ?? (destinations.Length > 0 ? destinations[^1] : outlet);
        if (to is null) gone.MoveTo(Holdup, 1, 1);
        else works.Send(to, gone, "drain", dt);
    }

    private void Sink(Mixture from, Mixture to, double beads)
    {
        double there = from.LiquorVolume, part = there > 1e-9 ? Math.Min(1, (held - to.LiquorVolume) / there) : 0;
        if (there > 1e-9) from.MoveTo(to, part, 1, part, beads);
    }

    public override void AddHidden(double[] kg)
    {
        for (int i = 0; i < Slices; i++)
        {
            liquor[i].AddElements(kg);
            for (int k = 0; k < Aqueous.Count; k++) Mixture.Add(kg, Aqueous.Atoms[k], load[i][k]);
        }
    }

    public override double HeatHeld
    {
        get
        {
            double sum = Sensible;
            for (int i = 0; i < Slices; i++) sum += (liquor[i].HeatCapacity + Beads(i)) * (liquor[i].Temperature - PhysicalConstants.StandardTemperature);
            return sum;
        }
    }

    public override double HiddenCharge
    {
        get
        {
            double sum = resin.FixedCharge * bed;
            for (int i = 0; i < Slices; i++)
            {
                sum += liquor[i].ChargeMol;
                for (int k = 0; k < Aqueous.Count; k++) sum += load[i][k] * Aqueous.Charge[k];
            }
            return sum;
        }
    }

    /// <summary>mol of a basis component on the resin, for tests and tuning only.</summary>
    internal double Loaded(int component) => load.Sum(slice => slice[component]);

    protected override void CopyState()
    {
        liquor = [.. liquor.Select(m => m.Copy())];
        load = [.. load.Select(slice => (double[])slice.Clone())];
    }
}
