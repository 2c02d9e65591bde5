using System.CommandLine;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Templates;

namespace Crm.Host.CommandLine;

/// <summary><c>crm recipe new</c>: a recipe from a template of <c>recipes/shared/templates</c> that lints and runs at once.</summary>
public static class RecipeNew
{
    private static readonly string templates = Path.Combine("recipes", "shared", "templates");

    internal static Command Create()
    {
        var template = new Argument<string>("TEMPLATE") { Description = "a metal or bare: the name of a file in recipes/shared/templates" };
        var name = new Argument<string>("NAME") { Description = "name of the recipe, wash-cake or lithium/wash-cake; without a metal that of the template" };
        var rig = new Option<string?>("--rig") { Description = "another rig than the template's; what does not fit it is then told" };
        var command = new Command("new", CrmCommand.WithExamples(
            "Writes recipes/METAL/NAME.yaml and its specification from a template. A file that exists is never overwritten. Exit code 0 written and clean, 1 written and it does not fit the rig, 2 not written.",
            "crm recipe new lithium wash-cake",
            "crm recipe new bare bench/rinse --rig bench-kit"));
        command.Arguments.Add(template);
        command.Arguments.Add(name);
        command.Options.Add(rig);
        command.SetAction(p => Write(p.GetValue(template)!, p.GetValue(name)!, p.GetValue(rig), Home() ?? throw new UsageException($"no {templates} here or above: give the command in the project's folder")));
        return command;
    }

    /// <param name="home">Folder that has the templates in it, and gets the recipe.</param>
    /// <exception cref="UsageException">There is no such template, the name is none, or the file exists.</exception>
    public static int Write(string template, string name, string? rig, string home)
    {
        string folder = Path.Combine(home, templates), source = Path.Combine(folder, template + ".yaml");
        string[] known = [.. Directory.EnumerateFiles(folder, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];
        if (!known.Contains(template)) throw new UsageException($"there is no template '{template}'; {Nearest.Suggest(template, known)}".TrimEnd(' ', ';'));
        if (RecipeTemplate.WhyNoName(name) is { } why) throw new UsageException(why);
        string id = name.Contains('/', StringComparison.Ordinal) ? name : $"{(template == "bare" ? "bench" : template)}/{name}";
        string recipe = Path.Combine(home, "recipes", id + ".yaml"), beside = Path.GetDirectoryName(recipe)!;
        string specification = Path.Combine(beside, "specs", Path.GetFileName(id) + ".yaml");
        if (new[] { recipe, specification }.FirstOrDefault(File.Exists) is { } there) throw new UsageException($"{Shown(there)} exists and is not overwritten: choose another name");
        string text = RecipeTemplate.Filled(File.ReadAllText(source), id, rig, $"specs/{Path.GetFileName(id)}.yaml", path => Path.GetRelativePath(beside, Path.GetFullPath(Path.Combine(folder, path))).Replace('\\', '/'));
        Directory.CreateDirectory(Path.GetDirectoryName(specification)!);
        File.WriteAllText(recipe, text);
        File.Copy(Path.Combine(folder, "specs", template + ".yaml"), specification);
        Console.Out.WriteLine($"wrote {Shown(recipe)} and {Shown(specification)}");
        FileCheck check = FileCheck.Of([recipe, specification]);
        foreach (Diagnostic problem in check.Diagnostics) Console.Out.WriteLine(problem);
        string file = Shown(recipe);
        Console.Out.WriteLine(
            $"""
            next: put your own steps, values, limits and grade in their place, then
              crm lint {file}
              crm run {file} --seed 3
              crm recipe graph {file} --out procedure.svg
              crm recipe approve {file} --as NAME --state experimental --batches 3 --reason TEXT     (before it may run on the rig itself)
            """);
        return check.Diagnostics.IsEmpty ? ExitCodes.Good : ExitCodes.Problems;
    }

    /// <summary>The folder with the templates in it: here or above, else beside the program.</summary>
    private static string? Home()
    {
        foreach (string start in (string[])[Directory.GetCurrentDirectory(), AppContext.BaseDirectory])
            for (DirectoryInfo? at = new(start); at is not null; at = at.Parent)
                if (Directory.Exists(Path.Combine(at.FullName, templates))) return at.FullName;
        return null;
    }

    private static string Shown(string path)
    {
        string near = Path.GetRelativePath(Directory.GetCurrentDirectory(), path).Replace('\\', '/');
        return near.StartsWith("..", StringComparison.Ordinal) ? path : near;
    }
}
