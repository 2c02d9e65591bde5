using Crm.Chemistry;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;

namespace Crm.Twin.Equipment;

/// <summary>
/// Cartridge filter and chelating resin in lithium form. The holdup is what the cartridge has caught. Divalent and trivalent cations are
/// exchanged for lithium, equivalent for equivalent, until the capacity is used.
/// </summary>
internal sealed class IonExchange : UnitModel
{
    public static readonly string[] Roles = ["inlet_flow", "pressure", "outlet_conductivity"];

    private static readonly int[] Taken =
        [Aqueous.Mg, Aqueous.Ca, Aqueous.Mn, Aqueous.Fe2, Aqueous.Fe3, Aqueous.Co, Aqueous.Ni, Aqueous.Cu, Aqueous.Zn, Aqueous.Al];

    private readonly double capacity, bed, rate;
    private readonly string? outlet;
    private double[] load = new double[Aqueous.Count];
    private double litres;

    public IonExchange(EquipmentDefinition definition, RigDefinition rig)
        : base(definition, rig, Roles)
    {
        bed = Option("bed_volume", 1.5);
        capacity = Option("capacity", 1.2) * bed;       // eq
        rate = Option("film_rate", 60);                 // 1/h: exchange units per bed volume and hour [G]
        outlet = Named("outlet");
        load[Aqueous.Li] = capacity;
        Values[1] = 1;
    }

    public override double Admits(string port) => double.MaxValue;

    public override void Accept(Works works, Mixture parcel, string port, double dt)
    {
        Treat(parcel, dt);
        if (outlet is null) parcel.MoveTo(Holdup, 1, 1);
        else works.Send(outlet, parcel, port, dt);
    }

    /// <summary>Cleans a parcel in place.</summary>
    public void Treat(Mixture parcel, double dt)
    {
        double volume = parcel.LiquorVolume;
        litres += volume;
        parcel.MoveTo(Holdup, 0, 0.9995);
        double units = rate * bed / Math.Max(volume / dt * 3600, 1e-6);
        double passing = Math.Exp(-Math.Min(units, 50)) + 0.002;
        foreach (int metal in Taken)
        {
            double valence = Aqueous.Charge[metal];
            double free = Math.Max(0, load[Aqueous.Li] / capacity);
            double x = Math.Min(parcel.Aq[metal] * Math.Max(0, 1 - passing) * Math.Min(1, 3 * free), load[Aqueous.Li] / valence);
            if (x <= 0) continue;
            parcel.Aq[metal] -= x;
            load[metal] += x;
            parcel.Aq[Aqueous.Li] += valence * x;
            load[Aqueous.Li] -= valence * x;
        }
        if (volume > 1e-4) Values[2] = Solution.Conductivity(parcel, 8);
    }

    public override void Step(Works works, double dt)
    {
        Values[0] = litres / dt * 3600;
        Values[1] = 1.0 + 0.03 * Values[0] * (1 + 4 * Holdup.SolidMass);
        litres = 0;
        Moved = 0;
    }

    public override void AddHidden(double[] kg)
    {
        for (int i = 0; i < load.Length; i++) Mixture.Add(kg, Aqueous.Atoms[i], load[i]);
    }

    /// <summary>Fixed charge of the resin is the negative of its capacity.</summary>
    public override double HiddenCharge
    {
        get
        {
            double sum = -capacity;
            for (int i = 0; i < load.Length; i++) sum += load[i] * Aqueous.Charge[i];
            return sum;
        }
    }

    protected override void CopyState() => load = (double[])load.Clone();
}
