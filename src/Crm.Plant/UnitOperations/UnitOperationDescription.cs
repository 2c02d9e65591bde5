using System.Collections.Immutable;

namespace Crm.Plant.UnitOperations;

public enum ParameterKind
{
    /// <summary>A number in the declared unit; recipe quantities are converted to it and range-checked.</summary>
    Number,

    /// <summary>One of <see cref="ParameterDefinition.Choices"/>.</summary>
    Choice,

    /// <summary>Name of a reagent that the unit has a dosing line for.</summary>
    Reagent,

    /// <summary>Name of another unit, tank or service of the rig.</summary>
    Place,

    /// <summary>A condition, evaluated every scan.</summary>
    Condition,
}

/// <summary>One parameter of a unit operation: what a recipe may write, and the checker's and faceplate's source.</summary>
/// <param name="Unit">Canonical unit for numbers (<c>kg</c>, <c>L</c>, <c>degC</c>, <c>s</c>, <c>L/h</c>, <c>pH</c>, …), else empty.</param>
/// <param name="Default">Value when the recipe is silent; null means the recipe must say it (for conditions and names: required).</param>
/// <param name="Optional">True when the parameter may be absent altogether.</param>
public sealed record ParameterDefinition(
    string Name,
    string Label,
    ParameterKind Kind,
    string Unit,
    double Low,
    double High,
    double? Default,
    bool Optional,
    ImmutableArray<string> Choices,
    string Meaning)
{
    public static ParameterDefinition Number(string name, string label, string unit, double low, double high, double? @default, string meaning, bool optional = false) =>
        new(name, label, ParameterKind.Number, unit, low, high, @default, optional || @default is not null, [], meaning);

    public static ParameterDefinition Named(string name, string label, ParameterKind kind, string meaning, bool optional = false) =>
        new(name, label, kind, "", 0, 0, null, optional, [], meaning);
}

public enum RoleKind
{
    Tag,
    Output,
    Loop,
}

/// <summary>An instrument or actuator the operation needs on its unit. Role <c>temperature</c> on unit <c>leach</c> is tag <c>leach.temperature</c>.</summary>
public sealed record RoleDefinition(string Name, RoleKind Kind, string Unit, bool Required, string Meaning);

/// <summary>Everything the checker, the faceplate and the schema need to know of a unit operation.</summary>
/// <param name="Name">The word in recipes: <c>dose</c>.</param>
/// <param name="Classes">Equipment classes it runs on; empty means all.</param>
/// <param name="PausePoints">Where PAUSE may stop it, in words; empty means no pause (S88-06).</param>
/// <param name="RepeatSafe">True when doing it again after a lost controller does no harm; false for doses (they are never repeated blindly).</param>
public sealed record UnitOperationDescription(
    string Name,
    string Label,
    string Summary,
    ImmutableArray<string> Classes,
    ImmutableArray<ParameterDefinition> Parameters,
    ImmutableArray<RoleDefinition> Roles,
    ImmutableArray<string> PausePoints,
    bool RepeatSafe)
{
    /// <summary>What must follow its actions, and the fault when it does not.</summary>
    public ImmutableArray<ExpectedEffect> Effects { get; init; } = [];

    /// <summary>Runs on until its feed is gone: a person may have it shut down in an orderly way before, and its product may be diverted meanwhile.</summary>
    public bool Continuous { get; init; }

    /// <summary>Takes in from one place and gives to another: it needs a line of the unit for each, not one between the two.</summary>
    public bool Through { get; init; }
}
