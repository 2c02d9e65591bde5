using Crm.Host.CommandLine;
using Crm.Plant.Alarms;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;
using Xunit;

namespace Crm.Host.Tests;

/// <summary>Two rig files compared in process words: alarms (ALM-27) and protection (SAF-32).</summary>
public sealed class RigDiffTests
{
    private static readonly RigDefinition rig = AlarmListTests.Pilot();

    [Fact]
    public void The_same_file_differs_in_nothing() => Assert.Equal("", RigDiff.Of(rig, rig));

    [Fact]
    public void An_alarm_that_is_changed_gone_or_new_is_named_with_what_it_was_and_is_ALM27()
    {
        AlarmDefinition first = rig.Alarms[0], second = rig.Alarms[1];
        AlarmDefinition changed = first with { Priority = AlarmPriority.Low, OnDelay = first.OnDelay + TimeSpan.FromSeconds(7) };
        RigDefinition now = rig with { Alarms = rig.Alarms.SetItem(0, changed).SetItem(1, second with { Id = "quite-new" }) };
        string found = RigDiff.Of(rig, now);
        Assert.Contains($"~ {first.Id}: priority was {first.Priority.ToString().ToLowerInvariant()}; is low", found, StringComparison.Ordinal);
        Assert.Contains($"~ {first.Id}: on delay s was {first.OnDelay.TotalSeconds:0}; is {first.OnDelay.TotalSeconds + 7:0}", found, StringComparison.Ordinal);
        Assert.Contains($"- {second.Id} is gone", found, StringComparison.Ordinal);
        Assert.Contains("+ quite-new is new", found, StringComparison.Ordinal);
        Assert.DoesNotContain("checksum", found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_acts_otherwise_is_named_and_the_checksums_differ_SAF32()
    {
        TripDefinition row = rig.Trips.First(t => t.Causes[0].Watch is null);
        RigDefinition now = rig with { Trips = rig.Trips.SetItem(row.Ordinal, row with { Causes = row.Causes.SetItem(0, row.Causes[0] with { Delay = TimeSpan.FromSeconds(77) }) }) };
        string found = RigDiff.Of(rig, now);
        Assert.Contains($"~ trip {row.Id}: cause 1 was ", found, StringComparison.Ordinal);
        Assert.Contains("delay 77 s", found, StringComparison.Ordinal);
        Assert.Contains("checksum of protection was " + ProtectionItems.Checksum(rig), found, StringComparison.Ordinal);
    }
}
