using Crm.Control;
using Crm.Plant.Alarms;
using Crm.Plant.Phases;
using Crm.Plant.Ports;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;

namespace Crm.Host.Technician;

/// <summary>
/// Does on the twin what a technician does at a rig, by ordinary commands and two hands: acknowledges alarms, resets trips whose causes are
/// gone, starts the batch, answers prompts after the time they take, names another lot for a refused one, carries samples to the laboratory and brings the results. It never restarts a held
/// batch: that needs a person's judgement.
/// </summary>
public sealed class UnattendedTechnician
{
    public const string Name = "technician";

    /// <summary>How often the technician looks round, plant time.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    /// <summary>Time to see an alarm and walk to it.</summary>
    private static readonly TimeSpan ToAcknowledge = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan BetweenResets = TimeSpan.FromSeconds(20);

    /// <summary>Presence is confirmed this long before it is asked for.</summary>
    private static readonly TimeSpan PresenceAhead = TimeSpan.FromMinutes(2);

    private readonly TwinBench bench;
    private readonly SortedDictionary<string, TwinBench> corners = new(StringComparer.Ordinal);
    private TimeSpan nextRound = TimeSpan.Zero;
    private TimeSpan nextReset = TimeSpan.FromSeconds(5);
    private long commands;

    public UnattendedTechnician(IRigHands hands, int seed)
        : this(new TwinBench(hands, seed))
    {
    }

    public UnattendedTechnician(TwinBench bench) => this.bench = bench;

    /// <summary>One look round after a scan; cheap between rounds.</summary>
    public void Work(PlantController plant, TimeSpan now)
    {
        if (now < nextRound) return;
        nextRound = now + Round;
        var seen = plant.Calls();
        bool tripped = seen.RigTrip.IsTripped || seen.Trips.Length > 0;
        bool clear = seen.RigTrip.IsTripped || seen.Trips.Any(t => t.Status.Phase == TripPhase.ReadyToReset);
        if (clear && now >= nextReset)
        {
            nextReset = now + BetweenResets;
            plant.Command(new ResetTrip(NextId(), Name));
        }

        foreach (var alarm in seen.Alarms) See(plant, alarm, now);
        foreach (string batch in Begun(plant, tripped)) Serve(plant, batch == seen.Batch ? seen : plant.Calls(batch), now);
    }

    /// <summary>Starts the next batch when its first units are free, and names those that have begun.</summary>
    private List<string> Begun(PlantController plant, bool tripped)
    {
        var begun = new List<string>();
        foreach (var batch in plant.Batches)
        {
            if (batch.State != PhaseState.Idle)
            {
                if (!batch.IsOver) begun.Add(batch.Id);
                continue;
            }

            if (plant.WhyNotDue(batch.Id) is not null) continue;
            if (!tripped && plant.WhyNotBegin(batch.Id) is null) plant.Command(new CommandBatch(NextId(), Name, PhaseCommand.Start) { Batch = batch.Id });
            break;
        }

        return begun;
    }

    private void Serve(PlantController plant, Calls seen, TimeSpan now)
    {
        if (seen.PresenceDue is { } due && now >= due - PresenceAhead) plant.Command(new ConfirmPresence(NextId(), Name) { Batch = seen.Batch });
        foreach (var prompt in seen.Prompts)
        {
            if (now - prompt.Since < prompt.Prompt.Takes) continue;
            PromptAnswer? answer = prompt.Prompt.Kind == PromptKind.Choose ? Choice(prompt) : BenchOf(plant, seen.Batch).Answer(prompt, Name);
            if (answer is not null) plant.Command(new AnswerPrompt(NextId(), answer) { Batch = seen.Batch });
        }

        foreach (var sample in seen.Samples) Carry(plant, seen.Batch, sample, now);
    }

    /// <summary>
    /// What can be told from labels alone: another good lot, or one that makes up what is missing. Nothing is accepted and nobody aborts: that needs a person, and the
    /// batch is held when nobody comes.
    /// </summary>
    private static PromptAnswer? Choice(PromptView prompt)
    {
        var asked = new PromptAnswer(prompt.Prompt.Id, Name, Note: "read from the labels");
        return prompt.Refused switch
        {
            { Others: [var other, ..] } => asked with { Choice = ChargeChoice.AnotherLot, Lot = other },
            { TopUp: [_, ..] missing } => asked with { Choice = ChargeChoice.TopUp, Lot = string.Join(' ', missing) },
            _ => null,
        };
    }

    /// <summary>The first batch has the bench it was given; each further one a corner of its own.</summary>
    public TwinBench BenchOf(PlantController plant, string batch)
    {
        if (plant.Batches[0].Id == batch) return bench;
        if (!corners.TryGetValue(batch, out var corner)) corners[batch] = corner = bench.For(batch, plant.PlanOf(batch).Takes, lot => BenchOf(plant, lot.Batch).LotName(lot.Lot));
        return corner;
    }

    private void See(PlantController plant, AlarmView alarm, TimeSpan now)
    {
        if (now - alarm.Status.RaisedAt < ToAcknowledge) return;
        if (alarm.Status.IsUnacknowledged) plant.Command(new AcknowledgeAlarm(NextId(), Name, alarm.Definition.Id, alarm.Status.Occurrence));
        else if (alarm.Status.State == AlarmState.LatchedAcknowledged) plant.Command(new ResetAlarm(NextId(), Name, alarm.Definition.Id));
    }

    private void Carry(PlantController plant, string batch, PendingSample pending, TimeSpan now)
    {
        var corner = BenchOf(plant, batch);
        corner.Take(pending.Sample);
        if (now < pending.DueAt) return;
        plant.Command(new GiveResults(NextId(), new LabReport(pending.Sample.Name, "laboratory", corner.Results(pending.Sample))) { Batch = batch });
    }

    private long NextId() => ++commands;
}
