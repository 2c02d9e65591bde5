using Crm.Plant.Loops;
using Crm.Plant.Records;
using Crm.Plant.Rigs;

namespace Crm.Plant.UnitOperations;

/// <summary>
/// Doses in pulses until a pH is reached: doses, mixes, looks, and sizes the next pulse by what the last ones did. Where the unit has a pH loop
/// on a known titration curve, that doses.
/// </summary>
public sealed class DoseToPhOperation : IUnitOperation
{
    private const string PhLoop = "ph_loop";

    private static readonly TimeSpan PhSmoothing = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan TareTime = TimeSpan.FromSeconds(6);

    /// <summary>Bands the pH may drift back while it settles, so that noise at the edge of the band does not start the settling over and over.</summary>
    private const double DriftBands = 1.5;

    /// <summary>pH in two thirds of a mixing pause that is no noise: base or acid still dissolves, and the next pulse must wait for it.</summary>
    private const double StillMoves = 0.02;

    /// <summary>pH from the target below which a pulse waits for the one before to be spent.</summary>
    private const double Near = 4;

    /// <summary>Most extensions of a mixing pause, each two thirds of it.</summary>
    private const int MostExtensions = 12;

    /// <summary>pH that must be gained by a quarter of the amount allowed, else the electrode or the reagent is at fault.</summary>
    private const double LeastMove = 0.02;

    public UnitOperationDescription Description { get; } = new(
        "dose_to_ph",
        "Dose to pH",
        "Doses acid or base in pulses with a mixing pause, ever smaller towards the target, or by the unit's pH loop, until the pH stays in the band.",
        [],
        [
            DosingLines.Reagent,
            ParameterDefinition.Number("target", "Target", "pH", 0, 14, null, "pH to reach."),
            ParameterDefinition.Number("band", "Band", "pH", 0.02, 1, 0.1, "Reached when within this of the target."),
            ParameterDefinition.Number("rate", "Rate", "kg/h", 0.001, 1000, null, "Dosing rate at most."),
            ParameterDefinition.Number("at_most_amount", "At most", "kg", 0.001, 1000, null, "Fault when this much did not reach the target."),
            ParameterDefinition.Number("settle", "Settle", "s", 0, 7200, 60, "The pH must stay in the band this long."),
            ParameterDefinition.Number("mix", "Mixing pause", "s", 5, 1800, 45, "Pause after a pulse before the pH is believed; some three times the electrode's lag."),
            Surroundings.Temperature(),
            Surroundings.Agitator,
        ],
        [
            new("ph", RoleKind.Tag, "pH", true, "Measures what the pulses did."),
            new(PhLoop, RoleKind.Loop, "pH", false, "Doses by the liquor's titration curve instead of pulses, where its largest output is within the rate."),
            Surroundings.Loop(false), Surroundings.AgitatorOutput, Surroundings.AgitatorSpeed,
        ],
        ["between pulses; by a pH loop at any time"],
        RepeatSafe: false)
    {
        Effects =
        [
            new("pump on", "drum scale falls", TimeSpan.FromSeconds(45), "pump or line"),
            new("a quarter of the amount allowed in", "pH moves", TimeSpan.FromHours(1), "pH does not move"),
            new("reagent in", "pH moves the right way", TimeSpan.FromMinutes(5), "pH goes the wrong way"),
        ],
    };

