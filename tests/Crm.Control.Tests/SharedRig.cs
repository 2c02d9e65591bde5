using System.Collections.Immutable;
using Crm.Plant.Allocation;
using Crm.Plant.Campaigns;
using Crm.Plant.Expressions;
using Crm.Plant.Lots;
using Crm.Plant.Materials;
using Crm.Plant.Outputs;
using Crm.Plant.Permissions;
using Crm.Plant.Phases;
using Crm.Plant.Procedure;
using Crm.Plant.Protection;
using Crm.Plant.Records;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;

namespace Crm.Control.Tests;

/// <summary>
/// Four vessels a, b, c, d, each with a feed pump, a level and a cooling valve that opens on ABORT, filled from a shared water service; several batches on
/// one controller. A feed ends when its level is 20 L.
/// </summary>
internal sealed class SharedRig
{
    public const string Names = "abcd";

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private long nextId = 1;

    public SharedRig(params (string Batch, ProcedureNode[] Steps)[] batches)
        : this(Rig, [], batches)
    {
    }

    /// <param name="rig">Another rig of the same units.</param>
    /// <param name="priorities">Of the recipes, in the order of the batches; 5 where there is none.</param>
    public SharedRig(RigDefinition rig, int[] priorities, params (string Batch, ProcedureNode[] Steps)[] batches)
    {
        ControlRecipe Ranked(int i) => Recipe(batches[i].Steps) with { Priority = i < priorities.Length ? priorities[i] : 5 };
        Bus = new FakeBus(8);
        Array.Fill(Bus.Values, 0);
        Controller = new PlantController(rig, Ranked(0), [Bus], [new FeedOperation()], Journal, batches[0].Batch) { OnEvent = Events.Add };
        for (int i = 1; i < batches.Length; i++) Controller.Add(batches[i].Batch, Ranked(i));
        recipes = [.. batches.Select((b, i) => (b.Batch, Ranked(i)))];
    }

    private SharedRig(SharedRig from, TimeSpan? away)
    {
        Bus = from.Bus.Fork();
        recipes = from.recipes;
        further.AddRange(from.further);
        Now = from.Now + (away ?? TimeSpan.Zero);
        nextId = from.nextId;
        Controller = away is { } gone
            ? PlantController.Recover(Rig, [.. recipes.Select(r => new PlannedBatch(r.Batch, r.Recipe, PlannedStart.AtOnce)), .. further], [Bus], [new FeedOperation()], Journal, from.Journal.Durable, gone)
            : from.Controller.Fork([Bus], Journal);
        Controller.OnEvent = Events.Add;
    }

    private readonly ImmutableArray<(string Batch, ControlRecipe Recipe)> recipes;

    /// <summary>Batches of campaigns.</summary>
    private readonly List<PlannedBatch> further = [];

    /// <summary>Puts a campaign on the rig as the service does: on record first.</summary>
    public SharedRig Put(params (string Batch, ProcedureNode[] Steps, PlannedStart Start)[] planned)
    {
        PlannedBatch[] own = [.. planned.Select(p => new PlannedBatch(p.Batch, Recipe(p.Steps), p.Start))];
        CampaignPlan plan = new CampaignPlan("rig/campaign", "1", "Campaign", "rig", "", [.. own]).Marked("C1-");
        var campaign = CampaignOnRig.Of(plan, Controller.NextCampaign, "ann");
        Journal.Append(new BatchEvent(Now, 0, BatchEventKind.Note, "campaign", "put", "ann", campaign.Facts));
        Journal.Commit();
        Controller.Add(plan, campaign);
        further.AddRange(plan.Batches);
        return this;
    }

    public CommandReply Campaign(PhaseCommand command, string reason = "") => Controller.Command(new CommandCampaign(nextId++, "ann", "C1", command, reason));

    public CommandReply Withdraw(string batch, string reason) => Controller.Command(new WithdrawBatch(nextId++, "ann", reason) { Batch = batch });

