namespace Crm.Chemistry;

/// <summary>Every one-way reaction of the plant. Heats of reaction at 25 degC are rounded from formation enthalpies [G]; one written with H+ is meant with H+, what meets hydroxide is neutralised besides.</summary>
public static class Reactions
{
    private static readonly int[] Lithiated = [Solid.LiNiO2, Solid.LiCoO2, Solid.LiMnO2];
    private static readonly int[] Oxyhydroxide = [Solid.NiOOH, Solid.CoOOH, Solid.MnOOH];
    private static readonly int[] Metal = [Aqueous.Ni, Aqueous.Co, Aqueous.Mn];

    /// <summary>LiMO2 + H+ = Li+ + MOOH for Ni, Co, Mn: lithium leaves the lattice ahead of the metal.</summary>
    public static readonly Reaction[] Delithiation = [.. Enumerable.Range(0, 3).Select(k => new Reaction(
        $"{Solid.Names[Lithiated[k]]} + H+ = Li+ + {Solid.Names[Oxyhydroxide[k]]}",
        [new(Aqueous.H, -1), new(Aqueous.Li, 1)], [new(Lithiated[k], -1), new(Oxyhydroxide[k], 1)], [], 40e3))];

    /// <summary>2 MOOH + 4 H+ + H2O2 = 2 M2+ + O2 + 4 H2O.</summary>
    public static readonly Reaction[] PeroxideLeach = [.. Enumerable.Range(0, 3).Select(k => new Reaction(
        $"2 {Solid.Names[Oxyhydroxide[k]]} + 4 H+ + H2O2 = 2 {Aqueous.Names[Metal[k]]} + O2 + 4 H2O",
        [new(Aqueous.H, -4), new(Aqueous.H2O2, -1), new(Metal[k], 2), new(Aqueous.H2O, 4)], [new(Oxyhydroxide[k], -2)], [new(Gas.O2, 1)], 240e3))];

    /// <summary>4 MOOH + 8 H+ = 4 M2+ + O2 + 6 H2O: the slow path without a reductant.</summary>
    public static readonly Reaction[] AcidLeach = [.. Enumerable.Range(0, 3).Select(k => new Reaction(
        $"4 {Solid.Names[Oxyhydroxide[k]]} + 8 H+ = 4 {Aqueous.Names[Metal[k]]} + O2 + 6 H2O",
        [new(Aqueous.H, -8), new(Metal[k], 4), new(Aqueous.H2O, 6)], [new(Oxyhydroxide[k], -4)], [new(Gas.O2, 1)], 280e3))];

    /// <summary>MOOH + Fe2+ + 3 H+ = M2+ + Fe3+ + 2 H2O.</summary>
    public static readonly Reaction[] FerrousLeach = [.. Enumerable.Range(0, 3).Select(k => new Reaction(
        $"{Solid.Names[Oxyhydroxide[k]]} + Fe2+ + 3 H+ = {Aqueous.Names[Metal[k]]} + Fe3+ + 2 H2O",
        [new(Aqueous.H, -3), new(Aqueous.Fe2, -1), new(Aqueous.Fe3, 1), new(Metal[k], 1), new(Aqueous.H2O, 2)], [new(Oxyhydroxide[k], -1)], [], 110e3))];

    public static readonly Reaction AluminiumAcid = new("2 Al + 6 H+ = 2 Al3+ + 3 H2",
        [new(Aqueous.H, -6), new(Aqueous.Al, 2)], [new(Solid.Al, -2)], [new(Gas.H2, 3)], 1060e3);

    public static readonly Reaction CopperPeroxide = new("Cu + H2O2 + 2 H+ = Cu2+ + 2 H2O",
        [new(Aqueous.H, -2), new(Aqueous.H2O2, -1), new(Aqueous.Cu, 1), new(Aqueous.H2O, 2)], [new(Solid.Cu, -1)], [], 316e3);

    public static readonly Reaction CopperFerric = new("Cu + 2 Fe3+ = Cu2+ + 2 Fe2+",
        [new(Aqueous.Fe3, -2), new(Aqueous.Fe2, 2), new(Aqueous.Cu, 1)], [new(Solid.Cu, -1)], [], 20e3);

    public static readonly Reaction IronAcid = new("Fe + 2 H+ = Fe2+ + H2",
        [new(Aqueous.H, -2), new(Aqueous.Fe2, 1)], [new(Solid.Fe, -1)], [new(Gas.H2, 1)], 89e3);

