using Crm.Control;
using Crm.Host.CommandLine;
using Crm.Host.Runs;
using Crm.Host.Service;
using Crm.Host.Tests.Api;
using Crm.Plant.Campaigns;
using Crm.Plant.Phases;
using Xunit;

namespace Crm.Host.Tests.Service;

/// <summary>A served campaign whose controller was killed on its way: it comes back with its plan, held (S88-22, S88-24).</summary>
public sealed class CampaignRecordTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("crm-campaign-record-").FullName;
    private readonly string campaign;
    private readonly RunInputs inputs;
    private long commands = -1;

    public CampaignRecordTests()
    {
        string own = Path.Combine(ServedRig.Root(), "recipes", "bench"), beside = Directory.CreateDirectory(Path.Combine(folder, "bench")).FullName;
        foreach (string file in (string[])["neutralise-soda-liquor.yaml", "specs/neutral-liquor.yaml"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(beside, file))!);
            File.Copy(Path.Combine(own, file), Path.Combine(beside, file));
        }

        campaign = Path.Combine(Directory.CreateDirectory(Path.Combine(beside, "campaigns")).FullName, "thrice.yaml");
        File.WriteAllText(campaign, """
            format: 1
            campaign: bench/thrice
            version: "1.0.0"
            title: Thrice
            rig: bench-kit
            batches:
              first: {recipe: ../neutralise-soda-liquor.yaml}
              second: {recipe: ../neutralise-soda-liquor.yaml, when: reactor.level < 0.3 L, takes: {soda_liquor: first/neutral-liquor}}
              third: {recipe: ../neutralise-soda-liquor.yaml, after: second, set: {hold_time: 5 min}}

            """);
        var (read, problems) = RunInputs.Load(new RunOptions(
            Path.Combine(beside, "neutralise-soda-liquor.yaml"), Path.Combine(ServedRig.Root(), "hardware", "bench-kit"), new Dictionary<string, string>(), 1, null, [], null, true, false));
        Assert.Empty(problems);
        inputs = read!;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Killed_in_its_second_batch_it_comes_back_held_with_what_each_waits_for_and_takes()
    {
        await Killed(core => core.Plant.StateOf("C1-second") == PhaseState.Running && core.Look("C1-second").Steps.Any(s => s.Unit == "reactor"));
        using var record = RigRecord.Open(folder, inputs, false, null, TimeProvider.System);

        Assert.Equal(["C1-first", "C1-second", "C1-third"], record.Lost!.Further.Select(b => b.Name));
        var back = new TwinRig(inputs, 1, record.Journal, record.Lost);
        back.Scan();
        PlantController plant = back.Control;
        Assert.Equal([PhaseState.Stopped, PhaseState.Complete, PhaseState.Held, PhaseState.Idle], plant.Batches.Select(b => b.State));
        Assert.Equal(5 * 60, 60 * plant.RecipeOf("C1-third").Formula.Single(f => f.Name == "hold_time").Value);
        PlannedStart second = plant.PlanOf("C1-second");
        Assert.Equal(("reactor.level < 0.3 L", new MadeLot("C1-first", "neutral-liquor")), (second.When!.Text, second.Takes["soda_liquor"]));
        Assert.Equal("campaign C1 is held: the controller was lost", plant.WhyNotDue("C1-third"));

        back.Unattended = true;
        for (int i = 0; i < 100; i++) back.Scan();
        Assert.Equal(PhaseState.Idle, plant.StateOf("C1-third"));
        Assert.Equal(ReplyKind.Accepted, plant.Command(new CommandCampaign(commands--, "tessa", "C1", PhaseCommand.Start)).Kind);
        Assert.Equal("batch C1-second is not complete", plant.WhyNotDue("C1-third"));
    }

    [Fact]
    public async Task Killed_between_two_batches_it_is_not_forgotten()
    {
        await Killed(core =>
        {
            if (core.Plant.StateOf("C1-first") == PhaseState.Running) core.Plant.Command(new CommandCampaign(-1000, "tessa", "C1", PhaseCommand.Hold, "lunch"));
            return core.Plant.StateOf("C1-first") == PhaseState.Complete;
        });
        using var record = RigRecord.Open(folder, inputs, false, null, TimeProvider.System);

        Assert.Contains(record.Said, s => s.Contains("campaign C1 was interrupted between two batches", StringComparison.Ordinal));
        var back = new TwinRig(inputs, 1, record.Journal, record.Lost!);
        back.Scan();
        Assert.Equal([PhaseState.Stopped, PhaseState.Complete, PhaseState.Idle, PhaseState.Idle], back.Control.Batches.Select(b => b.State));
        Assert.Equal("campaign C1 is held: lunch", back.Control.WhyNotDue("C1-second"));
    }

    [Fact]
    public async Task A_campaign_whose_file_changed_meanwhile_is_refused_in_words()
    {
        await Killed(core => core.Plant.StateOf("C1-first") == PhaseState.Running);
        await File.AppendAllTextAsync(campaign, "\n# another one\n", TestContext.Current.CancellationToken);
        var refusal = Assert.Throws<UsageException>(() => RigRecord.Open(folder, inputs, false, null, TimeProvider.System));

        Assert.Contains("with campaign C1 on it", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--abandon", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>The campaign goes until something holds; then nothing is brought to rest.</summary>
    private async Task Killed(Func<RigCore, bool> until)
    {
        using var record = RigRecord.Open(folder, inputs, false, null, TimeProvider.System);
        using var core = new RigCore(new TwinRig(inputs, 1, record.Journal), record.Journal, record) { Unattended = true };
        Assert.Equal(ReplyKind.Accepted, core.Plant.Command(new WithdrawBatch(commands--, "tessa", "the campaign instead")).Kind);
        var (plan, problems) = RigFiles.Campaign(campaign, inputs.Rig);
        Assert.Empty(problems);
        Assert.Equal("C1", (await core.Begin("tessa", "1", plan!, campaign)).Reason);
        for (int i = 0; i < 100; i++) core.Scan();
        Assert.Equal(ReplyKind.Accepted, core.Plant.Command(new CommandCampaign(commands--, "tessa", "C1", PhaseCommand.Start)).Kind);
        int scans = 0;
        while (!until(core)) Assert.True(scans++ < 100_000 && core.Look("C1-first") is not null && Scanned(core), "it did not come so far");
        for (int i = 0; i < 20 || !core.Plant.IsOnRecord; i++) core.Scan();
    }

    private static bool Scanned(RigCore core)
    {
        for (int i = 0; i < 20; i++) core.Scan();
        return true;
    }
}
