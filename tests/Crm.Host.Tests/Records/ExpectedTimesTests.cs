using Crm.Contracts;
using Crm.Host.Records;
using Xunit;

namespace Crm.Host.Tests.Records;

/// <summary>A run of a recipe as what to expect of the next: counted from its START, in order.</summary>
public sealed class ExpectedTimesTests
{
    [Fact]
    public void Steps_are_counted_from_the_first_and_a_repeated_one_stands_twice()
    {
        var (seconds, steps) = ExpectedTimes.Course([new("wash", 900, 960), new("fill", 600, 660.04), new("wash", 1200, 1290)]);
        Assert.Equal(690, seconds);
        Assert.Equal([new("fill", 0, 60), new("wash", 300, 360), new("wash", 600, 690)], steps);
    }

    [Fact]
    public void Nothing_is_expected_of_a_batch_that_did_nothing() => Assert.Equal((0.0, 0), (ExpectedTimes.Course([]).Seconds, ExpectedTimes.Course([]).Steps.Count));
}
