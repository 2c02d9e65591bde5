using System.Collections.Immutable;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;

namespace Crm.Twin.Faults;

/// <summary>A feed that is not what it should be: <c>feed.black_mass:Cu=3/30min</c>, a factor on one component of what is charged or dosed from then on.</summary>
internal static class FeedFault
{
    private static readonly FaultSize Factor = new("", FaultKind.FeedChange, 0.001, 100, 3, "factor on that component of what is charged or dosed from then on", 1);

    /// <param name="what">Component, factor and the time in which it grows, as written.</param>
    /// <exception cref="ArgumentException">Not such a fault; the message says what would be.</exception>
    public static Fault Parse(RigDefinition rig, TwinDefinition? twin, string feed, string what)
    {
        if (twin is null) throw new ArgumentException($"fault '{Feeds.Prefix}{feed}': the twin file says what a feed is made of, and it is not there or wrong");
        ImmutableArray<string> components = Feeds.Components(rig, twin, feed);
        if (components.IsEmpty) throw new ArgumentException($"the twin has no feed '{feed}'; known: {string.Join(", ", Feeds.Names(rig, twin))}");
        string[] words = what.Split('=', 2);
        if (!components.Contains(words[0])) throw new ArgumentException($"feed {feed} holds no '{words[0]}'; it holds: {string.Join(", ", components)}");
        return FaultList.Sized(Factor with { Word = words[0] }, Feeds.Prefix + feed, words, -1) with { Feed = feed, Component = words[0] };
    }

    public static IEnumerable<string> Samples(RigDefinition rig, TwinDefinition twin) =>
        Feeds.Names(rig, twin).SelectMany(feed => Feeds.Components(rig, twin, feed).Select(component => (Factor with { Word = component, Example = rig.Reagent(feed) is null ? 3 : 0.8 }).Sample(Feeds.Prefix + feed)));
}
