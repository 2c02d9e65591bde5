using Crm.Plant.Records;

namespace Crm.Scenarios.Tests.Vanadium;

/// <summary>
/// The vanadium pilot's operations with their named faults (S88-20 to S88-24, SAF-08, SAF-13, SAF-28, ALM-01): named in the record, the row of its
/// trip or its fault first, feeds and heat off at the pin, what must go on goes on, and the HELD row of the unit kept.
/// </summary>
[Collection(SlagHoursShared.Name)]
public sealed class SlagFaultTests(SlagHours hours)
{
    /// <summary>Operation, fault, words of the record, pins at 0 (or at a value) when at rest, minutes it may take.</summary>
    public static TheoryData<string, string, string, string, double> Faults => new()
    {
        { "extracting", "extraction.mixer:fail", "mixers", Feeds + " extraction.divert=0 extraction.ventilation=1", 2 },
        { "extracting", "extraction.aqueous_pump:fail", "line blocked or pump does not run", Feeds + " extraction.divert=0", 3 },
        { "extracting", "extraction.strip_pump:fail", "line blocked or pump does not run", Feeds + " extraction.divert=0", 3 },
        { "extracting", "extraction.organic_pump:wear=0.5", "pump worn", Feeds + " extraction.ventilation=1", 8 },
        { "extracting", "extraction.aqueous_pump:wear=0.85", "off specification", Feeds + " extraction.divert=0 extraction.ventilation=1", 130 },
        { "extracting", "extraction.organic_pump:wear=0.85", "profile does not become steady", Feeds + " extraction.divert=0 extraction.ventilation=1", 130 },
        { "extracting", "extraction:jackleg=1", "interface", Feeds + " extraction.divert=0", 15 },
        { "extracting", "extraction:crud=35", "crud", Feeds + " extraction.divert=0", 5 },
        { "extracting", "extraction:third-phase=0.4", "organic", Feeds, 5 },
        { "extracting", "extraction:organic-leak=8", "of organic: entrainment or leak", Feeds, 25 },
        { "extracting", "extraction:inversion=1", "is not organic-continuous, ", Feeds + " extraction.divert=0", 3 },
        { "extracting", "extraction.interface:dead", "extraction.interface", Feeds, 3 },
        { "extracting", "ventilation.fan:fail", "ventilation-lost", Feeds + " extraction.ventilation=1", 5 },
        { "filling", "leach.water_pump:fail", "L moved in", "leach.water_pump=0 leach.acid_pump=0", 3 },
        { "warming", "leach.heater:fail", "leach-heater-astray", "leach.heater=0 leach.acid_pump=0", 10 },
        { "warming", "leach.heater:stuck-on", "leach-heater-astray", "leach.acid_pump=0 leach.cooling=100", 30 },
        { "cooling", "leach.cooling:wear=0.01", "cooling takes no heat out", "leach.heater=0 leach.acid_pump=0", 5 },
        { "washing", "filter1.wash_pump:fail", "takes no wash", "filter1.feed_pump=0 filter1.wash_pump=0", 10 },
        { "washing", "filter1:cracked=0.3", "wash channels", "filter1.feed_pump=0 filter1.wash_pump=0", 5 },
        { "dosing alum", "treat.alum_pump:stuck-on", "delivers too much", "treat.caustic_pump=0 treat.acid_pump=0", 10 },
        { "ageing", "treat.heater:fail", "treat-heater-astray", "treat.heater=0 treat.caustic_pump=0", 60 },
        { "returning", "treat.return_pump:fail", "L moved in", "treat.return_pump=0 treat.acid_pump=0", 5 },
        { "acidifying", "treat.acid_pump:spill=1", "pH does not move", "treat.acid_pump=0 treat.caustic_pump=0", 90 },
        { "acidifying", "treat.ph:drift=30", "pH goes the wrong way", "treat.acid_pump=0 treat.caustic_pump=0", 10 },
        { "precipitating", "amv.supersaturation:offset=10", "does not come down", "amv.ammonium_pump=0 amv.acid_pump=0", 25 },
        { "boiling", "concentrate.temperature:offset=15", "gives no condensate", "concentrate.heater=0 concentrate.feed_pump=0", 60 },
        { "boiling", "concentrate.feed_pump:fail", "no feed from", "concentrate.heater=0 concentrate.feed_pump=0", 10 },
        { "crystallising", "crystal.supersaturation:offset=0.6", "does not come down", "crystal.agitator=200", 25 },
        { "drying", "dryer.heater:fail", "dryer-heater-astray", "dryer.heater=0", 10 },
        { "drying", "dryer.vacuum_pump:fail", "draws no vacuum", "dryer.heater=0", 25 },
        { "calcining", "calciner.heater:fail", "heater", "calciner.heater=0 calciner.sweep=100", 20 },
        { "calcining", "calciner.sweep:fail", "sweep", "calciner.heater=0", 3 },
        { "calcining", "calciner.temperature:dead", "calciner.temperature", "calciner.heater=0 calciner.sweep=100", 3 },
        { "calcining", "scrubber:lost", "scrubber", "calciner.heater=0 calciner.sweep=100 scrubber.fan=100", 2 },
        { "precipitating", "amv.ammonium_pump:fail", "ammonium_sulfate pump or line", "amv.ammonium_pump=0 amv.acid_pump=0", 5 },
        { "precipitating", "amv.agitator:fail", "amv-agitator-lost", "amv.ammonium_pump=0 amv.heater=0", 3 },
        { "precipitating", "amv.supersaturation:dead", "amv.supersaturation", "amv.ammonium_pump=0", 3 },
        { "leaching", "leach.heater:fail", "heater", "leach.acid_pump=0 leach.heater=0", 30 },
        { "leaching", "leach.agitator:fail", "leach-agitator-lost", "leach.acid_pump=0 leach.heater=0 leach.cooling=100", 3 },
        { "filtering", "filter1.feed_pump:fail", "gives no filtrate", "filter1.feed_pump=0 filter1.wash_pump=0", 10 },
        { "dosing alum", "treat.alum_pump:fail", "aluminium_sulfate pump or line", "treat.alum_pump=0 treat.caustic_pump=0 treat.acid_pump=0", 5 },
        { "acidifying", "treat.acid_pump:fail", "sulfuric_acid pump or line", "treat.acid_pump=0 treat.caustic_pump=0", 12 },
        { "boiling", "concentrate.heater:fail", "heater", "concentrate.heater=0 concentrate.feed_pump=0", 30 },
        { "crystallising", "crystal.heater:fail", "heater", "crystal.heater=0", 30 },
        { "crystallising", "crystal.agitator:fail", "agitator", "crystal.heater=0", 5 },
        { "crystallising", "crystal.supersaturation:dead", "crystal.supersaturation", "crystal.agitator=200", 3 },
    };

