using System.Collections.Immutable;
using System.Globalization;
using Crm.Control;
using Crm.Host.Technician;
using Crm.Plant.Alarms;
using Crm.Plant.Lots;
using Crm.Plant.Permissions;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;

namespace Crm.Host.Live;

/// <summary>
/// A person at a terminal beside the rig: tells what is asked, and turns their lines into ordinary commands. Scan's thread only; lines
/// come to it between two scans.
/// </summary>
public sealed class LineConsole(TextWriter output, string by)
{
    public const string Words =
        "reset | start | hold | restart | stop | abort | ack | silence | here | show | why | done PROMPT | weighed PROMPT KG [Na=0.0085 …] | result SAMPLE Na=0.004 … | "
        + "choose PROMPT another_lot|top_up|try_again|accept|abort [LOT or reason] | decide STEP resume|repeat|skip REASON | manual OUTPUT VALUE | auto OUTPUT | finish UNIT [REASON] | note TEXT | "
        + "tick PROTECTION FOUND | aside PROTECTION MINUTES REASON";

    /// <summary>Whoever may start the program beside the rig answers for what is hard-wired on it.</summary>
    private const PersonRole AtTheRig = PersonRole.Engineer;

    private readonly HashSet<string> told = new(StringComparer.Ordinal);
    private string state = "";
    private long commands;

    /// <summary>Tells what is new: state of the batch, trips, alarms, prompts, samples, steps to be decided.</summary>
    public void Look(PlantController plant)
    {
        var seen = plant.Snapshot();
        string now = $"{seen.Batch} {seen.Reason}".TrimEnd();
        if (now != state) Say($"batch {state = now}");
        Tell(seen.RigTrip.IsTripped ? [("rig trip", $"tripped: rig: {seen.RigTrip.Why} – look, then: reset")] : []);
        Tell(seen.Trips.Select(t => ("trip " + t.Definition.Id, $"tripped: {t.Definition.Id}: {t.FirstOut}")));
        Tell(seen.Alarms.Where(a => a.Status.IsUnacknowledged).Select(a => ($"alarm {a.Definition.Id} {a.Status.Occurrence}", $"ALARM {a.Definition.Text}: {a.Definition.Response} – ack")));
        Tell(seen.Prompts.Select(p => ("prompt " + p.Prompt.Id, Prompt(p))));
        Tell(seen.Samples.Select(s => ("sample " + s.Sample.Name, $"take sample {s.Sample.Name} from {s.Sample.Place}, then: result {s.Sample.Name} {string.Join(' ', s.Sample.Analytes.Select(a => a + "=…"))} (kg/kg)")));
        Tell(seen.Decisions.Where(d => d.Decision is null).Select(d => ("decide " + d.Step, $"decide what becomes of {d.Step}: decide {d.Step} resume|repeat|skip REASON")));
        if (plant.Assessment is { } assessment) Tell([("assessment", assessment.ToString())]);
    }

    public void Obey(PlantController plant, string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0) return;
        if (words[0] is "show" or "why")
        {
            if (words[0] == "why") Say(plant.Explain().ToString());
            told.Clear();
            return;
        }

        if (words[0] == "ack")
        {
            foreach (AlarmView alarm in plant.Snapshot().Alarms.Where(a => a.Status.IsUnacknowledged))
                plant.Command(new AcknowledgeAlarm(Next(), by, alarm.Definition.Id, alarm.Status.Occurrence));
            return;
        }

        if (Command(words) is not { } command)
        {
            Say($"not understood: {line}; words: {Words}");
            return;
        }

