using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Materials;
using Crm.Plant.Quantities;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Rigs;

/// <summary>Lots on the shelf, what may meet what, and tanks that are one pool.</summary>
internal sealed partial class RigReader
{
    private static readonly ImmutableArray<(string, Meeting)> meetings = [("may", Meeting.May), ("never", Meeting.Never), ("after cleaning", Meeting.AfterCleaning)];

    private ImmutableArray<StockLot> StockLots(CompatibilityTable table)
    {
        string[] known = [.. reagents.Select(r => r.Name).Concat(table.Rules.SelectMany(r => new[] { r.First, r.Then })).Distinct()];
        return [.. file.Named("stock").Select(entry => StockLot(entry, known)).OfType<StockLot>()];
    }

    /// <summary><c>SA-2026-114: {material: sulfuric_acid, strength: 98 wt%, mass: 10 kg, expires: 2027-06-30, blocked: in quarantine}</c></summary>
    private StockLot? StockLot(YamlEntry entry, string[] known)
    {
        string lot = entry.Key.Text;
        if (lot.Length == 0 || lot.Any(c => char.IsWhiteSpace(c) || c == '/'))
            findings.Add(entry.Key, DiagnosticCodes.RigStock, $"'{lot}' cannot be the number of a lot", "letters, digits and '-', as on the label");
        if (Fields.Open(entry.Value, findings, $"lot {lot}") is not { } fields) return null;
        string material = fields.Text("material");
        if (material.Length > 0 && !known.Contains(material))
            findings.Add(fields.Find("material")!, DiagnosticCodes.RigStock, $"'{material}' is no reagent, and no rule of 'compatibility' speaks of it", Nearest.Suggest(material, known));
        double strength = (fields.OptionalQuantity("strength", Units.Of("wt%"), 0, 100) ?? 100) / 100;
        double mass = fields.Quantity("mass", Units.Of("kg"), 0);
        DateOnly? expires = Day(fields, "expires");
        string blocked = fields.Text("blocked", "");
        fields.Close();
        return new StockLot(lot, material, strength, expires, mass, blocked);
    }

    private DateOnly? Day(Fields fields, string key)
    {
        if (fields.Find(key) is not { } node || Values.Text(node, findings, key) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)) return day;
        findings.Add(node, DiagnosticCodes.RigStock, $"'{text}' is no day", "for example 2027-06-30");
        return null;
    }

    /// <summary>
    /// <c>- {onto: leach_slurry, comes: [sulfuric_acid, hydrogen_peroxide], meeting: may, gives: leach_slurry, why: …}</c>; onto and comes are one name or several.
    /// </summary>
    private CompatibilityTable Compatibility()
    {
        var rules = ImmutableArray.CreateBuilder<MeetingRule>();
        foreach (YamlNode item in file.Items("compatibility"))
        {
            if (Fields.Open(item, findings, "rule of compatibility") is not { } fields) continue;
            ImmutableArray<string> onto = fields.Texts("onto"), comes = fields.Texts("comes");
            Meeting meeting = fields.Choice("meeting", meetings, Meeting.May);
            string why = fields.Text("why", ""), gives = fields.Text("gives", "");
            fields.Close();
            if (onto.IsEmpty || comes.IsEmpty)
                findings.Add(item, DiagnosticCodes.RigCompatibility, "a rule names what is in the vessel and what comes", "for example {onto: water, comes: sulfuric_acid}");
            if (meeting == Meeting.Never && why.Length == 0) findings.Add(item, DiagnosticCodes.RigCompatibility, "a meeting is forbidden without a reason", "add 'why: …': a technician reads it");
            foreach (MeetingRule rule in onto.SelectMany(first => comes.Select(then => new MeetingRule(first, then, meeting, why, gives))))
            {
                if (rules.FirstOrDefault(r => r.First == rule.First && r.Then == rule.Then) is { } other && other.Meeting != rule.Meeting)
                    findings.Add(item, DiagnosticCodes.RigCompatibility, $"{rule.Then} onto {rule.First} has two rules", "keep one");
                rules.Add(rule);
            }
        }

        return new CompatibilityTable(rules.ToImmutable());
    }

    private string Pool(UnitDraft unit)
    {
        string pool = unit.Fields.Text("pool", "");
        if (pool.Length > 0 && !unit.IsService)
            findings.Add(unit.Fields.Find("pool")!, DiagnosticCodes.RigPool, $"{unit.Name} is no service: it belongs to one batch at a time", "pool only tanks that are plant services");
        if (pool.Length > 0 && unitNames.Contains(pool)) findings.Add(unit.Fields.Find("pool")!, DiagnosticCodes.RigPool, $"{pool} is a unit", "give the pool a name of its own");
        return pool;
    }
}
