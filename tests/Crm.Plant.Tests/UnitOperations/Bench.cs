using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Records;
using Crm.Plant.Tags;
using Crm.Plant.UnitOperations;
using Crm.Plant.UnitOperations.Running;
using Xunit;

namespace Crm.Plant.Tests.UnitOperations;

/// <summary>A run of one phase on the toy plant.</summary>
internal sealed class Bench
{
    public static readonly TimeSpan Scan = TimeSpan.FromSeconds(1);

    private readonly ImmutableSortedDictionary<string, Argument> arguments;

    public Bench(string unit, string operation, (string Name, object Value)[] arguments, Func<PhaseNode, PhaseNode>? change = null, ToyPlant? plant = null)
    {
        Plant = plant ?? new ToyPlant();
        IUnitOperation found = UnitOperationCatalogue.Find(operation)!;
        this.arguments = Bind(found.Description, arguments);
        Run = PhaseRunner.Load(PhaseRunner.Idle(ToyRig.Unit(unit)), Node(unit, operation, change), found, this.arguments, null);
        Image = Plant.Look();
    }

    public ToyPlant Plant { get; }

    public PhaseRun Run { get; set; }

    public Image Image { get; private set; }

    public List<Demand> Demands { get; } = [];

    public List<BatchEvent> Events { get; } = [];

    public string? WhyNot { get; set; }

    public PhaseCommand Protection { get; set; }

    public ImmutableArray<PhaseRefusal> Refused { get; private set; } = [];

    /// <summary>One scan with the commands given; the demands are in <see cref="Demands"/>, and take effect before the next scan.</summary>
    public Bench Step(params PhaseCommand[] commands)
    {
        Plant.Move(Demands, Scan);
        Image = Plant.Look();
        Demands.Clear();
        PhaseRequest[] requests = [.. commands.Select(c => new PhaseRequest(c, "anna"))];
        var inputs = new RunnerInputs(ToyRig.Rig, Image, new Scope(Image), Scan, WhyNot, Protection, "protection test", Demands, Events);
        RunnerResult result = PhaseRunner.Step(Run, requests, inputs);
        Run = result.Run;
        Refused = result.Refused;
        return this;
    }

    public Bench Start() => Step(PhaseCommand.Start);

    public Bench For(TimeSpan time)
    {
        for (TimeSpan t = TimeSpan.Zero; t < time; t += Scan) Step();
        return this;
    }

    /// <summary>Steps until the run leaves the states it is working in.</summary>
    public Bench UntilOver(TimeSpan atMost)
    {
        TimeSpan end = Plant.Now + atMost;
        while (Plant.Now < end && Run.State is not (PhaseState.Complete or PhaseState.Held or PhaseState.Stopped or PhaseState.Aborted)) Step();
        return this;
    }

    public Bench Until(Func<Bench, bool> condition, TimeSpan atMost)
    {
        TimeSpan end = Plant.Now + atMost;
        while (Plant.Now < end && !condition(this)) Step();
        Assert.True(condition(this), $"did not come true: {Run.State} {Run.Doing} {Run.Reason}");
        return this;
    }

    /// <summary>The value demanded of an output in the last scan; null when none or keep.</summary>
    public double? Demanded(string output)
    {
        int ordinal = ToyRig.Output(output);
        Demand[] made = [.. Demands.Where(d => !d.IsLoop && d.Target == ordinal && !d.Keep)];
        return made.Length == 0 ? null : made[^1].Value;
    }

    public double? Setpoint => Demands.Where(d => d.IsLoop).Select(d => (double?)d.Value).LastOrDefault();

    public double AccountedKg => Events.Where(e => e.Kind == BatchEventKind.Dose)
        .Sum(e => double.Parse(e.Data["mass_kg"], System.Globalization.CultureInfo.InvariantCulture));

    private static PhaseNode Node(string unit, string operation, Func<PhaseNode, PhaseNode>? change)
    {
        var node = new PhaseNode(
            $"{unit}/{operation}", operation, 1, unit, operation, ImmutableSortedDictionary<string, ArgumentSource>.Empty, [], null, null, null, null,
            Consequence.Hold, RecipeClock.Contact, [], [], Consequence.Hold);
        return change is null ? node : change(node);
    }

    private static ImmutableSortedDictionary<string, Argument> Bind(UnitOperationDescription description, (string Name, object Value)[] given)
    {
        var all = PhaseRun.NoArguments.ToBuilder();
        foreach (ParameterDefinition parameter in description.Parameters)
            if (parameter.Default is { } value) all[parameter.Name] = Argument.Of(value);
        foreach ((string name, object value) in given)
        {
            Assert.Contains(description.Parameters, p => p.Name == name);
            all[name] = value is string text ? Argument.Of(text) : Argument.Of(Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture));
        }

        return all.ToImmutable();
    }

    internal sealed class Scope(Image image) : IExpressionScope
    {
        public Image Image { get; } = image;

        public Reading Named(int slot) => Reading.Never;
    }
}

/// <summary>An expression over one tag for tests.</summary>
internal sealed record TagTest(string Tag, Func<double, bool> Truth) : Expression
{
    public override ImmutableArray<int> Tags => [ToyRig.Rig.Tag(Tag)];

    public override Reading Evaluate(IExpressionScope scope)
    {
        Reading reading = scope.Image[ToyRig.Rig.Tag(Tag)];
        return reading.IsBad ? reading : reading with { Value = Truth(reading.Value) ? 1 : 0 };
    }

    public static Condition Of(string text, string tag, Func<double, bool> truth) => new(text, new TagTest(tag, truth));
}

internal sealed record Constant(double Value) : Expression
{
    public override ImmutableArray<int> Tags => [];

    public override Reading Evaluate(IExpressionScope scope) => Reading.Good(Value, scope.Image.Now);
}
