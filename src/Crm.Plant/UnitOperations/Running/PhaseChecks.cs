using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations.Running;

/// <summary>What the conditions of a step remember from scan to scan.</summary>
/// <param name="LimitFor">How long each limit has been true.</param>
/// <param name="LimitFired">Limits that have had their consequence and are still true.</param>
/// <param name="Baseline">Value of each expectation's tag at START or the last restart; NaN before a good reading.</param>
/// <param name="Met">Expectations that need no more watching: come true, or reported as failed.</param>
/// <param name="ExpectFrom">Active clock from which expectations count.</param>
public sealed record PhaseChecks(
    ImmutableArray<TimeSpan> LimitFor,
    ImmutableArray<bool> LimitFired,
    ImmutableArray<double> Baseline,
    ImmutableArray<bool> Met,
    TimeSpan ExpectFrom,
    bool AtMostFired,
    string LastFault)
{
    public static readonly PhaseChecks None = new([], [], [], [], TimeSpan.Zero, false, "");

    public static PhaseChecks For(PhaseNode node) => new(
        [.. node.Limits.Select(_ => TimeSpan.Zero)],
        [.. node.Limits.Select(_ => false)],
        [.. node.Expectations.Select(_ => double.NaN)],
        [.. node.Expectations.Select(_ => false)],
        TimeSpan.Zero,
        false,
        "");

    /// <summary>After a hold: limits that are still true act again, expected effects are awaited afresh.</summary>
    public PhaseChecks Restarted(TimeSpan active) => this with
    {
        LimitFired = [.. LimitFired.Select(_ => false)],
        Baseline = [.. Baseline.Select(_ => double.NaN)],
        Met = [.. Met.Select(_ => false)],
        ExpectFrom = active,
        LastFault = "",
    };
}

/// <summary>What the conditions of a step ask for in one scan.</summary>
/// <param name="Ends">The step shall end (until, at most, continue).</param>
/// <param name="FeedsPause">Why the feeds are off, or null.</param>
internal readonly record struct CheckOutcome(PhaseChecks Checks, ImmutableArray<PhaseRequest> Requests, bool Ends, string? FeedsPause);

/// <summary>Evaluates the conditions of a step on one picture: while, pause_when, until, at_least, at_most, limits, expect.</summary>
internal static class StepConditions
{
    /// <summary>Conditions that must hold have this long to come true after RUNNING began; the feeds wait meanwhile.</summary>
    private static readonly TimeSpan ComingTrue = TimeSpan.FromSeconds(60);

    public static CheckOutcome Evaluate(PhaseRun run, in RunnerInputs inputs)
    {
        var requests = ImmutableArray.CreateBuilder<PhaseRequest>(0);
        PhaseNode node = run.Node!;
        bool running = run.State is PhaseState.Running or PhaseState.Pausing;
        bool ends = false;
        string? feedsPause = null;
        PhaseChecks checks = Limits(run, inputs, requests, ref ends);
        if (!running) return new CheckOutcome(checks, requests.ToImmutable(), false, null);

        While(run, inputs, requests, ref feedsPause);
        checks = Expectations(run, checks, inputs, requests, ref ends);
        checks = AtMost(run, checks, inputs, requests, ref ends);
        if (node.PauseWhen is { } pause && IsTrueOrBlind(pause, inputs)) feedsPause ??= pause.Text;
        if (node.Until is { } until && IsTrue(until.Expression.Evaluate(inputs.Scope))) ends = true;
        return new CheckOutcome(checks, requests.ToImmutable(), ends, feedsPause);
    }

    /// <summary>True when the step has run as long as its at_least asks.</summary>
    public static bool LongEnough(PhaseRun run, in RunnerInputs inputs)
    {
        if (run.Node!.AtLeast is not { } least) return true;
        Reading seconds = least.Evaluate(inputs.Scope);
        return !seconds.IsBad && Clock(run).TotalSeconds >= seconds.Value;
    }

