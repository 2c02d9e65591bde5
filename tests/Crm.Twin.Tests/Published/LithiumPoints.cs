using Crm.Chemistry;
using Crm.Plant.Ports;
using Crm.Twin.Kinetics;
using Crm.Twin.Models;
using static Crm.Twin.Tests.Published.Standing;

namespace Crm.Twin.Tests.Published;

/// <summary>Black mass to carbonate: leach, cementation, iron and aluminium, extraction of manganese and cobalt, carbonate and its polish.</summary>
internal static class LithiumPoints
{
    private const double Percent = 100;

    private static readonly double Ferrous = 0.0048 / Aqueous.Mass[Aqueous.Fe2], Aluminium = 0.00206 / Aqueous.Mass[Aqueous.Al], Cobalt = 0.010 / Aqueous.Mass[Aqueous.Co];

    /// <summary>pH isotherms at phase ratio 1 and no loading (woomir/sx-simulator config.py): D2EHPA 0.64 mol/L, Cyanex 272 0.5 mol/L.</summary>
    private static readonly ExtractionIsotherm MnD2ehpa = new(2.5, 3.5, 99.5), CoD2ehpa = new(3.5, 3, 99.5), CoCyanex = new(4.0, 3.5, 99.5), NiCyanex = new(5.8, 2.5, 99);

    private static readonly Lazy<(Portion Crude, Portion Product)> Walked = new(() =>
    {
        LithiumWalk walk = new(7, _ => { });
        walk.ToCarbonate();
        Portion crude = walk.Fork().Dry("crude", walk.Crude.Mass, "dried-crude");
        walk.Polish();
        return (crude, walk.Product);
    });

    private static readonly Lazy<Beaker> Polished = new(RecrystallisedInSoda);

    private static readonly Lazy<Beaker> Neutralised = new(IronAndAluminium);

    private static readonly Lazy<Beaker> Cemented = new(Cementation);

