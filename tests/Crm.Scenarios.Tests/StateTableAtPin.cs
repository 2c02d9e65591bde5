using System.Globalization;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;

namespace Crm.Scenarios.Tests;

/// <summary>What the phase-state table and the output roles ask for, compared with what the devices at the end of the wire do.</summary>
internal static class StateTableAtPin
{
    /// <summary>
    /// Departures of the units' pins from the column of a state. A cell <c>keep</c> asks for the pin as it was before the command; a
    /// cell that gives the output to a loop is judged by the loop's target, for the loop moves the pin as it must.
    /// </summary>
    /// <param name="states">Columns that are right: while a state passes through ABORTING, its column or the next one.</param>
    public static IEnumerable<string> Departures(LithiumPlant plant, IEnumerable<int> units, double[] before, params PhaseState[] states)
    {
        foreach (int unit in units)
        {
            foreach (StateRow row in LithiumPlant.Rig.Units[unit].States.Rows)
            {
                var cells = states.Select(s => row.Cells[PhaseTableColumn(s)]).ToList();
                if (cells.Any(c => IsMet(plant, row.Output, c, before))) continue;
                yield return string.Create(CultureInfo.InvariantCulture,
                    $"{LithiumPlant.Rig.Outputs[row.Output].Name} is at {plant.Pin(row.Output):0.###}, was {before[row.Output]:0.###}, {string.Join(" or ", states)} asks for {string.Join(" or ", cells)}");
            }
        }
    }

    /// <summary>Feeds of process units that still run.</summary>
    public static IEnumerable<string> OpenFeeds(LithiumPlant plant) =>
        LithiumPlant.Rig.Outputs
            .Where(o => o.Role == OutputRole.Feed && !IsOfService(o) && Math.Abs(plant.Pin(o.Ordinal)) > LithiumPlant.PinTolerance)
            .Select(o => string.Create(CultureInfo.InvariantCulture, $"{o.Name} still feeds at {plant.Pin(o.Ordinal):0.###} {o.Unit}"));

    private static bool IsMet(LithiumPlant plant, int output, in StateCell cell, double[] before)
    {
        if (cell.IsLoop)
        {
            if (double.IsNaN(cell.Setpoint)) return true;
            var loop = plant.Seen.Frame!.Loops[cell.Loop];
            return loop.Running && Math.Abs(loop.Target - cell.Setpoint) < 1e-6;
        }

        if (cell.IsTimed && plant.Pin(output) == cell.Then.Value) return true;
        double wanted = cell.Value.Keep ? before[output] : cell.Value.Value;
        return Math.Abs(plant.Pin(output) - wanted) <= LithiumPlant.PinTolerance;
    }

    private static int PhaseTableColumn(PhaseState state) => PhaseStateTable.Column(state);

    private static bool IsOfService(OutputDefinition output) => LithiumPlant.Rig.Units[LithiumPlant.Rig.Unit(output.Name.Split('.')[0])].IsService;
}