    public FakeBus Bus { get; }

    public FakeJournal Journal { get; } = new();

    public List<BatchEvent> Events { get; } = [];

    public PlantController Controller { get; }

    public TimeSpan Now { get; private set; }

    public SharedRig Fork() => new(this, null);

    public SharedRig ComeBack(TimeSpan away) => new(this, away);

    public BatchView this[string batch] => Controller.Batches.Single(b => b.Id == batch);

    public double Pump(char unit) => Bus.Pins[2 * Names.IndexOf(unit)];

    public double Cooling(char unit) => Bus.Pins[(2 * Names.IndexOf(unit)) + 1];

    public SharedRig Level(char unit, double litres)
    {
        Bus.Values[Names.IndexOf(unit)] = litres;
        return this;
    }

    /// <summary>The unit's feed ends, and it is 5 L full again as soon as the other batch has it.</summary>
    public SharedRig Handover(char unit, string to)
    {
        Level(unit, 20);
        for (int i = 0; i < 30 && !this[to].Units.Contains(unit.ToString()); i++) Scan();
        return Level(unit, 5).Scan(5);
    }

    public SharedRig Scan(int times = 1)
    {
        for (int i = 0; i < times; i++) Controller.Scan(Now += Period);
        return this;
    }

    /// <summary>Trips reset and all batches started.</summary>
    public SharedRig Started()
    {
        Scan(3);
        Controller.Command(new ResetTrip(nextId++, "ann"));
        Scan(2);
        foreach (BatchView batch in Controller.Batches) Command(batch.Id, PhaseCommand.Start);
        return Scan(5);
    }

    public CommandReply Command(string batch, PhaseCommand command) => Controller.Command(new CommandBatch(nextId++, "ann", command) { Batch = batch });

    public CommandReply Reset() => Controller.Command(new ResetTrip(nextId++, "ann"));

    public CommandReply Decide(string batch, string step, StepDecision decision) =>
        Controller.Command(new DecideStep(nextId++, "ann", step, decision, "looked at the level") { Batch = batch });

    public CommandReply Day(DateOnly day) => Controller.Command(new SetDay(nextId++, "ann", day));

    /// <param name="accept">Why a lot that is refused may go in; null when nobody answers for it.</param>
    public CommandReply Weigh(string batch, string prompt, double kilograms, string? lot = null, string? accept = null, PersonRole role = PersonRole.Technician) => Controller.Command(
        new AnswerPrompt(nextId++, new PromptAnswer(prompt, "ann", new Measured(kilograms, 0.001), lot, Note: accept ?? "") { Choice = accept is null ? null : ChargeChoice.Accept }) { Batch = batch, Roles = role });

    public CommandReply Choose(string batch, string prompt, ChargeChoice choice, string lot = "", string reason = "", PersonRole role = PersonRole.Technician) =>
        Controller.Command(new AnswerPrompt(nextId++, new PromptAnswer(prompt, "ann", Lot: lot, Note: reason) { Choice = choice }) { Batch = batch, Roles = role });

    /// <summary>The same rig with other lots on the shelf.</summary>
    public static RigDefinition With(params StockLot[] stock) => Rig with { Stock = [.. stock] };

    public static PromptNode Salt(string id, char unit, double kilograms) => new(
        id, "Salt", 1, PromptKind.WeighIn, "salt", [], unit.ToString(), "salt", new Constant(kilograms), LotKind.Feed, [], TimeSpan.Zero, "");

    /// <summary>A unit procedure with one feed.</summary>
    public static ProcedureNode Unit(string id, char unit, bool water = false) => new UnitProcedureNode(id, id, 1, unit.ToString(), [Feed($"{id}/feed", unit, water)], null);

    public static PhaseNode Feed(string id, char unit, bool water = false) => new(
        id, "Feed", 1, unit.ToString(), "feed",
        water ? ImmutableSortedDictionary<string, ArgumentSource>.Empty.Add("from", new ArgumentSource(null, "water")) : ImmutableSortedDictionary<string, ArgumentSource>.Empty,
        [], null, null, null, null, Consequence.Continue, RecipeClock.Contact, [], [], Consequence.Hold);

