using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Plant.Tags;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Expressions;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Rigs;

/// <summary>What a tag may plausibly do (NE-11). Read when all tags are known: a tag may be compared with one further down.</summary>
internal sealed partial class RigReader
{
    private readonly List<(int Tag, YamlNode Node)> plausibleOf = [];

    private void ReadPlausible()
    {
        foreach ((int tag, YamlNode node) in plausibleOf)
            if (tag < tags.Count && Plausible(tags[tag], node) is { } plausible) tags[tag] = tags[tag] with { Plausible = plausible };
    }

    private Plausibility? Plausible(TagDefinition tag, YamlNode node)
    {
        if (Fields.Open(node, findings, $"'plausible' of {tag.Name}") is not { } fields) return null;
        Unit measure = tagNames[tag.Name].Unit;
        (double low, double high) = fields.Has("range") ? fields.Range("range", measure) : (double.NegativeInfinity, double.PositiveInfinity);
        double rate = fields.Find("rate") is { } written ? Rate(written, measure) ?? double.PositiveInfinity : double.PositiveInfinity;
        TimeSpan? frozen = fields.Has("frozen") ? fields.Duration("frozen") : null;
        Condition? watched = fields.Find("while") is { } condition ? Conditions.Read(condition, "while", names, findings) : null;
        (int twin, double apart, TimeSpan apartFor) = Agreement(tag, fields, measure);
        fields.Close();
        if (frozen is { } time && (time < TimeSpan.FromSeconds(10) || tag.IsSwitch))
            findings.Add(node, DiagnosticCodes.RigPlausible, $"{tag.Name} cannot be judged frozen after {Values.Plain(time.TotalSeconds)} s", "a measured value, 10 s at least");
        if (frozen is null && watched is not null) findings.Add(node, DiagnosticCodes.RigPlausible, "'while' belongs to 'frozen'", "add 'frozen: 3 min'");
        if (low < tag.Low || high > tag.High)
            if (fields.Has("range")) findings.Add(node, DiagnosticCodes.RigPlausible, $"the plausible range is wider than the span of {tag.Name}", "it lies within the span");
        return new Plausibility(low, high, rate, frozen, watched?.Expression, twin, apart, apartFor);
    }

    private (int Twin, double Apart, TimeSpan For) Agreement(TagDefinition tag, Fields plausible, Unit measure)
    {
        if (Fields.Open(plausible.Find("agrees"), findings, $"'agrees' of {tag.Name}") is not { } fields) return (-1, double.PositiveInfinity, TimeSpan.Zero);
        UnitDraft owner = units.First(u => tag.Name.StartsWith(u.Name + ".", StringComparison.Ordinal));
        NamedTag? twin = Tag(fields.Need("with"), "with", owner);
        double apart = fields.Number("within", measure.Difference, 0);
        TimeSpan time = fields.Duration("for");
        fields.Close();
        if (twin is { } other && (other.Ordinal == tag.Ordinal || other.Unit.Symbol != measure.Symbol))
            findings.Add(fields.Find("with")!, DiagnosticCodes.RigPlausible, $"{tag.Name} cannot be compared with that tag", $"another tag in {measure}");
        return (twin?.Ordinal ?? -1, apart, time);
    }
}
