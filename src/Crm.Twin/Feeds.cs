using System.Collections.Immutable;
using Crm.Chemistry;
using Crm.Chemistry.Crystallisation;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;

namespace Crm.Twin;

/// <summary>What is delivered: the composition of feed materials and reagents, which may turn out other than the twin file says.</summary>
internal sealed class Feeds
{
    /// <summary>What a fault on a feed begins with: <c>feed.black_mass:Cu=3</c>.</summary>
    public const string Prefix = "feed.";

    private readonly RigDefinition rig;
    private readonly TwinDefinition twin;

    /// <summary>Factor by material and component; absent: as the file says.</summary>
    private SortedDictionary<string, double> factors = new(StringComparer.Ordinal);

    public Feeds(RigDefinition rig, TwinDefinition twin) => (this.rig, this.twin) = (rig, twin);

    /// <summary>What of a material or reagent may be more or less; empty where there is no such feed.</summary>
    public static ImmutableArray<string> Components(RigDefinition rig, TwinDefinition twin, string feed) =>
        twin.Materials.FirstOrDefault(m => m.Name == feed) is { } material ? [.. material.Minerals.Keys.Where(k => k != "H2O")]
        : rig.Reagent(feed) is { } reagent ? [reagent.Species] : [];

    public static IEnumerable<string> Names(RigDefinition rig, TwinDefinition twin) => twin.Materials.Select(m => m.Name).Concat(rig.Reagents.Select(r => r.Name)).Distinct(StringComparer.Ordinal);

    /// <summary>From now on bin, drums and lots of a feed hold this times the component; the rest of it gives way or takes its room, kilograms stay.</summary>
    /// <returns>kg of each element that have come instead of others.</returns>
    public double[] Change(Works works, string feed, string component, double factor)
    {
        string key = feed + ":" + component;
        double was = factors.GetValueOrDefault(key, 1);
        factors[key] = factor;
        double[] gained = new double[Elements.Count];
        if (was == factor) return gained;
        foreach (Mixture held in HeldOf(works, feed))
        {
            Weigh(held, gained, -1);
            double warm = held.Enthalpy;
            if (twin.Materials.FirstOrDefault(m => m.Name == feed) is { } material) Refill(held, PerKg(Changed(material)));
            else Strengthen(held, was > 0 ? factor / was : 1);
            Weigh(held, gained, 1);
            works.Heat.Book(HeatFlow.Supplies, held.Enthalpy - warm);
        }

        return gained;
    }

    public Feeds Copy()
    {
        Feeds copy = (Feeds)MemberwiseClone();
        copy.factors = new SortedDictionary<string, double>(factors, StringComparer.Ordinal);
        return copy;
    }

    /// <summary>One kilogram of a material; what its minerals leave is inert.</summary>
    public static Mixture PerKg(MaterialDefinition material)
    {
        Mixture m = new();
        bool liquor = material.Minerals.ContainsKey("H2O");
        foreach ((string mineral, double fraction) in material.Minerals)
        {
            int solid = liquor && Reagents.Dissolved.Contains(mineral) ? -1 : Solid.IndexOf(mineral);
            if (solid < 0) Reagents.Dissolve(m, mineral, fraction);
            else m.Solid[solid] += fraction / Solid.Mass[solid];
        }

        m.Solid[Solid.SiO2] += Math.Max(0, 1 - material.Minerals.Values.Sum()) / Solid.Mass[Solid.SiO2];
        foreach (CrystalKinetics crystal in CrystalKinetics.All.Where(k => m.Solid[k.Solid] > 0))
        {
            if (material.Size is { } size) CrystalSizes.Give(m, crystal, 1e-6 * size);
            else CrystalSizes.Complete(m, crystal);
        }

        return m;
    }

    private IEnumerable<Mixture> HeldOf(Works works, string feed)
    {
        if (works.Stores.Materials.TryGetValue(feed, out Mixture? bin)) yield return bin;
        foreach (Drum drum in works.Drums.Where(d => d.Reagent == feed)) yield return drum.Contents;
        foreach (string lot in rig.Stock.Where(l => l.Material == feed).Select(l => l.Id))
            if (works.Stores.Shelf.TryGetValue(lot, out Mixture? shelf)) yield return shelf;
    }

    /// <summary>The components that are other than written take the room they need; the others, inert matter among them, share what is left.</summary>
    private MaterialDefinition Changed(MaterialDefinition material)
    {
        double Factor(string component) => factors.GetValueOrDefault(material.Name + ":" + component, double.NaN);
        double before = 0, wanted = 0;
        foreach ((string component, double fraction) in material.Minerals)
        {
            if (double.IsNaN(Factor(component))) continue;
            before += fraction;
            wanted += fraction * Factor(component);
        }

        double fits = wanted > 1 ? 1 / wanted : 1, others = before < 1 ? (1 - wanted * fits) / (1 - before) : 0;
        return material with { Minerals = material.Minerals.ToImmutableSortedDictionary(m => m.Key, m => m.Value * (double.IsNaN(Factor(m.Key)) ? others : Factor(m.Key) * fits), StringComparer.Ordinal) };
    }

    private static void Refill(Mixture held, Mixture perKg)
    {
        double kg = held.Mass / perKg.Mass;
        for (int i = 0; i < Solid.Count; i++) held.Solid[i] = perKg.Solid[i] * kg;
        for (int i = 0; i < Aqueous.Count; i++) held.Aq[i] = perKg.Aq[i] * kg;
        for (int k = 0; k < held.Core.Length; k++) held.Core[k] = held.Solid[Solid.Cored[k]];
        held.Crystals = perKg.Crystals?.Select(moment => moment * kg).ToArray();
    }

    private static void Strengthen(Mixture held, double factor)
    {
        double all = held.LiquorMass, solute = all - held.Water;
        if (solute <= 0) return;
        factor = Math.Min(factor, all / solute);
        for (int i = 0; i < Aqueous.Count; i++) held.Aq[i] *= factor;
        held.Aq[Aqueous.H2O] = (all - factor * solute) / Aqueous.Mass[Aqueous.H2O];
    }

    private static void Weigh(Mixture held, double[] sum, double sign)
    {
        double[] kg = new double[Elements.Count];
        held.AddElements(kg);
        for (int e = 0; e < sum.Length; e++) sum[e] += sign * kg[e];
    }
}
