using Crm.Plant.Records;

namespace Crm.Scenarios.Tests.Germanium;

/// <summary>
/// Named faults of the germanium extraction on the pilot's twin, in the middle of its own recipe: named in the record, alarmed, all four feeds off at the pins, the row of
/// HELD kept (S88-20 to S88-24, SAF-28, ALM-08).
/// </summary>
[Collection(GermaniumExtractionShared.Name)]
public sealed class ExtractionFaultTests(GermaniumExtraction hours)
{
    /// <summary>Moment, fault, words of the record, alarm, unit that is held, longest wait in minutes.</summary>
    [Theory]
    [InlineData("extract", "extraction.mixer:fail", "mixers", "extraction-held", "extraction", 3)]
    [InlineData("extract", "extraction.aqueous_pump:fail", "line blocked or pump does not run", "extraction-held", "extraction", 3)]
    [InlineData("extract", "extraction.strip_pump:fail", "line blocked or pump does not run", "extraction-held", "extraction", 3)]
    [InlineData("extract", "extraction.scrub_pump:fail", "line blocked or pump does not run", "extraction-held", "extraction", 3)]
    [InlineData("extract", "extraction.organic_pump:wear=0.5", "pump worn", "extraction-held", "extraction", 8)]
    [InlineData("extract", "extraction.aqueous_pump:wear=0.85", "profile does not become steady", "extraction-held", "extraction", 150)]
    [InlineData("extract", "extraction:jackleg=1", "interface", "extraction-held", "extraction", 20)]
    [InlineData("extract", "extraction:crud=35", "crud", "extraction-held", "extraction", 5)]
    [InlineData("extract", "extraction:organic-leak=8", "of organic: entrainment or leak", "extraction-held", "extraction", 25)]
    [InlineData("extract", "extraction:inversion=1", "is not organic-continuous, ", "extraction-held", "extraction", 3)]
    [InlineData("extract", "extraction.interface:dead", "extraction.interface", "extraction.interface-fault", "extraction", 3)]
    [InlineData("extract", "extraction.vapour:offset=30", "extraction-vapour", "extraction-vapour-rising", "extraction", 3)]
    [InlineData("extract", "ventilation.fan:fail", "ventilation-lost", "extraction-held", "extraction", 5)]
    public void A_fault_is_named_alarmed_and_held(string moment, string fault, string words, string alarm, string unit, int minutes)
    {
        PilotRun plant = hours.At(moment).Fork();
        FaultMeets.IsNamedAlarmedAndHeld(plant, fault, words, alarm, unit, TimeSpan.FromMinutes(minutes), p => p.IsHeld(unit) || p.AtRest);
        string[] feeds = ["aqueous_pump", "organic_pump", "scrub_pump", "strip_pump", "divert"];
        Assert.All(feeds, feed => Assert.Equal(0, plant.Pin("extraction." + feed)));
        Assert.Equal(1, plant.Pin("extraction.ventilation"));
    }

    /// <summary>No product leaves while held, feeds go off together, and after a quarter of an hour mixers stand and the phases settle.</summary>
    [Fact]
    public void Held_is_reached_cell_by_cell_and_ends_with_standing_mixers()
    {
        PilotRun plant = hours.At("extract").Fork();
        HeldTable.Hold(plant, "extraction", TimeSpan.FromMinutes(12));
        Assert.Equal(400, plant.Pin("extraction.mixer"), 1);
        Assert.True(plant.RunUntil(p => p.Pin("extraction.mixer") == 0, TimeSpan.FromMinutes(10)), plant.Story);
    }

    /// <summary>FINISH: both feeds off in one scan, no product any more, the mixers half a minute later, and the procedure goes on with the next step.</summary>
    [Fact]
    public void Finish_shuts_the_extraction_down_and_the_batch_goes_on()
    {
        PilotRun plant = hours.At("extract").Fork();
        Assert.Equal("there is no unit extractor", plant.Command(id => new Control.FinishPhase(id, "test", "extractor")).Reason);
        Assert.Contains("nothing runs on leach", plant.Command(id => new Control.FinishPhase(id, "test", "leach")).Reason, StringComparison.Ordinal);
        Assert.Equal(Control.ReplyKind.Accepted, plant.Command(id => new Control.FinishPhase(id, "test", "extraction", "shift ends")).Kind);
        plant.Scan();
        plant.Scan();
        string[] feeds = ["aqueous_pump", "organic_pump", "scrub_pump", "strip_pump", "divert"];
        Assert.All(feeds, feed => Assert.Equal(0, plant.Pin("extraction." + feed)));
        Assert.Equal(400, plant.Pin("extraction.mixer"), 1);
        Assert.Contains(plant.Events, e => e.Kind == BatchEventKind.Command && e.Text == "FINISH shift ends");
        Assert.True(plant.RunUntil(p => p.Events.Any(e => e.Kind == BatchEventKind.StepEnded && e.Subject == "extraction/extract"), TimeSpan.FromMinutes(40)), plant.Story);
        Assert.Equal(0, plant.Pin("extraction.mixer"));
        Assert.Equal(Plant.Phases.PhaseState.Running, plant.State);
        Assert.Contains("nothing runs on extraction", plant.Command(id => new Control.FinishPhase(id, "test", "extraction")).Reason, StringComparison.Ordinal);
    }

    /// <summary>A person clears the hold: mixers and continuity come first again, then recycle, then product.</summary>
    [Fact]
    public void Restart_goes_through_the_start_up()
    {
        PilotRun plant = hours.At("extract").Fork();
        plant.Command(Plant.Phases.PhaseCommand.Hold);
        plant.RunUntil(p => p.IsHeld("extraction"), TimeSpan.FromMinutes(2));
        Assert.Equal(Control.ReplyKind.Accepted, plant.Command(Plant.Phases.PhaseCommand.Restart).Kind);
        Assert.True(plant.RunUntil(p => p.Pin("extraction.aqueous_pump") > 0, TimeSpan.FromMinutes(10)), plant.Story);
        Assert.Equal(0, plant.Pin("extraction.divert"));
        Assert.True(plant.RunUntil(p => p.Pin("extraction.divert") == 1, TimeSpan.FromHours(2)), plant.Story);
        Assert.DoesNotContain(plant.Events, e => e.Kind == BatchEventKind.Fault && e.Subject.Contains("extract", StringComparison.Ordinal));
    }
}

/// <summary>The undisturbed recipe up to its extraction, forked when that has been on product for some minutes.</summary>
public sealed class GermaniumExtraction
{
    private readonly RunMoments moments = new(
        new PilotRun(PilotFiles.Load("germanium-pilot", "recipes/germanium/residue-to-concentrate-by-extraction.yaml"), 3),
        new Dictionary<string, double> { ["extract"] = 75 }, TimeSpan.FromHours(30));

    internal PilotRun At(string moment) => moments.At(moment);
}

[CollectionDefinition(Name)]
public sealed class GermaniumExtractionShared : ICollectionFixture<GermaniumExtraction>
{
    public const string Name = "germanium extraction";
}
