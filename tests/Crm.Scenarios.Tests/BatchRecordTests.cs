using System.Globalization;
using Crm.Control;
using Crm.Host.Runs;
using Crm.Plant.Loops;
using Crm.Plant.Phases;
using Crm.Plant.Ports;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Store.Journal;

namespace Crm.Scenarios.Tests;

/// <summary>
/// The record of one scripted batch on the bench kit's twin, in a real journal with a clock (S88-24, S88-27): everything that was done or happened is
/// there, in order, with a time and a cause.
/// </summary>
public sealed class BatchRecordTests(ScriptedBatch batch) : IClassFixture<ScriptedBatch>
{
    /// <summary>Kind of event by [2] of the requirements, and a word of kind, subject, text or data by which it is found. Every line must be on record.</summary>
    public static TheoryData<string, BatchEventKind, string> Kinds => new()
    {
        { "recipe version", BatchEventKind.Note, "formula.volume=2 L" },
        { "recipe version", BatchEventKind.Note, "version=1.0.0" },
        { "state change of the batch", BatchEventKind.BatchState, "state=running" },
        { "state change of the batch", BatchEventKind.BatchState, "state=held" },
        { "state change of the batch", BatchEventKind.BatchState, "state=complete" },
        { "state change of a phase", BatchEventKind.PhaseState, "to=RUNNING" },
        { "state change of a phase", BatchEventKind.PhaseState, "to=HELD" },
        { "state change of a phase", BatchEventKind.PhaseState, "to=COMPLETE" },
        { "command", BatchEventKind.Command, "START" },
        { "command", BatchEventKind.Command, "HOLD: look at the beaker" },
        { "command", BatchEventKind.Command, "RESTART" },
        { "refused command", BatchEventKind.CommandRefused, "START" },
        { "mode change", BatchEventKind.ModeChanged, "mode=SemiAutomatic" },
        { "mode change", BatchEventKind.ModeChanged, "mode=Automatic" },
        { "allocation", BatchEventKind.Allocation, "allocation=Granted" },
        { "deallocation", BatchEventKind.Allocation, "allocation=Released" },
        { "parameter of a phase", BatchEventKind.StepStarted, "argument.target=" },
        { "parameter change", BatchEventKind.Command, "reactor.temperature_loop" },
        { "parameter change", BatchEventKind.Command, "reactor.drain_valve" },
        { "prompt", BatchEventKind.Prompt, "line-up" },
        { "response", BatchEventKind.Answer, "line-up" },
        { "sample", BatchEventKind.Sample, "end" },
        { "laboratory", BatchEventKind.LabResult, "end" },
        { "material consumed", BatchEventKind.Dose, "mass_kg=" },
        { "material consumed", BatchEventKind.LotConsumed, "soda_liquor" },
        { "material produced", BatchEventKind.LotProduced, "neutral-liquor" },
        { "material in a vessel", BatchEventKind.Material, "vessel=reactor" },
        { "trip", BatchEventKind.Trip, "acid-overdose" },
        { "trip reset", BatchEventKind.TripReset, "rig" },
        { "alarm", BatchEventKind.AlarmRaised, "bench-held" },
        { "alarm acknowledged", BatchEventKind.Command, "bench-held" },
        { "alarm gone", BatchEventKind.AlarmCleared, "bench-held" },
        { "comment", BatchEventKind.Note, "colour of the liquor is as ever" },
        { "end of a step", BatchEventKind.StepEnded, "reactor/neutralise" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Everything_that_was_done_or_happened_is_on_record(string what, BatchEventKind kind, string word)
    {
        Assert.True(
            batch.Entries.Any(e => e.Event.Kind == kind && Words(e.Event).Contains(word, StringComparison.Ordinal)),
            $"{what}: no {kind} with '{word}'; {batch.Story}\n{string.Join('\n', batch.Entries.Where(e => e.Event.Kind == kind).Select(e => Words(e.Event)).Distinct().Take(25))}");
    }

    /// <summary>What people did, in their order, is on record in that order, each with the person.</summary>
    [Fact]
    public void What_people_did_is_there_in_the_order_of_their_acts()
    {
        int at = -1;
        foreach ((string act, string word) in batch.Acts)
        {
            int found = Enumerable.Range(at + 1, batch.Entries.Length - at - 1).FirstOrDefault(i => batch.Entries[i].Event.Cause.Contains("anna", StringComparison.Ordinal) && Words(batch.Entries[i].Event).Contains(word, StringComparison.Ordinal), -1);
            Assert.True(found >= 0, $"{act} ('{word}') is not on record after entry {at}");
            at = found;
        }
    }

    /// <summary>S88-27: sequence without gaps, UTC that never goes back, plant time that never goes back, and who or what caused it.</summary>
    [Fact]
    public void Every_entry_has_sequence_time_and_cause_S88_27()
    {
        Assert.True(batch.Entries.Length > 100, batch.Story);
        for (int i = 0; i < batch.Entries.Length; i++)
        {
            JournalEntry entry = batch.Entries[i];
            Assert.Equal(i + 1, entry.Sequence);
            DateTimeOffset stamp = DateTimeOffset.ParseExact(entry.Stamp, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
            Assert.Equal(TimeSpan.Zero, stamp.Offset);
            Assert.NotEmpty(entry.Event.Cause);
            Assert.NotEmpty(entry.Event.Text);
            if (i == 0) continue;
            Assert.True(string.CompareOrdinal(batch.Entries[i - 1].Stamp, entry.Stamp) <= 0, $"entry {entry.Sequence} is stamped before the one in front of it");
            Assert.True(batch.Entries[i - 1].Event.At <= entry.Event.At, $"entry {entry.Sequence} at {entry.Event.At} after {batch.Entries[i - 1].Event.At}");
            if (entry.Event.Kind == BatchEventKind.PhaseState) Assert.True(entry.Event.Data.ContainsKey("from") && entry.Event.Data.ContainsKey("to") && entry.Event.Data.ContainsKey("unit"), Words(entry.Event));
            if (entry.Event.Kind == BatchEventKind.BatchState) Assert.True(entry.Event.Data.ContainsKey("state"), Words(entry.Event));
        }

        // A state change that follows from a person's command names the person; one of a condition names the condition.
        Assert.Contains(batch.Entries, e => e.Event.Kind == BatchEventKind.BatchState && e.Event.Data["state"] == "holding" && e.Event.Cause == "anna");
        Assert.Contains(batch.Entries, e => e.Event.Kind == BatchEventKind.PhaseState && e.Event.Cause == "recipe");
    }

    private static string Words(BatchEvent e) => $"{e.Kind} {e.Subject} {e.Text} {e.Cause} {string.Join(' ', e.Data.Select(d => $"{d.Key}={d.Value}"))}";
}

/// <summary>A batch of the bench recipe in which a person does everything there is to do once.</summary>
public sealed class ScriptedBatch : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("crm-record-").FullName;
    private readonly TwinRig rig;
    private readonly List<(string Act, string Word)> acts = [];
    private long number = 1_000_000;

    public ScriptedBatch()
    {
        using SqliteJournal journal = SqliteJournal.Open(Path.Combine(folder, "batch.db"), new Ticking());
        rig = new TwinRig(PilotFiles.Load("bench-kit", "recipes/bench/neutralise-soda-liquor.yaml"), 3, journal) { Unattended = true };
        Until(() => rig.Control.BatchState == PhaseState.Running, 10);
        Do("refused START", "START refused", id => new CommandBatch(id, "anna", PhaseCommand.Start));
        Until(() => Doing("reactor/warm"), 60);
        Do("semi-automatic", "mode=SemiAutomatic", id => new ChangeMode(id, "anna", ProcedureMode.SemiAutomatic));
        Do("automatic", "mode=Automatic", id => new ChangeMode(id, "anna", ProcedureMode.Automatic));
        Do("manual", "reactor.drain_valve", id => new TakeManual(id, "anna", "reactor.drain_valve", 0));
        Do("given back", "reactor.drain_valve given back", id => new ReturnManual(id, "anna", "reactor.drain_valve"));
        Do("loop in AUTO", "reactor.temperature_loop", id => new SetLoopMode(id, "anna", "reactor.temperature_loop", LoopMode.Automatic));
        Do("loop back", "reactor.temperature_loop", id => new SetLoopMode(id, "anna", "reactor.temperature_loop", LoopMode.RemoteCascade));
        Do("comment", "colour of the liquor", id => new Remark(id, "anna", "colour of the liquor is as ever"));
        Until(() => rig.Pin(rig.Rig.Output("reactor.acid_pump")) > 3, 60);
        Do("hold", "HOLD: look at the beaker", id => new CommandBatch(id, "anna", PhaseCommand.Hold, "look at the beaker"));
        Until(() => rig.Control.BatchState == PhaseState.Held, 1);
        Until(() => Alarm("bench-held") is not null, 2);
        rig.Unattended = false;
        if (Alarm("bench-held") is { } alarm) Do("acknowledge", "bench-held", id => new AcknowledgeAlarm(id, "anna", "bench-held", alarm.Status.Occurrence));
        Do("restart", "RESTART", id => new CommandBatch(id, "anna", PhaseCommand.Restart));
        rig.Unattended = true;
        Until(() => rig.Control.BatchState == PhaseState.Complete, 60 * 12);
        rig.Inject(new PlantFault("reactor.acid_pump_feedback:dead", rig.Now));
        Until(() => Tripped("acid-overdose"), 5);
        Story = $"{rig.Control.BatchState} ({rig.Control.BatchReason}) at {rig.Now}";
        journal.Commit();
        Entries = [.. journal.Entries()];
    }

    internal JournalEntry[] Entries { get; }

    internal IReadOnlyList<(string Act, string Word)> Acts => acts;

    internal string Story { get; }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Do(string act, string word, Func<long, OperatorCommand> command)
    {
        rig.Scan();
        rig.Control.Command(command(++number));
        acts.Add((act, word));
        for (int i = 0; i < 3; i++) rig.Scan();
    }

    private void Until(Func<bool> condition, double minutes)
    {
        for (TimeSpan end = rig.Now + TimeSpan.FromMinutes(minutes); rig.Now < end && !condition();) rig.Scan();
    }

    private bool Doing(string step) => rig.Control.Snapshot().Steps.Any(s => s.Id == step);

    private bool Tripped(string id) => rig.Control.Snapshot().Trips.Any(t => t.Definition.Id == id);

    private AlarmView? Alarm(string id) => rig.Control.Snapshot().Alarms.FirstOrDefault(a => a.Definition.Id == id);

    /// <summary>A clock that goes on by a millisecond at every look.</summary>
    private sealed class Ticking : TimeProvider
    {
        private DateTimeOffset now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => now += TimeSpan.FromMilliseconds(1);
    }
}
