using Crm.Chemistry;
using static Crm.Twin.Tests.Published.Standing;

namespace Crm.Twin.Tests.Published;

/// <summary>Magnets: components, solids, salts and rates that no code names, asked by their names.</summary>
internal static class RareEarthPoints
{
    private const double Percent = 100;

    public static readonly PublishedPoint[] All =
    [
        new("Nd leached, roasted NdFeB 110.8 g/L, 3 mol/L H2SO4, 70 °C, 4 h", "complete (abstract)", 99, 100, () => Leached(70, 240), "0.0 %", Set, "rate of the oxide set to it; the ash layer that was read as control is in the energy only"),
        new("Gain of rate from 30 to 70 °C by the energy read", "1.11 to 1.14 (2.3 to 2.8 kJ/mol, abstract)", 1.11, 1.14, () => Math.Log(1 - Leached(70, 20) / Percent) / Math.Log(1 - Leached(30, 20) / Percent), "0.00", Set, "the constant; the figure is got back from the vessel's kinetics"),
        new("Nd out with 5 g/L oxalic acid at pH 1.5", "98 % (isotherm of PrOMMiS, coal leachate)", 97, 100, () => Precipitated("Nd", 5), "0.0 %", Agrees, "ion product from the solubility product, not set to this; theirs is a fitted curve at trace contents, ours 0.15 g/L"),
        new("Dy out with it", "42 % (same)", 37, 47, () => Precipitated("Dy", 5), "0.0 %", Short, "the curve of theirs has no equilibrium behind it; a fixed split of the same source says 87 %"),
        new("Fe(III) out with it", "0.0 % (same)", 0, 1, () => Precipitated("Fe", 5), "0.0 %", Agrees, "ferric oxalate complexes hold it, in the model for want of a solid"),
        PublishedPoint.NotModelled("RE from roasted magnets by HCl 3.5 mol/mol, 80 °C", "selective, iron comes down again as acid runs out (abstract)", "haematite would have to form; the recipe begins with the leachate"),
        PublishedPoint.NotModelled("RE by corrosion, HCl and oxalic acid at room temperature", "nearly all once, half per pass in a closed loop of acid (Kitagawa 2017)", "the loop of the recipe is closed outside the rig: its mother liquor is a lot for the leach"),
    ];

    private static int Component(string name) => Aqueous.IndexOf(name);

    private static double Leached(double celsius, double minutes)
    {
        double neodymium = 110.8 * 0.228 / 144.242;
        Beaker beaker = new Beaker(celsius, 1, (Aqueous.H, 6), (Aqueous.SO4, 3)).With(Solid.IndexOf("Nd2O3"), 0.5 * neodymium);
        beaker.Leach(minutes, 5);
        return Percent * beaker.Content.Aq[Component("Nd3+")] / neodymium;
    }

    /// <summary>Of 1 mmol/kg beside others, after an hour with a dose in g/L, held at pH 1.5 by hydrochloric acid.</summary>
    private static double Precipitated(string metal, double dose)
    {
        int component = metal == "Fe" ? Aqueous.Fe3 : Component(metal + "3+");
        double oxalic = dose / 90.03;
        Beaker beaker = new(25, 1, (component, 1e-3), (Aqueous.Cl, 3e-3), (Aqueous.Oxalate, oxalic), (Aqueous.H, 2 * oxalic));
        for (int i = 0; i < 60 && beaker.Ph > 1.5; i++) beaker.Add((Aqueous.H, 1e-3), (Aqueous.Cl, 1e-3));
        for (int i = 0; i < 60 && beaker.Ph < 1.5; i++) beaker.Add((Aqueous.H, -1e-3), (Aqueous.Na, 1e-3));
        beaker.Precipitate(60);
        return Percent * (1 - beaker.Content.Aq[component] / 1e-3);
    }
}
