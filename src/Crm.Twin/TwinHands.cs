using System.Collections.Immutable;
using Crm.Chemistry;
using Crm.Plant.Ports;
using Crm.Twin.Equipment;

namespace Crm.Twin;

/// <summary>The manual work, on the simulated plant.</summary>
/// <param name="plant">Told of a scale whose drum was poured into or changed.</param>
internal sealed class TwinHands(Works works, TwinPlant plant) : IRigHands
{
    public Portion Charge(string place, string material, double kg)
    {
        UnitModel unit = Unit(place);
        Mixture source = Source(material);
        double stock = source.Mass;
        if (!(kg > 0)) throw new ArgumentException($"charge: {kg} kg of {material} is not an amount");
        if (kg > stock * (1 + 1e-6) && !material.StartsWith("lot:", StringComparison.Ordinal))
            throw new ArgumentException($"charge: {kg:0.###} kg of {material} asked, {stock:0.###} kg on the rig");
        Mixture moved = new() { Temperature = source.Temperature };
        double part = Math.Min(1, kg / Math.Max(stock, 1e-12));
        if (part > 0.999) part = 1;
        source.MoveTo(moved, part, part);
        Portion portion = Analysis.Of(moved);
        unit.Charge(moved);
        return portion;
    }

    public void Supply(string place, string material, ImmutableArray<string> lots) => works.Supply(place, material, lots, plant.Settle);

    public Portion Discharge(string place, string lot) => Take(Unit(place), lot);

    public Portion Book(string place, string lot) => Take(Unit(place), lot);

    public Portion Look(string place) => Analysis.Of(Unit(place).Standing());

    public Portion Sample(string place, double kg)
    {
        Mixture source = place.StartsWith("lot:", StringComparison.Ordinal) ? Source(place) : Unit(place).Holdup;
        double mass = source.Mass;
        Mixture sample = new() { Temperature = source.Temperature };
        if (mass > 1e-9)
        {
            double part = Math.Min(1, kg / mass);
            source.MoveTo(sample, part, part);
        }
        Portion portion = Analysis.Of(sample);
        sample.MoveTo(works.Stores.Samples, 1, 1);
        return portion;
    }

    private Portion Take(UnitModel from, string lot)
    {
        if (!works.Stores.Lots.TryGetValue(lot, out Mixture? heap)) works.Stores.Lots[lot] = heap = new Mixture { Temperature = works.Ambient };
        Mixture taken = new() { Temperature = from.Holdup.Temperature };
        from.Drain(taken);
        Portion portion = Analysis.Of(taken);
        taken.MoveTo(heap, 1, 1);
        works.Heat.Book(HeatFlow.Hall, heap.HeatCapacity * (works.Ambient - heap.Temperature));
        heap.Temperature = works.Ambient;
        return portion;
    }

    private UnitModel Unit(string place) => works.Has(place)
        ? works.Of(place)
        : throw new ArgumentException($"no place '{place}'; known: {string.Join(", ", works.Units.ToArray().Select(u => u.Unit))}");

    private Mixture Source(string material)
    {
        SortedDictionary<string, Mixture> shelf = material.StartsWith("lot:", StringComparison.Ordinal) ? works.Stores.Lots : works.Stores.Materials;
        string name = material.StartsWith("lot:", StringComparison.Ordinal) ? material[4..] : material;
        return shelf.TryGetValue(name, out Mixture? m)
            ? m
            : throw new ArgumentException($"no material '{material}'; known: {string.Join(", ", works.Stores.Materials.Keys.Concat(works.Stores.Lots.Keys.Select(l => "lot:" + l)))}");
    }
}

/// <summary>A perfect laboratory.</summary>
internal static class Analysis
{
    private static readonly int Monohydrate = Solid.IndexOf("LiOH.H2O");

    /// <summary>kg/mol.</summary>
    private static readonly double LithiumHydroxide = Composition.Mass(Composition.Of("LiOH"));

    public static Portion Of(Mixture m)
    {
        double mass = m.Mass;
        ImmutableSortedDictionary<string, double>.Builder fractions = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        double[] kg = new double[Elements.Count];
        m.AddElements(kg);
        double per = mass > 0 ? 1 / mass : 0;
        for (int e = 0; e < kg.Length; e++) fractions[Elements.Symbols[e]] = kg[e] * per;
        double sulfate = m.Aq[Aqueous.SO4] + m.Occluded[Aqueous.SO4] + Solid.Sulfates.Sum(i => m.Solid[i]);
        double carbonate = m.Aq[Aqueous.CO3] + m.Occluded[Aqueous.CO3] + Solid.Carbonates.Sum(i => m.Solid[i]);
        double hydroxide = Math.Max(0, -m.Aq[Aqueous.H] - m.Occluded[Aqueous.H]), alkali = Math.Min(hydroxide, m.Aq[Aqueous.Li] + m.Occluded[Aqueous.Li]);
        // Loss on drying takes the water of crystallisation with the moisture; hydroxide, which the liquor holds as water less a proton, is none.
        double water = m.Aq[Aqueous.H2O] + m.Occluded[Aqueous.H2O] - hydroxide;
        for (int i = 0; i < Solid.Count; i++) water += Solid.Drying[i] * m.Solid[i];
        double residue = Math.Max(0, Math.Min(0.5 * (m.Aq[Aqueous.Li] + m.Occluded[Aqueous.Li]), m.Aq[Aqueous.CO3] + m.Occluded[Aqueous.CO3]));
        fractions["SO4"] = sulfate * Aqueous.Mass[Aqueous.SO4] * per;
        fractions["CO3"] = carbonate * Aqueous.Mass[Aqueous.CO3] * per;
        fractions["H2O"] = water * Aqueous.Mass[Aqueous.H2O] * per;
        fractions["LiOH"] = (m.Solid[Monohydrate] + alkali) * LithiumHydroxide * per;
        fractions["assay"] = (m.Solid[Solid.Li2CO3] + residue) * Solid.Mass[Solid.Li2CO3] * per;
        foreach (int i in Solid.Assayed) fractions[Solid.Names[i]] = m.Solid[i] * Solid.Mass[i] * per;
        fractions["H2O2"] = m.Aq[Aqueous.H2O2] * Aqueous.Mass[Aqueous.H2O2] * per;
        return new Portion(mass, fractions.ToImmutable());
    }
}
