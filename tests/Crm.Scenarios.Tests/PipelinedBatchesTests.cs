using System.Globalization;
using Crm.Host.Runs;
using Crm.Plant.Allocation;
using Crm.Plant.Balances;
using Crm.Plant.Phases;
using Crm.Plant.Records;

namespace Crm.Scenarios.Tests;

/// <summary>
/// Two lithium batches side by side on one rig, run once for all its tests: 24 h of plant time (about 30 s of one core), in which the second is in the leach
/// and waits for the neutralisation; with CRM_DEEP=1 to their end (71 h, about 100 s).
/// </summary>
public sealed class PipelinedBatches
{
    public PipelinedBatches()
    {
        RunInputs inputs = LithiumPlant.Inputs with { Further = [LithiumPlant.Inputs.Recipe] };
        var rig = new TwinRig(inputs, (int)FirstHours.Seed, new MemoryJournal()) { Unattended = true };
        rig.Control.OnEvent = Events.Add;
        while (!rig.Control.AllOver && rig.Now < TimeSpan.FromHours(IsDeep ? 120 : 24)) rig.Scan();
        for (int i = 0; i < 30; i++) rig.Scan();
        Rig = rig;
    }

    internal static bool IsDeep { get; } = Environment.GetEnvironmentVariable("CRM_DEEP") == "1";

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
        Assert.SkipUnless(PipelinedBatches.IsDeep, "to the end with CRM_DEEP=1");
        output.WriteLine($"{run.Rig.Now}");
        Assert.All(run.Rig.Control.Batches, b => Assert.Equal(PhaseState.Complete, b.State));
        Assert.InRange(run.Rig.Now, TimeSpan.FromHours(60), TimeSpan.FromHours(85));
        Assert.Empty(run.Rig.Control.Allocations);
    }

    [Fact]
    public void They_overlap_and_no_unit_ever_served_two()
    {
        Assert.All(run.Rig.Control.Batches, b => Assert.True(b.State is PhaseState.Running or PhaseState.Complete, $"{b.Id} {b.State}: {b.Reason}"));
        Assert.True(Starts("B2", "leach/acid") < Starts("B1", "neutralise-4/nickel-cobalt"));
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
        Assert.SkipUnless(PipelinedBatches.IsDeep, "to the end with CRM_DEEP=1");
        BatchResult result = run.Result(batch);
        foreach (ElementBalance e in result.Elements) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{e.Element}: {e.Closure.Value:0.000} ± {e.Closure.Expanded:0.000} {e.Verdict}"));
        Assert.True(result.Purity.InSpecification);
        Assert.True(result.MainRecovery.Value >= 0.70);
        Assert.All(result.Elements.Where(e => e.Element != "Fe"), e => Assert.Equal(ClosureVerdict.Closed, e.Verdict));
    }

    /// <summary>An intermediate tank knows whose liquor is in it and which lots went in; the water loop has both batches' washes.</summary>
    [Fact]
    public void Vessels_know_whose_contents_they_hold()
    {
        BatchEvent clear = run.Events.Last(e => e.Kind == BatchEventKind.Material && e is { Subject: "clear_tank", Batch: "B1" } && e.Data["of"].Length > 0);
        Assert.Equal("neutral_liquor", clear.Data["contents"]);
        Assert.StartsWith("B1=", clear.Data["of"], StringComparison.Ordinal);
        foreach (string lot in (string[])["BM-2026-031", "SA-2026-114", "NA-2026-052"]) Assert.Contains(lot, clear.Data["lots"].Split(' '));
        Assert.All(run.Events.Where(e => e.Kind == BatchEventKind.Dose), e => Assert.NotEmpty(e.Data["lot"]));
        // The first booking of the pool at the end of a batch settles the shares, and counting begins anew.
        Assert.Contains(run.Events, e => e is { Kind: BatchEventKind.Material, Subject: "water_loop", Batch: "B2" }
            && e.Data["of"].Contains("B1=", StringComparison.Ordinal) && e.Data["of"].Contains("B2=", StringComparison.Ordinal));
    }

    private TimeSpan Starts(string batch, string step) => run.Events.First(e => e.Kind == BatchEventKind.StepStarted && e.Batch == batch && e.Subject == step).At;
}