    public static readonly Reaction Cementation = new("Fe + Cu2+ = Fe2+ + Cu",
        [new(Aqueous.Cu, -1), new(Aqueous.Fe2, 1)], [new(Solid.Fe, -1), new(Solid.Cu, 1)], [], 154e3);

    public static readonly Reaction IronFerric = new("Fe + 2 Fe3+ = 3 Fe2+",
        [new(Aqueous.Fe3, -2), new(Aqueous.Fe2, 3)], [new(Solid.Fe, -1)], [], 170e3);

    public static readonly Reaction IronPeroxide = new("Fe + H2O2 + 2 H+ = Fe2+ + 2 H2O",
        [new(Aqueous.H, -2), new(Aqueous.H2O2, -1), new(Aqueous.Fe2, 1), new(Aqueous.H2O, 2)], [new(Solid.Fe, -1)], [], 470e3);

    public static readonly Reaction FerrousPeroxide = new("2 Fe2+ + H2O2 + 2 H+ = 2 Fe3+ + 2 H2O",
        [new(Aqueous.H, -2), new(Aqueous.H2O2, -1), new(Aqueous.Fe2, -2), new(Aqueous.Fe3, 2), new(Aqueous.H2O, 2)], [], [], 300e3);

    public static readonly Reaction PeroxideDecay = new("2 H2O2 = 2 H2O + O2",
        [new(Aqueous.H2O2, -2), new(Aqueous.H2O, 2)], [], [new(Gas.O2, 1)], 189e3);

    public static readonly Reaction LimeAcid = new("CaO + 2 H+ = Ca2+ + H2O", [new(Aqueous.H, -2), new(Aqueous.Ca, 1), new(Aqueous.H2O, 1)], [new(Solid.CaO, -1)], [], 194e3);

    public static readonly Reaction MagnesiaAcid = new("MgO + 2 H+ = Mg2+ + H2O", [new(Aqueous.H, -2), new(Aqueous.Mg, 1), new(Aqueous.H2O, 1)], [new(Solid.MgO, -1)], [], 151e3);

    public static readonly Reaction ZincOxideAcid = new("ZnO + 2 H+ = Zn2+ + H2O", [new(Aqueous.H, -2), new(Aqueous.Zn, 1), new(Aqueous.H2O, 1)], [new(Solid.ZnO, -1)], [], 89e3);

    /// <summary>CO2(aq) to gas, as components: CO3-2 + 2 H+ = CO2(g) + H2O. Run backwards by absorption.</summary>
    public static readonly Reaction CarbonDioxideOut = new("CO3-2 + 2 H+ = CO2 + H2O",
        [new(Aqueous.CO3, -1), new(Aqueous.H, -2), new(Aqueous.H2O, 1)], [], [new(Gas.CO2, 1)], -20e3);

    public static readonly Reaction CarbonDioxideIn = new("CO2 + H2O = CO3-2 + 2 H+",
        [new(Aqueous.CO3, 1), new(Aqueous.H, 2), new(Aqueous.H2O, -1)], [], [new(Gas.CO2, -1)], 20e3);

    public static readonly Reaction HydrogenFluorideOut = new("F- + H+ = HF(g)", [new(Aqueous.F, -1), new(Aqueous.H, -1)], [], [new(Gas.HF, 1)], -50e3);

    public static readonly Reaction ManganeseOxideAcid = new("MnO + 2 H+ = Mn2+ + H2O", [new(Aqueous.H, -2), new(Aqueous.Mn, 1), new(Aqueous.H2O, 1)], [new(Solid.MnO, -1)], [], 121e3);

    public static readonly Reaction FerrousOxideAcid = new("FeO + 2 H+ = Fe2+ + H2O", [new(Aqueous.H, -2), new(Aqueous.Fe2, 1), new(Aqueous.H2O, 1)], [new(Solid.FeO, -1)], [], 103e3);

    public static readonly Reaction FerricOxideAcid = new("Fe2O3 + 6 H+ = 2 Fe3+ + 3 H2O", [new(Aqueous.H, -6), new(Aqueous.Fe3, 2), new(Aqueous.H2O, 3)], [new(Solid.Fe2O3, -1)], [], 130e3);

