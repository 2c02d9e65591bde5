using Crm.Contracts;
using Crm.Control;
using Crm.Host.Runs;
using Crm.Plant.Alarms;
using Crm.Plant.Lots;
using Crm.Plant.Phases;
using Crm.Plant.Ports;
using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Store.History;
using Crm.Store.Journal;

namespace Crm.Host.Service;

/// <summary>Everything of one rig that only its controller thread touches: what is behind its wires, controllers, record, history, story.</summary>
public sealed partial class RigCore : IDisposable
{
    private readonly IRunningRig rig;
    private readonly TwinRig? twin;
    private readonly IJournal journal;
    private readonly IDisposable files;
    private readonly HistoryRecorder recorder;
    private readonly CommandIntake intake = new();

    /// <summary>On the twin, with a journal that is closed with it.</summary>
    public RigCore(RunInputs inputs, int seed, SqliteJournal journal)
        : this(new TwinRig(inputs, seed, journal), journal, journal)
    {
    }

    /// <param name="files">Closed with it.</param>
    public RigCore(IRunningRig rig, IJournal journal, IDisposable files)
    {
        (this.rig, this.journal, this.files) = (rig, journal, files);
        twin = rig as TwinRig;
        Trends = new MemoryHistory(Rig, Folding.OlderHalf, TrendLimit);
        recorder = new HistoryRecorder(Rig, Trends);
        Folder = new FrameFolder(Rig);
        Plant.OnEvent = Tell;
        Plant.OnOutcome = intake.Outcome;
        Plant.OnFrame = frame =>
        {
            recorder.Record(frame.Image, frame.Plan);
            Folder.Observe(frame);
        };
    }

    public RigDefinition Rig => rig.Rig;

    /// <summary>Simulated: its time may be paced, and it has hands and a laboratory of its own.</summary>
    public bool IsTwin => twin is not null;

    public PlantController Plant => rig.Control;

    public MemoryHistory Trends { get; }

    public FrameFolder Folder { get; }

    public Story Story { get; } = new();

    public TimeSpan Now => rig.Now;

    /// <summary>The simulated technician answers prompts and resets trips.</summary>
    public bool Unattended
    {
        get => twin?.Unattended == true;
        set
        {
            if (twin is not null) twin.Unattended = value;
        }
    }

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
        rig.Scan();
        intake.Recorded(Plant.IsOnRecord, Plant.RecordFault);
    }

    public PlantSnapshot Look() => Seen = Plant.Snapshot();

    /// <summary>A person's command; a repeat under the same key gets the first answer again.</summary>
    public Task<CommandResult> Command(string by, string id, Func<long, OperatorCommand> make) => intake.Give(Plant, by + "/" + id, id, make);

    /// <summary>What was refused before it reached the plant is on record too.</summary>
    public void Audit(string who, string what)
    {
        var refusal = new BatchEvent(Now, Plant.Frame?.Scan ?? 0, BatchEventKind.CommandRefused, "access", what, who, BatchEvent.NoData);
        journal.Append(refusal);
        journal.Commit();
        Tell(refusal);
    }

    /// <summary>The twin's hands do what a prompt asks for, and its scale and laboratory say what a person then answers with.</summary>
    /// <returns>Null when there is no such prompt, or on hardware no such hands.</returns>
    public PromptAnswer? Work(string prompt, string by, double? mass = null) =>
        Look().Prompts.FirstOrDefault(p => p.Prompt.Id == prompt) is { } view ? twin?.Bench?.Answer(view, by, mass) : null;

    /// <summary>What the laboratory found in a sample, or why it cannot say.</summary>
    public (Assay? Results, string Why) Laboratory(string name)
    {
        if (twin?.Bench is not { } bench) return (null, "this is no twin: the results come from your own laboratory");
        if (Look().Samples.FirstOrDefault(s => s.Sample.Name == name) is not { } pending) return (null, $"no results of a sample {name} are awaited");
        bench.Take(pending.Sample);
        if (Now < pending.DueAt) return (null, $"the laboratory needs until {PlantClock.Text(pending.DueAt)} of plant time");
        return (bench.Results(pending.Sample), "");
    }

    /// <summary>Breaks something in the twin.</summary>
    public void Inject(PlantFault fault) => twin?.Inject(fault);

    /// <summary>What the device at the end of the wire does.</summary>
    public double Pin(int output) => twin?.Pin(output) ?? double.NaN;

    public int CommandsPending => intake.Pending;

    public void Dispose()
    {
        (rig as IDisposable)?.Dispose();
        files.Dispose();
    }

    /// <summary>Samples a tag; the last quarter of an hour of one that moves with every scan stays as it was read.</summary>
    private const int TrendLimit = 20_000;

    private void Tell(BatchEvent happened)
    {
        var seen = Story.Tell(happened);
        Folder.Observe(seen);
        if (happened.Kind is BatchEventKind.Prompt or BatchEventKind.AlarmRaised or BatchEventKind.Trip or BatchEventKind.StepStarted
            or BatchEventKind.Sample or BatchEventKind.Fault or BatchEventKind.LimitReached or BatchEventKind.BatchState) Notable = seen.Number;
    }
}
