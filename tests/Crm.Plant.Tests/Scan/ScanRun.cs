using Crm.Plant.Outputs;
using Crm.Plant.Permissions;
using Crm.Plant.Rigs;
using Crm.Plant.Scan;
using Crm.Plant.Tags;

namespace Crm.Plant.Tests.Scan;

/// <summary>Steps a scan core through virtual time with readings that a test sets.</summary>
public sealed class ScanRun
{
    public static readonly Owner Unit = new("unit");

    private readonly Reading[] readings;
    private readonly bool[] silent;
    private long command;
    private TimeSpan now;

    public ScanRun(RigDefinition rig, bool reset = true)
    {
        Rig = rig;
        Core = new ScanCore(rig);
        State = Core.Start();
        readings = new Reading[rig.Tags.Length];
        silent = new bool[rig.Tags.Length];
        Frame = null!;
        if (!reset) return;
        Step();
        State.Offer(ScanCommand.ResetAll(++command, "test"));
        Step();
    }

    private ScanRun(ScanRun other)
    {
        Rig = other.Rig;
        Core = other.Core;
        State = other.State.Fork();
        readings = (Reading[])other.readings.Clone();
        silent = (bool[])other.silent.Clone();
        Frame = other.Frame;
        now = other.now;
        command = other.command;
    }

    public RigDefinition Rig { get; }

    public ScanCore Core { get; }

    public ScanState State { get; }

    public PlantFrame Frame { get; private set; }

    public TimeSpan Now { get => now; init => now = value; }

    public ScanRun Fork() => new(this);

    public double this[int output] => Frame.Plan.Values[output];

    /// <summary>A tag reads this value from now on, fresh in every scan.</summary>
    public void Set(int tag, double value)
    {
        readings[tag] = Reading.Good(value, Now);
        silent[tag] = false;
    }

    public void SetBad(int tag) => readings[tag] = Reading.Bad(Reason.NoAnswer, Now);

    public void SetUncertain(int tag, double value) => readings[tag] = new Reading(value, Quality.Uncertain, Reason.Deviation, Now);

    /// <summary>The tag keeps its last reading and its time.</summary>
    public void Silence(int tag) => silent[tag] = true;

    public void Demand(int output, double value, bool atOnce = false) =>
        State.Offer(Unit, new Demand(output, false, value, false, State.Scan, atOnce));

    public void DemandLoop(int loop, double setpoint) => State.Offer(Unit, Crm.Plant.Outputs.Demand.Loop(loop, setpoint, State.Scan));

    /// <summary>A person who may do everything.</summary>
    public const PersonRole EveryRole =
        PersonRole.Operator | PersonRole.Technician | PersonRole.Researcher | PersonRole.Engineer | PersonRole.Maintenance | PersonRole.Administrator;

    /// <summary>Hands in a command, of a person who may do everything unless it says otherwise, scans once and gives its outcome.</summary>
    public CommandOutcome Do(Func<long, ScanCommand> make)
    {
        long id = ++command;
        ScanCommand asked = make(id);
        State.Offer(asked.Roles == PersonRole.None ? asked with { Roles = EveryRole } : asked);
        Step();
        return Frame.Outcomes.Single(o => o.Id == id);
    }

    public PlantFrame Step() => StepAfter(Rig.ScanPeriod);

    /// <summary>A scan that comes after another time than the period.</summary>
    public PlantFrame StepAfter(TimeSpan time)
    {
        now += time;
        for (int i = 0; i < readings.Length; i++)
            if (!silent[i]) readings[i] = readings[i] with { At = Now };
        return Frame = Core.Scan(State, Now, readings);
    }

    public void Step(int scans)
    {
        for (int i = 0; i < scans; i++) Step();
    }

    public bool Told(ScanEventKind kind) => Frame.Events.Any(e => e.Kind == kind);
}
