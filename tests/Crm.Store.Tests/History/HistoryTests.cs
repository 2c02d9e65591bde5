using System.Collections.Immutable;
using System.Text;
using Crm.Plant.Outputs;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Store.History;
using Xunit;

namespace Crm.Store.Tests.History;

public sealed class HistoryTests : IDisposable
{
    private static readonly OutputPlan Undriven = new(0, TimeSpan.Zero, TimeSpan.Zero, []);

    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Rule 3.10. Readings one a second; B is bad (stale), U uncertain; expected: the seconds kept.</summary>
    [Theory]
    [InlineData("1 1 1 1 1", 0.5, 0, "0 4")]
    [InlineData("1 1.4 1.4 1.6 1.6", 0.5, 0, "0 3 4")]
    [InlineData("1 1.4 1.8 2.2 2.6", 0.5, 0, "0 2 4")]
    [InlineData("1 1 1 1 1 1 1", 0.5, 3, "0 3 6")]
    [InlineData("1 1 2 2 2 2 2", 0.5, 3, "0 2 5 6")]
    [InlineData("1 1 B B B 1 1", 0.5, 0, "0 2b 5 6")]
    [InlineData("B B B", 0.5, 1, "0b")]
    [InlineData("1 B B B B", 0.5, 1, "0 1b")]
    [InlineData("1 1 U1 U1 1", 0.5, 0, "0 2 4")]
    [InlineData("1 1.1 1.2", 0, 0, "0 1 2")]
    [InlineData("1 1 1", 0, 0, "0 2")]
    public void Kept_by_exception(string readings, double deadband, int atLeastEvery, string kept)
    {
        var rig = Rig(new Keep(deadband, TimeSpan.FromSeconds(atLeastEvery)));
        var memory = new MemoryHistory(rig);
        var sink = new ListSink();
        var recorder = new HistoryRecorder(rig, memory, sink);
        foreach (var (text, second) in readings.Split(' ').Select((text, i) => (text, i))) recorder.Record(Image(second, Read(text, second)), Undriven);
        recorder.Finish();
        Assert.Equal(kept, string.Join(' ', sink.Kept));
    }

    [Fact]
    public void The_csv_is_exact_to_the_byte()
    {
        var rig = Rig(new Keep(0.05, TimeSpan.Zero));
        using var bytes = new MemoryStream();
        using (var csv = new CsvHistory(bytes, rig))
        {
            var recorder = new HistoryRecorder(rig, csv);
            string[] readings = ["20.004", "-0.001", "B", "U3.5", "1234567.891"];
            for (int i = 0; i < readings.Length; i++) recorder.Record(Image(i * 0.1, Read(readings[i], i)), Undriven);
            recorder.Finish();
        }

        Assert.Equal(
            "time_s,tag,value,unit,quality\n0,\"leach,temperature\",20.00,degC,good\n0.1,\"leach,temperature\",0.00,degC,good\n0.2,\"leach,temperature\",,degC,bad:Stale\n"
            + "0.3,\"leach,temperature\",3.50,degC,uncertain:OutOfRange\n0.4,\"leach,temperature\",1234567.89,degC,good\n",
            Encoding.UTF8.GetString(bytes.ToArray()));
        Assert.Equal(
            "tag,label,unit,span_low,span_high,standard_uncertainty,decimals,kept_deadband,kept_at_least_every_s,stale_after_s\n\"leach,temperature\",Leach temperature,degC,0,120,0.15,1,0.05,0,2\n",
            HistoryFormat.Dictionary(rig));
    }