    private const string Feeds = "extraction.aqueous_pump=0 extraction.organic_pump=0 extraction.scrub_pump=0 extraction.strip_pump=0";

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_named_fault_is_named_and_leaves_the_unit_as_its_HELD_row_says(string operation, string fault, string words, string pins, double minutes)
    {
        var run = hours.In(operation);
        string unit = pins.Split('.')[0];
        run.Break(fault);
        double[] before = FaultMeets.Pins(run);
        Assert.True(run.RunUntil(r => r.AtRest || r.IsHeld(unit), TimeSpan.FromMinutes(minutes), every: 10), $"{fault}: {run.Story}");
        run.RunUntil(_ => false, TimeSpan.FromSeconds(5));
        Assert.True(FaultMeets.Says(run, words), $"{fault}: nothing names '{words}': {FaultMeets.Told(run)}");
        foreach (string pin in pins.Split(' '))
        {
            string[] cell = pin.Split('=');
            double wanted = double.Parse(cell[1], System.Globalization.CultureInfo.InvariantCulture), is_ = run.Pin(cell[0]);
            Assert.True(Math.Abs(is_ - wanted) < 1e-9, $"{fault}: {cell[0]} at {is_}, {wanted} asked by the HELD row or the trip; {run.Story}");
        }

        Assert.Empty(FaultMeets.Departures(run, unit, fault, before));
    }

    [Theory]
    [InlineData("slag-wash-1", "filter1", "may have cracked")]
    public void A_wash_paused_for_longer_than_its_cake_stands_does_not_go_on(string step, string unit, string words)
    {
        var run = hours.In("washing");
        Assert.True(run.IsDoing(step));
        FaultMeets.StandsTooLong(run, unit, words);
    }

    /// <summary>SAF-13, ALM-01: gases past the scrubber trip the matrix and raise the alarm whatever the phase believes.</summary>
    [Fact]
    public void Ammonia_past_the_scrubber_is_alarmed_first_and_tripped_then()
    {
        var run = hours.In("calcining");
        run.Break("gas.ammonia:offset=28");
        run.Break("gas.ammonia_b:offset=28");
        Assert.True(run.RunUntil(r => r.Events.Any(e => e.Text.Contains("Ammonia at the hoods", StringComparison.Ordinal)), TimeSpan.FromMinutes(2)), run.Story);
        Assert.True(run.Pin("calciner.heater") > 0 || run.Reads("calciner.temperature") > 380);
        run.Break("gas.ammonia:offset=12");
        Assert.True(run.RunUntil(r => r.Events.Any(e => e.Kind == BatchEventKind.Trip && e.Subject == "ammonia-high"), TimeSpan.FromMinutes(2)), run.Story);
        run.RunUntil(_ => false, TimeSpan.FromSeconds(2));
        Assert.Equal(0, run.Pin("calciner.heater"));
        Assert.Equal(100, run.Pin("calciner.sweep"));
        Assert.Equal(0, run.Pin("amv.ammonium_pump"));
    }

    /// <summary>The review table: both feeds off in the same scan, mixers kept, product never while held, and the hold ends in STOPPED with the mixers off.</summary>
    [Fact]
    public void A_held_extraction_has_all_feeds_off_in_one_scan_and_settles_after_a_quarter_of_an_hour()
    {
        var run = hours.In("extracting");
        run.Break("extraction:crud=35");
        double[] last = [];
        bool apart = false;
        run.RunUntil(
            r =>
            {
                double[] now = [r.Pin("extraction.aqueous_pump"), r.Pin("extraction.organic_pump")];
                apart |= now[0] > 0 != now[1] > 0;
                last = now;
                return r.AtRest;
            },
            TimeSpan.FromMinutes(5));
        Assert.False(apart, "one phase was pumped without the other");
        Assert.Equal([0, 0], last);
        Assert.Equal(400, run.Pin("extraction.mixer"), 1);
        Assert.True(run.RunUntil(r => r.Pin("extraction.mixer") == 0, TimeSpan.FromMinutes(20)), run.Story);
        Assert.Equal(0, run.Pin("extraction.divert"));
        Assert.Equal(1, run.Pin("extraction.ventilation"));
    }
}
