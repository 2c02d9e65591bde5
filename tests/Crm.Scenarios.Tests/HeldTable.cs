using Crm.Plant.Phases;
using Crm.Plant.Rigs;
using Crm.Plant.UnitOperations;

namespace Crm.Scenarios.Tests;

/// <summary>What HELD means, unit by unit: the column of the rig file cell by cell at the pins, and what may never be meanwhile.</summary>
internal static class HeldTable
{
    /// <summary>What must be so in every scan of a hold, by class of the unit; the first that is not, or null.</summary>
    private static readonly SortedDictionary<string, Func<PilotRun, string, string?>> Never = new(StringComparer.Ordinal)
    {
        ["extraction"] = (p, u) => p.Pin($"{u}.ventilation") != 1 ? "ventilation off" : p.Pin($"{u}.divert") != 0 ? "product while held" : null,
        ["electrodialysis"] = (p, u) => p.Pin($"{u}.rectifier") != 0 ? "current on" : p.Pin($"{u}.ventilation") != 1 ? "electrode gas not drawn off" : null,
        ["ion-exchange"] = (p, u) => On(p, $"{u}.drain_valve") ? "drained" : p.Rig.Tag($"{u}.bed_level") >= 0 && p.Reads($"{u}.bed_level") < 95 ? $"bed at {p.Reads($"{u}.bed_level")} %" : p.Pin($"{u}.feed_pump") > 0 ? "fed" : null,
        ["reverse-osmosis"] = (p, u) => p.Pin($"{u}.concentrate_valve") < ReverseOsmosisOperation.LeastOpen ? "concentrate shut" : p.Pin($"{u}.feed_pump") > 0 && p.Pin($"{u}.flush_valve") > 0 ? "flushed under pressure" : null,
        ["calciner"] = (p, u) => p.Pin($"{u}.sweep") != 100 ? "sweep off" : p.Pin("scrubber.fan") != 100 ? "scrubber off" : null,
        ["evaporator"] = (p, u) => p.Pin($"{u}.agitator") <= 0 ? "circulation off" : null,
        ["crystalliser"] = (p, u) => p.Pin($"{u}.agitator") <= 0 ? "agitator off" : null,
        ["leach-reactor"] = (p, u) => p.Pin($"{u}.agitator") <= 0 ? "agitator off" : p.Pin("scrubber.fan") != 100 ? "scrubber off" : p.Rig.Output("nitrogen.valve") >= 0 && !On(p, "nitrogen.valve") ? "sweep off" : null,
        ["reactor"] = (p, u) => p.Pin($"{u}.agitator") <= 0 ? "agitator off" : null,
        ["vessel"] = (p, u) => p.Rig.Output($"{u}.agitator") >= 0 && !On(p, $"{u}.agitator") ? "agitator off" : null,
        ["dryer"] = (p, u) => On(p, $"{u}.heater") ? "heated" : !On(p, $"{u}.vacuum_pump") ? "vacuum broken at once" : null,
        ["filter"] = (p, u) => p.Pin($"{u}.feed_pump") != 0 || p.Pin($"{u}.wash_pump") != 0 ? "fed or washed" : !On(p, $"{u}.air_valve") ? "cake without pressure" : null,
    };

    private static bool On(PilotRun plant, string output) => plant.Rig.Output(output) >= 0 && plant.Pin(output) > 0;

    /// <summary>HOLD by a person: feeds off with the first scan and all in it, the column of HELD within a minute, and nothing that may never be for the whole time.</summary>
    public static void Hold(PilotRun plant, string unit, TimeSpan time)
    {
        UnitDefinition definition = plant.Rig.Units[plant.Rig.Unit(unit)];
        double[] before = [.. plant.Rig.Outputs.Select(o => plant.Pin(o.Name))];
        Assert.Equal(Control.ReplyKind.Accepted, plant.Command(PhaseCommand.Hold).Kind);
        plant.Scan();
        int holding = PhaseStateTable.Column(PhaseState.Holding);
        foreach (StateRow row in definition.States.Rows.Where(r => !r.Cells[holding].IsRamp && plant.Rig.Outputs[r.Output].Role is Plant.Outputs.OutputRole.Feed or Plant.Outputs.OutputRole.Transfer))
            Assert.True(plant.Pin(plant.Rig.Outputs[row.Output].Name) == 0, $"{plant.Rig.Outputs[row.Output].Name} feeds on after the scan of HOLD");
        Func<PilotRun, string, string?> never = Never[definition.Class];
        TimeSpan ramps = definition.States.Rows.Select(r => r.Cells[holding]).Where(c => c.IsRamp).Select(c => TimeSpan.FromSeconds(100 / c.PerSecond)).DefaultIfEmpty(TimeSpan.Zero).Max();
        TimeSpan timed = definition.States.Rows.Max(r => r.Cells[holding].For);
        TimeSpan reached = plant.Now + TimeSpan.FromMinutes(1) + ramps + timed, end = plant.Now + time;
        bool looked = false;
        while (plant.Now < end)
        {
            plant.Scan();
            Assert.True(never(plant, unit) is not { } wrong, $"{unit} at {plant.Now}: {never(plant, unit)}");
            if (looked || plant.Now < reached) continue;
            looked = true;
            Assert.True(plant.IsHeld(unit), plant.Story);
            Assert.Empty(Departures(plant, unit, before));
        }
    }

    /// <summary>Cells of the unit's HELD column that are not so at the pins; while HOLDING, ramps are on their way.</summary>
    /// <param name="before">Pins before the hold, for the cells that keep.</param>
    /// <param name="except">Cells that are excused: a broken device, or what its own trip has taken further towards safe.</param>
    public static IEnumerable<string> Departures(PilotRun plant, string unit, double[] before, Func<int, bool>? except = null)
    {
        bool ramping = plant.IsHolding(unit);
        foreach (StateRow row in plant.Rig.Units[plant.Rig.Unit(unit)].States.Rows)
        {
            StateCell cell = row.Cells[PhaseStateTable.Column(PhaseState.Held)];
            string output = plant.Rig.Outputs[row.Output].Name;
            if (except?.Invoke(row.Output) == true || (ramping && row.Cells[PhaseStateTable.Column(PhaseState.Holding)].IsRamp)) continue;
            if (cell.IsLoop)
            {
                var loop = plant.Frame.Loops[cell.Loop];
                if (!loop.Running || (!double.IsNaN(cell.Setpoint) && Math.Abs(loop.Target - cell.Setpoint) > 1e-6)) yield return $"{output}: loop at {loop.Target}, HELD asks for {cell.Setpoint}";
                continue;
            }

            double wanted = cell.Value.Keep ? before[row.Output] : cell.Value.Value;
            // When a timed cell comes to its second value has tests of its own.
            if (cell.IsTimed && plant.Pin(output) == cell.Then.Value) continue;
            if (Math.Abs(plant.Pin(output) - wanted) > 1e-9) yield return $"{output} at {plant.Pin(output)}, HELD asks for {wanted}";
        }
    }
}