    private static TimeSpan Clock(PhaseRun run) => run.Node!.Clock switch
    {
        RecipeClock.Active => run.Status.Active,
        RecipeClock.Wall => run.Status.Wall,
        _ => run.Status.Contact,
    };

    private static void While(PhaseRun run, in RunnerInputs inputs, ImmutableArray<PhaseRequest>.Builder requests, ref string? feedsPause)
    {
        foreach (Condition condition in run.Node!.While)
        {
            Reading truth = condition.Expression.Evaluate(inputs.Scope);
            if (IsTrue(truth) || (truth.IsBad && !Blind(condition.Expression, inputs.Image))) continue;
            if (run.Status.InState < ComingTrue) feedsPause ??= "waits for " + condition.Text;
            else requests.Add(new PhaseRequest(PhaseCommand.Hold, $"condition {condition.Text} {(truth.IsBad ? "cannot be told" : "is false")}{Readings(condition.Expression, inputs)}"));
        }
    }

    private static string Readings(Expression expression, in RunnerInputs inputs)
    {
        string reads = ConditionText.Readings(expression, inputs.Rig, inputs.Image);
        return reads.Length == 0 ? "" : ", " + reads;
    }

    private static PhaseChecks Limits(PhaseRun run, in RunnerInputs inputs, ImmutableArray<PhaseRequest>.Builder requests, ref bool ends)
    {
        PhaseChecks checks = run.Checks;
        for (int i = 0; i < run.Node!.Limits.Length; i++)
        {
            Limit limit = run.Node.Limits[i];
            bool reached = limit.Then >= Consequence.Pause ? IsTrueOrBlind(limit.When, inputs) : IsTrue(limit.When.Expression.Evaluate(inputs.Scope));
            TimeSpan lasting = reached ? checks.LimitFor[i] + inputs.Elapsed : TimeSpan.Zero;
            if (lasting != checks.LimitFor[i]) checks = checks with { LimitFor = checks.LimitFor.SetItem(i, lasting) };
            bool fires = reached && lasting > limit.For;
            if (!reached && checks.LimitFired[i]) checks = checks with { LimitFired = checks.LimitFired.SetItem(i, false) };
            if (!fires || checks.LimitFired[i] || !Possible(run, limit.Then)) continue;
            checks = checks with { LimitFired = checks.LimitFired.SetItem(i, true) };
            string cause = "limit " + limit.When.Text;
            string reads = Readings(limit.When.Expression, inputs);
            Record(run, inputs, BatchEventKind.LimitReached, $"{limit.Message} ({limit.When.Text}{reads}), {limit.Then.ToString().ToLowerInvariant()}", cause);
            Follow(run, limit.Then, $"{cause}: {limit.Message}{reads}", requests, ref ends);
        }

        return checks;
    }

    private static PhaseChecks Expectations(
        PhaseRun run, PhaseChecks checks, in RunnerInputs inputs, ImmutableArray<PhaseRequest>.Builder requests, ref bool ends)
    {
        for (int i = 0; i < run.Node!.Expectations.Length; i++)
        {
            Expectation expected = run.Node.Expectations[i];
            Reading reading = inputs.Image[expected.Tag];
            if (checks.Met[i]) continue;
            if (!reading.IsBad && double.IsNaN(checks.Baseline[i])) checks = checks with { Baseline = checks.Baseline.SetItem(i, reading.Value) };
            double moved = reading.IsBad ? 0 : reading.Value - checks.Baseline[i];
            bool met = expected.By >= 0 ? moved >= expected.By : moved <= expected.By;
            if (met && !reading.IsBad)
            {
                checks = checks with { Met = checks.Met.SetItem(i, true) };
                continue;
            }

            if (run.Status.Active - checks.ExpectFrom < expected.Within) continue;
            checks = Fault(run, checks, inputs, $"expected effect did not come: {expected.Text}{Moved(inputs.Rig.Tags[expected.Tag], reading, moved)}", requests, out bool continues);
            checks = checks with { Met = checks.Met.SetItem(i, true) };
            ends |= continues;
        }

        return checks;
    }

