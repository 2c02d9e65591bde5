using Crm.Plant.Protection;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Expressions;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Rigs;

/// <summary>Outputs that confirm that they run: <c>confirm: {tag: acid_pump_feedback, at_least: 1, above: 2, within: 5 s}</c>.</summary>
internal sealed partial class RigReader
{
    private readonly List<(OutputDraft Output, YamlNode Node)> confirmOf = [];

    /// <summary>One row of the matrix for each, after those that are written out.</summary>
    private IEnumerable<TripDefinition> Confirmations(int written, SortedSet<string> seen)
    {
        foreach ((OutputDraft output, YamlNode node) in confirmOf)
        {
            if (Confirmation(output, node) is not { } row) continue;
            TripDefinition trip = row.Confirmation.Row(written++, output.Definition, tags[row.Confirmation.Tag], row.Unit);
            Once(seen, trip.Id, node, "trips");
            yield return trip;
        }
    }

    private (RunConfirmation Confirmation, string? Unit)? Confirmation(OutputDraft output, YamlNode node)
    {
        UnitDraft owner = units.First(u => u.Name == output.Owner);
        if (Fields.Open(node, findings, $"confirm of {output.Definition.Name}") is not { } fields) return null;
        NamedTag? tag = Tag(fields.Need("tag"), "tag", owner);
        bool isSwitch = tag is { } read && tags[read.Ordinal].IsSwitch;
        double least = tag is not { } named || (isSwitch && !fields.Has("at_least")) ? 0.5 : fields.Number("at_least", named.Unit);
        double above = output.Definition.IsSwitch && !fields.Has("above") ? 0.5 : fields.Number("above", output.Unit, output.Definition.Low, output.Definition.High);
        TimeSpan within = fields.Duration("within");
        fields.Close();
        if (within < TimeSpan.FromSeconds(1) || within > TimeSpan.FromMinutes(10))
            findings.Add(fields.Find("within") ?? node, DiagnosticCodes.ValueRange, $"{output.Definition.Name} has {Values.Plain(within.TotalSeconds)} s to confirm", "expected 1 s..10 min");
        if (output.Definition.Trip.Keep)
            findings.Add(node, DiagnosticCodes.RigConfirm, $"{output.Definition.Name} would stay as it is when it does not confirm: its 'trip' is keep", "write the value of 'trip' it shall go to, or no 'confirm'");
        return tag is { } confirms ? (new RunConfirmation(confirms.Ordinal, least, above, within), owner.IsService ? null : owner.Name) : null;
    }
}
