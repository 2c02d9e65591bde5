using System.Collections.Immutable;
using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tests.Scan;
using Crm.Plant.UnitOperations;
using Xunit;

namespace Crm.Plant.Tests.UnitOperations;

/// <summary>Extraction with the organic in ratio to the feed (PID-09): a worn pump does not change O/A, and both feeds still go off in one scan.</summary>
public sealed class ExtractRatioTests
{
    private const double Rate = 10;
    private const double Ratio = 0.8;
    private const double Full = 20;

    private static readonly ImmutableSortedDictionary<string, Argument> arguments = Arguments();

    private readonly ExtractOperation extract = new();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 0.7)]
    [InlineData(0.94, 1.1)]
    public void Organic_to_aqueous_is_as_asked_with_worn_pumps(double aqueousGives, double organicGives)
    {
        ScanRun run = Rig();
        PhaseMemory memory = extract.Begin(Context(run, []));
        double aqueous = 0, organic = 0;
        string doing = "";
        for (int i = 0; i < 9000; i++)
        {
            List<Demand> demands = [];
            PhaseStep step = extract.Step(Context(run, demands), memory);
            Assert.True(step.Verdict == PhaseVerdict.Continue, step.Fault);
            (memory, doing) = (step.Memory, step.Doing);
            foreach (Demand demand in demands) run.State.Offer(ScanRun.Unit, demand with { AnswersScan = run.State.Scan });
            Assert.Equal(run[0] > 0, run[1] > 0);
            aqueous += (run[0] / 100 * Full * aqueousGives - aqueous) * 0.1 / 3;
            organic += (run[1] / 100 * Full * organicGives - organic) * 0.1 / 3;
            Show(run, aqueous, organic);
            run.Step();
        }

        Assert.StartsWith("product", doing, StringComparison.Ordinal);
        Assert.Equal(Ratio, organic / aqueous, 0.005);
        Assert.Equal(LoopMode.RemoteCascade, run.Frame.Loops[0].Mode);
    }

    [Fact]
    public void A_mixer_that_stops_takes_both_feeds_off_in_one_scan()
    {
        ScanRun run = Rig();
        PhaseMemory memory = extract.Begin(Context(run, [])) with { };
        memory = ((ExtractMemory)memory) with { Stage = ExtractStage.Product };
        run.Set(0, 0);
        run.Step();
        List<Demand> demands = [];
        PhaseStep step = extract.Step(Context(run, demands), memory);
        Assert.Equal(PhaseVerdict.Fault, step.Verdict);
        Assert.DoesNotContain(demands, d => d.IsLoop);
        Assert.Equal([0.0, 0.0], demands.Where(d => d.Target is 0 or 1).Select(d => d.Value));
    }

    private static ScanRun Rig()
    {
        var sketch = new RigSketch();
        foreach (string tag in (string[])["x.mixer_speed", "x.interface", "x.aqueous_flow", "x.organic_flow", "feed.level"]) sketch.Tag(tag);
        int aqueous = sketch.Output("x.aqueous_pump", lapseAfter: 1), organic = sketch.Output("x.organic_pump", lapseAfter: 1);
        foreach (string output in (string[])["x.mixer", "x.divert"]) sketch.Output(output, 0, 500, lapseAfter: 60);
        int loop = sketch.Loop("x.organic_loop", 3, 1.5, 4, 0, 0, 100, null, 1, new SplitLeg(organic, 0, 100, 0, 100));
        sketch.Change(loop, l => l with { Ratio = new RatioRule(2, 0), SetpointLow = 0, SetpointHigh = 22 });
        sketch.Unit("x");
        RigDefinition rig = sketch.Build();
        var run = new ScanRun(rig with { Lines = [new("aqueous", "feed", "x", "x", aqueous, Full), new("organic", "solvent", "x", "x", organic, Full)] });
        Show(run, 0, 0);
        run.Step();
        return run;
    }

    private static void Show(ScanRun run, double aqueous, double organic)
    {
        double[] values = [300, 50, aqueous, organic, 40];
        for (int i = 0; i < values.Length; i++) run.Set(i, values[i]);
    }

    private PhaseContext Context(ScanRun run, List<Demand> demands) => new(
        run.Rig, run.Rig.Units[0], arguments, run.Frame.Image, run.Now, run.Now, run.Now, run.Rig.ScanPeriod, "extract", demands, new List<BatchEvent>());

    private static ImmutableSortedDictionary<string, Argument> Arguments()
    {
        ImmutableSortedDictionary<string, Argument>.Builder all = ImmutableSortedDictionary.CreateBuilder<string, Argument>();
        foreach (ParameterDefinition parameter in new ExtractOperation().Description.Parameters)
            if (parameter.Default is { } value) all[parameter.Name] = Argument.Of(value);
        foreach ((string name, double value) in (ReadOnlySpan<(string, double)>)[("rate", Rate), ("ratio", Ratio), ("mixer", 300), ("hold_up", 1), ("turnovers", 2)])
            all[name] = Argument.Of(value);
        all["aqueous"] = Argument.Of("feed");
        all["organic"] = Argument.Of("solvent");
        all.Remove("scrub");
        all.Remove("strip");
        return all.ToImmutable();
    }
}
