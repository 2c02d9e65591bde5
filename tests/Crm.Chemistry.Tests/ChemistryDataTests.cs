using System.Text.RegularExpressions;
using Crm.Chemistry.Crystallisation;
using Crm.Chemistry.Equilibrium;
using Crm.Chemistry.Properties;
using Xunit;

namespace Crm.Chemistry.Tests;

/// <summary>The folder <c>chemistry/</c>: what stands in it is read whole, and what cannot be right is refused by file, line and reason.</summary>
public sealed class ChemistryDataTests
{
    private const string SaltColumns = "salt,cation,cations,second,anion,anions,waters,solubility,molar_mass,share,product,celsius,per_kelvin,lowest,highest,sulfate,hydroxide,nucleates,tau,heat,source\n";

    public static TheoryData<string> Files =>
        [.. typeof(Aqueous).Assembly.GetManifestResourceNames().Where(n => n.StartsWith("chemistry/", StringComparison.Ordinal)).Select(n => n["chemistry/".Length..])];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_row_says_where_it_is_from_and_how_far_to_trust_it(string file)
    {
        if (file is "density-laliberte-2009.csv" or "conductivity-mccleskey-2011.csv") return;       // one source for the whole table, at its head
        ConstantTable table = ConstantTable.Read(file);
        Assert.NotEmpty(table.Rows);
        Assert.All(table.Rows, row => Assert.Matches(new Regex(@"\[[RCG]\]"), row.Text("source")));
    }

    [Fact]
    public void All_tables_of_the_plant_can_be_read()
    {
        Assert.True(Files.Count >= 19);
        Assert.True(Aqueous.Count >= 31 && Solid.Count >= 64 && Gas.Count >= 10 && Organic.Count >= 7 && Elements.Count >= 26);
        Assert.True(Reactions.All.Length >= 51 && RateConstants.All.Length >= 45 && Solutes.All.Count >= 17 && LawConstants.All.Length >= 130);
        Assert.True(CrystalKinetics.All.Length >= 8 && WallDeposit.Solids.Length >= 4 && Hydroxides.Table.Length >= 10 && AqueousLibrary.Species.Count >= 48);
        Assert.Equal(0, Salts.Furthest(new Mixture(), default));
    }

    [Fact]
    public void A_law_has_each_constant_once() => Assert.Distinct(LawConstants.All.Select(c => (c.Law, c.Name)));

    /// <summary>The code knows these by number; a row in the wrong place would change what a law acts on.</summary>
    [Fact]
    public void Named_numbers_are_the_rows_they_name()
    {
        Assert.Equal(("H2O", "Li+", "GeCl4"), (Aqueous.Names[Aqueous.H2O], Aqueous.Names[Aqueous.Li], Aqueous.Names[Aqueous.GeCl4]));
        Assert.Equal(("LiNiO2", "CaSO4.2H2O", "LiNaSO4"), (Solid.Names[Solid.LiNiO2], Solid.Names[Solid.Gypsum], Solid.Names[Solid.LiNaSO4]));
    }

    /// <summary>The heat of evaporation is the latent heat of the law of water, per mol.</summary>
    [Fact]
    public void Evaporation_takes_the_latent_heat() => Assert.Equal(-Water.HeatOfVaporisation(25) * 0.018015, Reactions.Evaporation.Heat, 1e-9);

    [Theory]
    [InlineData("a,source\nx,[G]\ny,[G]", "line 2: 'x' stands where the code expects 'y'")]
    [InlineData("a,source\ny,[G]", "'x' is missing")]
    [InlineData("a,source\ny,[G]\nx,[G]\n# remark\n\ny,[G]", "line 6: 'y' has a row already")]
    [InlineData("a,source\ny", "line 2: 1 cells for 2 columns (a, source)")]
    [InlineData("# nothing", "no line names the columns")]
    [InlineData("b,source\ny,[G]", "no column 'a'; it has b, source")]
    public void A_table_of_species_that_departs_from_the_code_is_refused(string text, string message) =>
        Assert.Contains(message, Refused(() => ConstantTable.Of("test.csv", text).Names("a", ["y", "x"])), StringComparison.Ordinal);