    private static ControlRecipe Recipe(params ProcedureNode[] steps) => new(
        "test", "1", "", "rig", "", [], [], new ProductDefinition("x", "Li2CO3", "Li", 0.5, new Specification("s", "1", "", [])),
        new SequenceNode("", "Batch", 1, [.. steps]), [], []);

    /// <summary>Every vessel takes a share of the service's vent while a phase runs on it, which has room for one.</summary>
    public static RigDefinition Vented(ArbitrationRule rule) => Rig with
    {
        Units = [.. Rig.Units.Select(u => u.IsService ? u : u with { Draws = [new ResourceNeed("water", 60)] })],
        Shared = [new ResourceDefinition("water", 100, "L/min", rule)],
    };

    private static RigDefinition Rig { get; } = Compile();

    private static RigDefinition Compile()
    {
        var none = new PhaseStateTable([], TimeSpan.FromHours(4), PhaseCommand.None, TimeSpan.FromMinutes(5));
        return new RigDefinition(
            "rig", "1", "", Period,
            [.. Names.Select((n, i) => new UnitDefinition(i, n.ToString(), n.ToString(), "vessel", false, 50, 35, Table(i), [])), new UnitDefinition(4, "water", "Water", "service", true, null, null, none, [])],
            [.. Names.Select((n, i) => new TagDefinition(i, $"{n}.level", $"{n}.level", "L", 0, 300, TimeSpan.FromSeconds(1), new Keep(0, Period), "io", "", 1, 0.1))],
            [.. Names.SelectMany((n, i) => new[] { Output(2 * i, $"{n}.pump", OutputRole.Feed, 0), Output((2 * i) + 1, $"{n}.cooling", OutputRole.Cool, 0) })],
            [],
            [.. Names.Select((n, i) => new TripDefinition(
                i, $"full-{n}", "too full", [new CauseDefinition("level > 30 L", new Comparison(ComparisonOperator.Greater, new TagValue(i), new Constant(30)), TimeSpan.Zero, BadInput.Trip, TimeSpan.Zero)],
                [new EffectDefinition(2 * i, SafeValue.At(0))], [n.ToString()], PhaseCommand.Hold, true))],
            [], [], [], [.. Names.Select((n, i) => new TransferLine("water", "water", n.ToString(), n.ToString(), 2 * i, 60))],
            [], [new BusDefinition("io", "fake", ImmutableSortedDictionary<string, string>.Empty)])
        {
            Shared = [new ResourceDefinition("water", 100, "L/h", ArbitrationRule.FirstComeFirstServed)],
            Stock = [new StockLot("X-1", "salt", 1, new DateOnly(2026, 1, 31), 5)],
            Compatibility = new CompatibilityTable([new MeetingRule("water", "salt", Meeting.May, "", "brine"), new MeetingRule("brine", "salt", Meeting.May, "", "brine"), new MeetingRule("brine", "water", Meeting.Never, "it sets")]),
        };
    }

    private static PhaseStateTable Table(int unit) => new(
        [Row(2 * unit, 0, 0, 0, 0, 0, 0, 0), Row((2 * unit) + 1, 0, 0, 0, 0, 0, 100, 100)], TimeSpan.FromHours(4), PhaseCommand.Stop, TimeSpan.FromMinutes(5));

    private static StateRow Row(int output, params double[] cells) => new(output, [.. cells.Select(c => new StateCell(SafeValue.At(c), -1, 0))]);

    private static OutputDefinition Output(int ordinal, string name, OutputRole role, double trip) => new(
        ordinal, name, name, "%", 0, 400, role, new FailRule(SafeValue.At(trip), FailEnforcer.Drive), new LapseRule(TimeSpan.FromSeconds(1), SafeValue.At(0)), SafeValue.At(trip), null, "io", "");
}
