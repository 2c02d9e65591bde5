using Crm.Host.Checkpoints;
using Crm.Host.CommandLine;
using Crm.Host.Service;
using Crm.Host.Tests.Api;
using Crm.Recipes.Services;
using Xunit;

namespace Crm.Host.Tests.Service;

/// <summary>Where <c>crm serve</c> and <c>crm demo</c> begin: a step that no recipe has is refused before anything runs, as in scenarios (SCENARIO-FROM).</summary>
public sealed class BeginningTests
{
    [Theory]
    [InlineData("leach/peroxid+20min", "crm: --from leach/peroxid+1200s: the recipe has no step 'leach/peroxid'; did you mean 'leach/peroxide'?")]
    [InlineData("leach/peroxide+20min", null)]
    [InlineData("3h", null)]
    public void An_unknown_step_is_refused_at_once_with_the_one_that_was_meant(string from, string? problem)
    {
        var (inputs, problems) = Options(from).Load();
        Assert.Equal(problem is null ? [] : [problem], problems);
        Assert.Equal(problem is null, inputs is not null);
    }

    [Fact]
    public void A_real_rig_begins_where_it_stands() =>
        Assert.Contains("--from is for the twin", Assert.Throws<UsageException>(() => Options("3h", live: true).Settled()).Message, StringComparison.Ordinal);

    private static ServeOptions Options(string from, bool live = false) =>
        new([new RigToServe(Path.Combine(ServedRig.Root(), "recipes", "lithium", "black-mass-to-carbonate.yaml"), null, live, RigToServe.NoPlaces)], "out", 0, null, 1, 1, Moment.Parse(from), "");
}
