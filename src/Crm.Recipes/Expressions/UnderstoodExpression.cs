namespace Crm.Recipes.Expressions;

/// <summary>An expression of a recipe and what it was read as.</summary>
/// <param name="File">File of the block it comes from; empty: the recipe.</param>
/// <param name="Use">Use of the block; empty outside of blocks.</param>
/// <param name="Key">Key it stands under.</param>
/// <param name="Text">Every operation in parentheses, every value with its unit.</param>
public sealed record UnderstoodExpression(string File, int Line, string Use, string Key, string Written, string Text);