    /// <summary>Values on the grid of their instrument are written from whole numbers: the digits are those of the format all the same.</summary>
    [Theory]
    [InlineData(20261121)]
    [InlineData(7)]
    public void Numbers_are_written_as_their_format_says(int seed)
    {
        var random = new Random(seed);
        double[] values = [.. Enumerable.Range(0, 2000).Select(i => (i % 4) switch
        {
            0 => Math.Round(random.NextDouble() * 2000 - 1000, 1),
            1 => Math.Round(random.Next(-100_000, 100_000) / 0.01) * 0.01,
            2 => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-4, 14)),
            _ => random.Next(-3, 4) / 1000.0,
        })];
        var rig = Rig(new Keep(0.01, TimeSpan.Zero));
        using var bytes = new MemoryStream();
        using (var csv = new CsvHistory(bytes, rig))
        {
            for (int i = 0; i < values.Length; i++) csv.Keep(TimeSpan.FromMilliseconds(i * 37), 0, Plant.Tags.Reading.Good(values[i], TimeSpan.Zero));
        }

        string[] rows = Encoding.UTF8.GetString(bytes.ToArray()).Split('\n')[1..^1];
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        for (int i = 0; i < values.Length; i++)
        {
            string text = values[i].ToString("F2", invariant);
            string expected = text == "-0.00" ? "0.00" : text;
            Assert.Equal($"{(i * 0.037).ToString("0.###", invariant)},\"leach,temperature\",{expected},degC,good", rows[i]);
        }
    }

    /// <summary>What was sent to an output is history too: moves of half a percent of its span, every way to 0, and every ten minutes.</summary>
    [Theory]
    [InlineData("0 0.4 0.6 0.9 1.2", "0:0 2:0.6 4:1.2")]
    [InlineData("40 0.3 0 0 0.2", "0:40 1:0.3 2:0 4:0.2")]
    [InlineData("7 7 7", "0:7 2:7")]
    public void Outputs_are_kept_beside_tags(string driven, string kept)
    {
        var output = new OutputDefinition(
            0, "leach.heater", "Leach heater", "%", 0, 100, OutputRole.Heat, new FailRule(SafeValue.At(0), FailEnforcer.Relay), new LapseRule(TimeSpan.FromSeconds(5), SafeValue.At(0)), SafeValue.At(0), null, "bus", "ao1");
        RigDefinition rig = Rig([Tag(0, "leach,temperature", new Keep(0, TimeSpan.Zero))], [output]);
        using var bytes = new MemoryStream();
        using (var csv = new CsvHistory(bytes, rig))
        {
            var recorder = new HistoryRecorder(rig, csv);
            foreach (var (text, i) in driven.Split(' ').Select((t, i) => (t, i)))
                recorder.Record(Image(i, Read("1", i)), new OutputPlan(i, TimeSpan.FromSeconds(i), TimeSpan.FromSeconds(i + 1), [double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)]));
            recorder.Finish();
        }

        string[] rows = [.. Encoding.UTF8.GetString(bytes.ToArray()).Split('\n').Where(r => r.Contains("leach.heater", StringComparison.Ordinal)).Select(r => r.Split(','))
            .Select(c => $"{c[0]}:{double.Parse(c[2], System.Globalization.CultureInfo.InvariantCulture).ToString(System.Globalization.CultureInfo.InvariantCulture)}")];
        Assert.Equal(kept, string.Join(' ', rows));
        Assert.Contains("leach.heater,Leach heater,%,0,100,0,1,0.5,600,0\n", HistoryFormat.Dictionary(rig), StringComparison.Ordinal);
        Assert.Equal((0, 1, -1), (HistoryChannel.Find(rig, "leach,temperature"), HistoryChannel.Find(rig, "leach.heater"), HistoryChannel.Find(rig, "leach.colour")));
    }

    [Fact]
    public void A_long_series_is_folded_without_losing_peaks_or_gaps()
    {
        var rig = Rig(new Keep(0, TimeSpan.Zero));
        var memory = new MemoryHistory(rig);
        for (int i = 0; i < 50_000; i++)
        {
            var reading = i == 20_000 ? Reading.Bad(Reason.Stale, TimeSpan.FromSeconds(i)) : Reading.Good(i == 30_000 ? 999 : i % 7, TimeSpan.FromSeconds(i));
            memory.Keep(TimeSpan.FromSeconds(i), 0, in reading);
        }

        var points = Assert.Single(memory.All()).Points;
        Assert.True(points.Length <= MemoryHistory.Limit);
        Assert.Contains(points, p => p.Value == 999);
        Assert.Contains(points, p => p.Quality == Quality.Bad && p.Time == 20_000);
        Assert.Equal(points.OrderBy(p => p.Time), points);
        Assert.Equal(0, points[0].Time);
    }

    [Fact]
    public void The_database_holds_what_was_kept_and_a_gap_has_no_value()
    {
        var rig = Rig(new Keep(0.5, TimeSpan.Zero));
        using (var file = SqliteHistory.Open(folder["h.db"], rig))
        {
            var recorder = new HistoryRecorder(rig, file);
            foreach (var (text, i) in ((string[])["1", "2", "B", "3"]).Select((t, i) => (t, i))) recorder.Record(Image(i, Read(text, i)), Undriven);
            recorder.Finish();
        }

        using var connection = SqliteFile.Open(folder["h.db"], SqliteHistory.Migrations, Durability.Normal);
        Assert.Equal("1.0 2.0 gap 3.0", SqliteFile.Scalar(connection, "SELECT group_concat(v, ' ') FROM (SELECT coalesce(value, 'gap') AS v FROM samples ORDER BY at_ticks)"));
        Assert.Equal("leach,temperature", SqliteFile.Scalar(connection, "SELECT name FROM tags"));
    }

    private static Reading Read(string text, double second)
    {
        var at = TimeSpan.FromSeconds(second);
        if (text == "B") return Reading.Bad(Reason.Stale, at);
        double value = double.Parse(text.TrimStart('U'), System.Globalization.CultureInfo.InvariantCulture);
        return text.StartsWith('U') ? new Reading(value, Quality.Uncertain, Reason.OutOfRange, at) : Reading.Good(value, at);
    }

    private static Image Image(double second, Reading reading) => new((long)(second * 10), TimeSpan.FromSeconds(second), [reading]);

    private static TagDefinition Tag(int ordinal, string name, Keep keep) =>
        new(ordinal, name, "Leach temperature", "degC", 0, 120, TimeSpan.FromSeconds(2), keep, "bus", "ai1", 1, 0.15);

    internal static RigDefinition Rig(Keep keep) => Rig(Tag(0, "leach,temperature", keep));

    internal static RigDefinition Rig(params TagDefinition[] tags) => Rig(tags, []);

    private static RigDefinition Rig(TagDefinition[] tags, OutputDefinition[] outputs) =>
        new("rig", "1", "", TimeSpan.FromMilliseconds(100), [], [.. tags], [.. outputs], [], [], [], [], [], [], [], []);

    private sealed class ListSink : IHistorySink
    {
        public List<string> Kept { get; } = [];

        public void Keep(TimeSpan at, int tag, in Reading reading) => Kept.Add(at.TotalSeconds.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture) + (reading.IsBad ? "b" : ""));

        public void Flush()
        {
        }
    }
}
