using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using Crm.Host.Approvals;
using Crm.Host.Runs;
using Crm.Plant.UnitOperations;
using Crm.Recipes.Approval;
using Crm.Recipes.Blocks;
using Crm.Recipes.Differences;
using Crm.Recipes.Diagnostics;

namespace Crm.Host.CommandLine;

/// <summary><c>crm recipe diff OLD NEW</c>: what differs between two recipes, in process words.</summary>
public static class RecipeDiff
{
    internal static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "recipe as it was and as it is; with --against, only as it is", Arity = new ArgumentArity(1, 2) };
        var against = new Option<string?>("--against") { Description = "git revision that FILE and the blocks and specification it names are compared with", HelpName = "REV" };
        var approved = new Option<bool>("--approved") { Description = "compare FILE with the content that was last approved for its rig" };
        var data = new Option<string>("--data") { Description = "with --approved: folder of approvals, that of crm serve", DefaultValueFactory = _ => RecipeApprove.DefaultData };
        var format = new Option<string>("--format") { Description = "text or json", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var diff = new Command("diff", CrmCommand.WithExamples(
            "Says in process words what differs between two recipes: values, steps new, gone or moved, limits, gates, product, specification, equipment. Blocks are written out. "
            + "Exit code 0 nothing differs, 1 something does, 2 a file cannot be read.",
            "crm recipe diff /backup/lithium/black-mass-to-carbonate.yaml recipes/lithium/black-mass-to-carbonate.yaml",
            "crm recipe diff recipes/lithium/black-mass-to-carbonate.yaml --against HEAD~1",
            "crm recipe diff recipes/bench/neutralise-soda-liquor.yaml --approved"));
        diff.Arguments.Add(files);
        diff.Options.Add(against);
        foreach (Option option in new Option[] { approved, data, format }) diff.Options.Add(option);
        diff.SetAction(parsed => parsed.GetValue(approved) ? WithApproved(parsed.GetValue(files)!, parsed.GetValue(data)!, parsed.GetValue(format)!) : Run(parsed.GetValue(files)!, parsed.GetValue(against), parsed.GetValue(format)!));
        return diff;
    }

    private static int Run(string[] files, string? revision, string format)
    {
        if (revision is null && files.Length != 2) throw new UsageException("recipe diff needs two files, OLD and NEW; or one file and --against REV");
        if (revision is not null && files.Length != 1) throw new UsageException("with --against one file is compared with itself as it was");
        var (old, problems) = Outline(files[0], revision is null ? Disk : path => AtRevision(revision, path));
        var (now, more) = Outline(files[^1], Disk);
        foreach (Diagnostic problem in problems) Console.Error.WriteLine(revision is null ? problem.ToString() : $"at {revision}: {problem}");
        foreach (Diagnostic problem in more) Console.Error.WriteLine(problem);
        return old is null || now is null ? ExitCodes.InvalidInput : Tell(old, now, format, Console.Out);
    }

    /// <summary>Against the copy that was kept when it was signed.</summary>
    private static int WithApproved(string[] files, string data, string format)
    {
        if (files.Length != 1) throw new UsageException("with --approved one file is compared with itself as it was approved");
        var (now, problems) = Outline(files[0], Disk);
        var (rig, recipe, _) = RecipeApprove.Load(files[0]);
        foreach (Diagnostic problem in problems) Console.Error.WriteLine(problem);
        if (now is null || rig is null || recipe is null) return ExitCodes.InvalidInput;
        RecipeStanding standing = new ApprovalStore(data).Of(recipe, rig);
        if (standing.Earlier is not { } thing)
        {
            Console.Out.WriteLine($"{standing.Word}; {standing.Words}");
            return standing.State is RecipeState.Approved or RecipeState.Experimental ? ExitCodes.Good : throw new UsageException($"no other content of {recipe.Id} is approved for {rig.Name} in {data}");
        }

        var copy = ApprovedCopy.Read(data, thing, files[0]) ?? throw new UsageException($"the copy {ApprovedCopy.PathOf(data, thing)} is not there: compare with --against and the revision of then");
        var (old, wrong) = Outline(files[0], path => copy.GetValueOrDefault(Path.GetFullPath(path)));
        if (old is null || old.Recipe.ContentHash != thing.Content) throw new UsageException($"the copy {ApprovedCopy.PathOf(data, thing)} is not what was signed{(wrong.IsEmpty ? "" : ": " + wrong[0])}");
        return Tell(old, now, format, Console.Out);
    }

    /// <summary>Prints what differs.</summary>
    public static int Tell(RecipeOutline old, RecipeOutline now, string format, TextWriter output)
    {
        ImmutableArray<RecipeChange> changes = RecipeComparison.Of(old, now);
        if (format == "json") output.WriteLine(ComparisonText.Json(old, now, changes));
        else
        {
            output.Write(ComparisonText.Text(changes));
            string was = old.Recipe.ContentHash[..12], so = now.Recipe.ContentHash[..12];
            if (changes.IsEmpty) output.WriteLine(was == so ? "the recipes are the same" : $"the process is the same; only layout, comments or the order of keys differ (content was {was}, is {so})");
            else output.WriteLine($"content was {was}, is {so}");
        }

        return changes.IsEmpty ? ExitCodes.Good : ExitCodes.Problems;
    }

    /// <summary>A recipe against the rig that it names, read with what it names.</summary>
    public static (RecipeOutline? Value, ImmutableArray<Diagnostic> Diagnostics) Outline(string path, ReadBytes read)
    {
        var (rigName, problems) = OutlineFile.RigOf(path, read);
        if (rigName is null) return (null, problems);
        var (rig, rigProblems) = RigFiles.RigNamed(rigName, path);
        return rig is null ? (null, rigProblems) : OutlineFile.Read(path, UnitOperationCatalogue.Descriptions, rig, read);
    }

    public static byte[]? Disk(string path) => File.Exists(path) ? File.ReadAllBytes(path) : null;

    /// <summary>A file as it was at a git revision; null when it was not there.</summary>
    /// <exception cref="UsageException">There is no git.</exception>
    private static byte[]? AtRevision(string revision, string path)
    {
        string full = Path.GetFullPath(path);
        var ask = new ProcessStartInfo("git") { WorkingDirectory = Path.GetDirectoryName(full), RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string word in (string[])["show", $"{revision}:./{Path.GetFileName(full)}"]) ask.ArgumentList.Add(word);
        if (!Directory.Exists(ask.WorkingDirectory)) return null;
        try
        {
            using Process git = Process.Start(ask)!;
            git.ErrorDataReceived += (_, _) => { };
            git.BeginErrorReadLine();
            using var bytes = new MemoryStream();
            git.StandardOutput.BaseStream.CopyTo(bytes);
            git.WaitForExit();
            return git.ExitCode == 0 ? bytes.ToArray() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new UsageException("--against needs git, which is not there");
        }
    }
}
