using System.Collections.Immutable;
using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tests.Scan;
using Crm.Plant.UnitOperations;
using Xunit;

namespace Crm.Plant.Tests.UnitOperations;

/// <summary>Calcining through the unit's own loop and the whole scan: heat only under sweep, and none after the soak, whatever the loop's rate is.</summary>
public sealed class CalcineLoopTests
{
    private const double Soak = 300;

    private static readonly ImmutableSortedDictionary<string, Argument> arguments = new Dictionary<string, double>
    {
        ["temperature"] = Soak,
        ["ramp"] = 6,
        ["for"] = 600,
        ["sweep"] = 10,
        ["cold"] = 200,
    }.ToImmutableSortedDictionary(p => p.Key, p => Argument.Of(p.Value));

    private readonly CalcineOperation calcine = new();
    private readonly ScanRun run;
    private readonly UnitDefinition unit;
    private double temperature = 20;

    public CalcineLoopTests() => (run, unit) = Muffle(null);

    /// <summary>K per second of the loop's own setpoint rate; infinite is none, the slow one is just above the ramp of 6 K/min.</summary>
    public static TheoryData<double> Rates => [double.PositiveInfinity, 20, 0.11];

    [Theory]
    [MemberData(nameof(Rates))]
    public void Heater_stays_off_from_the_end_of_the_soak_to_the_end_of_the_phase_PID10(double rate)
    {
        (ScanRun muffle, UnitDefinition of) = Muffle(double.IsFinite(rate) ? rate : null);
        PhaseMemory memory = calcine.Begin(Context(muffle, of, []));
        double hottest = 0;
        bool soaked = false;
        PhaseVerdict verdict = PhaseVerdict.Continue;
        for (int i = 0; i < 6 * 36000 && verdict == PhaseVerdict.Continue; i++)
        {
            List<Demand> demands = [];
            PhaseStep step = calcine.Step(Context(muffle, of, demands), memory);
            (memory, verdict) = (step.Memory, step.Verdict);
            Scan(muffle, demands);
            hottest = Math.Max(hottest, temperature);
            if (soaked) Assert.True(muffle[0] == 0, $"{muffle[0]:0.0} % of heater at {temperature:0} degC, setpoint {muffle.Frame.Loops[0].Setpoint:0}");
            soaked = step.Doing.StartsWith("cooling", StringComparison.Ordinal);
        }

        Assert.Equal(PhaseVerdict.Done, verdict);
        Assert.InRange(hottest, Soak - 10, Soak + 15);
        // Between phases the setpoint that the phase left stands: it must not be on its way down from the soak.
        for (int i = 0; i < 600; i++)
        {
            Scan(muffle, [Demand.Loop(0, 20, muffle.State.Scan)]);
            Assert.InRange(muffle[0], 0, 5);
        }
    }

    /// <summary>The soak's temperature is no setpoint to wait at: the sweep is not proven yet.</summary>
    [Fact]
    public void Waiting_before_the_first_step_and_with_feeds_paused_sweeps_and_heats_no_further()
    {
        List<Demand> demands = [Demand.Output(1, 0, 0)];
        Assert.Null(calcine.Wait(Context(run, unit, demands), calcine.Begin(Context(run, unit, []))));
        Assert.Equal([(1, false, 100.0), (0, true, 20.0), (0, false, 0.0)], demands.Select(d => (d.Target, d.IsLoop, d.Value)));
        demands = [];
        Assert.Null(calcine.Wait(Context(run, unit, demands), CalcineMemory.Fresh with { Setpoint = 180 }));
        Assert.Equal([(1, false, 100.0), (0, true, 180.0)], demands.Select(d => (d.Target, d.IsLoop, d.Value)));
    }

    private static (ScanRun Run, UnitDefinition Unit) Muffle(double? rate)
    {
        var sketch = new RigSketch();
        int pv = sketch.Tag("calciner.temperature");
        sketch.Tag("calciner.sweep_flow");
        int heater = sketch.Output("calciner.heater", lapseAfter: 5);
        sketch.Output("calciner.sweep", lapseAfter: 60);
        sketch.Unit("calciner");
        int loop = sketch.Loop("calciner.temperature_loop", pv, 2.5, 700, 0, 0, 100, rate, 0.4, new SplitLeg(heater, 0, 100, 0, 100));
        sketch.Change(loop, l => l with { SetpointLow = 20, SetpointHigh = 600 });
        var run = new ScanRun(sketch.Build());
        run.Set(0, 20);
        run.Set(1, 0);
        run.Step();
        return (run, run.Rig.Units[0]);
    }

    private static PhaseContext Context(ScanRun run, UnitDefinition unit, List<Demand> demands) => new(
        run.Rig, unit, arguments, run.Frame.Image, run.Now, run.Now, run.Now, run.Rig.ScanPeriod, "calcine", demands, new List<BatchEvent>());

    // 20 kJ/K, 4 kW at full power, 8 W/K lost.
    private void Scan(ScanRun muffle, List<Demand> demands)
    {
        foreach (Demand demand in demands) muffle.State.Offer(ScanRun.Unit, demand with { AnswersScan = muffle.State.Scan });
        muffle.Set(0, temperature);
        muffle.Set(1, 0.2 * muffle[1]);
        muffle.Step();
        temperature += 0.1 * (40 * muffle[0] - 8 * (temperature - 20)) / 20e3;
    }
}
