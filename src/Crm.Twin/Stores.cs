using System.Collections.Immutable;
using Crm.Chemistry;
using Crm.Plant.Materials;

namespace Crm.Twin;

/// <summary>Everything outside the equipment: supplies, materials, lots, samples, the air and the scrubber's liquor.</summary>
internal sealed class Stores
{
    private const double MaterialStock = 20;        // kg of a feed material that the rig lists no lot of
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

    /// <summary>Lots that nothing is drawn from yet.</summary>
    public SortedDictionary<string, Mixture> Shelf { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>By feed material: the lots in its bin, in the order they were poured in.</summary>
    public SortedDictionary<string, ImmutableArray<string>> Bins { get; private set; } = new(StringComparer.Ordinal);

    /// <param name="lots">Of this material: the first lies in its bin, the others on the shelf; where the rig lists none, enough is there.</param>
    public void Stock(string material, Mixture perKg, ImmutableArray<StockLot> lots)
    {
        Materials[material] = Amount(perKg, lots.IsEmpty ? MaterialStock : lots[0].Remaining);
        Bins[material] = lots.IsEmpty ? [] : [lots[0].Id];
        foreach (StockLot lot in lots.Skip(1)) Shelf[lot.Id] = Amount(perKg, lot.Remaining);
    }

    private static Mixture Amount(Mixture perKg, double kg)
    {
        Mixture stock = new() { Temperature = perKg.Temperature };
        for (int i = 0; i < Solid.Count; i++) stock.Solid[i] = perKg.Solid[i] * kg / perKg.Mass;
        for (int i = 0; i < Aqueous.Count; i++) stock.Aq[i] = perKg.Aq[i] * kg / perKg.Mass;
        for (int k = 0; k < stock.Core.Length; k++) stock.Core[k] = stock.Solid[Solid.Cored[k]];
        stock.Crystals = perKg.Crystals?.Select(moment => moment * kg / perKg.Mass).ToArray();
        return stock;
    }

    /// <summary>Pours lots of the shelf into what a material is drawn from; where none of the named is in it, what is there goes back onto the shelf under the name of its first lot.</summary>
    /// <param name="held">Lots in it.</param>
    /// <returns>Lots in it then.</returns>
    public ImmutableArray<string> Supply(Mixture contents, ImmutableArray<string> held, ImmutableArray<string> lots)
    {
        if (!lots.Any(Shelf.ContainsKey)) return held;
        if (!held.IsEmpty && !lots.Any(held.Contains))
        {
            Mixture aside = new() { Temperature = contents.Temperature };
            contents.MoveTo(aside, 1, 1);
            Shelf[held[0]] = aside;
            held = [];
        }

        foreach (string lot in lots)
        {
            if (!Shelf.Remove(lot, out Mixture? poured)) continue;
            poured.MoveTo(contents, 1, 1);
            held = held.Add(lot);
        }

        return held;
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
        foreach ((string name, Mixture lot) in Shelf) place("shelf:" + name, Of(lot));
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

    public double Charge => Materials.Values.Sum(m => m.ChargeMol) + Lots.Values.Sum(m => m.ChargeMol) + Shelf.Values.Sum(m => m.ChargeMol) + Samples.ChargeMol + spilled.ChargeMol;

    /// <summary>J against the standard temperature.</summary>
    public double HeatHeld => Materials.Values.Sum(m => m.Enthalpy) + Lots.Values.Sum(m => m.Enthalpy) + Shelf.Values.Sum(m => m.Enthalpy) + Samples.Enthalpy + spilled.Enthalpy;

    public Stores Copy()
    {
        Stores copy = (Stores)MemberwiseClone();
        copy.air = (double[])air.Clone();
        copy.scrubbed = (double[])scrubbed.Clone();
        copy.Materials = Clone(Materials);
        copy.Lots = Clone(Lots);
        copy.Shelf = Clone(Shelf);
        copy.Bins = new(Bins, StringComparer.Ordinal);
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
