using System.Collections.Immutable;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Blocks;

/// <summary>Reads the bytes of a file that a recipe names; null when it cannot be opened.</summary>
public delegate byte[]? ReadBytes(string path);

/// <summary>Writes the steps of blocks out where a recipe uses them, before anything else of it is read.</summary>
internal sealed class BlockExpansion
{
    /// <summary>Blocks inside blocks.</summary>
    private const int Deepest = 8;

    /// <summary>Nodes of the file with its blocks written out; the largest recipe has some thousands.</summary>
    private const int Largest = 200_000;

    private readonly Fields file;
    private readonly Findings findings;
    private readonly SortedDictionary<string, BlockDefinition> blocks = new(StringComparer.Ordinal);
    private readonly SortedSet<string> used = new(StringComparer.Ordinal);
    private readonly List<BlockArgument> arguments = [];
    private readonly List<string> hashes = [];
    private int written;
    private bool incomplete;

    private BlockExpansion(Fields file)
    {
        this.file = file;
        findings = file.Findings;
    }

    /// <summary>What uses give, in the order they are written.</summary>
    public ImmutableArray<BlockArgument> Arguments => [.. arguments];

    /// <summary>Hashes of the files of blocks that were read along.</summary>
    public ImmutableArray<string> Hashes => [.. hashes];

    /// <summary>The file without blocks; itself when it has none.</summary>
    public Fields File { get; private set; } = null!;

    public static BlockExpansion Of(Fields file, ReadBytes read)
    {
        BlockExpansion expansion = new(file) { File = file };
        expansion.Expand(read);
        return expansion;
    }

    private void Expand(ReadBytes read)
    {
        ImmutableArray<BlockDefinition> own = BlockReader.Read(file);
        (YamlScalar At, ImmutableArray<BlockDefinition> Blocks)[] shared = [.. file.Items("use").Select(node => Shared(node, read)).OfType<(YamlScalar, ImmutableArray<BlockDefinition>)>()];
        foreach (BlockDefinition block in own) Declare(block);
        var entries = file.Map.Entries.Where(e => e.Key.Text is not ("blocks" or "use"));
        File = new Fields(file.Map with { Entries = [.. entries.Select(e => e.Key.Text == "procedure" ? e with { Value = Written(e.Value, "", []) } : e)] }, findings, file.What);
        File.Find("format");
        if (written > Largest) findings.Add(file.Map, DiagnosticCodes.RecipeSize, $"with its blocks written out the recipe has more than {Largest} values", "a block may use others, but not this often");
        if (file.Map.Entries.All(e => e.Key.Text != "procedure" || e.Value is not YamlSequence { Items.IsEmpty: false })) return;
        foreach (BlockDefinition block in own.Where(b => !used.Contains(b.Name))) findings.Add(block.At, DiagnosticCodes.BlockUnused, $"no step uses the block '{block.Name}'", $"write '- block: {block.Name}' or remove it");
        foreach ((YamlScalar at, ImmutableArray<BlockDefinition> all) in shared.Where(s => s.Blocks.Length > 0 && s.Blocks.All(b => !used.Contains(b.Name)))) findings.Add(at, DiagnosticCodes.BlockUnused, $"no step uses a block of {at.Text}", "remove it");
    }

    private void Declare(BlockDefinition block)
    {
        if (blocks.TryAdd(block.Name, block)) return;
        BlockDefinition first = blocks[block.Name];
        findings.Add(block.At with { Origin = block.File == findings.File ? null : new YamlOrigin(block.File, $"used by {findings.File}", "") }, DiagnosticCodes.BlockTwice, $"there is a block '{block.Name}' already", $"in line {first.At.Line} of {first.File}");
    }

    private (YamlScalar At, ImmutableArray<BlockDefinition> Blocks)? Shared(YamlNode node, ReadBytes read)
    {
        if (Values.Text(node, findings, "use") is not { } path) return null;
        if (SourceFile.Beside(findings.File, path) is not { } beside || read(beside) is not { } bytes)
        {
            incomplete = true;
            findings.Add(node, DiagnosticCodes.FileMissing, $"the blocks '{path}' cannot be opened", "the path starts at the recipe's folder");
            return null;
        }

        Findings there = new(beside);
        ImmutableArray<BlockDefinition> all = BlockFile.Read(bytes, there);
        findings.Add(there.InOrder());
        hashes.Add(SourceFile.Hash(bytes));
        foreach (BlockDefinition block in all) Declare(block);
        return ((YamlScalar)node, all);
    }

