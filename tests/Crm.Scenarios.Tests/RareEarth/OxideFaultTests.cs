namespace Crm.Scenarios.Tests.RareEarth;

/// <summary>Named faults of calcining oxalate on the rare-earth pilot's twin: named in the record, alarmed, the heater off under sweep (SAF-28, ALM-08, S88-11).</summary>
[Collection(OxideShared.Name)]
public sealed class OxideFaultTests(Oxide hours)
{
    /// <summary>Moment, fault, words of the record, alarm, unit that is held, longest wait in minutes.</summary>
    [Theory]
    [InlineData("calcine", "calciner.heater:fail", "heater-astray", "calciner-heater-tripped", "calciner", 20)]
    [InlineData("calcine", "calciner.heater:stuck-on", "heater-astray", "calciner-heater-tripped", "calciner", 240)]
    [InlineData("calcine", "calciner.sweep:fail", "sweep", "calciner-held", "calciner", 5)]
    [InlineData("calcine", "calciner.temperature:dead", "calciner.temperature", "calciner.temperature-fault", "calciner", 5)]
    [InlineData("calcine", "scrubber:lost", "scrubber", "scrubber-stopped", "calciner", 5)]
    public void A_fault_is_named_alarmed_and_held(string moment, string fault, string words, string alarm, string unit, int minutes)
    {
        PilotRun plant = hours.Meets(moment, fault, words, alarm, unit, minutes);
        if (!fault.EndsWith("stuck-on", StringComparison.Ordinal)) Assert.Equal(0, plant.Pin("calciner.heater"));
    }
}

/// <summary>One undisturbed calcination, forked when it is hot enough for the oxalate to fall apart.</summary>
public sealed class Oxide() : UndisturbedRun("rare-earth-pilot", "recipes/rare-earth/oxalate-to-oxide.yaml", new() { ["calcine"] = 120 }, TimeSpan.FromHours(20));

[CollectionDefinition(Name)]
public sealed class OxideShared : ICollectionFixture<Oxide>
{
    public const string Name = "oxide";
}
