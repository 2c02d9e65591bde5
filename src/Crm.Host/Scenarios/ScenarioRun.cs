using System.Collections.Immutable;
using Crm.Control;
using Crm.Host.Ensembles;
using Crm.Host.Runs;
using Crm.Plant.Balances;
using Crm.Plant.Phases;
using Crm.Plant.Quantities;
using Crm.Plant.Records;
using Crm.Plant.Tags;
using Crm.Plant.Twins;

namespace Crm.Host.Scenarios;

/// <param name="Came">Plant time at which it was decided; null at the end.</param>
/// <param name="Found">What was seen instead; empty when it holds.</param>
public sealed record Judgement(ScenarioExpectation Expectation, bool Holds, TimeSpan? Came, string Found);

/// <param name="Batch">State of the batch at the end.</param>
public sealed record ScenarioResult(Scenario Scenario, TimeSpan Lasted, string Batch, ImmutableArray<Judgement> Judgements)
{
    public bool Passed => Judgements.All(j => j.Holds);
}

/// <summary>Runs a scenario on the twin with the unattended technician and judges, scan by scan, at the pins and in the record.</summary>
internal sealed class ScenarioRun
{
    private readonly Scenario scenario;
    private readonly RunInputs inputs;
    private readonly TwinRig rig;
    private readonly ImmutableArray<BatchEvent>.Builder events = ImmutableArray.CreateBuilder<BatchEvent>();
    private readonly HashSet<int> tripped = [], alarmed = [];
    private readonly Watch[] watches;
    private int command, told;

    public ScenarioRun(Scenario scenario, RunInputs inputs)
    {
        (this.scenario, this.inputs) = (scenario, inputs);
        rig = new TwinRig(inputs, scenario.Seed, new UnwrittenJournal()) { Unattended = true };
        foreach (var fault in scenario.Faults) rig.Inject(fault);
        rig.Control.OnEvent = events.Add;
        watches = [.. scenario.Expectations.Select(e => new Watch(e))];
    }

    public ScenarioResult Run()
    {
        var totals = new UtilityTotals(inputs.Rig);
        rig.Control.OnFrame = totals.Observe;
        long scan = 0;
        while (rig.Now < scenario.Until && !rig.Control.AllOver)
        {
            Command();
            rig.Scan();
            scan++;
            Look();
        }

        events.Add(totals.Note(rig.Now, scan));
        return new ScenarioResult(scenario, rig.Now, rig.Control.BatchState.ToString(), [.. watches.Select(w => w.Judge(IsSo(w.Expectation), Now(w.Expectation)))]);
    }

    private void Command()
    {
        for (; command < scenario.Commands.Length && scenario.Commands[command].At <= rig.Now; command++)
            rig.Control.Command(new CommandBatch(long.MaxValue - 200 - command, "operator", scenario.Commands[command].Command, "scenario"));
    }

    private void Look()
    {
        if (rig.Control.Frame is not { } frame) return;
        for (int i = 0; i < frame.Trips.Length; i++)
        {
            // A rig starts tripped and is reset once: what has not tripped since is none.
            if (frame.Trips[i].IsTripped && frame.Trips[i].FirstOut != 0) tripped.Add(i);
            else tripped.Remove(i);
        }

        alarmed.Clear();
        for (int i = 0; i < frame.Alarms.Length; i++)
            if (frame.Alarms[i].IsActive) alarmed.Add(i);
        foreach (Watch watch in watches.Where(w => w.Open && w.IsDue(rig.Now)))
        {
            if (watch.Expectation is not ProductExpected) watch.See(IsSo(watch.Expectation), rig.Now, () => Now(watch.Expectation));
        }

        told = events.Count;
    }