    /// <param name="key">Key the node stands under.</param>
    /// <param name="inside">Blocks around it, the outermost first.</param>
    private YamlNode Written(YamlNode node, string key, ImmutableArray<string> inside)
    {
        if (++written > Largest) return node;
        return node switch
        {
            YamlMapping map => map with { Entries = [.. map.Entries.Select(e => e with { Value = Written(e.Value, e.Key.Text, inside) })] },
            YamlSequence list => list with { Items = [.. list.Items.SelectMany(item => Item(item, key, inside))] },
            _ => node,
        };
    }

    private ImmutableArray<YamlNode> Item(YamlNode item, string key, ImmutableArray<string> inside)
    {
        if (written > Largest) return [];
        if (item is not YamlMapping map || map.Entries.All(e => e.Key.Text != "block")) return [Written(item, key, inside)];
        ImmutableArray<YamlNode> steps = Use(map, inside);
        // In a parallel, each item is a branch of its own.
        return key == "parallel" && steps.Length > 1 ? [new YamlSequence(map.Line, map.Column, steps) { Origin = map.Origin }] : steps;
    }

    private ImmutableArray<YamlNode> Use(YamlMapping map, ImmutableArray<string> inside)
    {
        Fields use = new(map, findings, "a use of a block");
        string name = use.Text("block");
        YamlNode? id = use.Find("id");
        ImmutableArray<YamlEntry> given = use.Named("with");
        use.Close();
        if (id is not null && Values.Text(id, findings, "id") is { } written && !BlockReader.IsName(written)) findings.Add(id, DiagnosticCodes.NameWrong, $"'{written}' cannot be an id", "use letters, digits, '-' and '_'");
        if (name.Length == 0) return [];
        used.Add(name);
        if (!blocks.TryGetValue(name, out BlockDefinition? block))
        {
            if (!incomplete) findings.Add(use.Find("block")!, DiagnosticCodes.BlockUnknown, $"there is no block '{name}'", Nearest.Suggest(name, blocks.Keys));
            return [];
        }

        if (inside.Contains(name) || inside.Length >= Deepest)
        {
            findings.Add(map, DiagnosticCodes.BlockRecursion, inside.Contains(name) ? $"block '{name}' uses itself: {string.Join(", ", inside)}" : $"block '{name}' stands more than {Deepest} blocks deep", "write the steps out where they are needed");
            return [];
        }

        string prefix = (map.Origin?.Prefix ?? "") + (id is YamlScalar { Text.Length: > 0 } own ? own.Text + "/" : "");
        string place = map.Origin is null ? $"line {map.Line}" : $"line {map.Line} of {Path.GetFileName(map.Origin.File)}, {map.Origin.Use}";
        YamlOrigin origin = new(block.File, $"in block {name}, used in {place}", prefix);
        if (Given(block, map, given) is not { } values) return [];
        return [.. ((YamlSequence)Placeholders.Filled(block.Steps, values, origin)).Items.SelectMany(step => Item(step, "steps", inside.Add(name)))];
    }

    /// <summary>A value for every parameter; null when one is wrong, which is reported.</summary>
    private ImmutableSortedDictionary<string, BlockArgument>? Given(BlockDefinition block, YamlMapping use, ImmutableArray<YamlEntry> given)
    {
        bool good = true;
        foreach (YamlEntry entry in given.Where(g => block.Parameters.All(p => p.Name != g.Key.Text)))
            good = Refused(entry.Key, $"block {block.Name} has no parameter '{entry.Key.Text}'", Nearest.Suggest(entry.Key.Text, block.Parameters.Select(p => p.Name)));
        var values = ImmutableSortedDictionary.CreateBuilder<string, BlockArgument>(StringComparer.Ordinal);
        foreach (BlockParameter parameter in block.Parameters)
        {
            YamlNode? value = given.FirstOrDefault(g => g.Key.Text == parameter.Name)?.Value;
            if (value is null && parameter.Default is null) good = Refused(use, $"block {block.Name} needs '{parameter.Name}'", $"add 'with: {{{parameter.Name}: …}}'");
            if ((value ?? parameter.Default) is not { } taken) continue;
            BlockArgument argument = new(block.Name, parameter, taken);
            values[parameter.Name] = argument;
            if (value is null) continue;
            if (BlockReader.CheckForm(argument, findings)) arguments.Add(argument);
            else good = false;
        }

        return good ? values.ToImmutable() : null;
    }

    private bool Refused(YamlNode at, string message, string remedy)
    {
        findings.Add(at, DiagnosticCodes.BlockArgument, message, remedy);
        return false;
    }
}