    private static string Moved(TagDefinition tag, Reading reading, double moved) =>
        reading.IsBad ? $"; it is bad ({reading.Reason.Words()})" : $"; it moved {moved.F("F" + tag.Decimals)} {tag.Unit}";

    /// <summary>Records a fault and asks for what the step declares for it.</summary>
    public static PhaseChecks Fault(
        PhaseRun run, PhaseChecks checks, in RunnerInputs inputs, string fault, ImmutableArray<PhaseRequest>.Builder requests, out bool ends)
    {
        ends = false;
        string kind = KindOf(fault);
        if (checks.LastFault == kind) return checks;
        Record(run, inputs, BatchEventKind.Fault, fault, "fault");
        Follow(run, run.Node!.OnFault, "fault: " + fault, requests, ref ends);
        return checks with { LastFault = kind };
    }

    /// <summary>A fault without its figures, so that one that is ignored is told once and not on every scan.</summary>
    private static string KindOf(string fault)
    {
        int figure = fault.AsSpan().IndexOfAnyInRange('0', '9');
        return figure <= 0 ? fault : fault[..figure];
    }

    private static PhaseChecks AtMost(
        PhaseRun run, PhaseChecks checks, in RunnerInputs inputs, ImmutableArray<PhaseRequest>.Builder requests, ref bool ends)
    {
        PhaseNode node = run.Node!;
        if (node.AtMost is not { } most || checks.AtMostFired) return checks;
        Reading seconds = most.Evaluate(inputs.Scope);
        if (seconds.IsBad || Clock(run).TotalSeconds < seconds.Value) return checks;
        string text = $"at most {(seconds.Value / 60).F("0.#")} min ({node.Clock.ToString().ToLowerInvariant()} clock)";
        Record(run, inputs, BatchEventKind.LimitReached, $"{text}: {node.ThenAtMost.ToString().ToLowerInvariant()}", "limit " + text);
        Follow(run, node.ThenAtMost, "limit " + text, requests, ref ends);
        return checks with { AtMostFired = node.ThenAtMost != Consequence.Continue };
    }

    private static void Follow(PhaseRun run, Consequence then, string cause, ImmutableArray<PhaseRequest>.Builder requests, ref bool ends)
    {
        if (then == Consequence.Continue) ends = true;
        PhaseCommand command = Consequences.Command(then);
        if (command == PhaseCommand.Pause && !run.CanPause) command = PhaseCommand.Hold;
        if (command != PhaseCommand.None) requests.Add(new PhaseRequest(command, cause));
    }

    /// <summary>In a state that the consequence cannot change (HOLD in HELD) a limit waits.</summary>
    private static bool Possible(PhaseRun run, Consequence then)
    {
        if (run.State is PhaseState.Running) return true;
        PhaseCommand command = Consequences.Command(then);
        return command != PhaseCommand.None && PhaseTable.Target(run.State, command) is not null;
    }

    private static bool IsTrue(Reading truth) => !truth.IsBad && truth.Value != 0;

    /// <summary>True, or not to be told because an instrument it looks at is bad: taken as true where true is the careful side.</summary>
    public static bool IsTrueOrBlind(Condition condition, in RunnerInputs inputs)
    {
        Reading truth = condition.Expression.Evaluate(inputs.Scope);
        return IsTrue(truth) || (truth.IsBad && Blind(condition.Expression, inputs.Image));
    }

    private static bool Blind(Expression expression, Image image)
    {
        foreach (int tag in expression.Tags)
            if (image[tag].IsBad) return true;
        return false;
    }

    private static void Record(PhaseRun run, in RunnerInputs inputs, BatchEventKind kind, string text, string cause) =>
        inputs.Events.Add(new BatchEvent(inputs.Image.Now, inputs.Image.Scan, kind, run.StepId, text, cause, BatchEvent.NoData.Add("unit", run.Unit.Name)));
}
