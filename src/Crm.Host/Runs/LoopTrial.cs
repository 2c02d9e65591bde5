using Crm.Plant.Expressions;
using Crm.Plant.Loops;
using Crm.Plant.Loops.Tuning;
using Crm.Plant.Outputs;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;
using Crm.Plant.Twins;
using Crm.Twin;

namespace Crm.Host.Runs;

/// <summary>What a trial of one loop found.</summary>
/// <param name="Standing">Controller output that held the process value, percent.</param>
/// <param name="Relay">The scan's own sentence at the end of the autotune.</param>
/// <param name="Step">Model of the step test; null when it showed none.</param>
/// <param name="Lasted">Plant time of the whole trial.</param>
public sealed record LoopTrialResult(LoopDetail Detail, double Standing, string Relay, PlantModel? Step, string StepWhyNot, TimeSpan Lasted);

/// <summary>
/// One loop on the twin, without a batch: the unit filled with water and stirred, the services on, trips reset by the trial. The same scan
/// core as in a batch runs the loop and its autotune.
/// </summary>
public sealed class LoopTrial
{
    private const string By = "trial";

    /// <summary>Share of the working volume that is filled, and of the agitator's span that it turns with.</summary>
    private const double Filled = 0.8;
    private const double Stirred = 0.7;

    private static readonly TimeSpan longestReset = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan longestSettling = TimeSpan.FromHours(12);
    private static readonly TimeSpan settledFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan averagedOver = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan stepLasts = TimeSpan.FromMinutes(40);
    private static readonly TimeSpan stepSample = TimeSpan.FromSeconds(2);

    private readonly RigDefinition rig;
    private readonly LoopDefinition loop;
    private readonly UnitDefinition unit;
    private readonly Scope scope = new();
    private readonly ScanCore core;
    private ScanState state;
    private IPlantModel plant;
    private Reading[] readings;
    private TimeSpan now;
    private PlantFrame frame;
    private long command;
    private double averaged;

    public LoopTrial(RigDefinition rig, TwinDefinition twin, LoopDefinition loop, int seed)
    {
        this.rig = rig;
        this.loop = loop;
        unit = rig.Units[rig.Unit(loop.Name.Split('.')[0])];
        core = new ScanCore(rig);
        state = core.Start();
        plant = new TwinPlant(rig, twin, seed);
        readings = new Reading[rig.Tags.Length];
        Array.Fill(readings, Reading.Never);
        Fill();
        Exchange(core.Opening(state, now));
        frame = Scan(double.NaN);
    }

    public (LoopTrialResult? Result, string WhyNot) Run(double setpoint)
    {
        if (!ResetTrips()) return (null, $"protection holds the outputs of {loop.Name}: {Forced()}");
        if (!Settle(setpoint)) return (null, FormattableString.Invariant($"{loop.Name} did not settle at {setpoint} {Unit} within {longestSettling.TotalHours} h: it stands at {Value:0.0}"));
        double standing = averaged;
        (PlantModel? step, string whyNot) = StepOnAFork(setpoint, standing);
        CommandOutcome begun = Do(setpoint, id => ScanCommand.ToLoop(id, ScanCommandKind.StartAutotune, loop.Ordinal, By));
        if (!begun.Accepted) return (null, begun.Text);
        string ended = "";
        while ((frame.Loops[loop.Ordinal].Flags & LoopFlags.Autotuning) != 0)
        {
            Scan(setpoint);
            foreach (ScanEvent told in frame.Events)
                if (told.Kind == ScanEventKind.AutotuneEnded) ended = told.Text;
        }

        LoopDetail detail = core.LoopDetail(state, loop.Ordinal);
        return detail.ProposedTuning is null ? (null, ended) : (new LoopTrialResult(detail, standing, ended, step, whyNot, now), "");
    }

    private string Unit => rig.Tags[loop.ProcessValue].Unit;

    private double Value => frame.Image[loop.ProcessValue].Value;

    // Water from wherever the twin has some: a trial does not follow the pipes.
    private void Fill()
    {
        if (unit.WorkingVolume is not { } volume) return;
        double wanted = Filled * volume;
        foreach (UnitDefinition other in rig.Units.Where(u => u.Name != unit.Name && u.IsService))
        {
            if (wanted <= 0) return;
            string lot = "trial-" + other.Name;
            double mass = plant.Hands.Book(other.Name, lot).Mass;
            if (mass <= 0) continue;
            plant.Hands.Charge(unit.Name, "lot:" + lot, Math.Min(mass, wanted));
            wanted -= mass;
        }
    }

