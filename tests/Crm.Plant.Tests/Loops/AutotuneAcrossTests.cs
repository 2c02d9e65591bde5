using Crm.Plant.Loops;
using Crm.Plant.Loops.Tuning;
using Crm.Plant.Outputs;
using Crm.Plant.Protection;
using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;
using Xunit;

namespace Crm.Plant.Tests.Loops;

/// <summary>A vessel that needs nothing to hold its temperature is tuned by heating and cooling in turn, for its steeper side (PID-17).</summary>
public sealed class AutotuneAcrossTests
{
    private const double Slope = 0.002, Lag = 40, Delay = 4;

    /// <param name="heating">Share of the slope that heating has; cooling likewise.</param>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 0.5)]
    [InlineData(0.4, 1)]
    public void It_ends_in_a_proposal_that_suits_the_steeper_side(double heating, double cooling)
    {
        var sketch = new RigSketch();
        int temperature = sketch.Tag("temperature"), heater = sketch.Output("heater", lapseAfter: 5), cooler = sketch.Output("cooler", lapseAfter: 5);
        sketch.Loop("loop", temperature, 2, 600, 0, -100, 100, null, 0.7, new SplitLeg(heater, 0, 100, 0, 100), new SplitLeg(cooler, 0, -100, 0, 100));
        sketch.Change(0, l => l with { Autotune = new AutotuneRule(15, 8, 0.05, TimeSpan.FromHours(2)) });
        var run = new ScanRun(sketch.Build());
        var plant = new BenchmarkPlant(PlantModel.Integrating(Slope, Delay, Lag), 0.1);
        var random = new Random(5);
        string ended = "";
        void Scan()
        {
            run.Set(temperature, 50 + plant.Value + 0.02 * (2 * random.NextDouble() - 1));
            run.DemandLoop(0, 50);
            run.Step();
            foreach (ScanEvent told in run.Frame.Events)
                if (told.Kind == ScanEventKind.AutotuneEnded) ended = told.Text;
            plant.Move(heating * run[heater] - cooling * run[cooler]);
        }

        for (int i = 0; i < 5000; i++) Scan();
        Assert.True(run.Rig.Loops[0].SwingsAcross(run.Frame.Loops[0].Output));
        run.DemandLoop(0, 50);
        Assert.True(run.Do(id => ScanCommand.ToLoop(id, ScanCommandKind.StartAutotune, 0, "Ada")).Accepted);
        for (int i = 0; i < 400_000 && ended.Length == 0; i++) Scan();
        Assert.Contains("proposes", ended, StringComparison.Ordinal);
        LoopTuning proposed = run.Core.LoopDetail(run.State, 0).ProposedTuning!.Value;
        double steeper = Math.Max(heating, cooling);
        double worst = Margins.Of(PlantModel.Integrating(steeper * Slope, Delay, Lag), proposed).MaximumSensitivity;
        Assert.True(worst < 2.0, $"Ms {worst:0.00} on the steeper side with {proposed}");
        LoopTuning suits = TuningRules.Robust(PlantModel.Integrating(steeper * Slope, Delay, Lag), TuningRules.Simc);
        Assert.InRange(proposed.Gain, 0.5 * suits.Gain, 1.3 * suits.Gain);
    }
}
