using System.CommandLine;
using Crm.Host.Approvals;
using Crm.Recipes.Approval;
using Crm.Recipes.Diagnostics;
using Crm.Recipes.Yaml;

namespace Crm.Host.CommandLine;

/// <summary><c>crm recipe status</c>: draft, experimental, approved or retired, and what stands against running it on the rig.</summary>
internal static class RecipeStatus
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "recipes, formula files or folders; 'recipes' by default", Arity = ArgumentArity.ZeroOrMore };
        var data = new Option<string>("--data") { Description = "folder of accounts and approvals, that of crm serve", DefaultValueFactory = _ => RecipeApprove.DefaultData };
        var status = new Command("status", CrmCommand.WithExamples(
            "Says of each recipe in which state it is, who signed, and what stands against a START on its rig now. The twin runs any. Exit code 0; 1 when a file cannot be read or the approvals were tampered with; 2 usage.",
            "crm recipe status",
            "crm recipe status recipes/bench --data /var/lib/crm"));
        status.Arguments.Add(paths);
        status.Options.Add(data);
        status.SetAction(p => Tell(p.GetValue(paths) is { Length: > 0 } asked ? asked : ["recipes"], new ApprovalStore(p.GetValue(data)!)));
        return status;
    }

    private static int Tell(IEnumerable<string> paths, ApprovalStore store)
    {
        var (entries, tampered, _) = store.Read();
        foreach (Diagnostic problem in tampered) Console.Error.WriteLine(problem);
        bool isGood = tampered.IsEmpty;
        string[] files = [.. paths.SelectMany(Recipes)];
        if (files.Length == 0) throw new UsageException($"no recipe in {string.Join(", ", paths)}");
        foreach (string file in files)
        {
            var (rig, recipe, problems) = RecipeApprove.Load(file);
            if (rig is null || recipe is null)
            {
                isGood = false;
                Console.Out.WriteLine($"{file}: cannot be read: {problems.FirstOrDefault()}");
                continue;
            }

            RecipeStanding standing = store.Of(recipe, rig);
            Console.Out.WriteLine($"{file}: {standing.Word} on {rig.Name} {rig.Version}; {standing.Words}");
            if (standing.State == RecipeState.Experimental)
                foreach (string why in ApprovalJudge.AgainstStart(entries, standing, recipe, TimeProvider.System.GetLocalNow(), rig.Shift)) Console.Out.WriteLine($"  no START on the rig now: {why}");
        }

        return isGood ? ExitCodes.Good : ExitCodes.Problems;
    }

    /// <summary>A file as it is; of a folder the recipes and formula files in it, whatever else lies there.</summary>
    private static IEnumerable<string> Recipes(string path) => !Directory.Exists(path) ? [path]
        : Directory.EnumerateFiles(path, "*.yaml", SearchOption.AllDirectories).Where(f => SourceKind.Of(f).Value is "recipe" or "formula" && !f.Contains("templates", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
