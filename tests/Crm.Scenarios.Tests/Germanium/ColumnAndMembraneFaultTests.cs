namespace Crm.Scenarios.Tests.Germanium;

/// <summary>
/// Each named and sized fault of column, membrane, evaporator and leach on the germanium pilot's twin: the quality is flagged or the operation names the
/// fault (S88-09, S88-20, SAF-28), the alarm of the rig's list comes (ALM-08, ALM-10), and the unit's row of HELD stands at the pins (S88-11, SAF-02).
/// </summary>
[Collection(WaterRunShared.Name)]
public sealed class ColumnAndMembraneFaultTests(WaterRun run)
{
    /// <summary>Moment, fault, words of the reason, alarm (empty: the hold's own), unit that is held, longest wait in minutes.</summary>
    [Theory]
    [InlineData("load", "resin.rinse_pump:wear=0.5", "pump worn", "resin-held", "resin", 10)]
    [InlineData("load", "resin.rinse_pump:fail", "line blocked", "resin-held", "resin", 10)]
    [InlineData("load", "resin:blocked=8", "bed or cartridge blocked", "resin-pressure-high", "resin", 10)]
    [InlineData("load", "resin:blocked=20", "resin-overpressure", "resin-held", "resin", 10)]
    [InlineData("load", "resin.drain_valve:stuck-on", "dry", "resin-bed-low", "resin", 10)]
    [InlineData("load", "resin.drain_valve:leak=0.8", "dry", "resin-bed-low", "resin", 20)]
    [InlineData("load", "resin.inlet_flow:dead", "resin.inlet_flow", "resin.inlet_flow-fault", "resin", 10)]
    [InlineData("load", "recycled_water.level:dead", "recycled_water.level", "recycled_water.level-fault", "resin", 10)]
    [InlineData("wash", "resin.rinse_pump:fail", "line blocked", "resin-held", "resin", 10)]
    [InlineData("elute", "resin.rinse_pump:wear=0.75", "on the resin", "resin-held", "resin", 40)]
    [InlineData("elute", "resin:blocked=8", "bed or cartridge blocked", "resin-pressure-high", "resin", 10)]
    [InlineData("regenerate", "resin.rinse_pump:wear=0.75", "on the resin", "resin-held", "resin", 40)]
    [InlineData("wash", "resin:blocked=8", "bed or cartridge blocked", "resin-pressure-high", "resin", 10)]
    [InlineData("wash", "resin.drain_valve:stuck-on", "dry", "resin-bed-low", "resin", 10)]
    [InlineData("elute", "resin.rinse_pump:fail", "line blocked", "resin-held", "resin", 10)]
    [InlineData("elute", "resin.drain_valve:stuck-on", "dry", "resin-bed-low", "resin", 10)]
    [InlineData("regenerate", "resin.rinse_pump:fail", "line blocked", "resin-held", "resin", 10)]
    [InlineData("regenerate", "resin:blocked=8", "bed or cartridge blocked", "resin-pressure-high", "resin", 10)]
    [InlineData("regenerate", "resin.drain_valve:stuck-on", "dry", "resin-bed-low", "resin", 10)]
    [InlineData("desalt", "ro.concentrate_valve:fail", "dead-head", "ro-concentrate-low", "ro", 10)]
    [InlineData("desalt", "ro.feed_pump:wear=0.4", "pressure does not come", "ro-held", "ro", 20)]
    [InlineData("desalt", "ro.concentrate_flow:dead", "ro.concentrate_flow", "ro.concentrate_flow-fault", "ro", 10)]
    [InlineData("desalt", "ro.pressure:dead", "ro.pressure", "ro.pressure-fault", "ro", 10)]
    [InlineData("boil", "evaporator.heater:fail", "evaporator-heater-astray", "evaporator-held", "evaporator", 30)]
    [InlineData("boil", "evaporator.agitator:fail", "agitator", "evaporator-held", "evaporator", 10)]
    [InlineData("boil", "evaporator.condensate_flow:dead", "evaporator.condensate_flow", "evaporator.condensate_flow-fault", "evaporator", 10)]
    [InlineData("boil", "evaporator.temperature:dead", "evaporator.temperature", "evaporator.temperature-fault", "evaporator", 10)]
    [InlineData("leach-acid", "leach.acid_pump:fail", "pump or line", "leach-held", "leach", 10)]
    [InlineData("leach-acid", "leach.acid_pump:stuck-on", "delivers too much", "leach-held", "leach", 5)]
    [InlineData("leach-acid", "leach.agitator:fail", "agitator", "leach-agitator-slow", "leach", 10)]
    [InlineData("leach-acid", "gas.arsine:offset=0.1", "arsine-high", "arsine-rising", "leach", 10)]
    [InlineData("leach-acid", "scrubber:lost", "scrubber", "scrubber-stopped", "leach", 10)]
    [InlineData("first-concentrate", "evaporator.feed_pump:fail", "L moved in", "evaporator-held", "evaporator", 5)]
    [InlineData("boil", "evaporator.feed_pump:fail", "no feed from", "evaporator-held", "evaporator", 15)]
    [InlineData("boil", "evaporator.temperature:offset=15", "gives no condensate", "evaporator-held", "evaporator", 90)]
    [InlineData("desalt", "ro:fouled=1", "gives no permeate", "ro-held", "ro", 20)]
    public void A_fault_is_named_alarmed_and_held(string moment, string fault, string reason, string alarm, string unit, int minutes) =>
        FaultMeets.IsNamedAlarmedAndHeld(run.At(moment).Fork(), fault, reason, alarm, unit, TimeSpan.FromMinutes(minutes), p => p.IsHeld(unit) || p.AtRest);

