using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Crm.Plant.Alarms;
using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Protection;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.Scan;

/// <summary>
/// The pure heart of layer 2: readings, demands and commands in, plan and frame out, once per scan. Compiled from a rig once; all memory
/// is in the <see cref="ScanState"/>, so one core serves any number of forks.
/// </summary>
public sealed class ScanCore
{
    /// <summary>A plan holds at the device for this many scan periods; then it falls to its fail values (SAF-20).</summary>
    public const int PlanLivesForScans = 5;

    /// <summary>Beyond this many periods since the scan before, loops and rates count one period only (PID-15).</summary>
    private const int LongestGap = 3;

    private readonly ImageBuilder images;
    private readonly TripMatrix matrix;
    private readonly AlarmJudge alarms;
    private readonly CommandDesk commands;
    private readonly LeaseDesk leases;
    private readonly LoopDesk loops;
    private readonly Arbiter arbiter;
    private readonly PermissiveTable permissives;
    private readonly OverrideDesk overrides;
    private readonly Annunciator? panel;

    public ScanCore(RigDefinition rig)
    {
        Rig = rig;
        images = new ImageBuilder(rig);
        matrix = new TripMatrix(rig);
        alarms = new AlarmJudge(rig);
        overrides = new OverrideDesk(rig, matrix);
        ProtectionChecksum = ProtectionItems.Checksum(rig);
        panel = rig.Panel is { } lamps ? new Annunciator(lamps) : null;
        commands = new CommandDesk(rig, matrix, alarms, overrides, panel, ProtectionChecksum);
        var tree = new LoopTree(rig);
        leases = new LeaseDesk(rig, tree);
        loops = new LoopDesk(rig, tree);
        arbiter = new Arbiter(rig);
        permissives = new PermissiveTable(rig);
    }

    public RigDefinition Rig { get; }

    /// <summary>The state before the first scan: the rig and every trip tripped (SAF-04), nothing read, nobody asking.</summary>
    public ScanState Start() => new(Rig);

    /// <summary>Checksum of everything that decides what protection does (SAF-32).</summary>
    public string ProtectionChecksum { get; }

    /// <summary>
    /// Brings back what people had set and what alarms were, from the record of before (ALM-22); and keeps the rig tripped where its protection
    /// is not the one on record (SAF-32). Before the first scan only.
    /// </summary>
    /// <param name="now">Plant time at which it goes on.</param>
    /// <param name="away">Time since the last of the record; null: the clock of the record goes on, so that it follows from <paramref name="now"/>.</param>
    public void Recall(ScanState state, IReadOnlyList<BatchEvent> record, TimeSpan now, TimeSpan? away = null)
    {
        if (state.Scan != 0) throw new InvalidOperationException("what stood before is brought back before the first scan");
        var recall = new StateRecall(Rig, state);
        foreach (BatchEvent happened in record) recall.Take(happened);
        TimeSpan shift = away is { } time && record.Count > 0 ? now - time - record[^1].At : TimeSpan.Zero;
        recall.End(now, shift, ProtectionChange.LastIn(record), ProtectionChecksum);
    }

    /// <summary>Whether something of an event may still stand after a restart: what <see cref="Recall"/> needs of a long record.</summary>
    public static bool Recalls(BatchEvent happened) => StateRecall.Concerns(happened);

    /// <summary>The plan of the exchange before the first scan: every output at its trip value, as the rig starts tripped (SAF-04).</summary>
    public OutputPlan Opening(ScanState state, TimeSpan now) => new(state.Scan, now, now + PlanLivesForScans * Rig.ScanPeriod, state.Last);

    /// <summary>
    /// One scan. Never throws: a fault of its own trips the whole rig, latched (SAF-31). Exchange with the buses once before the first
    /// scan: what was never read trips every row that looks at it (SAF-08).
    /// </summary>
    /// <param name="now">Monotonic plant time.</param>
    /// <param name="readings">What the buses last read, by tag ordinal; copied.</param>
    public PlantFrame Scan(ScanState state, TimeSpan now, ReadOnlySpan<Reading> readings)
    {
        double seconds = Begin(state, now);
        try
        {
            return Decide(state, readings, seconds);
        }
        catch (Exception fault)
        {
            return TripAll(state, readings, fault);
        }
    }

    /// <summary>
    /// Whether a unit may start or restart an operation: no trip stands on the unit and every permissive of that operation is true (SAF-01).
    /// </summary>
    /// <returns>Null when it may; else every reason, in words a person can act on.</returns>
    public string? WhyNot(PlantFrame frame, int unit, string operation)
    {
        string? tripped = WhyTripped(frame, unit);
        string? missing = Obstacle.Sentence(permissives.Missing(frame.Image, unit, operation));
        return tripped is null ? missing : missing is null ? tripped : tripped + "; " + missing;
    }

    /// <summary>The same as <see cref="WhyNot"/>, link by link: trips with their first-out, permissives, bad instruments behind them.</summary>
    public ImmutableArray<Obstacle> Against(PlantFrame frame, int unit, string operation) =>
        [.. permissives.Tripped(frame, unit), .. permissives.Missing(frame.Image, unit, operation)];

    /// <summary>Which trips stand on a unit (those that command it and the rig's own).</summary>
    /// <returns>Null when none does; else what they are and what they wait for.</returns>
    public string? WhyTripped(PlantFrame frame, int unit) => Obstacle.Sentence(permissives.Tripped(frame, unit));

    /// <summary>What protection forces an output with, in words; null when it does not.</summary>
    public string? WhyForced(PlantFrame frame, int output) => permissives.WhyForced(frame, output);

