using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Crm.Plant.Loops;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Records;
using Crm.Plant.Scan;

namespace Crm.Control;

/// <summary>What people ask for, and what they see.</summary>
public sealed partial class PlantController
{
    private const int LongestRemark = 2000;

    /// <summary>
    /// Judges a command at once, or hands it to the next scan. Commands towards safe reach the units before this returns; their outputs
    /// move with the next scan.
    /// </summary>
    public CommandReply Command(OperatorCommand command)
    {
        if (replies.TryGetValue(command.Id, out CommandReply? before)) return before;
        if (command is SetDay day) Run(deskActor, new DayIs(day.Day));
        CommandReply reply = command switch
        {
            CommandBatch { Command: PhaseCommand.Start } c when Find(c.Batch) is { } idle && WhyNotDue(idle.Id) is { } why => Refuse(c, idle.Recipe.Id, why, "START"),
            CommandBatch c => Opened(c, ToBatch(c, new BatchOrder(c.Id, c.Command, c.By, c.Reason))),
            AnswerPrompt c => ToBatch(c, new PromptAnswered(c.Id, c.Answer with { Roles = c.Roles }, AgainstLot(c))),
            GiveResults c => ToBatch(c, new ResultsCame(c.Id, c.Report)),
            ProposeRevision or ReviewRevision when UnkeptPromise(command) is { } why => Refuse(command, "formula", why, "change of steps"),
            ChangeMode or ConfirmStep or PickStep or DecideStep or ConfirmPresence or ProposeRevision or ReviewRevision or WithdrawBatch => ToBatch(command, new ProcedureOrder(command)),
            CommandPhase c => ToUnit(c),
            FinishPhase c => Finish(c),
            CommandCampaign c => ToCampaign(c),
            Remark c => Note(c),
            _ when OfScan(command) is { } order => ToScan(command, order),
            _ => Refuse(command, "rig", $"there is no command {command.GetType().Name}"),
        };
        Remember(reply);
        return reply;
    }

    /// <summary>The plant as one batch stands in it.</summary>
    /// <param name="batch">Empty: the current one.</param>
    /// <exception cref="ArgumentException">There is no such batch.</exception>
    public PlantSnapshot Snapshot(string batch = "")
    {
        PlantFrame? frame = rigState.Frame;
        BatchOnRig one = Find(batch) ?? throw new ArgumentException($"there is no batch {batch}");
        BatchState state = one.State;
        ProcedureInterpreter interpreter = one.Interpreter;
        return new PlantSnapshot(
            one.Memory.Image.Now,
            one.Memory.Image.Scan,
            state.Status,
            state.Reason,
            [.. state.Steps.Select(s => View(interpreter, s))],
            [.. state.Ready.Select(r => View(interpreter, r))],
            Prompts(one),
            [.. state.Samples],
            [.. state.Lots],
            Alarms(frame),
            Trips(frame),
            frame?.RigTrip ?? default,
            frame)
        {
            Id = one.Id,
            Mode = state.Mode,
            PresenceDue = interpreter.PresenceDue(state),
            PresentBy = state.PresentBy,
            PresentAt = state.PresentAt,
            Attended = interpreter.AttendedPhases(state),
            Adjustable = [.. one.Recipe.Formula.Where(p => p.Adjustable).Select(p => p with { Value = ProcedureInterpreter.FormulaValue(state, p) })],
            Proposed = state.Proposed,
            UnitModes = [.. Rig.Units.Select(u => state.ModeOf(u.Ordinal))],
            Decisions = [.. state.Decisions.Select(d => new DecisionView(interpreter.Tree[d.Key].Id, d.Value))],
            Overrides = frame?.Overrides ?? [],
            Enabled = WhyNotDue(one.Id) is null ? one.Chain.MaskOfBatch(one.Memory) : one.Chain.MaskOfBatch(one.Memory) & ~(1 << (int)PhaseCommand.Start),
            Units = UnitViews(one),
            AgainstRestart = state.Status is PhaseState.Held or PhaseState.Holding ? one.Chain.OfBatch(one.Memory, PhaseCommand.Restart) : [],
        };
    }

    /// <summary>What calls for a person, without all the rest of <see cref="Snapshot"/>: asked for every second.</summary>
    public Calls Calls(string batch = "")
    {
        BatchOnRig one = Find(batch) ?? throw new ArgumentException($"there is no batch {batch}");
        return new Calls(one.Id, Alarms(rigState.Frame), Trips(rigState.Frame), rigState.Frame?.RigTrip ?? default, Prompts(one), [.. one.State.Samples], one.Interpreter.PresenceDue(one.State));
    }

    private ImmutableArray<AlarmView> Alarms(PlantFrame? frame) =>
        frame is null ? [] : [.. Rig.Alarms.Where(a => frame.Alarms[a.Ordinal].IsAnnunciated).Select(a => new AlarmView(a, frame.Alarms[a.Ordinal]))];

    private ImmutableArray<TripView> Trips(PlantFrame? frame) =>
        frame is null ? [] : [.. Rig.Trips.Where(t => frame.Trips[t.Ordinal].IsTripped).Select(t => new TripView(t, frame.Trips[t.Ordinal], frame.Trips[t.Ordinal].FirstOutText(t)))];

