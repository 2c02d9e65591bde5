using Crm.Plant.Expressions;
using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Expressions;

/// <summary>A tag as expressions see it.</summary>
public readonly record struct NamedTag(int Ordinal, Unit Unit);

/// <summary>A name that was found, or the reason why it cannot be used here.</summary>
public readonly record struct NamedValue(SlotValue? Value, Unit Unit, string Code, string Message, string Remedy)
{
    /// <summary>A name whose own mistake was already reported where it is declared.</summary>
    public static readonly NamedValue Broken = new(null, Unit.One, "", "", "");

    public static NamedValue Of(SlotValue value, Unit unit) => new(value, unit, "", "", "");

    public static NamedValue Refused(string code, string message, string remedy) => new(null, Unit.One, code, message, remedy);
}

/// <summary>What the names in an expression mean; one implementation for rigs (tags only), one for recipes.</summary>
public abstract class ExpressionNames
{
    public abstract NamedTag? Tag(string name);

    /// <summary>A formula parameter or a clock; null when there is no such name.</summary>
    public abstract NamedValue? Plain(string name);

    public abstract NamedValue Lab(string sample, string analyte);

    public abstract NamedValue Stoichiometric(string reagent);

    /// <param name="parameter">In tag units.</param>
    public abstract NamedValue Window(WindowFunction function, string tagName, NamedTag tag, TimeSpan over, double parameter);

    public abstract bool IsOutput(string name);

    /// <summary>Takes what an expression was read as, for people who want to see it.</summary>
    internal virtual void Understood(YamlScalar at, string key, string text)
    {
    }

    /// <summary>All names, for suggestions.</summary>
    public abstract IEnumerable<string> Known { get; }
}

/// <summary>A function of time over a tag and what it answers.</summary>
public sealed record WindowFunction(string Name, bool HasBand, bool IsTruth)
{
    public static readonly IReadOnlyList<WindowFunction> All =
    [
        new("plateau", false, true), new("stable", true, true), new("slope", false, false), new("average", false, false),
    ];

    /// <summary>Slopes are per minute in the tag's unit, averages in the tag's unit.</summary>
    public Unit UnitOver(Unit tag) => Name == "slope" ? tag.Difference.Per(Units.Of("min")) : tag;
}
