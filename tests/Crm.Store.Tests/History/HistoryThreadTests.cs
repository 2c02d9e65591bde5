using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Store.History;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Crm.Store.Tests.History;

/// <summary>History that is folded from the file, whether written, packed or on its way.</summary>
public sealed class HistoryThreadTests : IDisposable
{
    private static readonly DateTimeOffset noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly RigDefinition rig = HistoryTests.Rig(new Keep(0, TimeSpan.FromSeconds(600)));

    private readonly Folder folder = new();
    private readonly Clock clock = new() { Now = noon };

    public void Dispose() => folder.Dispose();

    /// <summary>HMI-25: the file folds as samples in memory do, at any range and width, with peaks and gaps, and after it was opened anew.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(629348506)]
    [InlineData(1160148580)] // a sample at the very end of the last column, whose end is a sum of columns
    public void The_file_folds_like_memory(int known)
    {
        int seed = known != 0 ? known : Environment.GetEnvironmentVariable("CRM_SEED") is { } given ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : Random.Shared.Next();
        var random = new Random(seed);
        var memory = new MemoryHistory(rig, Folding.Whole, int.MaxValue);
        // Whole tenths: the file tells times to 0.1 ms, and a sum of tenths drifts off them.
        long tenths = 0;
        double time = 0;
        // Three writers in turn, so that blocks, rows and samples on their way all take part.
        for (int run = 0; run < 3; run++)
        {
            using var history = Open(TimeSpan.FromSeconds(time + 0.05), goesOn: true);
            for (int i = 0; i < 2000; i++)
            {
                tenths += random.Next(1, 40);
                time = tenths / 10.0;
                var at = TimeSpan.FromMilliseconds(tenths * 100);
                Reading reading = random.Next(60) == 0 ? Reading.Bad(Reason.NoAnswer, TimeSpan.Zero) : Reading.Good(Math.Round(random.NextDouble() * 100, 1), TimeSpan.Zero);
                history.Keep(at, 0, in reading);
                memory.Keep(at, 0, in reading);
                if (i % 700 == 699) history.Flush();
            }

            Reading gap = Reading.Bad(Reason.NeverRead, TimeSpan.Zero);
            for (int look = 0; look < 20; look++)
            {
                double from = Math.Round(random.NextDouble() * time, 1), width = Math.Round(random.NextDouble() * (time - from) * 1.2 + 1, 1);
                int columns = random.Next(1, 300);
                var (expected, found) = (memory.Columns(0, from, width / columns, columns), history.Columns(0, from, width / columns, columns));
                string where = $"CRM_SEED={seed}: run {run}, {columns} columns of {width} s from {from}";
                Assert.True(expected.First.SequenceEqual(found.First) && expected.Low.SequenceEqual(found.Low) && expected.High.SequenceEqual(found.High) && expected.Last.SequenceEqual(found.Last), where);
            }

            memory.Keep(TimeSpan.FromSeconds(time) + TimeSpan.FromTicks(1), 0, in gap);
        }
    }

    /// <summary>A controller that begins at plant time zero finds what was before at times below zero, apart by the time nobody was in charge.</summary>
    [Fact]
    public void What_was_before_a_restart_is_before_zero_with_a_gap_between()
    {
        using (var before = Open(TimeSpan.Zero, goesOn: false))
        {
            for (int second = 0; second <= 100; second++) Keep(before, second, 40 + second % 2);
            Assert.Equal(0, before.Oldest.TotalSeconds);
        }

        clock.Now += TimeSpan.FromSeconds(50);
        using var after = Open(TimeSpan.Zero, goesOn: false);
        for (int second = 0; second <= 20; second++) Keep(after, second, 70);

        var columns = after.Columns(0, -150, 10, 17);
        Assert.Equal(-150, after.Oldest.TotalSeconds);
        Assert.All(columns.High.Take(10), high => Assert.Equal(41, high));
        Assert.All(columns.Last.Skip(10).Take(5), Assert.Null);
        Assert.Equal([70, 70], columns.Last[15..]);
    }

    /// <summary>A controller that comes back to an interrupted batch goes on in its plant time.</summary>
    [Fact]
    public void A_plant_time_that_goes_on_stays_as_it_was()
    {
        using (var before = Open(TimeSpan.FromSeconds(1000), goesOn: false)) Keep(before, 1010, 40);
        clock.Now += TimeSpan.FromSeconds(500);
        using var after = Open(TimeSpan.FromSeconds(1030), goesOn: true);
        Keep(after, 1031, 41);
        Assert.Equal([40, null, 41], after.Columns(0, 1010, 10, 3).High);
    }

    /// <summary>SEC-14, REL-16: a disk that does not take samples costs samples, counted and said, and the next ones are written again.</summary>
    [Fact]
    public void A_disk_that_refuses_costs_samples_and_nothing_else()
    {
        using var history = Open(TimeSpan.Zero, goesOn: false);
        using (var other = new SqliteConnection($"Data Source={folder["h.db"]};Pooling=False"))
        {
            other.Open();
            using var holds = other.BeginTransaction(System.Data.IsolationLevel.Serializable);
            Keep(history, 1, 40);
            history.Flush();
            Assert.True(SpinWait.SpinUntil(() => history.Fault is not null, TimeSpan.FromSeconds(30)));
            Assert.Equal(1, history.Dropped);
        }

        Keep(history, 2, 41);
        history.Flush();
        Assert.True(SpinWait.SpinUntil(() => history is { Fault: null, Written: 1 }, TimeSpan.FromSeconds(30)));
        Assert.Equal([null, null, 41], history.Columns(0, 0, 1, 3).Last);
    }

    private HistoryThread Open(TimeSpan now, bool goesOn) => HistoryThread.Open(folder["h.db"], rig, now, goesOn, clock);

    private static void Keep(HistoryThread history, double seconds, double value) => history.Keep(TimeSpan.FromSeconds(seconds), 0, Reading.Good(value, TimeSpan.Zero));

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
