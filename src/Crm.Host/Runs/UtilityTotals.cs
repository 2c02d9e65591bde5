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
    /// <summary>Plant time after the end of a batch at which its totals are noted: its last values have reached the pins.</summary>
    public static readonly TimeSpan AfterEnd = TimeSpan.FromSeconds(3);

    /// <summary>What the record calls it.</summary>
    public const string Subject = "utilities";

    private const string FirstMakeUpKey = "meters.first.makeup_l", FirstEnergyKey = "meters.first.electricity_kwh", FirstLevelKey = "meters.first.level_l.", ReturnedKey = "meters.returned_l";

    private readonly ImmutableArray<string> levelNames;
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
        levelNames = [.. levels.Select(l => rig.Tags[l].Name)];
        firstLevels = new double[levels.Length];
        Array.Fill(firstLevels, double.NaN);
    }

    private static ImmutableArray<int> WithRole(RigDefinition rig, params string[] roles) =>
        [.. rig.Tags.Where(t => roles.Contains(t.Name[(t.Name.LastIndexOf('.') + 1)..])).Select(t => t.Ordinal)];

    /// <summary>Once per scan. Bad readings add nothing.</summary>
    public void Observe(PlantFrame frame)
    {
        bool isFirst = before == TimeSpan.MinValue;
        double hours = isFirst ? 0 : (frame.Now - before).TotalHours;
        before = frame.Now;
        foreach (int flow in returnFlows)
        {
            ref readonly Reading reading = ref frame.Image[flow];
            if (!reading.IsBad && reading.Value > 0) returned += reading.Value * hours;
        }

        if (makeUp >= 0) Meter(frame.Image[makeUp], ref firstMakeUp, ref lastMakeUp);
        if (energy >= 0) Meter(frame.Image[energy], ref firstEnergy, ref lastEnergy);
        if (!isFirst && frame.Scan % 100 != 1) return;
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
        return new BatchEvent(at, scan, BatchEventKind.Note, Subject, "Totals of water and electricity at the end of the batch", "meters", data.ToImmutable());
    }

    /// <summary>What whoever goes on counting after a lost controller must know: first readings, and what came back so far.</summary>
    public BatchEvent SoFar(TimeSpan at, long scan)
    {
        var data = BatchEvent.NoData.ToBuilder();
        data[ReturnedKey] = Exact(returned);
        if (!double.IsNaN(firstMakeUp)) data[FirstMakeUpKey] = Exact(firstMakeUp);
        if (!double.IsNaN(firstEnergy)) data[FirstEnergyKey] = Exact(firstEnergy);
        for (int i = 0; i < levels.Length; i++)
            if (!double.IsNaN(firstLevels[i])) data[FirstLevelKey + levelNames[i]] = Exact(firstLevels[i]);
        return new BatchEvent(at, scan, BatchEventKind.Note, Subject, "Meters and levels as the batch began, and what came back so far", "meters", data.ToImmutable());
    }

    /// <summary>Goes on from what <see cref="SoFar"/> noted; false when the event is no such note.</summary>
    public bool GoOn(BatchEvent noted)
    {
        if (noted.Subject != Subject || Number(noted, ReturnedKey) is not { } before) return false;
        (returned, firstMakeUp, firstEnergy) = (before, Number(noted, FirstMakeUpKey) ?? double.NaN, Number(noted, FirstEnergyKey) ?? double.NaN);
        for (int i = 0; i < levels.Length; i++) firstLevels[i] = Number(noted, FirstLevelKey + levelNames[i]) ?? double.NaN;
        return true;
    }

    private static double? Number(BatchEvent noted, string key) =>
        noted.Data.TryGetValue(key, out string? text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;

    private static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