    [Theory]
    [InlineData("Fe + 2 H+ = Fe2+ + H2", "")]
    [InlineData("Fe + 2 H+ = Fe3+ + H2", "the charge does not balance: +1 on the right")]
    [InlineData("Fe + 2 H+ = 2 Fe2+ + H2", "Fe does not balance: 1 too many on the right")]
    [InlineData("Fe + 4 H+ = Fe2+ + H2", "H does not balance: 2 too many on the left")]
    [InlineData("Fe + 2 H+", "two sides")]
    [InlineData("Fe + 2 H+ = Fe2+ + Hx", "'Hx' is in none of aqueous-components.csv, solids.csv, gases.csv")]
    [InlineData("Fe(g) + 2 H+ = Fe2+ + H2", "'Fe(g)' is in none")]
    [InlineData("-1 Fe + 2 H+ = Fe2+ + H2", "a positive number")]
    public void A_reaction_that_is_none_or_does_not_balance_is_refused(string equation, string message)
    {
        Action read = () => ReactionTable.Read(ConstantTable.Of("reactions.csv", $"id,equation,heat,source\nok,H2O(l) = H2O(g),0,[G]\none,{equation},1,[G]"));
        if (message.Length == 0) read();
        else
        {
            string said = Refused(read);
            Assert.StartsWith("chemistry/reactions.csv, line 3: ", said, StringComparison.Ordinal);
            Assert.Contains(message, said, StringComparison.Ordinal);
        }
    }

    /// <summary>The liquor comes before solids and gases; a phase behind the name chooses another. Hydroxide is water less a proton, and what stands on both sides is one term.</summary>
    [Fact]
    public void An_equation_is_read_by_phase()
    {
        Reaction silicate = ReactionEquation.Read("Na2SiO3 + H2O = 2 Na+ + SiO2 + 2 OH-", 83e3);
        Assert.Equal([new Term(Aqueous.H2O, 1), new Term(Aqueous.H, -2), new Term(Aqueous.Na, 2), new Term(Aqueous.SiO2, 1)], silicate.Aq);
        Assert.Equal([new Term(Solid.Na2SiO3, -1)], silicate.Solids);
        Assert.Equal([new Term(Gas.GeCl4, 1)], ReactionEquation.Read("GeCl4(l) = GeCl4(g)", 0).Gases);
        Assert.Equal([new Term(Solid.SiO2, -1)], ReactionEquation.Read("SiO2(s) = SiO2", 0).Solids);
    }

