using Xunit;
using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Lots;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Ports;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Plant.UnitOperations;

namespace Crm.Control.Tests;

/// <summary>The far end of the wire: what is asserted here is what the device does.</summary>
internal sealed class FakeBus(int outputs) : IBus
{
    public string Name => "io";

    public bool IsSimulated { get; init; }

    public double[] Pins { get; private init; } = new double[outputs];

    public double[] Values { get; private init; } = [20, 10, 5, 200];

    public bool IsLost { get; set; }

    /// <summary>An exchange takes what the device had when the one before was asked for, as a bus on a thread of its own does.</summary>
    public bool IsBeside { get; set; }

    private (double[] Values, TimeSpan At)? read;

    public void Exchange(OutputPlan plan, Span<Reading> readings)
    {
        if (IsLost) throw new BusFaultException("cable cut");
        plan.Values.CopyTo(Pins, 0);
        var now = ((double[])Values.Clone(), plan.At);
        Fill(IsBeside ? read ?? now : now, readings);
        read = now;
    }

    public void Collect(Span<Reading> readings)
    {
        if (IsLost) throw new BusFaultException("cable cut");
        Fill(read!.Value, readings);
    }

    private static void Fill((double[] Values, TimeSpan At) from, Span<Reading> readings)
    {
        for (int i = 0; i < from.Values.Length; i++) readings[i] = Reading.Good(from.Values[i], from.At);
    }

    public FakeBus Fork() => new(Pins.Length) { Pins = (double[])Pins.Clone(), Values = (double[])Values.Clone(), IsLost = IsLost, IsSimulated = IsSimulated, IsBeside = IsBeside, read = read };
}

internal sealed class FakeJournal : IJournal
{
    public List<BatchEvent> Durable { get; } = [];

    public bool IsFull { get; set; }

    /// <summary>Takes everything and never says that it is durable.</summary>
    public bool IsStalled { get; set; }

    public bool IsDurable => !IsStalled;

    private readonly List<BatchEvent> open = [];

    public void Append(BatchEvent happened)
    {
        if (IsFull)
        {
            open.Clear();
            throw new JournalFaultException("disk full");
        }

        open.Add(happened);
    }

    public void Commit()
    {
        if (!IsStalled) Durable.AddRange(open);
        open.Clear();
    }
}

/// <summary>Feeds and stirs until the level is reached; throws when the level says so.</summary>
internal sealed class FeedOperation : IUnitOperation
{
    public const double ExplodesAt = 33;

    private sealed record Memory : PhaseMemory;

    public UnitOperationDescription Description { get; } =
        new("feed", "Feed", "", [], [ParameterDefinition.Number("to", "To", "L", 0, 30, 20, ""), ParameterDefinition.Named("from", "From", ParameterKind.Place, "", optional: true)], [], ["anywhere"], true);

    public PhaseMemory Begin(PhaseContext context) => new Memory();

    public PhaseMemory Resume(PhaseContext context, PhaseMemory memory) => memory;

    public PhaseStep Step(PhaseContext context, PhaseMemory memory)
    {
        double level = context.Read("level").Value;
        if (level == ExplodesAt) throw new InvalidOperationException("bug in the operation");
        context.Drive("pump", 50);
        context.Drive("agitator", 200);
        return new PhaseStep(memory, level >= context.Number("to") ? PhaseVerdict.Done : PhaseVerdict.Continue, "feeding", level / context.Number("to"));
    }
}

/// <summary>A stirred vessel with a feed pump, one trip, one service fan and a procedure that feeds.</summary>
internal sealed class Plant
{
    public const int Pump = 0, Agitator = 1, Cooling = 2, Fan = 3;
    public const int Temperature = 0, Level = 1, Scale = 2, Speed = 3;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private long nextId = 1;

    public Plant(params ProcedureNode[] steps)
        : this(PhaseCommand.Hold, steps)
    {
    }

    /// <param name="whenHot">What the trip commands the vessel.</param>
    public Plant(PhaseCommand whenHot, params ProcedureNode[] steps)
    {
        Bus = new FakeBus(4);
        Journal = new FakeJournal();
        ProcedureNode[] body = steps.Length > 0 ? steps : [new UnitProcedureNode("v", "Vessel", 1, "v", [Feed("feed")], null)];
        Controller = new PlantController(Rig(whenHot), Recipe(body), [Bus], [new FeedOperation()], Journal);
    }

    private Plant(Plant from)
    {
        Bus = from.Bus.Fork();
        Journal = new FakeJournal();
        Controller = from.Controller.Fork([Bus], Journal);
        Now = from.Now;
        nextId = from.nextId;
    }

    /// <summary>The process was killed; bus and record are still there, and some time has gone by.</summary>
    public Plant ComeBack(TimeSpan away) => new(this, away, rig => rig);

    /// <summary>The same, with another rig file.</summary>
    public Plant ComeBack(TimeSpan away, Func<RigDefinition, RigDefinition> changed) => new(this, away, changed);

    private Plant(Plant from, TimeSpan away, Func<RigDefinition, RigDefinition> changed)
    {
        Bus = from.Bus.Fork();
        Journal = new FakeJournal();
        Controller = PlantController.Recover(changed(from.Controller.Rig), from.Controller.Recipe, [Bus], [new FeedOperation()], Journal, from.Journal.Durable, away);
        Now = from.Now + away;
        nextId = from.nextId;
    }

    public CommandReply Mode(ProcedureMode mode, string unit) => Controller.Command(new ChangeMode(nextId++, "ann", mode, unit));

