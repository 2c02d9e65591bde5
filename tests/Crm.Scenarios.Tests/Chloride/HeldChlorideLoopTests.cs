namespace Crm.Scenarios.Tests.Chloride;

/// <summary>The review table of HELD on the lithium chloride rig, at the pins (SAF-02, S88-06): stack, carbonation and leach.</summary>
[Collection(ChlorideLoopShared.Name)]
public sealed class HeldChlorideLoopTests(ChlorideLoop hours)
{
    [Theory]
    [InlineData("split", "electrodialysis", 30)]
    [InlineData("boil", "carbonation", 20)]
    [InlineData("peroxide", "leach", 20)]
    public void Held_is_reached_cell_by_cell_and_nothing_that_may_never_be_is(string moment, string unit, double minutes) =>
        HeldTable.Hold(hours.At(moment).Fork(), unit, TimeSpan.FromMinutes(minutes));

    /// <summary>After a hold the three circulations are proven before there is current, and the charge goes on from where it was.</summary>
    [Fact]
    public void Restart_circulates_before_there_is_current()
    {
        PilotRun plant = hours.At("split").Fork();
        plant.Command(Plant.Phases.PhaseCommand.Hold);
        plant.RunUntil(p => p.IsHeld("electrodialysis"), TimeSpan.FromMinutes(2));
        Assert.Equal(Control.ReplyKind.Accepted, plant.Command(Plant.Phases.PhaseCommand.Restart).Kind);
        double[] flows = [];
        Assert.True(plant.RunUntil(
            p =>
            {
                flows = [p.Reads("electrodialysis.brine_flow"), p.Reads("electrodialysis.acid_flow"), p.Reads("electrodialysis.base_flow")];
                return p.Pin("electrodialysis.rectifier") > 0;
            },
            TimeSpan.FromMinutes(10)), plant.Story);
        Assert.All(flows, flow => Assert.InRange(flow, 45, 75));
        Assert.True(plant.RunUntil(p => p.Reads("electrodialysis.current") > 11, TimeSpan.FromMinutes(10)), plant.Story);
    }
}
