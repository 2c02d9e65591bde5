using System.Collections.Immutable;

namespace Crm.Host.Tests.ProcessChecks;

/// <summary>A mistake of chemistry made in a recipe, its rig or its twin, and a near neighbour that is none.</summary>
/// <param name="At">Words whose first line in the changed recipe is the place of the finding.</param>
internal sealed record Mistake(string Name, string Code, bool IsAdvice, string Recipe, string At, Func<EditedRecipe, EditedRecipe> Wrong, Func<EditedRecipe, EditedRecipe> Right)
{
    private const string Lithium = "lithium/black-mass-to-carbonate", Vanadium = "vanadium/calcine-to-pentoxide", Germanium = "germanium/residue-to-concentrate",
        Dioxide = "germanium/tetrachloride-to-dioxide", Manganese = "vanadium/manganese-sulfate", Bench = "bench/neutralise-soda-liquor";

    private const string LeachWater = "leach_water:      {value: 24 L, range: 14..27 L", Peroxide = "peroxide:         {value: 1.8 x stoichiometric, range: 1.2..2.5 x",
        Acid = "acid:             {value: 1.1 x stoichiometric, range: 1.0..1.5 x", AcidBlock = "per: {Li: 0.5, Ni: 1, Co: 1, Mn: 1, Al: 1.5, Cu: 1, Fe: 1}",
        Wash = "cake_wash:        {value: 4 L, range: 2..8 L, scales: true", CoolZinc = "          - cool: {id: cool-zinc, to: 40 degC, agitator: 300 rpm}\n",
        AcidWater = "          - fill: {id: acid-water, from: recycled_water, to: 9.5 L, rate: 100 L/h}\n", AcidMakeUp = "          - dose: {id: acid-make-up, reagent: sulfuric_acid, amount: acid_make_up, rate: 3 kg/h}\n",
        Cover = "          - fill: {id: cover-impeller, from: recycled_water, to: 5.4 L, rate: 100 L/h}\n", LiquorIn = "      - weigh_in: {id: liquor-in", Acidify = "              - dose_to_ph: {id: acidify",
        StripCaustic = "strip_caustic:     {value: 1.9 kg, range: 0.8..3 kg", MakeUp = "acid_make_up:      {value: 1.0 kg, range: 0.3..2 kg";

