using Xunit;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;

namespace Crm.Control.Tests;

/// <summary>Modes and manual at the pins (S88-20).</summary>
public sealed class ModesOnPlantTests
{
    [Fact]
    public void No_change_of_mode_moves_a_pin_S88_20()
    {
        ProcedureMode[] modes = Enum.GetValues<ProcedureMode>();
        foreach (bool held in (bool[])[false, true])
        {
            foreach (string unit in (string[])["", "v"])
            {
                foreach ((ProcedureMode from, ProcedureMode to) in modes.SelectMany(f => modes.Where(t => t != f).Select(t => (f, t))))
                {
                    Plant plant = new Plant().Feeding();
                    if (from != ProcedureMode.Automatic) Assert.Equal(ReplyKind.Accepted, plant.Mode(from, unit).Kind);
                    if (held) plant.Command(PhaseCommand.Hold);
                    plant.Scan(30);
                    Plant untouched = plant.Fork();
                    Assert.Equal(ReplyKind.Accepted, plant.Mode(to, unit).Kind);
                    for (int i = 0; i < 20; i++) Assert.Equal(untouched.Scan().Bus.Pins, plant.Scan().Bus.Pins);
                    Assert.Contains(plant.Journal.Durable, e => e.Kind == BatchEventKind.ModeChanged && e.Cause == "ann");
                }
            }
        }
    }

    [Fact]
    public void A_phase_that_loses_an_output_to_manual_is_told_and_holds_and_the_person_keeps_the_output()
    {
        Plant plant = new Plant().Feeding();
        plant.Manual("v.pump", 30).Scan(3);
        Assert.Equal(PhaseState.Holding, plant.Batch);
        plant.Scan(20);
        Assert.Equal(PhaseState.Held, plant.Batch);
        Assert.Contains("v.pump was taken in manual", plant.Controller.BatchReason, StringComparison.Ordinal);
        Assert.Equal(30, plant.Bus.Pins[Plant.Pump]);
        Assert.Contains(plant.Controller.Against(PhaseCommand.Restart), o => o is { Kind: ObstacleKind.Manual, Subject: "v.pump" });
        Assert.Equal(ReplyKind.Refused, plant.Command(PhaseCommand.Restart).Kind);
        plant.Controller.Command(new ReturnManual(901, "ann", "v.pump"));
        plant.Scan(2);
        Assert.Equal(0, plant.Bus.Pins[Plant.Pump]);
        Assert.Equal(ReplyKind.Accepted, plant.Command(PhaseCommand.Restart).Kind);
        plant.Scan(80);
        Assert.Equal(50, plant.Bus.Pins[Plant.Pump]);
    }

    [Theory]
    [InlineData(PhaseCommand.Stop)]
    [InlineData(PhaseCommand.Abort)]
    public void Stop_and_abort_take_an_output_back_from_manual_S88_08(PhaseCommand command)
    {
        Plant plant = new Plant().Feeding();
        plant.Manual("v.pump", 30).Scan(30);
        plant.Command(command);
        plant.Scan();
        Assert.Equal(0, plant.Bus.Pins[Plant.Pump]);
    }
}
