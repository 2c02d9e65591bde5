using System.Collections.Immutable;
using Crm.Chemistry;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Crm.Plant.Twins;
using Crm.Twin.Equipment;
using Crm.Twin.Kinetics;
using Xunit;

namespace Crm.Twin.Tests.Flowsheets;

/// <summary>Heat of single pieces of equipment against figures worked out by hand; that nothing is lost between them is what <see cref="FlowsheetTests"/> shows.</summary>
public sealed class HeatTests
{
    private const double LitreOfWater = 1000 / 18.015 * 75.3;        // J/K

    private static EquipmentDefinition Equipment(string model, params (string Name, double Value)[] numbers) => new(
        "leach", model, numbers.ToImmutableSortedDictionary(n => n.Name, n => n.Value, StringComparer.Ordinal), ImmutableSortedDictionary<string, string>.Empty,
        ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, double>>.Empty, ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty, 0);

    private static Works Standing(UnitModel unit) => new([unit], ImmutableSortedDictionary<string, int>.Empty.Add("leach", 0), [], [], TestRig.Lithium(), 20, new Feeds(TestRig.Lithium(), TwinFile.Lithium()), []);

    private static Mixture Water(double litres, double celsius)
    {
        Mixture m = new() { Temperature = celsius };
        m.Aq[Aqueous.H2O] = litres * 1000 / 18.015;
        return m;
    }

    [Theory]
    [InlineData(15e3, 10, 80, 64.15)]       // (41.8 kJ/K 80 degC + 15 kJ/K 20 degC) / 56.8 kJ/K
    [InlineData(15e3, 0.1, 80, 21.63)]
    [InlineData(1000, 4, 5, 5.85)]
    public void A_vessel_that_is_filled_shares_its_heat_with_the_glass(double glass, double litres, double celsius, double mixed)
    {
        StirredVessel vessel = new(Equipment("stirred-vessel", ("vessel_heat", glass)), TestRig.Lithium(), 20);
        Works works = Standing(vessel);
        double held = vessel.HeatHeld;
        Mixture parcel = Water(litres, celsius);
        double brought = parcel.Enthalpy;
        vessel.Accept(works, parcel, "feed_pump", 1);
        Assert.Equal(mixed, vessel.Holdup.Temperature, 0.01);
        Assert.Equal(held + brought, vessel.HeatHeld, 1e-6);
    }

    [Fact]
    public void A_filled_vessel_that_is_drained_keeps_its_warm_glass()
    {
        StirredVessel vessel = new(Equipment("stirred-vessel", ("vessel_heat", 15e3)), TestRig.Lithium(), 20);
        Works works = Standing(vessel);
        vessel.Accept(works, Water(10, 80), "feed_pump", 1);
        double warm = vessel.Holdup.Temperature, held = vessel.HeatHeld;
        Mixture drained = new();
        vessel.Drain(drained);
        Assert.Equal(held, vessel.HeatHeld + drained.Enthalpy, 1e-6);
        vessel.Accept(works, Water(1, 20), "feed_pump", 1);
        Assert.Equal((15e3 * warm + 20 * LitreOfWater) / (15e3 + LitreOfWater), vessel.Holdup.Temperature, 1e-3);
    }

    [Theory]
    [InlineData(double.NaN, 7200, 34.72)]         // 20 + 40/e: two hours
    [InlineData(10, 41_800, 34.72)]               // 100 L of water: 418 kJ/K over 10 W/K
    public void A_tank_cools_by_its_declared_loss_or_else_in_two_hours(double watts, double seconds, double after)
    {
        (string, double)[] numbers = [("volume", 150), .. double.IsNaN(watts) ? [] : new[] { ("loss_ua", watts) }];
        Tank tank = new(Equipment("tank", numbers), TestRig.Lithium(), 20);
        Works works = Standing(tank);
        tank.Accept(works, Water(100, 60), "feed_pump", 1);
        double held = tank.HeatHeld;
        for (int i = 0; i < seconds / 10; i++) tank.Step(works, 10);
        Assert.Equal(after, tank.Holdup.Temperature, 0.01);
        Assert.Equal(works.Heat[HeatFlow.Hall], tank.HeatHeld - held, 1e-9 * held);
    }

