using System.Collections.Immutable;
using System.Numerics;
using Crm.Plant.Expressions;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Plant.Protection;

/// <summary>What a bad channel does to the vote (SAF-12).</summary>
public enum Degradation : byte
{
    /// <summary>It votes to trip.</summary>
    VoteToTrip,

    /// <summary>It drops out, and one vote less is needed: 2oo3 becomes 1oo2, 2oo2 becomes 1oo1.</summary>
    DropOutSafe,

    /// <summary>It drops out, and as many votes are needed as before, all of those left at most: 2oo3 becomes 2oo2.</summary>
    DropOutAvailable,
}

/// <summary>One channel: judged on its own, never on a median, which would hide a bad channel's vote (SAF-11).</summary>
public sealed record ChannelDefinition(string Text, Expression Condition);

/// <summary>M out of N channels make the cause true.</summary>
public sealed record VoterDefinition(int Need, ImmutableArray<ChannelDefinition> Channels, Degradation WhenBad);

/// <summary>The state of the channels in one scan, a bit for each.</summary>
public readonly record struct Votes(ulong True, ulong Bad);

/// <summary>The voting rule. Pure.</summary>
public static class Voter
{
    /// <summary>Channels one voter can have.</summary>
    public const int MostChannels = 8;

    /// <summary>Whether the vote trips. With every channel gone it does.</summary>
    /// <param name="bypassed">Channels that have no vote.</param>
    public static bool Trips(VoterDefinition voter, Votes votes, ulong bypassed)
    {
        (int need, int of) = Actual(voter, votes.Bad & ~bypassed, bypassed);
        if (of == 0) return (votes.Bad & ~bypassed) != 0;
        ulong counted = voter.WhenBad == Degradation.VoteToTrip ? votes.True | votes.Bad : votes.True & ~votes.Bad;
        return BitOperations.PopCount(counted & ~bypassed) >= need;
    }

    /// <summary>The vote as it is now that channels are bad or bypassed.</summary>
    public static (int Need, int Of) Actual(VoterDefinition voter, ulong bad, ulong bypassed)
    {
        int of = voter.Channels.Length - BitOperations.PopCount(bypassed);
        int need = Math.Min(voter.Need, of);
        if (voter.WhenBad == Degradation.VoteToTrip) return (need, of);
        int dropped = BitOperations.PopCount(bad);
        of -= dropped;
        need = voter.WhenBad == Degradation.DropOutSafe ? Math.Max(1, need - dropped) : need;
        return (Math.Min(need, of), of);
    }

    internal static Votes Count(VoterDefinition voter, ImageScope scope)
    {
        ulong yes = 0;
        ulong bad = 0;
        for (int i = 0; i < voter.Channels.Length; i++)
        {
            Reading answer = voter.Channels[i].Condition.Evaluate(scope);
            if (answer.IsBad || double.IsNaN(answer.Value)) bad |= 1UL << i;
            else if (answer.Value != 0) yes |= 1UL << i;
        }

        return new Votes(yes, bad);
    }

    /// <summary><c>2oo3, now 1oo2: gas.hydrogen_b > 25 %LEL is bad</c>.</summary>
    internal static string Words(VoterDefinition voter, ulong bad)
    {
        if (bad == 0) return $"{voter.Need}oo{voter.Channels.Length}, all channels good";
        (int need, int of) = Actual(voter, bad, 0);
        string now = voter.WhenBad == Degradation.VoteToTrip ? "a bad channel votes to trip" : of == 0 ? "no channel left" : $"now {need}oo{of}";
        return $"{voter.Need}oo{voter.Channels.Length}, {now}: {string.Join(" and ", voter.Channels.Where((_, i) => (bad >> i & 1) != 0).Select(c => c.Text))} cannot be judged";
    }
}
