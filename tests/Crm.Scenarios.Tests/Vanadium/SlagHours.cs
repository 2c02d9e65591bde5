namespace Crm.Scenarios.Tests.Vanadium;

/// <summary>
/// One undisturbed run of each recipe of the vanadium pilot, forked in the middle of every operation it uses: pentoxide until it calcines, manganese
/// sulfate until it dries; that they end in specification is seen where every recipe is run. Some 40 s of processor time.
/// </summary>
public sealed class SlagHours
{
    private const int Seed = 3;

    /// <summary>Forks of the first run.</summary>
    private const int OfPentoxide = 13;

    private readonly SortedDictionary<string, PilotRun> forks = new(StringComparer.Ordinal);

    /// <summary>When the leach filter was last without wash.</summary>
    private TimeSpan dry;

    public SlagHours()
    {
        var pentoxide = new PilotRun(PilotFiles.Load("vanadium-pilot", "recipes/vanadium/calcine-to-pentoxide.yaml"), Seed);
        pentoxide.RunUntil(
            p =>
            {
                Keep(p);
                return forks.Count == OfPentoxide || p.AtRest;
            },
            TimeSpan.FromHours(60), every: 10);
        var manganese = new PilotRun(PilotFiles.Load("vanadium-pilot", "recipes/vanadium/manganese-sulfate.yaml"), Seed);
        manganese.RunUntil(
            p =>
            {
                KeepOf(p, "boiling", "concentrate/boil-down", p.Reads("concentrate.condensate_flow") > 4);
                KeepOf(p, "crystallising", "crystal-2/crystallise", p.Reads("crystal.condensate_flow") > 1);
                KeepOf(p, "drying", "dryer/dry", p.Reads("dryer.temperature") > 40);
                return forks.ContainsKey("drying") || p.AtRest;
            },
            TimeSpan.FromHours(30), every: 10);
    }

    /// <summary>A copy of the run in the middle of one operation.</summary>
    internal PilotRun In(string operation) =>
        forks.TryGetValue(operation, out var run) ? run.Fork() : throw new InvalidOperationException($"the run never came to {operation}; {string.Join(", ", forks.Keys)}");

    private void Keep(PilotRun p)
    {
        if (p.Reads("filter1.wash_flow") < 20) dry = p.Now;
        KeepOf(p, "filling", "leach-2/water", p.Pin("leach.water_pump") > 20);
        KeepOf(p, "warming", "leach-2/warm", p.Reads("leach.heater_power") > 0.5);
        KeepOf(p, "cooling", "leach-2/cool-to-50", p.Pin("leach.cooling") > 50);
        KeepOf(p, "washing", "filter1/slag-wash-1", p.Now - dry > TimeSpan.FromMinutes(1));
        KeepOf(p, "ageing", "treat-2/cake-ages", p.Pin("treat.agitator") <= 180);
        KeepOf(p, "returning", "treat-4/bring-back", p.Pin("treat.return_pump") > 20);
        KeepOf(p, "leaching", "leach-2/leach", p.Reads("leach.temperature") > 75);
        KeepOf(p, "filtering", "filter1/slag", p.Pin("filter1.feed_pump") > 20);
        KeepOf(p, "dosing alum", "treat-2/alum", p.Pin("treat.alum_pump") > 5);
        KeepOf(p, "acidifying", "treat-4/acidify", p.Pin("treat.acid_pump") > 5);
        KeepOf(p, "extracting", "extraction/extract", p.Pin("extraction.divert") > 0.5);
        KeepOf(p, "precipitating", "amv-2/metavanadate", p.Pin("amv.ammonium_pump") > 5);
        KeepOf(p, "calcining", "calciner/calcine", p.Reads("calciner.temperature") > 380);
    }

    private void KeepOf(PilotRun p, string operation, string step, bool middle)
    {
        if (middle && !forks.ContainsKey(operation) && p.IsDoing(step)) forks[operation] = p.Fork();
    }
}

[CollectionDefinition(Name)]
public sealed class SlagHoursShared : ICollectionFixture<SlagHours>
{
    public const string Name = "slag hours";
}