    /// <summary>Why an operation cannot start on a unit now; null when it can.</summary>
    /// <param name="batch">For which batch; empty: whoever has the unit.</param>
    public string? WhyNot(string unit, string operation, string batch = "") => rigState.Frame is not { } frame ? "the rig has not been scanned yet"
        : HeldByOther(unit, batch) is { } heldBy ? $"waits for {unit}, {heldBy}"
        : core.WhyNot(frame, Rig.Unit(unit), operation);

    /// <summary>Tuning, proposal, margins and figures of a loop; null when there is no such loop.</summary>
    public LoopDetail? Loop(string name) => Rig.Loop(name) is >= 0 and int loop ? core.LoopDetail(rigState.Scan, loop) : null;

    private CommandReply ToBatch(OperatorCommand command, BatchMessage message) =>
        Find(command.Batch) is { } batch ? ToBatch(batch, message) : Refuse(command, "batch", $"there is no batch {command.Batch}");

    private CommandReply ToBatch(BatchOnRig batch, BatchMessage message)
    {
        Run(batch.Actor, message);
        return batch.Memory.Reply!;
    }

    private CommandReply Note(Remark remark)
    {
        if (remark.Text.AsSpan().Trim().IsEmpty || remark.Text.Length > LongestRemark) return Refuse(remark, "remark", $"a remark has 1 to {LongestRemark} letters", "remark");
        if (Find(remark.Batch) is not { } batch) return Refuse(remark, "remark", $"there is no batch {remark.Batch}", "remark");
        Run(batch.Actor, new Happened([Now(BatchEventKind.Note, "remark", remark.Text.Trim(), remark.By)]));
        return new CommandReply(remark.Id, ReplyKind.Accepted, "");
    }

    private CommandReply ToUnit(CommandPhase command)
    {
        int unit = Rig.Unit(command.Unit);
        if (unit < 0) return Refuse(command, command.Unit, $"there is no unit {command.Unit}");
        string word = PhaseTable.Word(command.Command);
        if (Obstacle.Sentence(Against(command.Unit, command.Command, command.Batch)) is { } why) return Refuse(command, command.Unit, why, word);
        BatchOnRig batch = BatchOf(units[unit]);
        if (command.Command == PhaseCommand.Restart) return ToBatch(batch, new UnitRestart(command.Id, command.Unit, command.By));
        Run(peers.Units[unit], new UnitOrder(command.Command, command.Reason.Length == 0 ? command.By : $"{command.By}: {command.Reason}"));
        Run(batch.Actor, new Happened([Now(BatchEventKind.Command, command.Unit, $"{word} {command.Reason}".TrimEnd(), command.By)]));
        return new CommandReply(command.Id, ReplyKind.Accepted, "");
    }

    private CommandReply Finish(FinishPhase command)
    {
        if (Obstacle.Sentence(Against(command)) is { } why) return Refuse(command, command.Unit, why, "FINISH");
        int unit = Rig.Unit(command.Unit);
        Run(peers.Units[unit], new UnitFinish());
        Run(BatchOf(units[unit]).Actor, new Happened([Now(BatchEventKind.Command, command.Unit, $"FINISH {command.Reason}".TrimEnd(), command.By)]));
        return new CommandReply(command.Id, ReplyKind.Accepted, "");
    }

    /// <summary>Nothing changes, and one event says who wanted what and why not (S88-04).</summary>
    private CommandReply Refuse(OperatorCommand command, string subject, string why, string what = "command")
    {
        Tell(BatchEventKind.CommandRefused, subject, $"{what} refused: {why}", command.By);
        return new CommandReply(command.Id, ReplyKind.Refused, why);
    }

    private void Tell(BatchEventKind kind, string subject, string text, string by) => Run(deskActor, new Put(Now(kind, subject, text, by)));

    private BatchEvent Now(BatchEventKind kind, string subject, string text, string by) =>
        new(Current.Memory.Image.Now, Current.Memory.Image.Scan, kind, subject, text, by, BatchEvent.NoData);

    /// <summary>A command that the next scan judges.</summary>
    /// <param name="Target">Ordinal, -1 when there is none of that name.</param>
    /// <param name="What">What it is the ordinal of.</param>
    private sealed record ScanOrderTo(int Target, string What, Func<int, ScanCommand> Make);

    /// <returns>Null when another than the scan judges it.</returns>
    private ScanOrderTo? OfScan(OperatorCommand command) => command switch
    {
        ResetTrip { Trip: null } c => new(0, "rig", _ => ScanCommand.ResetAll(c.Id, c.By)),
        ResetTrip c => new(Trip(c.Trip!), "trip", n => ScanCommand.ResetTrip(c.Id, n, c.By)),
        AlarmCommand c => OfAlarm(c),
        SilenceHorn c => new(0, "panel", _ => new ScanCommand(c.Id, ScanCommandKind.SilenceHorn, -1, 0, 0, c.By)),
        ResetAlarmMeter c => new(0, "alarms", _ => ScanCommand.ResetAlarmMeter(c.Id, c.By)),
        TakeManual c => new(Rig.Output(c.Output), "output", n => ScanCommand.TakeManual(c.Id, n, c.Value, c.By)),
        ReturnManual c => new(Rig.Output(c.Output), "output", n => ScanCommand.ReturnManual(c.Id, n, c.By)),
        LoopCommand c => new(Rig.Loop(c.Loop), "loop", c.Order),
        _ => OfProtection(command),
    };

