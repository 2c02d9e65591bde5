using System.Globalization;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Store.History;
using Xunit;

namespace Crm.Store.Tests.History;

public class HistoryColumnsTests
{
    /// <summary>HMI-25: a bad stretch is a gap; a value holds until the next sample; a peak inside a column is kept.</summary>
    [Fact]
    public void Columns_hold_values_keep_peaks_and_leave_gaps()
    {
        var history = new MemoryHistory(HistoryTests.Rig(new Keep(0, TimeSpan.FromSeconds(60))));
        foreach (string sample in "0:20 12:25 13:90 14:26 30:B 50:27".Split(' ')) Keep(history, sample);

        var columns = history.Columns(0, 0, 10, 6);

        Assert.Equal([20, 26, 26, null, null, 27], columns.Last);
        Assert.Equal([20, 90, 26, 26, null, 27], columns.High);
        Assert.Equal([20, 20, 26, 26, null, 27], columns.Low);
    }

    /// <summary>Bounded: a few times the limit is kept with every extreme, and the newest samples as they were read.</summary>
    [Fact]
    public void A_full_series_folds_its_older_half()
    {
        const int limit = 400;
        var history = new MemoryHistory(HistoryTests.Rig(new Keep(0, TimeSpan.Zero)), Folding.OlderHalf, limit);
        for (int i = 0; i < 5 * limit; i++) Keep(history, i, i == 77 ? 140 : i == 424 ? 1 : 50 + i % 2);

        var columns = history.Columns(0, 0, 5 * limit / 20.0, 20);
        Assert.Equal(140, columns.High.Max());
        Assert.Equal(1, columns.Low.Min());
        Assert.DoesNotContain(null, columns.Last);
        double[] times = [.. Assert.Single(history.All()).Points.Select(p => p.Time)];
        Assert.Equal(times.Order(), times);
        Assert.Equal(Enumerable.Range(5 * limit - limit / 4, limit / 4).Select(i => (double)i), times[^(limit / 4)..]);
    }

    [Theory]
    [InlineData(0, 90)]
    [InlineData(111, 200)]
    public void Nothing_is_drawn_before_the_first_sample_or_after_the_last(double from, double to)
    {
        var history = new MemoryHistory(HistoryTests.Rig(new Keep(0, TimeSpan.FromSeconds(10))));
        Keep(history, 100, 20);

        Assert.All(history.Columns(0, from, (to - from) / 9, 9).Last, value => Assert.Null(value));
    }

    private static void Keep(MemoryHistory history, string sample)
    {
        string[] parts = sample.Split(':');
        double at = double.Parse(parts[0], CultureInfo.InvariantCulture);
        if (parts[1] == "B") history.Keep(TimeSpan.FromSeconds(at), 0, Reading.Bad(Reason.NoAnswer, TimeSpan.FromSeconds(at)));
        else Keep(history, at, double.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static void Keep(MemoryHistory history, double seconds, double value) => history.Keep(TimeSpan.FromSeconds(seconds), 0, Reading.Good(value, TimeSpan.FromSeconds(seconds)));
}
