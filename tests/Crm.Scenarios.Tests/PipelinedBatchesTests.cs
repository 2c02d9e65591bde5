using System.Globalization;
using Crm.Host.Runs;
using Crm.Plant.Allocation;
using Crm.Plant.Balances;
using Crm.Plant.Phases;
using Crm.Plant.Records;

namespace Crm.Scenarios.Tests;

/// <summary>Two lithium batches side by side on one rig, run once for all its tests (71 h of plant time, about 90 s of one core).</summary>
public sealed class PipelinedBatches
{
    public PipelinedBatches()
    {
        RunInputs inputs = LithiumPlant.Inputs with { Further = [LithiumPlant.Inputs.Recipe] };
        var rig = new TwinRig(inputs, (int)FirstHours.Seed, new MemoryJournal()) { Unattended = true };
        rig.Control.OnEvent = Events.Add;
        while (!rig.Control.AllOver && rig.Now < TimeSpan.FromDays(5)) rig.Scan();
        for (int i = 0; i < 30; i++) rig.Scan();
        Rig = rig;
    }

    internal TwinRig Rig { get; }

    internal List<BatchEvent> Events { get; } = [];

    internal BatchResult Result(string batch) => BatchBalance.Compute(
        [.. Events.Where(e => e.Batch == batch)], LithiumPlant.Inputs.Recipe.Product, LithiumPlant.Rig.Reagents, Rig.Now);
}

/// <summary>Pipelining (S88-17 to S88-19): the second batch is in the leach while the first is further on; each is whole for itself.</summary>
public sealed class PipelinedBatchesTests(PipelinedBatches run, ITestOutputHelper output) : IClassFixture<PipelinedBatches>
{
    [Fact]
    public void Both_complete_long_before_two_in_a_row_would()
    {
        output.WriteLine($"{run.Rig.Now}");
        Assert.All(run.Rig.Control.Batches, b => Assert.Equal(PhaseState.Complete, b.State));
        Assert.InRange(run.Rig.Now, TimeSpan.FromHours(60), TimeSpan.FromHours(85));
        Assert.Empty(run.Rig.Control.Allocations);
    }

    [Fact]
    public void They_overlap_and_no_unit_ever_served_two()
    {
        Assert.True(Starts("B2", "leach/acid") < Starts("B1", "carbonation-2/hot"));
        var owner = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (BatchEvent happened in run.Events.Where(e => e.Kind == BatchEventKind.Allocation && e.Data["owner"] == e.Batch))
        {
            foreach (string unit in happened.Data["units"].Split(' '))
            {
                if (happened.Data["allocation"] == nameof(AllocationEventKind.Granted)) Assert.True(owner.TryAdd(unit, happened.Batch), $"{unit} at {happened.At}");
                if (happened.Data["allocation"] == nameof(AllocationEventKind.Released)) Assert.True(owner.Remove(unit), $"{unit} at {happened.At}");
            }
        }

        foreach (BatchEvent phase in run.Events.Where(e => e.Kind == BatchEventKind.PhaseState)) Assert.NotEmpty(phase.Batch);
    }

    [Fact]
    public void The_second_waited_for_the_first_and_the_record_says_so()
    {
        foreach (Wait wait in WaitLedger.Book(run.Events)) output.WriteLine(wait.ToString());
        Assert.Contains(WaitLedger.Book(run.Events), w => w is { Batch: "B2", HeldBy: "B1", To: not null });
    }

    [Theory]
    [InlineData("B1")]
    [InlineData("B2")]
    public void Each_is_in_specification_with_its_own_balances_closed(string batch)
    {
        BatchResult result = run.Result(batch);
        foreach (ElementBalance e in result.Elements) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{e.Element}: {e.Closure.Value:0.000} ± {e.Closure.Expanded:0.000} {e.Verdict}"));
        Assert.True(result.Purity.InSpecification);
        Assert.True(result.MainRecovery.Value >= 0.70);
        Assert.All(result.Elements.Where(e => e.Element != "Fe"), e => Assert.Equal(ClosureVerdict.Closed, e.Verdict));
    }

    private TimeSpan Starts(string batch, string step) => run.Events.First(e => e.Kind == BatchEventKind.StepStarted && e.Batch == batch && e.Subject == step).At;
}