    private CommandReply ToScan(OperatorCommand command, ScanOrderTo order)
    {
        if (order.Target < 0) return Refuse(command, order.What, $"there is no such {order.What}");
        if (pending.Count >= ScanState.MostCommands) return Refuse(command, order.What, $"{ScanState.MostCommands} commands wait for the next scan already");
        Run(rigActor, new ScanOrder(order.Make(order.Target) with { Roles = command.Roles }));
        pending[command.Id] = command;
        return new CommandReply(command.Id, ReplyKind.Pending, "judged by the next scan");
    }

    /// <summary>The scan has judged: a refusal is put on record here, what was done the scan has told itself.</summary>
    private void Judged(in CommandOutcome outcome)
    {
        var reply = new CommandReply(outcome.Id, outcome.Accepted ? ReplyKind.Accepted : ReplyKind.Refused, outcome.Text);
        if (pending.Remove(outcome.Id, out OperatorCommand? command) && !outcome.Accepted)
            Tell(BatchEventKind.CommandRefused, Subject(command), $"{Words(command)} refused: {outcome.Text}", command.By);
        Remember(reply);
        OnOutcome?.Invoke(reply);
    }

    private static string Subject(OperatorCommand command) => command switch
    {
        ResetTrip reset => reset.Trip ?? "rig",
        AlarmCommand alarm => alarm.Alarm,
        LoopCommand loop => loop.Loop,
        TakeManual c => c.Output,
        ReturnManual c => c.Output,
        ForceOutput c => c.Output,
        EndForce c => c.Output,
        SubstituteTag c => c.Tag,
        EndSubstitute c => c.Tag,
        BypassTrip c => c.Trip,
        OverrideStartUp c => c.Trip,
        EndBypass c => c.Trip,
        ClearFirstOut c => c.Trip,
        ProofTested c => c.Trip,
        AcceptProtection => ProtectionChange.Subject,
        TickHardWired c => c.Protection,
        SetHardWiredAside c => c.Protection,
        EndHardWiredAside c => c.Protection,
        _ => "rig",
    };

    private static string Words(OperatorCommand command) => command switch
    {
        ResetTrip { Trip: null } => "reset of all trips",
        ResetTrip => "reset",
        AcknowledgeAlarm => "acknowledgement",
        TakeManual => "manual",
        ReturnManual => "return from manual",
        BypassTrip => "bypass",
        SubstituteTag => "value by hand",
        SetLoopMode => "mode",
        SetLoopSetpoint => "setpoint",
        SetLoopOutput => "output by hand",
        StartAutotune => "autotune",
        _ => SentenceCase().Replace(command.GetType().Name, " $0").Trim().ToLowerInvariant(),
    };

    /// <summary><c>ShelveAlarm</c> is told as <c>shelve alarm</c>.</summary>
    [GeneratedRegex("[A-Z]")]
    private static partial Regex SentenceCase();

    private void Remember(CommandReply reply)
    {
        if (!replies.ContainsKey(reply.Id)) replyOrder.Enqueue(reply.Id);
        replies[reply.Id] = reply;
        if (replyOrder.Count > RememberedReplies) replies.Remove(replyOrder.Dequeue());
    }

    private StepView View(ProcedureInterpreter interpreter, ActiveStep step)
    {
        ProcedureNode node = interpreter.Tree[step.Node];
        if (node is not PhaseNode phase) return new StepView(node.Id, node.Label, "", "", step.Phase, Waiting(node), double.NaN, step.Reason, step.Since);
        UnitState unit = units[Rig.Unit(phase.Unit)];
        return new StepView(node.Id, node.Label, phase.Unit, phase.Operation, step.Phase, unit.Doing, unit.Progress, step.Reason, step.Since);
    }

    private static StepView View(ProcedureInterpreter interpreter, ReadyStep ready)
    {
        ProcedureNode node = interpreter.Tree[ready.Node];
        return new StepView(node.Id, node.Label, "", "", PhaseState.Idle, ready.Waits.Length == 0 ? "" : $"waits for {ready.Waits}", double.NaN, "", ready.Since);
    }

    private static string Waiting(ProcedureNode node) => node switch
    {
        PromptNode p => p.Text,
        GateNode g => $"waits for results: {g.Require.Text}",
        WaitNode w => $"waits for {w.For.Text}",
        AlternativeNode => "waits for what its conditions need",
        RepeatNode r => $"judges {r.Until.Text}",
        _ => "",
    };

    private static int IndexOf<T>(ImmutableArray<T> list, Func<T, bool> which)
    {
        for (int i = 0; i < list.Length; i++)
            if (which(list[i])) return i;
        return -1;
    }
}
