using Crm.Plant.Records;

namespace Crm.Scenarios.Tests.Germanium;

/// <summary>
/// Named faults of the hydrolysis of tetrachloride to dioxide, of its filter and its dryer, on the germanium pilot's twin: named in the record, alarmed, the row of HELD at
/// the pins, the tetrachloride off (SAF-28, ALM-08, S88-11).
/// </summary>
[Collection(HydrolysisShared.Name)]
public sealed class HydrolysisFaultTests(Hydrolysis hours)
{
    /// <summary>Moment, fault, words of the record, alarm (none where the row stops the unit at once), unit that is held, longest wait in minutes.</summary>
    [Theory]
    [InlineData("fill-water", "precipitation.water_pump:fail", "L moved in", "precipitation-held", "precipitation", 10)]
    [InlineData("fill-water", "precipitation.level:dead", "precipitation.level", "precipitation.level-fault", "precipitation", 5)]
    [InlineData("tetrachloride", "precipitation.tetrachloride_pump:fail", "germanium_tetrachloride pump or line", "precipitation-tetrachloride-not-flowing", "precipitation", 10)]
    [InlineData("tetrachloride", "precipitation.agitator:fail", "precipitation-agitator-lost", "precipitation-agitator-slow", "precipitation", 5)]
    [InlineData("tetrachloride", "precipitation.temperature:dead", "precipitation.temperature", "precipitation.temperature-fault", "precipitation", 5)]
    [InlineData("tetrachloride", "precipitation.temperature:offset=18", "precipitation-exotherm", "precipitation-held", "precipitation", 10)]
    [InlineData("tetrachloride", "scrubber:lost", "scrubber", "scrubber-stopped", "precipitation", 5)]
    [InlineData("tetrachloride", "gas.hydrogen_chloride:offset=3", "Chloride vapours", "hydrogen-chloride-rising", "precipitation", 5)]
    [InlineData("dioxide-cake", "product_filter.feed_pump:fail", "gives no filtrate", "product-filter-held", "product_filter", 15)]
    [InlineData("dioxide-cake", "product_filter.filtrate_flow:dead", "product_filter.filtrate_flow", "product_filter.filtrate_flow-fault", "product_filter", 5)]
    [InlineData("dioxide-wash", "product_filter.wash_pump:fail", "takes no wash", "product-filter-held", "product_filter", 15)]
    [InlineData("dry", "dryer.heater:fail", "dryer-heater-astray", "", "dryer", 40)]
    [InlineData("dry", "dryer.vacuum_pump:fail", "draws no vacuum", "dryer-held", "dryer", 60)]
    [InlineData("dry", "dryer.temperature:dead", "dryer.temperature", "dryer.temperature-fault", "dryer", 5)]
    public void A_fault_is_named_alarmed_and_held(string moment, string fault, string words, string alarm, string unit, int minutes)
    {
        PilotRun plant = hours.At(moment).Fork();
        plant.Break(fault);
        double[] before = [.. plant.Rig.Outputs.Select(o => plant.Pin(o.Name))];
        bool told = plant.RunUntil(p => Says(p, words) && Heard(p, alarm) && (p.IsHeld(unit) || p.AtRest), TimeSpan.FromMinutes(minutes));
        Assert.True(told, $"{fault}: {(Says(plant, words) ? "" : "no word of " + words)} {(Heard(plant, alarm) ? "" : "no alarm " + alarm)}: {plant.Story}: "
            + string.Join(", ", plant.Events.Where(e => e.Kind is BatchEventKind.AlarmRaised or BatchEventKind.Fault or BatchEventKind.Trip or BatchEventKind.LimitReached).Select(e => e.Subject + " " + e.Text)));
        plant.RunUntil(_ => false, TimeSpan.FromSeconds(40));
        Assert.Equal(0, plant.Pin("precipitation.tetrachloride_pump"));
        bool Tripped(int output) => plant.Rig.Trips.Any(t => plant.Frame.Trips[t.Ordinal].IsTripped && t.Effects.Any(e => e.Output == output));
        // The dryer's own rows stop it: then its column of STOPPED rules.
        if (plant.IsHeld(unit)) Assert.Empty(HeldTable.Departures(plant, unit, before, o => fault.StartsWith(plant.Rig.Outputs[o].Name + ":", StringComparison.Ordinal) || Tripped(o)));
    }

    private static bool Says(PilotRun plant, string words) => plant.Events.Any(e =>
        e.Kind is BatchEventKind.Fault or BatchEventKind.Trip or BatchEventKind.LimitReached && (e.Subject + " " + e.Text + " " + e.Cause).Contains(words, StringComparison.Ordinal));

    private static bool Heard(PilotRun plant, string alarm) => alarm.Length == 0 || plant.Events.Any(e => e.Kind == BatchEventKind.AlarmRaised && e.Subject == alarm);
}

/// <summary>One undisturbed hydrolysis, forked when each of its operations has been on for two minutes.</summary>
public sealed class Hydrolysis
{
    private static readonly string[] moments = ["fill-water", "tetrachloride", "dioxide-cake", "dioxide-wash", "dry"];

    private readonly SortedDictionary<string, PilotRun> forks = new(StringComparer.Ordinal);

    public Hydrolysis()
    {
        var plant = new PilotRun(PilotFiles.Load("germanium-pilot", "recipes/germanium/tetrachloride-to-dioxide.yaml"), 3);
        SortedDictionary<string, TimeSpan> since = new(StringComparer.Ordinal);
        for (TimeSpan look = TimeSpan.Zero; forks.Count < moments.Length && plant.Now < TimeSpan.FromHours(40); plant.Scan())
        {
            if (plant.Now < look) continue;
            look = plant.Now + TimeSpan.FromSeconds(5);
            foreach (string moment in moments)
            {
                if (forks.ContainsKey(moment) || !plant.IsDoing(moment)) continue;
                if (!since.TryGetValue(moment, out TimeSpan start)) since[moment] = plant.Now;
                else if (plant.Now - start >= TimeSpan.FromMinutes(moment == "fill-water" ? 0.5 : 2)) forks[moment] = plant.Fork();
            }
        }

        Story = plant.Story;
    }

    internal string Story { get; }

    internal PilotRun At(string moment) => forks.TryGetValue(moment, out PilotRun? plant) ? plant : throw new InvalidOperationException($"the hydrolysis never came to {moment}: {Story}");
}

[CollectionDefinition(Name)]
public sealed class HydrolysisShared : ICollectionFixture<Hydrolysis>
{
    public const string Name = "hydrolysis";
}