    public static readonly PublishedPoint[] All =
    [
        new("Apparent activation energy of Ni, 60 to 80 °C", "29.8 kJ/mol (Song 2025)", 28, 31.5, () => ActivationEnergy(0), "0.0 kJ/mol", Set, "the constant; the figure is got back from rates of the vessel's kinetics in 2 mol/kg acid"),
        new("Apparent activation energy of Co, 60 to 80 °C", "22.6 kJ/mol (Song 2025)", 21, 24, () => ActivationEnergy(1), "0.0 kJ/mol", Set, "the constant, as above"),
        new("Li ahead of Ni in the leach: share of Li over share of Ni after 20 min, 70 °C, peroxide", "above 1: Li and Mn fast, Ni and Co slow (Song 2025)", 1.05, 100, () => AfterTwentyMinutes(Aqueous.Li, 0.6) / AfterTwentyMinutes(Aqueous.Ni, 0.36), "0.00", Agrees,
            "lithium leaves the layers first; the published diffusion stage of Ni and Co is not in the model, which is surface-controlled to the end"),
        new("Ni, Co, Mn of NMC622 with peroxide, 3 h, 70 °C", "complete, 100 % (Mukai 2024, in nitric acid)", 99, 100.1, () => Dissolved(Oxide(180, 1.2)), "0.0 %", Set, "in sulfuric acid, twice the stoichiometric; rate constants were set to need about two hours"),
        new("Ni, Co, Mn of NMC622 without peroxide, 24 h, 70 °C", "a residue stays, below 100 % (Mukai 2024)", 0, 97, () => Dissolved(Oxide(24 * 60, 0)), "0.0 %", Agrees, "the slow path without reductant is a constant of general knowledge; no figure was read for how much stays"),
        PublishedPoint.NotModelled("Chlorine of the chloride route", "0.5 mol a mol of oxide (Xuan 2019)", "no rig leaches oxides with hydrochloric acid; no chlorine among the gases"),
        PublishedPoint.NotModelled("Leach state from pH, conductivity and temperature", "within 1.1 % (Song 2025)", "the leach of the rig has no conductivity; not tried"),
        new("Cu cemented, iron 1.3 x stoichiometric, pH 2, 60 °C, 60 min", "above 99 % (JOM 2019)", 99, 100, () => Percent * (1 - Cemented.Value.Grams(Aqueous.Cu) / 2), "0.00 %", Agrees, "2 g/kg Cu at the start is ours; rates are general knowledge, not set to this"),
        new("Cu left by it", "below 20 mg/L (JOM 2019)", 0, 20, () => 1000 * Cemented.Value.Grams(Aqueous.Cu), "0.0 mg/kg", Agrees, ""),
        new("Iron in the cement copper", "about 0.2 % impurity (JOM 2019)", 0, 0.4, () => Percent * CementIron(), "0 %", Short, "the excess that acid of pH 2 has not taken after 60 min; how theirs was freed of it was not read"),
        new("Fe out at pH 3.5 after peroxide", "about 90 % (JOM 2019)", 85, 95, () => Percent * (1 - (Left(Aqueous.Fe2) + Left(Aqueous.Fe3)) / Ferrous), "0.0 %", Short, "all iron is oxidised and at equilibrium; what held a tenth of theirs (ferrous iron left, colloid) is not in the model"),
        new("Al out at pH 3.5", "20 % (JOM 2019)", 15, 25, () => Percent * (1 - Left(Aqueous.Al) / Aluminium), "0.0 %", Short, "onset is 4.2 and the beaker mixes ideally: local excess of base and carrying down by Fe(OH)3 are not modelled"),
        new("Co lost at pH 3.5", "0.5 % (JOM 2019)", 0.3, 1, () => Percent * (1 - Left(Aqueous.Co) / Cobalt), "0.00 %", Short, "same reason; in the twin cobalt is lost with the cake's liquor only"),
        new("Mn extracted, D2EHPA 0.5 mol/L, pH 3.25, O:A 1.25, one stage", "above 70 % (Vieceli 2021)", 70, 100, () => Extracted(MnD2ehpa, 3.25, 1.25, 1), "0 %", Agrees, "isotherm of 0.64 mol/L without loading: an upper bound"),
        new("Co extracted with it", "below 5 % (Vieceli 2021)", 0, 5, () => Extracted(CoD2ehpa, 3.25, 1.25, 1), "0 %", Short, "the isotherm knows no competition: manganese takes the extractant from cobalt"),
        new("the same with half-extraction of Co at pH 4.2 instead of 3.5", "below 5 % (Vieceli 2021)", 0, 5, () => Extracted(CoD2ehpa with { HalfPh = 4.2 }, 3.25, 1.25, 1), "0.0 %", Short, "the shift that general knowledge proposes for it does not quite do"),
        new("Mn stripped, O:A 8, 1 mol/L H2SO4, one contact, at the acid left by 23 g/L Mn", "about 23 g/L Mn (Vieceli 2021): all of it", 98, 100, () => Stripped(23), "0.0 %", Agrees, "23 g/L ask for a loading of 2.9 g/L, 42 % of what two dimers a metal allow; scrubbing to 0.3 g/L Co is not modelled"),
        new("Mn extracted from chloride, D2EHPA 0.5 mol/L, pH 2.5, two stages at O/A 1", "fully (up-scaled LIB leachate, abstract)", 98, 100, () => Extracted(MnD2ehpa, 2.5, 1, 2), "0 %", Short, "half-extraction lies at this very pH in the isotherm; the phase ratio was not read"),
        new("Selectivity Mn/Co where Mn is 95 % extracted, O:A 3", "65.5 (Zhou 2021)", 50, 80, Selectivity, "0", Short, "the isotherm of Co, estimated from figures by its author, is too high: as two rows above"),
        new("Co extracted, Cyanex 272, O/A 1, pH 5.0, one stage", "high (Rodrigues 2022)", 90, 100, () => Extracted(CoCyanex, 5, 1, 1), "0 %", Agrees, "isotherm of 0.5 mol/L; theirs was 0.2 mol/L and 40 % saponified, pH not read"),
        new("Ni extracted with it", "negligible (Rodrigues 2022)", 0, 3, () => Extracted(NiCyanex, 5, 1, 1), "0 %", Short, "one clean contact; loaded cobalt crowds nickel out of the organic, which the isotherm does not know"),
        PublishedPoint.NotModelled("Mn, Fe, Al, Cu out together, 40 vol-% D2EHPA, pH 2.5", "yes (Ajiboye 2023)", "no isotherms of Fe, Al, Cu were read"),
        PublishedPoint.NotModelled("Co by Alamine 336 from chloride, then Mn", "above 99.9 % (Xuan 2022)", "chloride complexes of cobalt and their amine salts are not in the program"),
        new("Ni precipitated by caustic at pH 8, 0.1 mol/kg", "taken out at pH 8 (Xuan 2022)", 95, 100, NickelAtEight, "0.0 %", Agrees, "minteq constant of Ni(OH)2, Davies"),
        new("Li taken out by 1.05 x soda at 90 °C, 20 g/kg Li as sulfate: the ceiling of a pass", "practice 85 to 92 % (general knowledge); the ceiling lies above", 85, 100, CarbonateCeiling, "0.0 %", Agrees, "ion product of pure water's table, raised by sulfate with a slope of general knowledge"),
        new("Carbonate after one hot wash, L/S 2, no EDTA", "99.6 % with EDTA (Metals 2021, 11, 1490)", 99.4, 99.8, () => Percent * Walked.Value.Crude.MassFractions["assay"], "0.0 %", Agrees, "by chance, without EDTA: how much liquor growing crystals close over is general knowledge, and it is most of what is missing"),
        new("Carbonate after bicarbonation at 22 °C, L/S 24, and decomposition", "99.6 % (Metals 2021, 11, 1490)", 99.5, 100, () => Percent * Walked.Value.Product.MassFractions["assay"], "0.00 %", Agrees, "ours passes a cartridge and a resin on the way, theirs did not"),
        new("Sulfate of carbonate after 10 h in 1 mol/L soda, 90 °C, from 0.8 %", "0.08 % (Cai 2018)", 0.06, 0.1, () => Percent * SulfateLeft(), "0.00 %", Short, "crystals at rest with their liquor neither ripen nor recrystallise in the model: what is closed in stays"),
        new("Ca left by oxalate, mol for mol, in lithium chloride", "5 to 6 mg/kg (Linneen 2019)", 3, 9, CalciumByOxalate, "0.0 mg/kg", Agrees, "the product is that of the library over the activity of a brine, not set to this; their dose was not read"),
        PublishedPoint.NotModelled("Li2CO3 from so purified lithium chloride", "above 99.95 % (Linneen 2019)", "no recipe from chloride"),
    ];

