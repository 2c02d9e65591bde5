using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Crm.Plant.Allocation;
using Crm.Plant.Quantities;
using Crm.Plant.Rigs;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Procedures;

/// <summary>
/// <c>equipment: {leach: {class: leach-reactor, working: 30 L}}</c>: units the recipe names by what they must be (S88-26). They are bound before anything else is read,
/// so that every check is made against the unit it will run on.
/// </summary>
internal static partial class RecipeEquipment
{
    /// <summary>Keys whose value is a unit; elsewhere a name is one only in front of a dot.</summary>
    private static readonly ImmutableArray<string> places = ["unit", "from", "to", "into", "in", "place"];

    /// <returns>The file with the recipe's own names replaced by units of the rig, and which unit each one is.</returns>
    public static (Fields File, ImmutableSortedDictionary<string, string> Units) Bind(Fields file, RigDefinition rig, Findings findings)
    {
        var requirements = ImmutableArray.CreateBuilder<EquipmentRequirement>();
        var chosen = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (YamlEntry entry in file.Named("equipment"))
        {
            if (Requirement(entry, findings) is not { } requirement) continue;
            requirements.Add(requirement);
            // A unit of that very name is what was meant, where it will do.
            if (rig.Unit(requirement.Name) is >= 0 and var same && !EquipmentBinding.Lacks(rig, rig.Units[same], requirement).Any()) chosen[requirement.Name] = requirement.Name;
        }

        if (requirements.Count == 0) return (file, chosen.ToImmutable());
        BindingResult bound = EquipmentBinding.Bind(rig, requirements.ToImmutable(), [], chosen.ToImmutable());
        if (!bound.Succeeded)
        {
            foreach (YamlEntry entry in file.Named("equipment"))
            {
                string[] reasons = [.. bound.Reasons.Where(r => r.Requirement == entry.Key.Text && r.Unit.Length > 0).Select(r => $"{r.Unit} {r.Reason}").Take(8)];
                if (bound.Reasons.Any(r => r.Unit.Length == 0 && (r.Requirement == entry.Key.Text || r.Requirement.Length == 0)))
                    findings.Add(entry.Key, DiagnosticCodes.EquipmentBinding, $"no unit of {rig.Name} can be {entry.Key.Text}", string.Join("; ", reasons));
            }

            // So that the rest can be checked: a unit of the class stands in for the one that lacks something.
            foreach (EquipmentRequirement requirement in requirements)
                if (rig.Units.FirstOrDefault(u => u.Class == requirement.Class) is { } near) chosen.TryAdd(requirement.Name, near.Name);
        }

        ImmutableSortedDictionary<string, string> units = bound.Succeeded ? bound.Units : chosen.ToImmutable();
        ImmutableSortedDictionary<string, string> others = units.RemoveRange(units.Where(b => b.Key == b.Value).Select(b => b.Key));
        if (others.IsEmpty) return (file, units);
        var replaced = new Fields((YamlMapping)Replaced(file.Map, others, ""), findings, file.What);
        foreach (string read in (string[])["format", "equipment"]) replaced.Find(read);
        return (replaced, units);
    }

    /// <summary>A value that stands outside the procedure, with the recipe's own names replaced by units of the rig.</summary>
    public static YamlNode Bound(YamlNode node, ImmutableSortedDictionary<string, string> units) => Replaced(node, units, places[0]);

    private static EquipmentRequirement? Requirement(YamlEntry entry, Findings findings)
    {
        if (Fields.Open(entry.Value, findings, $"equipment {entry.Key.Text}") is not { } fields) return null;
        EquipmentRequirement requirement = EquipmentRequirement.Of(entry.Key.Text, fields.Text("class")) with
        {
            WorkingVolume = fields.OptionalQuantity("working", Units.Of("L"), 0),
            TemperatureHigh = fields.OptionalQuantity("up_to", Units.Of("degC")) ?? double.NaN,
            TemperatureLow = fields.OptionalQuantity("down_to", Units.Of("degC")) ?? double.NaN,
            Reagents = fields.Texts("reagents"),
            Tags = fields.Texts("tags"),
        };
        fields.Close();
        return requirement;
    }

    private static YamlNode Replaced(YamlNode node, ImmutableSortedDictionary<string, string> units, string key) => node switch
    {
        YamlMapping map => map with { Entries = [.. map.Entries.Select(e => new YamlEntry(InText(e.Key, units), Replaced(e.Value, units, e.Key.Text)))] },
        YamlSequence list => list with { Items = [.. list.Items.Select(item => Replaced(item, units, key))] },
        YamlScalar scalar when places.Contains(key) && units.TryGetValue(scalar.Text, out string? unit) => scalar with { Text = unit },
        YamlScalar scalar => InText(scalar, units),
        _ => node,
    };

    private static YamlScalar InText(YamlScalar scalar, ImmutableSortedDictionary<string, string> units) =>
        scalar with { Text = Dotted().Replace(scalar.Text, name => units.TryGetValue(name.Groups[1].Value, out string? unit) ? unit + "." : name.Value) };

    /// <summary>The name in front of a tag: <c>leach</c> of <c>leach.temperature</c>.</summary>
    [GeneratedRegex(@"(?<![\w.])([a-z][a-z0-9_]*)\.(?=[a-z])")]
    private static partial Regex Dotted();
}
