using Crm.Host.Access;
using Crm.Host.Checkpoints;
using Crm.Host.CommandLine;
using Crm.Host.Runs;
using Crm.Plant.Ports;
using Crm.Recipes.Services;
using Crm.Store.History;

namespace Crm.Host.Service;

/// <summary>What <c>crm serve</c> and <c>crm demo</c> were asked to do.</summary>
/// <param name="Data">Folder of accounts and records.</param>
/// <param name="Port">0 takes a free one.</param>
/// <param name="HmiPort">Port of the HMI; null starts none.</param>
public sealed record ServeOptions(IReadOnlyList<RigToServe> Rigs, string Data, int Port, int? HmiPort, double Pace, int Seed, Moment? From, string Visitor)
{
    /// <summary>Where the API listens.</summary>
    public Listening Listening { get; init; } = Listening.OnThisMachine;

    /// <summary>How much of the values is kept.</summary>
    public HistoryLimits History { get; init; } = new(ServiceSettings.Usual.HistoryAge, ServiceSettings.Usual.HistoryBytes);

    /// <summary>What is not as usual, and where it was said.</summary>
    public IReadOnlyList<SettingNote> Notes { get; init; } = [];

    /// <summary>Why an interrupted batch is given up; null brings it back.</summary>
    public string? Abandon { get; init; }

    /// <summary>Checkpoint that the twin begins from instead of a moment; null for none.</summary>
    public string? FromFile { get; init; }

    /// <summary>The twin predicts the batch as soon as the service is ready, so that its end is expected and its purity predicted.</summary>
    public bool Predict { get; init; }

    /// <summary>With recipe and seed of the checkpoint, when there is one.</summary>
    /// <exception cref="UsageException">It cannot be read, or the options contradict it.</exception>
    public ServeOptions Settled()
    {
        if (Rigs.Any(r => r.Live) && (From is not null || FromFile is not null)) throw new UsageException("--live runs on real devices: --from is for the twin");
        if (FromFile is null) return this;
        CheckpointHeader header = CheckpointFile.Header(FromFile);
        return this with { Rigs = [new RigToServe(header.Recipe, Rigs is [{ Rig: { } asked }] ? asked : header.Rig, false, RigToServe.NoPlaces)], Seed = header.Seed };
    }

    /// <summary>What breaks in the twin, and when.</summary>
    public IReadOnlyList<PlantFault> Faults { get; init; } = [];

    /// <summary>Recipe, rig and twin file of every rig to serve; or the problems of all of them.</summary>
    public (IReadOnlyList<RunInputs>? Inputs, IReadOnlyList<string> Problems) Load()
    {
        var inputs = new List<RunInputs>();
        var problems = new List<string>();
        foreach (var (recipe, rig, _, _) in Rigs)
        {
            var asked = new RunOptions(recipe, rig, new Dictionary<string, string>(), Seed, null, Faults, null, true, false) { Data = Data };
            var loaded = RunInputs.Load(FromFile is { } file ? CheckpointFile.Header(file).Continue(asked) : asked);
            problems.AddRange(loaded.Problems);
            if (loaded.Inputs?.Plan is not null) problems.Add($"crm: {recipe} is a campaign; serve begins with one recipe or formula; a campaign beside it is chosen in the browser");
            else if (loaded.Inputs is { } read) inputs.Add(read);
        }

        if (From is { } moment && inputs.Count == Rigs.Count && moment.Unknown([.. inputs.Select(i => i.Recipe)]) is { } unknown) problems.Add($"crm: --from {moment.Words}: {unknown}");
        foreach (var twice in inputs.GroupBy(i => i.Rig.Name).Where(g => g.Count() > 1)) problems.Add($"crm: rig {twice.Key} is named by {twice.Count()} recipes; one each");
        return problems.Count > 0 ? (null, problems) : (inputs, problems);
    }
}
