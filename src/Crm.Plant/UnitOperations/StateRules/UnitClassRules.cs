using System.Collections.Immutable;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;

namespace Crm.Plant.UnitOperations;

/// <summary>
/// What each class of unit never does while a phase is holding, held, restarting, stopping, stopped, aborting or aborted. The rig checker
/// refuses a phase-state table that breaks a line; protection may still stop an agitator by its own trip.
/// </summary>
public static class UnitClassRules
{
    private static readonly ImmutableArray<PhaseState> always = PhaseStateTable.States;

    private static readonly ImmutableArray<PhaseState> whileHeld = [PhaseState.Holding, PhaseState.Held, PhaseState.Restarting];

    public static readonly ImmutableArray<UnitClassRule> All =
    [
        new(
            ["leach-reactor", "reactor"],
            "Feeds off, agitator on; leach: heater off, cooling loop on; neutralisation: temperature kept, base starts afresh",
            null,
            "",
            [
                new("RIG-STATES-AGITATOR", [], OutputRole.Agitate, always, CellNeed.NotOff, "the slurry sets solid", "write keep or a speed; only its own trip stops an agitator"),
            ]),
        new(
            ["filter"],
            "Feed off, cake kept under pressure, wash stopped with a cracking limit",
            TimeSpan.FromHours(2),
            "the cake cracks and cannot be washed",
            [
                new("RIG-STATES-FILTER-OPEN", ["discharge", "discharge_valve", "lid", "opener"], null, always, CellNeed.NotOpened, "it opens before the pressure is gone", "write off or keep; a person opens it by a step that looks at the pressure"),
                new("RIG-STATES-FILTER-FEED", ["feed_pump", "wash_pump"], null, always, CellNeed.Off, "it is fed although no phase watches its pressure", "write off"),
            ]),
        new(
            ["extraction"],
            "Both feeds off in the same scan; total recycle up to 15 min, then mixers off and settle; ventilation on",
            TimeSpan.FromMinutes(15),
            "mixers off and settle: crud and emulsion grow in a long recycle",
            [
                new("RIG-STATES-EXTRACTION-FEED", ["aqueous_pump", "organic_pump", "scrub_pump", "strip_pump"], null, always, CellNeed.Off, "one phase is pumped without the other", "write off: both feeds go off in the same scan"),
                new("RIG-STATES-EXTRACTION-MIXER", ["mixer"], null, [PhaseState.Restarting], CellNeed.NotOff, "feeds come back onto mixers that stand", "write keep or a speed"),
                new("RIG-STATES-DIVERT", ["divert"], null, whileHeld, CellNeed.Off, "liquor off its profile goes to the product", "write 0: recycle"),
                new("RIG-STATES-VENTILATION", ["ventilation", "fan"], null, always, CellNeed.NotOff, "solvent vapour gathers", "write on or keep"),
            ]),
        new(
            ["ion-exchange"],
            "Feed off, column flooded, limit on acid contact",
            null,
            "",
            [
                new("RIG-STATES-RESIN-DRAIN", ["drain", "drain_valve", "drain_pump"], null, always, CellNeed.Off, "the resin falls dry and cracks", "write off: the column stays flooded"),
                new("RIG-STATES-COLUMN-FEED", ["feed_pump", "acid_pump", "rinse_pump"], null, always, CellNeed.Off, "liquor or acid goes on over the resin", "write off"),
            ]),
        new(
            ["crystalliser", "evaporator"],
            "Heat off or temperature kept, circulation on; vacuum broken slowly",
            null,
            "",
            [
                new("RIG-STATES-CIRCULATION", [], OutputRole.Agitate, always, CellNeed.NotOff, "crystals settle and the circulation blocks", "write keep or a speed"),
                new("RIG-STATES-CIRCULATION", ["circulation", "circulation_pump"], null, always, CellNeed.NotOff, "crystals settle and the circulation blocks", "write keep or a value"),
                new("RIG-STATES-VACUUM", ["vacuum_break", "vent_valve"], null, always, CellNeed.Low, "the vacuum breaks at once and the boil throws liquor over", "write at most a fifth of its span", 0.2),
            ]),
        new(
            ["dryer"],
            "Heat off, vacuum kept; broken slowly",
            null,
            "",
            [
                new("RIG-STATES-VACUUM", ["vacuum_pump"], null, whileHeld, CellNeed.NotOff, "the vacuum is gone before anybody has decided", "write keep"),
                new("RIG-STATES-VACUUM", ["vacuum_pump"], null, [PhaseState.Stopping], CellNeed.Ramped, "the vacuum breaks at once and powder is blown about", "write a ramp such as {to: off, rate: 1 per s}; abort and trips act at once"),
            ]),
        new(
            ["reverse-osmosis"],
            "Pressure ramped down, then a permeate flush that ends",
            null,
            "",
            [
                new("RIG-STATES-DEAD-HEAD", ["concentrate_valve", "reject_valve"], null, always, CellNeed.NotOff, "the pump is dead-headed and the membrane bursts", "write keep, or a value above 0"),
                new("RIG-STATES-RO-PRESSURE", ["feed_pump", "hp_pump"], null, always, CellNeed.Low, "the membrane stays under pressure without cross-flow control", "write off, or at most 40 % for a flush", 0.4),
                new("RIG-STATES-RO-RAMP", ["feed_pump", "hp_pump"], null, [PhaseState.Holding, PhaseState.Stopping], CellNeed.Ramped, "the pressure falls at once and the membrane telescopes", "write a ramp such as {to: off, rate: 1 per s}; abort and trips act at once"),
                new("RIG-STATES-RO-FLUSH", ["flush_valve"], null, [PhaseState.Held, PhaseState.Stopped], CellNeed.Timed, "the membrane stands in its concentrate, or the flush goes on without end", "write a flush that ends, such as {to: on, for: 2 min, then: off}", Required: true),
            ]),
        new(
            ["electrodialysis"],
            "Current off first, then circulation; the electrode rinse stays ventilated",
            TimeSpan.FromHours(12),
            "acid and base diffuse into the brine: the stack is emptied",
            [
                new("RIG-STATES-CURRENT", ["rectifier"], null, always, CellNeed.Off, "current without a phase that watches the flows boils a compartment and burns its membranes", "write off", Required: true),
                new("RIG-STATES-ELECTRODE-GAS", ["ventilation", "rinse_fan"], null, always, CellNeed.NotOff, "hydrogen and oxygen of the electrodes gather over the rinse", "write on or keep", Required: true),
            ]),
        new(
            ["calciner"],
            "Heat off, sweep and scrubber on",
            null,
            "",
            [
                new("RIG-STATES-SWEEP", ["sweep", "sweep_valve", "sweep_fan"], null, always, CellNeed.NotOff, "it stands hot without sweep", "write on, keep or a value", Required: true),
                new("RIG-STATES-SWEEP", ["scrubber", "scrubber_fan"], null, always, CellNeed.NotOff, "off-gas leaves unscrubbed while it is hot", "write on, keep or a value"),
            ]),
    ];

