using System.Collections.Immutable;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Scan;

namespace Crm.Control;

/// <summary>What people ask for, and what they see.</summary>
public sealed partial class PlantController
{
    /// <summary>
    /// Judges a command at once, or hands it to the next scan. Commands towards safe reach the units before this returns; their outputs
    /// move with the next scan.
    /// </summary>
    public CommandReply Command(OperatorCommand command)
    {
        if (replies.TryGetValue(command.Id, out CommandReply? before)) return before;
        CommandReply reply = command switch
        {
            CommandBatch c => ToBatch(new BatchOrder(c.Id, c.Command, c.By, c.Reason)),
            AnswerPrompt c => ToBatch(new PromptAnswered(c.Id, c.Answer)),
            GiveResults c => ToBatch(new ResultsCame(c.Id, c.Report)),
            CommandPhase c => ToUnit(c),
            ResetTrip c => Reset(c),
            AcknowledgeAlarm c => ToScan(c, IndexOf(Rig.Alarms, a => a.Id == c.Alarm), "alarm", n => ScanCommand.Acknowledge(c.Id, n, c.Occurrence, c.By)),
            TakeManual c => ToScan(c, Rig.Output(c.Output), "output", n => ScanCommand.TakeManual(c.Id, n, c.Value, c.By)),
            ReturnManual c => ToScan(c, Rig.Output(c.Output), "output", n => ScanCommand.ReturnManual(c.Id, n, c.By)),
            _ when ToProtection(command) is { } judged => judged,
            _ => new CommandReply(command.Id, ReplyKind.Refused, $"unknown command {command.GetType().Name}"),
        };
        Remember(reply);
        return reply;
    }

    public PlantSnapshot Snapshot()
    {
        PlantFrame? frame = rigState.Frame;
        BatchState state = batch.State;
        return new PlantSnapshot(
            batch.Image.Now,
            batch.Image.Scan,
            state.Status,
            state.Reason,
            [.. state.Steps.Select(View)],
            [.. state.Ready.Select(View)],
            [.. state.Steps.Where(s => interpreter.Tree[s.Node] is PromptNode).Select(s => new PromptView((PromptNode)interpreter.Tree[s.Node], s.Asked, s.Since))],
            [.. state.Samples],
            [.. state.Lots],
            frame is null ? [] : [.. Rig.Alarms.Select(a => new AlarmView(a, frame.Alarms[a.Ordinal])).Where(a => a.Status.State != Plant.Alarms.AlarmState.Normal)],
            frame is null ? [] : [.. Rig.Trips.Where(t => frame.Trips[t.Ordinal].IsTripped).Select(t => new TripView(t, frame.Trips[t.Ordinal], frame.Trips[t.Ordinal].FirstOutText(t)))],
            frame?.RigTrip ?? default,
            frame)
        {
            Overrides = frame?.Overrides ?? [],
        };
    }

    /// <summary>Why an operation cannot start on a unit now; null when it can.</summary>
    public string? WhyNot(string unit, string operation) =>
        rigState.Frame is { } frame ? core.WhyNot(frame, Rig.Unit(unit), operation) : "the rig has not been scanned yet";

    private CommandReply ToBatch(BatchMessage message)
    {
        Run(batchActor, message);
        return batch.Reply!;
    }

    private CommandReply ToUnit(CommandPhase command)
    {
        int unit = Rig.Unit(command.Unit);
        if (unit < 0) return new CommandReply(command.Id, ReplyKind.Refused, $"there is no unit {command.Unit}");
        string? why = units[unit].WhyNot(command.Command);
        if (why is null && command.Command is PhaseCommand.Restart or PhaseCommand.Start) why = "START and RESTART are commands of the batch";
        BatchEventKind kind = why is null ? BatchEventKind.Command : BatchEventKind.CommandRefused;
        string text = why is null ? $"{command.Command} {command.Reason}".TrimEnd() : $"{command.Command} refused: {why}";
        if (why is null) Run(peers.Units[unit], new UnitOrder(command.Command, command.Reason.Length == 0 ? command.By : $"{command.By}: {command.Reason}"));
        Run(batchActor, new Happened([new BatchEvent(batch.Image.Now, batch.Image.Scan, kind, command.Unit, text, command.By, BatchEvent.NoData)]));
        return new CommandReply(command.Id, why is null ? ReplyKind.Accepted : ReplyKind.Refused, why ?? "");
    }

    private CommandReply Reset(ResetTrip command)
    {
        if (command.Trip is null) return ToScan(command, 0, "rig", _ => ScanCommand.ResetAll(command.Id, command.By));
        return ToScan(command, IndexOf(Rig.Trips, t => t.Id == command.Trip), "trip", n => ScanCommand.ResetTrip(command.Id, n, command.By));
    }

    private CommandReply ToScan(OperatorCommand command, int target, string what, Func<int, ScanCommand> order)
    {
        if (target < 0) return new CommandReply(command.Id, ReplyKind.Refused, $"there is no such {what}");
        Run(rigActor, new ScanOrder(order(target)));
        return new CommandReply(command.Id, ReplyKind.Pending, "judged by the next scan");
    }

    private void Remember(CommandReply reply)
    {
        if (!replies.ContainsKey(reply.Id)) replyOrder.Enqueue(reply.Id);
        replies[reply.Id] = reply;
        if (replyOrder.Count > RememberedReplies) replies.Remove(replyOrder.Dequeue());
    }

    private StepView View(ActiveStep step)
    {
        ProcedureNode node = interpreter.Tree[step.Node];
        if (node is not PhaseNode phase) return new StepView(node.Id, node.Label, "", "", step.Phase, Waiting(node), double.NaN, step.Reason, step.Since);
        UnitState unit = units[Rig.Unit(phase.Unit)];
        return new StepView(node.Id, node.Label, phase.Unit, phase.Operation, step.Phase, unit.Doing, unit.Progress, step.Reason, step.Since);
    }

    private StepView View(ReadyStep ready)
    {
        ProcedureNode node = interpreter.Tree[ready.Node];
        return new StepView(node.Id, node.Label, "", "", PhaseState.Idle, ready.Waits.Length == 0 ? "" : $"waits for {ready.Waits}", double.NaN, "", ready.Since);
    }

    private static string Waiting(ProcedureNode node) => node switch
    {
        PromptNode p => p.Text,
        GateNode g => $"waits for results: {g.Require.Text}",
        WaitNode w => $"waits for {w.For.Text}",
        _ => "",
    };

    private static int IndexOf<T>(ImmutableArray<T> list, Func<T, bool> which)
    {
        for (int i = 0; i < list.Length; i++)
            if (which(list[i])) return i;
        return -1;
    }
}
