using Crm.Plant.Procedure;
using Crm.Plant.Quantities;
using Crm.Plant.Tags;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Expressions;

namespace Crm.Recipes.Rigs;

/// <summary>Names in a rig file's conditions: its own tags and nothing of any batch.</summary>
internal sealed class RigNames(IReadOnlyDictionary<string, NamedTag> tags, IReadOnlySet<string> outputs) : ExpressionNames
{
    public override IEnumerable<string> Known => tags.Keys;

    public static NamedTag Of(TagDefinition tag) => new(tag.Ordinal, Units.Find(tag.Unit) ?? Unit.One);

    public override NamedTag? Tag(string name) => tags.TryGetValue(name, out NamedTag tag) ? tag : null;

    public override bool IsOutput(string name) => outputs.Contains(name);

    public override NamedValue? Plain(string name) =>
        Enum.TryParse(name, ignoreCase: true, out RecipeClock _) && char.IsAsciiLetterLower(name[0]) ? Refused("a clock of a recipe's step") : null;

    public override NamedValue Lab(string sample, string analyte) => Refused("a laboratory result");

    public override NamedValue Stoichiometric(string reagent) => Refused("a stoichiometric amount");

    public override NamedValue Window(WindowFunction function, string tagName, NamedTag tag, TimeSpan over, double parameter) =>
        Refused("a function of time");

    private static NamedValue Refused(string what) =>
        NamedValue.Refused(DiagnosticCodes.ExpressionScope, $"{what} belongs to a batch, not to a rig", "a rig's conditions read tags only");
}