    /// <summary>Every code a breach can have.</summary>
    public static readonly ImmutableArray<string> Codes = [.. All.SelectMany(c => c.Never).Select(r => r.Code).Distinct()];

    public static UnitClassRule? Of(string unitClass)
    {
        foreach (UnitClassRule rule in All)
            if (rule.Classes.Contains(unitClass)) return rule;
        return null;
    }

    /// <summary>The lines that a unit's table breaks; rows with missing cells are another diagnostic's business.</summary>
    /// <param name="rows">Short name, output and row of every output that has a row.</param>
    public static IEnumerable<StateBreach> Broken(string unitClass, IReadOnlyList<(string Name, OutputDefinition Output, StateRow Row)> rows)
    {
        if (Of(unitClass) is not { } rules) yield break;
        foreach (StateRule rule in rules.Never)
        {
            bool has = false;
            foreach ((string name, OutputDefinition output, StateRow row) in rows)
            {
                if (!rule.IsAbout(name, output.Role)) continue;
                has = true;
                if (row.Cells.Length != PhaseStateTable.States.Length) continue;
                ImmutableArray<PhaseState> broken = [.. rule.In.Where(s => !rule.IsKept(row.Cells[PhaseStateTable.Column(s)], output))];
                if (broken.Length > 0) yield return new StateBreach(rule, name, broken);
            }

            if (rule.Required && !has) yield return new StateBreach(rule, "", rule.In);
        }
    }
}
