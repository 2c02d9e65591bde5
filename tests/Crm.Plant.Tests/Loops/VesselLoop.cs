using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Protection;
using Crm.Plant.Scan;
using Crm.Plant.Tests.Scan;

namespace Crm.Plant.Tests.Loops;

/// <summary>A heated and cooled vessel with one loop, a flow for feed-forward and ratio, and a trip on the heater.</summary>
public abstract class VesselLoop
{
    private readonly RigSketch sketch = new();
    protected int Temperature { get; }
    protected int Flow { get; }
    protected int Trigger { get; }
    protected int Heater { get; }
    protected int Cooling { get; }

    protected VesselLoop()
    {
        Temperature = sketch.Tag("temperature");
        Flow = sketch.Tag("flow");
        Trigger = sketch.Tag("trigger");
        Heater = sketch.Output("heater", lapseAfter: 10);
        Cooling = sketch.Output("cooling", lapseAfter: 10);
        sketch.Trip("hot", false, [RigSketch.Cause("trigger", new Above(Trigger, 1))], [new EffectDefinition(Heater, SafeValue.At(0))]);
        sketch.Loop("loop", Temperature, 4, 600, 0, -100, 100, null, 0.6, new SplitLeg(Heater, 0, 100, 0, 100), new SplitLeg(Cooling, 0, -100, 0, 100));
    }

    protected ScanRun Build(Func<LoopDefinition, LoopDefinition>? change = null)
    {
        if (change is not null) sketch.Change(0, change);
        return new ScanRun(sketch.Build());
    }

    protected static void Hold(ScanRun run, double setpoint, int scans)
    {
        for (int i = 0; i < scans; i++)
        {
            run.DemandLoop(0, setpoint);
            run.Step();
        }
    }

    protected static CommandOutcome Do(ScanRun run, double setpoint, ScanCommandKind kind, double value = 0)
    {
        run.DemandLoop(0, setpoint);
        return run.Do(id => ScanCommand.ToLoop(id, kind, 0, "p", value));
    }

    protected static CommandOutcome Mode(ScanRun run, double setpoint, LoopMode mode) => Do(run, setpoint, ScanCommandKind.SetLoopMode, (double)mode);
}
