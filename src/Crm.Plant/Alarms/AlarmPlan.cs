using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Quantities;
using Crm.Plant.Rigs;

namespace Crm.Plant.Alarms;

/// <summary>
/// The alarm list against the rules of rationalisation (ALM-15): about 80 % low, 15 % medium, 5 % high or critical, and a priority that fits
/// the time there is to respond. Findings are advice, not mistakes.
/// </summary>
public static class AlarmPlan
{
    /// <summary>Shares above which too much shouts: high and critical together, and these with medium.</summary>
    public const double MostHigh = 0.05, MostAboveLow = 0.20;

    private static readonly TimeSpan Urgent = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Relaxed = TimeSpan.FromHours(1);

    public static ImmutableArray<int> ByPriority(RigDefinition rig) =>
        [.. Enum.GetValues<AlarmPriority>().Select(p => rig.Alarms.Count(a => a.Priority == p))];

    public static ImmutableArray<string> Advice(RigDefinition rig)
    {
        if (rig.Alarms.IsEmpty) return [];
        var advice = ImmutableArray.CreateBuilder<string>();
        ImmutableArray<int> count = ByPriority(rig);
        double total = rig.Alarms.Length, high = (count[0] + count[1]) / total, above = high + count[2] / total;
        string split = string.Create(CultureInfo.InvariantCulture, $"{count[3]} low, {count[2]} medium, {count[1]} high, {count[0]} critical of {rig.Alarms.Length}");
        if (high > MostHigh) advice.Add($"{Percent(high)} of the alarms are high or critical, about 5 % is usual: {split}");
        if (above > MostAboveLow) advice.Add($"{Percent(above)} of the alarms are above low, about 20 % is usual: {split}");
        foreach (AlarmDefinition alarm in rig.Alarms)
        {
            if (alarm.Priority >= AlarmPriority.Medium && alarm.TimeToRespond < Urgent)
                advice.Add($"{alarm.Id}: {PlantClock.Length(alarm.TimeToRespond)} to respond is short for {alarm.Priority.ToString().ToLowerInvariant()} priority");
            if (alarm.Priority <= AlarmPriority.High && alarm.TimeToRespond > Relaxed)
                advice.Add($"{alarm.Id}: {PlantClock.Length(alarm.TimeToRespond)} to respond is long for {alarm.Priority.ToString().ToLowerInvariant()} priority");
        }

        return advice.ToImmutable();
    }

    private static string Percent(double share) => (100 * share).ToString("0", CultureInfo.InvariantCulture) + " %";
}
