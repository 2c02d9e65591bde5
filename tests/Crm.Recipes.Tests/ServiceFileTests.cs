using System.Text;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Services;

namespace Crm.Recipes.Tests;

/// <summary>What a person sets for the service on one machine; mistakes have place, code and what was expected.</summary>
public sealed class ServiceFileTests
{
    [Fact]
    public void What_is_not_said_is_as_usual()
    {
        Assert.Equal(ServiceSettings.Usual, ServiceFile.In("nowhere").Value);
        Assert.Equal(ServiceSettings.Usual, Read("format: 1\nservice: rig box\n").Value);
        Assert.Equal(new ServiceSettings(TimeSpan.FromDays(14), 500_000_000), Read("format: 1\nservice: rig box\nhistory: {keep: 14 d, at_most_megabytes: 500}\n").Value);
        Assert.Equal(TimeSpan.FromHours(36), Read("format: 1\nservice: rig box\nhistory: {keep: 36 h}\n").Value!.HistoryAge);
    }

    [Theory]
    [InlineData("format: 1\nhistory: {keep: 14 d}\n", "KEY-MISSING")]
    [InlineData("format: 1\nservice: box\nhistory: {keep: 14 d, at_most_megabyte: 500}\n", "KEY-UNKNOWN")]
    [InlineData("format: 1\nservice: box\nhistory: {keep: 14}\n", "UNIT-MISSING")]
    [InlineData("format: 1\nservice: box\nhistory: {keep: 5 min}\n", "VALUE-RANGE")]
    [InlineData("format: 1\nservice: box\nhistory: {at_most_megabytes: 1}\n", "VALUE-RANGE")]
    [InlineData("format: 1\nservice: box\nhistory: 14 d\n", "KIND-WRONG")]
    [InlineData("format: 2\nservice: box\n", "FILE-FORMAT")]
    public void A_mistake_is_named_with_its_code(string text, string code)
    {
        var (value, found) = Read(text);
        Assert.Null(value);
        Assert.Equal(code, Assert.Single(found).Code);
    }

    private static (ServiceSettings? Value, System.Collections.Immutable.ImmutableArray<Diagnostic> Diagnostics) Read(string text) => ServiceFile.Read("service.yaml", Encoding.UTF8.GetBytes(text));
}
