using System.Collections.Immutable;
using Crm.Chemistry;
using Crm.Plant.Twins;
using Crm.Twin.Equipment;
using Xunit;

namespace Crm.Twin.Tests.Equipment;

/// <summary>Load, wash, elute and regenerate over a bed of two litres; every element and the charge followed to the last digit.</summary>
public sealed class ResinColumnTests
{
    private const double Bed = 2;

    private static ResinColumn Column(bool anion) => new(
        new EquipmentDefinition(
            "polish", "resin-column",
            ImmutableSortedDictionary<string, double>.Empty.Add("bed_volume", Bed).Add("anion", anion ? 1 : 0).Add("capacity", 1.2),
            ImmutableSortedDictionary<string, string>.Empty, ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, double>>.Empty,
            ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty, 0),
        TestRig.Lithium(), 20);

    private static Mixture Liquor(params (int Component, double Mol)[] perLitre)
    {
        Mixture m = new();
        m.Aq[Aqueous.H2O] = 55;
        foreach ((int component, double mol) in perLitre) m.Aq[component] = mol;
        m.Aq[Aqueous.H] -= m.ChargeMol;
        return m;
    }

    /// <summary>Feeds bed volumes of a liquor at a rate in bed volumes an hour; what comes out, together.</summary>
    private static Mixture Pass(ResinColumn column, Mixture perLitre, double bedVolumes, double rate, List<double>? germanium = null)
    {
        Mixture collected = new();
        double litres = rate * Bed / 3600;
        for (double passed = 0; passed < bedVolumes * Bed; passed += litres)
        {
            Mixture parcel = new();
            perLitre.Copy().MoveTo(parcel, litres / perLitre.LiquorVolume, 0);
            column.Treat(new HeatLedger(), parcel, 1);
            germanium?.Add(parcel.Aq[Aqueous.Germanate] / Math.Max(parcel.LiquorVolume, 1e-9));
            parcel.MoveTo(collected, 1, 1);
        }
        return collected;
    }

    private static readonly Mixture Leach = Liquor((Aqueous.Germanate, 0.0138), (Aqueous.Tartrate, 0.03), (Aqueous.SO4, 0.5), (Aqueous.Fe3, 0.04), (Aqueous.Zn, 0.03), (Aqueous.Na, 0.6));
    private static readonly Mixture Caustic = Liquor((Aqueous.Na, 1.5));
    private static readonly Mixture Acid = Liquor((Aqueous.SO4, 0.5));

    [Fact]
    public void Germanium_loads_elutes_enriched_and_loads_again()
    {
        ResinColumn column = Column(true);
        List<double> outlet = [];
        Mixture raffinate = Pass(column, Leach, 20, 5, outlet);
        double fed = 20 * Bed * 0.0138;
        Assert.InRange(raffinate.Aq[Aqueous.Germanate] / fed, 0, 0.03);
        Assert.True(outlet[^1] < 0.1 * 0.0138, $"broke through at {outlet[^1]}");
        Pass(column, Liquor(), 2, 5);
        double loaded = column.Loaded(Aqueous.Germanate);
        Mixture eluate = Pass(column, Caustic, 4, 2);
        Assert.True(column.Loaded(Aqueous.Germanate) < 0.05 * loaded, "elution leaves germanium on the resin");
        Assert.True(eluate.Aq[Aqueous.Germanate] / eluate.LiquorVolume > 4 * 0.0138, "no enrichment");
        Assert.True(eluate.Aq[Aqueous.Zn] < 1e-3 * fed, "zinc came along");
        Assert.True(-column.Loaded(Aqueous.H) > 1, "not in hydroxide form");
        Pass(column, Acid, 4, 3);
        Assert.True(-column.Loaded(Aqueous.H) < 0.1 * 1.2 * Bed, "not back in sulfate form");
        Assert.True(Pass(column, Leach, 5, 5).Aq[Aqueous.Germanate] < 0.05 * 5 * Bed * 0.0138, "does not load again");
    }

    [Fact]
    public void An_overfed_bed_breaks_through()
    {
        List<double> outlet = [];
        Pass(Column(true), Leach, 80, 10, outlet);
        Assert.True(outlet[^1] > 0.5 * 0.0138, $"{outlet[^1]}");
    }

    /// <summary>Random liquors over both resins: each element and the charge in, out and in the bed.</summary>
    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 4)]
    public void Nothing_is_made_or_lost(bool anion, int seed)
    {
        Random random = new(seed);
        ResinColumn column = Column(anion);
        Mixture fed = new(), left = new();
        double[] before = Held(column);
        HeatLedger account = new();
        double warm = column.HeatHeld;
        for (int i = 0; i < 60; i++)
        {
            Mixture liquor = Liquor((Aqueous.Germanate, random.NextDouble() * 0.05), (Aqueous.Tartrate, random.NextDouble() * 0.1), (Aqueous.SO4, random.NextDouble()), (Aqueous.Fe3, random.NextDouble() * 0.1),
                (Aqueous.Ca, random.NextDouble() * 0.02), (Aqueous.Li, random.NextDouble()), (Aqueous.Na, random.NextDouble() * 2));
            liquor.Temperature = 10 + 70 * random.NextDouble();
            liquor.MoveTo(new Mixture(), 0.5 * random.NextDouble(), 0);
            for (int k = 0; k < 100; k++)
            {
                Mixture parcel = new();
                liquor.MoveTo(parcel, 0.01, 0);
                parcel.Copy().MoveTo(fed, 1, 1);
                column.Treat(account, parcel, 1);
                parcel.MoveTo(left, 1, 1);
            }
        }
        double[] into = new double[Elements.Count], outOf = new double[Elements.Count], after = Held(column);
        fed.AddElements(into);
        left.AddElements(outOf);
        for (int e = 0; e < into.Length; e++) Assert.True(Math.Abs(before[e] + into[e] - outOf[e] - after[e]) < 1e-9 * Math.Max(into[e], 1e-3), $"seed {seed}: {Elements.Symbols[e]}");
        Assert.True(Math.Abs(column.HiddenCharge + left.ChargeMol - fed.ChargeMol) < 1e-9, $"seed {seed}: charge");
        Assert.True(Math.Abs(column.HeatHeld - warm + left.Enthalpy - fed.Enthalpy - account[HeatFlow.Sorption]) < 1e-9 * fed.Enthalpy, $"seed {seed}: heat");
    }

    [Fact]
    public void A_copy_goes_its_own_way()
    {
        ResinColumn column = Column(true);
        Pass(column, Leach, 2, 5);
        var copy = (ResinColumn)column.Copy();
        double loaded = column.Loaded(Aqueous.Germanate);
        Pass(copy, Leach, 2, 5);
        Assert.Equal(loaded, column.Loaded(Aqueous.Germanate));
        Pass(column, Leach, 2, 5);
        Assert.Equal(copy.Loaded(Aqueous.Germanate), column.Loaded(Aqueous.Germanate));
    }

    private static double[] Held(ResinColumn column)
    {
        double[] kg = new double[Elements.Count];
        column.Holdup.AddElements(kg);
        column.AddHidden(kg);
        return kg;
    }
}
