using Crm.Plant.Rigs;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.ProcessChecks;

/// <summary>No vessel may come to hold more than its working volume; the sum is spelled out.</summary>
internal static class FillCheck
{
    /// <summary>Sums of nominal volumes are no better than this.</summary>
    private const double Slack = 1.005;

    public static IEnumerable<ProcessFinding> Of(Course course)
    {
        HashSet<string> told = new(StringComparer.Ordinal);
        foreach (Moment moment in course.Moments)
        {
            if (course.Unit(moment.After.Name) is not { WorkingVolume: { } working } unit || !(moment.After.Litres > working * Slack) || !told.Add(unit.Name)) continue;
            bool asWritten = course.Formula.Words.Length == 0;
            yield return new ProcessFinding(
                moment.Node.Id, Key(moment), asWritten ? DiagnosticCodes.FillOverflow : DiagnosticCodes.FillRange, !asWritten,
                $"{unit.Name}: {Sum(moment.After)} > {Say.N(working)} L working volume{course.Case}",
                asWritten ? $"at least {Say.N(moment.After.Litres - working)} L too much: put in less, or empty {unit.Name} before" : $"narrow the range so that {unit.Name} stays within {Say.N(working)} L");
        }
    }

    private static string Key(Moment moment) => moment.Operation switch { "fill" => "to", "dose" or "transfer" or "crystallise_react" => "amount", "wash" => "volume", "" => "mass", _ => "" };

    /// <summary><c>8.4 L water + 1.9 L sulfuric acid + 2.1 L black mass = 12.4 L</c>.</summary>
    public static string Sum(Vessel vessel)
    {
        var parts = vessel.Parts.GroupBy(p => p.What, StringComparer.Ordinal).Select(g => (What: g.Key, Litres: g.Sum(p => p.Litres))).Where(p => p.Litres >= 0.005);
        return string.Join(" + ", parts.Select(p => $"{Say.N(p.Litres)} L {Say.Words(p.What)}")) + $" = {Say.N(vessel.Litres)} L";
    }
}
