using System.Globalization;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;

namespace Crm.Plant.Protection;

/// <summary>
/// When each row's proof test is due (SAF-30). The core has no calendar: somebody tells it what day it is, and without that nothing is
/// judged. An overdue test is told once a day.
/// </summary>
public static class ProofTests
{
    private const string DayKey = "proof_test";

    public static bool IsOverdue(ProofTest proof, DateOnly today) => today >= proof.Last.AddDays((int)proof.Every.TotalDays);

    /// <summary>The rows that declare a proof test, with the day of the last one that passed and of the next.</summary>
    /// <returns>Whether it is overdue: null while nobody has said what day it is.</returns>
    public static IEnumerable<(TripDefinition Row, DateOnly Last, DateOnly Due, bool? IsOverdue)> Standing(RigDefinition rig, ScanState state)
    {
        foreach (TripDefinition row in rig.Trips)
        {
            if (row.Proof is not { } proof) continue;
            int last = LastOf(proof, state.Trips.ProofDone[row.Ordinal]);
            int due = last + (int)proof.Every.TotalDays;
            yield return (row, DateOnly.FromDayNumber(last), DateOnly.FromDayNumber(due), state.Trips.Day == 0 ? null : Today(state) >= due);
        }
    }

    internal static string? SetDay(ScanState state, double day)
    {
        if (!(day >= 1 && day <= DateOnly.MaxValue.DayNumber)) return "that is no day";
        state.Trips.Day = (int)day;
        state.Trips.DayAt = state.Now;
        return null;
    }

    internal static string? Done(RigDefinition rig, ScanState state, int trip, string by, string note)
    {
        if (trip < 0 || trip >= rig.Trips.Length) return $"there is no trip {trip}";
        TripDefinition row = rig.Trips[trip];
        if (row.Proof is null) return $"{row.Id} declares no proof test";
        if (state.Trips.Day == 0) return "nobody has said what day it is";
        if (string.IsNullOrWhiteSpace(by) || string.IsNullOrWhiteSpace(note)) return "it needs who tested and what was found";
        state.Trips.ProofDone[trip] = Today(state);
        state.Tell(ScanEventKind.ProofTestDone, trip, row.Id, $"{row.Id}: proof test passed, {note}", by, facts: Facts(DateOnly.FromDayNumber(Today(state))));
        return null;
    }

    internal static System.Collections.Immutable.ImmutableSortedDictionary<string, string> Facts(DateOnly done) => BatchEvent.NoData.Add(DayKey, done.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>The row that an event of the record tells the proof test of, and its day number; null for any other event.</summary>
    internal static (int Trip, int Day)? DoneOn(RigDefinition rig, BatchEvent happened)
    {
        if (!happened.Data.TryGetValue(DayKey, out string? text) || !DateOnly.TryParse(text, CultureInfo.InvariantCulture, out DateOnly day)) return null;
        return rig.Trips.FirstOrDefault(t => t.Id == happened.Subject) is { } row ? (row.Ordinal, day.DayNumber) : null;
    }

    internal static void Judge(RigDefinition rig, ScanState state)
    {
        if (state.Trips.Day == 0) return;
        int today = Today(state);
        foreach (TripDefinition row in rig.Trips)
        {
            if (row.Proof is not { } proof || state.Trips.ProofDue[row.Ordinal] == today) continue;
            int due = LastOf(proof, state.Trips.ProofDone[row.Ordinal]) + (int)proof.Every.TotalDays;
            state.Trips.ProofDue[row.Ordinal] = today;
            if (today < due) continue;
            string text = FormattableString.Invariant($"{row.Id}: proof test overdue since {DateOnly.FromDayNumber(due):yyyy-MM-dd}: {proof.How}");
            state.Tell(ScanEventKind.ProofTestOverdue, row.Ordinal, row.Id, text);
        }
    }

    private static int LastOf(ProofTest proof, int done) => Math.Max(proof.Last.DayNumber, done);

    private static int Today(ScanState state) => state.Trips.Day + (int)(state.Now - state.Trips.DayAt).TotalDays;
}