    public PhaseMemory Begin(PhaseContext context) => DoseToPhMemory.Fresh;

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory)
    {
        var dose = (DoseToPhMemory)memory;
        DoseToPhStage stage = dose.Stage is DoseToPhStage.Pulse or DoseToPhStage.Settle ? DoseToPhStage.Mix : dose.Stage;
        return dose with { Stage = stage, InStage = TimeSpan.Zero, Rate = 0, Tally = dose.Tally.Reopened(), Ph = Smoothed.Unset, Pulses = dose.Pulses.Restarted() };
    }

    public PhaseMemory? Recover(IReadOnlyList<BatchEvent> recorded) =>
        DosingTally.Recovered(recorded) is { } tally ? DoseToPhMemory.Fresh with { Tally = tally } : null;

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        var dose = (DoseToPhMemory)memory;
        string reagent = context.Name("reagent");
        if (context.DosingLine(reagent) is not { } line) return context.Faulted(dose, $"{context.Unit.Name} has no dosing line for {reagent}");
        if (context.Maintain() is { } still) return context.Faulted(dose, still);
        string? fault = context.Unusable("ph") ?? context.UnusableTag(line.Scale, "scale of " + reagent);
        if (fault is not null) return context.Faulted(dose with { Rate = 0 }, fault);

        double uncertainty = context.Rig.Tags[line.Scale].StandardUncertainty;
        if (dose.Stage == DoseToPhStage.Loop && !context.Driven.IsEmpty) dose = dose with { Rate = context.Driven.Span[line.Pump] / 100 * line.FullRate };
        dose = dose with
        {
            Tally = dose.Tally.Next(context.Read(line.Scale).Value, dose.Rate, context.Elapsed, uncertainty, reagent, out fault),
            Ph = dose.Ph.Next(context.Read("ph").Value, context.Elapsed, PhSmoothing),
            Given = dose.Given + (dose.Rate * context.Elapsed.TotalHours),
            InStage = dose.InStage + context.Elapsed,
        };
        dose = dose with { Watch = dose.Watch.Next(dose, 0.25 * context.Number("at_most_amount"), LeastMove, reagent, out string? stuck) };
        fault ??= stuck;
        if (fault is not null) return context.Faulted(dose with { Rate = 0 }, fault);
        return dose.Stage switch
        {
            DoseToPhStage.Taring => Taring(context, dose, line),
            DoseToPhStage.Mix when HasLoop(context, dose, line) => ByLoop(context, dose with { Stage = DoseToPhStage.Loop }, line),
            DoseToPhStage.Mix => Mix(context, dose, line),
            DoseToPhStage.Loop => ByLoop(context, dose, line),
            DoseToPhStage.Pulse => Pulse(context, dose, line),
            _ => Settle(context, dose, line),
        };
    }

    public void End(PhaseContext context, PhaseMemory memory)
    {
        var dose = (DoseToPhMemory)memory;
        if (context.DosingLine(context.Name("reagent")) is not { } line || double.IsNaN(dose.Tally.Tare)) return;
        double gone = dose.Stage == DoseToPhStage.Done ? dose.Tally.Dosed : dose.Tally.GoneBy(context.Read(line.Scale));
        DosingTally.Account(context, line, Math.Max(gone, 0), dose.Tally.Commanded);
    }

    private static PhaseStep Taring(PhaseContext context, DoseToPhMemory dose, DosingLine line)
    {
        context.Pump(line, 0);
        if (dose.InStage < TareTime) return Going(context, dose, "reading scale and pH");
        int direction = context.Number("target") >= dose.Ph.Value ? 1 : -1;
        dose = dose with { Stage = DoseToPhStage.Mix, Direction = direction };
        // A recovered tally has its tare already.
        if (double.IsNaN(dose.Tally.Tare)) dose = dose with { Tally = dose.Tally.Tared() };
        dose.Tally.RecordTare(context, line.Reagent);
        return Going(context, dose, "ready");
    }

    private static PhaseStep Mix(PhaseContext context, DoseToPhMemory dose, DosingLine line)
    {
        context.Pump(line, 0);
        double lacks = dose.Lacks(context.Number("target"));
        if (dose.Given > 0 && Waits(context, ref dose, lacks)) return Going(context, dose, dose.Extensions > 0 ? "mixing, the pH still moves" : "mixing");
        if (lacks <= context.Number("band")) return Going(context, dose with { Stage = DoseToPhStage.Settle, InStage = TimeSpan.Zero }, "settling");

        double allowed = context.Number("at_most_amount") - dose.Tally.Dosed;
        if (allowed <= 0)
            return context.Faulted(dose, TooMuch(context, dose, line));
        PulseSizing pulses = dose.Pulses.Next(dose.Ph.Value, dose.Given, dose.Direction, lacks, Rate(context, line));
        pulses = pulses with { Mass = Math.Min(pulses.Mass, allowed) };
        return Going(context, dose with { Stage = DoseToPhStage.Pulse, InStage = TimeSpan.Zero, Given = 0, Pulses = pulses, Extensions = 0 }, "pulse");
    }

    /// <summary>
    /// The pause after a pulse, longer while the pH goes on moving by itself: a slurry takes minutes to spend what it got, and just before a
    /// steep part of the curve that alone may carry the pH past the target.
    /// </summary>
    private static bool Waits(PhaseContext context, ref DoseToPhMemory dose, double lacks)
    {
        TimeSpan pause = MixingPause(context, lacks);
        if (dose.InStage < pause / 3)
        {
            dose = dose with { Anchor = dose.Ph.Value };
            return true;
        }

        if (dose.InStage < pause) return true;
        bool moves = lacks > context.Number("band") && lacks < Near && dose.Direction * (dose.Ph.Value - dose.Anchor) > StillMoves && dose.Extensions < MostExtensions;
        if (moves) dose = dose with { InStage = pause / 3, Anchor = dose.Ph.Value, Extensions = dose.Extensions + 1 };
        return moves;
    }

    private static PhaseStep Pulse(PhaseContext context, DoseToPhMemory dose, DosingLine line)
    {
        bool ends = dose.Given >= dose.Pulses.Mass || dose.Lacks(context.Number("target")) <= context.Number("band");
        double rate = context.Pump(line, ends ? 0 : dose.Pulses.Rate(Rate(context, line), line.FullRate));
        dose = ends ? dose with { Stage = DoseToPhStage.Mix, InStage = TimeSpan.Zero } : dose;
        return Going(context, dose with { Rate = rate }, "dosing", atPausePoint: false);
    }

    /// <summary>A loop of the unit that drives this pump alone, the way the pH must go, and never faster than the step allows.</summary>
    private static bool HasLoop(PhaseContext context, DoseToPhMemory dose, DosingLine line)
    {
        int ordinal = context.Rig.Loop(context.Unit.Name, PhLoop);
        if (ordinal < 0 || context.Rig.Loops[ordinal] is not { Legs: [{ } leg] } loop || leg.Output != line.Pump) return false;
        double most = SplitRange.Value(leg, loop.OutputHigh) / 100 * line.FullRate;
        return Math.Sign(loop.Gain) == dose.Direction && most <= Rate(context, line) * (1 + 1e-9);
    }

    private static PhaseStep ByLoop(PhaseContext context, DoseToPhMemory dose, DosingLine line)
    {
        double target = context.Number("target");
        bool there = dose.Lacks(target) <= context.Number("band");
        if (there || dose.Tally.Dosed >= context.Number("at_most_amount")) context.Pump(line, 0);
        if (there) return Going(context, dose with { Stage = DoseToPhStage.Settle, InStage = TimeSpan.Zero }, "settling");
        if (dose.Tally.Dosed >= context.Number("at_most_amount")) return context.Faulted(dose with { Rate = 0 }, TooMuch(context, dose, line));
        context.Control(PhLoop, target);
        return Going(context, dose, "dosing by the titration curve");
    }

    private static string TooMuch(PhaseContext context, DoseToPhMemory dose, DosingLine line) =>
        $"{dose.Tally.Dosed.F()} kg {line.Reagent} reached pH {dose.Ph.Value.F()} of {context.Number("target").F()} only";

    private static PhaseStep Settle(PhaseContext context, DoseToPhMemory dose, DosingLine line)
    {
        context.Pump(line, 0);
        double target = context.Number("target");
        double band = context.Number("band");
        double lacks = dose.Lacks(target);
        if (dose.Stage == DoseToPhStage.Done) return Finished(context, dose);
        if (lacks > DriftBands * band) return Going(context, dose with { Stage = DoseToPhStage.Mix, InStage = TimeSpan.Zero }, "drifted back");
        if (dose.InStage < context.SecondsOr("settle", 60)) return Going(context, dose, "settling");
        if (lacks < -band)
            context.Record(BatchEventKind.Note, $"pH {dose.Ph.Value.F()} is past the target {target.F()} by more than the band {band.F()}");
        return Finished(context, dose with { Stage = DoseToPhStage.Done });
    }

    private static PhaseStep Finished(PhaseContext context, DoseToPhMemory dose) =>
        new(dose with { Rate = 0 }, PhaseVerdict.Done, $"pH {dose.Ph.Value.F()} of {context.Number("target").F()} with {dose.Tally.Dosed.F("0.000")} kg", 1);

    private static PhaseStep Going(PhaseContext context, DoseToPhMemory dose, string what, bool atPausePoint = true)
    {
        double target = context.Number("target");
        string doing = $"{what}: pH {dose.Ph.Value.F()} of {target.F()}, {dose.Tally.Dosed.F()} kg {context.Name("reagent")}";
        double progress = Inputs.Share(dose.Direction * (dose.Ph.Value - dose.Watch.Start), dose.Direction * (target - dose.Watch.Start));
        return new(dose with { Rate = dose.Stage is DoseToPhStage.Pulse or DoseToPhStage.Loop ? dose.Rate : 0 }, PhaseVerdict.Continue, doing, progress, null, atPausePoint);
    }

    private static double Rate(PhaseContext context, DosingLine line) => Math.Min(context.Number("rate"), line.FullRate);

    /// <summary>Far from the target a glance is enough; near it the electrode must have caught up.</summary>
    private static TimeSpan MixingPause(PhaseContext context, double lacks) =>
        context.SecondsOr("mix", 45) * (lacks > Near ? 0.4 : 1);
}

