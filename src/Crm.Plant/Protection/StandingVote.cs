using System.Numerics;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;

namespace Crm.Plant.Protection;

/// <summary>The vote of one cause as the instruments stand: which channel says what, and what is left of the vote (SAF-11, SAF-12).</summary>
/// <param name="Channels">A bit for each channel: votes to trip, or cannot be judged.</param>
/// <param name="Bypassed">A bit for each channel that has no vote.</param>
public sealed record StandingVote(TripDefinition Row, VoterDefinition Voter, Votes Channels, ulong Bypassed)
{
    public bool Trips => Protection.Voter.Trips(Voter, Channels, Bypassed);

    /// <summary>As declared: <c>2oo3</c>.</summary>
    public string Declared => $"{Voter.Need}oo{Voter.Channels.Length}";

    /// <summary>As it is now: <c>1oo2</c>.</summary>
    public string Left
    {
        get
        {
            ulong bad = Channels.Bad & ~Bypassed;
            (int need, int of) = Protection.Voter.Actual(Voter, bad, Bypassed);
            if (of == 0) return bad != 0 ? "no channel left: it trips" : "no channel left: bypassed";
            return Voter.WhenBad == Degradation.VoteToTrip && bad != 0 ? $"{need}oo{of}, {BitOperations.PopCount(bad)} of them bad, which votes to trip" : $"{need}oo{of}";
        }
    }

    /// <summary>What a channel says, in words.</summary>
    public string Says(int channel) =>
        (Bypassed >> channel & 1) != 0 ? "bypassed: no vote"
        : (Channels.Bad >> channel & 1) != 0 ? Voter.WhenBad == Degradation.VoteToTrip ? "bad: votes to trip" : "bad: drops out"
        : (Channels.True >> channel & 1) != 0 ? "votes to trip"
        : "votes to go on";

    /// <summary>Every vote that an instrument takes part in, in the order of the matrix.</summary>
    public static IEnumerable<StandingVote> With(RigDefinition rig, PlantFrame frame, int tag)
    {
        var scope = new ImageScope { Image = frame.Image };
        foreach (TripDefinition row in rig.Trips)
        {
            for (int cause = 0; cause < row.Causes.Length; cause++)
            {
                if (row.Causes[cause].Voter is not { } voter || !row.Causes[cause].Tags.Contains(tag)) continue;
                yield return new StandingVote(row, voter, Protection.Voter.Count(voter, scope), BypassedOf(frame, row.Ordinal, cause, voter));
            }
        }
    }

    private static ulong BypassedOf(PlantFrame frame, int row, int cause, VoterDefinition voter)
    {
        ulong bypassed = 0;
        foreach (OverrideStatus entry in frame.Overrides)
            if (entry.Kind == OverrideKind.Bypass && entry.Target == row && entry.Cause == cause && entry.Channel >= 0) bypassed |= 1UL << entry.Channel;
        return bypassed & ((1UL << voter.Channels.Length) - 1);
    }
}