    public static readonly Reaction AluminaAcid = new("Al2O3 + 6 H+ = 2 Al3+ + 3 H2O", [new(Aqueous.H, -6), new(Aqueous.Al, 2), new(Aqueous.H2O, 3)], [new(Solid.Al2O3, -1)], [], 250e3);

    public static readonly Reaction VanadateDissolves = new("NaVO3 = Na+ + VO3-", [new(Aqueous.Na, 1), new(Aqueous.VO3, 1)], [new(Solid.NaVO3, -1)], [], 0);

    public static readonly Reaction SodaDissolves = new("Na2CO3 = 2 Na+ + CO3-2", [new(Aqueous.Na, 2), new(Aqueous.CO3, 1)], [new(Solid.Na2CO3, -1)], [], 27e3);

    public static readonly Reaction SilicateDissolves = new("Na2SiO3 + H2O = 2 Na+ + SiO2 + 2 OH-",
        [new(Aqueous.Na, 2), new(Aqueous.SiO2, 1), new(Aqueous.H, -2), new(Aqueous.H2O, 1)], [new(Solid.Na2SiO3, -1)], [], 83e3);

    public static readonly Reaction PhosphateDissolves = new("Na3PO4 = 3 Na+ + PO4-3", [new(Aqueous.Na, 3), new(Aqueous.PO4, 1)], [new(Solid.Na3PO4, -1)], [], 80e3);

    /// <summary>The soda left from the roast sets free the vanadium that lime has bound.</summary>
    public static readonly Reaction CalciumVanadateCarbonate = new("CaV2O6 + CO3-2 = CaCO3 + 2 VO3-",
        [new(Aqueous.CO3, -1), new(Aqueous.VO3, 2)], [new(Solid.CaV2O6, -1), new(Solid.CaCO3, 1)], [], 10e3);

    public static readonly Reaction AmmoniaOut = new("NH4+ - H+ = NH3(g)", [new(Aqueous.NH4, -1), new(Aqueous.H, 1)], [], [new(Gas.NH3, 1)], -87e3);

    /// <summary>Heat from formation enthalpies: NH4VO3 -1053, V2O5 -1551, NH3 -46, H2O(g) -242 kJ/mol.</summary>
    public static readonly Reaction MetavanadateDecomposes = new("2 NH4VO3 = V2O5 + 2 NH3 + H2O", [], [new(Solid.NH4VO3, -2), new(Solid.V2O5, 1)], [new(Gas.NH3, 2), new(Gas.H2O, 1)], -222e3);

    /// <summary>Metavanadate left by dried mother liquor.</summary>
    public static readonly Reaction ResidueDecomposes = new("2 NH4+ + 2 VO3- = V2O5 + 2 NH3 + H2O",
        [new(Aqueous.NH4, -2), new(Aqueous.VO3, -2)], [new(Solid.V2O5, 1)], [new(Gas.NH3, 2), new(Gas.H2O, 1)], -222e3);

    public static readonly Reaction AmmoniumSulfateDecomposes = new("2 NH4+ + SO4-2 = 2 NH3 + SO3 + H2O",
        [new(Aqueous.NH4, -2), new(Aqueous.SO4, -1)], [], [new(Gas.NH3, 2), new(Gas.SO3, 1), new(Gas.H2O, 1)], -452e3);

    public static readonly Reaction Evaporation = new("H2O(l) = H2O(g)", [new(Aqueous.H2O, -1)], [], [new(Gas.H2O, 1)], -Water.HeatOfVaporisation(PhysicalConstants.StandardTemperature) * 0.018015);

    public static readonly Reaction[] All =
    [
        .. Delithiation, .. PeroxideLeach, .. AcidLeach, .. FerrousLeach, AluminiumAcid, CopperPeroxide, CopperFerric, IronAcid, Cementation, IronFerric,
        IronPeroxide, FerrousPeroxide, PeroxideDecay, LimeAcid, MagnesiaAcid, ZincOxideAcid, CarbonDioxideOut, CarbonDioxideIn, HydrogenFluorideOut, Evaporation,
        ManganeseOxideAcid, FerrousOxideAcid, FerricOxideAcid, AluminaAcid, VanadateDissolves, SodaDissolves, SilicateDissolves, PhosphateDissolves, CalciumVanadateCarbonate,
        AmmoniaOut, MetavanadateDecomposes, ResidueDecomposes, AmmoniumSulfateDecomposes,
        .. ResidueReactions.All,
    ];
}
