namespace Crm.Scenarios.Tests.Refinery;

/// <summary>
/// Named faults of the lithium refinery on its way to the hydroxide: membrane, resin, boil with recompression, seeded crystalliser, filters, the cleaning of the wall, dryer. Named in the record, alarmed, the
/// row of HELD at the pins (S88-20, SAF-28, ALM-08).
/// </summary>
[Collection(HydroxideShared.Name)]
public sealed class HydroxideFaultTests(Hydroxide hours)
{
    /// <summary>Step, fault, words of the record, alarm, unit that is held, longest wait in minutes.</summary>
    [Theory]
    [InlineData("soften", "nf.concentrate_valve:fail", "dead-head", "nf-concentrate-low", "nf", 10)]
    [InlineData("soften", "nf.feed_pump:wear=0.4", "pressure does not come", "nf-held", "nf", 20)]
    [InlineData("soften", "nf:blocked=500", "nf-dead-head", "nf-held", "nf", 10)]
    [InlineData("resin", "polish.feed_pump:fail", "gets no flow", "polish-held", "polish", 15)]
    [InlineData("caustic", "evaporator.caustic_pump:fail", "sodium_hydroxide pump or line", "evaporator-held", "evaporator", 10)]
    [InlineData("caustic", "evaporator.caustic_pump:leak=1", "delivers too much", "evaporator-held", "evaporator", 10)]
    [InlineData("boil", "evaporator.heater:fail", "evaporator-heater-astray", "evaporator-held", "evaporator", 40)]
    [InlineData("boil", "evaporator.temperature:offset=16", "gives no condensate", "evaporator-held", "evaporator", 60)]
    [InlineData("boil", "evaporator.agitator:fail", "agitator", "evaporator-held", "evaporator", 10)]
    [InlineData("boil", "compressor.motor:fail", "compressor-lost", "compressor-tripped", "evaporator", 5)]
    [InlineData("warm", "crystalliser.heater:fail", "crystalliser-heater-astray", "crystalliser-held", "crystalliser", 30)]
    [InlineData("warm", "crystalliser.heater:stuck-on", "heater", "crystalliser-held", "crystalliser", 90)]
    [InlineData("warm", "crystalliser.agitator:fail", "agitator", "crystalliser-held", "crystalliser", 10)]
    [InlineData("stay-warm", "crystalliser.heater:fail", "crystalliser-heater-astray", "crystalliser-held", "crystalliser", 90)]
    [InlineData("salt", "salt_filter.feed_pump:fail", "gives no filtrate", "salt-filter-held", "salt_filter", 15)]
    [InlineData("salt-wash", "salt_filter.wash_pump:fail", "takes no wash", "salt-filter-held", "salt_filter", 15)]
    [InlineData("to-seeding", "crystalliser.cooling:fail", "cooling takes no heat out", "crystalliser-held", "crystalliser", 60)]
    [InlineData("crude-1", "crystalliser.cooling:fail", "cooling takes no heat out", "crystalliser-held", "crystalliser", 150)]
    [InlineData("crude-1", "crystalliser.supersaturation:offset=0.2", "does not come down", "crystalliser-held", "crystalliser", 30)]
    [InlineData("crude-1", "crystalliser.agitator:fail", "agitator", "crystalliser-held", "crystalliser", 10)]
    [InlineData("mother-back", "evaporator.return_pump:fail", "L moved in", "evaporator-held", "evaporator", 10)]
    [InlineData("wall", "evaporator.water_pump:fail", "L moved in", "evaporator-held", "evaporator", 10)]
    [InlineData("wall", "evaporator.conductivity:offset=6", "is not clean", "evaporator-held", "evaporator", 300)]
    [InlineData("condensate", "evaporator.water_pump:fail", "L moved in", "evaporator-held", "evaporator", 10)]
    [InlineData("dissolve", "evaporator.heater:fail", "evaporator-heater-astray", "evaporator-held", "evaporator", 30)]
    [InlineData("recrystallise", "evaporator.heater:fail", "evaporator-heater-astray", "evaporator-held", "evaporator", 40)]
    [InlineData("recrystallise", "evaporator.supersaturation:offset=0.2", "does not come down", "evaporator-held", "evaporator", 30)]
    [InlineData("dry", "dryer.heater:fail", "dryer-heater-astray", "dryer-heater-tripped", "dryer", 40)]
    [InlineData("dry", "dryer.vacuum_pump:fail", "draws no vacuum", "dryer-held", "dryer", 60)]
    public void A_fault_is_named_alarmed_and_held(string moment, string fault, string words, string alarm, string unit, int minutes) =>
        FaultMeets.IsNamedAlarmedAndHeld(hours.At(moment).Fork(), fault, words, alarm, unit, TimeSpan.FromMinutes(minutes), p => p.IsHeld(unit) || p.AtRest);

    [Theory]
    [InlineData("salt-wash", "salt_filter", "may have cracked")]
    public void A_wash_paused_for_longer_than_its_cake_stands_does_not_go_on(string moment, string unit, string words) => FaultMeets.StandsTooLong(hours.At(moment).Fork(), unit, words);
}

/// <summary>One undisturbed batch of hydroxide, forked when each of its operations has been on for a while.</summary>
public sealed class Hydroxide
{
    private readonly RunMoments moments = new(
        new PilotRun(PilotFiles.Load("lithium-refinery", "recipes/lithium/chloride-to-hydroxide.yaml"), 3),
        new Dictionary<string, double>
        {
            ["soften"] = 10,
            ["resin"] = 2,
            ["caustic"] = 4,
            ["boil"] = 70,
            ["warm"] = 10,
            ["stay-warm"] = 5,
            ["salt"] = 2,
            ["salt-wash"] = 1,
            ["to-seeding"] = 5,
            ["crude-1"] = 170,
            ["mother-back"] = 2,
            ["wall"] = 1,
            ["condensate"] = 1,
            ["dissolve"] = 10,
            ["recrystallise"] = 10,
            ["dry"] = 2,
        },
        TimeSpan.FromHours(40));

    internal PilotRun At(string moment) => moments.At(moment);
}

[CollectionDefinition(Name)]
public sealed class HydroxideShared : ICollectionFixture<Hydroxide>
{
    public const string Name = "hydroxide";
}