    [Theory]
    [InlineData("Li2CO3,Li+,2,,CO3-2,1,0,,,,1e-3,,,,,0,,1.3,0,0,[G]", "")]
    [InlineData("Li2CO3,Li+,1,,CO3-2,1,0,,,,1e-3,,,,,0,,1.3,0,0,[G]", "the ions of a formula unit have the charge -1")]
    [InlineData("Li2CO3,Na+,2,,CO3-2,1,0,,,,1e-3,,,,,0,,1.3,0,0,[G]", "Li: 2 in the formula of the solid, 0 in its ions and waters")]
    [InlineData("Li2CO3,Li+,2,,CO3-2,1,1,,,,1e-3,,,,,0,,1.3,0,0,[G]", "H: 0 in the formula of the solid, 2 in its ions and waters")]
    [InlineData("Li2CO4,Li+,2,,CO3-2,1,0,,,,1e-3,,,,,0,,1.3,0,0,[G]", "salt: 'Li2CO4' is no solid of chemistry/solids.csv")]
    [InlineData("Li2CO3,Li+,2,,CO3-2,1,0,Li2CO3,73.89,,1e-3,,,,,0,,1.3,0,0,[G]", "either a solubility or a product")]
    [InlineData("Li2CO3,Li+,2,,CO3-2,1,0,LiX,73.89,,,,,,,0,,1.3,0,0,[G]", "chemistry/solubility.csv has no row 'LiX'")]
    [InlineData("Li2CO3,Li+,2,,CO3-2,1,0,Li2CO3,heavy,,,,,,,0,,1.3,0,0,[G]", "molar_mass: 'heavy' is not a number")]
    [InlineData("Li2CO3,Li+,2,,CO3-2,1,0,,,,1e-3,25,-1e-3,20,30,0,,1.3,0,0,[G]", "the product is not positive between lowest and highest")]
    [InlineData("Li2CO3,Li+,2,,CO3-2,1,0,,,,1e-3,,,,,0,,0.5,0,0,[G]", "nucleates is a ratio of 1 or more")]
    [InlineData("CaCO3,Ca2+,1,,CO3-2,1,0,,,,4e-8,,,,,0,,2,0,0,[G]", "tau is 0, which is for crystals")]
    public void A_salt_that_cannot_be_is_refused(string row, string message)
    {
        Action read = () => Salt.Read(ConstantTable.Of("salts.csv", SaltColumns + row));
        if (message.Length == 0) read();
        else Assert.Contains("chemistry/salts.csv, line 2: " + message, Refused(read).Replace("a salt has ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("black-mass,Fe + 2 H+ = Fe2+ + H2,1,70,0,,,[G]", "")]
    [InlineData("black-mass,Fe + 2 H+ = Fe2+ + H3,1,70,0,,,[G]", "chemistry/reactions.csv has no equation")]
    [InlineData("black-mass,Fe + 2 H+ = Fe2+ + H2,0,70,0,,,[G]", "per_second and half are above 0")]
    [InlineData("black-mass,Fe + 2 H+ = Fe2+ + H2,1,70,0,Xx,1,[G]", "driver: 'Xx' is no component")]
    [InlineData("black-mass,Fe + 2 H+ = Fe2+ + H2,1,70,0,acid,1,[G]", "half belongs to a driver that is a component")]
    [InlineData("black-mass,Fe + 2 H+ = Fe2+ + H2,1,70,0,Fe3+,,[G]", "half belongs to a driver that is a component")]
    public void A_rate_that_cannot_be_is_refused(string row, string message)
    {
        Action read = () => RateConstants.Read(ConstantTable.Of("rates.csv", "law,reaction,per_second,celsius,energy,driver,half,source\n" + row));
        if (message.Length == 0) read();
        else Assert.Contains("chemistry/rates.csv, line 2: " + message, Refused(read), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("H2SO4,H+ 2 SO4-2 1,[C]", "")]
    [InlineData("H2SO4,H+ 2 SO4-2,[C]", "names with a number behind each")]
    [InlineData("H2SO4,H+ 2 XO4-2 1,[C]", "'XO4-2' is no component")]
    [InlineData("H2SO4,H+ 1 SO4-2 1,[C]", "H: 2 in the formula, 1 in the components")]
    [InlineData("HSO4,H+ 1 SO4-2 1,[C]", "the components have the charge -1")]
    public void A_solute_that_is_not_its_components_is_refused(string row, string message)
    {
        Action read = () => Solutes.Read(ConstantTable.Of("solutes.csv", "solute,components,source\n" + row));
        if (message.Length == 0) read();
        else Assert.Contains(message, Refused(read), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Mg(OH)2,Mg2+,3,1e5,,[G]", "as many as the charge")]
    [InlineData("Mg(OH)2,Zn2+,2,1e5,,[G]", "Mg: 1 in the formula of the solid, 0 in metal and hydroxide")]
    [InlineData("Mg(OH)2,Mg2+,2,1e5,1e-13,[G]", "for aluminium only")]
    public void A_hydroxide_that_cannot_be_is_refused(string row, string message) =>
        Assert.Contains(message, Refused(() => Hydroxides.Read(ConstantTable.Of("hydroxides.csv", "hydroxide,metal,order,hydrolysis,anion,source\n" + row))), StringComparison.Ordinal);

    private static string Refused(Action read) => Assert.Throws<ChemistryDataException>(read).Message;
}
