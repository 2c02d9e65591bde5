using System.Globalization;
using Crm.Host.CommandLine;
using Crm.Host.Runs;
using Crm.Host.Service;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Recipes.Diagnostics;

namespace Crm.Host.Checkpoints;

/// <summary>A moment of a batch: a step of the procedure and how long after its beginning.</summary>
/// <param name="Step">Id of the step; empty counts from the start of the run.</param>
public sealed record Moment(string Step, TimeSpan After)
{
    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public string Words => Step.Length == 0 ? Seconds : After == TimeSpan.Zero ? Step : $"{Step}+{Seconds}";

    private string Seconds => string.Create(CultureInfo.InvariantCulture, $"{After.TotalSeconds}s");

    internal static readonly TimeSpan Longest = TimeSpan.FromDays(4);

    /// <summary><c>leach/peroxide+20min</c>, <c>leach/peroxide</c>, or <c>3h</c>.</summary>
    public static Moment Parse(string text)
    {
        int plus = text.LastIndexOf('+');
        if (plus > 0 && DurationText.TryParse(text[(plus + 1)..], out var after)) return new(text[..plus].Trim(), after);
        return DurationText.TryParse(text, out var since) ? new("", since) : new(text.Trim(), TimeSpan.Zero);
    }

    /// <summary>Why no batch of these recipes ever comes there, or null.</summary>
    public string? Unknown(IReadOnlyCollection<ControlRecipe> recipes)
    {
        ProcedureTree[] procedures = [.. recipes.Select(r => new ProcedureTree(r.Procedure))];
        return Step.Length == 0 || procedures.Any(p => p.Find(Step) >= 0)
            ? null
            : $"the recipe has no step '{Step}'; {Nearest.Suggest(Step, procedures.SelectMany(p => Enumerable.Range(0, p.Count).Select(n => p[n].Id)))}".TrimEnd(' ', ';');
    }

    /// <summary>Brings the rig there with the unattended technician; scans published are history, not frames.</summary>
    /// <returns>Null when reached, else why not.</returns>
    public string? Reach(RigCore core, Func<bool> giveUp)
    {
        core.Unattended = true;
        var watch = new MomentWatch(this);
        watch.Follow(core.Plant);
        while (!watch.HasCome(core.Now))
        {
            if (giveUp()) return "interrupted";
            core.Scan();
            if (core.Plant.BatchState is PhaseState.Held or PhaseState.Stopped or PhaseState.Aborted or PhaseState.Complete)
                return $"the batch was {core.Plant.BatchState} after {core.Now.TotalHours:0.0} h: {core.Plant.BatchReason}";
            if (core.Now > Longest) return $"step {Step} did not come within {Longest.TotalDays:0} days of plant time";
        }

        watch.Leave(core.Plant);
        core.Unattended = false;
        return null;
    }
}
