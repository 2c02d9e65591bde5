using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Rigs;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Rigs;

/// <summary>What a unit's class never does, whatever its phase-state table says.</summary>
internal sealed partial class RigReader
{
    private void ClassRules(UnitDraft unit, IEnumerable<StateRow> table, TimeSpan longest)
    {
        // No batch command moves a service: its outputs are its duties' business.
        if (unit.IsService || unit.Fields.Find("class") is not YamlScalar { Text: var unitClass }) return;
        (string Name, OutputDefinition Output, StateRow Row)[] rows =
            [.. table.Select(r => (outputs[r.Output].Definition.Name[(unit.Name.Length + 1)..], outputs[r.Output].Definition, r))];
        foreach (StateBreach breach in UnitClassRules.Broken(unitClass, rows))
        {
            YamlNode at = unit.Fields.Named("states").FirstOrDefault(e => Full(unit, e.Key.Text) == unit.Name + "." + breach.Output)?.Key ?? unit.Key;
            string states = string.Join(", ", breach.States.Select(s => s.ToString().ToLowerInvariant()));
            string what = breach.Output.Length > 0
                ? $"{unit.Name}.{breach.Output} while {states}: {breach.Rule.Never}"
                : $"{unit.Name} is a {unitClass} and has none of {string.Join(", ", breach.Rule.Outputs)}: {breach.Rule.Never}";
            findings.Add(at, breach.Rule.Code, what, breach.Rule.Remedy);
        }

        if (UnitClassRules.Of(unitClass) is { LongestHold: { } most } rule && longest > most && unit.Fields.Find("hold") is { } hold)
            findings.Add(
                hold, DiagnosticCodes.RigHoldLong, $"{unit.Name} may be held {Minutes(longest)} min: {rule.AfterLongestHold}",
                $"a {unitClass} is held at most {Minutes(most)} min");
    }

    /// <summary>No state of a phase reaches the membranes of a plant service: its pump's own rate is the ramp, a duty with an end the flush.</summary>
    private void MembraneService(UnitDraft unit, ImmutableArray<DutyDefinition> duties)
    {
        if (!unit.IsService || unit.Fields.Find("class") is not YamlScalar { Text: "reverse-osmosis" }) return;
        foreach (OutputDraft pump in outputs.Where(o => o.Owner == unit.Name && o.Definition.RatePerSecond is null && o.Definition.Name[(unit.Name.Length + 1)..] is "feed_pump" or "hp_pump"))
            findings.Add(unit.Key, DiagnosticCodes.RigStatesRoRamp, $"{pump.Definition.Name} falls at once when its duty ends: the membrane telescopes", "give the pump a rate, such as 'rate: 1 per s'");
        int valve = outputs.FirstOrDefault(o => o.Definition.Name == unit.Name + ".flush_valve")?.Definition.Ordinal ?? -1;
        if (valve < 0 || !duties.Any(d => d.Output == valve && d.For > TimeSpan.Zero && d.Value > 0 && d.Rest == 0))
            findings.Add(
                unit.Key, DiagnosticCodes.RigStatesRoFlush, $"{unit.Name} stands in its concentrate, or is flushed without end, when its duty ends",
                $"add an output flush_valve and a duty such as {{unit: {unit.Name}, output: flush_valve, value: on, rest: off, for: 60 s, start: {unit.Name}.pressure < 3 bar}}");
    }

    private static string Minutes(TimeSpan time) => time.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture);
}
