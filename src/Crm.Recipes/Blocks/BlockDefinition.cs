using System.Collections.Immutable;
using Crm.Plant.Quantities;
using Crm.Recipes.Yaml;

namespace Crm.Recipes.Blocks;

/// <summary>What may stand for a parameter of a block.</summary>
internal enum BlockParameterType
{
    /// <summary>A quantity, a formula name or an expression, in the unit declared.</summary>
    Quantity,

    Condition,

    /// <summary>A unit of the rig or a name under the recipe's <c>equipment</c>.</summary>
    Unit,

    Reagent,

    /// <summary>Letters, digits, '-' and '_': an id, a lot, a sample.</summary>
    Name,

    Text,

    List,
}

/// <param name="Measure">Quantities: unit of measure.</param>
/// <param name="Low">Quantities: least value in <paramref name="Measure"/>.</param>
/// <param name="Class">Units: equipment class; empty for any.</param>
/// <param name="Default">Null: every use gives it.</param>
internal sealed record BlockParameter(
    string Name, BlockParameterType Type, Unit Measure, double Low, double High, string Class, YamlNode? Default);

/// <summary>Steps with a name and typed parameters, written out wherever a step <c>block: name</c> stands.</summary>
/// <param name="File">File it is written in.</param>
internal sealed record BlockDefinition(string Name, string File, YamlScalar At, ImmutableArray<BlockParameter> Parameters, YamlSequence Steps);

/// <summary>What a use gives for a parameter; judged when formula and rig are known.</summary>
/// <param name="Block">Name of the block.</param>
internal sealed record BlockArgument(string Block, BlockParameter Parameter, YamlNode Value);