    private bool ResetTrips()
    {
        for (TimeSpan until = now + longestReset; now < until;)
        {
            for (int i = 0; i < 50; i++) Scan(double.NaN);
            if (Forced() is null) return true;
            Do(double.NaN, id => ScanCommand.ResetAll(id, By));
        }

        return Forced() is null;
    }

    private string? Forced() => loop.Legs.Select(leg => core.WhyForced(frame, leg.Output)).FirstOrDefault(why => why is not null);

    private bool Settle(double setpoint)
    {
        double near = Math.Max(4 * rig.Tags[loop.ProcessValue].StandardUncertainty, 0.005 * (loop.SetpointHigh - loop.SetpointLow));
        TimeSpan since = now;
        for (TimeSpan until = now + longestSettling; now < until;)
        {
            Scan(setpoint);
            averaged += (frame.Loops[loop.Ordinal].Output - averaged) * rig.ScanPeriod / averagedOver;
            if (!(Math.Abs(Value - setpoint) <= near)) since = now;
            if (now - since >= settledFor) return true;
        }

        return false;
    }

    // The step runs on a copy of plant and controller, so that the relay test begins from the same quiet state.
    private (PlantModel? Model, string WhyNot) StepOnAFork(double setpoint, double standing)
    {
        var (before, beforePlant, beforeReadings, beforeNow, beforeFrame) = (state, plant, (Reading[])readings.Clone(), now, frame);
        state = before.Fork();
        plant = beforePlant.Fork();
        double step = standing < 0 ? -loop.Autotune.Step : loop.Autotune.Step;
        Do(setpoint, id => ScanCommand.SetLoopMode(id, loop.Ordinal, LoopMode.Manual, By));
        Do(setpoint, id => ScanCommand.ToLoop(id, ScanCommandKind.SetLoopOutput, loop.Ordinal, By, Math.Clamp(standing + step, loop.OutputLow, loop.OutputHigh)));
        var samples = new List<double>();
        for (TimeSpan until = now + stepLasts; now < until;)
        {
            if (samples.Count * stepSample <= stepLasts - (until - now)) samples.Add(Value);
            Scan(setpoint);
        }

        (state, plant, readings, now, frame) = (before, beforePlant, beforeReadings, beforeNow, beforeFrame);
        return StepTest.Identify([.. samples], stepSample.TotalSeconds, step);
    }

    private CommandOutcome Do(double setpoint, Func<long, ScanCommand> make)
    {
        long id = ++command;
        state.Offer(make(id));
        return Scan(setpoint).Outcomes.First(o => o.Id == id);
    }

    private PlantFrame Scan(double setpoint)
    {
        now += rig.ScanPeriod;
        plant.AdvanceTo(now);
        if (frame is not null) Demand(setpoint);
        frame = core.Scan(state, now, readings);
        Exchange(frame.Plan);
        return frame;
    }

    private void Demand(double setpoint)
    {
        scope.Image = frame.Image;
        foreach (DutyDefinition duty in rig.Duties.Where(d => d.Loop < 0 && d.Unit != unit.Name))
        {
            Reading starts = duty.StartWhen.Evaluate(scope);
            bool runs = !starts.IsBad && starts.Value >= 0.5;
            state.Offer(new Owner(duty.Unit), Plant.Outputs.Demand.Output(duty.Output, runs ? duty.Value : duty.Rest, state.Scan));
        }

        foreach (OutputDefinition output in rig.Outputs.Where(o => o.Role == OutputRole.Agitate && o.Name.StartsWith(unit.Name + ".", StringComparison.Ordinal)))
            state.Offer(new Owner(unit.Name), Plant.Outputs.Demand.Output(output.Ordinal, Stirred * output.High, state.Scan));
        if (!double.IsNaN(setpoint)) state.Offer(new Owner(unit.Name), Plant.Outputs.Demand.Loop(loop.Ordinal, setpoint, state.Scan));
    }

    private void Exchange(OutputPlan plan)
    {
        foreach (BusDefinition bus in rig.Buses) plant.Bus(bus.Name).Exchange(plan, readings);
    }

    private sealed class Scope : IExpressionScope
    {
        public Image Image { get; set; } = new(0, TimeSpan.Zero, []);

        public Reading Named(int slot) => Reading.Never;
    }
}
