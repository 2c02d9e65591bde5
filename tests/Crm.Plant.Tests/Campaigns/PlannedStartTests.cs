using System.Collections.Immutable;
using Crm.Plant.Campaigns;
using Crm.Plant.Expressions;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Tags;
using Xunit;

namespace Crm.Plant.Tests.Campaigns;

/// <summary>When a batch of a campaign begins: after the batches it builds on, and when the rig shows what it needs.</summary>
public sealed class PlannedStartTests
{
    private static readonly Condition full = new("tank.level > 20 L", new Comparison(ComparisonOperator.Greater, new TagValue(0), new Constant(20)));

    private static readonly PlannedStart start = new(["first", "second"], full, PlannedStart.AtOnce.Takes);

    private static Image Level(Reading level) => new(1, TimeSpan.Zero, [level]);

    [Theory]
    [InlineData("first complete, second complete", 25.0, null)]
    [InlineData("first complete, second running", 25.0, "batch second is not complete")]
    [InlineData("first idle, second complete", 25.0, "batch first is not complete")]
    [InlineData("first held, second complete", 25.0, "batch first is not complete")]
    [InlineData("first aborted, second complete", 25.0, "batch first did not come to its end")]
    [InlineData("first stopped, second complete", 25.0, "batch first did not come to its end")]
    [InlineData("second complete", 25.0, "batch first did not come to its end")]
    [InlineData("first complete, second complete", 15.0, "waits until tank.level > 20 L")]
    [InlineData("first complete, second complete", double.NaN, "nobody knows whether tank.level > 20 L")]
    public void It_says_what_is_missing(string states, double level, string? why)
    {
        var known = states.Split(", ").Select(s => s.Split(' ')).ToDictionary(s => s[0], s => Enum.Parse<PhaseState>(s[1], ignoreCase: true));
        Reading reading = double.IsNaN(level) ? Reading.Bad(Reason.Stale, TimeSpan.Zero) : Reading.Good(level, TimeSpan.Zero);
        Assert.Equal(why, start.WhyNot(name => known.TryGetValue(name, out PhaseState state) ? state : null, Level(reading)));
    }

    [Fact]
    public void At_once_waits_for_nothing() => Assert.Null(PlannedStart.AtOnce.WhyNot(_ => null, Level(Reading.Never)));
}
