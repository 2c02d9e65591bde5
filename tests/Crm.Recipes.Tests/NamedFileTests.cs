using Crm.Plant.Procedure;
using Crm.Recipes.Diagnostics;

namespace Crm.Recipes.Tests;

/// <summary>A recipe may come from a person far away: what it names is a .yaml file from its own folder, and nothing else of the machine is opened.</summary>
public sealed class NamedFileTests
{
    [Theory]
    [InlineData("specification: specs/small.yaml", "specification: /etc/passwd")]
    [InlineData("specification: specs/small.yaml", "specification: ../../../../../../etc/passwd")]
    [InlineData("formula:\n", "use: [/etc/hostname]\nformula:\n")]
    [InlineData("formula:\n", "use: [../../.ssh/id_rsa]\nformula:\n")]
    public void Other_files_are_not_opened(string from, string to)
    {
        (ControlRecipe? read, var found) = SmallPlant.TryRecipe(SmallPlant.Recipe.Contains(from, StringComparison.Ordinal) ? BrokenFile.Edit(SmallPlant.Recipe, from, to) : SmallPlant.Recipe);
        Assert.Null(read);
        Diagnostic one = Assert.Single(found, d => d.Code == DiagnosticCodes.FileMissing);
        Assert.Equal("recipe.yaml", one.File);
        Assert.Contains("cannot be opened", one.Message, StringComparison.Ordinal);
    }
}
