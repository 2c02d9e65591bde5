namespace Crm.Scenarios.Tests.Germanium;

/// <summary>
/// Named faults of heating, soaking, cooling, titrating and precipitating on the germanium pilot's twin, whose own recipes come to them after half a day: named in the record,
/// alarmed, the row of HELD at the pins (S88-20, SAF-28, SAF-29, ALM-08).
/// </summary>
[Collection(TitrationRunShared.Name)]
public sealed class HeatAndTitrationFaultTests(TitrationRun run)
{
    /// <summary>Moment, fault, words of the record, alarm, unit that is held, longest wait in minutes.</summary>
    [Theory]
    [InlineData("warm", "leach.heater:fail", "leach-heater-astray", "leach-held", "leach", 10)]
    [InlineData("warm", "leach.heater:stuck-on", "leach-heater-astray", "leach-held", "leach", 30)]
    [InlineData("keep-warm", "leach.heater:fail", "leach-heater-astray", "leach-held", "leach", 40)]
    [InlineData("cool-leach", "leach.cooling:wear=0.01", "cooling takes no heat out", "leach-held", "leach", 5)]
    [InlineData("acidify", "precipitation.acid_pump:fail", "pump or line", "precipitation-held", "precipitation", 10)]
    [InlineData("acidify", "precipitation.acid_pump:stuck-on", "delivers too much", "precipitation-held", "precipitation", 10)]
    [InlineData("acidify", "precipitation.acid_pump:spill=1", "pH does not move", "precipitation-held", "precipitation", 20)]
    [InlineData("acidify", "precipitation.ph:drift=60", "pH goes the wrong way", "precipitation-held", "precipitation", 5)]
    [InlineData("neutralise", "precipitation.caustic_pump:fail", "pump or line", "precipitation-held", "precipitation", 30)]
    [InlineData("neutralise", "precipitation.caustic_pump:spill=1", "pH does not move", "precipitation-held", "precipitation", 40)]
    [InlineData("neutralise", "precipitation.ph:drift=-60", "pH goes the wrong way", "precipitation-held", "precipitation", 5)]
    [InlineData("neutralise", "precipitation.ph:drift=6", "is past", "precipitation-held", "precipitation", 40)]
    public void A_fault_is_named_alarmed_and_held(string moment, string fault, string words, string alarm, string unit, int minutes) =>
        FaultMeets.IsNamedAlarmedAndHeld(run.At(moment), fault, words, alarm, unit, TimeSpan.FromMinutes(minutes), p => p.IsHeld(unit) || p.AtRest);
}

/// <summary>One undisturbed run, forked as each operation has been on for a while.</summary>
public sealed class TitrationRun
{
    private readonly RunMoments moments = new(
        new PilotRun(PilotFiles.Load("germanium-pilot", "tests/Crm.Scenarios.Tests/Germanium/titration-run.yaml"), 5),
        new Dictionary<string, double> { ["warm"] = 3, ["keep-warm"] = 1, ["cool-leach"] = 0.5, ["acidify"] = 1, ["neutralise"] = 1 }, TimeSpan.FromHours(3));

    internal PilotRun At(string moment) => moments.At(moment).Fork();
}

[CollectionDefinition(Name)]
public sealed class TitrationRunShared : ICollectionFixture<TitrationRun>
{
    public const string Name = "titration run";
}
