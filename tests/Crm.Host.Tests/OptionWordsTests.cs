using Crm.Plant.Quantities;
using Crm.Host.CommandLine;
using Xunit;

namespace Crm.Host.Tests;

public sealed class OptionWordsTests
{
    [Theory]
    [InlineData("4h", 14400)]
    [InlineData("3h15min", 11700)]
    [InlineData("1.5 h", 5400)]
    [InlineData("1d 2 h 30s", 93630)]
    [InlineData("0s", 0)]
    public void A_duration_is_numbers_with_units(string text, double seconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(seconds, duration.TotalSeconds, 6);
    }

    [Theory]
    [InlineData("")]
    [InlineData("4")]
    [InlineData("h")]
    [InlineData("-4h")]
    [InlineData("4 weeks")]
    [InlineData("3h15")]
    [InlineData("9999d")]
    public void Anything_else_is_no_duration(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Theory]
    [InlineData("leach.agitator:fail")]
    [InlineData("leach.agitator:fail@soon")]
    public void A_fault_that_cannot_be_read_is_refused_with_an_example(string text) =>
        Assert.Contains("for example", Assert.Throws<UsageException>(() => OptionWords.Fault(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Words_that_cannot_be_read_are_the_callers_error_and_no_crash() =>
        Assert.Equal(ExitCodes.InvalidInput, CrmCommand.Invoke(["run", "recipe.yaml", "--fault", "leach.agitator:fail@soon"]));

    [Theory]
    [InlineData(ExitCodes.Good, "--explain", "rig-lapse-feed")]
    [InlineData(ExitCodes.InvalidInput, "--explain", "RIG-LAPS-FEED")]
    [InlineData(ExitCodes.InvalidInput)]
    public void A_code_is_explained_and_nothing_to_check_is_the_callers_error(int expected, params string[] words) =>
        Assert.Equal(expected, CrmCommand.Invoke(["lint", .. words]));
}
