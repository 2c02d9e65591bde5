using Crm.Plant.Expressions;
using Crm.Plant.Loops;
using Crm.Plant.Outputs;
using Crm.Plant.Permissions;
using Crm.Plant.Ports;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;
using Crm.Plant.Twins;
using Crm.Twin;

namespace Crm.Host.Runs;

/// <summary>
/// One loop on the twin, without a batch: the unit filled with water and stirred, the services on, trips reset. The same scan core as in a
/// batch runs the loop.
/// </summary>
internal sealed class TwinLoop
{
    public const string By = "trial";

    /// <summary>Share of the working volume that is filled, and of the agitator's span that it turns with.</summary>
    private const double Filled = 0.8;
    private const double Stirred = 0.7;

    private static readonly TimeSpan longestReset = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan longestSettling = TimeSpan.FromHours(12);
    private static readonly TimeSpan settledFor = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan averagedOver = TimeSpan.FromMinutes(1);

    private readonly RigDefinition rig;
    private readonly UnitDefinition unit;
    private readonly Scope scope = new();
    private readonly ScanCore core;
    private ScanState state;
    private IPlantModel plant;
    private Reading[] readings;
    private long command;

    public TwinLoop(RigDefinition rig, TwinDefinition twin, LoopDefinition loop, int seed)
    {
        this.rig = rig;
        Loop = loop;
        unit = rig.Units[rig.Unit(loop.Name.Split('.')[0])];
        core = new ScanCore(rig);
        state = core.Start();
        plant = new TwinPlant(rig, twin, seed);
        readings = new Reading[rig.Tags.Length];
        Array.Fill(readings, Reading.Never);
        Fill();
        Exchange(core.Opening(state, Now));
        Frame = Scan(double.NaN);
    }

    private TwinLoop(TwinLoop other)
    {
        (rig, unit, core, Loop) = (other.rig, other.unit, other.core, other.Loop);
        state = other.state.Fork();
        plant = other.plant.Fork();
        readings = (Reading[])other.readings.Clone();
        (Now, Frame, Standing, command) = (other.Now, other.Frame, other.Standing, other.command);
    }

    public LoopDefinition Loop { get; }

    public TimeSpan Now { get; private set; }

    public PlantFrame Frame { get; private set; }

    /// <summary>Controller output averaged over a minute, percent.</summary>
    public double Standing { get; private set; }

    public string Unit => rig.Tags[Loop.ProcessValue].Unit;

    public double Value => Loop.Measured(Frame.Image).Value;

    /// <summary>What noise may make of a value that stands at its setpoint.</summary>
    public double Near => Math.Max(4 * rig.Tags[Loop.ProcessValue].StandardUncertainty, 0.005 * (Loop.SetpointHigh - Loop.SetpointLow));

    public LoopDetail Detail => core.LoopDetail(state, Loop.Ordinal);

    public TwinLoop Fork() => new(this);

    /// <summary>Settled at a setpoint with the outputs free, or why not, in words.</summary>
    public string? Prepare(double setpoint)
    {
        if (!ResetTrips()) return $"protection holds the outputs of {Loop.Name}: {Forced()}";
        if (Settle(setpoint)) return null;
        string stands = FormattableString.Invariant($"{Loop.Name} did not settle at {setpoint} {Unit} within {longestSettling.TotalHours} h: it stands at {Value:0.0} with {Standing:0.0} % of controller output");
        return Forced() is { } forced ? $"{stands}; protection holds its outputs: {forced}" : stands;
    }

    /// <summary>Cold or hot liquor thrown in by hand: a disturbance that the loop does not see coming.</summary>
    public void ThrowIn(double kilograms)
    {
        foreach (string place in Sources())
        {
            if (kilograms <= 0) return;
            string lot = FormattableString.Invariant($"trial-{place}-{Now.TotalSeconds:0}");
            double mass = plant.Hands.Book(place, lot).Mass;
            if (mass <= 0) continue;
            plant.Hands.Charge(unit.Name, "lot:" + lot, Math.Min(mass, kilograms));
            if (mass > kilograms) plant.Hands.Charge(place, "lot:" + lot, mass - kilograms);
            kilograms -= mass;
        }
    }

    public CommandOutcome Do(double setpoint, Func<long, ScanCommand> make)
    {
        long id = ++command;
        state.Offer(make(id) with { Roles = PersonRole.Technician | PersonRole.Engineer });
        return Scan(setpoint).Outcomes.First(o => o.Id == id);
    }

    public PlantFrame Scan(double setpoint)
    {
        Now += rig.ScanPeriod;
        plant.AdvanceTo(Now);
        if (Frame is not null) Demand(setpoint);
        Frame = core.Scan(state, Now, readings);
        Exchange(Frame.Plan);
        Standing += (Frame.Loops[Loop.Ordinal].Output - Standing) * rig.ScanPeriod / averagedOver;
        return Frame;
    }

    // A trial does not follow the pipes: water from a service that has some, else from what feeds the unit, lots left where they were.
    private IEnumerable<string> Sources() =>
        rig.Units.Where(u => u.IsService).Select(u => u.Name)
            .Concat(rig.Lines.Where(l => l.To == unit.Name).Select(l => l.From))
            .Where(name => name != unit.Name && rig.Unit(name) >= 0)
            .Distinct();

    private void Fill()
    {
        if (unit.WorkingVolume is { } volume) ThrowIn(Filled * volume);
    }

    private bool ResetTrips()
    {
        for (TimeSpan until = Now + longestReset; Now < until;)
        {
            for (int i = 0; i < 50; i++) Scan(double.NaN);
            if (Forced() is null) return true;
            Do(double.NaN, id => ScanCommand.ResetAll(id, By));
        }

        return Forced() is null;
    }

    private string? Forced() => LoopTree.Legs(rig.Loops, Loop.Ordinal).Select(leg => core.WhyForced(Frame, leg.Output)).FirstOrDefault(why => why is not null);

    private bool Settle(double setpoint)
    {
        TimeSpan since = Now;
        for (TimeSpan until = Now + longestSettling; Now < until;)
        {
            Scan(setpoint);
            if (!(Math.Abs(Value - setpoint) <= Near)) since = Now;
            if (Now - since >= settledFor) return true;
        }

        return false;
    }

    private void Demand(double setpoint)
    {
        scope.Image = Frame.Image;
        foreach (DutyDefinition duty in rig.Duties.Where(d => d.Loop < 0 && d.For == TimeSpan.Zero && d.Unit != unit.Name))
        {
            Reading starts = duty.StartWhen.Evaluate(scope);
            bool runs = !starts.IsBad && starts.Value >= 0.5;
            state.Offer(new Owner(duty.Unit), Plant.Outputs.Demand.Output(duty.Output, runs ? duty.Value : duty.Rest, state.Scan));
        }

        var owner = new Owner(unit.Name);
        foreach (OutputDefinition output in rig.Outputs.Where(o => o.Role == OutputRole.Agitate && o.Name.StartsWith(unit.Name + ".", StringComparison.Ordinal)))
            state.Offer(owner, Plant.Outputs.Demand.Output(output.Ordinal, Stirred * output.High, state.Scan));
        if (!double.IsNaN(setpoint)) state.Offer(owner, Plant.Outputs.Demand.Loop(Loop.Ordinal, setpoint, state.Scan));
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
