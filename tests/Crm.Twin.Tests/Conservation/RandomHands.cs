using Crm.Plant.Outputs;
using Crm.Plant.Ports;

namespace Crm.Twin.Tests.Flowsheets;

/// <summary>Outputs driven at random, material put in and taken out at random, and things that break at random.</summary>
internal sealed class RandomHands
{
    private const double Moves = 0.2, Works = 0.01, Breaks = 0.002;       // chance a second

    private readonly Random random;
    private readonly RandomFlowsheet sheet;
    private readonly TwinPlant plant;
    private readonly Driver driver;
    private readonly string[] faults;
    private readonly List<string> said = [];

    public RandomHands(int seed, RandomFlowsheet sheet, TwinPlant plant)
    {
        random = new Random(seed ^ 0x5eed);
        this.sheet = sheet;
        this.plant = plant;
        driver = new Driver(sheet.Rig, plant);
        // A bus that is lost for good would end the course: everything falls to rest.
        faults = [.. TwinPlant.FaultIds(sheet.Rig).Where(f => !f.StartsWith("bus.", StringComparison.Ordinal)), .. sheet.Rig.Units.Select(u => u.Name).Concat(sheet.Rig.Outputs.Select(o => o.Name)).SelectMany(n => TwinPlant.SizedFaults(sheet.Rig, n)), .. TwinPlant.FeedFaults(sheet.Rig, sheet.Twin), "power:cut=90"];
        for (int i = 0; i < 8; i++) Charge();
        foreach (OutputDefinition output in sheet.Rig.Outputs) Move(output);
    }

    /// <summary>What broke and what was put in, in order.</summary>
    public string Said => string.Join(", ", said);

    /// <summary>A reading that is no number, by its tag; null when there is none.</summary>
    public string? NoNumber => sheet.Rig.Tags.FirstOrDefault(t => driver.Readings[t.Ordinal] is { IsBad: false } r && !double.IsFinite(r.Value))?.Name;

    /// <summary>One second.</summary>
    public void Act()
    {
        if (random.NextDouble() < Moves) Move(sheet.Rig.Outputs[random.Next(sheet.Rig.Outputs.Length)]);
        if (random.NextDouble() < Works) Work();
        if (random.NextDouble() < Breaks) Break();
        try
        {
            driver.Step();
        }
        catch (BusFaultException)
        {
            // The wires are dead: devices fall to their own values, the process goes on.
        }
    }

    private void Move(OutputDefinition output) => driver.Set(output.Name, random.Next(3) == 0 ? 0 : output.Low + random.NextDouble() * (output.High - output.Low));

    private void Work()
    {
        string place = sheet.Places[random.Next(sheet.Places.Count)];
        switch (random.Next(4))
        {
            case 0:
                plant.Hands.Discharge(place, "heap");
                break;
            case 1:
                plant.Hands.Sample(place, 0.05);
                break;
            default:
                Charge();
                break;
        }
    }

    private void Charge()
    {
        string place = sheet.Places[random.Next(sheet.Places.Count)], material = sheet.Twin.Materials[random.Next(sheet.Twin.Materials.Length)].Name;
        double kg = 0.05 + random.NextDouble();
        try
        {
            plant.Hands.Charge(place, material, kg);
            said.Add(FormattableString.Invariant($"{kg:0.##} kg {material} into {place}"));
        }
        catch (ArgumentException)
        {
            // It is used up.
        }
    }

    private void Break()
    {
        string fault = faults[random.Next(faults.Length)];
        plant.Inject(new PlantFault(fault, driver.Now));
        said.Add(fault);
    }
}
