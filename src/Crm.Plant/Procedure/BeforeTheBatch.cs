using System.Collections.Immutable;
using Crm.Plant.Expressions;
using Crm.Plant.Tags;

namespace Crm.Plant.Procedure;

/// <summary>Values of expressions before a batch: the formula, and what the charge is reckoned to ask of reagents.</summary>
/// <param name="tags">How many tags the rig has; none has a value.</param>
/// <param name="formula">Values of the formula by name.</param>
/// <param name="demand">kg of a reagent as bought that the stoichiometry asks for; null: not known.</param>
public sealed class BeforeTheBatch(ControlRecipe recipe, int tags, ImmutableSortedDictionary<string, double> formula, Func<string, double?> demand) : IExpressionScope
{
    public Image Image { get; } = new(0, TimeSpan.Zero, [.. Enumerable.Repeat(Reading.Never, tags)]);

    public Reading Named(int slot) => recipe.Slots[slot] switch
    {
        { Kind: SlotKind.Formula } named when formula.TryGetValue(named.Name, out double value) => Reading.Good(value, TimeSpan.Zero),
        { Kind: SlotKind.Stoichiometric } named when demand(named.Name) is { } kilograms => Reading.Good(kilograms, TimeSpan.Zero),
        _ => Reading.Never,
    };

    /// <summary>null: not known before the batch.</summary>
    public double? Of(Expression? expression) => expression?.Evaluate(this) is { IsBad: false } value && double.IsFinite(value.Value) ? value.Value : null;
}