    public static ImmutableArray<Mistake> All { get; } =
    [
        new("leach too full", "FILL-OVERFLOW", false, Lithium, "amount: acid\n",
            r => r.Recipe(LeachWater, "leach_water:      {value: 33 L, range: 14..34 L"), r => r.Recipe(LeachWater, "leach_water:      {value: 26 L, range: 14..29 L")),
        new("wash that may fill the tank", "FILL-RANGE", true, Lithium, "id: residue-wash-1",
            r => r.Recipe(Wash, "cake_wash:        {value: 4 L, range: 2..40 L"), r => r.Recipe(Wash, "cake_wash:        {value: 4 L, range: 2..9 L")),
        new("peroxide tenfold", "STOICHIOMETRY-AMOUNT", false, Lithium, "amount: peroxide\n",
            r => r.Recipe(Peroxide, "peroxide:         {value: 10 x stoichiometric, range: 1.2..10 x"), r => r.Recipe(Peroxide, "peroxide:         {value: 2.4 x stoichiometric, range: 1.2..2.5 x")),
        new("acid a third", "STOICHIOMETRY-AMOUNT", false, Lithium, "amount: acid\n",
            r => r.Recipe(Acid, "acid:             {value: 0.3 x stoichiometric, range: 0.2..1.5 x"), r => r.Recipe(Acid, "acid:             {value: 1.0 x stoichiometric, range: 0.9..1.5 x")),
        new("stoichiometry a tenth", "ACID-DEMAND", true, Lithium, "amount: acid\n",
            r => r.Recipe(AcidBlock, "per: {Li: 0.05, Ni: 0.1, Co: 0.1, Mn: 0.1, Al: 0.15, Cu: 0.1, Fe: 0.1}"), r => r.Recipe(AcidBlock, "per: {Li: 0.5, Ni: 1, Co: 1, Mn: 1, Al: 1.5, Cu: 1}")),
        new("jacket fouled", "HEAT-DOSE", true, Lithium, "rate: acid_rate\n", r => r.Twin("jacket_ua: 220 W/K", "jacket_ua: 1 W/K"), r => r.Twin("jacket_ua: 220 W/K", "jacket_ua: 180 W/K")),
        new("strong acid in an uncooled tank", "HEAT-DOSE", false, Vanadium, "id: acid-make-up",
            r => r.Recipe(MakeUp, "acid_make_up:      {value: 8.5 kg, range: 0.3..9 kg"), r => r.Recipe(MakeUp, "acid_make_up:      {value: 2.0 kg, range: 0.3..2 kg")),
        new("peroxide that may lie unreacted", "HEAT-ACCUMULATED", false, Lithium, "amount: peroxide\n", r => Thick(r).Recipe("              outstanding: 0.35 kg\n", ""), Thick),
        new("slurry like a paste", "LIQUID-TO-SOLID", false, Vanadium, "- heat: {id: warm,",
            r => r.Recipe("charge:            {value: 3 kg, range: 1..3.5 kg", "charge:            {value: 13 kg, range: 1..14 kg").Recipe("leach_water:       {value: 24 L", "leach_water:       {value: 14 L"),
            r => r.Recipe("leach_water:       {value: 24 L", "leach_water:       {value: 14 L")),
        new("hardly any organic", "ORGANIC-TO-AQUEOUS", false, Vanadium, "id: extract,",
            r => r.Recipe("organic_ratio:     {value: 0.5, range: 0.3..1.5", "organic_ratio:     {value: 0.06, range: 0.05..1.5"), r => r.Recipe("organic_ratio:     {value: 0.5,", "organic_ratio:     {value: 0.3,")),
        new("manganese into the iron cake", "PH-HYDROXIDE", false, Manganese, "id: iron,",
            r => r.Recipe("iron_ph:           {value: 5.2 pH, range: 4.5..5.8 pH", "iron_ph:           {value: 8.6 pH, range: 4.5..9 pH"), r => r.Recipe("iron_ph:           {value: 5.2 pH", "iron_ph:           {value: 5.7 pH")),
        new("nickel into the aluminium cake", "PH-HYDROXIDE", false, Lithium, "id: aluminium-trim",
            r => r.Recipe("aluminium_ph:     {value: 5.2 pH, range: 4.8..5.5 pH", "aluminium_ph:     {value: 7.6 pH, range: 4.8..7.7 pH"), r => r.Recipe("aluminium_ph:     {value: 5.2 pH", "aluminium_ph:     {value: 5.5 pH")),
        new("nickel into the aluminium cake at the end of the range", "PH-HYDROXIDE", true, Lithium, "id: aluminium-trim",
            r => r.Recipe("aluminium_ph:     {value: 5.2 pH, range: 4.8..5.5 pH", "aluminium_ph:     {value: 5.2 pH, range: 4.8..8 pH"), r => r.Recipe("aluminium_ph:     {value: 5.2 pH, range: 4.8..5.5 pH", "aluminium_ph:     {value: 5.2 pH, range: 4.8..6 pH")),
        new("warm feed onto kerosene", "FLASH-POINT", false, Vanadium, "id: extract,", r => r.Recipe("id: cool-feed, to: 28 degC", "id: cool-feed, to: 60 degC"), r => r.Recipe("id: cool-feed, to: 28 degC", "id: cool-feed, to: 50 degC")),
        new("fluoride on glass", "MATERIAL-ATTACK", false, Lithium, "id: acid\n", r => r.Rig("made_of: fluoropolymer", "made_of: glass"), r => r.Rig("made_of: fluoropolymer", "made_of: C-276")),
        new("hydrochloric acid on steel", "MATERIAL-ATTACK", false, Dioxide, "id: tetrachloride\n", r => r.Rig("class: reactor\n    made_of: glass", "class: reactor\n    made_of: 316L"), r => r.Rig("class: reactor\n    made_of: glass", "class: reactor\n    made_of: fluoropolymer")),
        new("zinc dust onto arsenic", "HAZARD-PAIR", false, Germanium, "material: zinc_dust", r => Tipped(r, "Zn: 0.98"), r => Tipped(r, "SiO2: 0.98")),
        new("sulfide onto acid", "HAZARD-PAIR", false, Germanium, "id: oxalic,", r => r.Rig("species: H2C2O4", "species: Na2S"), r => r.Rig("species: H2C2O4", "species: Na2SO4")),
        new("cyanide onto acid", "HAZARD-PAIR", false, Germanium, "id: oxalic,", r => r.Rig("species: H2C2O4", "species: NaCN"), r => r.Rig("species: H2C2O4", "species: NaCl")),
        new("hypochlorite onto acid", "HAZARD-PAIR", false, Germanium, "id: oxalic,", r => r.Rig("species: H2C2O4", "species: NaClO"), r => r.Rig("species: H2C2O4", "species: C4H6O6")),
        new("ammonium onto chlorate", "HAZARD-PAIR", false, Lithium, "id: alum,",
            r => Chlorate(r).Rig("species: Al2(SO4)3", "species: (NH4)2SO4"), r => Chlorate(r).Rig("species: Al2(SO4)3", "species: K2SO4")),
        new("peroxide with organic", "HAZARD-PAIR", false, Vanadium, "id: extract,",
            r => r.Recipe(Acidify, "              - dose: {id: oxidise, reagent: hydrogen_peroxide, amount: 0.4 kg, rate: 0.4 kg/h, agitator: 200 rpm}\n" + Acidify),
            r => r.Recipe(Acidify, "              - dose: {id: oxidise, reagent: hydrogen_peroxide, amount: 0.4 kg, rate: 0.4 kg/h, agitator: 200 rpm}\n              - react: {id: falls-apart, temperature: 40 degC, agitator: 200 rpm, for: 2 h}\n" + Acidify)),
        new("water onto tetrachloride", "HAZARD-PAIR", false, Dioxide, "id: fill-water",
            r => r.Recipe(Cover, "          - dose: {id: first, reagent: germanium_tetrachloride, amount: 0.5 kg, rate: 1 kg/h}\n"), r => r.Recipe("to: 5.4 L", "to: 6 L")),
        new("carbonate tipped into acid", "HAZARD-PAIR", false, Bench, "id: liquor-in",
            r => r.Recipe(LiquorIn, "      - dose: {id: acid-first, reagent: sulfuric_acid, amount: 0.3 kg, rate: 0.8 kg/h}\n" + LiquorIn).Twin("Na2CO3: 0.020, H2O: 0.980", "Na2CO3: 0.050, H2O: 0.950"),
            r => r.Twin("Na2CO3: 0.020, H2O: 0.980", "Na2CO3: 0.050, H2O: 0.950")),
        new("water onto acid", "HAZARD-PAIR", false, Vanadium, "id: acid-water", r => r.Recipe(AcidWater, "").Recipe(AcidMakeUp, AcidMakeUp + AcidWater), r => r.Recipe("to: 9.5 L", "to: 10 L")),
        new("iron powder all at once", "GAS-EVOLUTION", false, Lithium, "id: iron-powder", r => Iron(r).Recipe("analytes: [Fe], takes: 5 min", "analytes: [Fe], takes: 1 min"), Iron),
        new("recovery that the mother liquor keeps", "YIELD-SOLUBILITY", false, Lithium, "product: {name: Li2CO3", r => r.Recipe(">= 70 %", ">= 95 %"), r => r.Recipe(">= 70 %", ">= 80 %")),
        new("boiled down into thenardite", "SALT-SOLUBILITY", true, Lithium, "id: boil-down",
            r => r.Recipe("concentrate_to:   {value: 14 L, range: 9..15 L", "concentrate_to:   {value: 6 L, range: 5..15 L"), r => r.Recipe("concentrate_to:   {value: 14 L", "concentrate_to:   {value: 13 L")),
        new("acid for half a batch", "STOCK-SHORT", false, Lithium, "amount: acid\n", r => r.Rig("strength: 98 wt%, mass: 10 kg", "strength: 98 wt%, mass: 3 kg"), r => r.Rig("strength: 98 wt%, mass: 10 kg", "strength: 98 wt%, mass: 4 kg")),
        new("caustic that might not do", "STOCK-MARGIN", true, Lithium, "id: manganese,", r => r.Rig("strength: 30 wt%, mass: 25 kg", "strength: 30 wt%, mass: 20 kg"), r => r.Rig("strength: 30 wt%, mass: 25 kg", "strength: 30 wt%, mass: 24 kg")),
    ];

    private static EditedRecipe Thick(EditedRecipe recipe) => recipe
        .Recipe(LeachWater, "leach_water:      {value: 14 L, range: 14..27 L").Recipe(Peroxide, "peroxide:         {value: 2.5 x stoichiometric, range: 1.2..2.5 x").Recipe("leach_temperature: {value: 70", "leach_temperature: {value: 75");

    private static EditedRecipe Tipped(EditedRecipe recipe, string minerals) => recipe
        .Recipe(CoolZinc, "          - weigh_in: {id: dust, into: leach, material: zinc_dust, mass: 0.2 kg, analytes: [Zn], takes: 5 min, protective: Mask}\n" + CoolZinc)
        .Twin("materials:\n", "materials:\n  zinc_dust: {source: invented, minerals: {" + minerals + "}}\n");

    private static EditedRecipe Chlorate(EditedRecipe recipe) => recipe.Rig("species: H2O2", "species: NaClO3");

    private static EditedRecipe Iron(EditedRecipe recipe) => recipe.Recipe("iron:             {value: 0.1 kg, range: 0.03..0.2 kg", "iron:             {value: 2 kg, range: 0.03..2 kg");
}
