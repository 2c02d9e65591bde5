using System.Diagnostics;
using System.Globalization;
using Crm.Control;
using Crm.Host.CommandLine;
using Crm.Plant.Phases;

namespace Crm.Host.Runs;

/// <summary>
/// Live progress on standard error: on a terminal one line that is rewritten twice a second, elsewhere a line per new step. Reads the
/// plant, never changes it; wall time stays in here.
/// </summary>
public sealed class Progress(RunOptions options)
{
    private readonly Stopwatch wall = Stopwatch.StartNew();
    private readonly bool terminal = !Console.IsErrorRedirected;
    private TimeSpan nextLook = TimeSpan.Zero;
    private long nextMillisecond;
    private string steps = "";

    public void Show(PlantController plant, TimeSpan now)
    {
        if (options.Quiet || now < nextLook) return;
        nextLook = now + TimeSpan.FromSeconds(1);
        if (terminal && wall.ElapsedMilliseconds < nextMillisecond) return;
        nextMillisecond = wall.ElapsedMilliseconds + 500;
        PlantSnapshot[] batches = [.. plant.Batches.Where(b => !b.IsOver && b.State != PhaseState.Idle).Select(b => plant.Snapshot(b.Id))];
        if (batches.Length == 0) batches = [plant.Snapshot()];
        var seen = batches[0];
        if (terminal) Console.Error.Write("\r" + Fit(string.Join("  ", batches.Select(b => (batches.Length > 1 ? b.Id + " " : "") + Line(plant, b, now)))));
        string active = string.Join("  ", batches.Select(b => (batches.Length > 1 ? b.Id + " " : "") + string.Join(" + ", b.Steps.Select(s => s.Id).Concat(b.Waiting.Where(w => w.Doing.Length > 0).Select(w => w.Doing)))));
        if (active == steps) return;
        steps = active;
        if (!terminal && active.Length > 0) Console.Error.WriteLine($"{Clock(now)}  {seen.Batch,-9} {active}");
    }

    /// <summary>Leaves the progress line before the result is printed.</summary>
    public void End()
    {
        if (!options.Quiet && terminal) Console.Error.WriteLine();
    }

    private static string Line(PlantController plant, PlantSnapshot seen, TimeSpan now)
    {
        string doing = string.Join(" | ", seen.Steps.Select(s => Step(plant, s, now)));
        string alarms = seen.Alarms.Length == 0 ? "" : $"  ALARMS {seen.Alarms.Length}: {seen.Alarms[0].Definition.Text}";
        string prompts = seen.Prompts.Length == 0 ? "" : $"  prompt: {seen.Prompts[0].Prompt.Text}";
        return $"{Clock(now)} {seen.Batch}{(seen.Reason.Length > 0 ? " (" + seen.Reason + ")" : "")}{alarms}{prompts}  {doing}";
    }

    /// <summary>A step with what it does, how long it has taken and is expected to take yet, and its unit's temperature and pH.</summary>
    private static string Step(PlantController plant, StepView step, TimeSpan now)
    {
        var taken = now - step.Since;
        string left = step.Progress is > 0.05 and < 1
            ? $", about {Clock(taken * ((1 - step.Progress) / step.Progress)).Trim()} left"
            : "";
        string doing = step.Doing.Length > 0 ? ": " + step.Doing : "";
        return $"{step.Id} {Clock(taken).Trim()}{left}{doing}{Value(plant, step.Unit, "temperature", " degC")}{Value(plant, step.Unit, "ph", " pH")}";
    }

    private static string Value(PlantController plant, string unit, string role, string symbol)
    {
        int tag = unit.Length == 0 ? -1 : plant.Rig.Tag(unit, role);
        if (tag < 0 || plant.Frame is not { } frame || frame.Image[tag].IsBad) return "";
        return ", " + frame.Image[tag].Value.ToString("F1", CultureInfo.InvariantCulture) + symbol;
    }

    private static string Fit(string line)
    {
        int width;
        try
        {
            width = Math.Max(40, Console.WindowWidth - 1);
        }
        catch (IOException)
        {
            width = 119;
        }

        return line.Length > width ? line[..(width - 1)] + "…" : line.PadRight(width);
    }

    private static string Clock(TimeSpan now) => string.Create(CultureInfo.InvariantCulture, $"{(int)now.TotalHours,3}:{now.Minutes:00} h");
}
