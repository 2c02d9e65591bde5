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
    private readonly ScenarioPlant plant;
    private readonly TwinRig rig;
    private readonly List<BatchEvent> events;
    private readonly HashSet<int> tripped = [], alarmed = [];
    private readonly ExpectationWatch[] watches;
    private readonly int begun;
    private int command, told;

    /// <summary>When the last expectation begins or ends; a batch that is over before is watched until then.</summary>
    private readonly TimeSpan lastAsked;

    /// <param name="start">Where it begins, when that is not the start of the run.</param>
    public ScenarioRun(Scenario scenario, RunInputs inputs, ScenarioStart? start = null)
    {
        (this.scenario, this.inputs) = (start is null ? scenario : scenario.BegunAt(start.At), inputs);
        scenario = this.scenario;
        plant = new ScenarioPlant(inputs, scenario.Seed);
        if (start?.Image is { } image) plant.Restore(image);
        (rig, events) = (plant.Rig, plant.Events);
        begun = told = events.Count;
        foreach (var fault in scenario.Faults) rig.Inject(fault);
        watches = [.. scenario.Expectations.Select(e => new ExpectationWatch(e))];
        lastAsked = scenario.Expectations.Select(e => e.When.By ?? e.When.From ?? TimeSpan.Zero).Append(TimeSpan.Zero).Max();
    }

    /// <summary>A scenario whose moment never came holds in nothing.</summary>
    public static ScenarioResult NotBegun(Scenario scenario, ScenarioStart start) =>
        new(scenario, start.At, "not there", [.. scenario.Expectations.Select(e => new Judgement(e, false, null, start.Problem))]);

    public ScenarioResult Run()
    {
        while (rig.Now < scenario.Until && !(rig.Control.AllOver && rig.Now > lastAsked))
        {
            Command();
            rig.Scan();
            Look();
        }

        events.Add(plant.Totals.Note(rig.Now, (long)Math.Round(rig.Now / inputs.Rig.ScanPeriod)));
        return new ScenarioResult(scenario, rig.Now, rig.Control.BatchState.ToString(), [.. watches.Select(w => w.Judge(IsSo(w.Expectation, Since(w.Expectation.When.From)), Instead(w.Expectation)))]);
    }

    private void Command()
    {
        for (; command < scenario.Commands.Length && scenario.Commands[command].At <= rig.Now; command++)
        {
            (long id, ScenarioCommand given) = (long.MaxValue - 200 - command, scenario.Commands[command]);
            rig.Control.Command(given.Command is { } toBatch ? new CommandBatch(id, "operator", toBatch, "scenario") : new FinishPhase(id, "operator", given.Unit, "scenario"));
        }
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
        foreach (ExpectationWatch watch in watches.Where(w => w.IsDue(rig.Now)))
            watch.See(IsSo(watch.Expectation, told), rig.Now, () => Instead(watch.Expectation));

        told = events.Count;
    }

    /// <summary>What was said before the scenario began is none of its.</summary>
    private int Since(TimeSpan? from) => Math.Max(begun, events.Count(e => e.At < from));

    /// <param name="from">First event of the record that counts.</param>
    private bool IsSo(ScenarioExpectation expectation, int from) => expectation switch
    {
        TripExpected trip => tripped.Contains(trip.Trip),
        AlarmExpected alarm => alarmed.Contains(alarm.Alarm),
        BatchExpected batch => rig.Control.BatchState == batch.State,
        PinExpected pin => rig.Pin(pin.Output) is var driven && driven >= pin.Low && driven <= pin.High,
        ReadingExpected reading => rig.Control.Frame?.Image[reading.Tag] is { } read && read.Quality == Quality.Good && read.Value >= reading.Low && read.Value <= reading.High,
        RecordExpected record => Says(record.Text, from),
        ProductExpected product => Product() == product.Good,
        _ => false,
    };

    private bool Says(string words, int from)
    {
        for (int i = from; i < events.Count; i++)
        {
            BatchEvent entry = events[i];
            if (entry.Kind is BatchEventKind.Fault or BatchEventKind.Trip or BatchEventKind.LimitReached or BatchEventKind.CommandRefused or BatchEventKind.BatchState
                && (entry.Subject + " " + entry.Text + " " + entry.Cause).Contains(words, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private bool Product() => rig.Control.BatchState == PhaseState.Complete
        && RunSummary.IsGood(BatchBalance.Compute([.. events], inputs.Recipe.Product, inputs.Rig.Reagents, rig.Now), inputs.Recipe.Product);

    /// <summary>What is there instead, in words.</summary>
    private string Instead(ScenarioExpectation expectation) => expectation switch
    {
        PinExpected pin => FormattableString.Invariant($"the pin is at {rig.Pin(pin.Output):0.###} {inputs.Rig.Outputs[pin.Output].Unit}"),
        ReadingExpected reading => rig.Control.Frame?.Image[reading.Tag] is { } read
            ? FormattableString.Invariant($"it reads {read.Value:0.###} {inputs.Rig.Tags[reading.Tag].Unit}, {read.Quality.ToString().ToLowerInvariant()}") : "nothing was read",
        TripExpected => tripped.Count == 0 ? "nothing is tripped" : "tripped: " + string.Join(", ", tripped.Order().Select(t => inputs.Rig.Trips[t].Id)),
        AlarmExpected => alarmed.Count == 0 ? "no alarm is active" : "active: " + string.Join(", ", alarmed.Order().Take(6).Select(a => inputs.Rig.Alarms[a].Id)),
        _ => $"the batch is {rig.Control.BatchState}{(rig.Control.BatchReason.Length > 0 ? ": " + rig.Control.BatchReason : "")}{Refused()}",
    };

    private string Refused() => events.LastOrDefault(e => e.Kind == BatchEventKind.CommandRefused) is { } last ? $"; {PlantClock.Text(last.At)} {last.Text}" : "";
}
