using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Host.Runs;

/// <summary>
/// Water and energy of the batch from the rig's own meters: the make-up counter, permeate and condensate flows, levels, the electricity
/// meter. Recognised by role, so that a rig without one of them simply has no such total.
/// </summary>
public sealed class UtilityTotals
{
    private readonly ImmutableArray<int> returnFlows;
    private readonly ImmutableArray<int> levels;
    private readonly int makeUp;
    private readonly int energy;
    private readonly double[] firstLevels;
    private readonly double levelUncertainty, makeUpUncertainty;
    private double returned, holdUp, firstMakeUp = double.NaN, lastMakeUp, firstEnergy = double.NaN, lastEnergy;
    private TimeSpan before = TimeSpan.MinValue;

    public UtilityTotals(RigDefinition rig)
    {
        returnFlows = WithRole(rig, "permeate_flow", "condensate_flow");
        levels = WithRole(rig, "level");
        makeUp = WithRole(rig, "makeup_total").FirstOrDefault(-1);
        energy = rig.Tag("electricity.energy");
        // A change is a difference of two readings of the same instrument.
        levelUncertainty = Math.Sqrt(2 * levels.Sum(l => Math.Pow(rig.Tags[l].StandardUncertainty, 2)));
        makeUpUncertainty = makeUp < 0 ? 0 : Math.Sqrt(2) * rig.Tags[makeUp].StandardUncertainty;
        firstLevels = new double[levels.Length];
        Array.Fill(firstLevels, double.NaN);
    }

    private static ImmutableArray<int> WithRole(RigDefinition rig, params string[] roles) =>
        [.. rig.Tags.Where(t => roles.Contains(t.Name[(t.Name.LastIndexOf('.') + 1)..])).Select(t => t.Ordinal)];

    /// <summary>Once per scan. Bad readings add nothing.</summary>
    public void Observe(PlantFrame frame)
    {
        double hours = before == TimeSpan.MinValue ? 0 : (frame.Now - before).TotalHours;
        before = frame.Now;
        foreach (int flow in returnFlows)
        {
            ref readonly Reading reading = ref frame.Image[flow];
            if (!reading.IsBad && reading.Value > 0) returned += reading.Value * hours;
        }

        if (makeUp >= 0) Meter(frame.Image[makeUp], ref firstMakeUp, ref lastMakeUp);
        if (energy >= 0) Meter(frame.Image[energy], ref firstEnergy, ref lastEnergy);
        if (frame.Scan % 100 != 1) return;
        holdUp = 0;
        for (int i = 0; i < levels.Length; i++)
        {
            ref readonly Reading reading = ref frame.Image[levels[i]];
            if (reading.IsBad) continue;
            if (double.IsNaN(firstLevels[i])) firstLevels[i] = reading.Value;
            holdUp += reading.Value - firstLevels[i];
        }
    }

    private static void Meter(in Reading reading, ref double first, ref double last)
    {
        if (reading.IsBad) return;
        if (double.IsNaN(first)) first = reading.Value;
        last = reading.Value;
    }

    /// <summary>The totals as one note of the batch record.</summary>
    public BatchEvent Note(TimeSpan at, long scan)
    {
        var data = BatchEvent.NoData.ToBuilder();
        data["water.returned_l"] = Text(returned);
        if (!double.IsNaN(firstMakeUp))
        {
            data["water.fresh_l"] = Text(lastMakeUp - firstMakeUp);
            data["water.fresh_u_l"] = Text(makeUpUncertainty);
        }

        data["water.holdup_change_l"] = Text(holdUp);
        data["water.holdup_change_u_l"] = Text(levelUncertainty);
        if (!double.IsNaN(firstEnergy)) data["energy.electricity_kwh"] = Text(lastEnergy - firstEnergy);
        return new BatchEvent(at, scan, BatchEventKind.Note, "utilities", "Totals of water and electricity at the end of the batch", "meters", data.ToImmutable());
    }

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
