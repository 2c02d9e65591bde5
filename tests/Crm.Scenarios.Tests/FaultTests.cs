using Crm.Plant.Phases;
using Crm.Plant.Records;

namespace Crm.Scenarios.Tests;

/// <summary>The five named faults of the first batch, judged at the pins and in the record.</summary>
[Collection(FirstHoursShared.Name)]
public sealed class FaultTests(FirstHours hours, ITestOutputHelper output)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(10);

    [Fact]
    public void A_failed_peroxide_pump_is_missed_by_the_drum_scale()
    {
        var plant = Break(hours.Dosing!, "leach.peroxide_pump:fail");
        Assert.True(plant.RunUntil(AtRest, Soon), plant.Story);
        Assert.Contains("pump or line", plant.Reason);
        Assert.Contains("hydrogen_peroxide", plant.Reason);
        FeedsOffStirredAndCooled(plant, agitates: true);
        InRecord(plant, "hydrogen_peroxide");
    }

    [Fact]
    public void A_lost_agitator_ends_dosing_within_seconds_and_keeps_cooling()
    {
        var plant = Break(hours.Dosing!, "leach.agitator:fail");
        Assert.True(plant.RunUntil(p => p.Pin("leach.peroxide_pump") == 0, TimeSpan.FromSeconds(30)), plant.Story);
        Assert.True(plant.RunUntil(AtRest, Soon) || AtRest(plant), plant.Story);
        Assert.Contains("agitator", plant.Reason);
        plant.RunTo(plant.Now + TimeSpan.FromMinutes(1));
        FeedsOffStirredAndCooled(plant, agitates: false);
        Assert.Equal(100, plant.Pin("leach.cooling"));
        Assert.Contains(plant.Events, e => e.Kind == BatchEventKind.Trip && e.Subject == "leach-agitator-lost");
        InRecord(plant, "agitator");
    }

    [Fact]
    public void A_lost_scrubber_holds_the_leach()
    {
        var plant = Break(hours.Dosing!, "scrubber:lost");
        Assert.True(plant.RunUntil(AtRest, Soon), plant.Story);
        Assert.Contains("scrubber", plant.Reason);
        plant.RunTo(plant.Now + TimeSpan.FromMinutes(1));
        FeedsOffStirredAndCooled(plant, agitates: true);
        Assert.Equal(100, plant.Pin("scrubber.fan"));
        Assert.Equal(100, plant.Pin("ventilation.fan"));
        Assert.Contains(plant.Events, e => e.Kind == BatchEventKind.Trip && e.Subject == "scrubber-lost");
        InRecord(plant, "scrubber");
    }

    /// <summary>
    /// The cooling valve stands open from the start-up trip until the first phase controls the temperature (its lapse is keep), so a heater
    /// stuck before that warms nothing; the trip sees that it does not obey.
    /// </summary>
    [Fact]
    public void A_heater_stuck_on_before_temperature_control_meets_an_open_cooling_valve_and_trips()
    {
        var plant = Break(hours.Filling!, "leach.heater:stuck-on");
        double hottest = Hottest(plant, AtRest, TimeSpan.FromHours(1));
        Assert.True(AtRest(plant), plant.Story);
        Assert.Contains("heater", plant.Reason);
        Assert.Equal(100, plant.Pin("leach.heater"));
        Assert.Equal(100, plant.Pin("leach.cooling"));
        Assert.InRange(hottest, 0, 40);
        Assert.Empty(StateTableAtPin.OpenFeeds(plant));
    }

    /// <summary>With the cooling lost too, limit or trip ends the dosing below the runaway trip of 93 degC.</summary>
    [Fact]
    public void A_heater_stuck_on_without_cooling_ends_dosing_and_leaves_the_batch_at_rest()
    {
        var plant = Break(hours.Dosing!, "leach.heater:stuck-on");
        plant.Break("leach.cooling:fail");
        double dosedAt = 0;
        bool tripped = false;
        double hottest = Hottest(
            plant,
            p =>
            {
                if (p.Pin("leach.peroxide_pump") > 0) dosedAt = Math.Max(dosedAt, p.Reads("leach.temperature"));
                tripped |= p.Events.Any(e => e.Kind == BatchEventKind.Trip);
                return tripped && AtRest(p);
            },
            TimeSpan.FromHours(2));
        output.WriteLine($"hottest {hottest} degC, peroxide up to {dosedAt} degC; {plant.Story}");
        Assert.True(AtRest(plant), plant.Story);
        Assert.True(tripped, plant.Story);
        Assert.InRange(dosedAt, 60, 83);
        Assert.InRange(hottest, 60, 93);
        Assert.Empty(StateTableAtPin.OpenFeeds(plant));
        Assert.True(plant.Pin("leach.agitator") > 150);
        Assert.Contains(plant.Events, e => e.Kind == BatchEventKind.Trip && e.Subject == "leach-heater-astray");
    }

    /// <summary>Under temperature control the cooling valve would carry the stuck heater unseen; power without command, or the two in a fight, trips (SAF-28).</summary>
    [Fact]
    public void A_heater_stuck_on_during_dosing_is_seen_by_its_fight_with_the_cooling()
    {
        var plant = Break(hours.Dosing!, "leach.heater:stuck-on");
        double hottest = Hottest(plant, AtRest, Soon);
        output.WriteLine($"hottest {hottest} degC; {plant.Story}");
        Assert.True(AtRest(plant), plant.Story);
        Assert.Contains("heater", plant.Reason);
        plant.Scan(20);
        Assert.Equal(100, plant.Pin("leach.heater"));
        Assert.Equal(100, plant.Pin("leach.cooling"));
        Assert.True(plant.Pin("leach.agitator") > 150);
        Assert.Empty(StateTableAtPin.OpenFeeds(plant));
        Assert.InRange(hottest, 60, 78);
        Assert.Contains(plant.Events, e => e.Kind == BatchEventKind.Trip && e.Subject is "leach-heater-astray" or "leach-heater-stuck");
    }

    /// <summary>
    /// A frozen ORP stands still, and a plateau is what the leach waits for: it would take its least time only. The value that does not
    /// move at all is no measurement, and its row holds the leach by name within minutes (NE-11, SAF-08).
    /// </summary>
    [Fact]
    public void A_frozen_ORP_holds_the_leach_by_name_within_minutes()
    {
        var plant = Break(hours.Dosing!, "leach.orp:frozen");
        TimeSpan frozen = plant.Now;
        Assert.True(plant.RunUntil(AtRest, Soon), plant.Story);
        Assert.InRange(plant.Now - frozen, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(5));
        Assert.Contains("leach.orp", plant.Reason);
        Assert.Contains(plant.Events, e => e.Kind == BatchEventKind.Fault && e.Text.Contains("leach.orp is bad: frozen", StringComparison.Ordinal));
        Assert.Contains(plant.Events, e => e.Kind == BatchEventKind.Trip && e.Text.Contains("leach-orp-lost", StringComparison.Ordinal) && e.Text.Contains("frozen", StringComparison.Ordinal));
        plant.Scan(20);
        FeedsOffStirredAndCooled(plant, agitates: true);
    }

    private static LithiumPlant Break(LithiumPlant at, string fault)
    {
        var plant = at.Fork();
        plant.Break(fault);
        return plant;
    }

    private static double Hottest(LithiumPlant plant, Func<LithiumPlant, bool> until, TimeSpan limit)
    {
        double hottest = 0;
        plant.RunUntil(
            p =>
            {
                hottest = Math.Max(hottest, p.Reads("leach.temperature"));
                return until(p);
            },
            limit);
        return hottest;
    }

    private static bool AtRest(LithiumPlant plant) => plant.State is PhaseState.Held or PhaseState.Stopped or PhaseState.Aborted;

    private static void FeedsOffStirredAndCooled(LithiumPlant plant, bool agitates)
    {
        Assert.Empty(StateTableAtPin.OpenFeeds(plant));
        Assert.Equal(0, plant.Pin("leach.heater"));
        if (agitates) Assert.True(plant.Pin("leach.agitator") > 150, $"agitator at {plant.Pin("leach.agitator")} rpm");
        Assert.True(plant.RunUntil(p => p.Pin("leach.cooling") > 0, TimeSpan.FromMinutes(2)) || plant.Pin("leach.cooling") > 0, plant.Story);
    }

    private static void InRecord(LithiumPlant plant, string cause) =>
        Assert.Contains(plant.Events, e => e.Kind is BatchEventKind.Fault or BatchEventKind.Trip or BatchEventKind.LimitReached or BatchEventKind.PhaseState or BatchEventKind.BatchState
            && (e.Text + e.Cause + e.Subject).Contains(cause, StringComparison.Ordinal));
}
