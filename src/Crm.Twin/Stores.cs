using Crm.Chemistry;

namespace Crm.Twin;

/// <summary>Everything outside the equipment: supplies, materials, lots, samples, the air and the scrubber's liquor.</summary>
internal sealed class Stores
{
    private const double MaterialStock = 20;        // kg of each feed material on the rig
    private const double WaterStock = 1000;         // kg behind the make-up valve
    private const double CarbonDioxideStock = 20;   // kg in cylinders

    private double[] air = new double[Gas.Count], scrubbed = new double[Gas.Count];
    private double water = WaterStock / Aqueous.Mass[Aqueous.H2O], carbonDioxide = CarbonDioxideStock / Gas.Mass[Gas.CO2];

    /// <summary>kg left in the cylinders.</summary>
    public double CarbonDioxideMass => carbonDioxide * Gas.Mass[Gas.CO2];

    public SortedDictionary<string, Mixture> Materials { get; private set; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, Mixture> Lots { get; private set; } = new(StringComparer.Ordinal);

    public Mixture Samples { get; private set; } = new();

    /// <summary>What went beside, into the bund.</summary>
    private Mixture spilled = new();

    /// <summary>Gases that the scrubber takes up; arsine passes.</summary>
    public static bool Catches(int gas) => gas is Gas.HF or Gas.NH3 or Gas.SO3 or Gas.HCl or Gas.GeCl4;

    public double ScrubbedFluoride => scrubbed[Gas.HF];

    /// <summary>mol that the scrubber has caught.</summary>
    public double Scrubbed(int gas) => scrubbed[gas];

    /// <summary>mol of hydrogen chloride caught, the four of each tetrachloride included.</summary>
    public double ScrubbedChloride => scrubbed[Gas.HCl] + 4 * scrubbed[Gas.GeCl4];

    public void Stock(string material, Mixture perKg)
    {
        Mixture stock = new();
        for (int i = 0; i < Solid.Count; i++) stock.Solid[i] = perKg.Solid[i] * MaterialStock / perKg.Mass;
        for (int i = 0; i < Aqueous.Count; i++) stock.Aq[i] = perKg.Aq[i] * MaterialStock / perKg.Mass;
        for (int k = 0; k < stock.Core.Length; k++) stock.Core[k] = stock.Solid[Mixture.Cored[k]];
        Materials[material] = stock;
    }

    public double TakeCarbonDioxide(double mol)
    {
        double taken = Math.Min(mol, carbonDioxide);
        carbonDioxide -= taken;
        return taken;
    }

    public double TakeWater(double litres)
    {
        double taken = Math.Min(litres * 0.998 / Aqueous.Mass[Aqueous.H2O], water);
        water -= taken;
        return taken;
    }

    public void Spill(Mixture parcel, double share)
    {
        if (share > 0) parcel.MoveTo(spilled, share, share, share);
    }

    public void Release(int gas, double mol) => air[gas] += mol;

    public void Scrub(int gas, double mol) => scrubbed[gas] += mol;

    public void AddPlaces(Action<string, double[]> place)
    {
        foreach ((string name, Mixture stock) in Materials) place("store:" + name, Of(stock));
        foreach ((string name, Mixture lot) in Lots) place("lot:" + name, Of(lot));
        place("samples", Of(Samples));
        if (spilled.Volume > 0) place("bund", Of(spilled));
        double[] hall = new double[Elements.Count], caught = new double[Elements.Count], supply = new double[Elements.Count];
        for (int i = 0; i < Gas.Count; i++)
        {
            Mixture.Add(hall, Gas.Atoms[i], air[i]);
            Mixture.Add(caught, Gas.Atoms[i], scrubbed[i]);
        }
        Mixture.Add(supply, Aqueous.Atoms[Aqueous.H2O], water);
        Mixture.Add(supply, Gas.Atoms[Gas.CO2], carbonDioxide);
        place("air", hall);
        place("scrubber liquor", caught);
        place("store:utilities", supply);
    }

    public double Charge => Materials.Values.Sum(m => m.ChargeMol) + Lots.Values.Sum(m => m.ChargeMol) + Samples.ChargeMol + spilled.ChargeMol;

    public Stores Copy()
    {
        Stores copy = (Stores)MemberwiseClone();
        copy.air = (double[])air.Clone();
        copy.scrubbed = (double[])scrubbed.Clone();
        copy.Materials = Clone(Materials);
        copy.Lots = Clone(Lots);
        copy.Samples = Samples.Copy();
        copy.spilled = spilled.Copy();
        return copy;
    }

    private static SortedDictionary<string, Mixture> Clone(SortedDictionary<string, Mixture> from)
    {
        SortedDictionary<string, Mixture> copy = new(StringComparer.Ordinal);
        foreach ((string name, Mixture m) in from) copy[name] = m.Copy();
        return copy;
    }

    private static double[] Of(Mixture m)
    {
        double[] kg = new double[Elements.Count];
        m.AddElements(kg);
        return kg;
    }
}
