using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Outputs;

public sealed class LapseTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(40, true)]
    public void A_lapse_is_counted_and_told_when_it_moves_the_output(double demand, bool told)
    {
        var sketch = new RigSketch();
        sketch.Unit("unit");
        int pump = sketch.Output("pump", lapseAfter: 1);
        var run = new ScanRun(sketch.Build());
        run.Demand(pump, demand);
        bool heard = false;
        for (int i = 0; i < 20; i++)
        {
            run.Step();
            heard |= run.Told(ScanEventKind.DemandLapsed);
        }

        Assert.Equal(told, heard);
        Assert.Equal(1, run.Frame.Demands.Lapsed);
    }
}
