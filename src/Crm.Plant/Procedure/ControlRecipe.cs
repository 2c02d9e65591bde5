using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Expressions;
using Crm.Plant.Lots;
using Crm.Plant.Phases;
using Crm.Plant.Quantities;

namespace Crm.Plant.Procedure;

/// <summary>A recipe bound to a rig and frozen at START (S88-14). Built by the reader only when the checker found nothing wrong; immutable.</summary>
/// <param name="ContentHash">SHA-256 of the recipe file's bytes, lower-case hex.</param>
/// <param name="Slots">Names that expressions may use besides tags, by slot number (see <see cref="Slot"/>).</param>
public sealed record ControlRecipe(
    string Id,
    string Version,
    string Title,
    string Rig,
    string ContentHash,
    ImmutableArray<FormulaParameter> Formula,
    ImmutableArray<StoichiometricDemand> Demands,
    ProductDefinition Product,
    SequenceNode Procedure,
    ImmutableArray<Slot> Slots,
    ImmutableArray<string> Hazards)
{
    /// <summary>1 to 9; the higher is served first where a shared service arbitrates by priority (S88-18).</summary>
    public int Priority { get; init; } = 5;

    /// <summary>Id and version of the recipe whose procedure it runs, when it is a formula file of its own; else empty.</summary>
    public string ProcedureOf { get; init; } = "";

    /// <summary>File that holds the procedure; empty when it was read from none.</summary>
    public string File { get; init; } = "";

    /// <summary>That file as it was written; a running batch may be given another procedure only against it.</summary>
    public string Text { get; init; } = "";

    /// <summary>Hash of that file with its blocks; of a formula file that of the recipe it is of.</summary>
    public string ProcedureHash { get; init; } = "";

    /// <summary>Units the recipe asked for by class, by its own name for them; they were bound when it was read (S88-26).</summary>
    public ImmutableSortedDictionary<string, string> Equipment { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Id and version: it carries its whole text, which belongs into no log.</summary>
    public override string ToString() => $"{Id} {Version}";
}

/// <param name="Value">In <paramref name="Unit"/>.</param>
/// <param name="Scales">True when the value scales with batch size.</param>
public sealed record FormulaParameter(string Name, string Label, double Value, string Unit, double Low, double High, bool Scales)
{
    /// <summary>May be changed while a batch runs, by one person's proposal and another's review.</summary>
    public bool Adjustable { get; init; }

    /// <summary>Reads a value for this parameter, <c>2.5 kg</c>.</summary>
    /// <returns>In <see cref="Unit"/>; null with the reason why it is refused.</returns>
    public double? Parse(string text, out string refusal)
    {
        Unit unit = Units.Of(Unit);
        refusal = $"'{text}' is no value for {Name}; expected a number and a unit such as {new Quantity(Value, unit)}";
        if (QuantityText.Parse(text, out Quantity quantity, out _) != QuantityProblem.None) return null;
        double? value = quantity.Unit != Quantities.Unit.One ? quantity.In(unit) : unit.TakesBareNumbers ? quantity.Value : null;
        refusal = value is null ? $"'{text}' is no value for {Name}; expected a value in {unit}"
            : string.Create(CultureInfo.InvariantCulture, $"{Name} = {text} is outside its range {Low:0.######}..{High:0.######} {unit.Symbol}").TrimEnd();
        return value >= Low && value <= High ? value : null;
    }
}

public enum SlotKind
{
    /// <summary>A formula parameter, in its unit.</summary>
    Formula,

    /// <summary>A clock of the running step in seconds: <c>contact</c>, <c>active</c>, <c>wall</c>.</summary>
    Clock,

    /// <summary>A laboratory result: <c>lab(sample.analyte)</c>, in the analysis' unit; bad until it has come.</summary>
    Lab,

    /// <summary>kg of a reagent as bought that the demand's stoichiometry asks for: <c>stoichiometric(reagent)</c>; bad until its basis is known.</summary>
    Stoichiometric,

    /// <summary>A function of time over a tag (<c>plateau</c>, <c>slope</c>, <c>average</c>), computed by the batch's history windows.</summary>
    Window,
}

/// <summary>A named value an expression reads through <see cref="IExpressionScope.Named"/>.</summary>
/// <param name="Tag">Tag ordinal for windows, else -1.</param>
/// <param name="Over">Window length for windows.</param>
/// <param name="Function">Window function: plateau, slope, average, stable; else empty.</param>
/// <param name="Parameter">Second argument of the window function (band of stable), in tag units; else 0.</param>
public sealed record Slot(int Number, SlotKind Kind, string Name, int Tag, TimeSpan Over, string Function, double Parameter);

/// <summary>How much of a reagent reacts with what is there: mol of reagent species per mol of element.</summary>
/// <param name="Sample">Null: from the assays of the lots charged. Else: lab result of this sample times the mass or volume in <paramref name="InventoryTag"/>.</param>
/// <param name="InventoryTag">Tag ordinal (L or kg) with <paramref name="Sample"/>, else -1.</param>
public sealed record StoichiometricDemand(string Reagent, ImmutableSortedDictionary<string, double> MolPerMol, string? Sample, int InventoryTag);

/// <summary>What is made and what it must meet.</summary>
/// <param name="MainElement">Element whose recovery the recipe is judged by: <c>Li</c>.</param>
/// <param name="LeastRecovery">Fraction of the main element that must be in the product, 0 to 1.</param>
public sealed record ProductDefinition(string Name, string Formula, string MainElement, double LeastRecovery, Specification Specification)
{
    /// <summary>Elements that the batch recovers beside the main one: the checker sees that they are not thrown away.</summary>
    public ImmutableArray<string> Also { get; init; } = [];
}

/// <summary>A step of the procedure. <paramref name="Id"/> is the path shown everywhere: <c>leach/dose-acid</c>. Line is its place in the file.</summary>
public abstract record ProcedureNode(string Id, string Label, int Line);

/// <summary>Children one after the other.</summary>
public sealed record SequenceNode(string Id, string Label, int Line, ImmutableArray<ProcedureNode> Children) : ProcedureNode(Id, Label, Line);

/// <summary>Branches side by side; ends when all have ended (S88-15: branches rejoin).</summary>
public sealed record ParallelNode(string Id, string Label, int Line, ImmutableArray<ProcedureNode> Branches) : ProcedureNode(Id, Label, Line);

/// <summary>A unit procedure: owns the unit from its first to its last step.</summary>
public sealed record UnitProcedureNode(string Id, string Label, int Line, string Unit, ImmutableArray<ProcedureNode> Children, HoldRule? Hold)
    : ProcedureNode(Id, Label, Line);

/// <summary>An operation in the sense of ISA-88: a named group of phases within a unit procedure.</summary>
public sealed record OperationNode(string Id, string Label, int Line, ImmutableArray<ProcedureNode> Children) : ProcedureNode(Id, Label, Line);

/// <summary>One phase: a unit operation with arguments, conditions and limits.</summary>
/// <param name="While">All must stay true; the first that does not holds the phase with its text as the reason.</param>
/// <param name="PauseWhen">Feeds pause while it is true and go on when it is false again; null for none.</param>
/// <param name="Until">Ends the phase early; null: the operation itself knows when it is done.</param>
/// <param name="AtLeast">The phase does not end before this, on <paramref name="Clock"/>.</param>
/// <param name="AtMost">When <paramref name="Clock"/> passes this, <paramref name="ThenAtMost"/> follows.</param>
/// <param name="OnFault">What a fault of the operation does to the owner; the default of the language is Hold.</param>
public sealed record PhaseNode(
    string Id,
    string Label,
    int Line,
    string Unit,
    string Operation,
    ImmutableSortedDictionary<string, ArgumentSource> Arguments,
    ImmutableArray<Condition> While,
    Condition? PauseWhen,
    Condition? Until,
    Expression? AtLeast,
    Expression? AtMost,
    Consequence ThenAtMost,
    RecipeClock Clock,
    ImmutableArray<Limit> Limits,
    ImmutableArray<Expectation> Expectations,
    Consequence OnFault) : ProcedureNode(Id, Label, Line)
{
    /// <summary>How far an exception of the phase reaches (S88-11).</summary>
    public ExceptionScope Scope { get; init; } = ExceptionScope.Batch;

    /// <summary>While it is true, what the phase makes is off specification and goes back instead of on; null: the operation's own judgement alone.</summary>
    public Condition? DivertWhen { get; init; }

    /// <summary>Runs only while a person has confirmed to be there within this time; null: it may run unattended.</summary>
    public TimeSpan? Attended { get; init; }
}

/// <summary>What follows an exception of a phase besides the phase itself.</summary>
public enum ExceptionScope
{
    /// <summary>The whole batch follows; the default of the language.</summary>
    Batch,

    /// <summary>The unit, and the units that the rig couples with it, are held; the rest goes on.</summary>
    Coupled,

    /// <summary>Only the unit; the rest goes on. A stopped or aborted phase holds the batch all the same.</summary>
    Unit,
}

/// <summary>An argument: an expression whose value is taken at START, in the parameter's canonical unit, or a name.</summary>
public sealed record ArgumentSource(Expression? Number, string? Name);

/// <summary>A condition with the words it was written in.</summary>
public sealed record Condition(string Text, Expression Expression);

public enum RecipeClock
{
    Contact,
    Active,
    Wall,
}

/// <summary>What follows a limit, a fault or a time-out.</summary>
public enum Consequence
{
    Ignore,
    Continue,
    Pause,
    Hold,
    Stop,
    Abort,
}

/// <summary>The one form of a limit: when, then, message.</summary>
public sealed record Limit(Condition When, TimeSpan For, Consequence Then, string Message);

/// <summary>An effect the action must have: the tag moves by at least <paramref name="By"/> (sign is direction; tag units) within a time of START.</summary>
public sealed record Expectation(int Tag, double By, TimeSpan Within, string Text);

/// <summary>The recipe's own word on a hold of the unit: how long at most, then what.</summary>
public sealed record HoldRule(TimeSpan AtMost, Consequence Then, string Text);

public enum PromptKind
{
    /// <summary>Read and confirm; <see cref="PromptNode.Items"/> is the list of things to check (line-up).</summary>
    Confirm,

    /// <summary>Weigh a material and put it into the unit: answer is mass and lot.</summary>
    WeighIn,

    /// <summary>Take a cake or crystals out, weigh, assay: makes a lot.</summary>
    Discharge,

    /// <summary>Book the liquor standing in a tank as a lot, by its level or scale and an assay; it leaves the batch.</summary>
    Book,

    /// <summary>No step of the recipe: a charge was refused, and a person chooses what becomes of it (<see cref="ChargeChoice"/>).</summary>
    Choose,

    /// <summary>Measure and assay what stands in a place and leave it there: it came into the batch with the plant, or stays behind for the next (<see cref="PromptNode.Opens"/>).</summary>
    TakeStock,
}

/// <summary>Something a person does or says. The answer comes by an ordinary command.</summary>
/// <param name="Place">Unit or tank it is about; empty for plain confirmations.</param>
/// <param name="Material">WeighIn: material as the rig or recipe names it. Discharge, Book, TakeStock: name of the lot.</param>
/// <param name="Mass">WeighIn: kg asked for.</param>
/// <param name="LotKind">Discharge, Book, TakeStock: product, intermediate, residue, liquor, salt, water.</param>
/// <param name="Analytes">WeighIn, Discharge, Book, TakeStock: elements to be on the lot's assay.</param>
/// <param name="Takes">How long a person takes; the unattended technician answers after this.</param>
/// <param name="Protective">Hazards and protective equipment shown with it.</param>
public sealed record PromptNode(
    string Id,
    string Label,
    int Line,
    PromptKind Kind,
    string Text,
    ImmutableArray<string> Items,
    string Place,
    string Material,
    Expression? Mass,
    LotKind LotKind,
    ImmutableArray<string> Analytes,
    TimeSpan Takes,
    string Protective) : ProcedureNode(Id, Label, Line)
{
    /// <summary>TakeStock: the batch finds it so and takes it over; false: it leaves it so.</summary>
    public bool Opens { get; init; }

    /// <summary>Determinations of each analyte whose mean the assay says.</summary>
    public int Determinations { get; init; } = 1;
}

/// <summary>A sample sent to the laboratory; results come after <paramref name="Turnaround"/> while the procedure goes on.</summary>
/// <param name="Name">On the vial and in the record: <c>wash-2</c> in the second pass of a repeat.</param>
/// <param name="Amount">kg taken out of the place.</param>
public sealed record SampleNode(
    string Id,
    string Label,
    int Line,
    string Name,
    string Place,
    double Amount,
    ImmutableArray<string> Analytes,
    TimeSpan Turnaround) : ProcedureNode(Id, Label, Line)
{
    /// <summary>Name in expressions: that of all the samples a repeat takes here, of which the last counts.</summary>
    public string Of { get; init; } = Name;

    /// <summary>The how manieth of its name, from 1; 0: the only one.</summary>
    public int Pass { get; init; }

    /// <summary>Determinations of each analyte whose mean is the result.</summary>
    public int Determinations { get; init; } = 1;
}

/// <summary>Waits for a condition on lab results (or tags) and judges it: true goes on, false does <paramref name="Otherwise"/>.</summary>
/// <param name="WaitFor">Lab slots that must have come before it is judged.</param>
public sealed record GateNode(
    string Id,
    string Label,
    int Line,
    Condition Require,
    ImmutableArray<int> WaitFor,
    TimeSpan AtMost,
    Consequence Otherwise,
    string Message) : ProcedureNode(Id, Label, Line);

/// <summary>Nothing but waiting for a condition, with a limit and its consequence; used between parallel branches.</summary>
public sealed record WaitNode(string Id, string Label, int Line, Condition For, TimeSpan AtMost, Consequence Then, string Message) : ProcedureNode(Id, Label, Line);
