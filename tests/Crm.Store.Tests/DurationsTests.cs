using Xunit;

namespace Crm.Store.Tests;

/// <summary>Durations in buckets, as a histogram of the metrics tells them.</summary>
public sealed class DurationsTests
{
    [Fact]
    public void Each_falls_into_the_first_bucket_that_holds_it()
    {
        var took = new Durations(0.001, 0.01);
        foreach (double ms in (double[])[0.2, 1, 3, 40]) took.Add(TimeSpan.FromMilliseconds(ms));
        Assert.Equal((4, 2, 3), (took.Count, took.CountUpTo(0), took.CountUpTo(1)));
        Assert.Equal(0.0442, took.Seconds, 9);
        Assert.Equal(0.04, took.Most, 9);
        Assert.Equal(0.01105, took.Mean, 9);
    }

    [Fact]
    public void Before_the_first_the_mean_is_zero() => Assert.Equal(0, new Durations(1).Mean);
}
