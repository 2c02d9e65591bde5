using Crm.Host.Runs;
using Crm.Host.Service;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Xunit;

namespace Crm.Host.Tests.Service;

public class TrendStoreTests
{
    private static readonly RigDefinition Rig = Read();

    /// <summary>HMI-25: a bad stretch is a gap; a value holds until the next sample; a peak inside a column is kept.</summary>
    [Fact]
    public void Columns_hold_values_keep_peaks_and_leave_gaps()
    {
        var store = new TrendStore(Rig);
        Keep(store, 0, 20);
        Keep(store, 12, 25);
        Keep(store, 13, 90);
        Keep(store, 14, 26);
        store.Keep(TimeSpan.FromSeconds(30), 0, Reading.Bad(Reason.NoAnswer, TimeSpan.FromSeconds(30)));
        Keep(store, 50, 27);

        var pen = Assert.Single(store.Read([0], 0, 60, 6).Pens);

        Assert.Equal([20, 26, 26, null, null, 27], pen.Last);
        Assert.Equal([20, 90, 26, 26, null, 27], pen.High);
        Assert.Equal([20, 20, 26, 26, null, 27], pen.Low);
    }

    /// <summary>Bounded: twice the limit is kept with every extreme.</summary>
    [Fact]
    public void A_full_series_is_thinned_without_losing_its_extremes()
    {
        var store = new TrendStore(Rig);
        for (int i = 0; i < 2 * TrendStore.Limit; i++) Keep(store, i, i == 777 ? 140 : i == 4242 ? 1 : 50 + i % 2);

        var pen = Assert.Single(store.Read([0], 0, 2 * TrendStore.Limit, 100).Pens);

        Assert.Equal(140, pen.High.Max());
        Assert.Equal(1, pen.Low.Min());
        Assert.DoesNotContain(null, pen.Last);
    }

    [Fact]
    public void Nothing_is_drawn_before_the_first_sample()
    {
        var store = new TrendStore(Rig);
        Keep(store, 100, 20);

        Assert.All(store.Read([0], 0, 90, 9).Pens[0].Last, v => Assert.Null(v));
    }

    private static void Keep(TrendStore store, double seconds, double value) => store.Keep(TimeSpan.FromSeconds(seconds), 0, Reading.Good(value, TimeSpan.FromSeconds(seconds)));

    private static RigDefinition Read()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at!.FullName, "Crm.sln"))) at = at.Parent;
        return RigFiles.Rig(Path.Combine(at.FullName, "hardware", "lithium-pilot", "rig.yaml")).Value!;
    }
}
