using System.Collections.Immutable;

namespace Crm.Plant.Alarms;

/// <summary>How often one alarm was annunciated.</summary>
/// <param name="Alarm">Ordinal.</param>
public readonly record struct AlarmFrequency(int Alarm, int Times);

/// <summary>
/// Alarm figures of a period (ALM-19). Rates are not converted between time bases: an average hides floods (standards 2.2).
/// </summary>
/// <param name="Raised">Annunciations.</param>
/// <param name="ByPriority">Critical, high, medium, low.</param>
/// <param name="TenMinutes">Ten-minute intervals that have ended.</param>
/// <param name="TenMinutesOver10">Of these, with more than 10 annunciations.</param>
/// <param name="HoursOver30">Hours with more than 30 annunciations, of <paramref name="Hours"/> that have ended.</param>
/// <param name="PeakTenMinutes">Most annunciations in any ten minutes.</param>
/// <param name="FloodTime">Time from more than 10 in ten minutes to fewer than 5 (ALM-18).</param>
/// <param name="Chattering">Alarms that came three times or more within a minute.</param>
/// <param name="Fleeting">Annunciations that went within a minute.</param>
/// <param name="Stale">Most alarms at once that were active for more than 24 h.</param>
/// <param name="MostActive">Most alarms active at once.</param>
/// <param name="MeanToAcknowledge">Over <paramref name="Acknowledged"/>; zero when there were none.</param>
/// <param name="RefusedSuppressions">Shelvings and removals from service that were asked for without permission.</param>
/// <param name="Frequencies">Every alarm that was annunciated, most frequent first.</param>
public sealed record AlarmPeriod(
    TimeSpan From,
    TimeSpan To,
    int Raised,
    ImmutableArray<int> ByPriority,
    int TenMinutes,
    int TenMinutesOver10,
    int Hours,
    int HoursOver30,
    int PeakTenMinutes,
    int Floods,
    TimeSpan FloodTime,
    ImmutableArray<int> Chattering,
    int Fleeting,
    int Stale,
    int MostActive,
    int Acknowledged,
    TimeSpan MeanToAcknowledge,
    TimeSpan LongestToAcknowledge,
    int Shelvings,
    int TakenOutOfService,
    int RefusedSuppressions,
    ImmutableArray<AlarmFrequency> Frequencies)
{
    public TimeSpan Length => To - From;

    public double PerTenMinutes => Per(TimeSpan.FromMinutes(10));

    public double PerHour => Per(TimeSpan.FromHours(1));

    public double PerDay => Per(TimeSpan.FromDays(1));

    /// <summary>0 to 1.</summary>
    public double FloodShare => Length > TimeSpan.Zero ? FloodTime / Length : 0;

    /// <summary>Share of the ten most frequent alarms, 0 to 1.</summary>
    public double TopTenShare => Raised == 0 ? 0 : (double)Frequencies.Take(10).Sum(f => f.Times) / Raised;

    private double Per(TimeSpan time) => Length > TimeSpan.Zero ? Raised * (time / Length) : 0;
}
