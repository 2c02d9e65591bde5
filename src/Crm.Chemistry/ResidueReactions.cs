namespace Crm.Chemistry;

/// <summary>Reactions of zinc-plant residue in acid, and of germanium tetrachloride with water, that laws in code name: <c>chemistry/reactions.csv</c>.</summary>
public static class ResidueReactions
{
    public static readonly Reaction
        ZincAcid = Reactions.Of("zinc-acid"),
        Arsine = Reactions.Of("arsine"),
        SilicateAcid = Reactions.Of("silicate-acid"),
        FerriteAcid = Reactions.Of("ferrite-acid"),
        IndiumAcid = Reactions.Of("indium-acid"),
        ArsenicWater = Reactions.Of("arsenic-water"),
        GermaniumFreed = Reactions.Of("germanium-freed"),
        Hydrolysis = Reactions.Of("hydrolysis"),
        TetrachlorideOut = Reactions.Of("tetrachloride-out"),
        HydrogenChlorideOut = Reactions.Of("hydrogen-chloride-out");
}
