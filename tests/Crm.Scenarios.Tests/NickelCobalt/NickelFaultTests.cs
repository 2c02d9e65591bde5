namespace Crm.Scenarios.Tests.NickelCobalt;

/// <summary>
/// Named faults of the nickel hydroxide, its dissolution, the boil and the cooling crystallisation on the nickel-cobalt pilot's twin: named in the record, alarmed, the row of HELD at the pins (S88-11, S88-20,
/// SAF-28, ALM-08).
/// </summary>
[Collection(NickelShared.Name)]
public sealed class NickelFaultTests(NickelHours hours)
{
    /// <summary>Moment, fault, words of the record, alarm, unit that is held, longest wait in minutes.</summary>
    [Theory]
    [InlineData("raffinate", "nickel_vessel.feed_pump:fail", "L moved in", "nickel-vessel-held", "nickel_vessel", 10)]
    [InlineData("warm", "nickel_vessel.heater:fail", "nickel-vessel-heater-astray", "nickel-vessel-held", "nickel_vessel", 30)]
    [InlineData("warm", "nickel_vessel.agitator:fail", "agitator", "nickel-vessel-agitator-slow", "nickel_vessel", 5)]
    [InlineData("nickel", "nickel_vessel.caustic_pump:fail", "sodium_hydroxide pump or line", "nickel-vessel-held", "nickel_vessel", 20)]
    [InlineData("nickel", "nickel_vessel.caustic_pump:leak=1", "delivers too much", "nickel-vessel-held", "nickel_vessel", 20)]
    [InlineData("nickel", "nickel_vessel.caustic_pump:spill=1", "pH does not move", "nickel-vessel-held", "nickel_vessel", 150)]
    [InlineData("nickel", "nickel_vessel.ph:drift=-60", "goes the wrong way", "nickel-vessel-held", "nickel_vessel", 60)]
    [InlineData("hydroxide-ages", "nickel_vessel.heater:stuck-on", "heater-astray", "nickel-vessel-held", "nickel_vessel", 60)]
    [InlineData("hydroxide", "nickel_filter.feed_pump:fail", "gives no filtrate", "nickel-filter-held", "nickel_filter", 15)]
    [InlineData("hydroxide-wash-2", "nickel_filter.wash_pump:fail", "takes no wash", "nickel-filter-held", "nickel_filter", 15)]
    [InlineData("acid", "crystal.acid_pump:fail", "sulfuric_acid pump or line", "crystal-held", "crystal", 20)]
    [InlineData("acid", "scrubber:lost", "scrubber", "scrubber-stopped", "crystal", 5)]
    [InlineData("boil-down", "crystal.heater:fail", "crystal-heater-astray", "crystal-held", "crystal", 40)]
    [InlineData("boil-down", "crystal.temperature:offset=8", "gives no condensate", "crystal-held", "crystal", 90)]
    [InlineData("to-60", "crystal.cooling:fail", "cooling takes no heat out", "crystal-held", "crystal", 60)]
    [InlineData("grow", "crystal.supersaturation:offset=0.5", "does not come down", "crystal-held", "crystal", 90)]
    [InlineData("desalt", "ro.concentrate_valve:fail", "dead-head", "ro-concentrate-low", "ro", 10)]
    [InlineData("desalt", "ro.feed_pump:wear=0.4", "pressure does not come", "ro-held", "ro", 20)]
    [InlineData("desalt", "ro:fouled=1", "ro-overpressure", "ro-held", "ro", 20)]
    public void A_fault_is_named_alarmed_and_held(string moment, string fault, string words, string alarm, string unit, int minutes)
    {
        PilotRun plant = hours.Meets(moment, fault, words, alarm, unit, minutes);
        if (!fault.EndsWith("leak=1", StringComparison.Ordinal)) Assert.Equal(0, plant.Pin("nickel_vessel.caustic_pump") + plant.Pin("crystal.acid_pump"));
    }
}

/// <summary>One undisturbed nickel batch, from what stands in its feed tank.</summary>
public sealed class NickelHours() : UndisturbedRun(
    "nickel-cobalt-pilot", "recipes/nickel-cobalt/raffinate-to-nickel-sulfate.yaml",
    new()
    {
        ["raffinate"] = 0.2,
        ["warm"] = 2,
        ["nickel"] = 5,
        ["hydroxide-ages"] = 5,
        ["hydroxide"] = 2,
        ["hydroxide-wash-2"] = 2,
        ["acid"] = 5,
        ["boil-down"] = 70,
        ["to-60"] = 1,
        ["grow"] = 60,
        ["desalt"] = 4,
    }, TimeSpan.FromHours(60));

[CollectionDefinition(Name)]
public sealed class NickelShared : ICollectionFixture<NickelHours>
{
    public const string Name = "nickel";
}
