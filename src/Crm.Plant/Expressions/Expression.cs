using System.Collections.Immutable;
using Crm.Plant.Tags;

namespace Crm.Plant.Expressions;

/// <summary>What an expression may look at: one image, the clocks and results of the batch, and the history kept for functions of time.</summary>
public interface IExpressionScope
{
    Image Image { get; }

    /// <summary>Value of a declared name that is not a tag (formula parameter, clock in seconds, lab result); bad when not known yet.</summary>
    Reading Named(int slot);
}

/// <summary>
/// A checked expression: units have been reconciled when it was read, so evaluation is plain arithmetic on doubles with the worst
/// quality of its inputs. Truth is 1, falsehood 0. Immutable.
/// </summary>
public abstract record Expression
{
    /// <summary>Evaluates on one consistent picture. Never throws; what cannot be computed is a bad reading.</summary>
    public abstract Reading Evaluate(IExpressionScope scope);

    /// <summary>Every tag ordinal the expression reads.</summary>
    public abstract ImmutableArray<int> Tags { get; }
}
