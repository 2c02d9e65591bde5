using System.Collections.Immutable;
using Crm.Plant.Procedure;

namespace Crm.Control;

/// <summary>Which recipes may run on the rig itself. Asked by the scan's thread, so that it answers from memory.</summary>
public interface IRecipeRelease
{
    /// <summary>Everything that stands against a START of the recipe on the rig itself; empty when nothing does.</summary>
    ImmutableArray<string> Against(ControlRecipe recipe);

    /// <summary>A batch of it has been started on the rig itself.</summary>
    /// <returns>Under what approval, for the record.</returns>
    string Started(ControlRecipe recipe, string batch, string by);
}
