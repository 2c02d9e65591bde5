using Crm.Contracts;
using Crm.Control;
using Crm.Host.Runs;
using Crm.Host.Technician;
using Crm.Plant.Alarms;
using Crm.Plant.Campaigns;
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
    private readonly BatchMeters meters;

    /// <summary>On the twin, with a journal that is closed with it.</summary>
    public RigCore(RunInputs inputs, int seed, SqliteJournal journal)
        : this(new TwinRig(inputs, seed, journal), journal, journal)
    {
    }

    /// <param name="files">Closed with it.</param>
    /// <param name="disk">Where history is kept for good, closed with it; null keeps it in memory alone.</param>
    public RigCore(IRunningRig rig, IJournal journal, IDisposable files, HistoryThread? disk = null)
    {
        (this.rig, this.journal, this.files) = (rig, journal, files);
        twin = rig as TwinRig;
        History = new RigHistory(Rig, disk);
        recorder = new HistoryRecorder(Rig, History);
        Folder = new FrameFolder(Rig);
        meters = new BatchMeters(Rig);
        Plant.OnEvent = Tell;
        if (twin is not null) twin.CannotAttend = why => Audit("simulated technician", $"{why}; the simulated technician is off: answer by hand");
        Plant.OnOutcome = intake.Outcome;
        Plant.OnFrame = frame =>
        {
            recorder.Record(frame.Image, frame.Plan);
            meters.Observe(frame);
            Folder.Observe(frame);
        };
    }

    public RigDefinition Rig => rig.Rig;

    /// <summary>Simulated: its time may be paced, and it has hands and a laboratory of its own.</summary>
    public bool IsTwin => twin is not null;

    /// <summary>Content of the twin file; null on hardware.</summary>
    public string? TwinHash => twin?.TwinHash;

    public PlantController Plant => rig.Control;

    public RigHistory History { get; }

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
    public string Slow => !Unattended && promptIsOpen ? "a prompt is open"
        : seen?.Alarms.Any(a => a is { Definition.Priority: AlarmPriority.Critical, Status.State: AlarmState.UnacknowledgedActive }) == true ? "a critical alarm is active"
        : "";

    private PlantSnapshot? seen;
    private bool promptIsOpen;

    public void Scan()
    {
        rig.Scan();
        if (IsTwin) History.CatchUp();
        meters.Note(Now, Plant.Frame?.Scan ?? 0, Noted);
        intake.Recorded(Plant.IsOnRecord, Plant.RecordFault);
    }

    /// <summary>The plant as the current batch stands in it; remembers what slows plant time down.</summary>
    public PlantSnapshot Look()
    {
        seen = Plant.Snapshot();
        promptIsOpen = Plant.Batches.Any(b => !b.IsOver && b.State != PhaseState.Idle && (b.Id == seen.Id ? seen : Plant.Snapshot(b.Id)).Prompts.Length > 0);
        return seen;
    }

    /// <param name="batch">Empty: the current one.</param>
    public PlantSnapshot Look(string batch) => Plant.Snapshot(batch);

    /// <summary>Before the first scan of a controller that came back: which steps were done and what happened is told as the record has it.</summary>
    public void Remember(IReadOnlyList<BatchEvent> record)
    {
        foreach (var happened in record)
        {
            Story.Tell(happened);
            meters.Recall(happened);
        }

        meters.GoOn();
    }

    /// <summary>A person's command; a repeat under the same key gets the first answer again.</summary>
    public Task<CommandResult> Command(string by, string id, Func<long, OperatorCommand> make) => intake.Give(Plant, by + "/" + id, id, make);

    /// <summary>What is asked of the service itself, and what was refused before it reached the plant, is on record too.</summary>
    public void Audit(string who, string what, bool refused = true, string subject = "access")
    {
        var audited = new BatchEvent(Now, Plant.Frame?.Scan ?? 0, refused ? BatchEventKind.CommandRefused : BatchEventKind.Note, subject, what, who, BatchEvent.NoData);
        // The answer does not change when the disk does not take it: it waits with what the plant has to tell.
        Plant.Note(audited);
        Tell(audited);
    }

    /// <summary>Something that people did about the rig, and not to it.</summary>
    public bool Noted(string subject, string what, string who)
    {
        Audit(who, what, refused: false, subject);
        return true;
    }

    /// <summary>What the meters have counted for a batch that still runs; nothing of it goes on record. Null when it has no totals of its own.</summary>
    public BatchEvent? MetersSoFar(string batch) => meters.SoFar(batch, Now, Plant.Frame?.Scan ?? 0);

    /// <summary>Totals of the meters; a record that cannot be written keeps them waiting, never the scan.</summary>
    private bool Noted(BatchEvent totals)
    {
        if (Plant.Enter(totals).Fault is not null) return false;
        Tell(totals);
        return true;
    }

    /// <summary>The twin's hands do what a prompt asks for, and its scale and laboratory say what a person then answers with.</summary>
    /// <returns>Null when there is no such prompt, or on hardware no such hands.</returns>
    public PromptAnswer? Work(string prompt, string by, double? mass = null, string batch = "")
    {
        if (Look(batch) is not { } stands || stands.Prompts.FirstOrDefault(p => p.Prompt.Id == prompt) is not { } view) return null;
        try
        {
            return BenchOf(stands.Id)?.Answer(view, by, mass);
        }
        catch (ArgumentException missing)
        {
            // A lot that a lost twin had made: what the person says is taken, and nothing moves in the twin.
            Audit(by, $"the twin cannot do what {prompt} asks for: {missing.Message}");
            return null;
        }
    }

    /// <summary>What the laboratory found in a sample, or why it cannot say.</summary>
    public (Assay? Results, string Why) Laboratory(string name, string batch = "")
    {
        var stands = Look(batch);
        if (BenchOf(stands.Id) is not { } bench) return (null, "this is no twin: the results come from your own laboratory");
        if (stands.Samples.FirstOrDefault(s => s.Sample.Name == name) is not { } pending) return (null, $"no results of a sample {name} are awaited");
        bench.Take(pending.Sample);
        if (Now < pending.DueAt) return (null, $"the laboratory needs until {PlantClock.Text(pending.DueAt)} of plant time");
        return (bench.Results(pending.Sample), "");
    }

    /// <summary>Corner of the twin's bench of a batch; null on hardware.</summary>
    private TwinBench? BenchOf(string batch) => twin?.BenchOf(batch);

    /// <summary>Puts a further batch beside those there are, on record before it is there; what people have set aside stays, for the scan goes on.</summary>
    /// <param name="file">File of its recipe: a controller that comes back after a loss reads it again.</param>
    /// <param name="formula">Values other than the file's, in force in the recipe already.</param>
    /// <returns>Its name in the answer's reason, or why not.</returns>
    public Task<CommandResult> Begin(string by, string id, ControlRecipe recipe, string file, IReadOnlyDictionary<string, string> formula) =>
        intake.Once(by + "/" + id, () => Add(id, by, recipe, file, formula));

    private Task<CommandResult> Add(string id, string by, ControlRecipe recipe, string file, IReadOnlyDictionary<string, string> formula)
    {
        string name = RunInputs.BatchName(Plant.Batches.Length);
        if (Plant.WhyNotAdd(name) is { } why) return Task.FromResult(new CommandResult(id, "refused", why));
        return Recorded(id, name, RigRecord.Further(name, recipe, file, formula, by, Now, Plant.Frame?.Scan ?? 0), () => Plant.Add(name, recipe));
    }

    /// <summary>Puts every batch of a campaign beside those there are, on record before they are there; none begins before a person starts the campaign.</summary>
    /// <param name="plan">As its file has it.</param>
    /// <returns>Its name on this rig in the answer's reason, or why not.</returns>
    public Task<CommandResult> Begin(string by, string id, CampaignPlan plan, string file) => intake.Once(by + "/" + id, () => Add(id, by, plan, file));

    /// <summary>Why a campaign cannot be put on the rig now; null when it can.</summary>
    public string? WhyNotAdd(CampaignPlan plan) => Plant.WhyNotAdd(RecipeShelf.OnRig(plan, Plant.NextCampaign));

    private Task<CommandResult> Add(string id, string by, CampaignPlan plan, string file)
    {
        if (WhyNotAdd(plan) is { } why) return Task.FromResult(new CommandResult(id, "refused", why));
        CampaignPlan own = RecipeShelf.OnRig(plan, Plant.NextCampaign);
        var campaign = CampaignOnRig.Of(own, Plant.NextCampaign, by);
        return Recorded(id, campaign.Name, RigRecord.Further(campaign, own, file, Now, Plant.Frame?.Scan ?? 0), () => Plant.Add(own, campaign));
    }

    /// <summary>On record first, then done; or refused when the record cannot be written.</summary>
    private Task<CommandResult> Recorded(string id, string name, BatchEvent added, Action act)
    {
        var answer = Plant.Enter(added);
        if (answer.Fault is { } fault) return Task.FromResult(new CommandResult(id, "refused", $"the record cannot be written: {fault}; make room on the disk of the record, or mend it"));
        Tell(added);
        act();
        return answer.Pending ? intake.WhenRecorded(id, name) : Task.FromResult(new CommandResult(id, "accepted", name));
    }

    /// <summary>Breaks something in the twin.</summary>
    public void Inject(PlantFault fault) => twin?.Inject(fault);

    /// <summary>What the device at the end of the wire does.</summary>
    public double Pin(int output) => twin?.Pin(output) ?? double.NaN;

    public int CommandsPending => intake.Pending;

    /// <summary>How long entries take to the record, and how many commits wait for its disk; any thread.</summary>
    public (CommitMeter Meter, int Waiting) Commits => files switch
    {
        RigRecord record => record.Commits,
        SqliteJournal own => (own.Commits, 0),
        _ => (new CommitMeter(), 0),
    };

    public void Dispose()
    {
        (rig as IDisposable)?.Dispose();
        History.Dispose();
        files.Dispose();
    }

    private void Tell(BatchEvent happened)
    {
        meters.Hear(happened);
        var told = Story.Tell(happened);
        Folder.Observe(told);
        if (happened.Kind is BatchEventKind.Prompt or BatchEventKind.AlarmRaised or BatchEventKind.Trip or BatchEventKind.StepStarted
            or BatchEventKind.Sample or BatchEventKind.Fault or BatchEventKind.LimitReached or BatchEventKind.BatchState) Notable = told.Number;
    }
}