    public CommandReply Decide(string step, StepDecision decision, string reason) => Controller.Command(new DecideStep(nextId++, "ann", step, decision, reason));

    public Plant Manual(string output, double value)
    {
        Controller.Command(new TakeManual(nextId++, "ann", output, value));
        return this;
    }

    public FakeBus Bus { get; }

    public FakeJournal Journal { get; }

    public PlantController Controller { get; }

    public TimeSpan Now { get; private set; }

    public PhaseState Batch => Controller.BatchState;

    public PhaseState Phase => Controller.Snapshot().Steps.First(s => s.Operation == "feed").State;

    public Plant Fork() => new(this);

    public Plant Scan(int times = 1)
    {
        for (int i = 0; i < times; i++) Controller.Scan(Now += Period);
        return this;
    }

    public CommandReply Reset() => Controller.Command(new ResetTrip(nextId++, "ann"));

    public CommandReply Command(PhaseCommand command) => Controller.Command(new CommandBatch(nextId++, "ann", command));

    public CommandReply CommandUnit(PhaseCommand command) => Controller.Command(new CommandPhase(nextId++, "ann", "v", command));

    /// <summary>Tripped, reset, started and feeding.</summary>
    public Plant Feeding()
    {
        Scan(3);
        Reset();
        Scan(2);
        Assert.Equal(ReplyKind.Accepted, Command(PhaseCommand.Start).Kind);
        Scan(5);
        Assert.Equal(50, Bus.Pins[Pump]);
        Assert.Equal(200, Bus.Pins[Agitator]);
        Assert.Equal(PhaseState.Running, Phase);
        return this;
    }

    public static PhaseNode Feed(string id) => new(
        id, "Feed", 1, "v", "feed", ImmutableSortedDictionary<string, ArgumentSource>.Empty, [], null, null, null, null, Consequence.Continue,
        RecipeClock.Contact, [], [], Consequence.Hold);

    private static Expression Over(int tag, double limit) => new Comparison(ComparisonOperator.Greater, new TagValue(tag), new Constant(limit));

    private static ControlRecipe Recipe(ProcedureNode[] steps) => new(
        "test", "1", "", "rig", "", [], [], new ProductDefinition("x", "Li2CO3", "Li", 0.5, new Specification("s", "1", "", [])),
        new SequenceNode("", "Batch", 1, [.. steps]), [], []);

    private static StateRow Row(int output, params double[] cells) =>
        new(output, [.. cells.Select(c => new StateCell(double.IsNaN(c) ? SafeValue.KeepLast : SafeValue.At(c), -1, 0))]);

    private static RigDefinition Rig(PhaseCommand whenHot)
    {
        const double keep = double.NaN;
        var table = new PhaseStateTable(
            [Row(Pump, 0, 0, 0, 0, 0, 0, 0), Row(Agitator, keep, keep, 200, keep, 0, 50, 50), Row(Cooling, 30, 30, 30, 60, 0, 100, 100)],
            TimeSpan.FromHours(4), PhaseCommand.Stop, TimeSpan.FromMinutes(5));
        var none = new PhaseStateTable([], TimeSpan.FromHours(4), PhaseCommand.None, TimeSpan.FromMinutes(5));
        var hot = new TripDefinition(
            0, "hot", "too hot", [new CauseDefinition("v.temperature > 80 degC", Over(Temperature, 80), TimeSpan.Zero, BadInput.Trip, TimeSpan.Zero)],
            [new EffectDefinition(Pump, SafeValue.At(0)), new EffectDefinition(Cooling, SafeValue.At(100))], ["v"], whenHot, true);
        return new RigDefinition(
            "rig", "1", "", Period,
            [new UnitDefinition(0, "v", "Vessel", "vessel", false, 50, 35, table, []), new UnitDefinition(1, "fan", "Fan", "service", true, null, null, none, [])],
            [Tag(0, "v.temperature", "degC"), Tag(1, "v.level", "L"), Tag(2, "v.scale", "kg"), Tag(3, "v.agitator_speed", "rpm")],
            [
                Output(Pump, "v.pump", OutputRole.Feed, 1, SafeValue.At(0), SafeValue.At(0)),
                Output(Agitator, "v.agitator", OutputRole.Agitate, 60, SafeValue.KeepLast, SafeValue.KeepLast),
                Output(Cooling, "v.cooling", OutputRole.Cool, 30, SafeValue.At(0), SafeValue.At(100)),
                Output(Fan, "fan.run", OutputRole.Service, 60, SafeValue.At(1), SafeValue.At(1)),
            ],
            [], [hot], [], [], [], [],
            [new DutyDefinition("fan", Fan, -1, 1, 0, "fan runs warm", Over(Temperature, 15), null)],
            [new BusDefinition("io", "fake", ImmutableSortedDictionary<string, string>.Empty)]);
    }

    private static TagDefinition Tag(int ordinal, string name, string unit) =>
        new(ordinal, name, name, unit, 0, 300, TimeSpan.FromSeconds(1), new Keep(0, Period), "io", "", 1, 0.1);

    private static OutputDefinition Output(int ordinal, string name, OutputRole role, double lapseSeconds, SafeValue lapse, SafeValue trip) => new(
        ordinal, name, name, "%", 0, 400, role, new FailRule(trip, FailEnforcer.Drive), new LapseRule(TimeSpan.FromSeconds(lapseSeconds), lapse), trip, null, "io", "");
}
