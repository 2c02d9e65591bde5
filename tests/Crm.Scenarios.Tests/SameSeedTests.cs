namespace Crm.Scenarios.Tests;

/// <summary>Same files and seed, same run: every event and every pin of every scan (rule 3.4).</summary>
[Collection(FirstHoursShared.Name)]
public sealed class SameSeedTests(FirstHours hours)
{
    [Fact]
    public void The_same_seed_gives_the_same_six_hours()
    {
        var again = RunTrace.Of(FirstHours.Seed, RunTrace.Length);
        Assert.Equal(hours.Trace.Events, again.Events);
        Assert.Equal(hours.Trace.PinHash, again.PinHash);
    }

    [Fact]
    public void Another_seed_gives_another_run()
    {
        TimeSpan twoHours = TimeSpan.FromHours(2);
        var one = RunTrace.Of(FirstHours.Seed, twoHours);
        var other = RunTrace.Of(FirstHours.Seed + 1, twoHours);
        Assert.NotEqual(one.PinHash, other.PinHash);
        Assert.NotEqual(one.Events, other.Events);
    }
}
