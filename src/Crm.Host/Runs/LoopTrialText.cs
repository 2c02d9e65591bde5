using System.Globalization;
using System.Text;
using Crm.Plant.Loops;
using Crm.Plant.Loops.Tuning;
using Crm.Plant.Rigs;

namespace Crm.Host.Runs;

/// <summary>What <c>crm loop tune</c> and <c>crm loop step</c> print.</summary>
public static class LoopTrialText
{
    public static string Of(RigDefinition rig, LoopDefinition loop, double setpoint, LoopTrialResult found)
    {
        PlantModel model = found.Detail.Model!;
        LoopTuning proposed = found.Detail.ProposedTuning!.Value;
        string unit = rig.Tags[loop.ProcessValue].Unit;
        var text = new StringBuilder();
        text.AppendLine(Line($"{loop.Name} at {setpoint:0.#} {unit}, held by {found.Standing:0.#} % of controller output; {found.Lasted.TotalHours:0.0} h of plant time on the twin"));
        text.AppendLine($"  relay tests  {model}");
        text.AppendLine($"  step test    {(found.Step is null ? "no model: " + found.StepWhyNot : found.Step.ToString())}");
        text.AppendLine("  margins are predicted on the model of the relay tests");
        text.AppendLine("                        Kc       Ti       Td     Ms     GM     PM");
        text.AppendLine(Row("in use", model, found.Detail.Tuning));
        text.AppendLine(Row("proposed (SIMC PI)", model, proposed));
        text.AppendLine(Row("SIMC PID", model, TuningRules.Robust(model, TuningRules.SimcPid, proposed.FilterTime)));
        text.AppendLine(Row("AMIGO PI", model, TuningRules.AmigoPi(model) with { FilterTime = proposed.FilterTime }));
        if (found.Step is { } step) text.AppendLine(Row("SIMC PI of the step", model, TuningRules.Simc(step) with { FilterTime = proposed.FilterTime }));
        text.AppendLine(Line($"  for rig.yaml: gain: {proposed.Gain:0.##}, ti: {proposed.IntegralTime:0} s, dead_time: {model.Reduced().Delay:0} s; then check it with a small setpoint step"));
        if (loop.SwingsAcross(found.Standing))
            text.Append("  tested across both sides, for there is next to nothing to do here; proposed for the steeper of them");
        else if (loop.IsSplit)
            text.Append(found.Standing >= 0
                ? "  tested on the heating side; the cooling side is another process: look at a cooling phase too"
                : "  tested on the cooling side; the heating side is another process: look at a heating phase too");
        return text.ToString().TrimEnd();
    }

    public static string Of(RigDefinition rig, LoopDefinition loop, double from, double to, LoopResponse step, double thrown, LoopResponse? load)
    {
        string unit = rig.Tags[loop.ProcessValue].Unit;
        var text = new StringBuilder();
        text.AppendLine(Line($"{loop.Name} on the twin, each response over {LoopStepTrial.Watched.TotalHours:0} h, values as means over 10 s"));
        text.AppendLine(Row(Line($"{from:0.##} to {to:0.##} {unit}"), "overshoot", unit, step));
        if (load is not null) text.AppendLine(Row(Line($"{thrown:0.##} kg thrown in"), "furthest off", unit, load));
        return text.ToString().TrimEnd();
    }

    private static string Row(string what, string beyond, string unit, LoopResponse response)
    {
        string settled = response.Settled is { } time ? Line($"settled after {time.TotalMinutes:0.0} min") : "not settled";
        string moved = string.Join(", ", response.Movement.Select(m => Line($"{m.Output} {m.Percent:0} %")));
        return Line($"  {what,-20} {beyond} {response.Beyond:0.00} {unit}, {settled}, IAE {response.AbsoluteError:0.0} {unit} min, way {moved}");
    }

    private static string Row(string name, PlantModel model, LoopTuning tuning)
    {
        Margins margins = Margins.Of(model, tuning);
        return Line($"  {name,-19} {tuning.Gain,6:0.00} {tuning.IntegralTime,6:0} s {tuning.DerivativeTime,6:0} s {margins.MaximumSensitivity,6:0.00} {margins.GainMargin,6:0.0} {margins.PhaseMargin,6:0}");
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
