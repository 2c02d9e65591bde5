using System.Collections.Immutable;
using System.Text;
using Crm.Plant.Procedure;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Blocks;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Procedures;
using Crm.Recipes.Specifications;

namespace Crm.Recipes.Tests;

/// <summary>Blocks are written out where they are used; mistakes are told at their line in the block, with the use.</summary>
public sealed class BlockTests
{
    private const string Shared = """
        format: 1
        title: Shared steps
        blocks:
          make-up:
            title: Water and agitation
            parameters:
              vessel: {type: unit, class: leach-reactor}
              water: {type: quantity, unit: L, range: 5..30 L}
              speed: {type: quantity, unit: rpm, default: 200 rpm}
            steps:
              - fill: {id: water, from: recycled_water, to: $water - 1 L}
              - agitate: {id: stir, speed: $speed, until: $vessel.agitator_speed > $speed / 2, at_most: 5 min, then: hold}

        """;

    private const string Own = """
        use: [blocks/shared.yaml]
        blocks:
          warm-up:
            title: Heat, when it pays
            parameters:
              to: {type: quantity, unit: degC}
              while: {type: condition, default: leach.foam off}
              what: {type: text, default: too hot}
            steps:
              - heat: {id: heat, to: $to, pause_when: not $while, limits: [{when: leach.temperature > 84 degC, for: 5 s, then: hold, message: "$what in line"}]}
          make-ready:
            title: Both
            parameters:
              litres: {type: quantity, unit: L}
            steps:
              - block: make-up
                id: first
                with: {vessel: leach, water: $litres * 2}
              - block: warm-up
                with: {to: warm}

        """;

    private static readonly string recipe = BrokenFile.Edit(
        BrokenFile.Edit(SmallPlant.Recipe, "formula:\n", Own + "formula:\n  more: {value: 4 L, range: 1..8 L}\n"),
        "      - fill: {from: recycled_water, to: 24 L}\n",
        "      - {block: make-up, id: slurry, with: {vessel: leach, water: more + 20 L, speed: 250 rpm}}\n      - {block: make-ready, id: again, with: {litres: 4 L + more}}\n");

    [Fact]
    public void A_use_is_written_out_with_its_prefix_and_arguments()
    {
        ImmutableArray<ProcedureNode> steps = [.. Nodes(SmallPlant.Whole(Read(recipe)).Procedure)];
        string[] ids = [.. steps.Select(s => s.Id).Where(id => id.Contains("slurry", StringComparison.Ordinal) || id.Contains("again", StringComparison.Ordinal))];
        Assert.Equal(["leach/slurry/water", "leach/slurry/stir", "leach/again/first/water", "leach/again/first/stir", "leach/again/heat"], ids);
        Assert.Equal(23, Argument(steps, "leach/slurry/water", "to"), 6);
        Assert.Equal(15, Argument(steps, "leach/again/first/water", "to"), 6);
        Assert.Equal(250, Argument(steps, "leach/slurry/stir", "speed"), 6);
        Assert.Equal(200, Argument(steps, "leach/again/first/stir", "speed"), 6);
        var heat = (PhaseNode)steps.Single(s => s.Id == "leach/again/heat");
        Assert.Equal("not (leach.foam off)", heat.PauseWhen!.Text);
        Assert.Equal("too hot in line", heat.Limits.Single().Message);
    }

    [Fact]
    public void A_batch_is_known_by_the_blocks_it_was_read_with()
    {
        string hash = SmallPlant.Whole(Read(recipe)).ContentHash;
        Assert.Equal(hash, SmallPlant.Whole(Read(recipe)).ContentHash);
        Assert.NotEqual(hash, SmallPlant.Whole(Read(recipe, Shared + "# changed\n")).ContentHash);
    }

