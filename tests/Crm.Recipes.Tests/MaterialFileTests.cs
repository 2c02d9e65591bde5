using Crm.Plant.Materials;
using Crm.Plant.Rigs;
using Crm.Recipes.Rigs;

namespace Crm.Recipes.Tests;

/// <summary>Lots on the shelf, what may meet what, pools and filtrates, as the rig file declares them.</summary>
public sealed class MaterialFileTests
{
    private const string Rules = "compatibility:\n  - {onto: [water, slurry], comes: black_mass, gives: slurry}\n  - {onto: sulfuric_acid, comes: water, meeting: never, why: boils and spits}\n";

    [Fact]
    public void A_lot_has_material_strength_day_and_mass()
    {
        RigDefinition rig = RigFile.Read("rig.yaml", SmallPlant.Bytes(With("stock:\n  BM-1: {material: black_mass, mass: 20 kg}\n  SA-7: {material: sulfuric_acid, strength: 97.5 wt%, mass: 10 kg, expires: 2027-06-30, blocked: in quarantine}\n"))).Value!;
        Assert.Equal([new StockLot("BM-1", "black_mass", 1, null, 20), new StockLot("SA-7", "sulfuric_acid", 0.975, new DateOnly(2027, 6, 30), 10, "in quarantine")], rig.Stock);
        Assert.Equal("slurry", rig.Compatibility.Mixed("water", "black_mass"));
        Assert.Equal(Meeting.Never, rig.Compatibility.Of("sulfuric_acid", "water").Meeting);
        Assert.Equal(Meeting.AfterCleaning, rig.Compatibility.Of("water", "sulfuric_acid").Meeting);
    }

    public static TheoryData<string, string> Broken => new()
    {
        { "SA-7: {material: sulphuric_acid, mass: 10 kg}", "RIG-STOCK" },
        { "SA-7: {material: sulfuric_acid, mass: 10 kg, expires: next year}", "RIG-STOCK" },
        { "SA/7: {material: sulfuric_acid, mass: 10 kg}", "RIG-STOCK" },
        { "SA-7: {material: sulfuric_acid, mass: 10 L}", "UNIT-MISMATCH" },
        { "SA-7: {material: sulfuric_acid}", "KEY-MISSING" },
        { "SA-7: {material: sulfuric_acid, mass: 10 kg, colour: red}", "KEY-UNKNOWN" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_lot_is_refused_at_its_line(string line, string code) => Refused($"stock:\n  {line}\n", line, code);

    public static TheoryData<string, string> BrokenRules => new()
    {
        { "- {onto: water, comes: sulfuric_acid, meeting: never}", "RIG-COMPATIBILITY" },
        { "- {onto: water, comes: black_mass, meeting: after cleaning}", "RIG-COMPATIBILITY" },
        { "- {comes: black_mass}", "RIG-COMPATIBILITY" },
        { "- {onto: water, comes: sulfuric_acid, meeting: perhaps}", "CHOICE-UNKNOWN" },
    };

    [Theory]
    [MemberData(nameof(BrokenRules))]
    public void A_broken_rule_is_refused_at_its_line(string line, string code) => Refused($"  {line}\n", line, code);

    [Fact]
    public void Water_where_no_level_looks_is_declared_with_its_uncertainty_and_not_twice()
    {
        const string line = "    opening: {water: 2.9 L, u: 0.1 L}\n";
        string text = BrokenFile.Edit(SmallPlant.Rig, "    class: filter\n", "    class: filter\n" + line);
        RigDefinition rig = RigFile.Read("rig.yaml", SmallPlant.Bytes(text)).Value!;
        Assert.Equal(new OpeningWater(2.9, 0.1), rig.Units[rig.Unit("filter1")].Opening);
        text = BrokenFile.Edit(SmallPlant.Rig, "    class: tank\n", "    class: tank\n" + line);
        BrokenFile.Refused(RigFile.Read("rig.yaml", SmallPlant.Bytes(text)), "RIG-OPENING", BrokenFile.LineOf(text, line.Trim()));
    }

    [Theory]
    [InlineData("    pool: water_loop\n", "RIG-POOL")]
    [InlineData("    filtrate: [nowhere]\n", "RIG-UNIT")]
    [InlineData("    filtrate: [leach, filter1]\n", "RIG-FILTRATE")]
    [InlineData("    outlets: [leach]\n", "RIG-OUTLETS")]
    public void Pools_are_of_services_and_filtrates_go_somewhere(string line, string code)
    {
        string text = BrokenFile.Edit(SmallPlant.Rig, "    class: filter\n", "    class: filter\n" + line);
        BrokenFile.Refused(RigFile.Read("rig.yaml", SmallPlant.Bytes(text)), code, BrokenFile.LineOf(text, line.Trim()));
    }

    private static void Refused(string added, string line, string code)
    {
        string text = With(added);
        BrokenFile.Refused(RigFile.Read("rig.yaml", SmallPlant.Bytes(text)), code, BrokenFile.LineOf(text, line));
    }

    private static string With(string added) => BrokenFile.Edit(SmallPlant.Rig, "reagents:\n", $"{Rules}{added}reagents:\n");
}
