using System.Globalization;
using Crm.Contracts;
using Crm.Plant.Loops;
using Crm.Plant.Loops.Tuning;

namespace Crm.Host.Service;

/// <summary>A loop as the API tells it.</summary>
public static class LoopText
{
    /// <summary>Null when there is no such loop, or no scan yet.</summary>
    public static LoopSeen? Of(RigCore core, string name)
    {
        int loop = core.Rig.Loop(name);
        if (loop < 0 || core.Plant.Frame is not { } frame || core.Plant.Loop(name) is not { } detail) return null;
        var status = frame.Loops[loop];
        return new LoopSeen(
            name,
            LoopModes.Word(status.Mode),
            LoopModes.Word(status.TargetMode),
            LoopModes.Word(LoopModes.Usual(core.Rig.Loops, core.Rig.Loops[loop])),
            status.Running && double.IsFinite(status.Setpoint) ? Math.Round(status.Setpoint, 3) : null,
            double.IsFinite(status.Output) ? Math.Round(status.Output, 1) : 0,
            [.. Enum.GetValues<LoopFlags>().Where(f => f != LoopFlags.None && status.Flags.HasFlag(f)).Select(f => Words.Of(f).Replace('_', ' '))],
            detail.FeedForward,
            new TuningSeen(detail.Tuning.Gain, detail.Tuning.IntegralTime, detail.Tuning.DerivativeTime, detail.Tuning.SetpointWeight, detail.Tuning.FilterTime),
            detail.Tuning.ToString(),
            detail.OldTuning?.ToString() ?? "",
            detail.ProposedTuning?.ToString() ?? "",
            [.. Margin("in use", detail.Present), .. Margin("proposed", detail.Predicted)],
            Figures(detail.Performance));
    }

    private static string[] Margin(string which, Margins? margins) => margins is not { } m ? []
        : [string.Create(CultureInfo.InvariantCulture, $"{which}: Ms {m.MaximumSensitivity:0.00}, gain margin {m.GainMargin:0.0}, phase margin {m.PhaseMargin:0} degrees{(m.IsStable ? "" : ", UNSTABLE")}")];

    private static string[] Figures(in LoopPerformance seen) => seen.Observed <= TimeSpan.Zero ? [] :
    [
        string.Create(CultureInfo.InvariantCulture, $"{100 * seen.InNormalMode:0} % of the time in control, {100 * seen.AtLimit:0} % at its limit, deviation {seen.Variability:0.###} (root mean square)"),
    ];
}
