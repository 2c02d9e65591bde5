namespace Crm.Scenarios.Tests.Refinery;

/// <summary>Named faults of the lithium refinery on its way to carbonate and potassium sulfate: potash, acid onto carbonate liquor, carbon dioxide (S88-20, SAF-28, ALM-08).</summary>
[Collection(PotashShared.Name)]
public sealed class PotashFaultTests(Potash hours)
{
    /// <summary>Step, fault, words of the record, alarm, unit that is held, longest wait in minutes.</summary>
    [Theory]
    [InlineData("potash", "crystalliser.potash_pump:fail", "potassium_carbonate pump or line", "crystalliser-held", "crystalliser", 10)]
    [InlineData("potash", "crystalliser.agitator:fail", "agitator", "crystalliser-held", "crystalliser", 10)]
    [InlineData("carbon-dioxide", "crystalliser.co2_valve:fail", "gets no carbon dioxide", "crystalliser-held", "crystalliser", 10)]
    [InlineData("carbon-dioxide", "gas.co2:offset=17000", "carbon-dioxide-high", "carbon-dioxide-rising", "crystalliser", 5)]
    [InlineData("acid", "evaporator.acid_pump:fail", "sulfuric_acid pump or line", "evaporator-held", "evaporator", 15)]
    [InlineData("acid", "evaporator.acid_pump:leak=0.5", "delivers too much", "evaporator-held", "evaporator", 15)]
    [InlineData("acid", "evaporator.acid_pump:wear=0.6", "pump worn", "evaporator-held", "evaporator", 25)]
    [InlineData("acid", "evaporator.acid_pump:spill=1", "pH does not move", "evaporator-held", "evaporator", 60)]
    [InlineData("acid", "evaporator.ph:drift=60", "pH goes the wrong way", "evaporator-held", "evaporator", 20)]
    [InlineData("acid", "evaporator.agitator:fail", "agitator", "evaporator-held", "evaporator", 10)]
    public void A_fault_is_named_alarmed_and_held(string moment, string fault, string words, string alarm, string unit, int minutes) =>
        FaultMeets.IsNamedAlarmedAndHeld(hours.At(moment).Fork(), fault, words, alarm, unit, TimeSpan.FromMinutes(minutes), p => p.IsHeld(unit) || p.AtRest);
}

/// <summary>One undisturbed batch of carbonate with potash until its acid is in.</summary>
public sealed class Potash
{
    private readonly RunMoments moments = new(
        new PilotRun(PilotFiles.Load("lithium-refinery", "recipes/lithium/sulfate-to-carbonate-potash.yaml"), 3),
        new Dictionary<string, double> { ["potash"] = 4, ["carbon-dioxide"] = 5, ["acid"] = 3 }, TimeSpan.FromHours(20));

    internal PilotRun At(string moment) => moments.At(moment);
}

[CollectionDefinition(Name)]
public sealed class PotashShared : ICollectionFixture<Potash>
{
    public const string Name = "potash";
}