        CommandReply reply = plant.Command(command);
        if (reply.Kind == ReplyKind.Refused) Say($"refused: {reply.Reason}");
    }

    /// <summary>The scan has judged a command that was pending.</summary>
    public void Outcome(CommandReply reply)
    {
        if (reply.Kind == ReplyKind.Refused) Say($"refused: {reply.Reason}");
    }

    public void Say(string text) => output.WriteLine(text);

    private OperatorCommand? Command(string[] words) => words switch
    {
        ["reset"] => new ResetTrip(Next(), by),
        ["start"] => Batch(PhaseCommand.Start),
        ["hold"] => Batch(PhaseCommand.Hold),
        ["restart"] => Batch(PhaseCommand.Restart),
        ["stop"] => Batch(PhaseCommand.Stop),
        ["abort"] => Batch(PhaseCommand.Abort),
        ["silence"] => new SilenceHorn(Next(), by),
        ["here"] => new ConfirmPresence(Next(), by),
        ["done", var prompt] => new AnswerPrompt(Next(), new PromptAnswer(prompt, by, Note: "confirmed")),
        ["weighed", var prompt, var kg, .. var analytes] when Number(kg) is { } mass && Results(analytes) is { } assay =>
            new AnswerPrompt(Next(), new PromptAnswer(prompt, by, new Measured(mass, Laboratory.ScaleUncertainty(mass)), null, assay.MassFractions.IsEmpty ? null : assay)),
        ["choose", var prompt, var word, .. var rest] when Enum.TryParse(word.Replace("_", "", StringComparison.Ordinal), true, out ChargeChoice choice) => new AnswerPrompt(Next(),
            choice is ChargeChoice.AnotherLot or ChargeChoice.TopUp
                ? new PromptAnswer(prompt, by, Lot: string.Join(' ', rest)) { Choice = choice }
                : new PromptAnswer(prompt, by, Note: string.Join(' ', rest)) { Choice = choice }),
        ["result", var sample, .. var analytes] when Results(analytes) is { MassFractions.IsEmpty: false } assay => new GiveResults(Next(), new LabReport(sample, by, assay)),
        ["decide", var step, var word, .. var reason] when reason.Length > 0 && Enum.TryParse(word, true, out StepDecision decision) =>
            new DecideStep(Next(), by, step, decision, string.Join(' ', reason)),
        ["manual", var name, var value] when Number(value) is { } wanted => new TakeManual(Next(), by, name, wanted),
        ["note", .. var remark] when remark.Length > 0 => new Remark(Next(), by, string.Join(' ', remark)),
        ["tick", var name, .. var found] when found.Length > 0 => new TickHardWired(Next(), by, name, DateOnly.FromDateTime(DateTime.UtcNow), string.Join(' ', found)) { Roles = AtTheRig },
        ["aside", var name, var minutes, .. var why] when why.Length > 0 && Number(minutes) is < 1e5 and { } time =>
            new SetHardWiredAside(Next(), by, name, TimeSpan.FromMinutes(time), string.Join(' ', why)) { Roles = AtTheRig },
        ["finish", var name, .. var reason] => new FinishPhase(Next(), by, name, string.Join(' ', reason)),
        ["auto", var name] => new ReturnManual(Next(), by, name),
        _ => null,
    };

    private CommandBatch Batch(PhaseCommand command) => new(Next(), by, command, "at the terminal");

    private static Assay? Results(string[] words)
    {
        var results = ImmutableSortedDictionary.CreateBuilder<string, Measured>(StringComparer.Ordinal);
        foreach (string word in words)
        {
            string[] parts = word.Split('=');
            if (parts.Length != 2 || Number(parts[1]) is not { } x) return null;
            results[parts[0]] = new Measured(x, Math.Max(Laboratory.RelativeUncertainty * x, Laboratory.FloorUncertainty));
        }

        return new Assay(results.ToImmutable());
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && value >= 0 ? value : null;

    private static string Prompt(PromptView view)
    {
        PromptNode prompt = view.Prompt;
        string items = string.Concat(prompt.Items.Select(i => "\n    - " + i));
        string protective = prompt.Protective.Length > 0 ? $" [{prompt.Protective}]" : "";
        string asked = double.IsFinite(view.Asked) ? string.Create(CultureInfo.InvariantCulture, $" ({view.Asked:0.###} kg)") : "";
        if (prompt.Kind == PromptKind.Choose)
            return $"PROMPT {prompt.Label}: {prompt.Text} (attempt {view.Attempts})\n    then: choose {prompt.Id} {string.Join('|', view.Choices.Select(c => Service.Words.Of(c)))} [LOT or reason]{Lots(" instead: ", view.Refused!.Others)}{Lots(" to top up: ", view.Refused.TopUp)}";
        string answer = prompt.Kind == PromptKind.Confirm ? $"done {prompt.Id}" : $"weighed {prompt.Id} KG {string.Join(' ', prompt.Analytes.Select(a => a + "=…"))} (kg/kg)";
        return $"PROMPT {prompt.Text}{asked}{protective}{items}\n    then: {answer}";
    }

    private static string Lots(string what, ImmutableArray<string> lots) => lots.IsEmpty ? "" : what + string.Join(' ', lots);

    /// <summary>Each once while it stands; again when it comes back.</summary>
    private void Tell(IEnumerable<(string Key, string Text)> lines)
    {
        foreach ((string key, string text) in lines)
            if (told.Add(key)) Say(text);
    }

    private long Next() => ++commands;
}
