using Crm.Host.CommandLine;
using Crm.Host.Runs;
using Crm.Plant.Procedure;

namespace Crm.Host.Checkpoints;

/// <summary>Takes the checkpoints of a run as their moments come.</summary>
internal sealed class CheckpointsDue
{
    private readonly RunOptions options;
    private readonly RunInputs inputs;
    private readonly TwinRig rig;
    private readonly BatchFolder files;
    private readonly string folder;
    private readonly List<MomentWatch> open;

    public CheckpointsDue(RunOptions options, RunInputs inputs, TwinRig rig, BatchFolder files, string folder)
    {
        (this.options, this.inputs, this.rig, this.files, this.folder) = (options, inputs, rig, files, folder);
        open = [.. options.Checkpoints.Select(m => new MomentWatch(m))];
        foreach (MomentWatch watch in open) watch.Follow(rig.Control);
    }

    /// <summary>Moments of steps that no recipe has.</summary>
    public static IEnumerable<string> Unknown(RunOptions options, IReadOnlyCollection<ControlRecipe> recipes) =>
        options.Checkpoints.Select(m => (Moment: m, Problem: m.Unknown(recipes))).Where(m => m.Problem is not null).Select(m => $"crm: --checkpoint {m.Moment.Words}: {m.Problem}");

    /// <summary>After a scan.</summary>
    public void Look(TimeSpan now)
    {
        for (int i = open.Count - 1; i >= 0; i--)
        {
            if (!open[i].HasCome(now)) continue;
            Moment moment = open[i].Moment;
            open.RemoveAt(i);
            string path = Path.Combine(folder, moment.Words.Replace('/', '-').Replace('+', '-') + CheckpointFile.Extension);
            CheckpointFile.Write(path, options, moment, inputs, rig, files);
            if (!options.Quiet) Console.Error.WriteLine($"crm: checkpoint {path}");
        }
    }
}
