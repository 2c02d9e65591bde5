using Crm.Contracts;
using Crm.Plant.Loops;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Host.Service;

/// <summary>The loops and trips that an instrument takes part in with others: what they vote, and what is left of the vote.</summary>
public static class VoteText
{
    /// <summary>Null when there is no such tag, or no scan yet.</summary>
    public static IReadOnlyList<VoteSeen>? Of(RigCore core, string name)
    {
        int tag = core.Rig.Tag(name);
        if (tag < 0 || core.Plant.Frame is not { } frame) return null;
        return [.. core.Rig.Loops.Where(l => l.Voted?.Tags.Contains(tag) == true).Select(l => Of(core.Rig, frame, l, l.Voted!)), .. StandingVote.With(core.Rig, frame, tag).Select(v => Of(core.Rig, frame, v))];
    }

    private static VoteSeen Of(RigDefinition rig, PlantFrame frame, LoopDefinition loop, VotedValue voted)
    {
        string rule = Words.Of(voted.Rule);
        int usable = voted.Tags.Count(t => Usable(frame.Image[t]));
        string left = usable == 0 ? "no instrument left" : usable == 1 ? "one instrument alone" : $"{(usable == 2 && voted.Rule == VoteRule.Median ? "mean" : rule)} of {usable}";
        return new VoteSeen(loop.Name, "loop", $"{rule} of {voted.Tags.Length}", left, Number(loop.Measured(frame.Image)), false, [.. voted.Tags.Select(t => Channel(rig, frame, t))]);
    }

    private static ChannelSeen Channel(RigDefinition rig, PlantFrame frame, int tag) =>
        new(rig.Tags[tag].Name, "", Number(frame.Image[tag]), Usable(frame.Image[tag]) ? "counts" : "bad: drops out");

    private static VoteSeen Of(RigDefinition rig, PlantFrame frame, StandingVote vote) => new(
        vote.Row.Id, "trip", vote.Declared, vote.Left, null, vote.Trips,
        [.. vote.Voter.Channels.Select((c, i) => new ChannelSeen(TagOf(rig, c), c.Text, ValueOf(frame, c), vote.Says(i)))]);

    private static string TagOf(RigDefinition rig, ChannelDefinition channel) => channel.Condition.Tags is [var first, ..] ? rig.Tags[first].Name : "";

    private static double? ValueOf(PlantFrame frame, ChannelDefinition channel) => channel.Condition.Tags is [var first, ..] ? Number(frame.Image[first]) : null;

    private static bool Usable(in Reading reading) => !reading.IsBad && double.IsFinite(reading.Value);

    private static double? Number(in Reading reading) => Usable(reading) ? Math.Round(reading.Value, 4) : null;
}
