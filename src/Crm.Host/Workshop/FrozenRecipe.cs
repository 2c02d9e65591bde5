using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Crm.Plant.Lots;
using Crm.Plant.Procedure;

namespace Crm.Host.Workshop;

/// <summary>
/// What a batch runs on, as files that <c>crm run</c> takes: the frozen text of its recipe with copies of the blocks it names, and a formula of its own with every value of the batch and its
/// specification. So a formula file, values given at the start and reviewed changes all come along.
/// </summary>
internal static class FrozenRecipe
{
    private const string Formula = "batch.yaml", Specification = "batch-specification.yaml";

    /// <summary>Tells one recipe with its values from another.</summary>
    public static string Identity(ControlRecipe recipe) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Values(recipe).Prepend(recipe.ContentHash)))));

    public static IReadOnlyList<string> Values(ControlRecipe recipe) => [.. recipe.Formula.Select(p => $"{p.Name} {Value(p)}")];

    /// <summary>Writes the files; what was in the folder is replaced.</summary>
    /// <returns>Path of the file to run, or why there is none.</returns>
    public static (string Path, string Why) Write(ControlRecipe frozen, RecipePlace place, string folder)
    {
        if (frozen.Text.Length == 0 || Path.GetDirectoryName(Path.GetFullPath(frozen.File)) is not { } home) return ("", "the recipe of this batch came from no file");
        List<(string, byte[])> named = [.. place.Files(frozen.File, frozen.Text), (Path.Combine(home, Specification), Encoding.UTF8.GetBytes(Text(frozen.Product.Specification)))];
        string path = DraftFolder.Lay(folder, Formula, Text(frozen), home, named);
        var (read, problems) = place.Read(path);
        if (read is null) return ("", $"its recipe does not read again: {Path.GetFileName(problems[0].File)}:{problems[0].Line}: {problems[0].Message}");
        return read.ProcedureHash == frozen.ProcedureHash ? (path, "") : ("", $"what {Path.GetFileName(frozen.File)} names (blocks, specification) is not as it was when the batch began: put it back");
    }

    private static string Text(ControlRecipe frozen)
    {
        var text = new StringBuilder("# A batch as it runs: the recipe beside this file with every value of the batch. Written for its prediction on the twin.\nformat: 1\n");
        text.Append(CultureInfo.InvariantCulture, $"formula: {Quoted(frozen.Id)}\nversion: {Quoted(frozen.Version)}\ntitle: {Quoted(frozen.Title)}\nof: {Quoted(Path.GetFileName(frozen.File))}\n");
        text.Append(CultureInfo.InvariantCulture, $"specification: {Specification}\nrecovery: {Quoted(string.Create(CultureInfo.InvariantCulture, $">= {100 * frozen.Product.LeastRecovery:0.######} %"))}\n");
        if (!frozen.Formula.IsEmpty) text.Append("values:\n");
        foreach (var parameter in frozen.Formula) text.Append(CultureInfo.InvariantCulture, $"  {parameter.Name}: {Quoted(Value(parameter))}\n");
        return text.ToString();
    }

    private static string Text(Specification specification)
    {
        var text = new StringBuilder("format: 1\n");
        text.Append(CultureInfo.InvariantCulture, $"specification: {Quoted(specification.Name)}\nversion: {Quoted(specification.Version)}\nsource: {Quoted(specification.Source)}\nlimits:\n");
        foreach (var limit in specification.Limits)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {{analyte: {Quoted(limit.Analyte)}, {Bound("at_least", limit.Least, limit.Unit)}{Bound("at_most", limit.Most, limit.Unit)}source: {Quoted(limit.Source)}}}\n");
        }

        return text.ToString();
    }

    private static string Bound(string key, double? value, string unit) => value is { } bound ? string.Create(CultureInfo.InvariantCulture, $"{key}: {Quoted($"{bound.ToString("R", CultureInfo.InvariantCulture)} {unit}")}, ") : "";

    private static string Value(FormulaParameter parameter) => string.Create(CultureInfo.InvariantCulture, $"{parameter.Value:R} {parameter.Unit}").TrimEnd();

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
