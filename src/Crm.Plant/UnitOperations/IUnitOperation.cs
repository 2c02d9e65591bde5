using System.Collections.Immutable;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Plant.UnitOperations;

/// <summary>
/// The logic of one kind of phase, pure: it is handed memory, image, parameters and clocks, and answers with new memory, demands and a
/// verdict. It is called once per scan in STARTING, RUNNING and COMPLETING; in the other states the unit's phase-state table rules.
/// </summary>
public interface IUnitOperation
{
    UnitOperationDescription Description { get; }

    /// <summary>Memory at START. Called once, before the first step.</summary>
    PhaseMemory Begin(PhaseContext context);

    /// <summary>Memory on leaving HELD or PAUSED: what must not surge (integrators, rates) starts afresh, what was dosed stays counted.</summary>
    PhaseMemory Resume(PhaseContext context, PhaseMemory memory);

    /// <summary>One scan of running. Demands are made on the context.</summary>
    PhaseStep Step(PhaseContext context, PhaseMemory memory);

    /// <summary>
    /// One scan of waiting, before the first step and while the step's feeds are paused: demands temperature and agitation as the step wants
    /// them. The feeds have been demanded off.
    /// </summary>
    /// <returns>The fault, or null.</returns>
    string? Wait(PhaseContext context, PhaseMemory memory) =>
        Surroundings.SpeedParameter(Description) == "speed" ? context.Agitate("speed") : context.Maintain();

    /// <summary>Shuts down in an orderly way before its own end, when a person asks for it. Only of operations that are <see cref="UnitOperationDescription.Continuous"/>.</summary>
    /// <returns>Memory from which the next step shuts down; the same when it does already.</returns>
    PhaseMemory Finish(PhaseMemory memory) => memory;

    /// <summary>
    /// Memory after the controller was away, from what the phase itself recorded before; null when it cannot be told. Then RESTART begins
    /// the operation anew, and is refused when that is not safe to repeat.
    /// </summary>
    /// <param name="recorded">Events of this step since its START, in order.</param>
    PhaseMemory? Recover(IReadOnlyList<BatchEvent> recorded) => null;

    /// <summary>
    /// Called once when the phase ends, however it ends (done, until, at most, stop, abort): records on the context what was really done, so
    /// that every kilogram is accounted for. Demands made here are ignored.
    /// </summary>
    void End(PhaseContext context, PhaseMemory memory)
    {
    }
}

/// <summary>What a phase remembers from scan to scan. Immutable, so that a run can be forked at any instant.</summary>
public abstract record PhaseMemory;

public enum PhaseVerdict
{
    Continue,

    /// <summary>The phase has done what it was asked; it goes to COMPLETING.</summary>
    Done,

    /// <summary>An expected effect did not come or an input it needs is bad; the step's exception rule says what follows (undeclared: hold).</summary>
    Fault,
}

/// <param name="Doing">What it is doing now, in a technician's words: <c>dosing 1.32 of 3.10 kg</c>.</param>
/// <param name="Progress">0 to 1; NaN when it cannot be told.</param>
/// <param name="Fault">Named fault, with <see cref="PhaseVerdict.Fault"/> only.</param>
/// <param name="AtPausePoint">True when PAUSE may stop it here (S88-06).</param>
public readonly record struct PhaseStep(
    PhaseMemory Memory,
    PhaseVerdict Verdict,
    string Doing,
    double Progress,
    string? Fault = null,
    bool AtPausePoint = true);

/// <summary>A parameter as the phase gets it: a number in the parameter's canonical unit, or a name.</summary>
public readonly record struct Argument(double Number, string? Name)
{
    public static Argument Of(double number) => new(number, null);

    public static Argument Of(string name) => new(double.NaN, name);
}

/// <summary>
/// What a step may see and do. Built by the unit controller for one scan, used on that scan only.
/// </summary>
public sealed class PhaseContext
{
    private readonly List<Demand> demands;
    private readonly List<BatchEvent> events;