    /// <summary>Edit of the recipe, code, text on the line it must be told at.</summary>
    public static TheoryData<string, string, string, string> Edits => new()
    {
        { "block: make-up, id", "block: make-upp, id", "BLOCK-UNKNOWN", "make-upp" },
        { "id: slurry, with: {vessel: leach, water: more + 20 L", "id: slurry, with: {vessel: leach", "BLOCK-ARGUMENT", "id: slurry" },
        { "speed: 250 rpm", "spede: 250 rpm", "BLOCK-ARGUMENT", "spede" },
        { "water: more + 20 L", "water: more + 20 kg", "EXPR-UNIT", "20 kg" },
        { "water: more + 20 L", "water: more + 40 L", "BLOCK-ARGUMENT", "40 L" },
        { "water: more + 20 L", "water: [1 L]", "BLOCK-ARGUMENT", "[1 L]" },
        { "id: slurry, with: {vessel: leach", "id: slurry, with: {vessel: filter1", "BLOCK-ARGUMENT", "vessel: filter1" },
        { "id: slurry, with: {vessel: leach", "id: slurry, with: {vessel: lech", "PLACE-UNKNOWN", "vessel: lech" },
        { "id: slurry, with", "id: slur ry, with", "NAME-WRONG", "slur ry" },
        { "with: {litres: 4 L + more}", "with: {litres: 4 L + more}, once: 1", "KEY-UNKNOWN", "once" },
        { "blocks/shared.yaml", "blocks/none.yaml", "FILE-MISSING", "none.yaml" },
        { "heat: {id: heat, to: $to,", "heat: {id: heat, to: $too,", "BLOCK-PARAMETER", "$too" },
        { "type: text, default: too hot", "type: words, default: too hot", "CHOICE-UNKNOWN", "words" },
        { "to: {type: quantity, unit: degC}", "to: {type: quantity, unit: degX}", "UNIT-UNKNOWN", "degX" },
        { "to: {type: quantity, unit: degC}", "to: {type: quantity}", "KEY-MISSING", "to: {type: quantity}" },
        { "to: {type: quantity, unit: degC}", "to: {type: quantity, unit: degC, default: 3 kg}", "UNIT-MISMATCH", "3 kg" },
        { "  make-ready:\n", "  make-up:\n", "BLOCK-TWICE", "  make-up:" },
        { "      - {block: make-ready, id: again, with: {litres: 4 L + more}}\n", "", "BLOCK-UNUSED", "  make-ready:" },
        { "      - block: warm-up\n", "      - block: make-ready\n", "BLOCK-RECURSION", "      - block: make-ready" },
        { "with: {to: warm}", "with: {to: warm, while: leach.level on}", "EXPR-TYPE", "leach.level on" },
        { "steps:\n      - heat: {id: heat,", "steps:\n      - hat: {id: heat,", "STEP-UNKNOWN", "- hat:" },
        { "steps:\n      - block: make-up\n", "steps: []\n    other:\n      - block: make-up\n", "STEP-EMPTY", "steps: []" },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void A_mistake_is_told_where_it_is(string old, string replacement, string code, string marker)
    {
        string edited = BrokenFile.Edit(recipe, old, replacement);
        BrokenFile.Refused(Read(edited), code, BrokenFile.LineOf(edited, marker));
    }

    [Fact]
    public void A_mistake_in_a_block_names_its_file_its_line_and_the_use()
    {
        string shared = BrokenFile.Edit(Shared, "from: recycled_water", "from: rain_water");
        Diagnostic[] found = [.. Read(recipe, shared).Diagnostics.Where(d => d.Code == "PLACE-UNKNOWN")];
        int use = BrokenFile.LineOf(recipe, "id: slurry");
        Assert.Equal(2, found.Length);
        Assert.All(found, d => Assert.Equal((Path.Combine("blocks", "shared.yaml"), BrokenFile.LineOf(shared, "rain_water")), (d.File.Replace('/', Path.DirectorySeparatorChar), d.Line)));
        Assert.Contains(found, d => d.Message.Contains($"(in block make-up, used in line {use})", StringComparison.Ordinal));
        Assert.Contains(found, d => d.Message.Contains("of recipe.yaml, in block make-ready, used in line", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mistake_in_the_shared_file_alone_is_told_once_in_it()
    {
        string shared = BrokenFile.Edit(Shared, "type: unit", "type: vessel");
        Diagnostic found = Assert.Single(Read(recipe, shared).Diagnostics, d => d.Code == "CHOICE-UNKNOWN");
        Assert.EndsWith("shared.yaml", found.File, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_that_uses_itself_is_refused_and_the_reader_returns()
    {
        string endless = BrokenFile.Edit(recipe, "- block: warm-up\n        with: {to: warm}", "- block: make-ready\n        with: {litres: 1 L}\n      - block: make-ready\n        with: {litres: 1 L}");
        Assert.Contains(Read(endless).Diagnostics, d => d.Code == "BLOCK-RECURSION");
    }

    [Fact]
    public void Two_uses_without_id_clash_and_the_remedy_is_an_id()
    {
        string twice = BrokenFile.Edit(recipe, "id: slurry, with", "with");
        twice = BrokenFile.Edit(twice, "      - {block: make-ready", "      - {block: make-up, with: {vessel: leach, water: 9 L}}\n      - {block: make-ready");
        Diagnostic clash = Read(twice).Diagnostics.First(d => d.Code == "STEP-ID");
        Assert.Contains("give the use of the block an id", clash.Remedy, StringComparison.Ordinal);
    }

    private static (ControlRecipe? Value, ImmutableArray<Diagnostic> Diagnostics) Read(string text, string shared = Shared) => RecipeFile.Read(
        "recipe.yaml", SmallPlant.Bytes(text), SmallPlant.Operations, SmallPlant.ReadRig(),
        _ => SpecificationFile.Read("small.yaml", SmallPlant.Bytes(SmallPlant.Specification)),
        path => path.EndsWith("shared.yaml", StringComparison.Ordinal) ? Encoding.UTF8.GetBytes(shared) : null);

    private static IEnumerable<ProcedureNode> Nodes(ProcedureNode root)
    {
        var tree = new ProcedureTree(root);
        for (int node = 0; node < tree.Count; node++) yield return tree[node];
    }

    private static double Argument(ImmutableArray<ProcedureNode> steps, string id, string name)
    {
        ControlRecipe read = SmallPlant.Whole(Read(recipe));
        ArgumentSource source = ((PhaseNode)steps.Single(s => s.Id == id)).Arguments[name];
        var image = new Plant.Tags.Image(0, TimeSpan.Zero, [.. Enumerable.Repeat(Plant.Tags.Reading.Never, 40)]);
        var scope = new StepScope(read.Slots, image) { Values = [.. read.Slots.Select(s => read.Formula.FirstOrDefault(f => f.Name == s.Name) is { } f ? Plant.Tags.Reading.Good(f.Value, TimeSpan.Zero) : Plant.Tags.Reading.Never)] };
        return source.Number!.Evaluate(scope).Value;
    }
}
