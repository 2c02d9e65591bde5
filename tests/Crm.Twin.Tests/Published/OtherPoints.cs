using Crm.Chemistry;
using Crm.Chemistry.Precipitation;
using Crm.Twin.Models;
using static Crm.Twin.Tests.Published.Standing;

namespace Crm.Twin.Tests.Published;

/// <summary>Germanium, vanadium, manganese and the metals that no rig recovers, beside what the tables of the rigs' own runs say.</summary>
internal static class OtherPoints
{
    private const double Percent = 100;

    public static readonly PublishedPoint[] Germanium =
    [
        new("Ge extracted, N235 with tartrate, O/A 1, pH 1.2, one contact", "93.9 % (Zhang 2019)", 93, 94.5, () => Percent * PregnantContact.Extracted(5), "0.0 %", Set, "the distribution ratio of the tartrate, at 20 vol-% amine: theirs was not read"),
        new("Ge left by tannin, 25 g/g, 80 °C, 1 h", "below 0.5 mg/L at best, up to 99 % (Appl. Sci. 2019, 9, 966, introduction)", 0, 0.5, () => GermaniumByTannin(25), "0.0 mg/kg", Short, "twice the stoichiometric dose in the model; theirs was not read. The solubility product was set to another point, below 15 mg/L at 12 g/g"),
        PublishedPoint.NotModelled("Ge and Fe leached with hydrochloric acid", "88 and 90 % (Bayat 2016)", "the rates of the residue are for sulfuric acid and oxalate"),
        PublishedPoint.NotModelled("As held back by TOP", "suppressed (Zhang 2019)", "the amine of the twin takes no arsenic(III) with any modifier"),
    ];

    public static readonly PublishedPoint[] Vanadium =
    [
        new("V extracted, 20 vol-% TOA, pH 1.6, A/O 2, three stages at rest", "99.10 % (Yang 2016)", 99, 99.2, () => Percent * (1 - ExtractionIsotherm.Raffinate(8.8 / 2, 3)), "0.00 %", Set, "D 8.8 from it; the train with its films and acid gives 98.9 (`MixerSettlerTests`)"),
        PublishedPoint.NotModelled("Two-stage acid leach: Fe, then V", "98.1 % Fe out with 2 % V, then 97.8 % V (Yuan 2017)", "no kinetics of vanadium in acid: the rig leaches a soda roast with water"),
        PublishedPoint.NotModelled("Stone coal, 4 mol/L H2SO4 with CaF2", "above 90 % V (Yang 2016)", "another mineral, and hydrogen fluoride"),
        PublishedPoint.NotModelled("D2EHPA with TBP, VO2+", "best at pH 1.8 (Cheraghi 2015)", "vanadium is pentavalent in the program"),
        PublishedPoint.NotModelled("As taken by polyaluminium sulfate; NH4VO3 with and without", "88.3 %; 99.21 and 98.33 % (Shi 2023)", "arsenic is not in the slags; purity without the treatment was not run"),
        PublishedPoint.NotModelled("V2O5 by acid at pH 2", "80.7 % (Metals 2018, 8, 414)", "hydrated pentoxide is not among the solids"),
    ];

    public static readonly PublishedPoint[] Manganese =
    [
        new("Mn leached, FeMn slag, 1:10, 10 % H2SO4, 25 °C, 3 h", "nearly 100 % (abstract)", 97, 100, () => Slag(25, 180), "0.0 %", Set, "rate set to it; all of it monoxide in the model's slag"),
        new("Mn leached, pre-reduced ore, 12 % H2SO4, 75 °C, 180 min", "84.6 % (scribd 367421051, abstract)", 82, 87, () => Slag(75, 180), "0.0 %", Short, "the model's manganese is all monoxide: what the reduction leaves as MnO2 would have to be in the assay"),
        PublishedPoint.NotModelled("MnSO4 salted out by sulfuric acid and ethanol", "from a volume ratio of 0.2 (Metals 2021, 11, 1339)", "the ion product counts all sulfate alike, and there is no ethanol"),
    ];

    public static readonly PublishedPoint[] Others =
    [
        new("Struvite: P removed at Mg:P 1.3, N:P 5, pH 9, 1 g/L PO4", "95 % (WaterTAP magprex, a fixed default)", 94, 100, Struvite, "0.0 %", Agrees, "equilibrium by the conditional product 10^-7.57 (Ronteltap 2007), an upper bound; the default is no measurement"),
        new("Li through nanofiltration with 1.7 g/L Li and 17 g/L Co as chlorides, Co passing 0.5", "sieving 1.3 (PrOMMiS diafiltration.py)", 1.2, 1.4, LithiumBesideCobalt, "0.00", Agrees,
            "the passage of Co is set to 0.5; single ions pass freely, and that Li passes above 1 follows from neutrality alone"),
        PublishedPoint.NotModelled("Pt, Pd, Rh from catalyst, four leaches", "62 to 99 % (J. Chem. 2019; Mater. Trans. 2006; ACS 2017; Recycling 2021)", "no chemistry of platinum metals in the program"),
        PublishedPoint.NotModelled("NaAlCl4: melting 153 °C, eutectic 108 °C, two liquids above 79 mol-% AlCl3", "NBS 1974 and others", "no molten salts in the program"),
    ];

    private static double GermaniumByTannin(double dose)
    {
        double germanium = 0.005 / 0.07263;
        Beaker beaker = new(80, 1, (Aqueous.Germanate, germanium), (Aqueous.Tannin, dose * 0.005 / 1.7012), (Aqueous.SO4, 0.5), (Aqueous.H, 1));
        beaker.Precipitate(60);
        return 1e6 * beaker.Content.Aq[Aqueous.Germanate] * 0.07263 / beaker.Content.Water;
    }

    /// <summary>Manganese monoxide of 31 % Mn in slag, solid to liquid 1:10; acid as mass fraction of the liquor.</summary>
    private static double Slag(double celsius, double minutes)
    {
        double manganese = 0.1 * 0.31 / 0.054938, acid = (celsius > 50 ? 0.12 / 0.88 : 0.10 / 0.90) / 0.098079;
        Beaker beaker = new Beaker(celsius, 1, (Aqueous.H, 2 * acid), (Aqueous.SO4, acid)).With(Solid.MnO, manganese);
        beaker.Leach(minutes, 5);
        return Percent * beaker.Content.Aq[Aqueous.Mn] / manganese;
    }

    private static double LithiumBesideCobalt()
    {
        double lithium = 1.7 / 6.94, cobalt = 17 / 58.933;
        double[] Passed(double passage) => [.. new Nanofiltration([1, 2, -1], [1, passage, 1]).Permeated([lithium, cobalt, lithium + 2 * cobalt], 1e-4).Select(s => s / 1e-4)];
        double half = Crm.Chemistry.Numerics.Bracket.Root(p => Passed(p)[1] - 0.5, 1e-3, 1, "passage of cobalt");
        return Passed(half)[0];
    }

    private static double Struvite()
    {
        double phosphate = 1.0 / 94.97;
        return Percent * IonProduct.Extent([(1.3 * phosphate, 1), (5 * phosphate, 1), (phosphate, 1)], Math.Pow(10, -7.57)) / phosphate;
    }
}
