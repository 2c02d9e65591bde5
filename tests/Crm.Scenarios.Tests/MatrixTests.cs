using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Protection;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Scenarios.Tests;

/// <summary>
/// Generated from the matrix of the lithium pilot: every row, by every one of its causes, drives every one of its effects at the pin of a
/// fake device; it stays until a person resets it, and the reset starts nothing (SAF-02, SAF-04, SAF-05, SAF-10, SAF-19, SAF-28, SAF-29).
/// </summary>
public sealed class MatrixTests
{
    private static readonly RigDefinition Rig = LithiumPlant.Rig;
    private static readonly ScanCore Core = new(Rig);
    private static readonly Owner Unit = new("test");
    private static readonly Lazy<double[]> Idle = new(IdleReadings);

    private readonly Reading[] readings = new Reading[Rig.Tags.Length];
    private readonly FakeDevices devices = new(Rig, Idle.Value);
    private readonly ScanState state = Core.Start();
    private PlantFrame frame = null!;
    private TimeSpan now;
    private long command;

    public static TheoryData<string> Rows => [.. MatrixTable.Of(Rig).Rows.Select(r => r.Id)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_cause_of_a_row_drives_every_effect_at_the_pin_until_a_person_resets_it(string id)
    {
        TripDefinition row = Rig.Trips.Single(t => t.Id == id);
        var seen = new SortedSet<int>();
        for (int c = 0; c < row.Causes.Length; c++)
        {
            ResetAll();
            Trip(row, c, seen);
            BackToIdle(row);
        }

        Assert.Equal(row.Effects.Select(e => e.Output).Order(), seen);
    }

    /// <summary>Start-up of the idle rig: every pin at its trip value before the reset, and no feed or heater on after it (SAF-04, SAF-07).</summary>
    [Fact]
    public void The_idle_rig_starts_tripped_and_a_reset_starts_nothing()
    {
        Step(5, 0.1, _ => false);
        Assert.All(Rig.Outputs.Where(o => !o.Trip.Keep), o => Assert.Equal(o.Trip.Value, devices.Pin(o.Ordinal)));
        ResetAll();
        NothingStarted("start-up");
    }

    [Fact]
    public void The_page_shows_every_row_column_and_cell_of_the_logic_SAF02()
    {
        MatrixTable matrix = MatrixTable.Of(Rig);
        Assert.Equal(Rig.Trips.Select(t => t.Id), matrix.Rows.Select(r => r.Id));
        foreach (TripDefinition trip in Rig.Trips)
        {
            MatrixRow row = matrix.Rows[trip.Ordinal];
            Assert.Equal(trip.Causes.Length, row.Causes.Length);
            Assert.Equal(trip.Effects.Length + (trip.Command == PhaseCommand.None ? 0 : trip.Units.Length), row.Cells.Length);
            Assert.All(row.Cells, cell => Assert.Contains(cell.Column, matrix.Columns));
        }
    }

    /// <summary>SAF-16: what guards people and equipment is latched, and nothing can set it aside. SAF-10, SAF-30: it has its time and its proof test.</summary>
    [Fact]
    public void Rows_of_class_safety_and_protective_are_latched_and_never_bypassed_SAF10_SAF16_SAF30()
    {
        foreach (TripDefinition row in Rig.Trips.Where(t => t.Class != TripClass.Process))
        {
            Assert.True(row.Latch && row.Bypass is null && row.StartUp is null, row.Id);
            Assert.True(row.Time is not null && row.Proof is not null, row.Id);
            Assert.True(MatrixTable.Response(row, Rig.ScanPeriod) <= row.Time!.Process / 2, row.Id);
        }
    }

    private void Trip(TripDefinition row, int c, SortedSet<int> seen)
    {
        CauseDefinition cause = row.Causes[c];
        var driver = new CauseDriver(Rig, devices);
        string what = $"{row.Id}, cause {c + 1}: {cause.Text}";
        driver.Prepare(cause);
        driver.Spare(row, cause);
        Step(30, 0.1, _ => false, cause);
        Assert.False(frame.Trips[row.Ordinal].IsTripped, $"{what}: tripped before it was driven");
        double[] before = [.. Rig.Outputs.Select(o => devices.Pin(o.Ordinal))];
        driver.Drive(cause);
        TimeSpan patience = CauseDriver.Patience(cause);
        // A loop moves its setpoint by one scan at most when scans come far apart.
        double step = Math.Clamp(patience.TotalSeconds / 200, 0.1, cause.Watch is ErrorWatch ? 0.3 : 10);
        Step((int)(patience.TotalSeconds / step) + 2, step, Seen, cause);
        Assert.True(Stands(frame, row, c), $"{what}: did not trip within {patience}");

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
    }

    private bool Stands(PlantFrame at, TripDefinition row, int cause) => at.Trips[row.Ordinal].IsTripped && (at.Trips[row.Ordinal].Active >> cause & 1) != 0;

    /// <summary>The row written first that is tripped and drives the output.</summary>
    private (TripDefinition Row, SafeValue Value) Winner(int output)
    {
        TripDefinition row = Rig.Trips.First(t => frame.Trips[t.Ordinal].IsTripped && t.Effects.Any(e => e.Output == output));
        return (row, row.Effects.First(e => e.Output == output).Value);
    }

    /// <summary>The cause goes; the row waits, whatever is asked of its outputs; then a person resets it and nothing starts.</summary>
    private void BackToIdle(TripDefinition row)
    {
        for (int t = 0; t < Rig.Tags.Length; t++) devices.Set(t, Idle.Value[t]);
        Step(2000, 1, f => f.Trips[row.Ordinal].Phase is TripPhase.ReadyToReset or TripPhase.Normal);
        if (row.Latch)
        {
            Assert.Equal(TripPhase.ReadyToReset, frame.Trips[row.Ordinal].Phase);
            foreach (EffectDefinition effect in row.Effects.Where(e => !e.Value.Keep)) Assert.Equal(Winner(effect.Output).Value.Value, devices.Pin(effect.Output));
        }

        ResetAll();
        NothingStarted(row.Id);
    }

    private void ResetAll()
    {
        for (int i = 0; i < 60 && (frame is null || frame.RigTrip.IsTripped || frame.Trips.Any(t => t.IsTripped)); i++)
        {
            Step(60, 1, f => !f.Trips.Any(t => t.Phase is TripPhase.Tripped or TripPhase.WaitingForPermit));
            state.Offer(ScanCommand.ResetAll(++command, "test"));
            Step(1, 0.1, _ => false);
        }

        Assert.True(!frame!.Trips.Any(t => t.IsTripped), string.Join(", ", Rig.Trips.Where(t => frame.Trips[t.Ordinal].IsTripped).Select(t => Core.WhyForced(frame, t.Effects[0].Output))));
    }

    private void NothingStarted(string after)
    {
        Step(50, 0.1, _ => false);
        foreach (OutputDefinition output in Rig.Outputs.Where(o => o.Role is OutputRole.Feed or OutputRole.Heat or OutputRole.Transfer))
            Assert.True(devices.Pin(output.Ordinal) == 0, $"{output.Name} started by itself after the reset of {after}");
    }

    /// <param name="cause">Asks for outputs that let this cause be judged, and for half of all others; null asks for nothing.</param>
    private void Step(int scans, double seconds, Func<PlantFrame, bool> until, CauseDefinition? cause = null)
    {
        for (int i = 0; i < scans; i++)
        {
            if (cause is not null) Ask(cause);
            now += TimeSpan.FromSeconds(seconds);
            devices.Now = now;
            devices.Exchange(frame?.Plan ?? Core.Opening(state, now), readings);
            frame = Core.Scan(state, now, readings);
            devices.Exchange(frame.Plan, readings);
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

    /// <summary>What the instruments of the idle rig read with its services on: no cause stands.</summary>
    private static double[] IdleReadings()
    {
        var plant = new LithiumPlant(1);
        plant.RunTo(TimeSpan.FromMinutes(3));
        return [.. Enumerable.Range(0, Rig.Tags.Length).Select(t => plant.Seen.Frame!.Image[t].Value)];
    }
}