    /// <summary>The rule of suppression by design of that number (<see cref="AlarmStatus.Rule"/>), in words; empty for none.</summary>
    public string SuppressionText(int alarm, int rule) => alarms.SuppressionText(alarm, rule);

    /// <summary>Why the next scan would refuse a command as things stand; null when it would not. Nothing changes.</summary>
    public string? WhyNot(ScanState state, in ScanCommand command)
    {
        ScanState trial = state.Fork();
        trial.Commands.Clear();
        trial.Outcomes.Clear();
        trial.Commands.Add(command);
        commands.Judge(trial);
        CommandOutcome outcome = trial.Outcomes[^1];
        return outcome.Accepted ? null : outcome.Text;
    }

    /// <summary>Ticks of the hard-wired protections, by ordinal (SAF-33).</summary>
    public static ImmutableArray<HardWiredTick> HardWired(ScanState state) => state.Trips.HardWired;

    /// <summary>The AlarmMetrics object as it stands (ALM-20).</summary>
    public static AlarmMeterReading AlarmMeter(ScanState state) => AlarmJudge.Meter(state);

    /// <summary>Why the rig stays tripped until a change of its protection is accepted (SAF-32); null when nothing waits.</summary>
    public static string? AwaitsAcceptance(ScanState state) => ProtectionChange.Waits(state);

    /// <summary>Tuning, proposal and figures of a loop as they stand.</summary>
    public LoopDetail LoopDetail(ScanState state, int loop) => LoopCommands.Detail(Rig.Loops[loop], state.Loops[loop]);

    private double Begin(ScanState state, TimeSpan now)
    {
        TimeSpan elapsed = state.Scan == 0 ? Rig.ScanPeriod : now - state.Now;
        bool overrun = elapsed > LongestGap * Rig.ScanPeriod;
        if (overrun) state.Overruns++;
        state.Scan++;
        state.Now = now;
        state.Events.Clear();
        state.Outcomes.Clear();
        return Math.Max(0, (overrun ? Rig.ScanPeriod : elapsed).TotalSeconds);
    }

    private PlantFrame Decide(ScanState state, ReadOnlySpan<Reading> readings, double seconds)
    {
        if (state.Standing.Count > 0) state.TellStanding();
        overrides.End(state);
        overrides.TellShift(state);
        state.Scope.Image = images.Build(state, readings);
        AnnounceRigTrip(state);
        bool changed = matrix.Judge(state);
        overrides.TellVotes(state);
        changed |= commands.Judge(state);
        ProofTests.Judge(Rig, state);
        if (changed || state.Trips.Stale) matrix.ApplyForces(state.Trips);
        alarms.Judge(state);
        panel?.Drive(state);
        leases.Take(state);
        loops.Advance(state, seconds);
        arbiter.Decide(state, seconds);
        loops.Settle(state, seconds);
        leases.End(state);
        return Frame(state, state.Scope.Image, loops.Status(state));
    }

    private static void AnnounceRigTrip(ScanState state)
    {
        if (!state.Trips.Announce) return;
        state.Trips.Announce = false;
        state.Tell(ScanEventKind.RigTripped, -1, "rig", $"the whole rig tripped: {state.Trips.Rig.Why}");
    }

    // Touches as little as possible: whatever failed may have left any part of the state half done.
    private PlantFrame TripAll(ScanState state, ReadOnlySpan<Reading> readings, Exception fault)
    {
        state.TripRig($"scan failed: {fault.GetType().Name}: {fault.Message}");
        AnnounceRigTrip(state);
        state.Trips.Stale = true;
        state.Offers.Clear();
        state.Commands.Clear();
        var values = new double[Rig.Outputs.Length];
        var status = new OutputStatus[values.Length];
        for (int o = 0; o < values.Length; o++)
        {
            OutputDefinition output = Rig.Outputs[o];
            values[o] = output.Trip.Keep ? state.Last[o] : OutputRules.Legal(output, output.Trip.Value, state.Last[o]);
            Arbiter.FollowInManual(state, o, values[o]);
            status[o] = new OutputStatus(OutputSource.Protection, !double.IsNaN(state.Manual[o]), default);
        }

        state.Last = values;
        state.Status = status;
        state.Trips.UnitCommands = Enumerable.Repeat(PhaseCommand.Abort, Rig.Units.Length).ToArray();
        for (int i = 0; i < state.Loops.Length; i++) LoopController.Stop(ref state.Loops[i]);
        Image image = state.Scope.Image.Scan == state.Scan ? state.Scope.Image : Blind(state);
        return Frame(state, image, new LoopStatus[state.Loops.Length]);
    }

    private Image Blind(ScanState state)
    {
        var readings = new Reading[Rig.Tags.Length];
        Array.Fill(readings, Reading.Never);
        return new Image(state.Scan, state.Now, readings);
    }

    private PlantFrame Frame(ScanState state, Image image, LoopStatus[] loopStatus) => new(
        image,
        new OutputPlan(state.Scan, state.Now, state.Now + PlanLivesForScans * Rig.ScanPeriod, state.Last),
        state.Trips.Rig,
        ImmutableCollectionsMarshal.AsImmutableArray(state.Trips.Status),
        ImmutableCollectionsMarshal.AsImmutableArray(state.Alarms.Status),
        ImmutableCollectionsMarshal.AsImmutableArray(loopStatus),
        ImmutableCollectionsMarshal.AsImmutableArray(state.Status),
        ImmutableCollectionsMarshal.AsImmutableArray(state.Trips.UnitCommands),
        [.. state.Events],
        [.. state.Outcomes],
        state.Leases.Counters)
    {
        Overrides = state.Overrides.Active,
        HardWired = state.Trips.HardWired,
    };
}
