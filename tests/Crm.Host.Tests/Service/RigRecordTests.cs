using Crm.Control;
using Crm.Host.CommandLine;
using Crm.Host.Runs;
using Crm.Host.Service;
using Crm.Host.Tests.Api;
using Crm.Plant.Phases;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Differences;
using Xunit;

namespace Crm.Host.Tests.Service;

/// <summary>The record of a served rig whose process was killed with two batches on it (S88-22).</summary>
public sealed class RigRecordTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("crm-record-").FullName;
    private readonly string recipe;
    private readonly RunInputs inputs;

    public RigRecordTests()
    {
        string beside = Directory.CreateDirectory(Path.Combine(folder, "lithium")).FullName;
        recipe = Path.Combine(beside, "black-mass.yaml");
        string own = Path.Combine(ServedRig.Root(), "recipes", "lithium");
        File.Copy(Path.Combine(own, "black-mass-to-carbonate.yaml"), recipe);
        foreach (string also in (string[])["specs", "../shared/blocks"])
        {
            Directory.CreateDirectory(Path.Combine(beside, also));
            foreach (string file in Directory.EnumerateFiles(Path.Combine(own, also))) File.Copy(file, Path.Combine(beside, also, Path.GetFileName(file)));
        }

        var (read, problems) = RunInputs.Load(new RunOptions(recipe, Path.Combine(ServedRig.Root(), "hardware", "lithium-pilot"), new Dictionary<string, string>(), 1, null, [], null, true, false));
        Assert.Empty(problems);
        inputs = read!;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Both_batches_come_back_held_each_on_its_recipe()
    {
        await Killed();
        using var record = RigRecord.Open(folder, inputs, false, null, TimeProvider.System);

        Assert.Equal("B2", Assert.Single(record.Lost!.Further).Name);
        var back = new TwinRig(inputs, 1, record.Journal, record.Lost);
        back.Scan();
        Assert.Equal([PhaseState.Held, PhaseState.Held], back.Control.Batches.Select(b => b.State));
        Assert.Equal([3.0, 2.0], back.Control.Batches.Select(b => back.Control.RecipeOf(b.Id).Formula.Single(f => f.Name == "charge").Value));
        Assert.All(back.Control.Batches, b => Assert.Contains(back.Control.Snapshot(b.Id).Prompts, p => p.Prompt.Id == "line-up"));
    }

    [Fact]
    public async Task A_recipe_that_changed_meanwhile_is_refused_in_words()
    {
        await Killed();
        await File.AppendAllTextAsync(recipe, "\n# another one\n", TestContext.Current.CancellationToken);
        var refusal = Assert.Throws<UsageException>(() => RigRecord.Open(folder, inputs, false, null, TimeProvider.System));

        Assert.Contains("batch B2 beside it", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--abandon", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Steps_that_were_changed_come_back_as_they_were_accepted()
    {
        string text = await Revised();
        using var record = RigRecord.Open(folder, inputs, false, null, TimeProvider.System);

        var back = new TwinRig(inputs, 1, record.Journal, record.Lost!);
        back.Scan();
        Assert.Equal(text, back.Control.RecipeOf("B1").Text);
        Assert.Equal(PhaseState.Held, back.Control.StateOf("B1"));
    }

    [Fact]
    public async Task Changed_steps_whose_blocks_are_others_meanwhile_are_refused_in_words()
    {
        await Revised();
        await File.AppendAllTextAsync(Directory.EnumerateFiles(Path.Combine(folder, "shared", "blocks")).First(f => File.ReadAllText(recipe).Contains(Path.GetFileName(f), StringComparison.Ordinal)), "\n# other\n", TestContext.Current.CancellationToken);
        var refusal = Assert.Throws<UsageException>(() => RigRecord.Open(folder, inputs, false, null, TimeProvider.System));

        Assert.Contains("the steps of batch B1 were changed while it ran", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>The batch runs on other steps to come, by review; then the process is killed.</summary>
    private async Task<string> Revised()
    {
        using var record = RigRecord.Open(folder, inputs, false, null, TimeProvider.System);
        using var core = new RigCore(new TwinRig(inputs, 1, record.Journal), record.Journal, record) { Unattended = true };
        for (int i = 0; i < 600 && core.Plant.StateOf("B1") != PhaseState.Running; i++) core.Scan();
        string text = inputs.Recipe.Text.Replace("id: wet-out, speed: 300 rpm, for: 15 min", "id: wet-out, speed: 320 rpm, for: 20 min", StringComparison.Ordinal);
        var steps = RevisionText.Read(inputs.Recipe, text, UnitOperationCatalogue.Descriptions, inputs.Rig, inputs.Twin).Steps;
        var empty = new Dictionary<string, string>();
        var proposed = core.Command("rosa", "1", id => new ProposeRevision(id, "rosa", empty, "it clots", steps));
        var accepted = core.Command("tim", "2", id => new ReviewRevision(id, "tim", true));
        for (int i = 0; i < 50 || !core.Plant.IsOnRecord; i++) core.Scan();
        Assert.Equal(["accepted", "accepted"], new[] { (await proposed).State, (await accepted).State });
        return text;
    }

    /// <summary>Two batches are on their way; then nothing is brought to rest.</summary>
    private async Task Killed()
    {
        using var record = RigRecord.Open(folder, inputs, false, null, TimeProvider.System);
        using var core = new RigCore(new TwinRig(inputs, 1, record.Journal), record.Journal, record) { Unattended = true };
        var own = new Dictionary<string, string> { ["charge"] = "2 kg" };
        var begun = core.Begin("tessa", "1", RecipeShelf.With(inputs.Recipe, own).Recipe!, recipe, own);
        Assert.Equal("B2", (await begun).Reason);
        for (int i = 0; i < 600 && core.Plant.StateOf("B1") != PhaseState.Running; i++) core.Scan();
        Assert.Equal(ReplyKind.Accepted, core.Plant.Command(new CommandBatch(-1, "tessa", PhaseCommand.Start) { Batch = "B2" }).Kind);
        for (int i = 0; i < 50 || !core.Plant.IsOnRecord; i++) core.Scan();
    }
}