    private static Beaker Acid(double celsius) => new(celsius, 1, (Aqueous.H, 2.4), (Aqueous.SO4, 1.2));

    private static Beaker Nmc622(double celsius) => Acid(celsius).With(Solid.LiNiO2, 0.36).With(Solid.LiCoO2, 0.12).With(Solid.LiMnO2, 0.12);

    private static Beaker Oxide(double minutes, double peroxide)
    {
        Beaker beaker = Nmc622(70);
        double feeding = Math.Min(90, minutes);
        beaker.Leach(feeding, 5, (Aqueous.H2O2, peroxide));
        beaker.Leach(minutes - feeding, 5);
        return beaker;
    }

    private static double Dissolved(Beaker beaker) => Percent * (beaker.Content.Aq[Aqueous.Ni] + beaker.Content.Aq[Aqueous.Co] + beaker.Content.Aq[Aqueous.Mn]) / 0.6;

    private static double AfterTwentyMinutes(int component, double all) => Oxide(20, 0.4).Content.Aq[component] / all;

    /// <summary>From the first second at both temperatures, oxyhydroxide with plenty of peroxide.</summary>
    private static double ActivationEnergy(int oxide)
    {
        double Rate(double celsius)
        {
            Beaker beaker = new(celsius, 1, (Aqueous.H, 4), (Aqueous.SO4, 2), (Aqueous.H2O2, 1));
            beaker.Content.Solid[Solid.NiOOH + oxide] = beaker.Content.Core[oxide] = 0.01;
            LeachKinetics.Step(beaker.Content, Speciation.Of(beaker.Content), 1, true, new double[Gas.Count]);
            return 0.01 - beaker.Content.Solid[Solid.NiOOH + oxide];
        }

        return Math.Log(Rate(80) / Rate(60)) / Arrhenius.Drive(60, 80) / 1000;
    }

    private static Beaker Cementation()
    {
        double copper = 0.002 / Aqueous.Mass[Aqueous.Cu];
        Beaker beaker = new Beaker(60, 1, (Aqueous.Cu, copper), (Aqueous.SO4, copper + 0.3), (Aqueous.Na, 0.58), (Aqueous.H, 0.02)).With(Solid.Fe, 1.3 * copper);
        beaker.Leach(60);
        return beaker;
    }

