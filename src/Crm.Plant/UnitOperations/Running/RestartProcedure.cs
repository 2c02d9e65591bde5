using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations.Running;

internal enum RestartStage
{
    Jog,
    Mix,
    Done,
}

/// <param name="From">Temperature when mixing began, degC; NaN before.</param>
internal sealed record RestartCourse(RestartStage Stage, TimeSpan InStage, double From);

/// <summary>
/// RESTART after lost agitation or a long hold: reagent may lie in a layer and react at once when the agitator comes back. The agitator is
/// jogged, then mixes with the feeds locked, and what accumulated shows as a rise of temperature before anything more is dosed.
/// </summary>
internal static class RestartProcedure
{
    /// <summary>Share of the asked speed below which an agitator stands still.</summary>
    private const double Still = 0.5;

    /// <summary>Remembers, while the unit is held, what its restart must take into account.</summary>
    public static PhaseRun Watch(PhaseRun run, in RunnerInputs inputs)
    {
        if (run.Unit.Restart is null || run.State is not (PhaseState.Holding or PhaseState.Held)) return run;
        if (run.State == PhaseState.Held) run = run with { HeldFor = run.Status.InState };
        double asked = StandingDemands.AgitatorSpeed(run.Unit, PhaseState.Held, run.Standing, inputs.Rig);
        return asked > 0 && !Turns(run.Unit, asked, inputs) ? run with { AgitationLost = true } : run;
    }

    /// <summary>The course on entering RESTARTING; null when nothing is needed but the agitator.</summary>
    public static RestartCourse? Begin(PhaseRun run) => run.Unit.Restart is { } rule && (run.AgitationLost || run.HeldFor >= rule.After)
        ? new RestartCourse(RestartStage.Jog, TimeSpan.Zero, double.NaN)
        : null;

    /// <summary>One scan of RESTARTING.</summary>
    /// <param name="hold">Why it must be held again; null when it goes on.</param>
    public static PhaseRun Advance(PhaseRun run, in RunnerInputs inputs, out string? hold)
    {
        hold = null;
        if (run.State != PhaseState.Restarting || run.Restart is not { } course || run.Unit.Restart is not { } rule) return run;
        course = course with { InStage = course.InStage + inputs.Elapsed };
        Reading temperature = Read(run.Unit, "temperature", inputs);
        if (course.Stage == RestartStage.Jog && course.InStage >= rule.Jog && Turns(run.Unit, rule.Speed, inputs) && !temperature.IsBad)
            course = new RestartCourse(RestartStage.Mix, TimeSpan.Zero, temperature.Value);
        if (course.Stage != RestartStage.Mix) return run with { Restart = course };

        double rise = temperature.Value - course.From;
        if (temperature.IsBad) hold = $"{run.Unit.Name}.temperature is bad ({temperature.Reason.Words()}): what accumulated cannot be assessed";
        else if (rise > rule.Rise) hold = $"reagent that had accumulated reacts: {rise.F("0.0")} K warmer after {course.InStage.TotalSeconds.F("0")} s of mixing, {rule.Rise.F("0.0")} K allowed";
        if (hold is not null || course.InStage < rule.Mix) return run with { Restart = course };
        Note(run, inputs, $"restart assessed: agitator jogged, mixed {rule.Mix.TotalSeconds.F("0")} s with the feeds locked, {rise.F("0.0")} K warmer of {rule.Rise.F("0.0")} K allowed: nothing accumulated");
        return run with { Restart = course with { Stage = RestartStage.Done } };
    }

    /// <summary>The jog's own speed in place of what the table asks of the agitator.</summary>
    public static void Jog(PhaseRun run, in RunnerInputs inputs, int first)
    {
        if (run.Restart is not { Stage: RestartStage.Jog } || run.Unit.Restart is not { } rule) return;
        for (int i = first; i < inputs.Demands.Count; i++)
            if (!inputs.Demands[i].IsLoop && inputs.Rig.Outputs[inputs.Demands[i].Target].Role == OutputRole.Agitate)
                inputs.Demands[i] = Demand.Output(inputs.Demands[i].Target, rule.Speed, inputs.Image.Scan);
    }

    public static string Doing(PhaseRun run) => run.Restart switch
    {
        { Stage: RestartStage.Jog } => $"restarting: jogging the agitator at {run.Unit.Restart!.Speed.F("0")} rpm, feeds locked",
        { Stage: RestartStage.Mix } course => $"restarting: mixing with the feeds locked, {course.InStage.TotalSeconds.F("0")} of {run.Unit.Restart!.Mix.TotalSeconds.F("0")} s",
        _ => "restarting",
    };

    private static bool Turns(UnitDefinition unit, double asked, in RunnerInputs inputs)
    {
        Reading speed = Read(unit, "agitator_speed", inputs);
        return !speed.IsBad && speed.Value >= Still * asked;
    }

    private static Reading Read(UnitDefinition unit, string role, in RunnerInputs inputs)
    {
        int tag = inputs.Rig.Tag(unit.Name, role);
        return tag < 0 ? Reading.Never : inputs.Image[tag];
    }

    private static void Note(PhaseRun run, in RunnerInputs inputs, string text) => inputs.Events.Add(new BatchEvent(
        inputs.Image.Now, inputs.Image.Scan, BatchEventKind.Note, run.StepId, text, "recipe", BatchEvent.NoData.Add("unit", run.Unit.Name)));
}
