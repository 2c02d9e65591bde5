using Crm.Plant.Expressions;
using Crm.Plant.Outputs;
using Crm.Plant.Protection;
using Crm.Plant.Scan;
using Crm.Plant.Tags;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Protection;

/// <summary>Truth tables of the voters at the output, with bad channels (SAF-11, SAF-12). A letter is a channel: 1 votes to trip, 0 does not, B is bad.</summary>
public sealed class VotingTests
{
    [Theory]
    // 1oo1
    [InlineData(1, "0", "vote", false)]
    [InlineData(1, "1", "vote", true)]
    [InlineData(1, "B", "vote", true)]
    [InlineData(1, "B", "drop", true)]
    [InlineData(1, "B", "keep", true)]
    // 1oo2
    [InlineData(1, "00", "vote", false)]
    [InlineData(1, "01", "vote", true)]
    [InlineData(1, "11", "vote", true)]
    [InlineData(1, "0B", "vote", true)]
    [InlineData(1, "0B", "drop", false)]
    [InlineData(1, "1B", "drop", true)]
    [InlineData(1, "BB", "drop", true)]
    [InlineData(1, "BB", "keep", true)]
    // 2oo2
    [InlineData(2, "00", "vote", false)]
    [InlineData(2, "01", "vote", false)]
    [InlineData(2, "11", "vote", true)]
    [InlineData(2, "0B", "vote", false)]
    [InlineData(2, "1B", "vote", true)]
    [InlineData(2, "BB", "vote", true)]
    [InlineData(2, "0B", "drop", false)]
    [InlineData(2, "1B", "drop", true)]
    [InlineData(2, "1B", "keep", true)]
    [InlineData(2, "BB", "drop", true)]
    // 2oo3
    [InlineData(2, "000", "vote", false)]
    [InlineData(2, "001", "vote", false)]
    [InlineData(2, "011", "vote", true)]
    [InlineData(2, "111", "vote", true)]
    [InlineData(2, "00B", "vote", false)]
    [InlineData(2, "01B", "vote", true)]
    [InlineData(2, "0BB", "vote", true)]
    [InlineData(2, "00B", "drop", false)]
    [InlineData(2, "01B", "drop", true)]
    [InlineData(2, "0BB", "drop", false)]
    [InlineData(2, "1BB", "drop", true)]
    [InlineData(2, "BBB", "drop", true)]
    [InlineData(2, "01B", "keep", false)]
    [InlineData(2, "11B", "keep", true)]
    [InlineData(2, "1BB", "keep", true)]
    [InlineData(2, "0BB", "keep", false)]
    [InlineData(2, "BBB", "keep", true)]
    public void Truth_table(int need, string channels, string degradation, bool trips)
    {
        foreach (string order in Orders(channels))
        {
            (ScanRun run, int[] tags, int pump) = Voted(need, channels.Length, degradation);
            Set(run, tags, order);
            run.Demand(pump, 50);
            run.Step();
            Assert.Equal(trips, run.Frame.Trips[0].IsTripped);
            Assert.Equal(trips ? 0 : 50, run[pump]);
        }
    }

    [Fact]
    public void A_bad_channel_is_told_with_the_vote_that_is_left_SAF12()
    {
        (ScanRun run, int[] tags, _) = Voted(2, 3, "drop");
        Set(run, tags, "00B");
        run.Step();
        ScanEvent told = Assert.Single(run.Frame.Events, e => e.Kind == ScanEventKind.VoterDegraded);
        Assert.Contains("2oo3, now 1oo2", told.Text, StringComparison.Ordinal);
        run.Step();
        Assert.False(run.Told(ScanEventKind.VoterDegraded));
        Set(run, tags, "000");
        run.Step();
        Assert.Contains("all channels good", run.Frame.Events.Single(e => e.Kind == ScanEventKind.VoterDegraded).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 2 9", 2, Quality.Good)]
    [InlineData("9 1 2", 2, Quality.Good)]
    [InlineData("1 B 9", 5, Quality.Uncertain)]
    [InlineData("B B 9", 9, Quality.Uncertain)]
    [InlineData("B B B", double.NaN, Quality.Bad)]
    public void Median_is_a_value_and_leaves_bad_ones_out_SAF11(string values, double median, Quality quality)
    {
        Reading[] readings = [.. values.Split(' ').Select(v => v == "B" ? Reading.Bad(Reason.NoAnswer, TimeSpan.Zero) : Reading.Good(v[0] - '0', TimeSpan.Zero))];
        var scope = new OneImage(new Image(1, TimeSpan.Zero, readings));
        Reading answer = new Median([.. readings.Select((_, i) => (Expression)new TagValue(i))]).Evaluate(scope);
        Assert.Equal(quality, answer.Quality);
        if (double.IsNaN(median)) Assert.True(double.IsNaN(answer.Value));
        else Assert.Equal(median, answer.Value);
    }

    internal static (ScanRun Run, int[] Tags, int Pump) Voted(int need, int channels, string degradation, TripClass kind = TripClass.Protective, OverrideRule? bypass = null)
    {
        var sketch = new RigSketch();
        int[] tags = [.. Enumerable.Range(0, channels).Select(i => sketch.Tag($"t{i}"))];
        int pump = sketch.Output("pump", lapseAfter: 60);
        var voter = new VoterDefinition(
            need,
            [.. tags.Select(t => new ChannelDefinition($"t{t} > 5", new Above(t, 5)))],
            degradation switch { "vote" => Degradation.VoteToTrip, "drop" => Degradation.DropOutSafe, _ => Degradation.DropOutAvailable });
        sketch.Trip("row", true, [RigSketch.Cause("vote", new Constant(0)) with { Voter = voter }], [new(pump, SafeValue.At(0))]);
        sketch.Change(0, t => t with { Class = kind, Bypass = bypass });
        return (new ScanRun(sketch.Build()), tags, pump);
    }

    internal static void Set(ScanRun run, int[] tags, string channels)
    {
        for (int i = 0; i < tags.Length; i++)
        {
            if (channels[i] == 'B') run.SetBad(tags[i]);
            else run.Set(tags[i], channels[i] == '1' ? 9 : 0);
        }
    }

    private static IEnumerable<string> Orders(string channels) =>
        channels.Length == 1 ? [channels] : channels.SelectMany((c, i) => Orders(channels.Remove(i, 1)).Select(rest => c + rest)).Distinct();

    internal sealed record OneImage(Image Image) : IExpressionScope
    {
        public Reading Named(int slot) => Reading.Never;
    }
}
