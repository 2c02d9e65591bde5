namespace Crm.Chemistry;

/// <summary>The one-way reactions of the plant that laws in code name; equations, heats and their sources: <c>chemistry/reactions.csv</c>. What no law names is driven by <c>chemistry/rates.csv</c> alone.</summary>
public static class Reactions
{
    /// <summary>LiMO2 + H+ = Li+ + MOOH for Ni, Co, Mn: lithium leaves the lattice ahead of the metal.</summary>
    public static readonly Reaction[] Delithiation = OfMetals("delithiation");

    /// <summary>2 MOOH + 4 H+ + H2O2 = 2 M2+ + O2 + 4 H2O.</summary>
    public static readonly Reaction[] PeroxideLeach = OfMetals("peroxide-leach");

    /// <summary>4 MOOH + 8 H+ = 4 M2+ + O2 + 6 H2O: the slow path without a reductant.</summary>
    public static readonly Reaction[] AcidLeach = OfMetals("acid-leach");

    /// <summary>MOOH + Fe2+ + 3 H+ = M2+ + Fe3+ + 2 H2O.</summary>
    public static readonly Reaction[] FerrousLeach = OfMetals("ferrous-leach");

    public static readonly Reaction
        AluminiumAcid = Of("aluminium-acid"),
        CopperPeroxide = Of("copper-peroxide"),
        CopperFerric = Of("copper-ferric"),
        IronAcid = Of("iron-acid"),
        Cementation = Of("cementation"),
        IronFerric = Of("iron-ferric"),
        IronPeroxide = Of("iron-peroxide"),
        FerrousPeroxide = Of("ferrous-peroxide"),
        PeroxideDecay = Of("peroxide-decay"),
        LimeAcid = Of("lime-acid"),
        MagnesiaAcid = Of("magnesia-acid"),
        ZincOxideAcid = Of("zinc-oxide-acid"),
        CarbonDioxideOut = Of("carbon-dioxide-out"),
        CarbonDioxideIn = Of("carbon-dioxide-in"),
        HydrogenFluorideOut = Of("hydrogen-fluoride-out"),
        ManganeseOxideAcid = Of("manganese-oxide-acid"),
        FerrousOxideAcid = Of("ferrous-oxide-acid"),
        FerricOxideAcid = Of("ferric-oxide-acid"),
        AluminaAcid = Of("alumina-acid"),
        VanadateDissolves = Of("vanadate-dissolves"),
        SodaDissolves = Of("soda-dissolves"),
        SilicateDissolves = Of("silicate-dissolves"),
        PhosphateDissolves = Of("phosphate-dissolves"),
        CalciumVanadateCarbonate = Of("calcium-vanadate-carbonate"),
        AmmoniaOut = Of("ammonia-out"),
        MetavanadateDecomposes = Of("metavanadate-decomposes"),
        ResidueDecomposes = Of("residue-decomposes"),
        AmmoniumSulfateDecomposes = Of("ammonium-sulfate-decomposes"),
        Evaporation = Of("evaporation");

    public static Reaction[] All { get; } = [.. ReactionTable.Embedded.All];

    internal static Reaction Of(string id) => ReactionTable.Embedded.Of(id);

    private static Reaction[] OfMetals(string id) => [Of(id + "-Ni"), Of(id + "-Co"), Of(id + "-Mn")];
}
