using Crm.Host.CommandLine;
using Crm.Host.Runs;
using Crm.Plant.Procedure;

namespace Crm.Host.Checkpoints;

/// <summary>Takes the checkpoints of a run as their moments come.</summary>
internal sealed class CheckpointsDue
{
    /// <summary>How often the steps are looked at, plant time.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    private readonly RunOptions options;
    private readonly RunInputs inputs;
    private readonly TwinRig rig;
    private readonly BatchFolder files;
    private readonly string folder;
    private readonly List<(Moment Moment, TimeSpan? Begun)> open;
    private TimeSpan nextRound;

    public CheckpointsDue(RunOptions options, RunInputs inputs, TwinRig rig, BatchFolder files, string folder)
    {
        (this.options, this.inputs, this.rig, this.files, this.folder) = (options, inputs, rig, files, folder);
        open = [.. options.Checkpoints.Select(m => (m, m.Step.Length == 0 ? TimeSpan.Zero : (TimeSpan?)null))];
    }

    /// <summary>Moments of steps that no recipe has.</summary>
    public static IEnumerable<string> Unknown(RunOptions options, IReadOnlyCollection<ControlRecipe> recipes) =>
        options.Checkpoints.Select(m => (Moment: m, Problem: m.Unknown(recipes))).Where(m => m.Problem is not null).Select(m => $"crm: --checkpoint {m.Moment.Words}: {m.Problem}");

    /// <summary>After a scan.</summary>
    public void Look(TimeSpan now)
    {
        if (open.Count == 0 || now < nextRound) return;
        nextRound = now + Round;
        for (int i = open.Count - 1; i >= 0; i--)
        {
            (Moment moment, TimeSpan? begun) = open[i];
            if (begun is null && moment.HasBegun(rig)) open[i] = (moment, begun = now);
            if (begun is null || now < begun + moment.After) continue;
            open.RemoveAt(i);
            string path = Path.Combine(folder, moment.Words.Replace('/', '-').Replace('+', '-') + CheckpointFile.Extension);
            CheckpointFile.Write(path, options, moment, inputs, rig, files);
            if (!options.Quiet) Console.Error.WriteLine($"crm: checkpoint {path}");
        }
    }
}