public enum DoseToPhStage
{
    Taring,
    Mix,
    Pulse,

    /// <summary>The unit's pH loop doses.</summary>
    Loop,
    Settle,
    Done,
}

/// <param name="Direction">+1 when the pH must rise, -1 when it must fall, 0 before the first look.</param>
/// <param name="Rate">kg/h the pump was last told.</param>
/// <param name="Given">kg commanded in the present or last pulse.</param>
public sealed record DoseToPhMemory(
    DoseToPhStage Stage,
    DosingTally Tally,
    Smoothed Ph,
    int Direction,
    double Rate,
    double Given,
    TimeSpan InStage,
    PulseSizing Pulses,
    PhWatch Watch) : PhaseMemory
{
    public static readonly DoseToPhMemory Fresh =
        new(DoseToPhStage.Taring, DosingTally.Fresh, Smoothed.Unset, 0, 0, 0, TimeSpan.Zero, PulseSizing.Fresh, PhWatch.Fresh);

    /// <summary>pH at the start of the present look at whether it still moves.</summary>
    public double Anchor { get; init; } = double.NaN;

    /// <summary>Times the present mixing pause has been extended.</summary>
    public int Extensions { get; init; }

    /// <summary>pH still to go in the dosing direction; negative past the target.</summary>
    public double Lacks(double target) => Direction * (target - Ph.Value);
}
