using Crm.Scenarios.Tests.Germanium;
using Crm.Scenarios.Tests.Vanadium;

namespace Crm.Scenarios.Tests;

[Collection(WholeBatchShared.Name)]
public sealed class RandomFaultsOfLithiumTests(WholeBatch batch, ITestOutputHelper output)
{
    private static readonly string[] moments = ["iron", "leach-residue", "boil-down", "crystallise", "soda-ash", "carbon-dioxide", "boil-off"];

    [Fact]
    public void Whatever_breaks_no_agitator_stops_on_slurry_and_no_actuator_leaves_its_span() =>
        RandomFaults.Meet(moments.Select(m => (m, batch.In(m))), 3, output);
}

[Collection(SlagHoursShared.Name)]
public sealed class RandomFaultsOfVanadiumTests(SlagHours hours, ITestOutputHelper output)
{
    private static readonly string[] moments = ["leaching", "acidifying", "extracting", "precipitating", "calcining", "boiling", "crystallising"];

    [Fact]
    public void Whatever_breaks_no_agitator_stops_on_slurry_and_no_actuator_leaves_its_span() =>
        RandomFaults.Meet(moments.Select(m => (m, hours.In(m))), 3, output);
}

[Collection(HydrolysisShared.Name)]
public sealed class RandomFaultsOfHydrolysisTests(Hydrolysis hours, ITestOutputHelper output)
{
    private static readonly string[] moments = ["tetrachloride", "dioxide-cake", "dry"];

    [Fact]
    public void Whatever_breaks_no_agitator_stops_on_slurry_and_no_actuator_leaves_its_span() =>
        RandomFaults.Meet(moments.Select(m => (m, hours.At(m))), 4, output);
}

[Collection(WaterRunShared.Name)]
public sealed class RandomFaultsOfGermaniumTests(WaterRun run, ITestOutputHelper output)
{
    private static readonly string[] moments = ["leach-acid", "load", "elute", "desalt", "boil"];

    [Fact]
    public void Whatever_breaks_no_agitator_stops_on_slurry_and_no_actuator_leaves_its_span() =>
        RandomFaults.Meet(moments.Select(m => (m, run.At(m))), 3, output);
}
