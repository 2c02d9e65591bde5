using Crm.Host.CommandLine;
using Crm.Host.Sweeps;
using Xunit;

namespace Crm.Host.Tests.Sweeps;

public sealed class VaryAxisTests
{
    [Theory]
    [InlineData("leach_time=60..180min/5", "60 min|90 min|120 min|150 min|180 min", "min")]
    [InlineData("acid=1.0..1.5 x stoichiometric/6", "1 x stoichiometric|1.1 x stoichiometric|1.2 x stoichiometric|1.3 x stoichiometric|1.4 x stoichiometric|1.5 x stoichiometric", "x stoichiometric")]
    [InlineData("rate=6 L/h..10 L/h/3", "6 L/h|8 L/h|10 L/h", "L/h")]
    [InlineData("temperature=45..25degC/2", "45 degC|25 degC", "degC")]
    [InlineData("level=-0.3..0.3/3", "-0.3|0|0.3", "")]
    [InlineData("hold=1,3,10 min", "1 min|3 min|10 min", "min")]
    [InlineData("hold = 90 s, 3 min", "90 s|3 min", "s")]
    public void An_axis_is_a_name_and_values_with_their_unit(string text, string values, string unit)
    {
        VaryAxis axis = VaryAxis.Parse(text);
        Assert.Equal(values, string.Join('|', axis.Values));
        Assert.Equal(unit, axis.Unit);
    }

    [Theory]
    [InlineData("leach_time", "expected name=low..high/n")]
    [InlineData("=60..180min/5", "expected name=low..high/n")]
    [InlineData("leach_time=60..180min", "how many values?")]
    [InlineData("leach_time=60..180min/1", "2 to 1000 of them")]
    [InlineData("leach_time=60..180min/1001", "2 to 1000 of them")]
    [InlineData("leach_time=60 s..180min/3", "write both ends in one unit")]
    [InlineData("leach_time=long..180min/3", "'long' is no number")]
    [InlineData("leach_time=90min", "one value alone is --set")]
    [InlineData("leach_time=90min,x", "'x' is no number")]
    [InlineData("leach_time=90,90 min", "a value stands there twice")]
    public void What_is_no_axis_is_refused_with_the_words_that_would_do(string text, string why) =>
        Assert.Contains(why, Assert.Throws<UsageException>(() => VaryAxis.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("1/1", 0, 1, 2, 3, 4)]
    [InlineData("1/2", 0, 2, 4)]
    [InlineData("2/2", 1, 3)]
    [InlineData("3/4", 2)]
    public void A_shard_takes_every_nth_run(string text, params int[] runs)
    {
        Shard shard = Shard.Parse(text);
        Assert.Equal(runs, Enumerable.Range(0, 5).Where(shard.Takes));
    }

    [Theory]
    [InlineData("0/2")]
    [InlineData("3/2")]
    [InlineData("2")]
    [InlineData("1/2/3")]
    [InlineData("a/b")]
    public void What_is_no_shard_is_refused(string text) =>
        Assert.Contains("expected i/n", Assert.Throws<UsageException>(() => Shard.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Combinations_go_through_the_last_axis_fastest()
    {
        VaryAxis[] axes = [VaryAxis.Parse("a=1,2"), VaryAxis.Parse("b=1..3/3")];
        Assert.Equal(["0 0", "0 1", "0 2", "1 0", "1 1", "1 2"], Enumerable.Range(0, 6).Select(run => string.Join(' ', Sweep.Places([.. axes], run))));
    }
}
