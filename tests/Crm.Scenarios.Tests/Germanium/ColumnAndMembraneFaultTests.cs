using Crm.Plant.Records;

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
    [InlineData("desalt", "ro.concentrate_valve:fail", "dead-head", "ro-concentrate-low", "ro", 10)]
    [InlineData("desalt", "ro.feed_pump:wear=0.4", "pressure does not come", "ro-held", "ro", 20)]
    [InlineData("desalt", "ro.concentrate_flow:dead", "ro.concentrate_flow", "ro.concentrate_flow-fault", "ro", 10)]
    [InlineData("desalt", "ro.pressure:dead", "ro.pressure", "ro.pressure-fault", "ro", 10)]
    [InlineData("boil", "evaporator.heater:fail", "evaporator-heater-astray", "evaporator-held", "evaporator", 30)]
    [InlineData("boil", "evaporator.agitator:fail", "agitator", "evaporator-held", "evaporator", 10)]
    [InlineData("boil", "evaporator.condensate_flow:dead", "evaporator.condensate_flow", "evaporator.condensate_flow-fault", "evaporator", 10)]
    [InlineData("boil", "evaporator.temperature:dead", "evaporator.temperature", "evaporator.temperature-fault", "evaporator", 10)]
    [InlineData("leach-acid", "leach.acid_pump:fail", "pump or line", "leach-held", "leach", 10)]
    [InlineData("leach-acid", "leach.agitator:fail", "agitator", "leach-agitator-slow", "leach", 10)]
    [InlineData("leach-acid", "gas.arsine:offset=0.1", "arsine-high", "arsine-rising", "leach", 10)]
    [InlineData("leach-acid", "scrubber:lost", "scrubber", "scrubber-stopped", "leach", 10)]
    public void A_fault_is_named_alarmed_and_held(string moment, string fault, string reason, string alarm, string unit, int minutes)
    {
        PilotRun plant = run.At(moment).Fork();
        plant.Break(fault);
        double[] before = [.. plant.Rig.Outputs.Select(o => plant.Pin(o.Name))];
        bool held = plant.RunUntil(p => Says(p, reason) && Heard(p, alarm), TimeSpan.FromMinutes(minutes));
        Assert.True(held, $"{fault}: {(Says(plant, reason) ? "" : "no word of " + reason)} {(Heard(plant, alarm) ? "" : "no alarm " + alarm)}: {plant.Story}: " + string.Join(", ", plant.Events.Where(e => e.Kind is BatchEventKind.AlarmRaised or BatchEventKind.Fault or BatchEventKind.Trip).Select(e => e.Subject + " " + e.Text)));
        for (int i = 0; i < 400; i++) plant.Scan();       // ramps run out
        HeldAtThePin(plant, unit, fault, before);
    }

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

    private static bool Says(PilotRun plant, string words) => plant.Events.Any(e =>
        e.Kind is BatchEventKind.Fault or BatchEventKind.Trip or BatchEventKind.LimitReached or BatchEventKind.PhaseState or BatchEventKind.BatchState
        && (e.Text + e.Cause + e.Subject).Contains(words, StringComparison.Ordinal));

    private static bool Heard(PilotRun plant, string alarm) => plant.Events.Any(e => e.Kind == BatchEventKind.AlarmRaised && e.Subject == alarm);

    /// <summary>Every cell of the unit's HELD column, but for the device that is broken and what its own trip has taken further towards safe.</summary>
    private static void HeldAtThePin(PilotRun plant, string unit, string fault, double[] before)
    {
        Assert.Empty(HeldTable.Departures(plant, unit, before, o => fault.StartsWith(plant.Rig.Outputs[o].Name + ":", StringComparison.Ordinal) || plant.Rig.Trips.Any(t => Tripped(plant, t.Id) && t.Effects.Any(e => e.Output == o))));
    }

    private static bool Tripped(PilotRun plant, string id) => plant.Events.Any(e => e.Kind == BatchEventKind.Trip && e.Subject == id);
}

/// <summary>One undisturbed water run, forked as each operation has been on for three minutes.</summary>
public sealed class WaterRun
{
    private static readonly string[] Moments = ["load", "wash", "elute", "regenerate", "desalt", "boil", "leach-acid"];

    private readonly SortedDictionary<string, PilotRun> forks = new(StringComparer.Ordinal);

    public WaterRun()
    {
        var plant = new PilotRun(PilotFiles.Load("germanium-pilot", "tests/Crm.Scenarios.Tests/Germanium/water-run.yaml"), 5);
        SortedDictionary<string, TimeSpan> since = new(StringComparer.Ordinal);
        for (TimeSpan look = TimeSpan.Zero; forks.Count < Moments.Length && plant.Now < TimeSpan.FromHours(5); plant.Scan())
        {
            if (plant.Now < look) continue;
            look = plant.Now + TimeSpan.FromSeconds(5);
            foreach (string moment in Moments)
            {
                if (forks.ContainsKey(moment) || !plant.IsDoing(moment)) continue;
                if (!since.TryGetValue(moment, out TimeSpan start)) since[moment] = plant.Now;
                else if (plant.Now - start >= TimeSpan.FromMinutes(moment is "desalt" or "boil" ? 6 : 2)) forks[moment] = plant.Fork();
            }
        }

        Story = plant.Story;
    }

    internal string Story { get; }

    internal PilotRun At(string moment) => forks.TryGetValue(moment, out PilotRun? plant) ? plant : throw new InvalidOperationException($"the water run never came to {moment}: {Story}");
}

[CollectionDefinition(Name)]
public sealed class WaterRunShared : ICollectionFixture<WaterRun>
{
    public const string Name = "water run";
}
