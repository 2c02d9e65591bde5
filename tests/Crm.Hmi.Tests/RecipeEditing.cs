using Microsoft.Playwright;
using Xunit;

namespace Crm.Hmi.Tests;

/// <summary>Writes in the editor of a recipe as a person does, by the keyboard.</summary>
internal static class RecipeEditing
{
    /// <summary>Puts another line in the place of one.</summary>
    /// <param name="recipe">File below <c>recipes</c>; the editor holds it with no line more or less above this one.</param>
    /// <param name="holds">A part of the line as the file has it.</param>
    /// <param name="other">What to write there, from the line of the file.</param>
    public static async Task Line(IPage page, ILocator text, string recipe, string holds, Func<string, string> other)
    {
        string[] lines = await File.ReadAllLinesAsync(Path.Combine(Tree.Root, "recipes", recipe), TestContext.Current.CancellationToken);
        int at = Array.FindIndex(lines, l => l.Contains(holds, StringComparison.Ordinal));
        Assert.True(at >= 0, $"{recipe} has no line with '{holds}'");
        await text.FocusAsync();
        await page.Keyboard.PressAsync("Control+Home");
        for (int i = at; i > 0; i--) await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("End");
        // The first press goes to the first character of the line, the second to its margin.
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("Shift+End");
        await page.Keyboard.InsertTextAsync(other(lines[at]));
    }
}
