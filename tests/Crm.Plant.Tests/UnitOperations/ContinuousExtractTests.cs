using System.Collections.Immutable;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tests.Scan;
using Crm.Plant.UnitOperations;
using Xunit;

namespace Crm.Plant.Tests.UnitOperations;

/// <summary>Continuous operation of an extraction: start-up, product, back on recycle while off specification, shut-down when a person asks.</summary>
public sealed class ContinuousExtractTests
{
    private const int Aqueous = 0, Organic = 1, Mixer = 2, Divert = 3;

    private readonly ExtractOperation extract = new();
    private readonly ScanRun run = Rig();
    private PhaseMemory memory = null!;
    private string? off;
    private PhaseStep step;

    /// <summary>Scans with meters that show what the pumps are told; ends early when the phase does.</summary>
    private double[] Scan(int scans)
    {
        double[] told = new double[4];
        memory ??= extract.Begin(Context([]));
        for (int i = 0; i < scans; i++)
        {
            List<Demand> demands = [];
            step = extract.Step(Context(demands), memory);
            Assert.True(step.Verdict != PhaseVerdict.Fault, step.Fault);
            memory = step.Memory;
            foreach (Demand demand in demands) told[demand.Target] = demand.Value;
            double[] shown = [told[Mixer], 50, told[Aqueous] / 100 * 20, told[Organic] / 100 * 20, 40];
            for (int t = 0; t < shown.Length; t++) run.Set(t, shown[t]);
            run.Step();
            if (step.Verdict == PhaseVerdict.Done) break;
        }

        return told;
    }

    [Fact]
    public void Off_specification_goes_back_at_once_and_on_again_after_the_turnovers()
    {
        Assert.Equal(1, Scan(9000)[Divert]);
        Assert.StartsWith("product", step.Doing, StringComparison.Ordinal);
        off = "raffinate.ph < 3";
        double[] told = Scan(1);
        Assert.Equal(0, told[Divert]);
        Assert.Equal("off specification: raffinate.ph < 3", step.Doing);
        told = Scan(6000);
        Assert.Equal("on recycle, off specification: raffinate.ph < 3", step.Doing);
        Assert.True(told[Aqueous] > 0 && told[Organic] > 0 && told[Divert] == 0, "both phases go on, none of it as product");
        off = null;
        Assert.Equal(0, Scan(100)[Divert]);
        Assert.Equal(1, Scan(9000)[Divert]);
    }

    [Fact]
    public void What_stays_off_specification_is_a_fault_that_says_so()
    {
        Scan(9000);
        off = "raffinate.ph < 3";
        PhaseStep last = default;
        for (int i = 0; i < 60000 && last.Verdict != PhaseVerdict.Fault; i++)
        {
            last = extract.Step(Context([]), memory);
            memory = last.Memory;
            run.Step();
        }

        Assert.Contains("has been off specification for 1.0 h: raffinate.ph < 3", last.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Finished_by_a_person_it_shuts_down_and_settles_and_is_done()
    {
        Scan(9000);
        memory = extract.Finish(memory);
        double[] told = Scan(1);
        Assert.Equal([0.0, 0.0, 300.0, 0.0], told);
        Assert.Same(memory, extract.Finish(memory));
        told = Scan(400);
        Assert.Equal([0.0, 0.0, 0.0, 0.0], told);
        Scan(20000);
        Assert.Equal(PhaseVerdict.Done, step.Verdict);
        Assert.EndsWith("finished before the feed was gone", step.Doing, StringComparison.Ordinal);
    }

    [Fact]
    public void Finish_in_the_start_up_makes_no_product()
    {
        Scan(3);
        memory = extract.Finish(memory);
        Scan(20000);
        Assert.Equal(PhaseVerdict.Done, step.Verdict);
        Assert.StartsWith("0.0 L extracted", step.Doing, StringComparison.Ordinal);
    }

    private static ScanRun Rig()
    {
        var sketch = new RigSketch();
        foreach (string tag in (string[])["x.mixer_speed", "x.interface", "x.aqueous_flow", "x.organic_flow", "feed.level"]) sketch.Tag(tag);
        int aqueous = sketch.Output("x.aqueous_pump", lapseAfter: 1), organic = sketch.Output("x.organic_pump", lapseAfter: 1);
        foreach (string output in (string[])["x.mixer", "x.divert"]) sketch.Output(output, 0, 500, lapseAfter: 60);
        sketch.Unit("x");
        RigDefinition rig = sketch.Build();
        var run = new ScanRun(rig with { Lines = [new("aqueous", "feed", "x", "x", aqueous, 20), new("organic", "solvent", "x", "x", organic, 20)] });
        for (int t = 0; t < 5; t++) run.Set(t, t == 1 ? 50 : t == 4 ? 40 : 0);
        run.Step();
        return run;
    }

    private PhaseContext Context(List<Demand> demands) => new(
        run.Rig, run.Rig.Units[0], arguments, run.Frame.Image, run.Now, run.Now, run.Now, run.Rig.ScanPeriod, "extract", demands, new List<BatchEvent>())
    {
        OffSpecification = off,
    };

    private static readonly ImmutableSortedDictionary<string, Argument> arguments = new ExtractOperation().Description.Parameters
        .Where(p => p.Default is not null && p.Name is not ("scrub" or "strip")).Select(p => (p.Name, Value: Argument.Of(p.Default!.Value)))
        .Concat([("rate", Argument.Of(10)), ("ratio", Argument.Of(0.8)), ("mixer", Argument.Of(300)), ("hold_up", Argument.Of(1)), ("turnovers", Argument.Of(2)),
            ("aqueous", Argument.Of("feed")), ("organic", Argument.Of("solvent"))])
        .GroupBy(p => p.Item1).ToImmutableSortedDictionary(g => g.Key, g => g.Last().Item2);
}
