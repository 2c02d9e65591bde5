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

/// <summary>What is asked of a cause in every scan, side by side with its neighbours.</summary>
internal readonly struct CauseTest(CauseDefinition cause)
{
    public readonly LimitTest Condition = new(cause.Condition);

    /// <summary>Null: none.</summary>
    public readonly OutputGate[]? Gates = cause.Gates.IsEmpty ? null : [.. cause.Gates];

    public readonly TimeSpan Delay = cause.Delay, ClearDelay = cause.ClearDelay;

    /// <summary>A condition, and no vote or watch.</summary>
    public readonly bool IsPlain = cause is { Voter: null, Watch: null };

    /// <summary>Only while the plan of the scan before drives every gate's output within its range.</summary>
    public bool IsOpen(double[] outputs)
    {
        if (Gates is null) return true;
        foreach (ref readonly OutputGate gate in Gates.AsSpan())
            if (!(outputs[gate.Output] >= gate.Low && outputs[gate.Output] <= gate.High)) return false;
        return true;
    }
}

/// <summary>Judges the causes of a row: condition, vote or watch; gates; bad inputs; delays; bypasses.</summary>
internal static class CauseJudge
{
    /// <param name="tests">Of the row's causes.</param>
    public static CauseVerdict Judge(TripDefinition row, CauseTest[] tests, ScanState state)
    {
        CauseMemory[] causes = state.Trips.Causes[row.Ordinal];
        ulong bypassed = state.Overrides.Causes[row.Ordinal];
        ulong active = 0;
        bool pending = false;
        bool voted = false;
        for (int c = 0; c < causes.Length; c++)
        {
            ref readonly CauseTest test = ref tests[c];
            ref CauseMemory memory = ref causes[c];
            bool holds = Holds(row, c, test, ref memory, state, ref voted);
            if (!holds && !memory.True && !memory.Active) continue;
            if (!Stands(test, ref memory, holds, state.Now)) continue;
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
    private static bool Stands(in CauseTest cause, ref CauseMemory memory, bool holds, TimeSpan now)
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

    private static bool Holds(TripDefinition row, int c, in CauseTest test, ref CauseMemory memory, ScanState state, ref bool voted)
    {
        bool open = test.IsOpen(state.Last);
        if (test.IsPlain) return Judged(row, c, ref memory, open ? test.Condition.Ask(state.Scope.Image, state.Scope) : LimitAnswer.False, state.Now);
        CauseDefinition cause = row.Causes[c];
        if (cause.Voter is { } voter) return open & Vote(row, voter, ref memory, state.Overrides.ChannelsOf(row.Ordinal, c), state, ref voted);
        return Judged(row, c, ref memory, LimitTest.Of(WatchJudge.Judge(cause.Watch!, state.Trips.Watches[row.Ordinal][c]!, state, open)), state.Now);
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

    private static bool Judged(TripDefinition row, int c, ref CauseMemory memory, LimitAnswer answer, TimeSpan now)
    {
        if (answer != LimitAnswer.Bad)
        {
            memory.LastGood = answer == LimitAnswer.True;
            memory.HasLastGood = true;
            memory.LastGoodAt = now;
            return memory.LastGood;
        }

        CauseDefinition cause = row.Causes[c];
        return cause.WhenBad switch
        {
            BadInput.Ignore => false,
            BadInput.UseLastGoodFor when memory.HasLastGood && now - memory.LastGoodAt <= cause.LastGoodFor => memory.LastGood,
            BadInput.UseValue when memory.HasLastGood => memory.LastGood,
            _ => true,
        };
    }
}
