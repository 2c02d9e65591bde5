using System.Collections.Immutable;
using Crm.Chemistry;
using Crm.Plant.Expressions;
using Crm.Plant.Lots;
using Crm.Plant.Outputs;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Plant.UnitOperations;

namespace Crm.Plant.Tests.Procedure;

/// <summary>A procedure on a rig of three vessels <c>a</c>, <c>b</c>, <c>c</c> with one tag each, driven scan by scan; units are played by the test.</summary>
internal sealed class Scene
{
    public static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static readonly PhaseStateTable Table = new([], TimeSpan.FromHours(1), PhaseCommand.Stop, TimeSpan.FromMinutes(5));

    private readonly double[] tags = new double[3];

    public Scene(params ProcedureNode[] steps)
        : this([], [], [], steps)
    {
    }

    public Scene(ImmutableArray<Slot> slots, ImmutableArray<FormulaParameter> formula, ImmutableArray<PermissiveDefinition> permissives, params ProcedureNode[] steps)
    {
        var demand = new StoichiometricDemand("acid", ImmutableSortedDictionary<string, double>.Empty.Add("Li", 0.5), null, -1);
        var soda = new StoichiometricDemand("soda", ImmutableSortedDictionary<string, double>.Empty.Add("Li", 0.5), "pls", 0);
        var product = new ProductDefinition("Li2CO3", "Li2CO3", "Li", 0.7, new Specification("spec", "1", "", []));
        Recipe = new ControlRecipe("test", "1", "", "rig", "", formula, [demand, soda], product, new SequenceNode("", "Batch", 1, [.. steps]), slots, []);
        Rig = NewRig(permissives);
        Interpreter = new ProcedureInterpreter(Recipe, Rig, Operations, MolarMass.Of);
        State = Interpreter.NewBatch();
    }

    public ControlRecipe Recipe { get; private set; }

    public RigDefinition Rig { get; }

    public ProcedureInterpreter Interpreter { get; private set; }

    public BatchState State { get; set; }

    /// <summary>Effects of the last call.</summary>
    public BatchEffects Effects { get; private set; } = new();

    public List<BatchEvent> Events { get; } = [];

    public TimeSpan Now { get; set; }

    public Image Image => new(1 + (long)(Now / TimeSpan.FromMilliseconds(100)), Now, [.. tags.Select(v => Reading.Good(v, Now))]);

    public IEnumerable<string> Started => Effects.Forward.OfType<StartPhase>().Select(s => s.Phase.Id);

    public IEnumerable<string> Commanded => Effects.TowardsSafe.Concat(Effects.Forward).OfType<CommandUnit>().Select(c => $"{c.Command} {c.Unit}");

    public Scene Set(int tag, double value)
    {
        tags[tag] = value;
        return this;
    }

    public Scene Scan(double seconds = 1)
    {
        Now += TimeSpan.FromSeconds(seconds);
        return Do(e => Interpreter.Scan(State, Image, e));
    }

    public CommandVerdict Command(PhaseCommand command)
    {
        CommandVerdict verdict = default;
        Do(e => verdict = Interpreter.Command(State, command, "ann", "", Image, e));
        return verdict;
    }

    /// <summary>Any call of the interpreter that gives a verdict.</summary>
    public CommandVerdict Ask(Func<BatchEffects, CommandVerdict> call)
    {
        CommandVerdict verdict = default;
        Do(e => verdict = call(e));
        return verdict;
    }

    /// <summary>Puts a change of a phase's state on record, as its unit does.</summary>
    public Scene Note(string step, string from, string to)
    {
        Events.Add(new BatchEvent(Now, Image.Scan, BatchEventKind.PhaseState, step, $"{from} to {to}", "recipe", BatchEvent.NoData.Add("from", from).Add("to", to)));
        return this;
    }

    public Scene Report(string step, PhaseState state, string reason = "")
    {
        string unit = ((PhaseNode)Interpreter.Tree[Interpreter.Tree.Find(step)]).Unit;
        return Do(e => Interpreter.Report(State, new PhaseReport(step, unit, state, reason), Image, e));
    }