    private bool IsSo(ScenarioExpectation expectation) => expectation switch
    {
        TripExpected trip => tripped.Contains(trip.Trip),
        AlarmExpected alarm => alarmed.Contains(alarm.Alarm),
        BatchExpected batch => rig.Control.BatchState == batch.State,
        PinExpected pin => rig.Pin(pin.Output) is var driven && driven >= pin.Low && driven <= pin.High,
        ReadingExpected reading => rig.Control.Frame?.Image[reading.Tag] is { } read && read.Quality == Quality.Good && read.Value >= reading.Low && read.Value <= reading.High,
        RecordExpected record => Says(record.Text),
        ProductExpected product => Product() == product.Good,
        _ => false,
    };

    /// <summary>Looks at what is new; what was said once is said.</summary>
    private bool Says(string words)
    {
        for (int i = rig.Control.AllOver || rig.Now >= scenario.Until ? 0 : told; i < events.Count; i++)
        {
            BatchEvent told = events[i];
            if (told.Kind is BatchEventKind.Fault or BatchEventKind.Trip or BatchEventKind.LimitReached or BatchEventKind.CommandRefused or BatchEventKind.BatchState
                && (told.Subject + " " + told.Text + " " + told.Cause).Contains(words, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private bool Product() => rig.Control.BatchState == PhaseState.Complete
        && RunSummary.IsGood(BatchBalance.Compute(events.ToImmutable(), inputs.Recipe.Product, inputs.Rig.Reagents, rig.Now), inputs.Recipe.Product);

    /// <summary>What is there instead, in words.</summary>
    private string Now(ScenarioExpectation expectation) => expectation switch
    {
        PinExpected pin => FormattableString.Invariant($"the pin is at {rig.Pin(pin.Output):0.###} {inputs.Rig.Outputs[pin.Output].Unit}"),
        ReadingExpected reading => rig.Control.Frame?.Image[reading.Tag] is { } read
            ? FormattableString.Invariant($"it reads {read.Value:0.###} {inputs.Rig.Tags[reading.Tag].Unit}, {read.Quality.ToString().ToLowerInvariant()}") : "nothing was read",
        TripExpected => tripped.Count == 0 ? "nothing is tripped" : "tripped: " + string.Join(", ", tripped.Order().Select(t => inputs.Rig.Trips[t].Id)),
        AlarmExpected => alarmed.Count == 0 ? "no alarm is active" : "active: " + string.Join(", ", alarmed.Order().Take(6).Select(a => inputs.Rig.Alarms[a].Id)),
        _ => $"the batch is {rig.Control.BatchState}{(rig.Control.BatchReason.Length > 0 ? ": " + rig.Control.BatchReason : "")}{Refused()}",
    };

    private string Refused() => events.LastOrDefault(e => e.Kind == BatchEventKind.CommandRefused) is { } last ? $"; {PlantClock.Text(last.At)} {last.Text}" : "";

    /// <summary>One expectation over the scans.</summary>
    private sealed class Watch(ScenarioExpectation expectation)
    {
        private Judgement? decided;

        public ScenarioExpectation Expectation => expectation;

        public bool Open => decided is null;

        public bool IsDue(TimeSpan now) => expectation.When is var when && (when.By is { } by ? now <= by : when.Never || when.From is not null) && now >= (when.From ?? TimeSpan.Zero);

        public void See(bool isSo, TimeSpan now, Func<string> found)
        {
            if (expectation.When.By is not null)
            {
                if (isSo) decided = new Judgement(expectation, true, now, "");
            }
            else if (isSo == expectation.When.Never)
            {
                decided = new Judgement(expectation, false, now, expectation.When.Never ? "it is so" : found());
            }
        }

        public Judgement Judge(bool isSoAtEnd, string found) => decided ?? (expectation.When switch
        {
            { By: not null } => new Judgement(expectation, false, null, $"not by then; {found}"),
            { Never: true } => new Judgement(expectation, true, null, ""),
            { From: not null } => new Judgement(expectation, true, null, ""),
            _ => new Judgement(expectation, isSoAtEnd, null, isSoAtEnd ? "" : found),
        });
    }
}
