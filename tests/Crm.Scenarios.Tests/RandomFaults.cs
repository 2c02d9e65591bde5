using System.Globalization;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Rigs;

namespace Crm.Scenarios.Tests;

/// <summary>
/// Faults drawn at random meet a run, two at a time, and whatever comes of them: no actuator leaves its span, no agitator is stopped on slurry but by
/// its own trip or by the recipe itself, and what is held is not fed (SAF-19, S88-06). CRM_SEED repeats a drawing.
/// </summary>
internal sealed class RandomFaults(PilotRun plant, IReadOnlySet<string> broken)
{
    private const int Faults = 2;

    /// <summary>Share of the working volume from which a vessel holds what settles.</summary>
    private const double Slurry = 0.3;

    private static readonly TimeSpan time = TimeSpan.FromMinutes(25);

    private readonly double[] before = new double[plant.Rig.Outputs.Length];

    public static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("CRM_SEED"), CultureInfo.InvariantCulture, out int seed) ? seed : 20261121;

    public static void Meet(IEnumerable<(string Moment, PilotRun Run)> runs, int each, ITestOutputHelper output)
    {
        var random = new Random(Seed);
        output.WriteLine($"CRM_SEED={Seed}");
        int looked = 0;
        foreach ((string moment, PilotRun run) in runs)
        {
            for (int i = 0; i < each; i++)
            {
                string[] faults = [.. Enumerable.Range(0, Faults).Select(_ => Draw(run.Rig, random))];
                PilotRun fork = run.Fork();
                var watch = new RandomFaults(fork, faults.Select(f => f.Split(':')[0]).ToHashSet(StringComparer.Ordinal));
                watch.Watch($"{moment}, {string.Join(" and ", faults)}", faults, random);
                output.WriteLine($"{moment}: {string.Join(" and ", faults)}: {fork.Story}");
                looked++;
            }
        }

        Assert.True(looked > 0);
    }

    private static string Draw(RigDefinition rig, Random random)
    {
        if (random.Next(2) == 0) return rig.Outputs[random.Next(rig.Outputs.Length)].Name + (random.Next(3) switch { 0 => ":fail", 1 => ":stuck-on", _ => ":wear=0.4" });
        return rig.Tags[random.Next(rig.Tags.Length)].Name + (random.Next(2) == 0 ? ":dead" : ":frozen");
    }

    private void Watch(string what, string[] faults, Random random)
    {
        TimeSpan end = plant.Now + time;
        Take();
        foreach (string fault in faults)
        {
            plant.Break(fault);
            TimeSpan until = plant.Now + TimeSpan.FromSeconds(random.Next(1, 240));
            while (plant.Now < until) Step(what);
        }

        while (plant.Now < end) Step(what);
    }

    private void Step(string what)
    {
        plant.Scan();
        bool whole = plant.Frame.Image.Scan % 20 == 0;
        foreach (OutputDefinition output in plant.Rig.Outputs)
        {
            double pin = plant.Pin(output.Name);
            Assert.True(pin >= output.Low && pin <= output.High && (!output.IsSwitch || pin is 0 or 1), $"{what}: {output.Name} at {pin}, span {output.Low}..{output.High}, at {plant.Now}");
            if (output.Role == OutputRole.Agitate && pin <= 0 && before[output.Ordinal] > 0) Assert.True(MayStop(output), $"{what}: {output.Name} stopped on slurry at {plant.Now} by {plant.Frame.Outputs[output.Ordinal].Source}: {plant.Story}");
        }

        if (whole) HeldIsNotFed(what);
        Take();
    }

    private bool MayStop(OutputDefinition output)
    {
        string unit = output.Name.Split('.')[0];
        int level = plant.Rig.Tag(unit + ".level");
        double? volume = plant.Rig.Units[plant.Rig.Unit(unit)].WorkingVolume;
        bool empty = level < 0 || volume is null || plant.Frame.Image[level].IsBad || plant.Frame.Image[level].Value < Slurry * volume;
        return empty || broken.Contains(output.Name) || plant.Frame.Outputs[output.Ordinal].Source == OutputSource.Protection || plant.IsRunning(unit);
    }

    private void HeldIsNotFed(string what)
    {
        foreach (UnitDefinition unit in plant.Rig.Units.Where(u => !u.IsService && plant.IsHeld(u.Name)))
            foreach (StateRow row in unit.States.Rows.Where(r => plant.Rig.Outputs[r.Output].Role == OutputRole.Feed && !broken.Contains(plant.Rig.Outputs[r.Output].Name)))
                Assert.True(plant.Pin(plant.Rig.Outputs[row.Output].Name) == 0, $"{what}: {plant.Rig.Outputs[row.Output].Name} feeds a held {unit.Name} at {plant.Now}: {plant.Story}");
    }

    private void Take()
    {
        foreach (OutputDefinition output in plant.Rig.Outputs) before[output.Ordinal] = plant.Pin(output.Name);
    }
}