    public PhaseContext(
        RigDefinition rig,
        UnitDefinition unit,
        ImmutableSortedDictionary<string, Argument> arguments,
        Image image,
        TimeSpan active,
        TimeSpan contact,
        TimeSpan wall,
        TimeSpan elapsed,
        string step,
        List<Demand> demands,
        List<BatchEvent> events)
    {
        Rig = rig;
        Unit = unit;
        Arguments = arguments;
        Image = image;
        Active = active;
        Contact = contact;
        Wall = wall;
        Elapsed = elapsed;
        StepId = step;
        this.demands = demands;
        this.events = events;
    }

    public RigDefinition Rig { get; }

    /// <summary>Values of the last plan, by output; empty when nobody tells.</summary>
    public ReadOnlyMemory<double> Driven { get; init; }

    /// <summary>Why the product is off specification now, in the words of the step's <c>divert_when</c>; null while it is not.</summary>
    public string? OffSpecification { get; init; }

    public UnitDefinition Unit { get; }

    public ImmutableSortedDictionary<string, Argument> Arguments { get; }

    public Image Image { get; }

    /// <summary>Time spent RUNNING since START.</summary>
    public TimeSpan Active { get; }

    /// <summary>Time since START in every state: chemistry goes on in HELD.</summary>
    public TimeSpan Contact { get; }

    /// <summary>Wall time since START (the same as contact unless the controller was away).</summary>
    public TimeSpan Wall { get; }

    /// <summary>Time since the scan before, usually the scan period.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Path of the step in the recipe, for events: <c>leach/dose-acid</c>.</summary>
    public string StepId { get; }

    public bool Has(string parameter) => Arguments.ContainsKey(parameter);

    /// <summary>A number parameter that is present or has a default; the checker has guaranteed it.</summary>
    public double Number(string parameter) => Arguments[parameter].Number;

    public string Name(string parameter) => Arguments[parameter].Name ?? throw new InvalidOperationException($"parameter {parameter} is a number");

    /// <summary>Reading of a role's tag on this unit; never read (bad) when the rig does not have it.</summary>
    public Reading Read(string role)
    {
        int tag = Rig.Tag(Unit.Name, role);
        return tag < 0 ? Reading.Never : Image[tag];
    }

    public Reading Read(int tag) => Image[tag];

    public bool HasOutput(string role) => Rig.Output(Unit.Name, role) >= 0;

    /// <summary>Demands a value from an output of this unit by role; ignored when the rig does not have it.</summary>
    public void Drive(string role, double value)
    {
        int output = Rig.Output(Unit.Name, role);
        if (output >= 0) DriveOutput(output, value);
    }

    public void DriveOutput(int output, double value) => Put(Demand.Output(output, value, Image.Scan));

    public void Keep(string role)
    {
        int output = Rig.Output(Unit.Name, role);
        if (output >= 0) Put(Demand.KeepOutput(output, Image.Scan));
    }

    /// <summary>Asks a loop of this unit to run in automatic at a setpoint.</summary>
    public void Control(string loop, double setpoint)
    {
        int ordinal = Rig.Loop(Unit.Name, loop);
        if (ordinal >= 0) Put(Demand.Loop(ordinal, setpoint, Image.Scan));
    }

    /// <summary>Adds an event to the batch record; journalled with the scan.</summary>
    public void Record(BatchEventKind kind, string text, ImmutableSortedDictionary<string, string>? data = null) =>
        events.Add(new BatchEvent(Image.Now, Image.Scan, kind, StepId, text, "recipe", data ?? BatchEvent.NoData));

    /// <summary>One demand per target and scan: the step's last word counts.</summary>
    private void Put(Demand demand)
    {
        for (int i = 0; i < demands.Count; i++)
        {
            if (demands[i].Target != demand.Target || demands[i].IsLoop != demand.IsLoop) continue;
            demands[i] = demand;
            return;
        }

        demands.Add(demand);
    }
}