    /// <summary>Heat of vaporisation stands at 25 degC; vapour and liquor have their own heat capacities (Kirchhoff).</summary>
    [Theory]
    [InlineData(25)]
    [InlineData(60)]
    [InlineData(100)]
    public void Evaporation_takes_what_the_table_of_water_says_at_any_temperature(double celsius)
    {
        double taken = -Reactions.Evaporation.Heat + (Gas.HeatCapacity[Gas.H2O] - Aqueous.HeatCapacity[Aqueous.H2O]) * (celsius - 25);
        Assert.InRange(taken / 0.018015 / Chemistry.Water.HeatOfVaporisation(celsius), 0.99, 1.01);
    }

    /// <summary>kJ for each mol of the dosed acid or caustic.</summary>
    [Theory]
    [InlineData(98, 1000, 70.2, 0.1)]    // 74.7 (1000.1/1001.9 - 0.111/1.911): concentrated acid into much water
    [InlineData(10, 1000, 2.5, 0.1)]     // bench acid has given its heat long ago
    [InlineData(98, 0, 0, 1e-9)]         // nothing to dilute in
    public void Acid_gives_the_heat_its_dilution_has_left(double percent, double water, double expected, double within)
    {
        Mixture acid = new(), into = new();
        acid.Aq[Aqueous.H] = 2;
        acid.Aq[Aqueous.SO4] = 1;
        acid.Aq[Aqueous.H2O] = 98.08 * (100 / percent - 1) / 18.015;
        into.Aq[Aqueous.H2O] = water;
        Assert.Equal(expected, 1e-3 * Reagents.MixingHeat(acid, into), within);
        Mixture twice = acid.Copy();
        Assert.Equal(0, Reagents.MixingHeat(acid, twice), 1e-6);
    }

    [Fact]
    public void Neutralisation_gives_its_heat_whichever_is_poured_into_the_other()
    {
        Mixture acid = new(), caustic = new();
        (acid.Aq[Aqueous.H2O], acid.Aq[Aqueous.H], acid.Aq[Aqueous.Cl]) = (100, 0.5, 0.5);
        (caustic.Aq[Aqueous.H2O], caustic.Aq[Aqueous.H], caustic.Aq[Aqueous.Na]) = (100, -0.4, 0.4);
        Assert.Equal(Reagents.MixingHeat(acid, caustic), Reagents.MixingHeat(caustic, acid), 1e-6);
        Assert.InRange(Reagents.MixingHeat(acid, caustic), 0.4 * 55e3, 0.4 * 58e3);
    }

    /// <summary>CO2(g) + 2 OH- = CO3-2 + H2O: -675.2 - 285.8 + 393.5 + 2 230.0 kJ/mol; into water the gas only dissolves.</summary>
    [Theory]
    [InlineData(1, -107.5)]
    [InlineData(0, -20)]
    public void Carbon_dioxide_gives_more_heat_to_alkali_than_to_water(double caustic, double expected)
    {
        Mixture m = Water(10, 25);
        (m.Aq[Aqueous.Na], m.Aq[Aqueous.H]) = (caustic, -caustic);
        double[] gas = new double[Gas.Count];
        double heat = GasTransfer.Sparge(m, Speciation.Of(m), 0.01, 1, true, 10, gas), taken = 0.01 - gas[Gas.CO2];
        heat += PhysicalConstants.Neutralisation * (caustic - Math.Max(0, -m.Aq[Aqueous.H]));
        Assert.Equal(expected, -1e-3 * heat / taken, 1.0);
    }

    /// <summary>An impeller of 50 L at 300 rpm: 1.3 times 1000 kg/m3 times (5/s)^3 times (0.133 m)^5.</summary>
    [Fact]
    public void An_impeller_warms_by_power_number_speed_and_diameter()
    {
        Assert.Equal(6.8, Impeller.Watts(300, 50, 50), 0.3);
        Assert.Equal(8, Impeller.Watts(600, 50, 50) / Impeller.Watts(300, 50, 50), 1e-9);
        Assert.Equal(0, Impeller.Watts(300, 50, 0));
    }

    /// <summary>A joule that nobody booked must show: the ledger is checked against temperatures, not against itself.</summary>
    [Fact]
    public void Heat_that_nobody_booked_shows_in_the_account()
    {
        Tank tank = new(Equipment("tank", ("volume", 50), ("initial", 20)), TestRig.Lithium(), 20);
        Works works = Standing(tank);
        works.Heat.Open(works.HeatHeld);
        tank.Holdup.Temperature += 0.001;
        HeatTruth truth = works.Heat.Truth(works.HeatHeld);
        Assert.Equal(0.001 * tank.Holdup.HeatCapacity, truth.Imbalance, 1e-6);
        Assert.True(FlowsheetTests.HeatDrift(truth) > 1e-6);
    }
}
