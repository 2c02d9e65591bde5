using System.Collections.Immutable;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Twin.Equipment;
using Crm.Twin.Tests.Flowsheets;
using Xunit;

namespace Crm.Twin.Tests.Equipment;

/// <summary>Vapour recompression: the same distillate for a sixth of the electricity, and none of it before the vessel boils. At this size half of that sixth replaces what walls lose.</summary>
public sealed class RecompressionTests(ITestOutputHelper output)
{
    private static readonly RigDefinition Rig = TestRig.Lithium();

    private static TwinDefinition Twin(double ratio)
    {
        TwinDefinition twin = TwinFile.Lithium();
        EquipmentDefinition vessel = twin.Equipment.First(e => e.Unit == "concentrate");
        return twin with
        {
            Equipment = ratio > 1 ? twin.Equipment.Replace(vessel, vessel with { Numbers = vessel.Numbers.SetItem("compression", ratio) }) : twin.Equipment,
            Materials = twin.Materials.Add(new MaterialDefinition("brine", ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("MgSO4", 0.03), KeyValuePair.Create("H2O", 0.97)]), "test")),
        };
    }

    /// <summary>kWh from the meter to the first drop of condensate, litres of it in the hour after, kWh of that hour, less what the rig draws with a cold vessel.</summary>
    private static (double Warming, double Litres, double Boiling) Boil(double ratio)
    {
        TwinPlant plant = new(Rig, Twin(ratio), 1);
        Driver driver = new(Rig, plant);
        for (int i = 0; i < 2; i++) plant.Hands.Charge("concentrate", "brine", 10);
        driver.Set("concentrate.agitator", 150);
        driver.Run(600);
        double start = driver["electricity.energy"];
        driver.Run(600);
        double standing = (driver["electricity.energy"] - start) / 600;
        driver.Set("concentrate.heater", 70);
        double began = driver["electricity.energy"], seconds = driver.Until(() => driver["concentrate.condensate_flow"] > 1, 3 * 3600);
        double warming = driver["electricity.energy"] - began - standing * seconds;
        driver.Run(1200);
        double before = driver["electricity.energy"], litres = 0;
        for (int i = 0; i < 3600; i++)
        {
            driver.Step();
            litres += driver["concentrate.condensate_flow"] / 3600;
        }

        Conservation.Check(plant.Truth());
        Assert.True(FlowsheetTests.HeatDrift(plant.Truth().Heat!) < 1e-6);
        return (warming, litres, driver["electricity.energy"] - before - standing * 3600);
    }

    [Fact]
    public void It_takes_a_sixth_of_the_heater_s_electricity_for_the_same_distillate()
    {
        (double warm, double litres, double heater) = Boil(1);
        (double warmToo, double same, double compressor) = Boil(1.8);
        output.WriteLine(FormattableString.Invariant($"heater {1000 * heater / litres:0} kWh/m3, recompression 1.8 {1000 * compressor / same:0} kWh/m3, warming {warm:0.00} and {warmToo:0.00} kWh"));
        Assert.Equal(litres, same, 0.01 * litres);
        Assert.Equal(warm, warmToo, 0.05 * warm);
        Assert.InRange(1000 * heater / litres, 600, 800);
        Assert.InRange(1000 * compressor / same, 90, 140);
    }

    /// <summary>A jacket that must be hotter than the compressed vapour condenses gets nothing of it.</summary>
    [Theory]
    [InlineData(1.1, 112, 4000, 4000)]
    [InlineData(1.8, 112, 4000, 320)]
    [InlineData(1.8, 112, 0, 0)]
    public void What_the_vapour_cannot_give_the_heater_does(double ratio, double jacket, double heat, double most) =>
        Assert.InRange(new Recompression(ratio, 0.75).Electricity(heat, 0.01, 100, jacket), most / 2, most);

    /// <summary>Without losses 48 kWh a cubic metre at 1.8; crystallisers with recompression are said to take 50 to 70 (general knowledge), concentrators with less pressure 20 to 28 (WaterTAP).</summary>
    [Theory]
    [InlineData(1.8, 43, 53)]
    [InlineData(1.4, 23, 30)]
    public void An_insulated_evaporator_takes_the_work_of_its_compressor(double ratio, double low, double high) =>
        Assert.InRange(new Recompression(ratio, 0.75).Electricity(2.27e6 * 0.9, 1, 100, 101) / 3600 / 0.9, low, high);

    [Fact]
    public void Little_vapour_gives_little()
    {
        double work = new Recompression(1.8, 0.75).Electricity(4000, 4000 / 2.27e6 / 2, 100, 112);
        Assert.InRange(work, 2000, 2300);
    }
}
