using System.CommandLine;
using Crm.Recipes.Diagnostics;

namespace Crm.Host.CommandLine;

/// <summary><c>crm lint PATH…</c>: every mistake in recipes, rigs, twins and specifications, with place, code and remedy.</summary>
public static class LintCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "files or folders", Arity = ArgumentArity.ZeroOrMore };
        var explain = new Option<string?>("--explain") { Description = "say what a code of a finding means, why it matters, with a wrong and a right example; check nothing", HelpName = "CODE" };
        var format = new Option<string>("--format") { Description = "text, json or sarif", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "sarif");
        var command = new Command("lint", CrmCommand.WithExamples(
            "Checks recipes, rigs, twins and specifications. Exit code 0: clean; 1: problems, all listed.",
            "crm lint recipes hardware",
            "crm lint recipes/lithium/black-mass-to-carbonate.yaml --format json",
            "crm lint --explain RIG-LAPSE-FEED"));
        command.Arguments.Add(paths);
        command.Options.Add(format);
        command.Options.Add(explain);
        command.SetAction(parsed => parsed.GetValue(explain) is { } code ? Explain(code) : Run(parsed.GetValue(paths)!, parsed.GetValue(format)!));
        return command;
    }

    private static int Explain(string written)
    {
        string code = written.ToUpperInvariant();
        if (!CodeExplanation.All.TryGetValue(code, out var told)) throw new UsageException($"no finding has the code '{written}'; {Nearest.Suggest(code, DiagnosticCodes.All.Keys)}".TrimEnd(' ', ';'));
        Console.Out.WriteLine($"{code}: {told.Meaning}\n\n{Wrapped(told.Why)}\n\nwrong:\n{Indented(told.Wrong)}\nright:\n{Indented(told.Right)}\n\nfrom: {told.From}");
        return ExitCodes.Good;
    }

    private static string Indented(string text) => string.Join('\n', text.Split('\n').Select(line => "  " + line));

    /// <summary>Lines of at most 100 characters.</summary>
    private static string Wrapped(string text)
    {
        var lines = new List<string> { "" };
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines[^1].Length + word.Length >= 100) lines.Add("");
            lines[^1] += (lines[^1].Length > 0 ? " " : "") + word;
        }

        return string.Join('\n', lines);
    }

    private static int Run(string[] paths, string format)
    {
        if (paths.Length == 0) throw new UsageException("nothing to check: name a file or a folder, for example: crm lint recipes hardware");
        var check = FileCheck.Of(paths);
        Console.Out.Write(FindingsText.Write(check, format));
        if (format == "text" && check.IsClean) Console.Error.WriteLine($"{check.Files} files, nothing wrong{(check.Diagnostics.IsEmpty ? "" : $"; {check.Diagnostics.Length} to look at")}");
        return check.IsClean ? ExitCodes.Good : ExitCodes.Problems;
    }
}
