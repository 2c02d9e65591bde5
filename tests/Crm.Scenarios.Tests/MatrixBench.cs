using Crm.Plant.Alarms;
using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Scenarios.Tests;

/// <summary>One rig's scan on fake devices, for its matrix: rows are tripped by their causes, judged at the pins, and reset by a person.</summary>
internal sealed class MatrixBench
{
    private static readonly Owner Unit = new("test");

    private readonly IdleRig idle;
    private readonly ScanCore core;
    private readonly Reading[] readings;
    private readonly FakeDevices devices;
    private readonly ScanState state;
    private readonly CauseDriver driver;
    private PlantFrame frame = null!;
    private TimeSpan now;
    private long command;

    public MatrixBench(IdleRig idle)
    {
        this.idle = idle;
        core = new ScanCore(idle.Rig);
        readings = new Reading[idle.Rig.Tags.Length];
        devices = new FakeDevices(idle.Rig, idle.Readings);
        state = core.Start();
        driver = new CauseDriver(idle.Rig, devices);
    }

    public RigDefinition Rig => idle.Rig;

    public double Pin(int output) => devices.Pin(output);

    public void Trip(TripDefinition row, int c, SortedSet<int> seen)
    {
        CauseDefinition cause = row.Causes[c];
        string what = $"{row.Id}, cause {c + 1}: {cause.Text}";
        driver.Prepare(cause);
        driver.Spare(row, cause);
        Step(30, 0.1, _ => false, cause);
        Assert.False(frame.Trips[row.Ordinal].IsTripped, $"{what}: tripped before it was driven");
        double[] before = [.. Rig.Outputs.Select(o => devices.Pin(o.Ordinal))];
        driver.Drive(cause);
        TimeSpan patience = driver.Patience(cause);
        // A loop moves its setpoint, and a slow output, by one scan at most when scans come far apart.
        double step = Math.Clamp(patience.TotalSeconds / 200, 0.1, cause.Watch is ErrorWatch ? 0.3 : driver.Ramps(cause) ? 0.1 : 10);
        Step((int)(patience.TotalSeconds / step) + 2, step, Seen, cause);
        Assert.True(Stands(frame, row, c), $"{what}: did not trip within {patience}; tripped are {string.Join(", ", Rig.Trips.Where(t => frame.Trips[t.Ordinal].IsTripped).Select(t => $"{t.Id} by {frame.Trips[t.Ordinal].Active:b}"))}");

        bool Seen(PlantFrame f)
        {
            // A heater that heats its jacket is not what is driven here: its own cause would trip the row first and take the heater from the loop.
            if (cause.Watch is ErrorWatch) driver.Warm(row, TimeSpan.FromSeconds(step));
            return Stands(f, row, c);
        }

        foreach (EffectDefinition effect in row.Effects)
        {
            (TripDefinition winner, SafeValue value) = Winner(effect.Output);
            double expected = value.Keep ? before[effect.Output] : value.Value;
            Assert.True(devices.Pin(effect.Output) == expected, $"{what}: {Rig.Outputs[effect.Output].Name} is at {devices.Pin(effect.Output)}, {winner.Id} wants {value}");
            if (value == effect.Value) seen.Add(effect.Output);
        }

        foreach (string unit in row.Units) Assert.True(PhaseTable.Stronger(frame.UnitCommand(Rig.Unit(unit)), row.Command) == frame.UnitCommand(Rig.Unit(unit)), what);
        // A reading that was driven there at once is not believed at once: the row speaks when it is.
        foreach (AlarmDefinition alarm in Rig.Alarms.Where(a => a.Kind == AlarmKind.Tripped && a.Trip == row.Ordinal))
        {
            Step(100, 0.1, f => f.Alarms[alarm.Ordinal].Stands);
            Assert.True(frame.Alarms[alarm.Ordinal].Stands, $"{what}: {alarm.Id} is silent");
        }
    }

    private bool Stands(PlantFrame at, TripDefinition row, int cause) => at.Trips[row.Ordinal].IsTripped && (at.Trips[row.Ordinal].Active >> cause & 1) != 0;

