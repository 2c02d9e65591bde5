namespace Crm.Chemistry;

/// <summary>One-way reactions of zinc-plant residue in acid, and of germanium tetrachloride with water. Heats rounded from formation enthalpies [G].</summary>
public static class ResidueReactions
{
    public static readonly Reaction ZincAcid = new("Zn + 2 H+ = Zn2+ + H2",
        [new(Aqueous.H, -2), new(Aqueous.Zn, 1)], [new(Solid.Zn, -1)], [new(Gas.H2, 1)], 154e3);

    /// <summary>Nascent hydrogen on zinc reduces arsenious acid: the hazard of acid, arsenic and zinc dust together.</summary>
    public static readonly Reaction Arsine = new("3 Zn + H3AsO3 + 6 H+ = 3 Zn2+ + AsH3 + 3 H2O",
        [new(Aqueous.H, -6), new(Aqueous.Arsenite, -1), new(Aqueous.Zn, 3), new(Aqueous.H2O, 3)], [new(Solid.Zn, -3)], [new(Gas.AsH3, 1)], 480e3);

    public static readonly Reaction SilicateAcid = new("Zn2SiO4 + 4 H+ = 2 Zn2+ + SiO2 + 2 H2O",
        [new(Aqueous.H, -4), new(Aqueous.Zn, 2), new(Aqueous.SiO2, 1), new(Aqueous.H2O, 2)], [new(Solid.Zn2SiO4, -1)], [], 120e3);

    public static readonly Reaction FerriteAcid = new("ZnFe2O4 + 8 H+ = Zn2+ + 2 Fe3+ + 4 H2O",
        [new(Aqueous.H, -8), new(Aqueous.Zn, 1), new(Aqueous.Fe3, 2), new(Aqueous.H2O, 4)], [new(Solid.ZnFe2O4, -1)], [], 230e3);

    public static readonly Reaction IndiumAcid = new("In2O3 + 6 H+ = 2 In3+ + 3 H2O",
        [new(Aqueous.H, -6), new(Aqueous.In, 2), new(Aqueous.H2O, 3)], [new(Solid.In2O3, -1)], [], 140e3);

    public static readonly Reaction ArsenicWater = new("As2O3 + 3 H2O = 2 H3AsO3",
        [new(Aqueous.H2O, -3), new(Aqueous.Arsenite, 2)], [new(Solid.As2O3, -1)], [], -30e3);

    /// <summary>Germanium shut in iron oxide and silica; oxalate frees it.</summary>
    public static readonly Reaction GermaniumFreed = new("GeO2 + 2 H2O = Ge(OH)4",
        [new(Aqueous.H2O, -2), new(Aqueous.Germanate, 1)], [new(Solid.BoundGe, -1)], [], 0);

    public static readonly Reaction Hydrolysis = new("GeCl4 + 4 H2O = Ge(OH)4 + 4 H+ + 4 Cl-",
        [new(Aqueous.GeCl4, -1), new(Aqueous.H2O, -4), new(Aqueous.Germanate, 1), new(Aqueous.H, 4), new(Aqueous.Cl, 4)], [], [], 100e3);

    public static readonly Reaction TetrachlorideOut = new("GeCl4(l) = GeCl4(g)", [new(Aqueous.GeCl4, -1)], [], [new(Gas.GeCl4, 1)], -33e3);

    public static readonly Reaction HydrogenChlorideOut = new("H+ + Cl- = HCl(g)", [new(Aqueous.H, -1), new(Aqueous.Cl, -1)], [], [new(Gas.HCl, 1)], -75e3);

    public static readonly Reaction[] All =
    [
        ZincAcid, Arsine, SilicateAcid, FerriteAcid, IndiumAcid, ArsenicWater, GermaniumFreed, Hydrolysis, TetrachlorideOut, HydrogenChlorideOut,
    ];
}