    /// <summary>A torn membrane tells by its permeate's conductivity where the feed holds salt; on water the share of feed shows as flow.</summary>
    [Fact]
    public void A_torn_membrane_gives_more_permeate_than_it_can_and_a_fouled_one_less()
    {
        PilotRun sound = run.At("desalt").Fork(), torn = run.At("desalt").Fork(), fouled = run.At("desalt").Fork();
        torn.Break("ro:torn=0.4");
        fouled.Break("ro:fouled=0.9");
        for (int i = 0; i < 300; i++)
        {
            sound.Scan();
            torn.Scan();
            fouled.Scan();
        }

        Assert.True(torn.Reads("ro.permeate_flow") > 1.2 * sound.Reads("ro.permeate_flow"), $"{torn.Reads("ro.permeate_flow")} against {sound.Reads("ro.permeate_flow")} L/h");
        Assert.True(fouled.Reads("ro.permeate_flow") < 0.5 * sound.Reads("ro.permeate_flow"), $"{fouled.Reads("ro.permeate_flow")} against {sound.Reads("ro.permeate_flow")} L/h");
    }
}

/// <summary>One undisturbed water run, forked as each operation has been on for some minutes.</summary>
public sealed class WaterRun
{
    private readonly RunMoments moments = new(
        new PilotRun(PilotFiles.Load("germanium-pilot", "tests/Crm.Scenarios.Tests/Germanium/water-run.yaml"), 5),
        new Dictionary<string, double> { ["load"] = 2, ["wash"] = 2, ["elute"] = 2, ["regenerate"] = 2, ["desalt"] = 6, ["boil"] = 6, ["leach-acid"] = 2, ["first-concentrate"] = 0.1, ["rinse-filter"] = 5, ["condition-warm"] = 12, ["condition-caustic"] = 2 }, TimeSpan.FromHours(5));

    internal PilotRun At(string moment) => moments.At(moment);
}

[CollectionDefinition(Name)]
public sealed class WaterRunShared : ICollectionFixture<WaterRun>
{
    public const string Name = "water run";
}
