using Crm.Plant.Phases;
using Crm.Plant.Ports;

namespace Crm.Scenarios.Tests;

/// <summary>
/// The three commands towards safe, each on its own fork of one instant, with a record that works, one that is full and one that never answers. The clock
/// starts with the command, given between two scans: "one scan" is the exchange with the buses that follows it.
/// </summary>
internal static class ForkChecks
{
    /// <summary>An aborted batch is at rest after this; a held one too, for no row of the leach waits for a condition.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(60);

    private static readonly (string Words, Func<IJournal> Journal)[] Records =
        [("", () => new MemoryJournal()), (", record full", () => new FullJournal()), (", record stalled", () => new StalledJournal())];

    public static void All(LithiumPlant at, SortedDictionary<string, List<string>> findings)
    {
        foreach ((string record, Func<IJournal> journal) in Records)
        {
            Note(findings, "ABORT" + record, at, Abort(at.Fork(journal())));
            Note(findings, "STOP" + record, at, Stop(at.Fork(journal())));
            Note(findings, "HOLD" + record, at, Hold(at.Fork(journal())));
        }
    }

    /// <summary>One scan: ABORTING or ABORTED values at every pin of every active unit. Then: ABORTED.</summary>
    private static IEnumerable<string> Abort(LithiumPlant plant)
    {
        var (units, before) = (Active(plant), plant.Pins());
        plant.Command(PhaseCommand.Abort);
        plant.Scan();
        foreach (string wrong in StateTableAtPin.Departures(plant, units, before, PhaseState.Aborting, PhaseState.Aborted)) yield return "after one scan " + wrong;
        foreach (string wrong in StateTableAtPin.OpenFeeds(plant)) yield return "after one scan " + wrong;
        if (plant.State != PhaseState.Aborted && !plant.RunUntil(p => p.State == PhaseState.Aborted, Settled)) yield return "not ABORTED: " + plant.Story;
        plant.Scan(2);
        foreach (string wrong in StateTableAtPin.Departures(plant, units, before, PhaseState.Aborted)) yield return "ABORTED " + wrong;
    }

    /// <summary>One scan: every feed of every process unit at 0.</summary>
    private static IEnumerable<string> Stop(LithiumPlant plant)
    {
        plant.Command(PhaseCommand.Stop);
        plant.Scan();
        foreach (string wrong in StateTableAtPin.OpenFeeds(plant)) yield return "after one scan " + wrong;
        if (plant.State != PhaseState.Stopped && !plant.RunUntil(p => p.State == PhaseState.Stopped, Settled)) yield return "not STOPPED: " + plant.Story;
    }

    /// <summary>One scan: feeds at 0. Then: HELD, and the HELD row at the pins.</summary>
    private static IEnumerable<string> Hold(LithiumPlant plant)
    {
        var (units, before) = (Active(plant), plant.Pins());
        plant.Command(PhaseCommand.Hold);
        plant.Scan();
        foreach (string wrong in StateTableAtPin.OpenFeeds(plant)) yield return "after one scan " + wrong;
        if (plant.State != PhaseState.Held && !plant.RunUntil(p => p.State == PhaseState.Held, Settled)) yield return "not HELD: " + plant.Story;
        plant.Scan(2);
        foreach (string wrong in StateTableAtPin.Departures(plant, units, before, PhaseState.Held)) yield return "HELD " + wrong;
    }

    private static List<int> Active(LithiumPlant plant) => [.. plant.ActiveUnits().Select(u => u.Ordinal)];

    private static void Note(SortedDictionary<string, List<string>> findings, string what, LithiumPlant at, IEnumerable<string> wrong)
    {
        if (!findings.TryGetValue(what, out var list)) findings[what] = list = [];
        list.AddRange(wrong.Select(w => $"{at.Now} ({string.Join(" + ", at.Seen.Steps.Select(s => s.Id))}): {w}"));
    }
}
