using System.Collections.Immutable;
using System.Globalization;
using Crm.Plant.Expressions;
using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Plant.Rigs;
using Crm.Plant.Tags;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Expressions;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Procedures;

/// <summary>Names in a recipe's expressions: the rig's tags, the formula, clocks, laboratory results, demands and windows; hands out slots.</summary>
/// <param name="before">Slots that are handed out already, in their order; no number of theirs changes.</param>
internal sealed class RecipeNames(
    RigDefinition rig,
    IReadOnlyDictionary<string, FormulaParameter> formula,
    IReadOnlyDictionary<string, ImmutableSortedSet<string>> samples,
    IReadOnlySet<string> demands,
    ImmutableArray<Slot> before) : ExpressionNames
{
    private static readonly ImmutableArray<string> clocks = ["contact", "active", "wall"];
    private static readonly Unit seconds = Units.Of("s");

    /// <summary>Laboratory results are mass fractions, kg/kg.</summary>
    private static readonly Unit fraction = new("kg/kg", Dimension.None, 1, 0);

    private readonly List<Slot> slots = [.. before];
    private readonly Dictionary<string, int> numbers = before.ToDictionary(s => Key(s.Kind, s.Name), s => s.Number, StringComparer.Ordinal);

    public ImmutableArray<Slot> Slots => [.. slots];

    /// <summary>Formula parameters that something read.</summary>
    public SortedSet<string> Used { get; } = new(StringComparer.Ordinal);

    /// <summary>Formula parameters whose value could not be read.</summary>
    public SortedSet<string> Broken { get; } = new(StringComparer.Ordinal);

    /// <summary>Slots read since this was last cleared.</summary>
    public SortedSet<int> Touched { get; } = [];

    /// <summary>Why the result of a sample cannot be read where the procedure is read; null when it can.</summary>
    public Func<string, NamedValue?> Refuses { get; set; } = _ => null;

    /// <summary>Samples that demands are computed from, by reagent.</summary>
    public SortedDictionary<string, string> DemandSamples { get; } = new(StringComparer.Ordinal);

    public override IEnumerable<string> Known => rig.Tags.Select(t => t.Name).Concat(formula.Keys).Concat(clocks);

    /// <summary>Every expression that was read, in the order read.</summary>
    public List<UnderstoodExpression> Expressions { get; } = [];

    internal override void Understood(YamlScalar at, string key, string text) =>
        Expressions.Add(new UnderstoodExpression(at.Origin?.File ?? "", at.Line, at.Origin?.Use ?? "", key, at.Text, text));

    public override NamedTag? Tag(string name)
    {
        int ordinal = rig.Tag(name);
        return ordinal < 0 ? null : new NamedTag(ordinal, Units.Find(rig.Tags[ordinal].Unit) ?? Unit.One);
    }

    public override bool IsOutput(string name) => rig.Output(name) >= 0;

    public override NamedValue? Plain(string name)
    {
        if (formula.TryGetValue(name, out FormulaParameter? parameter))
        {
            Used.Add(name);
            if (Broken.Contains(name)) return NamedValue.Broken;
            return Slotted(SlotKind.Formula, name, Units.Find(parameter.Unit) ?? Unit.One);
        }

        return clocks.Contains(name) ? Slotted(SlotKind.Clock, name, seconds) : null;
    }

    public override NamedValue Lab(string sample, string analyte)
    {
        if (!samples.TryGetValue(sample, out ImmutableSortedSet<string>? analytes))
            return NamedValue.Refused(
                DiagnosticCodes.SampleUnknown, $"no step takes a sample '{sample}'", Nearest.Suggest(sample, samples.Keys));
        if (!analytes.Contains(analyte))
            return NamedValue.Refused(
                DiagnosticCodes.AnalyteUnknown, $"sample '{sample}' is not analysed for '{analyte}'",
                $"add it to the sample's analytes ({string.Join(", ", analytes)})");
        return Refuses(sample) ?? Slotted(SlotKind.Lab, sample + "." + analyte, fraction);
    }

    public override NamedValue Stoichiometric(string reagent)
    {
        if (!demands.Contains(reagent))
            return NamedValue.Refused(
                DiagnosticCodes.StoichiometryMissing, $"'stoichiometry' says nothing of '{reagent}'",
                "add what it reacts with: {of: lots, per: {Li: 0.5}}");
        if (DemandSamples.TryGetValue(reagent, out string? sample) && Refuses(sample) is { } refusal) return refusal;
        return Slotted(SlotKind.Stoichiometric, reagent, Units.Of("kg"));
    }

    public override NamedValue Window(WindowFunction function, string tagName, NamedTag tag, TimeSpan over, double parameter)
    {
        string band = function.HasBand ? string.Create(CultureInfo.InvariantCulture, $", {parameter:0.######}") : "";
        string text = string.Create(CultureInfo.InvariantCulture, $"{function.Name}({tagName}{band}, {over.TotalSeconds:0.###} s)");
        return Slotted(SlotKind.Window, text, function.UnitOver(tag.Unit), tag.Ordinal, over, function.Name, parameter);
    }

    private NamedValue Slotted(SlotKind kind, string name, Unit unit, int tag = -1, TimeSpan over = default, string function = "", double parameter = 0)
    {
        string key = Key(kind, name);
        if (!numbers.TryGetValue(key, out int number))
        {
            number = slots.Count;
            numbers.Add(key, number);
            slots.Add(new Slot(number, kind, name, tag, over, function, parameter));
        }

        Touched.Add(number);
        return NamedValue.Of(new SlotValue(number, tag), unit);
    }

    private static string Key(SlotKind kind, string name) => kind + " " + name;

    /// <summary>Value of an expression that needs nothing but the formula; null when it needs the plant or the laboratory.</summary>
    public double? Static(Expression expression)
    {
        Reading value = expression.Evaluate(new FormulaScope(slots, formula, rig.Tags.Length));
        return value.IsBad ? null : value.Value;
    }

    /// <summary>A plant of which nothing is known but the formula.</summary>
    private sealed class FormulaScope(List<Slot> slots, IReadOnlyDictionary<string, FormulaParameter> formula, int tags) : IExpressionScope
    {
        public Image Image { get; } = new(0, TimeSpan.Zero, [.. Enumerable.Repeat(Reading.Never, tags)]);

        public Reading Named(int slot) =>
            slots[slot] is { Kind: SlotKind.Formula } named ? Reading.Good(formula[named.Name].Value, TimeSpan.Zero) : Reading.Never;
    }
}
