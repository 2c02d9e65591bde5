using Xunit;
using Crm.Plant.Phases;
using Crm.Plant.Records;

namespace Crm.Control.Tests;

/// <summary>SAF-09 at the pins: a row that takes an output of a running phase without commanding its unit.</summary>
public sealed class TakenOutputTests
{
    [Fact]
    public void A_phase_whose_output_a_latched_row_takes_is_held_and_the_reset_starts_nothing()
    {
        Plant plant = new Plant(PhaseCommand.None).Feeding();
        plant.Bus.Values[Plant.Temperature] = 81;
        plant.Scan(2);
        Assert.Equal(0, plant.Bus.Pins[Plant.Pump]);
        plant.Scan(30);
        Assert.Equal(PhaseState.Held, plant.Batch);
        Assert.Contains("protection hot took v.pump", plant.Controller.BatchReason, StringComparison.Ordinal);
        Assert.Contains(plant.Journal.Durable, e => e.Kind == BatchEventKind.PhaseState && e.Cause.Contains("protection hot took v.pump", StringComparison.Ordinal));

        plant.Bus.Values[Plant.Temperature] = 20;
        plant.Scan(20);
        plant.Reset();
        plant.Scan(2);
        Assert.DoesNotContain(plant.Controller.Frame!.Trips, t => t.IsTripped);
        for (int i = 0; i < 100; i++) Assert.Equal(0, plant.Scan().Bus.Pins[Plant.Pump]);
        Assert.Equal(ReplyKind.Accepted, plant.Command(PhaseCommand.Restart).Kind);
        plant.Scan(80);
        Assert.Equal(50, plant.Bus.Pins[Plant.Pump]);
    }
}
