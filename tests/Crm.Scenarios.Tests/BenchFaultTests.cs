namespace Crm.Scenarios.Tests;

/// <summary>
/// Named faults of the bench kit's batch, met by copies of one run of some seconds: named in the record, alarmed, the row of HELD at the pins (S88-09, S88-20, SAF-28, ALM-08).
/// The dead devices and the strong liquor are scenarios of the rig itself.
/// </summary>
[Collection(BenchRunShared.Name)]
public sealed class BenchFaultTests(BenchRun run)
{
    /// <summary>Step, fault, words of the record, alarm, unit that is held, longest wait in minutes.</summary>
    [Theory]
    [InlineData("dilute", "reactor.water_valve:fail", "L moved in", "bench-held", "reactor", 10)]
    [InlineData("warm", "reactor.heater:stuck-on", "heater-astray", "bench-held", "reactor", 20)]
    [InlineData("neutralise", "reactor.acid_pump:stuck-on", "delivers too much", "bench-held", "reactor", 5)]
    [InlineData("neutralise", "reactor.acid_pump:spill=1", "pH does not move", "bench-held", "reactor", 15)]
    [InlineData("neutralise", "reactor.ph:frozen", "pH does not move", "bench-held", "reactor", 15)]
    [InlineData("neutralise", "reactor.ph:drift=120", "pH goes the wrong way", "bench-held", "reactor", 5)]
    [InlineData("degas", "reactor.heater:stuck-on", "heater-astray", "bench-held", "reactor", 5)]
    public void A_fault_is_named_alarmed_and_held(string moment, string fault, string words, string alarm, string unit, int minutes) =>
        FaultMeets.IsNamedAlarmedAndHeld(run.At(moment).Fork(), fault, words, alarm, unit, TimeSpan.FromMinutes(minutes), p => p.IsHeld(unit) || p.AtRest);
}

/// <summary>One undisturbed bench batch, forked in its steps.</summary>
public sealed class BenchRun
{
    private readonly RunMoments moments = new(
        new PilotRun(PilotFiles.Load("bench-kit", "recipes/bench/neutralise-soda-liquor.yaml"), 3),
        new Dictionary<string, double> { ["dilute"] = 0.1, ["warm"] = 3, ["neutralise"] = 1, ["degas"] = 0.2 }, TimeSpan.FromHours(3));

    internal PilotRun At(string moment) => moments.At(moment);
}

[CollectionDefinition(Name)]
public sealed class BenchRunShared : ICollectionFixture<BenchRun>
{
    public const string Name = "bench run";
}
