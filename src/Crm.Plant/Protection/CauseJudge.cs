using System.Numerics;
using Crm.Plant.Expressions;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Plant.Protection;

/// <summary>What the causes of one row say in a scan.</summary>
/// <param name="Active">Bit per cause: true, delay over, not bypassed.</param>
/// <param name="Pending">A cause is true and its delay runs.</param>
internal readonly record struct CauseVerdict(ulong Active, bool Pending);

/// <summary>Judges the causes of a row: condition, vote or watch; gates; bad inputs; delays; bypasses.</summary>
internal static class CauseJudge
{
    /// <param name="tests">The conditions of the row's causes, compiled.</param>
    public static CauseVerdict Judge(TripDefinition row, LimitTest[] tests, ScanState state)
    {
        CauseMemory[] causes = state.Trips.Causes[row.Ordinal];
        ulong bypassed = state.Overrides.Causes[row.Ordinal];
        ulong active = 0;
        bool pending = false;
        bool voted = false;
        for (int c = 0; c < causes.Length; c++)
        {
            CauseDefinition cause = row.Causes[c];
            ref CauseMemory memory = ref causes[c];
            bool holds = Holds(row, c, tests[c], ref memory, state, ref voted);
            bool stands = Stands(cause, ref memory, holds, state.Now);
            if (!stands) continue;
            if ((bypassed >> c & 1) != 0) voted |= memory.Active;
            else if (memory.Active) active |= 1UL << c;
            else pending = true;
        }

        state.Overrides.Voted[row.Ordinal] = voted;
        return new CauseVerdict(active, pending);
    }

    /// <summary>The inputs of the given causes that are bad, to follow the words of the first-out; empty when none is.</summary>
    public static string BadWords(RigDefinition rig, TripDefinition row, ulong causes, Image image)
    {
        var words = new List<string>();
        for (ulong left = causes; left != 0; left &= left - 1)
        {
            foreach (int tag in row.Causes[BitOperations.TrailingZeroCount(left)].Tags)
                if (tag >= 0 && tag < image.Count && image[tag].IsBad) words.Add($"{rig.Tags[tag].Name} is bad: {image[tag].Reason.Words()}");
        }

        return words.Count == 0 ? "" : $" ({string.Join(", ", words.Distinct())})";
    }

    /// <summary>The delay runs from the scan the cause became true; what has tripped stands until it was false for the clear delay.</summary>
    private static bool Stands(CauseDefinition cause, ref CauseMemory memory, bool holds, TimeSpan now)
    {
        if (holds)
        {
            if (!memory.True) memory.TrueSince = now;
            memory.True = true;
            memory.Active |= now - memory.TrueSince >= cause.Delay;
            return true;
        }

        if (memory.True) memory.FalseSince = now;
        memory.True = false;
        memory.Active &= now - memory.FalseSince < cause.ClearDelay;
        return memory.Active;
    }

    private static bool Holds(TripDefinition row, int c, LimitTest test, ref CauseMemory memory, ScanState state, ref bool voted)
    {
        CauseDefinition cause = row.Causes[c];
        bool open = IsOpen(cause, state.Last);
        if (cause.Voter is { } voter) return open & Vote(row, voter, ref memory, state.Overrides.ChannelsOf(row.Ordinal, c), state, ref voted);
        LimitAnswer answer = cause.Watch is { } watch
            ? LimitTest.Of(WatchJudge.Judge(watch, state.Trips.Watches[row.Ordinal][c]!, state, open))
            : open ? test.Ask(state.Scope.Image, state.Scope) : LimitAnswer.False;
        return Judged(cause, ref memory, answer, state.Now);
    }

    private static bool IsOpen(CauseDefinition cause, double[] outputs)
    {
        foreach (OutputGate gate in cause.Gates)
            if (!(outputs[gate.Output] >= gate.Low && outputs[gate.Output] <= gate.High)) return false;
        return true;
    }

    private static bool Vote(TripDefinition row, VoterDefinition voter, ref CauseMemory memory, ulong bypassed, ScanState state, ref bool voted)
    {
        Votes votes = Voter.Count(voter, state.Scope);
        if (votes.Bad != memory.BadChannels)
        {
            memory.BadChannels = votes.Bad;
            state.Tell(ScanEventKind.VoterDegraded, row.Ordinal, row.Id, $"{row.Id}: {Voter.Words(voter, votes.Bad)}");
        }

        bool trips = Voter.Trips(voter, votes, bypassed);
        if (bypassed != 0 && !trips) voted |= Voter.Trips(voter, votes, 0);
        return trips;
    }

    private static bool Judged(CauseDefinition cause, ref CauseMemory memory, LimitAnswer answer, TimeSpan now)
    {
        if (answer != LimitAnswer.Bad)
        {
            memory.LastGood = answer == LimitAnswer.True;
            memory.HasLastGood = true;
            memory.LastGoodAt = now;
            return memory.LastGood;
        }

        return cause.WhenBad switch
        {
            BadInput.Ignore => false,
            BadInput.UseLastGoodFor when memory.HasLastGood && now - memory.LastGoodAt <= cause.LastGoodFor => memory.LastGood,
            BadInput.UseValue when memory.HasLastGood => memory.LastGood,
            _ => true,
        };
    }
}