    public CommandVerdict Answer(string prompt, double kg, double lithium)
    {
        CommandVerdict verdict = default;
        var assay = new Assay(ImmutableSortedDictionary<string, Measured>.Empty.Add("Li", new Measured(lithium, 0.001)));
        Do(e => verdict = Interpreter.Answer(State, new PromptAnswer(prompt, "ann", new Measured(kg, 0.001), "bag-7", assay), Image, e));
        return verdict;
    }

    public CommandVerdict Result(string sample, double lithium)
    {
        CommandVerdict verdict = default;
        var assay = new Assay(ImmutableSortedDictionary<string, Measured>.Empty.Add("Li", new Measured(lithium, 0.0001)));
        Do(e => verdict = Interpreter.Result(State, new LabReport(sample, "lab", assay), Image, e));
        return verdict;
    }

    /// <summary>The same recipe with other steps, compared by who calls.</summary>
    public StepRevision Other(IEnumerable<StepChange> changes, params ProcedureNode[] steps) =>
        new(Recipe with { Procedure = new SequenceNode("", "Batch", 1, [.. steps]), ProcedureHash = Recipe.ProcedureHash + "'" }, Recipe.ProcedureHash, [.. changes], []);

    /// <summary>Proposed by ann and accepted by bob.</summary>
    public CommandVerdict Revise(StepRevision steps)
    {
        CommandVerdict verdict = Ask(e => Interpreter.ProposeRevision(State, new Dictionary<string, string>(), "ann", "as the sample says", Image, e, steps));
        if (verdict.Accepted) verdict = Ask(e => Interpreter.ReviewRevision(State, true, "bob", "", Image, e));
        if (!verdict.Accepted) return verdict;
        Interpreter = Interpreter.Revised(State, steps, Image);
        Recipe = steps.Recipe;
        return verdict;
    }

    /// <summary>Starts the batch and enters the first steps.</summary>
    public Scene Begin()
    {
        Command(PhaseCommand.Start);
        return Scan();
    }

    public static PhaseNode Phase(string id, string unit, Expression? amount = null) => new(
        id, id, 1, unit, "work",
        amount is null ? ImmutableSortedDictionary<string, ArgumentSource>.Empty : ImmutableSortedDictionary<string, ArgumentSource>.Empty.Add("amount", new ArgumentSource(amount, null)),
        [], null, null, null, null, Consequence.Continue, RecipeClock.Contact, [], [], Consequence.Hold);

    public static UnitProcedureNode Unit(string unit, params ProcedureNode[] steps) => new($"u-{unit}", unit, 1, unit, [.. steps], null);

    public static ParallelNode Parallel(params ProcedureNode[] branches) => new("par", "side by side", 1, [.. branches]);

    public static Condition Over(int tag, double limit) =>
        new($"tag {tag} > {limit}", new Comparison(ComparisonOperator.Greater, new TagValue(tag), new Constant(limit)));

    public static PromptNode WeighIn(string id, Expression mass) =>
        new(id, id, 1, PromptKind.WeighIn, "weigh in", [], "a", "ore", mass, LotKind.Feed, ["Li"], TimeSpan.FromMinutes(5), "gloves");

    private Scene Do(Action<BatchEffects> action)
    {
        Effects = new BatchEffects();
        action(Effects);
        Events.AddRange(Effects.Events);
        return this;
    }

    private static readonly Dictionary<string, UnitOperationDescription> Operations = new(StringComparer.Ordinal)
    {
        ["work"] = new("work", "Work", "", [], [ParameterDefinition.Number("amount", "Amount", "kg", 0, 10, 1, "")], [], [], true),
    };

    private static RigDefinition NewRig(ImmutableArray<PermissiveDefinition> permissives)
    {
        string[] units = ["a", "b", "c"];
        return new RigDefinition(
            "rig", "1", "", TimeSpan.FromMilliseconds(100),
            [.. units.Select((u, i) => new UnitDefinition(i, u, u, "vessel", false, 50, 35, Table, []) { Coupled = u == "a" ? ["b"] : [] })],
            [.. units.Select((u, i) => new TagDefinition(i, u + ".mass", u, "kg", 0, 100, Second, new Keep(0, Second), "bus", "", 1, 0.1))],
            [], [], [], permissives, [],
            [new ReagentDefinition("acid", "Acid", "H2SO4", 0.98, 1.836, 10, ""), new ReagentDefinition("soda", "Soda", "Na2CO3", 0.24, 1.2, 10, "")],
            [], [], []);
    }
}