    /// <summary>The row written first that is tripped and drives the output.</summary>
    private (TripDefinition Row, SafeValue Value) Winner(int output)
    {
        TripDefinition row = Rig.Trips.First(t => frame.Trips[t.Ordinal].IsTripped && t.Effects.Any(e => e.Output == output));
        return (row, row.Effects.First(e => e.Output == output).Value);
    }

    /// <summary>The cause goes; the row waits, whatever is asked of its outputs; then a person resets it and nothing starts.</summary>
    public void BackToIdle(TripDefinition row)
    {
        for (int t = 0; t < Rig.Tags.Length; t++) devices.Set(t, idle.Readings[t]);
        Step(2000, 1, f => f.Trips[row.Ordinal].Phase is TripPhase.ReadyToReset or TripPhase.Normal);
        if (row.Latch)
        {
            Assert.Equal(TripPhase.ReadyToReset, frame.Trips[row.Ordinal].Phase);
            foreach (EffectDefinition effect in row.Effects.Where(e => !e.Value.Keep)) Assert.Equal(Winner(effect.Output).Value.Value, devices.Pin(effect.Output));
        }

        ResetAll();
        NothingStarted(row.Id);
    }

    public void ResetAll()
    {
        for (int i = 0; i < 60 && (frame is null || frame.RigTrip.IsTripped || frame.Trips.Any(t => t.IsTripped)); i++)
        {
            Step(60, 1, f => !f.Trips.Any(t => t.Phase is TripPhase.Tripped or TripPhase.WaitingForPermit));
            state.Offer(ScanCommand.ResetAll(++command, "test"));
            Step(1, 0.1, _ => false);
        }

        Assert.True(!frame!.Trips.Any(t => t.IsTripped), string.Join(", ", Rig.Trips.Where(t => frame.Trips[t.Ordinal].IsTripped).Select(t => core.WhyForced(frame, t.Effects[0].Output))));
    }

    public void NothingStarted(string after)
    {
        Step(50, 0.1, _ => false);
        foreach (OutputDefinition output in Rig.Outputs.Where(o => o.Role is OutputRole.Feed or OutputRole.Heat or OutputRole.Transfer))
            Assert.True(devices.Pin(output.Ordinal) == 0, $"{output.Name} started by itself after the reset of {after}");
    }

    /// <param name="cause">Asks for outputs that let this cause be judged, and for half of all others; null asks for nothing.</param>
    public void Step(int scans, double seconds, Func<PlantFrame, bool> until, CauseDefinition? cause = null)
    {
        for (int i = 0; i < scans; i++)
        {
            if (cause is not null) Ask(cause);
            now += TimeSpan.FromSeconds(seconds);
            devices.Now = now;
            devices.Exchange(frame?.Plan ?? core.Opening(state, now), readings);
            frame = core.Scan(state, now, readings);
            devices.Exchange(frame.Plan, readings);
            if (cause is not null) driver.Quiet(frame, cause);
            if (until(frame)) return;
        }
    }

    private void Ask(CauseDefinition cause)
    {
        var byLoop = new HashSet<int>();
        if (cause.Watch is ErrorWatch watch)
        {
            LoopDefinition loop = Rig.Loops[watch.Loop];
            byLoop.UnionWith(LoopTree.Legs(Rig.Loops, loop.Ordinal).Select(l => l.Output));
            state.Offer(Unit, Demand.Loop(loop.Ordinal, loop.SetpointHigh, state.Scan));
        }

        foreach (OutputDefinition output in Rig.Outputs)
        {
            if (byLoop.Contains(output.Ordinal)) continue;
            OutputGate gate = cause.Gates.FirstOrDefault(g => g.Output == output.Ordinal);
            double wanted = cause.Gates.Any(g => g.Output == output.Ordinal) ? (gate.Low + gate.High) / 2 : (output.Low + output.High) / 2;
            state.Offer(Unit, Demand.Output(output.Ordinal, wanted, state.Scan));
        }
    }
}