    private static double CementIron()
    {
        double[] solid = Cemented.Value.Content.Solid;
        double iron = solid[Solid.Fe] * Solid.Mass[Solid.Fe];
        return iron / (iron + solid[Solid.Cu] * Solid.Mass[Solid.Cu]);
    }

    /// <summary>Fe 4.8 g/kg, Al 2.06, Co 10: so that a tenth of the iron and four fifths of the aluminium are the published 0.48 and 1.65 g/L.</summary>
    private static Beaker IronAndAluminium()
    {
        Beaker beaker = new(40, 1, (Aqueous.Fe2, Ferrous), (Aqueous.Al, Aluminium), (Aqueous.Co, Cobalt), (Aqueous.SO4, Ferrous + 1.5 * Aluminium + Cobalt + 0.06), (Aqueous.H, 0.12), (Aqueous.H2O2, 0.2));
        beaker.Leach(30);
        beaker.ToPh(3.5);
        return beaker;
    }

    private static double Left(int component) => Neutralised.Value.Content.Aq[component];

    private static double Extracted(ExtractionIsotherm isotherm, double ph, double phaseRatio, int stages) => Percent * (1 - ExtractionIsotherm.Raffinate(isotherm.DistributionRatio(ph) * phaseRatio, stages));

    /// <summary>Share of the manganese that one contact with 1 mol/L sulfuric acid takes out of the organic at A:O 1:8; a mol of metal takes up two of acid.</summary>
    private static double Stripped(double manganese)
    {
        double acid = 2 - 2 * manganese / 54.938;
        return Percent / (1 + 8 * MnD2ehpa.DistributionRatio(-Math.Log10(acid)));
    }

    private static double Selectivity()
    {
        double ph = Crm.Chemistry.Numerics.Bracket.Root(p => Extracted(MnD2ehpa, p, 3, 1) - 95, 0, 7, "pH of 95 %");
        return MnD2ehpa.DistributionRatio(ph) / CoD2ehpa.DistributionRatio(ph);
    }

    private static double NickelAtEight()
    {
        Beaker beaker = new(25, 1, (Aqueous.Ni, 0.1), (Aqueous.Cl, 0.2));
        beaker.ToPh(8);
        return Percent * (1 - beaker.Content.Aq[Aqueous.Ni] / 0.1);
    }

    private static double CarbonateCeiling()
    {
        double lithium = 0.020 / Aqueous.Mass[Aqueous.Li], soda = 1.05 * lithium / 2;
        Beaker beaker = new(90, 1, (Aqueous.Li, lithium), (Aqueous.SO4, lithium / 2), (Aqueous.Na, 2 * soda), (Aqueous.CO3, soda));
        beaker.Precipitate(360);
        return Percent * 2 * beaker.Content.Solid[Solid.Li2CO3] / lithium;
    }

    /// <summary>A tenth of its mass of crystals in the liquor.</summary>
    private static Beaker RecrystallisedInSoda()
    {
        double crystals = 0.1, sulfate = 0.008 * crystals / Aqueous.Mass[Aqueous.SO4];
        Beaker beaker = new Beaker(90, 1, (Aqueous.Na, 2), (Aqueous.CO3, 1)).With(Solid.Li2CO3, (crystals - sulfate * 0.142) / Solid.Mass[Solid.Li2CO3]);
        beaker.Content.Occluded[Aqueous.SO4] = sulfate;
        beaker.Content.Occluded[Aqueous.Na] = 2 * sulfate;
        beaker.Precipitate(600);
        return beaker;
    }

    private static double SulfateLeft() => Polished.Value.Content.Occluded[Aqueous.SO4] * Aqueous.Mass[Aqueous.SO4] / Polished.Value.Content.SolidMass;

    private static double CalciumByOxalate()
    {
        double calcium = 0.0005 / Aqueous.Mass[Aqueous.Ca];
        Beaker beaker = new(25, 1, (Aqueous.Li, 2), (Aqueous.Cl, 2), (Aqueous.Ca, calcium), (Aqueous.Oxalate, calcium));
        beaker.Precipitate(240);
        return 1000 * beaker.Grams(Aqueous.Ca);
    }
}
