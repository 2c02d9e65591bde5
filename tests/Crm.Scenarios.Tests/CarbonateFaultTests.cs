namespace Crm.Scenarios.Tests;

/// <summary>
/// Named faults of the lithium pilot's operations after its leach: named in the record, alarmed, the row of HELD at the pins (S88-09, S88-20, SAF-28, ALM-08).
/// </summary>
[Collection(WholeBatchShared.Name)]
public sealed class CarbonateFaultTests(WholeBatch batch)
{
    /// <summary>Step, fault, words of the record, alarm, unit that is held, longest wait in minutes.</summary>
    [Theory]
    [InlineData("leach-residue", "filter1.feed_pump:fail", "gives no filtrate", "filter1-held", "filter1", 15)]
    [InlineData("residue-wash-1", "filter1.wash_pump:fail", "takes no wash", "filter1-held", "filter1", 15)]
    [InlineData("iron", "neutralise.caustic_pump:fail", "sodium_hydroxide pump or line", "neutralise-held", "neutralise", 15)]
    [InlineData("iron", "neutralise.caustic_pump:leak=0.5", "delivers too much", "neutralise-held", "neutralise", 15)]
    [InlineData("iron", "neutralise.caustic_pump:wear=0.6", "pump worn", "neutralise-held", "neutralise", 20)]
    [InlineData("iron", "neutralise.caustic_pump:spill=1", "pH does not move", "neutralise-held", "neutralise", 60)]
    [InlineData("iron", "neutralise.ph:drift=-30", "pH goes the wrong way", "neutralise-held", "neutralise", 10)]
    [InlineData("iron", "neutralise.agitator:fail", "agitator", "neutralise-agitator-slow", "neutralise", 5)]
    [InlineData("iron", "neutralise.ph:dead", "neutralise.ph", "neutralise.ph-fault", "neutralise", 5)]
    [InlineData("boil-down", "concentrate.heater:fail", "heater", "concentrate-held", "concentrate", 40)]
    [InlineData("hydroxide-wash-1", "filter2:cracked=0.3", "wash channels", "filter2-held", "filter2", 5)]
    [InlineData("boil-down", "concentrate.temperature:offset=12", "gives no condensate", "concentrate-not-boiling", "concentrate", 60)]
    [InlineData("boil-down", "concentrate.feed_pump:fail", "no feed from", "concentrate-held", "concentrate", 10)]
    [InlineData("boil-down", "concentrate.agitator:fail", "agitator", "concentrate-held", "concentrate", 10)]
    [InlineData("concentrate-in", "coolcryst.feed_pump:fail", "L moved in", "coolcryst-held", "coolcryst", 10)]
    [InlineData("crystallise", "coolcryst.agitator:fail", "agitator", "coolcryst-held", "coolcryst", 10)]
    [InlineData("crystallise", "coolcryst.cooling:wear=0.01", "cooling takes no heat out", "coolcryst-held", "coolcryst", 60)]
    [InlineData("hot", "carbonation.heater:fail", "heater", "carbonation-held", "carbonation", 30)]
    [InlineData("soda-ash", "carbonation.carbonate_pump:fail", "sodium_carbonate pump or line", "carbonation-held", "carbonation", 10)]
    [InlineData("soda-ash", "carbonation.carbonate_pump:wear=0.6", "pump worn", "carbonation-held", "carbonation", 15)]
    [InlineData("soda-ash", "carbonation.carbonate_pump:leak=1", "delivers too much", "carbonation-held", "carbonation", 10)]
    [InlineData("soda-ash", "carbonation.agitator:fail", "agitator", "carbonation-held", "carbonation", 10)]
    [InlineData("ripen", "carbonation.temperature:dead", "carbonation.temperature", "carbonation.temperature-fault", "carbonation", 5)]
    [InlineData("ripen", "carbonation.heater:fail", "carbonation-heater-astray", "carbonation-held", "carbonation", 15)]
    [InlineData("condensate", "bicarbonation.water_pump:fail", "L moved in", "bicarbonation-held", "bicarbonation", 10)]
    [InlineData("carbon-dioxide", "bicarbonation.co2_valve:fail", "gets no carbon dioxide", "bicarbonation-held", "bicarbonation", 10)]
    [InlineData("resin", "polish.feed_pump:fail", "gets no flow", "polish-held", "polish", 15)]
    [InlineData("boil-off", "decompose.heater:fail", "heater", "decompose-held", "decompose", 60)]
    [InlineData("boil-off", "decompose.agitator:fail", "agitator", "decompose-held", "decompose", 10)]
    [InlineData("dry", "dryer.heater:fail", "dryer-heater-astray", "dryer-heater-tripped", "dryer", 40)]
    [InlineData("dry", "dryer.vacuum_pump:fail", "draws no vacuum", "dryer-held", "dryer", 60)]
    public void A_fault_is_named_alarmed_and_held(string moment, string fault, string words, string alarm, string unit, int minutes) =>
        FaultMeets.IsNamedAlarmedAndHeld(batch.In(moment), fault, words, alarm, unit, TimeSpan.FromMinutes(minutes), p => p.IsHeld(unit) || p.AtRest);

    [Theory]
    [InlineData("residue-wash-1", "filter1", "may have cracked")]
    public void A_wash_paused_for_longer_than_its_cake_stands_does_not_go_on(string moment, string unit, string words) => FaultMeets.StandsTooLong(batch.In(moment), unit, words);
}
