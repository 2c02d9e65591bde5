using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Loops;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Expressions;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Rigs;

/// <summary><c>voted: {of: [temperature, temperature_b, temperature_c], by: median}</c> of a loop.</summary>
internal sealed partial class RigReader
{
    private static readonly ImmutableArray<(string, VoteRule)> voteRules =
        [("median", VoteRule.Median), ("highest", VoteRule.Highest), ("lowest", VoteRule.Lowest)];

    private VotedValue? Voted(Fields loop, string name, UnitDraft unit, NamedTag? pv)
    {
        if (Fields.Open(loop.Find("voted"), findings, $"voted of {name}") is not { } fields) return null;
        NamedTag[] of = [.. fields.Items("of").Select(node => Tag(node, "of", unit)).OfType<NamedTag>()];
        VoteRule rule = fields.Choice("by", voteRules);
        fields.Close();
        if (pv is not { } first || WhyNoVote(first, of) is not { } why) return new VotedValue(rule, [.. of.Select(t => t.Ordinal)]);
        findings.Add(fields.Map, DiagnosticCodes.RigLoopVote, $"loop {name}: {why}", "name the pv and the other instruments on the same quantity, two to eight in all");
        return null;
    }

    private static string? WhyNoVote(NamedTag pv, NamedTag[] of)
    {
        if (of.Length is < 2 or > Median.Most) return $"{of.Length} instruments";
        if (of.Select(t => t.Ordinal).Distinct().Count() != of.Length) return "an instrument is named twice";
        if (of.All(t => t.Ordinal != pv.Ordinal)) return "its pv is not among them";
        return of.All(t => t.Unit == pv.Unit) ? null : "they are not in one unit";
    }
}
