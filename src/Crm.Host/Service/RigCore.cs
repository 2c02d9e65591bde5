using Crm.Contracts;
using Crm.Control;
using Crm.Host.Runs;
using Crm.Host.Technician;
using Crm.Plant.Alarms;
using Crm.Plant.Lots;
using Crm.Plant.Phases;
using Crm.Plant.Ports;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.UnitOperations;
using Crm.Store.History;
using Crm.Store.Journal;
using Crm.Twin;

namespace Crm.Host.Service;

/// <summary>Everything of one rig that only its controller thread touches: twin, controllers, record, history, story.</summary>
public sealed class RigCore : IDisposable
{
    private readonly RunInputs inputs;
    private readonly int seed;
    private readonly TwinPlant twin;
    private readonly SqliteJournal journal;
    private readonly HistoryRecorder recorder;
    private readonly CommandIntake intake = new();
    private UnattendedTechnician technician = null!;
    private TwinBench bench = null!;
    private TimeSpan now;

    public RigCore(RunInputs inputs, int seed, SqliteJournal journal)
    {
        (this.inputs, this.seed, this.journal) = (inputs, seed, journal);
        twin = new TwinPlant(inputs.Rig, inputs.Twin, seed);
        Trends = new TrendStore(inputs.Rig);
        recorder = new HistoryRecorder(inputs.Rig, Trends);
        Folder = new FrameFolder(inputs.Rig);
        Plant = Compose(inputs.Recipe);
    }

    public RigDefinition Rig => inputs.Rig;

    public PlantController Plant { get; private set; }

    public TrendStore Trends { get; }

    public FrameFolder Folder { get; }

    public Story Story { get; private set; } = new();

    public TimeSpan Now => now;

    /// <summary>The simulated technician answers prompts and resets trips.</summary>
    public bool Unattended { get; set; }

    /// <summary>Number of the last event a person wants to be stopped at: prompt, alarm, trip, step, sample, fault.</summary>
    public long Notable { get; private set; }

    /// <summary>Why plant time should not run faster than the clock; empty when it may.</summary>
    public string Slow => !Unattended && Seen is { Prompts.Length: > 0 } ? "a prompt is open"
        : Seen?.Alarms.Any(a => a is { Definition.Priority: AlarmPriority.Critical, Status.State: AlarmState.UnacknowledgedActive }) == true ? "a critical alarm is active"
        : "";

    /// <summary>The snapshot taken last by <see cref="Look"/>.</summary>
    public PlantSnapshot? Seen { get; private set; }

    public void Scan()
    {
        now += Rig.ScanPeriod;
        twin.AdvanceTo(now);
        Plant.Scan(now);
        if (Unattended) technician.Work(Plant, now);
    }

    public PlantSnapshot Look() => Seen = Plant.Snapshot();

    /// <summary>A person's command; a repeat under the same key gets the first answer again.</summary>
    public Task<CommandResult> Command(string by, string id, Func<long, OperatorCommand> make) => intake.Give(Plant, by + "/" + id, id, make);

    /// <summary>What was refused before it reached the plant is on record too.</summary>
    public void Audit(string who, string what)
    {
        var refusal = new BatchEvent(now, Plant.Frame?.Scan ?? 0, BatchEventKind.CommandRefused, "access", what, who, BatchEvent.NoData);
        journal.Append(refusal);
        journal.Commit();
        Tell(refusal);
    }

    /// <summary>The twin's hands do what a prompt asks for, and its scale and laboratory say what a person then answers with.</summary>
    /// <returns>Null when there is no such prompt.</returns>
    public PromptAnswer? Work(string prompt, string by, double? mass = null) =>
        Look().Prompts.FirstOrDefault(p => p.Prompt.Id == prompt) is { } view ? bench.Answer(view, by, mass) : null;

    /// <summary>What the laboratory found in a sample, or why it cannot say.</summary>
    public (Assay? Results, string Why) Laboratory(string name)
    {
        if (Look().Samples.FirstOrDefault(s => s.Sample.Name == name) is not { } pending) return (null, $"no results of a sample {name} are awaited");
        bench.Take(pending.Sample);
        if (now < pending.DueAt) return (null, $"the laboratory needs until {Clock(pending.DueAt)} of plant time");
        return (bench.Results(pending.Sample), "");
    }

    /// <summary>A recipe for the next batch; the batch before must have ended. The rig starts tripped, as after every start.</summary>
    public string? Load(ControlRecipe recipe)
    {
        if (Plant.BatchState is not (PhaseState.Idle or PhaseState.Complete or PhaseState.Stopped or PhaseState.Aborted))
            return $"the batch is {Plant.BatchState}: end it first";
        Story = new Story();
        Plant = Compose(recipe);
        return null;
    }

    /// <summary>The batch is held and the values of HELD are at the pins; what happened is in the record.</summary>
    public void BringToRest(string why)
    {
        if (Plant.BatchState is PhaseState.Running or PhaseState.Restarting or PhaseState.Paused or PhaseState.Pausing)
            Plant.Command(new CommandBatch(long.MaxValue, "service", PhaseCommand.Hold, why));
        Unattended = false;
        for (int i = 0; i < RestScans; i++) Scan();
        recorder.Finish();
        journal.Commit();
    }

    /// <summary>Breaks something in the twin.</summary>
    public void Inject(PlantFault fault) => twin.Inject(fault);

    /// <summary>What the device at the end of the wire does.</summary>
    public double Pin(int output) => twin.Pin(output);

    public int CommandsPending => intake.Pending;

    public void Dispose() => journal.Dispose();

    /// <summary>3 s of plant time: HOLDING is over and every lapse of a feed has passed.</summary>
    private const int RestScans = 30;

    private PlantController Compose(ControlRecipe recipe)
    {
        bench = new TwinBench(twin.Hands, seed);
        technician = new UnattendedTechnician(bench);
        return new PlantController(Rig, recipe, [.. Rig.Buses.Select(b => (IBus)twin.Bus(b.Name))], UnitOperationCatalogue.All, journal)
        {
            OnEvent = Tell,
            OnOutcome = intake.Outcome,
            OnFrame = frame =>
            {
                recorder.Record(frame.Image);
                Folder.Observe(frame);
            },
        };
    }

    private void Tell(BatchEvent happened)
    {
        var seen = Story.Tell(happened);
        Folder.Observe(seen);
        if (happened.Kind is BatchEventKind.Prompt or BatchEventKind.AlarmRaised or BatchEventKind.Trip or BatchEventKind.StepStarted
            or BatchEventKind.Sample or BatchEventKind.Fault or BatchEventKind.LimitReached or BatchEventKind.BatchState) Notable = seen.Number;
    }

    private static string Clock(TimeSpan at) => $"{(int)at.TotalHours}:{at.Minutes:00}:{at.Seconds:00}";
}
